"""Checks of columns that are looked at by themselves, on many rows: most cells are passed over unread.

A sample tells which values are common and good. A cell that holds one of them is done with; the checks
themselves run on the few others. Where nearly every cell has a value of its own, they run on all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

import polars as pl

from validation_rules.compile import Mask, Plan
from validation_rules.spaces import SAMPLE, distinct_at_least, sampled

_FEW = 0.25  # of a sample: up to here, its distinct values are those of nearly all cells
_SINGLE = 0.95  # from here on, nearly all values of the column are distinct
_LARGER = 65_536
_COVERED = 0.55  # of the larger sample: with fewer distinct values, it has four fifths of the column's cells
_COMPARED = 3  # up to here comparisons, one after the other, are faster than a search
_MANY_LEFT = 4
_AT = " at"

Checks = Mapping[str, Sequence[Mask]]


class Alone(NamedTuple):
    """The columns of a frame that are looked at by themselves, and where each of their checks fires:
    positions, UInt32, ascending."""

    names: frozenset[str] = frozenset()
    fired: tuple[tuple[Mask, pl.Series], ...] = ()

    def within(self, start: int, rows: int) -> Alone:
        """The same of some rows of the frame; positions are those among them."""
        return Alone(self.names, tuple((mask, _between(at, start, start + rows)) for mask, at in self.fired))


def _between(at: pl.Series, start: int, end: int) -> pl.Series:
    first, last = at.search_sorted(pl.Series([start, end], dtype=pl.UInt32))
    return at.slice(first, last - first) - pl.Series([start], dtype=pl.UInt32)


def alone(plan: Plan, frame: pl.DataFrame, largest: int) -> Alone:
    """Looks at the columns that it does not pay to code: `largest` as for `Plan.single`."""
    sample = sampled(frame.select(plan.read), SAMPLE)
    names = plan.single(distinct_at_least(sample), largest)
    checks: dict[str, list[Mask]] = {}
    for mask in plan.first:
        if takes(names, mask):
            checks.setdefault(mask.reads[0], []).append(mask)
    return Alone(names, tuple(fired(frame.select(*checks), sample, checks)) if checks else ())


def takes(names: frozenset[str], mask: Mask) -> bool:
    """Whether a check is of one of these columns, and reads no other."""
    name, *more = mask.reads
    return name in names and not more


def fired(columns: pl.DataFrame, sample: pl.DataFrame, checks: Checks) -> Iterator[tuple[Mask, pl.Series]]:
    """Each check of a column that fires, with the positions (UInt32, ascending) where it does.

    `checks`: column -> masks that read this column only. `sample` has some of the rows.
    """
    good = _common_good(columns, sample, checks)
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
    """Without null. In the way that takes least for such values."""
    cell, known = pl.col(name), values.drop_nulls()
    if known.len() <= _COMPARED:
        alike = [cell == value for value in known]
        among = reduce(or_, alike) if alike else cell.is_null() & False
    elif (known.str.len_bytes() == 1).all():
        among = _byte(cell).is_in(known.to_frame().select(_byte(pl.first()).implode()).to_series())
    else:
        among = cell.is_in(known.implode())
    if known.len() == values.len():
        return among.fill_null(value=False)
    return cell.is_null() | among.fill_null(value=False)


def _byte(text: pl.Expr) -> pl.Expr:
    """The one byte of a text, null for a text of another length."""
    return text.cast(pl.Binary).bin.reinterpret(dtype=pl.UInt8)


def _common_good(columns: pl.DataFrame, sample: pl.DataFrame, checks: Checks) -> dict[str, pl.Series]:
    """Values that many cells have and no check minds, for the columns where it pays to know them."""
    read = [name for name, masks in checks.items() if any(mask.rule.kind != "REQ" for mask in masks)]
    found = _distinct(sample.select(read))
    few = {name: values for name, values in found.items() if values.len() <= _FEW * sample.height}
    several = [n for n, values in found.items() if n not in few and values.len() <= _SINGLE * sample.height]
    if several:
        larger = sampled(columns.select(several), _LARGER)
        found = _distinct(larger)
        few |= {name: values for name, values in found.items() if values.len() <= _COVERED * larger.height}
    return {name: _good(values, checks[name]) for name, values in few.items()}


def _distinct(sample: pl.DataFrame) -> dict[str, pl.Series]:
    found = sample.select(pl.all().unique().implode())
    return {column.name: column[0].alias(column.name) for column in found.iter_columns()}


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
