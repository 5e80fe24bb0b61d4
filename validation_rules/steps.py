"""The order in which the rules of a contract speak, for the engines beside our own: DuckDB, pandera.

A rule may make a field unusable (`spoils`), and the rules that read that field then see it as blank. First
come the checks of single cells, before anything is derived; then, layer by layer, the rules that spoil a
field that others read; then all the others, which see every unusable value taken out. `compile.py` does the
same in one query; the tests hold them to the same verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from validation_rules.columns import reads_one_column
from validation_rules.compile import sources
from validation_rules.contract import Contract, ContractError, Derived, Lookup, Rule
from validation_rules.sql import PROPERTY, expression, names
from validation_rules.text import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One rule on one field (`each`, REQ, FMT, COD), or on all the fields that it reads."""

    rule: Rule
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """`DAT-03 date_naissance` for a rule that looks at fields one by one, else the id of the rule."""
        return f"{self.rule.id} {self.fields[0]}" if self.rule.each else self.rule.id

    @property
    def where(self) -> str:
        """The predicate of a SQL rule; `${property}` is replaced by the field."""
        return str(self.rule.where).replace(PROPERTY, self.fields[0])

    @property
    def guards(self) -> tuple[str, ...]:
        """Fields that must be usable for the rule to speak."""
        own = self.fields if self.rule.each else ()
        return tuple(dict.fromkeys((*own, *self.rule.required)))

    @property
    def spoils(self) -> str | None:
        """The field that becomes unusable where the rule fires."""
        return self.fields[0] if self.rule.spoils == "*" else self.rule.spoils


@dataclass(frozen=True, slots=True)
class Level:
    """Columns of the vocabulary that read only fields, parameters and earlier levels; lookups come last."""

    derived: tuple[Derived, ...]
    lookups: tuple[Lookup, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """`cells` read one column; each of the `layers` spoils fields for the next; `others` spoil nothing.

    `touches`: field -> the columns of the vocabulary that come from it, itself included.
    """

    cells: tuple[Step, ...]
    levels: tuple[Level, ...]
    layers: tuple[tuple[Step, ...], ...]
    others: tuple[Step, ...]
    touches: dict[str, tuple[str, ...]]


def steps(contract: Contract) -> Steps:
    """The steps of a contract. Raises `ContractError` when its dependencies go in a circle."""
    cells = [r for r in contract.rules if r.kind in ("REQ", "FMT", "COD") or reads_one_column(r)]
    alone = {rule.id for rule in cells}
    rows = [r for r in contract.rules if r.id not in alone]
    origin = sources(contract)
    return Steps(
        cells=tuple(_steps(cells)),
        levels=tuple(_levels(contract)),
        layers=tuple(tuple(_steps(layer)) for layer in _layers(rows)),
        others=tuple(_steps(rule for rule in rows if not _spoils(rule))),
        touches={
            name: tuple(column for column, fields in origin.items() if name in fields)
            for name in contract.field_names
        },
    )


def _steps(rules: Iterable[Rule]) -> Iterable[Step]:
    for rule in rules:
        looked_at = [(name,) for name in rule.fields] if rule.each else [rule.fields]
        yield from (Step(rule, fields) for fields in looked_at)


def _spoils(rule: Rule) -> bool:
    return rule.kind == "sql" and bool(rule.spoils)


def _layers(rows: list[Rule]) -> Iterable[list[Rule]]:
    """The rules that spoil, each after those that spoil what it reads."""
    left = [rule for rule in rows if _spoils(rule)]
    while left:
        waiting = {rule.id for rule in left}
        ready = [rule for rule in left if waiting.isdisjoint(rule.depends_on)]
        if not ready:
            raise _circle()
        yield ready
        done = {rule.id for rule in ready}
        left = [rule for rule in left if rule.id not in done]


def _levels(contract: Contract) -> Iterable[Level]:
    known = {*contract.field_names, *contract.parameters}
    derived, lookups = list(contract.derived), list(contract.lookups)
    while derived or lookups:
        columns = tuple(d for d in derived if known.issuperset(names(expression(d.sql))))
        known.update(d.name for d in columns)
        joins = tuple(look for look in lookups if known.issuperset(look.key.values()))
        if not columns and not joins:
            raise _circle()
        yield Level(columns, joins)
        known.update(name for look in joins for name in look.columns)
        derived = [d for d in derived if d not in columns]
        lookups = [look for look in lookups if look not in joins]


def _circle() -> ContractError:
    return ContractError(
        Text("Les règles du contrat mènent en rond.", "The contract's rules go in a circle.")
    )
