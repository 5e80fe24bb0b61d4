"""A contract compiled to one lazy query: derived columns, lookups, and a mask per rule.

The query runs over the normalised fields with unusable values taken out. Rules that make a field unusable
come in a layer before those that read it, which then see it as blank and stay silent where they need it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from validation_rules.columns import ColumnChecks
from validation_rules.contract import Contract, ContractError, Rule
from validation_rules.sql import expression, names
from validation_rules.tables import table
from validation_rules.text import Text

_UNUSABLE = "unusable "


@dataclass(frozen=True, slots=True)
class Mask:
    """One column of the query's result: the rule that fires, on one field or on all those it reads."""

    rule: Rule
    fields: tuple[str, ...]
    predicate: pl.Expr = field(compare=False)

    @property
    def name(self) -> str:
        """Its column name."""
        return f"{self.rule.id} {'+'.join(self.fields)}"

    @property
    def needs(self) -> tuple[str, ...]:
        """Fields that must be usable for it."""
        return (*self.fields, *self.rule.required) if self.rule.each else self.rule.required

    @property
    def spoilt(self) -> str:
        """The field that becomes unusable where the rule fires; "" for a rule that spoils none."""
        return self.fields[0] if self.rule.spoils == "*" else self.rule.spoils or ""

    def expression(self, usable: Mapping[str, pl.Expr]) -> pl.Expr:
        """True where the rule fires; `usable` holds the fields that are unusable somewhere."""
        fires = self.predicate
        for name in dict.fromkeys(self.needs):
            if name in usable:
                fires = usable[name] & fires
        return fires.fill_null(value=False).alias(self.name)


class Query:
    """The row rules of a contract, compiled once. `run` is called on each part of a frame."""

    def __init__(self, contract: Contract, today: date) -> None:
        single = ColumnChecks(contract).rule_ids
        self._contract = contract
        self._today = today
        self._layers = _layers([r for r in contract.rules if r.kind == "sql" and r.id not in single], single)
        self.masks = tuple(mask for layer in self._layers for mask in layer)
        self._spoiling = tuple(mask for mask in self.masks if mask.rule.spoils)
        self.no_spoilers = pl.DataFrame(schema={mask.name: pl.Boolean for mask in self._spoiling})
        self._sources = sources(contract)
        self._derived = _derived_levels(contract)

    def run(self, fields: pl.DataFrame, unusable: Mapping[str, pl.Series]) -> pl.DataFrame:
        """A Boolean column per mask, as long as `fields`, without null.

        `fields` is a normalised frame, `unusable` gives for some fields where the value must not be read.
        """
        flags = [mask.alias(_UNUSABLE + name) for name, mask in unusable.items()]
        frame = fields.with_columns(flags).lazy()
        frame = frame.with_columns(
            pl.when(~pl.col(_UNUSABLE + name)).then(pl.col(name)).alias(name) for name in unusable
        )
        frame = self._with_vocabulary(frame)
        usable = {name: ~pl.col(_UNUSABLE + name) for name in unusable}
        for layer in self._layers:
            frame = frame.with_columns(mask.expression(usable) for mask in layer)
            frame = self._spoil(frame, layer, usable)
        return frame.select(mask.name for mask in self.masks).collect()

    def unusable(self, known: Mapping[str, pl.Series], masks: pl.DataFrame) -> dict[str, pl.Series]:
        """`known` and what the row rules make unusable; `masks` holds the columns of `no_spoilers`."""
        result = dict(known)
        for mask in self._spoiling:
            name, fires = mask.spoilt, masks.get_column(mask.name)
            result[name] = result[name] | fires if name in result else fires
        return result

    def _with_vocabulary(self, frame: pl.LazyFrame) -> pl.LazyFrame:
        parts = (self._today.year, self._today.month, self._today.day)
        frame = frame.with_columns(
            pl.lit(value, dtype=pl.Int16).alias(name)
            for name, value in zip(self._contract.parameters, parts, strict=False)
        )
        for level in self._derived:
            frame = frame.with_columns(level.expressions)
            for lookup in level.lookups:
                frame = _join(frame, *lookup)
        return frame

    def _spoil(self, frame: pl.LazyFrame, layer: Iterable[Mask], usable: dict[str, pl.Expr]) -> pl.LazyFrame:
        """Takes out what the rules of a layer make unusable, and all that is derived from it."""
        for mask in layer:
            if mask.rule.spoils is None:
                continue
            name = mask.spoilt
            sound = ~pl.col(mask.name)
            usable[name] = usable[name] & sound if name in usable else sound
            touched = [column for column, sources in self._sources.items() if name in sources]
            frame = frame.with_columns(pl.when(sound).then(pl.col(c)).alias(c) for c in touched)
        return frame


