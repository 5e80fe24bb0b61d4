"""Few lines of a long table in place of others: what an edit leaves is not sorted or joined again."""

from __future__ import annotations

from collections import Counter

import polars as pl

_SLICED = 500  # lines; with more of them, a merge of all is faster than slices between them


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
    numbers = pl.int_range(len(among), dtype=pl.UInt32, eager=True)
    return numbers.filter(among.is_in(rows.implode()))
