"""What an XLSX sheet says of its cells and the parser keeps back: errors, and formulas without a result."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.archive import MAX_WORKBOOK
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

_PIECE = 1024**2
_LONGEST_CELL = 4 * 1024**2
_FORMULA = rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)"
_ERROR = re.compile(
    rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*(?:' + _FORMULA + rb")?\s*<v>(#[^<]{1,20})</v>"
)
# An empty result of type `str` is one: that of a formula that gives an empty text.
_NO_RESULT = re.compile(
    rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*' + _FORMULA + rb"\s*</c>"
    rb'|<c (?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*'
    + _FORMULA
    + rb"\s*<v\s*(?:/>|>\s*</v>)\s*</c>"
)
_MAY_LACK = (b"</f></c>", b"/></c>", b"<v></v></c>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LOOKING = Text("Recherche des erreurs du classeur", "Looking for errors in the workbook")


class Marks(NamedTuple):
    """`errors`: row and column from 0, and what the sheet shows there, such as `#N/A`. `without_result`: the
    same of formulas that were never computed, with the name of the cell."""

    errors: list[tuple[int, int, str]]
    without_result: list[tuple[int, int, str]]


NO_MARKS = Marks([], [])


def with_errors(rows: list[list[Any]], marks: Marks, first: int = 0) -> list[list[Any]]:
    """Rows of a sheet from column A, the first being `first` from 0, with its errors in their cells.

    The parser leaves those cells empty: a blank would pass for a value that nobody knows.
    """
    for row, column, shown in marks.errors:
        if first <= row < first + len(rows):
            cells = rows[row - first]
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = shown
    return rows


def marks_in(rows: bytes) -> Marks:
    """The marks of some rows of a sheet, as they are written."""
    return _noted(Marks([], []), rows)


def sheet_marks(
    path: Path,
    member: str | None,
    sheet: str,
    progress: Progress = silent,
) -> Marks:
    """The marks of a whole sheet; none where it cannot be looked at.

    Raises AppError when the file can no longer be read.
    """
    marks = Marks([], [])
    try:
        with in_memory(path, member, progress, MAX_WORKBOOK) as file, zipfile.ZipFile(file) as archive:
            part = _part(archive, sheet)
            if part is None:
                return marks
            size = archive.getinfo(part).file_size
            for done, text in enumerate(_whole_cells(archive, part)):
                progress(min(size, done * _PIECE), size, _LOOKING)
                marks = _noted(marks, text)
    except OSError as error:
        raise problems.from_os(path, error) from None
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, EOFError):
        return marks
    return marks


def _noted(marks: Marks, text: bytes) -> Marks:
    if b'"e"' in text:
        marks.errors.extend(
            (int(row) - 1, _column(letters), html.unescape(shown.decode("utf-8", "replace")))
            for letters, row, shown in _ERROR.findall(text)
        )
    if any(end in text for end in _MAY_LACK):
        for bare, number, empty, of in _NO_RESULT.findall(text):
            letters, row = bare or empty, number or of
            marks.without_result.append((int(row) - 1, _column(letters), (letters + row).decode()))
    return marks


def _whole_cells(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces that end after a cell."""
    rest = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            text = rest + piece
            end = text.rfind(b"</c>") + 4
            if end < 4:
                rest = text if len(text) < _LONGEST_CELL else b""
                continue
            rest = text[end:]
            yield text[:end]


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds a sheet, by way of the workbook's relations."""
    names = archive.namelist()
    main = next((name for name in names if name.lower().endswith("xl/workbook.xml")), None)
    if main is None:
        return None
    folder, base = posixpath.split(main)
    related = f"{folder}/_rels/{base}.rels"
    if related not in names:
        return None
    sheets = {found.get("name"): found.get("r:id") for found in _all(archive, main, _SHEET)}
    targets = {found.get("Id"): found.get("Target", "") for found in _all(archive, related, _RELATION)}
    target = targets.get(sheets.get(sheet), "")
    part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
    return part if part in names else None


def _all(archive: zipfile.ZipFile, part: str, tag: re.Pattern[str]) -> Iterator[dict[str, str]]:
    text = archive.read(part).decode("utf-8", "replace")
    for found in tag.finditer(text):
        attributes = _ATTRIBUTE.findall(found[1])
        yield {name: html.unescape(one or other) for name, one, other in attributes}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
