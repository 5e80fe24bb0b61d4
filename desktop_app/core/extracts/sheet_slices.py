"""A sheet of an .xlsx workbook some thousand rows at a time, each slice read by calamine as a small workbook.

calamine reads a whole sheet at once: seconds without a sign of life, and several times the memory of the
table. A slice is a workbook of its own, made in memory: the rows as they are written, the styles, and of the
shared strings those that the rows name. Whatever is written in an uncommon way raises `Unusual`, and the
sheet is then read as a whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from array import array
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, NamedTuple
from xml.etree import ElementTree

import python_calamine as calamine

from desktop_app.core.extracts.workbook_marks import NO_MARKS, Marks, marks_in, with_errors

SLICE_BYTES = 5 * 1024**2
_PIECE = 256 * 1024
_MOST_HEAD = 8 * 1024**2
_MOST_PART = 16 * 1024**2
_MOST_STRINGS = 256 * 1024**2
_MOST_CELLS = 20_000_000
_ROW = re.compile(rb'<row\b[^>]*?\sr="(\d{1,7})"')
_SI = re.compile(rb"<si[ >/]")
_SHARED = re.compile(rb't="s"[^>]*>\s*<v>\s*(\d{1,9})\s*</v>')
_ROOT = re.compile(rb"<worksheet\b[^>]*>")
_DATA = re.compile(rb"<sheetData(?:\s[^>]*)?>")
_WIDE = re.compile(rb'r="([A-Z]{3})\d')
_ABSENT = "\ue000\uf8ff"  # stands for a shared string that no row of the slice was seen to name
_BLANK = f"<si><t>{_ABSENT}</t></si>".encode()
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    f'xmlns:r="{_OFFICE}"><workbookPr date1904="%d"/>'
    '<sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_BOOK_RELS = (
    f'{_RELS}<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/s.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_TOP_RELS = (
    f'{_RELS}<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
_FAULTS = (
    calamine.CalamineError,
    zipfile.BadZipFile,
    ElementTree.ParseError,
    LookupError,  # an encoding that Python does not know, among others
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OverflowError,
    zipfile.zlib.error,  # type: ignore[attr-defined]
)


class Unusual(Exception):  # noqa: N818 - reads as what happened
    """A workbook that cannot be cut into slices; it may still be read as a whole."""


def is_panic(error: BaseException) -> bool:
    """Whether the library's native code gave up: a BaseException of a type that no module exports."""
    return type(error).__name__ == "PanicException"


class Rows(NamedTuple):
    """Rows of a sheet: `first` is the number of the first one, from 0; `read` the share of the sheet read."""

    first: int
    cells: list[list[Any]]
    read: float
    marks: Marks = NO_MARKS


