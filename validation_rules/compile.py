"""A contract compiled to a plan: what to compute, from what, and in which order.

The checks of single fields come first; what they find unusable is read as blank from then on. Derived columns
and lookups follow in levels, and rules in layers: a rule that makes a field unusable comes in a layer before
those that read that field.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from validation_rules import table_rules
from validation_rules.columns import field_checks, reads_one_column
from validation_rules.contract import Contract, ContractError, Lookup, Rule
from validation_rules.sql import expression, names
from validation_rules.tables import table
from validation_rules.text import Text

_UNIT = "\x1f"


@dataclass(frozen=True, slots=True)
class Mask:
    """Where a rule fires, on one field or on all those it reads.

    `reads` are the columns that it is computed from: by `predicate`, or by `finder` for a rule over tables.
    `needs` are the fields that must be usable, and `spoilt` is the one that is not where the rule fires. A
    rule that looks at a value alone is `mute` where that field is blank.
    """

    name: str
    rule: Rule
    fields: tuple[str, ...]
    reads: tuple[str, ...]
    needs: tuple[str, ...]
    spoilt: str | None
    predicate: pl.Expr | None = field(default=None, compare=False)
    finder: table_rules.Finder | None = field(default=None, compare=False)
    mute: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A derived column: `expression` gives it its name."""

    name: str
    reads: tuple[str, ...]
    expression: pl.Expr = field(compare=False)