@dataclass(frozen=True, slots=True)
class _Level:
    expressions: list[pl.Expr]
    lookups: list[tuple[pl.DataFrame, list[str], list[str]]]


def _join(frame: pl.LazyFrame, right: pl.DataFrame, left_on: list[str], right_on: list[str]) -> pl.LazyFrame:
    return frame.join(right.lazy(), left_on=left_on, right_on=right_on, how="left", maintain_order="left")


def _layers(rules: list[Rule], done: frozenset[str]) -> list[list[Mask]]:
    """Rules in an order where those that spoil a field come before those that read it."""
    layers: list[list[Mask]] = []
    placed = set(done)
    left = list(rules)
    while left:
        ready = [rule for rule in left if placed.issuperset(rule.depends_on)]
        if not ready:
            raise _circle([rule.id for rule in left])
        layers.append([mask for rule in ready for mask in masks_of(rule)])
        placed.update(rule.id for rule in ready)
        left = [rule for rule in left if rule.id not in placed]
    return layers


def masks_of(rule: Rule) -> list[Mask]:
    """One mask for all fields of a rule, or one a field when it looks at them one by one."""
    sql = rule.where or "FALSE"
    if rule.each:
        return [Mask(rule, (name,), expression(sql, name)) for name in rule.fields]
    return [Mask(rule, rule.fields, expression(sql))]


def _derived_levels(contract: Contract) -> list[_Level]:
    """Derived columns and lookups in an order where each comes after what it reads."""
    known = {*contract.field_names, *contract.parameters}
    derived, lookups, levels = list(contract.derived), list(contract.lookups), []
    while derived or lookups:
        columns = [d for d in derived if known.issuperset(names(expression(d.sql)))]
        known_now = known | {d.name for d in columns}
        joins = [look for look in lookups if known_now.issuperset(look.key.values())]
        if not columns and not joins:
            raise _circle([d.name for d in derived] + [look.table for look in lookups])
        levels.append(
            _Level(
                [expression(d.sql).alias(d.name) for d in columns],
                [_right(j.table, j.key, j.columns) for j in joins],
            )
        )
        known = known_now.union(*(look.columns for look in joins))
        derived = [d for d in derived if d not in columns]
        lookups = [look for look in lookups if look not in joins]
    return levels


def _right(
    name: str, key: Mapping[str, str], columns: Mapping[str, str]
) -> tuple[pl.DataFrame, list[str], list[str]]:
    source = table(name)
    keys = [pl.col(k).alias(f"{name} {k}") for k in key]
    picked = source.select(*keys, *(pl.col(of).alias(to) for to, of in columns.items()))
    return picked, list(key.values()), [f"{name} {k}" for k in key]


def sources(contract: Contract) -> dict[str, frozenset[str]]:
    """Vocabulary column -> the fields that it comes from, itself included for a field."""
    known = {name: frozenset({name}) for name in contract.field_names}
    for _ in range(len(contract.derived) + len(contract.lookups)):
        for derived in contract.derived:
            read = names(expression(derived.sql))
            known[derived.name] = frozenset[str]().union(*(known.get(r, frozenset()) for r in read))
        for look in contract.lookups:
            read_by = frozenset[str]().union(*(known.get(r, frozenset()) for r in look.key.values()))
            known.update(dict.fromkeys(look.columns, read_by))
    return known


def _circle(of: list[str]) -> ContractError:
    listed = ", ".join(sorted(of))
    return ContractError(
        Text(
            f"Le contrat mène en rond ou nomme une colonne inconnue dans : {listed}.",
            f"The contract goes in a circle or names an unknown column in: {listed}.",
        )
    )
