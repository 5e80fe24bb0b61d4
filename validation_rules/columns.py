"""Checks that read one column: required, form, code list, and rules of one field.

They are evaluated on the distinct values of the column, so a clean column costs one pass over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

import polars as pl

from validation_rules.contract import Contract, Field, Rule
from validation_rules.sql import expression, names


@dataclass(frozen=True, slots=True)
class Fault:
    """Where one rule fires on one field. `mask` is a Boolean series without null, as long as the frame."""

    rule: Rule
    field: str
    mask: pl.Series


def reads_one_column(rule: Rule) -> bool:
    """Whether a rule reads the field it looks at and nothing else."""
    if rule.kind != "sql" or rule.where is None or rule.required or rule.optional:
        return False
    return rule.each and all(names(expression(rule.where, name)) == {name} for name in rule.fields)


class ColumnChecks:
    """The checks of a contract that read one column."""

    def __init__(self, contract: Contract) -> None:
        self._rules = {rule.id: rule for rule in contract.rules}
        self._own = tuple(rule for rule in contract.rules if reads_one_column(rule))
        self.rule_ids = frozenset(rule.id for rule in self._own)

    def faults(self, frame: pl.DataFrame, field: Field) -> Iterator[Fault]:
        """The faults of one field of a normalised frame: a value has one at most."""
        values = frame.get_column(field.name)
        masks = {f"REQ-{field.name}": values.is_null()} if values.null_count() else {}
        if self._looked_at(field):
            masks |= self._value_masks(frame, values, field)
        for rule_id, mask in masks.items():
            rule = self._rules.get(rule_id)
            if rule and mask.any():
                yield Fault(rule, field.name, mask)

    def _looked_at(self, field: Field) -> bool:
        return bool(field.pattern or field.codes) or any(field.name in rule.fields for rule in self._own)

    def _value_masks(self, frame: pl.DataFrame, values: pl.Series, field: Field) -> dict[str, pl.Series]:
        masks: dict[str, pl.Series] = {}
        good = values.unique().drop_nulls()
        if field.pattern:
            masks[f"FMT-{field.name}"] = _badly_formed(frame, values, good, field)
            good = good.filter(_fits(good, field.pattern, field))
        if field.codes:
            bad = good.filter(~_all_codes(good, field))
            masks[f"COD-{field.name}"] = _among(values, bad)
            good = good.filter(_all_codes(good, field))
        for rule in self._own:
            if field.name in rule.fields:
                fires = good.to_frame().select(expression(str(rule.where), field.name)).to_series()
                masks[rule.id] = _among(values, good.filter(fires.fill_null(value=False)))
        return masks


def _badly_formed(frame: pl.DataFrame, values: pl.Series, distinct: pl.Series, field: Field) -> pl.Series:
    """Where the value does not have the form in force: that of the first variant whose condition holds."""
    mask = _among(values, distinct.filter(~_fits(distinct, field.pattern or "", field)))
    for variant in field.variants:
        bad = distinct.filter(~_fits(distinct, variant.pattern, field))
        holds = frame.get_column(variant.field).is_in(list(variant.values)).fill_null(value=False)
        mask = (holds & _among(values, bad)) | (~holds & mask)
    return mask


def _fits(distinct: pl.Series, pattern: str, field: Field) -> pl.Series:
    fits = distinct.str.contains(pattern)
    if field.bounds:
        number = distinct.cast(pl.Int64, strict=False)
        fits &= (number.is_between(*field.bounds) | (distinct == field.unknown_value)).fill_null(value=False)
    return fits


def _all_codes(distinct: pl.Series, field: Field) -> pl.Series:
    if field.separator is None:
        return distinct.is_in(list(field.codes))
    return distinct.str.split(field.separator).list.eval(pl.element().is_in(list(field.codes))).list.all()


def _among(values: pl.Series, bad: pl.Series) -> pl.Series:
    if bad.is_empty():
        return pl.Series(values.name, [False], dtype=pl.Boolean).new_from_index(0, len(values))
    return values.is_in(bad.implode()).fill_null(value=False)


def unusable(faults: list[Fault]) -> dict[str, pl.Series]:
    """Field name -> where its value cannot be read by other rules."""
    masks: dict[str, list[pl.Series]] = {}
    for fault in faults:
        if fault.rule.spoils:
            masks.setdefault(fault.field, []).append(fault.mask)
    return {name: reduce(lambda a, b: a | b, several) for name, several in masks.items()}