@dataclass(frozen=True, slots=True)
class Join:
    """Columns `gives` of a reference table: `right` holds them and the keys, named as in `on`.

    `expressions` give the same columns by a search in the sorted keys. A join reads the whole table at each
    call: for a few rows the search is ten times faster.
    """

    reads: tuple[str, ...]
    gives: tuple[str, ...]
    on: tuple[str, ...]
    right: pl.DataFrame = field(compare=False)
    expressions: tuple[pl.Expr, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Level:
    """Columns that only read what earlier levels give, then lookups that may also read these columns."""

    columns: tuple[Column, ...]
    joins: tuple[Join, ...]


class Plan:
    """The rules of one record of a contract on one day, compiled once.

    `read`: the fields that they read; `alone`: those of them that only the checks of single fields read, each
    by itself.
    """

    def __init__(self, contract: Contract, today: date) -> None:
        parts = (today.year, today.month, today.day)
        self.fields = contract.field_names
        self.parameters = tuple(
            pl.lit(value, dtype=pl.Int16).alias(name)
            for name, value in zip(contract.parameters, parts, strict=False)
        )
        self.first = tuple(_field_masks(contract))
        self.levels = tuple(_levels(contract))
        self.layers = tuple(_layers(contract))
        self._sources = sources(contract)
        needed = self._needed()
        self.read = tuple(name for name in self.fields if name in needed)
        self._beside = tuple(self._read_beside())
        together = frozenset[str]().union(*self._beside, *(mask.reads for mask in self._finders()))
        self.alone = frozenset(name for name in self.read if name not in together)

    def _needed(self) -> frozenset[str]:
        """The columns that masks, derived columns and lookups are computed from."""
        masks = [mask for layer in (self.first, *self.layers) for mask in layer]
        read = [mask.reads + mask.needs + mask.fields for mask in masks]
        for level in self.levels:
            read += [column.reads for column in level.columns] + [join.reads for join in level.joins]
        return frozenset(name for names_ in read for name in names_)

    def _finders(self) -> list[Mask]:
        return [mask for layer in self.layers for mask in layer if mask.finder]

    def _read_beside(self) -> Iterable[tuple[str, ...]]:
        """The columns of each thing that reads several, or one after the checks of single fields."""
        yield from (mask.reads for mask in self.first if len(mask.reads) > 1)
        yield from (mask.reads for layer in self.layers for mask in layer if not mask.finder)
        for level in self.levels:
            yield from (column.reads for column in level.columns)
            yield from (join.reads for join in level.joins)

    def single(self, distinct: Mapping[str, int], largest: int) -> frozenset[str]:
        """The fields that are not worth coding: nothing can be computed once for several of their values but
        the checks of single fields.

        `distinct`: field -> at least so many values; those that are not in it hardly repeat. Whatever reads
        values that make more than `largest` combinations is computed on the rows.
        """
        shared: set[str] = set()
        for reads in self._beside:
            fields = [name for name in reads if name in self.fields]
            repeat = all(name in distinct for name in fields)
            if repeat and math.prod(distinct[name] for name in fields) <= largest:
                shared.update(fields)
        return frozenset(name for name in self.read if name not in shared)

    def after(self, spoilt: Iterable[str]) -> frozenset[str]:
        """The derived and looked up columns that come from one of these fields."""
        fields = frozenset(spoilt)
        return frozenset(c for c, of in self._sources.items() if of & fields and c not in self.fields)


def masks_of(rule: Rule) -> list[Mask]:
    """One mask for all fields of a rule, or one a field when it looks at them one by one."""
    return [_mask(rule, (name,)) for name in rule.fields] if rule.each else [_mask(rule, rule.fields)]


def _mask(rule: Rule, fields: tuple[str, ...]) -> Mask:
    name = f"{rule.id} {'+'.join(fields)}"
    needs = dict.fromkeys((*fields, *rule.required) if rule.each else rule.required)
    spoilt = fields[0] if rule.spoils == "*" else rule.spoils
    if rule.where is None:
        reads = tuple(dict.fromkeys((*fields, *rule.required, *rule.optional)))
        finder = table_rules.FINDERS.get(str(rule.implementation))
        mute = fields[0] if rule.each else None
        return Mask(name, rule, fields, reads, tuple(needs), spoilt, finder=finder, mute=mute)
    predicate = expression(rule.where, fields[0] if rule.each else None)
    fires = predicate.fill_null(value=False).alias(name)
    return Mask(name, rule, fields, tuple(sorted(names(predicate))), tuple(needs), spoilt, fires)


def _field_masks(contract: Contract) -> Iterable[Mask]:
    for rule, name, fails in field_checks(contract):
        reads = tuple(sorted({name, *names(fails)}))
        fires = fails.fill_null(value=False).alias(f"{rule.id} {name}")
        spoilt = name if rule.spoils else None
        mute = name if rule.kind in ("FMT", "COD") else None
        yield Mask(f"{rule.id} {name}", rule, (name,), reads, (), spoilt, fires, mute=mute)


def _layers(contract: Contract) -> Iterable[tuple[Mask, ...]]:
    """Rules in an order where those that spoil a field come before those that read it."""
    placed = {rule.id for rule in contract.rules if reads_one_column(rule)}
    left = [r for r in contract.rules if r.id not in placed and _is_of_one_record(r)]
    while left:
        ready = [rule for rule in left if placed.issuperset(rule.depends_on)]
        if not ready:
            raise _circle(rule.id for rule in left)
        yield tuple(mask for rule in ready for mask in masks_of(rule))
        placed.update(rule.id for rule in ready)
        left = [rule for rule in left if rule.id not in placed]


def _is_of_one_record(rule: Rule) -> bool:
    return rule.kind == "sql" or (rule.kind == "custom" and rule.implementation in table_rules.FINDERS)


def _levels(contract: Contract) -> Iterable[Level]:
    """Derived columns and lookups in an order where each comes after what it reads."""
    known = {*contract.field_names, *contract.parameters}
    columns = [_column(d.name, d.sql) for d in contract.derived]
    lookups = list(contract.lookups)
    while columns or lookups:
        ready = [column for column in columns if known.issuperset(column.reads)]
        known.update(column.name for column in ready)
        joins = [lookup for lookup in lookups if known.issuperset(lookup.key.values())]
        if not ready and not joins:
            raise _circle([c.name for c in columns] + [lookup.table for lookup in lookups])
        yield Level(tuple(ready), tuple(_join(lookup) for lookup in joins))
        known.update(name for lookup in joins for name in lookup.columns)
        columns = [column for column in columns if column.name not in known]
        lookups = [lookup for lookup in lookups if lookup not in joins]


def _column(name: str, sql: str) -> Column:
    computed = expression(sql)
    return Column(name, tuple(sorted(names(computed))), computed.alias(name))


def _join(lookup: Lookup) -> Join:
    on, source = tuple(f"{lookup.table} {key}" for key in lookup.key), table(lookup.table)
    right = source.select(
        *(pl.col(key).alias(name) for key, name in zip(lookup.key, on, strict=True)),
        *(pl.col(of).alias(name) for name, of in lookup.columns.items()),
    ).drop_nulls(on)
    if right.select(pl.struct(on).is_duplicated().any()).item():
        raise ContractError(
            Text(
                f"Une clé est plusieurs fois dans la table {lookup.table} que lit le contrat.",
                f"A key is there several times in the table {lookup.table} that the contract reads.",
            )
        )
    reads, gives = tuple(lookup.key.values()), tuple(lookup.columns)
    return Join(reads, gives, on, right, tuple(_searches(right, on, reads, gives)))


def _searches(
    right: pl.DataFrame, on: Iterable[str], reads: Iterable[str], gives: Iterable[str]
) -> Iterable[pl.Expr]:
    ordered = right.with_columns(pl.concat_str(on, separator=_UNIT).alias(_UNIT)).sort(_UNIT)
    keys, key = pl.lit(ordered.get_column(_UNIT)), pl.concat_str(reads, separator=_UNIT)
    at = keys.search_sorted(key)
    found = keys.gather(at, null_on_oob=True) == key
    for name in gives:
        value = pl.lit(ordered.get_column(name)).gather(at, null_on_oob=True)
        yield pl.when(found).then(value).alias(name)


def sources(contract: Contract) -> Mapping[str, frozenset[str]]:
    """Vocabulary column -> the fields that it comes from, itself included for a field."""
    known = {name: frozenset({name}) for name in contract.field_names}
    reads = {d.name: names(expression(d.sql)) for d in contract.derived}
    for lookup in contract.lookups:
        reads |= dict.fromkeys(lookup.columns, frozenset(lookup.key.values()))
    while True:
        found = {
            name: frozenset[str]().union(*(known.get(column, frozenset()) for column in read))
            for name, read in reads.items()
        }
        if all(known.get(name) == of for name, of in found.items()):
            return known
        known.update(found)


def _circle(of: Iterable[str]) -> ContractError:
    listed = ", ".join(sorted(of))
    return ContractError(
        Text(
            f"Le contrat mène en rond ou nomme une colonne inconnue dans : {listed}.",
            f"The contract goes in a circle or names an unknown column in: {listed}.",
        )
    )