class SlicedBook:
    """An open .xlsx workbook whose sheets are read in slices. Raises Unusual for what it does not know."""

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
            self._parts, self._date1904 = _sheets(self._archive)
            self._styles = _part(self._archive, "xl/styles.xml") or _STYLES
            self._strings = _Strings(_part(self._archive, "xl/sharedStrings.xml", _MOST_STRINGS))
        except _FAULTS:
            raise Unusual from None

    def rows(self, sheet: str) -> Iterator[Rows]:
        """The rows of a sheet that hold something, in order."""
        try:
            for head, rows, read in self._slices(self._parts[sheet]):
                found = self._parsed(head, rows)
                if found is not None:
                    marks = marks_in(rows)
                    yield Rows(found[0], with_errors(found[1], marks, found[0]), read, marks)
        except _FAULTS:
            raise Unusual from None
        except BaseException as error:
            if not is_panic(error):
                raise
            raise Unusual from None

    def _slices(self, part: str) -> Iterator[tuple[bytes, bytes, float]]:
        """The start of the sheet's XML, some whole rows, and the share of it that was read."""
        size, at = max(1, self._archive.getinfo(part).file_size), 0
        with self._archive.open(part) as file:
            head, held = _head(file)
            at = len(head) + len(held)
            while True:
                piece = file.read(_PIECE)
                at += len(piece)
                held += piece
                if piece and len(held) < SLICE_BYTES:
                    continue
                end = held.find(b"</sheetData>")
                cut = end if end >= 0 else held.rfind(b"</row>") + 6
                if end < 0 and (not piece or (cut < 6 and len(held) > _MOST_HEAD)):
                    raise Unusual
                if cut >= 6 or end >= 0:
                    yield head, held[:cut], min(1.0, at / size)
                    held = held[cut:]
                if end >= 0:
                    break
            while file.read(_PIECE):  # to the end: only then is the checksum of the part verified
                pass

    def _parsed(self, head: bytes, rows: bytes) -> tuple[int, list[list[Any]]] | None:
        numbers = [int(number) for number in _ROW.findall(rows)]
        if len(numbers) != rows.count(b"<row ") + rows.count(b"<row>") or b"<!" in rows:
            raise Unusual
        if not numbers:
            return None
        self._refuse_far(rows, min(numbers), max(numbers))
        sheet = calamine.load_workbook(self._small(head, rows)).get_sheet_by_index(0)
        if sheet.start is None:
            return None
        (first, left), cells = sheet.start, sheet.to_python()
        if first + 1 < numbers[0] or first + len(cells) > max(numbers):
            raise Unusual
        return first, [[""] * left + row for row in cells] if left else cells

    def _refuse_far(self, rows: bytes, first: int, last: int) -> None:
        """The library fills the rectangle that the cells span, however few they are."""
        digits, columns = len(str(last)) + 1, 702  # up to ZZ
        if re.search(rb'r="(?:[A-Z]{3}\d|[A-Z]{1,2}\d{%d})' % digits, rows):
            columns = max(map(_column, set(_WIDE.findall(rows))), default=702)
            if re.search(rb'r="[A-Z]{1,3}\d{%d}' % digits, rows):
                raise Unusual
        if (last - first + 1) * columns > _MOST_CELLS:
            raise Unusual

    def _small(self, head: bytes, rows: bytes) -> IO[bytes]:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("[Content_Types].xml", _TYPES)
            archive.writestr("_rels/.rels", _TOP_RELS)
            archive.writestr("xl/workbook.xml", _BOOK % self._date1904)
            archive.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELS)
            archive.writestr("xl/styles.xml", self._styles)
            archive.writestr("xl/sharedStrings.xml", self._strings.only(_SHARED.findall(rows)))
            archive.writestr("xl/worksheets/s.xml", b"".join((head, rows, b"</sheetData></worksheet>")))
        held.seek(0)
        return held


def holds_unknown(values: tuple[Any, ...]) -> bool:
    """Whether a cell names a shared string in a way that `SlicedBook` did not see."""
    return _ABSENT in values


class _Strings:
    """The shared strings as they are written, and where each starts."""

    def __init__(self, content: bytes | None) -> None:
        self._content = content or b"<sst></sst>"
        if b"<!" in self._content:
            raise Unusual
        self._starts = array("Q", (found.start() for found in _SI.finditer(self._content)))
        self._starts.append(max(self._content.rfind(b"</sst>"), 0))

    def only(self, wanted: list[bytes]) -> bytes:
        """The part with these strings in their places, and nothing in the others."""
        # A cell whose string was not seen meets the mark, or past the last one an error of the library.
        parts, after = [self._content[: self._starts[0]]], 0
        for place in sorted(set(map(int, wanted))):
            parts.append(_BLANK * (place - after))
            parts.append(self._content[self._starts[place] : self._starts[place + 1]])
            after = place + 1
        return b"".join((*parts, b"</sst>"))


def _part(archive: zipfile.ZipFile, name: str, limit: int = _MOST_PART) -> bytes | None:
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > limit:
        raise Unusual
    with archive.open(name) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise Unusual
    return content


def _sheets(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Sheet name -> part of the archive, and whether days are counted from 1904."""
    book, rels = _part(archive, "xl/workbook.xml"), _part(archive, "xl/_rels/workbook.xml.rels")
    if not book or not rels or b"<!" in book or b"<!" in rels:
        raise Unusual
    targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(rels)}  # noqa: S314
    root = ElementTree.fromstring(book)  # noqa: S314 - no document type, so no entity
    flags = [each.get("date1904", "0") for each in root.iter() if each.tag.endswith("}workbookPr")]
    parts = {}
    for each in root.iter():
        if each.tag.endswith("}sheet"):
            identity = next(value for name, value in each.attrib.items() if name.endswith("}id"))
            parts[each.attrib["name"]] = _place(targets[identity])
    return parts, flags[:1] not in ([], ["0"], ["false"])


def _place(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _head(file: IO[bytes]) -> tuple[bytes, bytes]:
    """The root tag up to and with `<sheetData>`, and what was read of the rows."""
    held = b""
    while (data := _DATA.search(held)) is None or data[0].endswith(b"/>"):
        piece = file.read(_PIECE)
        if not piece or len(held) > _MOST_HEAD or data is not None:
            raise Unusual
        held += piece
    root = _ROOT.search(held, 0, data.start())
    if root is None or b"<!" in held[: data.start()]:
        raise Unusual
    return root[0] + b"<sheetData>", held[data.end() :]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
