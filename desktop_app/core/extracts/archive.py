"""A zipped workbook looked at before a parser opens it: truncated, a bomb, or no workbook."""

from __future__ import annotations

import errno
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.stages import FileFormat
from validation_rules.text import Text

MAX_WORKBOOK = 512 * 1024**2
MAX_UNPACKED = 2 * 1024**3
# Ordinary sheets pack 10 to 40 times; long runs of empty formatted rows some 200 times.
MAX_RATIO = 400
_RATIO_FROM = 100 * 1024**2
MAX_CELLS = 64_000_000
# A rectangle with fewer cells than this is filled in a moment, however empty it is.
_SPARSE_FROM, _SPARSE = 8_000_000, 10
_PIECE = 1024**2
_MAX_ROW = 32 * 1024**2  # bytes of XML in one row of an ODS sheet
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)')
# A cell far down may lie, or lie in a row that says otherwise. Patterns that begin with plain text are fast.
_FAR = re.compile(rb'r="[A-Z]{1,3}(\d{6,})')
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"')
_COLUMN = re.compile(rb'r="([A-Z]{2,3})\d')


def inspect(path: Path, member: str | None = None) -> FileFormat | None:
    """`xlsx` or `ods`; None for another archive. Raises AppError for one that must not be opened.

    `member` is the workbook inside another archive. A sheet of an .xlsx is not read through here: it is
    looked at slice by slice, see `sheet_slices`, or by `real_parts` when it is read as a whole.
    """
    with _opened(path, member) as archive:
        names = set(archive.namelist())
        found = _kind(archive, names)
        if found is None and (other := _office(archive, names)) is not None:
            raise problems.binary(path, other)
        if found is not None:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise problems.encrypted(path)
            _check_sizes(path, archive)
        if found == "ods":
            _check_content(path, archive)
        return found


def real_parts(path: Path, member: str | None = None) -> None:
    """Raises AppError for a workbook whose parts are not what they claim."""
    with _opened(path, member) as archive:
        _check_content(path, archive)


@contextmanager
def _opened(path: Path, member: str | None) -> Iterator[zipfile.ZipFile]:
    try:
        with in_memory(path, member, limit=MAX_WORKBOOK) as file, zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError, ValueError):
        raise (problems.damaged if _named_workbook(path, member) else problems.archive_damaged)(
            path
        ) from None
    except RuntimeError:
        raise problems.encrypted(path) from None
    except OSError as error:
        # A place in the archive before its start: the archive's fault, not the disk's.
        raise (
            problems.damaged(path) if error.errno == errno.EINVAL else problems.from_os(path, error)
        ) from None


def _named_workbook(path: Path, member: str | None) -> bool:
    return PurePosixPath(member or path.name).suffix.lower() in (".xlsx", ".xlsm", ".ods")


def _kind(archive: zipfile.ZipFile, names: set[str]) -> FileFormat | None:
    if "xl/workbook.xml" in names or any(name.lower().endswith("workbook.xml") for name in names):
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as file:
            return "ods" if b"spreadsheet" in file.read(200) else None
    return None


def _office(archive: zipfile.ZipFile, names: set[str]) -> Text | None:
    """An office document that is no workbook, or one that cannot be read; not an archive of files."""
    if "xl/workbook.bin" in names:
        return Text("un classeur binaire .xlsb", "a binary .xlsb workbook")
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            odd = b"opendocument" in file.read(200)
        return Text("un document OpenDocument", "an OpenDocument document") if odd else None
    if "[Content_Types].xml" in names:
        return Text("un document Office", "an Office document")
    return None


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > MAX_UNPACKED or (unpacked > _RATIO_FROM and unpacked / packed > MAX_RATIO):
        raise problems.bomb(path)


def _check_content(path: Path, archive: zipfile.ZipFile) -> None:
    """Reads every entry to its end: sizes that lie and bytes that lack show here, not inside the parser."""
    for entry in archive.infolist():
        with archive.open(entry) as file:
            first = file.read(_PIECE)
            if entry.filename.endswith((".xml", ".rels")) and any(mark in first for mark in _DOCTYPES):
                raise problems.hostile(path)
            pieces = chain([first], iter(partial(file.read, _PIECE), b""))
            claimed, present = _counter(entry.filename.lower())(pieces)
            if claimed > MAX_CELLS:
                raise problems.bomb(path)
            if claimed > _SPARSE_FROM and claimed > _SPARSE * present:
                raise problems.far_cell(path)


def _counter(name: str) -> Callable[[Iterable[bytes]], tuple[int, int]]:
    """What counts the cells that a part claims, and those that it holds. Any part may be a sheet."""
    if name == "content.xml":
        return _repeated_cells
    return _cells if name.endswith(".xml") else _drain


def _drain(pieces: Iterable[bytes]) -> tuple[int, int]:
    for _ in pieces:
        pass
    return 0, 0


def _repeated_cells(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Rows by columns of the largest sheet of an ODS, where a row or a cell may stand for a million."""
    rows, columns, tail = 0, 1, b""
    for piece in pieces:
        *whole, tail = (tail + piece).split(b"</table:table-row>")
        rows += len(whole)
        for row in whole:
            if b"-repeated=" in row and (b"value-type=" in row or b"<text:p" in row):
                rows += max(map(int, _ROWS_REPEATED.findall(row)), default=1)
                columns = max(columns, _columns(row))
        if len(tail) > _MAX_ROW or rows * columns > MAX_CELLS:
            return MAX_CELLS + 1, 0
    return rows * columns, rows * columns


def _columns(row: bytes) -> int:
    """Columns up to the last cell of a row that holds something."""
    filled = row[: row.rfind(b"<text:p")] if b"<text:p" in row else row
    return filled.count(b"<table:table-cell") + sum(map(int, _COLUMNS_REPEATED.findall(filled)))


def _cells(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Rows by columns of the rectangle that a sheet claims: parsers fill it, however few cells are in it."""
    rows, columns, present, tail = 1, 26, 0, b""
    for piece in pieces:
        text = tail + piece
        if b" r='" in text or b" r =" in text or b" r= " in text:
            text = text.replace(b"'", b'"').replace(b" =", b"=").replace(b"= ", b"=")
        rows = max(rows, *map(int, _ROW.findall(text)), *map(int, _FAR.findall(text)), 1)
        columns = max(columns, *map(_column_number, set(_COLUMN.findall(text))), 1)
        present += text.count(b"<c ", len(tail))
        tail = text[-80:]
    return rows * columns, present


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
