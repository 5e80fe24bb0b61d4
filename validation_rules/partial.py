"""What an edit of some fields can change, and the part of a contract that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from validation_rules.columns import field_checks
from validation_rules.contract import Contract, Derived, Lookup, Rule
from validation_rules.sql import PROPERTY, expression, names


def touched_rules(contract: Contract, fields: Iterable[str]) -> frozenset[str]:
    """Ids of the rules whose verdict can differ when these fields do.

    A rule that reads one of them; and, where it makes another field unusable, the rules that read that one.
    """
    return _with_the_touched(contract, set(fields), set())


def rules_of_the_day(contract: Contract) -> frozenset[str]:
    """Ids of the rules whose verdict on the same record can differ from one day to the next."""
    dated = set(contract.parameters)
    if not dated:
        return frozenset()
    while True:
        known = len(dated)
        dated |= {d.name for d in contract.derived if not dated.isdisjoint(names(expression(d.sql)))}
        for lookup in contract.lookups:
            if not dated.isdisjoint(lookup.key.values()):
                dated |= set(lookup.columns)
        if len(dated) == known:
            break
    # What has no predicate reads fields alone.
    first = {r.id for r in contract.rules if r.where and not dated.isdisjoint(_named(r))}
    first |= {name for name, reads in _field_checks(contract) if not dated.isdisjoint(reads)}
    changed = {name for r in contract.rules if r.id in first for name in _spoilt(r)}
    return _with_the_touched(contract, changed, first)


def _named(rule: Rule) -> set[str]:
    """The names in the predicate of a rule."""
    return set(names(expression(str(rule.where).replace(PROPERTY, rule.fields[0]))))


def _field_checks(contract: Contract) -> Iterator[tuple[str, set[str]]]:
    for rule, name, fails in field_checks(contract):
        yield rule.id, {name, *names(fails)}


def _spoilt(rule: Rule) -> tuple[str, ...]:
    return rule.fields if rule.spoils == "*" else (rule.spoils,) if rule.spoils else ()


def _with_the_touched(contract: Contract, changed: set[str], touched: set[str]) -> frozenset[str]:
    """`touched`, and all rules that read what `changed`, directly or not."""
    while True:
        new = [
            r for r in contract.rules if r.id not in touched and not changed.isdisjoint(_reads(contract, r))
        ]
        if not new:
            return frozenset(touched)
        touched.update(rule.id for rule in new)
        for rule in new:
            changed.update(_spoils(rule, changed))


def part_of(contract: Contract, rule_ids: frozenset[str]) -> Contract:
    """The contract with these rules only, those that make unusable a field that they read, and the columns
    that all of them are computed from. It tells of these rules what the whole contract tells."""
    needed = _with_spoilers(contract, rule_ids)
    rules = tuple(
        replace(rule, depends_on=tuple(other for other in rule.depends_on if other in needed))
        for rule in contract.rules
        if rule.id in needed
    )
    derived, lookups = _columns(contract, rules)
    return replace(contract, rules=rules, derived=derived, lookups=lookups)


def _reads(contract: Contract, rule: Rule) -> set[str]:
    read = {*rule.fields, *rule.required, *rule.optional}
    if rule.kind in ("REQ", "FMT", "COD"):
        read.update(variant.field for variant in contract.field(rule.fields[0]).variants)
    return read


def _spoils(rule: Rule, changed: set[str]) -> Iterator[str]:
    """The fields that the rule makes unusable, and whose usability can differ when `changed` do."""
    if rule.spoils != "*":
        yield from [rule.spoils] if rule.spoils else []
    elif not changed.isdisjoint((*rule.required, *rule.optional)):
        yield from rule.fields


def _with_spoilers(contract: Contract, rule_ids: frozenset[str]) -> set[str]:
    spoilers: dict[str, set[str]] = {}
    for rule in contract.rules:
        for name in rule.fields if rule.spoils == "*" else (rule.spoils or "",):
            spoilers.setdefault(name, set()).add(rule.id)
    needed, left = set(rule_ids), set(rule_ids)
    while left:
        read = {name for rule_id in left for name in _reads(contract, contract.rule(rule_id))}
        left = {other for name in read for other in spoilers.get(name, ())} - needed
        needed |= left
    return needed


def _columns(contract: Contract, rules: tuple[Rule, ...]) -> tuple[tuple[Derived, ...], tuple[Lookup, ...]]:
    """The derived columns and lookups that the predicates are computed from, directly or not."""
    predicates = [
        str(rule.where).replace(PROPERTY, name)
        for rule in rules
        if rule.where
        for name in (rule.fields if rule.each else rule.fields[:1])
    ]
    wanted = {name for sql in predicates for name in names(expression(sql))}
    while True:
        known = len(wanted)
        for derived in contract.derived:
            if derived.name in wanted:
                wanted |= names(expression(derived.sql))
        for lookup in contract.lookups:
            if not wanted.isdisjoint(lookup.columns):
                wanted |= {*lookup.key.values(), *lookup.columns}
        if len(wanted) == known:
            break
    return (
        tuple(derived for derived in contract.derived if derived.name in wanted),
        tuple(lookup for lookup in contract.lookups if not wanted.isdisjoint(lookup.columns)),
    )
