"""Two versions of a contract: what differs, and which rows would be judged otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

import polars as pl

from validation_rules.check import Checker
from validation_rules.contract import Contract, Derived, Field, Lookup, Rule
from validation_rules.findings import FIELD, ROW_ID, RULE_ID, SEVERITY, VALUE
from validation_rules.progress import Progress, silent
from validation_rules.sql import expression, names
from validation_rules.text import Text

Kind = Literal["field", "rule", "derived", "lookup", "contract"]
Fate = Literal["added", "removed", "changed"]
Thing = TypeVar("Thing", Field, Rule, Derived, Lookup)


@dataclass(frozen=True, slots=True)
class Part:
    """One property before and after, as text; "" for nothing. `words`: it changes no verdict."""

    name: str
    before: str
    after: str
    words: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One field, rule, derived column or lookup that is not the same in both versions.

    `title` is what a person calls it, of the newer version where it is there. `through`: for a rule whose own
    text is the same, the columns it reads that are computed in another way.
    """

    kind: Kind
    name: str
    fate: Fate
    title: Text
    parts: tuple[Part, ...] = ()
    through: tuple[str, ...] = ()

    @property
    def words_only(self) -> bool:
        """Whether no verdict can change by it."""
        return self.fate == "changed" and not self.through and all(part.words for part in self.parts)


def diff(old: Contract, new: Contract) -> tuple[Change, ...]:
    """Everything that differs, fields first, in the order of the newer version."""
    nothing = Text("", "")
    changed = _vocabulary_changed(old, new)
    return (
        *_contract_changes(old, new),
        *_changes("field", _named(old.fields), _named(new.fields), _field_parts, lambda f: f.label),
        *_changes("derived", _named(old.derived), _named(new.derived), _derived_parts, lambda d: d.meaning),
        *_changes("lookup", _named(old.lookups), _named(new.lookups), _lookup_parts, lambda look: nothing),
        *_rule_changes(old, new, changed),
    )


def _named(things: tuple[Thing, ...]) -> dict[str, Thing]:
    return {thing.id if isinstance(thing, Rule) else thing.name: thing for thing in things}


def _changes(
    kind: Kind,
    before: Mapping[str, Thing],
    after: Mapping[str, Thing],
    parts: Callable[[Thing], dict[str, tuple[str, bool]]],
    title: Callable[[Thing], Text],
) -> Iterator[Change]:
    for name in (*after, *(name for name in before if name not in after)):
        if name not in before:
            yield Change(kind, name, "added", title(after[name]), _all_parts(parts(after[name]), new=True))
        elif name not in after:
            yield Change(
                kind, name, "removed", title(before[name]), _all_parts(parts(before[name]), new=False)
            )
        elif found := _differing(parts(before[name]), parts(after[name])):
            yield Change(kind, name, "changed", title(after[name]), found)


def _all_parts(told: Mapping[str, tuple[str, bool]], *, new: bool) -> tuple[Part, ...]:
    """Of what was added or removed, what decides: the words are in the contract."""
    return tuple(
        Part(name, "" if new else text, text if new else "")
        for name, (text, words) in told.items()
        if text and not words
    )


def _differing(
    before: Mapping[str, tuple[str, bool]], after: Mapping[str, tuple[str, bool]]
) -> tuple[Part, ...]:
    return tuple(
        Part(name, before[name][0], text, words)
        for name, (text, words) in after.items()
        if before[name][0] != text
    )


def _decides(**told: object) -> dict[str, tuple[str, bool]]:
    return {name: (_shown(value), False) for name, value in told.items()}


def _words(**told: object) -> dict[str, tuple[str, bool]]:
    return {name: (_shown(value), True) for name, value in told.items()}


def _shown(value: object) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, Text):
        return f"{value.fr} / {value.en}"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(_shown, value))
    return "true" if value is True else str(value)


def _field_parts(field: Field) -> dict[str, tuple[str, bool]]:
    variants = [f"{v.field} = {' '.join(v.values)}: {v.pattern}" for v in field.variants]
    return _decides(
        required=field.required,
        pattern=field.pattern,
        variants=variants,
        range=field.bounds,
        codes=field.codes,
        separator=field.separator,
        unknown_value=field.unknown_value,
        logical_type=field.logical_type,
        free_text=field.free_text,
        rewrites=[f"{pattern} → {by}" for pattern, by in field.rewrites],
        zone=field.zone,
        classification=field.classification,
        leaves_site_as=field.leaves_site_as,
    ) | _words(
        label=field.label,
        definition=field.definition,
        form=field.form,
        code_labels=field.code_labels,
        synonyms=field.synonyms,
    )


def _derived_parts(derived: Derived) -> dict[str, tuple[str, bool]]:
    return _decides(sql=derived.sql) | _words(meaning=derived.meaning)


def _lookup_parts(lookup: Lookup) -> dict[str, tuple[str, bool]]:
    return _decides(key=lookup.key, columns=lookup.columns)


def rule_fields(rule: Rule) -> str:
    """The fields of a rule as a contract writes them: `a+[b]`, `a;b+c`."""
    optional = {name: f"[{name}]" for name in rule.optional}
    if not rule.each:
        return "+".join(optional.get(name, name) for name in rule.fields)
    return "+".join([";".join(rule.fields), *rule.required, *optional.values()])


