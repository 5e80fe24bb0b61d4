"""Typed columns as the text that a person would have written, and what kind each cell was."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl

from desktop_app.core.extracts import problems

TEXT, NUMBER, DATE, OTHER = 0, 1, 2, 3
LIST_MARK = ";"
# Beyond this a double no longer tells integers apart; they are written as they come.
EXACT = 2.0**53
_PLAIN_BELOW = 1e15


def as_text(path: Path, cells: pl.Series) -> tuple[pl.Series, pl.Series]:
    """String cells, null when empty, and their kinds (UInt8).

    1234.0 is how many programs store the code 1234; a date-time of midnight is a date. Raises AppError for
    cells that are no plain values.
    """
    try:
        text, kind = _converted(cells)
    except pl.exceptions.PolarsError:
        raise problems.unreadable_column(path, cells.name, str(cells.dtype)) from None
    if kind == TEXT and (blank := text == "").any():
        text = text.set(blank, None)
    kinds = (text.is_not_null().cast(pl.UInt8) * kind).cast(pl.UInt8)
    return text.alias(cells.name), kinds.alias(cells.name)


def _converted(cells: pl.Series) -> tuple[pl.Series, int]:
    dtype = cells.dtype
    if dtype == pl.String or isinstance(dtype, (pl.Categorical, pl.Enum)):
        return cells.cast(pl.String), TEXT
    if dtype.is_float():
        return float_text(cells.cast(pl.Float64)), NUMBER
    if dtype.is_integer():
        return cells.cast(pl.String), NUMBER
    if dtype == pl.Boolean:
        return cells.cast(pl.UInt8).cast(pl.String), OTHER
    if dtype == pl.Date:
        return cells.dt.to_string("%Y-%m-%d"), DATE
    if isinstance(dtype, pl.Datetime):
        return _moments(cells), DATE
    if dtype == pl.Time:
        return cells.dt.to_string("%H:%M:%S"), OTHER
    if dtype == pl.Object:
        return pl.Series(cells.name, [_word(value) for value in cells.to_list()], dtype=pl.String), OTHER
    return _uncommon(cells)


def _uncommon(cells: pl.Series) -> tuple[pl.Series, int]:
    if isinstance(cells.dtype, pl.Decimal):
        text = cells.cast(pl.String)
        return text.str.replace(r"(\.\d*?)0+$", "${1}").str.strip_suffix("."), NUMBER
    if isinstance(cells.dtype, pl.List) and cells.explode().dtype.is_nested() is False:
        return cells.list.eval(pl.element().cast(pl.String)).list.join(LIST_MARK), OTHER
    if cells.dtype.is_nested() or cells.dtype == pl.Unknown:
        raise pl.exceptions.InvalidOperationError("nested")
    return cells.cast(pl.String), OTHER


def float_text(cells: pl.Series) -> pl.Series:
    """Whole numbers without a decimal part, the others at their shortest; NaN and infinities are empty."""
    finite = cells.set(~cells.is_finite(), None)
    whole = (finite == finite.round(0)) & (finite.abs() < EXACT)
    if whole.all():
        return finite.cast(pl.Int64).cast(pl.String)
    integers = finite.set(~whole, None).cast(pl.Int64).cast(pl.String)
    rest = finite.filter((~whole).fill_null(value=False))
    written = pl.Series([repr(value) for value in rest.to_list()], dtype=pl.String)
    return integers.scatter((~whole).fill_null(value=False).arg_true(), written)


def _moments(cells: pl.Series) -> pl.Series:
    days = cells.dt.to_string("%Y-%m-%d")
    late = (cells.dt.time() != time()).fill_null(value=False)
    return days if not late.any() else cells.dt.to_string("%Y-%m-%dT%H:%M:%S").zip_with(late, days)


def _word(value: Any) -> str | None:
    """A cell of a column of mixed kinds: numbers, dates, and the letters of special missing values."""
    if value is None or value != value:
        return None
    if isinstance(value, float):
        return str(int(value)) if value == int(value) and abs(value) < _PLAIN_BELOW else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    text = str(value)
    return f".{text}" if len(text) == 1 and text.isalpha() else text or None
