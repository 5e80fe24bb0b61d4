"""Workbooks (xlsx, xls, ods): the sheet that holds the table, and what kind each cell was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import python_calamine as calamine

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.extracts.archive import MAX_WORKBOOK
from desktop_app.core.extracts.dialect import header_guess
from desktop_app.core.extracts.frames import number_rows, unique_headers
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.extracts.source import SourceReader, examine
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions
from validation_rules.text import Text

TEXT, NUMBER, DATE, OTHER = 0, 1, 2, 3
_PREVIEW_ROWS = 80
_BATCH = 2000
_UNPACKING = Text("Lecture du classeur", "Reading the workbook")
Cell = tuple[str | None, int]


def _number(value: float) -> Cell:
    return (str(int(value)) if value == int(value) else repr(value)), NUMBER


def _moment(value: datetime) -> Cell:
    return (value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")), DATE


# 1234.0 is how a workbook stores the code 1234; a boolean is written 1 or 0 as code lists do.
_READ: dict[type, Callable[[Any], Cell]] = {
    str: lambda value: (value or None, TEXT),
    float: _number,
    int: lambda value: (str(value), NUMBER),
    bool: lambda value: ("1" if value else "0", OTHER),
    datetime: _moment,
    date: lambda value: (value.isoformat(), DATE),
    time: lambda value: (value.isoformat(), OTHER),
    timedelta: lambda value: (str(value), OTHER),
}


def cell_text(value: object) -> Cell:
    """Text of a cell (null when empty) and its kind."""
    try:
        return _READ.get(type(value), lambda other: (str(other), OTHER))(value)
    except (OverflowError, ValueError):
        return None, OTHER


def open_workbook(path: Path, member: str | None = None) -> calamine.CalamineWorkbook:
    """The workbook, or the one inside an archive. Raises AppError when it is protected or spoilt."""
    try:
        if member is None:
            return calamine.load_workbook(str(path))
        with in_memory(path, member, limit=MAX_WORKBOOK) as file:
            return calamine.load_workbook(file)
    except calamine.PasswordError:
        raise problems.encrypted(path) from None
    except (calamine.CalamineError, OSError) as error:
        raise _failure(path, error) from None


def _failure(path: Path, error: Exception) -> AppError:
    if isinstance(error, OSError) and not path.exists():
        return problems.missing(path)
    return problems.from_os(path, error) if isinstance(error, PermissionError) else problems.damaged(path)


def find_sheet(path: Path, book: calamine.CalamineWorkbook, name: str) -> calamine.CalamineSheet:
    """The sheet of that name. Raises AppError when there is none, or it is spoilt."""
    if name not in book.sheet_names:
        raise problems.no_sheet(path, name, book.sheet_names)
    try:
        return book.get_sheet_by_name(name)
    except (calamine.CalamineError, OSError) as error:
        raise _failure(path, error) from None


def first_rows(sheet: calamine.CalamineSheet, count: int = _PREVIEW_ROWS) -> list[list[str]]:
    """The first `count` rows of the sheet as text, from row 1 and column A."""
    return [[cell_text(value)[0] or "" for value in row] for row in sheet.to_python(False, count)]


def sheet_guess(path: Path, book: calamine.CalamineWorkbook) -> Guess:
    """The visible sheet with the largest table."""
    sizes = {name: _area(find_sheet(path, book, name)) for name in _visible(book)}
    if not any(sizes.values()):
        raise problems.empty(path)
    best = max(sizes, key=lambda name: sizes[name])
    others = tuple(name for name in book.sheet_names if name != best)
    rest = sum(sizes.values()) - sizes[best]
    evidence = Text(
        f"La feuille « {best} » porte le plus grand tableau ({len(book.sheet_names)} feuilles en tout).",
        f"The sheet “{best}” holds the largest table ({len(book.sheet_names)} sheets in all).",
    )
    return Guess(
        "sheet", best, evidence, round(max(0.5, 0.99 * sizes[best] / (sizes[best] + rest)), 2), others
    )


def _visible(book: calamine.CalamineWorkbook) -> list[str]:
    sheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    shown = [meta.name for meta in sheets if meta.visible == calamine.SheetVisibleEnum.Visible]
    return shown or [meta.name for meta in sheets] or book.sheet_names


def _area(sheet: calamine.CalamineSheet) -> int:
    """Rows by columns; a sheet of notes is long or wide, never both."""
    return sheet.height * sheet.width if sheet.width > 1 else sheet.height // 10


def header_row_guess(rows: Sequence[Sequence[str]]) -> Guess:
    """The row that names the columns of a sheet."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    width = max(sorted(filled)[len(filled) // 2 :], default=1)
    return header_guess(rows, width)


def read_workbook(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """One sheet as `options` say, with the kind of each cell. Raises AppError for what cannot be read."""
    examine(path, MAX_WORKBOOK)
    reader = SourceReader(path, progress, options.member)
    reader.take_in()
    book = open_workbook(path, options.member)
    name = options.sheet or sheet_guess(path, book).value
    texts, kinds, headers = _cells(path, find_sheet(path, book, name), options.header_row, progress)
    names = unique_headers(headers)
    frame, kept = number_rows(
        pl.DataFrame(dict(zip(names, texts, strict=True)), dict.fromkeys(names, pl.String))
    )
    marks = pl.DataFrame(dict(zip(names, kinds, strict=True)), dict.fromkeys(names, pl.UInt8)).filter(kept)
    if frame.is_empty():
        raise problems.no_rows(path)
    used = replace(options, sheet=name)
    return Extract(reader.source(), used, guesses, frame, marks, 0, len(kept) - frame.height)


def _cells(
    path: Path, sheet: calamine.CalamineSheet, header_row: int | None, progress: Progress
) -> tuple[list[list[str | None]], list[list[int]], list[str | None]]:
    """Columns of texts, columns of kinds, and header cells."""
    rows = sheet.to_python(skip_empty_area=False)
    first = header_row or 0
    if not first <= len(rows) or (first and not any(cell_text(cell)[0] for cell in rows[first - 1])):
        raise problems.no_header(path, first)
    width = max(map(len, rows), default=0)
    headers: list[str | None] = [cell_text(cell)[0] for cell in rows[first - 1]] if first else [None] * width
    texts: list[list[str | None]] = [[] for _ in range(width)]
    kinds: list[list[int]] = [[] for _ in range(width)]
    for start in range(first, len(rows), _BATCH):
        progress(start, len(rows), _UNPACKING)
        for column, values in enumerate(zip(*rows[start : start + _BATCH], strict=True)):
            cells = [cell_text(value) for value in values]
            texts[column] += [cell[0] for cell in cells]
            kinds[column] += [cell[1] for cell in cells]
    return _without_empty(texts, kinds, headers)


def _without_empty(
    texts: list[list[str | None]], kinds: list[list[int]], headers: list[str | None]
) -> tuple[list[list[str | None]], list[list[int]], list[str | None]]:
    """Columns that have neither a name nor a value are formatting, not data."""
    kept = [
        i
        for i, name in enumerate(headers)
        if (name and name.strip()) or any(c and c.strip() for c in texts[i])
    ]
    return [texts[i] for i in kept], [kinds[i] for i in kept], [headers[i] for i in kept]