def _rule_parts(rule: Rule) -> dict[str, tuple[str, bool]]:
    return _decides(
        severity=rule.severity,
        version=rule.version,
        fields=rule_fields(rule),
        predicate=rule.where,
        implementation=rule.implementation,
        arguments=rule.arguments,
        spoils=rule.spoils,
        blocking="" if rule.blocking else "false",
    ) | _words(
        family=rule.family,
        title=rule.title,
        message=rule.message,
        why=rule.why,
        fix=rule.fix,
        source=rule.source,
        examples=[
            f"{'fails' if e.fails else 'passes'} {_shown(e.values)} {e.today or ''}" for e in rule.examples
        ],
    )


def _rule_changes(old: Contract, new: Contract, changed: frozenset[str]) -> Iterator[Change]:
    plain = {
        change.name: change
        for change in _changes("rule", _named(old.rules), _named(new.rules), _rule_parts, lambda r: r.title)
    }
    before = {rule.id for rule in old.rules}
    for rule in new.rules:
        through = tuple(sorted(_vocabulary(rule, new) & changed)) if rule.id in before else ()
        change = plain.pop(rule.id, None)
        if change is not None:
            yield Change(change.kind, change.name, change.fate, change.title, change.parts, through)
        elif through:
            yield Change("rule", rule.id, "changed", rule.title, (), through)
    yield from plain.values()


def _vocabulary(rule: Rule, contract: Contract) -> set[str]:
    """The derived and looked-up columns that a rule reads, however far."""
    made: dict[str, frozenset[str]] = {d.name: names(expression(d.sql)) for d in contract.derived}
    for look in contract.lookups:
        made |= dict.fromkeys(look.columns, frozenset(look.key.values()))
    left = list(names(expression(rule.where, rule.fields[0]))) if rule.where is not None else []
    found: set[str] = set()
    while left:
        name = left.pop()
        if name in made and name not in found:
            found.add(name)
            left += made[name]
    return found


def _vocabulary_changed(old: Contract, new: Contract) -> frozenset[str]:
    """Columns of the vocabulary whose own definition is not the same."""

    def told(contract: Contract) -> dict[str, str]:
        columns = {d.name: d.sql for d in contract.derived}
        for look in contract.lookups:
            columns |= {
                name: f"{look.table} {of} {sorted(look.key.items())}" for name, of in look.columns.items()
            }
        return columns

    before, after = told(old), told(new)
    return frozenset(name for name, text in after.items() if before.get(name) != text)


def _contract_changes(old: Contract, new: Contract) -> Iterator[Change]:
    def parts(contract: Contract) -> dict[str, tuple[str, bool]]:
        return _decides(
            id=contract.id, record_key=contract.record_key, parameters=contract.parameters
        ) | _words(title=contract.title)

    found = _differing(parts(old), parts(new))
    if found:
        yield Change("contract", new.id, "changed", new.title, found)


CHANGED_SCHEMA = pl.Schema(
    {
        ROW_ID: pl.UInt32(),
        RULE_ID: pl.String(),
        FIELD: pl.String(),
        "before": pl.String(),
        "after": pl.String(),
        VALUE: pl.String(),
    }
)


def preview(
    rows: pl.DataFrame,
    next_rows: pl.DataFrame,
    old: Contract,
    new: Contract,
    today: date,
    progress: Progress = silent,
) -> pl.DataFrame:
    """The findings that are not the same under `new`, sorted by row_id, rule_id, field.

    `rows`, `next_rows`: the same records as `normalise` gives them under each contract, with the same row_id.
    Columns: row_id UInt32, rule_id, field, before, after (severity; null where there is no finding), value
    (what the rule reads, as now where it still finds, else as before).
    """
    before, after = (
        _plain(Checker(contract, today).check(frame, progress))
        for contract, frame in ((old, rows), (new, next_rows))
    )
    key = [ROW_ID, RULE_ID, FIELD]
    both = before.rename({SEVERITY: "before", VALUE: "old"}).join(
        after.rename({SEVERITY: "after", VALUE: "new"}), on=key, how="full", coalesce=True
    )
    return (
        both.filter(pl.col("before").ne_missing(pl.col("after")))
        .with_columns(pl.coalesce("new", "old").alias(VALUE))
        .select(CHANGED_SCHEMA.names())
        .sort(key)
    )


def _plain(findings: pl.DataFrame) -> pl.DataFrame:
    return findings.with_columns(pl.col(RULE_ID, FIELD, SEVERITY).cast(pl.String))


def by_rule(changed: pl.DataFrame) -> pl.DataFrame:
    """rule_id, appear, go, severity (counts) and rows, most rows first."""
    before, after = pl.col("before"), pl.col("after")
    return (
        changed.group_by(RULE_ID)
        .agg(
            appear=before.is_null().sum(),
            go=after.is_null().sum(),
            severity=(before.is_not_null() & after.is_not_null()).sum(),
            rows=pl.col(ROW_ID).n_unique(),
        )
        .sort(["rows", RULE_ID], descending=[True, False])
    )
