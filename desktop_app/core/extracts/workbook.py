"""Workbooks (xlsx, xls, ods): the sheet that holds the table, and what kind each cell was."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import python_calamine as calamine

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.extracts.archive import MAX_WORKBOOK, real_parts
from desktop_app.core.extracts.compound import look_through
from desktop_app.core.extracts.dialect import header_guess
from desktop_app.core.extracts.frames import filled, unique_headers
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.extracts.patience import patiently
from desktop_app.core.extracts.rows_told import RowsTold
from desktop_app.core.extracts.sheet_slices import Rows, SlicedBook, Unusual, holds_unknown, is_panic
from desktop_app.core.extracts.source import SourceReader, examine
from desktop_app.core.extracts.typed import DATE, EXACT, NUMBER, OTHER, TEXT, float_text
from desktop_app.core.extracts.workbook_marks import NO_MARKS, Marks, sheet_marks, with_errors
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, FileFormat, Guess, ImportOptions
from validation_rules.text import Text

_PREVIEW_ROWS = 80
_BATCH = 2000
_BATCH_CELLS = 200_000
_UNPACKING = Text("Lecture du classeur", "Reading the workbook")
_ROWS = Text("Lecture des lignes", "Reading the rows")
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


class Book:
    """An open workbook: in slices where it can be cut into some, else as a whole.

    Raises AppError when it is protected or spoilt, Cancelled through `progress`.
    """

    def __init__(
        self, path: Path, form: FileFormat, member: str | None = None, progress: Progress = silent
    ) -> None:
        self.path, self._form, self._member, self._progress = path, form, member, progress
        self._file = in_memory(path, member, progress, MAX_WORKBOOK)
        self._sliced: SlicedBook | None = None
        self._whole: calamine.CalamineWorkbook | None = None
        try:
            book = self._load()
            self.names = list(book.sheet_names)
            self.visible = _visible(book)
            self._sliced = self._cut() if form == "xlsx" else None
        except BaseException:
            self.close()
            raise
        if self._sliced is None:
            self._whole = book
            self._verify()

    def _verify(self) -> None:
        """Before a sheet is read as a whole; old workbooks and ODS were looked through by their kind."""
        if self._form == "xlsx":
            try:
                real_parts(self.path, self._member)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _load(self) -> calamine.CalamineWorkbook:
        source = str(self.path) if self._member is None else io.BytesIO(self._file.read())
        self._file.seek(0)
        with _parsing(self.path):
            return patiently(lambda: calamine.load_workbook(source), self._progress, _UNPACKING)

    def _cut(self) -> SlicedBook | None:
        try:
            return SlicedBook(self._file)
        except Unusual:
            return None

    def rows(self, sheet: str) -> Iterator[Rows]:
        """The rows of a sheet that hold something, in order. Raises AppError when there is no such sheet.

        `Unusual` may come midway: then `give_up_slices`, and read again.
        """
        if sheet not in self.names:
            raise problems.no_sheet(self.path, sheet, self.names)
        if self._sliced is not None:
            yield from self._sliced.rows(sheet)
            return
        yield from self._at_once(sheet)

    def give_up_slices(self) -> None:
        """From now on sheets are read as a whole."""
        self._sliced = None
        self._progress(0, None, _UNPACKING)
        real_parts(self.path, self._member)

    def _at_once(self, name: str) -> Iterator[Rows]:
        book = self._whole = self._whole or self._load()
        with _parsing(self.path):
            sheet = patiently(lambda: book.get_sheet_by_name(name), self._progress, _UNPACKING)
        if sheet.start is None:
            return
        left, height = sheet.start[1], max(1, sheet.start[0] + sheet.height)
        size = max(1, min(_BATCH, _BATCH_CELLS // max(1, sheet.width)))
        rows = sheet.iter_rows()
        given, marks = 0, self._marks(name)
        while batch := list(itertools.islice(rows, size)):
            cells = with_errors([[""] * left + row for row in batch], marks, given)
            yield Rows(given, cells, min(1.0, (given + size) / height), NO_MARKS if given else marks)
            given += len(batch)

    def _marks(self, sheet: str) -> Marks:
        """What the file says of the sheet's cells and the parser keeps back."""
        if self._form == "xls":
            return look_through(self.path, self._member, self._progress).marks(sheet)
        if self._form == "xlsx":
            return sheet_marks(self.path, self._member, sheet, self._progress)
        return NO_MARKS


