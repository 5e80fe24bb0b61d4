"""Runs a contract on a few rows: what the engine cannot compute shows here, with the rule it is in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import polars as pl
from polars.exceptions import PanicException, PolarsError

from validation_rules.check import Checker
from validation_rules.contract import Contract, ContractError, Lookup, Rule
from validation_rules.document import Faults, Node
from validation_rules.normalise import normalise
from validation_rules.sql import expression, names
from validation_rules.text import Text

_DAY = date(2026, 1, 1)
_MOST = 20
# Arguments of a custom rule may be of a kind, or name fields and tables, that its implementation stumbles on.
_CANNOT = (PolarsError, PanicException, ContractError, LookupError, TypeError, ValueError, AttributeError)


def try_out(contract: Contract, nodes: Mapping[tuple[str, str], Node], faults: Faults) -> None:
    """Adds to `faults` the rules, or the derived columns, that cannot be computed."""
    rows = _rows(contract)
    if _runs(contract, rows):
        return
    bare = replace(contract, rules=())
    if not _runs(bare, rows):
        guilty = [("derived", name) for name in _bad_columns(bare, rows)]
    else:
        alone = tuple(replace(rule, depends_on=()) for rule in contract.rules)
        found = _guilty(alone, lambda rules: _runs(replace(contract, rules=rules), rows))
        guilty = [("rule", rule.id) for rule in found]
    for key in guilty[:_MOST] or [("", "")]:
        node = nodes.get(key, Node(None))
        with faults.caught(node):
            raise node.fails(
                "ce calcul est impossible avec ces valeurs ou ces arguments",
                "this cannot be computed with these values or arguments",
            )


def _rows(contract: Contract) -> pl.DataFrame:
    schema = dict.fromkeys(contract.field_names, pl.String)
    odd = [dict.fromkeys(contract.field_names, value) for value in ("0", "Œ", "9" * 30)]
    frame = pl.DataFrame([*odd, {**odd[0], **contract.example}], schema=schema)
    return normalise(frame, contract)


def _runs(contract: Contract, rows: pl.DataFrame) -> bool:
    # What no rule reads is left out of the query: a probe reads each derived column.
    probes = tuple(_probe(derived.name, contract) for derived in contract.derived)
    try:
        Checker(replace(contract, rules=(*contract.rules, *probes)), _DAY).check(rows)
    except _CANNOT:
        return False
    return True


def _probe(column: str, contract: Contract) -> Rule:
    none = Text("", "")
    names = (contract.field_names[0],)
    return Rule(
        id=f"probe of {column}", version=1, severity="info", family="", kind="sql", fields=names, required=(),
        optional=(), each=False, spoils=None, where=f"{column} IS NULL", implementation=None, title=none,
        message=none, why=none, fix=none, source=none,
    )  # fmt: skip


def _guilty(rules: Sequence[Rule], runs: Callable[[tuple[Rule, ...]], bool]) -> list[Rule]:
    """Those that do not run, found by halves."""
    if not rules or runs(tuple(rules)):
        return []
    if len(rules) == 1:
        return list(rules)
    half = len(rules) // 2
    return _guilty(rules[:half], runs) + _guilty(rules[half:], runs)


def _bad_columns(contract: Contract, rows: pl.DataFrame) -> list[str]:
    """The derived columns that cannot be computed though all that they read can."""
    bad: list[str] = []
    for derived in contract.derived:
        needed, lookups = _needed(derived.name, contract)
        if needed & set(bad):
            continue
        only = tuple(column for column in contract.derived if column.name in needed)
        if not _runs(replace(contract, derived=only, lookups=lookups), rows):
            bad.append(derived.name)
    # One that is told before what it reads falls with it: what it reads is the one to name.
    return [name for name in bad if not (_needed(name, contract)[0] - {name}) & set(bad)]


def _needed(name: str, contract: Contract) -> tuple[set[str], tuple[Lookup, ...]]:
    """The derived columns and the lookups that one needs, itself included."""
    sql = {derived.name: derived.sql for derived in contract.derived}
    columns, tables, left = set[str](), list[Lookup](), [name]
    while left:
        here = left.pop()
        if here in sql and here not in columns:
            columns.add(here)
            left += names(expression(sql[here]))
        for look in contract.lookups:
            if here in look.columns and look not in tables:
                tables.append(look)
                left += look.key.values()
    return columns, tuple(tables)
