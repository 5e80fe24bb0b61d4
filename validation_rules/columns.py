"""Checks that read one column: required, form, code list, and rules of one field.

Most are evaluated on the distinct values of the column, so a clean column costs one pass over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

import polars as pl

from validation_rules.contract import Contract, Field, Rule
from validation_rules.sql import expression, names

_SMALL = 5_000
_GROUP = 12
_CLASS = r"\[[^\[\]]*[^\[\]\\]\]"
_REPEATED = re.compile(rf"\^(\({_CLASS}(?:\|{_CLASS})*\)|{_CLASS})\{{1,(\d+)\}}\$")


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
    """The checks of a contract that read one column, compiled once."""

    def __init__(self, contract: Contract) -> None:
        own = tuple(rule for rule in contract.rules if reads_one_column(rule))
        self.rule_ids = frozenset(rule.id for rule in own)
        self._plans = tuple(_Plan(field, contract, own) for field in contract.fields)

    def faults(self, frame: pl.DataFrame, progress: Callable[[int], None]) -> list[Fault]:
        """The faults of a normalised frame: a cell has one at most. `progress` is told the fields done."""
        step = len(self._plans) if frame.height < _SMALL else _GROUP
        faults: list[Fault] = []
        for start in range(0, len(self._plans), step):
            progress(start)
            plans = self._plans[start : start + step]
            by_cell = [plan for plan in plans if plan.by_cell or frame.height < _SMALL]
            by_value = [plan for plan in plans if plan not in by_cell]
            masks = frame.lazy().select(e for plan in by_cell for e in plan.masks()).collect()
            values = frame.lazy().select(plan.distinct() for plan in by_value).collect()
            faults += [fault for plan in by_cell for fault in plan.faults_of(masks)]
            faults += [fault for plan in by_value for fault in plan.faults_among(frame, values)]
        return faults


class _Plan:
    """The checks of one field, as expressions over its column that are true where the value is bad."""

    def __init__(self, field: Field, contract: Contract, own: Iterable[Rule]) -> None:
        self.name = field.name
        # People's names and numbers are nearly all distinct: looking for the distinct ones does not pay.
        self.by_cell = field.classification == "direct_identifier" or bool(field.variants)
        rules = {rule.id: rule for rule in contract.rules}
        value = pl.col(field.name)
        form = _fits(value, field) if field.pattern else pl.lit(value=True)
        code = _is_code(value, field) if field.codes else pl.lit(value=True)
        found = {
            f"REQ-{field.name}": value.is_null(),
            f"FMT-{field.name}": ~form,
            f"COD-{field.name}": form & ~code,
        }
        found |= {
            r.id: form & code & expression(str(r.where), field.name) for r in own if field.name in r.fields
        }
        self._checks = tuple((rules[i], e.fill_null(value=False)) for i, e in found.items() if i in rules)

    def masks(self) -> list[pl.Expr]:
        """A Boolean column per check, over a whole frame."""
        return [check.alias(f"{rule.id} {self.name}") for rule, check in self._checks]

    def distinct(self) -> pl.Expr:
        """The distinct values, as one list."""
        return pl.col(self.name).unique().implode()

    def faults_of(self, masks: pl.DataFrame) -> Iterator[Fault]:
        """From the result of `masks`."""
        for rule, _ in self._checks:
            mask = masks.get_column(f"{rule.id} {self.name}")
            if mask.any():
                yield Fault(rule, self.name, mask)

    def faults_among(self, frame: pl.DataFrame, values: pl.DataFrame) -> Iterator[Fault]:
        """From the result of `distinct`: only values that are bad are looked for in the frame."""
        distinct = values.get_column(self.name)[0].rename(self.name)
        bad = distinct.to_frame().select(self.masks())
        column = frame.get_column(self.name)
        for rule, _ in self._checks:
            wrong = distinct.filter(bad.get_column(f"{rule.id} {self.name}"))
            if wrong.len():
                yield Fault(rule, self.name, column.is_in(wrong.implode(), nulls_equal=True))


def _fits(value: pl.Expr, field: Field) -> pl.Expr:
    """True where the value has the form in force: that of the variant whose condition holds."""
    fits = _matches(value, field.pattern or "")
    for variant in field.variants:
        holds = pl.col(variant.field).is_in(list(variant.values)).fill_null(value=False)
        fits = pl.when(holds).then(_matches(value, variant.pattern)).otherwise(fits)
    if field.bounds:
        within = value.cast(pl.Int64, strict=False).is_between(*field.bounds)
        fits &= within.fill_null(value=False) | (value == (field.unknown_value or ""))
    return fits


def _matches(value: pl.Expr, pattern: str) -> pl.Expr:
    """True where the pattern fits. That of "one to a hundred letters" would need states for every length:
    letters of any number, and their number apart, give the same forty times faster."""
    repeated = _REPEATED.fullmatch(pattern)
    if repeated is None:
        return value.str.contains(pattern)
    one, most = repeated.groups()
    return value.str.contains(f"^{one}+$") & (value.str.len_chars() <= int(most))


def _is_code(value: pl.Expr, field: Field) -> pl.Expr:
    codes = list(field.codes)
    if field.separator is None:
        return value.is_in(codes)
    return value.str.split(field.separator).list.eval(pl.element().is_in(codes)).list.all()


def unusable(faults: list[Fault]) -> dict[str, pl.Series]:
    """Field name -> where its value cannot be read by other rules."""
    masks: dict[str, list[pl.Series]] = {}
    for fault in faults:
        if fault.rule.spoils:
            masks.setdefault(fault.field, []).append(fault.mask)
    return {name: reduce(lambda a, b: a | b, several) for name, several in masks.items()}