@contextmanager
def _parsing(path: Path) -> Iterator[None]:
    """Turns what the parser raises into sentences, a panic of its native code included."""
    try:
        yield
    except calamine.PasswordError:
        raise problems.encrypted(path) from None
    except (calamine.CalamineError, OSError) as error:
        raise _failure(path, error) from None
    except BaseException as error:
        if not is_panic(error):
            raise
        raise problems.damaged(path) from None


def open_workbook(
    path: Path, form: FileFormat, member: str | None = None, progress: Progress = silent
) -> Book:
    """The workbook, or the one inside an archive. Raises AppError when it is protected or spoilt."""
    return Book(path, form, member, progress)


def _failure(path: Path, error: Exception) -> AppError:
    if isinstance(error, OSError) and not path.exists():
        return problems.missing(path)
    return problems.from_os(path, error) if isinstance(error, PermissionError) else problems.damaged(path)


class Glance(NamedTuple):
    """The first rows of a sheet as text, from row 1 and column A, and about how many cells it has in all."""

    rows: list[list[str]]
    area: int


def glance(book: Book, sheet: str, count: int = _PREVIEW_ROWS) -> Glance:
    """A look at the start of a sheet. Raises AppError when there is none of that name, or it is spoilt."""
    try:
        return _glance(book, sheet, count)
    except Unusual:
        book.give_up_slices()
        return _glance(book, sheet, count)


