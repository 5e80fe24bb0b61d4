"""Verifies a contract that comes from outside: standard, SQL, tables, texts, dependencies.

The predicates are compiled to expressions and never reach a database, yet only what the vocabulary needs is
let through: a contract is data, and stays portable to any SQL engine.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from validation_rules import cross_record, table_rules
from validation_rules.check import Checker
from validation_rules.compile import sources
from validation_rules.contract import Contract, ContractError, Example, Lookup, Rule
from validation_rules.cross_arguments import check_arguments
from validation_rules.document import Faults, Node
from validation_rules.explain import has_place
from validation_rules.implementations import IMPLEMENTATIONS
from validation_rules.lint_order import check_order
from validation_rules.lint_trial import try_out
from validation_rules.normalise import normalise
from validation_rules.patterns import fault
from validation_rules.reading import Reading, read_all
from validation_rules.sql import PROPERTY, expression, names, parse
from validation_rules.tables import table
from validation_rules.templates import NAME, places_by_language
from validation_rules.text import Text

Nodes = Mapping[tuple[str, str], Node]
_MAX_PARAMETERS = 3


def verified(root: Node, sha256: str) -> Contract:
    """The contract of an untrusted document. Raises `ContractError` with everything that is wrong in it."""
    reading = read_all(root, sha256)
    if reading.contract is not None:
        check_told(reading.contract, reading.nodes, reading.faults)
    _check_models(root, reading)
    reading.faults.settle()
    if reading.contract is None:
        raise root.fails("il ne se lit pas", "it cannot be read")
    return reading.contract


def _check_models(root: Node, reading: Reading) -> None:
    """What the Open Data Contract Standard itself says, unless something is known of the same line."""
    from open_data_contract_standard.model import OpenDataContractStandard
    from pydantic import ValidationError

    try:
        OpenDataContractStandard.model_validate(root.value)
    except ValidationError as error:
        known = {found.line for found in reading.faults.found}
        for wrong in error.errors(include_url=False, include_input=False):
            node = _at(root, wrong["loc"])
            if node.line is None or node.line not in known:
                named = ".".join(str(step)[:60] for step in wrong["loc"])
                reading.faults.found.append(
                    node.fails(
                        f"« {named} » n’est pas ce que le standard ODCS attend",
                        f"“{named}” is not what the ODCS standard expects",
                    )
                )


def _at(root: Node, steps: tuple[str | int, ...]) -> Node:
    node = root
    for step in steps:
        inside = node.value
        if isinstance(inside, Mapping) and step in inside:
            node = node.get(str(step))
        elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
            node = node.items()[step]
        else:
            break
    return node


def check_contract(contract: Contract) -> None:
    """Raises `ContractError`, without lines, with all that cannot work in a contract made by a program."""
    faults = Faults()
    check_told(contract, Unplaced(), faults)
    faults.settle()


class Unplaced(dict[tuple[str, str], Node]):
    """Where the parts of a contract are told, when some or all of them stand in no file at hand."""

    def __missing__(self, key: tuple[str, str]) -> Node:
        return Node({}).about(*((key[1],) * 2))


def check_told(contract: Contract, nodes: Nodes, faults: Faults) -> None:
    """Adds to `faults` what cannot work in a contract; `nodes` says where each part is told."""
    before = len(faults.found)
    vocabulary = _vocabulary(contract, nodes, faults)
    for lookup in contract.lookups:
        with faults.caught(nodes[("table", lookup.name)]):
            _check_lookup(lookup, vocabulary)
    for derived in contract.derived:
        node = nodes[("derived", derived.name)]
        with faults.caught(node):
            check_sql(derived.sql, node.get("sql"), vocabulary)
    for field in contract.fields:
        for variant in field.variants:
            with faults.caught(nodes[("field", field.name)]):
                _known(variant.field, contract.field_names)
    for rule in contract.rules:
        check_rule(rule, nodes[("rule", rule.id)], contract, vocabulary, faults)
    _check_record(contract, nodes, faults)
    check_order(contract, nodes, faults)
    if len(faults.found) == before:
        _check_fields_read(contract, nodes, faults)
        try_out(contract, nodes, faults)


def _vocabulary(contract: Contract, nodes: Nodes, faults: Faults) -> frozenset[str]:
    """Every column that SQL can name, each named once."""
    schema = next(iter(nodes.values()), Node(None))
    told = [(name, schema.about("parameters", "parameters")) for name in contract.parameters]
    told += [(derived.name, nodes[("derived", derived.name)]) for derived in contract.derived]
    told += [(name, nodes[("table", look.name)]) for look in contract.lookups for name in look.columns]
    known = set(contract.field_names)
    for name, node in told:
        with faults.caught(node):
            if not NAME.fullmatch(name) or name in known:
                raise _says(
                    f"le nom de colonne « {name} » est irrégulier ou déjà pris",
                    f"column name “{name}” is irregular or already taken",
                )
        known.add(name)
    if len(contract.parameters) > _MAX_PARAMETERS:
        with faults.caught(schema.about("parameters", "parameters")):
            raise _says("année, mois et jour sont attendus", "year, month and day are expected")
    return frozenset(known)


def _check_lookup(lookup: Lookup, vocabulary: frozenset[str]) -> None:
    has = table(lookup.table)
    for column in (*lookup.key, *lookup.columns.values()):
        if column not in has.columns:
            raise _says(
                f"la table {lookup.table} n’a pas de colonne {column}",
                f"table {lookup.table} has no column {column}",
            )
    for name in lookup.key.values():
        _known(name, vocabulary)
    if has.select(*lookup.key).is_duplicated().any():
        raise _says(
            "cette clé désigne plusieurs lignes de la table", "this key stands for several rows of the table"
        )


def check_rule(
    rule: Rule, node: Node, contract: Contract, vocabulary: frozenset[str], faults: Faults
) -> None:
    """Adds to `faults` what is wrong in one rule of `contract`."""
    own = node.properties() if node.value is not None and rule.kind in ("sql", "custom") else {}
    with faults.caught(own.get("fields", node).about(*node.where)):
        for name in (*rule.fields, *rule.required, *rule.optional):
            _known(name, contract.field_names)
        if rule.spoils:
            _known(rule.spoils, (*rule.fields, *(["*"] if rule.each else [])))
    texts = {"title": rule.title, "message": rule.message, "why": rule.why, "fix": rule.fix}
    for part, text in texts.items():
        at = _texts_of(rule, part, node, own)
        for language, told in places_by_language(text, at).items():
            inside = at.get(language) if isinstance(at.value, Mapping) else at
            with faults.caught(inside):
                for name in sorted(told):
                    if not has_place(contract, rule, name):
                        raise _says(f"« {name} » n’est pas connu", f"“{name}” is not known")
    for example in rule.examples:
        with faults.caught(own.get("examples", node).about(*node.where)):
            for name in example.values:
                _known(name, contract.field_names)
            _check_day(example.today)
    if rule.implementation is not None:
        _check_custom(rule, node, own, faults)
    if rule.where is not None:
        for name in rule.fields if rule.each else rule.fields[:1]:
            found = len(faults.found)
            with faults.caught(node):
                check_sql(rule.where.replace(PROPERTY, name), node.get("query"), vocabulary)
            if len(faults.found) > found:
                break


def _texts_of(rule: Rule, part: str, node: Node, own: Mapping[str, Node]) -> Node:
    """Where a text of a rule is told; those of REQ, FMT and COD were looked at when they were filled in."""
    return own[part].about(*node.where) if part in own else replace(node, value=None)


def _check_custom(rule: Rule, node: Node, own: Mapping[str, Node], faults: Faults) -> None:
    with faults.caught(own.get("arguments", node).about(*node.where)):
        name = str(rule.implementation)
        if name not in (*cross_record.FINDERS, *table_rules.FINDERS):
            raise node.get("implementation").fails(
                f"l’implémentation « {name} » est inconnue", f"unknown implementation “{name}”"
            )
        check_arguments(rule)
        table_rules.check_table_arguments(rule)
        known = IMPLEMENTATIONS.get(name)
        if known is None:
            return
        for argument in sorted(known.arguments.keys() - rule.arguments.keys()):
            raise node.fails(f"l’argument « {argument} » manque", f"argument “{argument}” is missing")
        for argument in sorted(rule.arguments.keys() - known.arguments.keys()):
            raise _says(
                f"« {name} » n’a pas d’argument « {argument} »", f"“{name}” has no argument “{argument}”"
            )


def check_sql(text: str, node: Node, vocabulary: frozenset[str]) -> None:
    """Raises `ContractError`, at `node`, unless `text` computes on the columns of `vocabulary` only."""
    try:
        expr = expression(text)
    except ContractError as error:
        raise error.placed(node.where, node.line) from None
    for name in sorted(names(expr) - vocabulary):
        raise node.fails(f"« {name} » n’est pas connu", f"“{name}” is not known")
    for pattern in _patterns(text):
        wrong = fault(pattern, in_sql=True)
        if wrong is not None:
            raise node.fails(*wrong)


def _patterns(text: str) -> list[str]:
    from sqlglot import exp

    nodes = parse(text).find_all(exp.RegexpLike, exp.RegexpReplace, exp.RegexpExtract)
    return [node.expression.name for node in nodes]


def _check_record(contract: Contract, nodes: Nodes, faults: Faults) -> None:
    """The example that the examples of the rules start from names fields of the contract."""
    schema = next(iter(nodes.values()), Node(None)).about("example", "example")
    with faults.caught(schema):
        for name in contract.example:
            _known(name, contract.field_names)


def _check_day(day: str | None) -> None:
    try:
        date.fromisoformat(day or "2026-01-01")
    except ValueError:
        raise _says("un jour s’écrit AAAA-MM-JJ", "a day is written YYYY-MM-DD") from None


def _check_fields_read(contract: Contract, nodes: Nodes, faults: Faults) -> None:
    """A rule names every field that its predicate reads, however far: its silence depends on it."""
    known = sources(contract)
    for rule in contract.rules:
        with faults.caught(nodes[("rule", rule.id)]):
            for name in rule.fields if rule.where is not None else ():
                read = names(expression(str(rule.where), name))
                fields = frozenset[str]().union(*(known.get(column, frozenset()) for column in read))
                allowed = {name, *rule.required, *rule.optional} if rule.each else set(rule.fields)
                for unnamed in sorted(fields - allowed):
                    raise _says(
                        f"elle lit {unnamed} sans le nommer dans ses champs",
                        f"it reads {unnamed} without naming it in its fields",
                    )


def broken_examples(contract: Contract) -> list[tuple[str, int]]:
    """(rule id, position of the example from 0) of the examples that do not come out as the contract says."""
    by_day: dict[str, list[tuple[Rule, int]]] = {}
    broken = []
    checkers = functools.cache(lambda day: Checker(contract, date.fromisoformat(day)))
    for rule in contract.rules:
        for position, example in enumerate(rule.examples):
            if example.records:
                checker = checkers(example.today or contract.example_day)
                broken += [] if _comes_out(example, rule, contract, checker) else [(rule.id, position)]
            else:
                by_day.setdefault(example.today or contract.example_day, []).append((rule, position))
    for day, cases in by_day.items():
        rows = [
            {**contract.example, contract.field_names[0]: f"P{n}", **rule.examples[position].values}
            for n, (rule, position) in enumerate(cases)
        ]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))
        found = checkers(day).check(normalise(frame, contract))
        fired = set(found.select("row_id", pl.col("rule_id").cast(pl.String)).iter_rows())
        broken += [
            (rule.id, position)
            for n, (rule, position) in enumerate(cases, 1)
            if ((n, rule.id) in fired) != rule.examples[position].fails
        ]
    return broken


def _comes_out(example: Example, rule: Rule, contract: Contract, checker: Checker) -> bool:
    """Whether the rule fires on the records that the example of several says, in a frame of their own."""
    rows = [{**contract.example, **values} for values in example.records]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))
    found = checker.check(normalise(frame, contract)).filter(pl.col("rule_id") == rule.id)
    return set(found.get_column("row_id")) == set(example.found)


def _known(name: str, among: Collection[str]) -> None:
    if name not in among:
        raise _says(f"« {name} » n’est pas connu", f"“{name}” is not known")


def _says(fr: str, en: str) -> ContractError:
    return ContractError(Text(fr, en))
