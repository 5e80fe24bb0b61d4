"""The rules of `cross_record` as they read of two rows: all of a contract's in one query, on a few rows.

An edit brings a handful of rows together; the vectors of `cross_record` take longer on these than every pair
of them. Both find the same rows, and a test holds both to the definitions.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import polars as pl

from validation_rules import multiple_primaries as primaries
from validation_rules.contract import Rule
from validation_rules.cross_record import (
    at_precision,
    contradictions,
    filled_date,
    first_name,
    known_texts,
    letters_of,
    number,
    shared_value,
    side_of,
)
from validation_rules.cross_vocabulary import argument, field_of
from validation_rules.few import selected
from validation_rules.pairs import MOST_ROWS, Pair, standing

_Values = dict[str, pl.Expr]


def _fields(rule: Rule, *parts: str) -> _Values:
    return {part: pl.col(field_of(rule, part)) for part in parts}


def _repeated_key(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    return {name: pl.col(name) for name in rule.fields}, pair.same(*rule.fields)


def _one_value_per_group(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    values = {"shared": shared_value(rule), **_fields(rule, "value")}
    return values, pair.same("shared") & pair.differ("value")


def _contradictory_values(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    values = {f"value {place}": value for place, (_, value) in enumerate(contradictions(rule))}
    differ = pl.any_horizontal(pair.differ(name) for name in values)
    return {**values, **_fields(rule, "group")}, pair.same("group") & differ


def _same_person(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    of = _fields(rule, "person", "surname", "given", "birth", "sex")
    values = {
        "person": of["person"],
        "surname": letters_of(of["surname"]),
        "given": letters_of(first_name(of["given"])),
        "birth": at_precision(of["birth"], 10),
        "sex": pl.when(of["sex"].is_in(known_texts(rule, "sexes"))).then(of["sex"]),
    }
    return values, pair.same("surname", "given", "birth", "sex") & pair.differ("person")


def _alike(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    """Two tumours of one patient, of one three-character category and one four-digit histology."""
    of = _fields(rule, "patient", "tumour", "topography", "morphology")
    side = field_of(rule, "side")
    values = {
        "patient": of["patient"],
        "tumour": of["tumour"],
        "category": of["topography"].str.head(3),
        "histology": of["morphology"].str.head(4),
        "side": side_of(rule, of["topography"], pl.col(side) if side else pl.lit(None, dtype=pl.String)),
    }
    return values, pair.same("patient", "category", "histology") & pair.differ("tumour")


_TWO_SIDES = 3  # 1 and 2; 0 for a site without sides


def _same_tumour(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    values, alike = _alike(rule, pair)
    values["day"] = filled_date(pl.col(field_of(rule, "date"))).to_physical()
    near = (pair.here("day") - pair.there("day")).abs() <= number(rule, "days")
    return values, alike & near & (pair.here("side") + pair.there("side") != _TWO_SIDES)


def _both_sides(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    values, alike = _alike(rule, pair)
    return values, alike & (pair.here("side") + pair.there("side") == _TWO_SIDES)


def _multiple_primaries(rule: Rule, pair: Pair) -> tuple[_Values, pl.Expr]:
    of = _fields(rule, "patient", "tumour", "topography", "morphology", "behaviour")
    histology = primaries.histology(of["morphology"])
    values = {
        # A tumour that does not count, or has no site, is of no patient.
        "patient": pl.when(
            of["topography"].is_not_null() & primaries.counts(of["topography"], of["behaviour"])
        ).then(of["patient"]),
        "tumour": of["tumour"],
        "site": primaries.site_group(of["topography"]),
        "histology": histology,
        "group": primaries.histology_group(histology, str(argument(rule, "variant"))),
    }
    decided = functools.reduce(operator.or_, primaries.are_one(pair))
    holds = decided if argument(rule, "verdict") == "one" else primaries.are_undecided(pair)
    return values, pair.same("patient") & pair.differ("tumour") & holds


_WAYS: Mapping[str, Callable[[Rule, Pair], tuple[_Values, pl.Expr]]] = MappingProxyType(
    {
        "repeated_key": _repeated_key,
        "one_value_per_group": _one_value_per_group,
        "contradictory_values": _contradictory_values,
        "same_person": _same_person,
        "same_tumour": _same_tumour,
        "both_sides": _both_sides,
        "multiple_primaries": _multiple_primaries,
    }
)


class PairedRules:
    """Rules over several records, made once into what they say of two rows."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        values: dict[bytes, pl.Expr] = {}  # rules read many values alike: each is computed once
        self._told: dict[str, pl.Expr] = {}
        self._every = True
        for rule in rules:
            way = _WAYS.get(str(rule.implementation))
            if way is None:  # what a row is told by its whole group
                self._every = False
                continue
            named = {}
            for name, value in way(rule, Pair())[0].items():
                alike = values.setdefault(value.meta.serialize(), value.alias(f"value {len(values)}"))
                named[name] = alike.meta.output_name()
            self._told[rule.id] = way(rule, Pair(named))[1].alias(rule.id)
        self._values = tuple(values.values())
        read = (name for value in self._values for name in value.meta.root_names())
        self.fields = tuple(dict.fromkeys(read))

    def take(self, rows: int) -> bool:
        """Whether these rules, all of them, are told by pairs of so many rows."""
        return bool(self._told) and self._every and rows <= MOST_ROWS

    def found(self, rows: pl.DataFrame) -> dict[str, pl.Series]:
        """Rule, by id, to the positions where it fires, ascending. `rows`: `fields`, null where unusable."""
        if rows.height <= 1:
            return dict.fromkeys(self._told, pl.Series([], dtype=pl.UInt32))
        return standing(selected(rows, *self._values), self._told)
