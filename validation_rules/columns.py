"""Checks that read one column: required, form, code list, and rules of one field."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from validation_rules.contract import Contract, Field, Rule
from validation_rules.sql import expression, names

_CLASS = r"\[[^\[\]]*[^\[\]\\]\]"
_REPEATED = re.compile(rf"\^(\({_CLASS}(?:\|{_CLASS})*\)|{_CLASS})\{{1,(\d+)\}}\$")


def reads_one_column(rule: Rule) -> bool:
    """Whether a rule reads the field it looks at and nothing else."""
    if rule.kind != "sql" or rule.where is None or rule.required or rule.optional:
        return False
    return rule.each and all(names(expression(rule.where, name)) == {name} for name in rule.fields)


def field_checks(contract: Contract) -> Iterator[tuple[Rule, str, pl.Expr]]:
    """Rule, field, and an expression over its column that is true where the value is bad.

    A cell fails one of them at most: a code is looked at when the form fits, a rule when the code does too.
    """
    rules = {rule.id: rule for rule in contract.rules}
    own = [rule for rule in contract.rules if reads_one_column(rule)]
    for field in contract.fields:
        value = pl.col(field.name)
        form = _fits(value, field) if field.pattern else pl.lit(value=True)
        code = _is_code(value, field) if field.codes else pl.lit(value=True)
        checks = {"REQ": value.is_null(), "FMT": ~form, "COD": form & ~code}
        for kind, fails in checks.items():
            if rule := rules.get(f"{kind}-{field.name}"):
                yield rule, field.name, fails
        for rule in own:
            if field.name in rule.fields:
                yield rule, field.name, form & code & expression(str(rule.where), field.name)


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
