"""Few lines of a long table in place of others: what an edit leaves is not sorted or joined again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import reduce
from operator import or_

import polars as pl

_SLICED = 500  # lines; with more of them, a merge of all is faster than slices between them
_COMPARED = 8  # rows: up to here, comparisons one after the other are faster than a search
_LOOKED_UP = 100


def spliced(frame: pl.DataFrame, gone: pl.Series, few: pl.DataFrame, at: pl.Series) -> pl.DataFrame:
    """`frame` without the lines `gone`, and with the lines `few` put in.

    `gone`: positions in `frame`. `at`: for each of `few`, ascending, the position in `frame` before which it
    comes, be that line gone or not. `few` has the columns of `frame` in any order.
    """
    if gone.is_empty() and few.is_empty():
        return frame
    few = few if few.columns == frame.columns else few.select(frame.columns)
    holes, come = set(gone.to_list()), Counter(at.to_list())
    parts, here, taken = [], 0, 0
    for stop in sorted(holes | come.keys()):
        if stop > here:  # Not between lines that go together: a part costs more than the lines in it.
            parts.append(frame.slice(here, stop - here))
        if stop in come:
            parts.append(few.slice(taken, come[stop]))
            taken += come[stop]
        here = stop + (stop in holes)
    return pl.concat([*parts, frame.slice(here)], rechunk=True)


def replaced(frame: pl.DataFrame, gone: pl.Series, few: pl.DataFrame, by: str) -> pl.DataFrame:
    """`frame`, in the order of its column `by`, with `few` in place of the lines `gone`; the very same frame
    when they are the same. `few` is in that order too, and each of its values of `by` is of lines gone or of
    none."""
    if few.equals(frame[gone]):
        return frame
    if gone.len() + few.height <= _SLICED:
        return spliced(frame, gone, few, frame.get_column(by).search_sorted(few.get_column(by)))
    stays = pl.Series([True]).new_from_index(0, frame.height).scatter(gone, values=False)
    return frame.filter(stays).merge_sorted(few.select(frame.columns), key=by)


def lines_of(rows: pl.Series, among: pl.Series) -> pl.Series:
    """Positions in the column `among` that hold one of `rows`."""
    if 0 < rows.len() <= _COMPARED:
        return numbers(len(among)).filter(reduce(or_, (among == row for row in rows.to_list())))
    return numbers(len(among)).filter(among.is_in(rows.implode()))


def lines_in(rows: pl.Series, ascending: pl.Series) -> pl.Series:
    """The same of a column in order, without a null: a few rows are looked up in it."""
    if rows.len() > _LOOKED_UP:
        return lines_of(rows, ascending)
    found: list[int] = []
    for row in sorted(set(rows.to_list())):
        first = bisect_left(ascending, row)
        last = first
        while last < len(ascending) and ascending[last] == row:
            last += 1
        found.extend(range(first, last))
    return pl.Series(found, dtype=pl.UInt32)


def numbers(count: int) -> pl.Series:
    """0, 1, 2...: as many, UInt32."""
    return pl.int_range(count, dtype=pl.UInt32, eager=True)
