"""Checks of columns that are looked at by themselves, on many rows: most cells are passed over unread.

A sample tells which values are common and good. A cell that holds one of them is done with; the checks
themselves run on the few others. Where nearly every cell has a value of its own, they run on all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

import polars as pl

from validation_rules.compile import Mask
from validation_rules.spaces import sampled

_SAMPLE = 4_096
_LARGER = 16  # a larger sample has one row of so many
_SINGLE = 0.95  # of a sample: from here on, nearly all values of the column are distinct
_COVERED = 0.55  # of the larger sample: with fewer distinct values, it has four fifths of the column's cells
_COMPARED = 4  # up to here comparisons, one after the other, are faster than a search
_MANY_LEFT = 8
_AT = " at"

Checks = Mapping[str, Sequence[Mask]]


def fired(columns: pl.DataFrame, checks: Checks) -> Iterator[tuple[Mask, pl.Series]]:
    """Each check of a column that fires, with the positions (UInt32, ascending) where it does.

    `checks`: column -> masks that read this column only.
    """
    good = _common_good(columns, checks)
    asked = {
        **{name: (~_is_one_of(name, values)).arg_true() for name, values in good.items() if values.len()},
        **{mask.name: _predicate(mask).arg_true() for mask in _left(checks, good)},
    }
    found = columns.select(where.implode().alias(name) for name, where in asked.items())
    for name, masks in checks.items():
        if name in good:
            rest = found.get_column(name)[0] if good[name].len() else None
            yield from _on_rest(columns.get_column(name), rest, masks)
        else:
            yield from ((mask, found.get_column(mask.name)[0]) for mask in masks)


def _left(checks: Checks, good: Mapping[str, pl.Series]) -> list[Mask]:
    return [mask for name, masks in checks.items() if name not in good for mask in masks]


def _predicate(mask: Mask) -> pl.Expr:
    if mask.predicate is None:
        raise ValueError("a check of one column is an expression")
    return mask.predicate


def _is_one_of(name: str, values: pl.Series) -> pl.Expr:
    """Without null."""
    known = values.drop_nulls()
    if known.len() <= _COMPARED:
        # Comparisons of short texts take a nanosecond each, a search five to ten.
        alike = [pl.col(name) == value for value in known]
        among = reduce(or_, alike) if alike else pl.col(name).is_null() & False
    else:
        among = pl.col(name).is_in(known.implode())
    return among.fill_null(value=values.null_count() > 0)


def _common_good(columns: pl.DataFrame, checks: Checks) -> dict[str, pl.Series]:
    """Values that many cells have and no check minds, for the columns where it pays to know them."""
    read = [name for name, masks in checks.items() if any(mask.rule.kind != "REQ" for mask in masks)]
    few, several = _distinct(columns.select(read), columns.height // _SAMPLE + 1, 0.25, _SINGLE)
    more, _ = _distinct(columns.select(several), _LARGER, _COVERED, _COVERED)
    return {name: _good(values, checks[name]) for name, values in (few | more).items()}


def _distinct(
    columns: pl.DataFrame, step: int, few: float, most: float
) -> tuple[dict[str, pl.Series], list[str]]:
    """Column -> distinct values of one row in `step`, where they are `few` of the sample; and the columns
    where they are more, but not `most` of it."""
    if not columns.width:
        return {}, []
    sample = sampled(columns, step)
    found = sample.select(pl.all().unique().implode())
    distinct = {column.name: column[0].alias(column.name) for column in found.iter_columns()}
    several = [name for name, values in distinct.items() if few < values.len() / sample.height <= most]
    return {n: values for n, values in distinct.items() if values.len() <= few * sample.height}, several


def _good(values: pl.Series, masks: Sequence[Mask]) -> pl.Series:
    bad = pl.any_horizontal(_predicate(mask) for mask in masks)
    return values.to_frame().select(pl.first().filter(~bad)).to_series()


def _on_rest(
    column: pl.Series, rest: pl.Series | None, masks: Sequence[Mask]
) -> Iterator[tuple[Mask, pl.Series]]:
    """The checks of the cells at `rest`; of all when it is None."""
    if rest is None:
        yield from _by_value(column, None, masks)
    elif rest.len() * _MANY_LEFT > column.len():
        yield from _by_value(column.gather(rest), rest, masks)
    elif rest.len():
        table = pl.DataFrame([column.gather(rest), rest.alias(_AT)])
        hit = table.select(pl.col(_AT).filter(_predicate(mask)).implode().alias(mask.name) for mask in masks)
        yield from ((mask, hit.get_column(mask.name)[0]) for mask in masks)


def _by_value(
    values: pl.Series, rest: pl.Series | None, masks: Sequence[Mask]
) -> Iterator[tuple[Mask, pl.Series]]:
    """By the distinct values, when there are many cells to look at."""
    table = values.unique().to_frame()
    lines = table.select(_predicate(mask).alias(mask.name) for mask in masks)
    for mask in masks:
        bad = table.to_series().filter(lines.get_column(mask.name))
        if bad.len():
            hit = values.is_in(bad.implode(), nulls_equal=True).arg_true()
            yield mask, hit if rest is None else rest.gather(hit)
