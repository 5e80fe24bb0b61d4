"""A zipped workbook looked at before a parser opens it: truncated, a bomb, or no workbook."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.stages import FileFormat

MAX_WORKBOOK = 512 * 1024**2
MAX_UNPACKED = 2 * 1024**3
# Ordinary sheets pack 10 to 40 times; long runs of empty formatted rows some 200 times.
MAX_RATIO = 400
_RATIO_FROM = 100 * 1024**2
MAX_CELLS = 200_000_000
_PIECE = 1024**2
_ROW = re.compile(rb'<row [^>]*?\br="(\d{1,9})"')
_COLUMN = re.compile(rb'<c [^>]*?\br="([A-Z]{2,3})\d')


def inspect(path: Path, member: str | None = None) -> FileFormat | None:
    """`xlsx` or `ods`; None for another archive. Raises AppError for one that must not be opened.

    `member` is the workbook inside another archive. A sheet of an .xlsx is not read through here: it is
    looked at slice by slice, see `sheet_slices`, or by `real_parts` when it is read as a whole.
    """
    with _opened(path, member) as archive:
        found = _kind(archive, set(archive.namelist()))
        if found is not None:
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
        raise problems.from_os(path, error) from None


def _named_workbook(path: Path, member: str | None) -> bool:
    return PurePosixPath(member or path.name).suffix.lower() in (".xlsx", ".xlsm", ".ods")


def _kind(archive: zipfile.ZipFile, names: set[str]) -> FileFormat | None:
    if "xl/workbook.xml" in names or any(name.lower().endswith("workbook.xml") for name in names):
        return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as file:
            return "ods" if b"spreadsheet" in file.read(200) else None
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
            sheet = entry.filename.startswith("xl/worksheets/")
            if (_cells(file) if sheet else _drain(file)) > MAX_CELLS:
                raise problems.bomb(path)


def _drain(file: IO[bytes]) -> int:
    while file.read(_PIECE):
        pass
    return 0


def _cells(file: IO[bytes]) -> int:
    """Rows by columns of the rectangle that a sheet claims: parsers fill it, however few cells are in it."""
    rows, columns, tail = 1, 26, b""
    while piece := file.read(_PIECE):
        text = tail + piece
        rows = max(rows, *map(int, _ROW.findall(text)), 1)
        columns = max(columns, *map(_column_number, set(_COLUMN.findall(text))), 1)
        tail = text[-80:]
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