def _glance(book: Book, sheet: str, count: int) -> Glance:
    for first, cells, read, _ in book.rows(sheet):
        texts = [[cell_text(value)[0] or "" for value in row] for row in cells[:count]]
        texts = [*([] for _ in range(min(first, count))), *texts][:count]
        height, width = int(len(cells) / max(read, 0.001)), max(map(len, cells))
        # A sheet of notes is long or wide, never both.
        return Glance(texts, height * width if width > 1 else height // 10)
    return Glance([], 0)


def sheet_guess(book: Book) -> Guess:
    """The visible sheet with the largest table. Raises AppError when all are empty."""
    sizes = {name: glance(book, name, 1).area for name in book.visible}
    if not any(sizes.values()):
        raise problems.empty(book.path)
    best = max(sizes, key=lambda name: sizes[name])
    others = tuple(name for name in book.names if name != best)
    rest = sum(sizes.values()) - sizes[best]
    evidence = Text(
        f"La feuille « {best} » porte le plus grand tableau ({len(book.names)} feuilles en tout).",
        f"The sheet “{best}” holds the largest table ({len(book.names)} sheets in all).",
    )
    return Guess(
        "sheet", best, evidence, round(max(0.5, 0.99 * sizes[best] / (sizes[best] + rest)), 2), others
    )


def _visible(book: calamine.CalamineWorkbook) -> list[str]:
    sheets = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    shown = [meta.name for meta in sheets if meta.visible == calamine.SheetVisibleEnum.Visible]
    return shown or [meta.name for meta in sheets] or list(book.sheet_names)


def header_row_guess(rows: Sequence[Sequence[str]]) -> Guess:
    """The row that names the columns of a sheet."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    width = max(sorted(filled)[len(filled) // 2 :], default=1)
    return header_guess(rows, width)


def read_workbook(
    path: Path,
    options: ImportOptions,
    guesses: tuple[Guess, ...] = (),
    progress: Progress = silent,
    lacking: str | None = None,
) -> Extract:
    """One sheet as `options` say, with the kind of each cell. Raises AppError for what cannot be read; a
    formula that was never computed is read as `lacking` where that is given."""
    examine(path, MAX_WORKBOOK)
    reader = SourceReader(path, progress, options.member)
    reader.take_in()
    with open_workbook(path, options.format, options.member, progress) as book:
        name = options.sheet or sheet_guess(book).value
        try:
            frame, marks, blank = _table(book, name, options.header_row, progress, lacking)
        except Unusual:
            book.give_up_slices()
            frame, marks, blank = _table(book, name, options.header_row, progress, lacking)
    return Extract(reader.source(), replace(options, sheet=name), guesses, frame, marks, 0, blank)


def _table(
    book: Book, sheet: str, header_row: int | None, progress: Progress, lacking: str | None
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The rows that hold something under `row_id`, the kinds of their cells, and how many rows were blank."""
    skip, header, last = header_row or 0, [], 0
    texts: list[pl.DataFrame] = []
    kinds: list[pl.DataFrame] = []
    bare: list[tuple[int, int, str]] = []
    told = RowsTold(progress)
    for first, cells, read, noted in book.rows(sheet):
        bare += noted.without_result
        if lacking is not None:
            with_errors(cells, Marks([(row, column, lacking) for row, column, _ in bare], []), first)
        if first < skip <= first + len(cells):
            header = [cell_text(value)[0] for value in cells[skip - 1 - first]]
        start = max(0, skip - first)
        body, last = cells[start:], max(last, first + len(cells))
        if body:
            text, kind = _frames(body)
            kept = filled(text)
            texts.append(text.with_row_index("row_id", first + start - skip + 1).filter(kept))
            kinds.append(kind.filter(kept))
        done = first + len(cells)
        told.rows = done
        told(done, max(done, int(done / max(read, 0.001))), _ROWS)
    if bare and lacking is None:
        raise problems.not_computed(book.path, len(bare), bare[0][2])
    if last < skip or (skip and not any(cell and cell.strip() for cell in header)):
        raise problems.no_header(book.path, skip)
    return _joined(book.path, header, texts, kinds, last - skip)


def _frames(rows: list[list[Any]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Columns `c0`, `c1`... of text, and of the kinds of their cells."""
    texts, kinds = [], []
    for place, values in enumerate(zip_longest(*rows, fillvalue="")):
        text, kind = _column(values)
        texts.append(text.alias(f"c{place}"))
        kinds.append(kind.alias(f"c{place}"))
    return pl.DataFrame(texts), pl.DataFrame(kinds)


def _column(values: tuple[Any, ...]) -> tuple[pl.Series, pl.Series]:
    if holds_unknown(values):
        raise Unusual
    kinds = set(map(type, values))
    if kinds == {str}:
        return _words(values), pl.Series([TEXT], dtype=pl.UInt8).new_from_index(0, len(values))
    if kinds <= {str, float}:
        numbers = pl.Series([value if type(value) is float else None for value in values], dtype=pl.Float64)
        if (numbers.abs() < EXACT).all():
            words = _words([value if type(value) is str else None for value in values])
            text = float_text(numbers)
            return text.zip_with(numbers.is_not_null(), words), numbers.is_not_null().cast(pl.UInt8) * NUMBER
    if kinds <= {str, date}:
        days = pl.Series([value if type(value) is date else None for value in values], dtype=pl.Date)
        words = _words([value if type(value) is str else None for value in values])
        text = days.dt.to_string("%Y-%m-%d").zip_with(days.is_not_null(), words)
        return text, days.is_not_null().cast(pl.UInt8) * DATE
    cells = [cell_text(value) for value in values]
    return (
        pl.Series([cell[0] for cell in cells], dtype=pl.String),
        pl.Series([cell[1] for cell in cells], dtype=pl.UInt8),
    )


def _words(values: Sequence[str | None]) -> pl.Series:
    text = pl.Series(values, dtype=pl.String)
    blank = text == ""
    return pl.select(pl.when(~blank).then(text)).to_series() if blank.any() else text


def _joined(
    path: Path, header: list[str | None], texts: list[pl.DataFrame], kinds: list[pl.DataFrame], rows: int
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Columns that have neither a name nor a value are formatting, not data: they are left out."""
    if not sum(text.height for text in texts):
        raise problems.no_rows(path)
    frame, marks = pl.concat(texts, how="diagonal"), pl.concat(kinds, how="diagonal").fill_null(TEXT)
    texts.clear()
    kinds.clear()
    frame = frame.with_columns(
        pl.lit(None, pl.String).alias(f"c{place}") for place in range(frame.width - 1, len(header))
    )
    marks = marks.with_columns(
        pl.lit(TEXT, pl.UInt8).alias(f"c{place}") for place in range(marks.width, len(header))
    )
    cells = [*header, *[None] * (marks.width - len(header))]
    kept = [
        place
        for place, name in enumerate(cells)
        if (name and name.strip()) or (frame.get_column(f"c{place}").str.strip_chars() != "").any()
    ]
    renamed = dict(
        zip([f"c{place}" for place in kept], unique_headers([cells[p] for p in kept]), strict=True)
    )
    whole = frame.select("row_id", *renamed).with_columns(pl.col("row_id").cast(pl.UInt32)).rename(renamed)
    return whole, marks.select(list(renamed)).rename(renamed), rows - whole.height
