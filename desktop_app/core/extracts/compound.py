"""An old Excel file looked at before the parser opens it: its sectors (MS-CFB), then its records (MS-XLS).

The parser trusts what the file says of itself: a chain of sectors that bites its tail, or a cell in column
60,000, would keep it busy for ever or take all memory. The walk also notes what the parser leaves out: the
error values of cells.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.archive import MAX_WORKBOOK
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.extracts.workbook_marks import Marks
from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

_LAST_SECTOR = 0xFFFFFFFA
_ROWS, _COLUMNS = 65_536, 256
_DIMENSIONS = 0x0200
_BOF, _EOF, _SHEET, _ERROR, _FORMULA, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x0205, 0x0006, 0x002F
_BLANKS, _NUMBERS = 0x00BE, 0x00BD
_CELLS = frozenset({0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, _BLANKS, _NUMBERS})
_SHOWN = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_LOOKING = Text("Vérification du classeur", "Verifying the workbook")
_RECORDS_A_CALL = 100_000


class _Spoilt(Exception):  # noqa: N818 - never leaves this module
    """The file contradicts itself."""


class OldWorkbook(NamedTuple):
    """`errors`: under the name of each sheet, row and column from 0 and what the cell shows."""

    errors: dict[str, list[tuple[int, int, str]]]

    def marks(self, sheet: str) -> Marks:
        """What `workbook_marks` would say of that sheet."""
        return Marks(self.errors.get(sheet, []), [])


def look_through(path: Path, member: str | None = None, progress: Progress = silent) -> OldWorkbook:
    """Walks an `.xls` file, or the one inside an archive, of at most `MAX_WORKBOOK` bytes.

    Raises AppError when it is spoilt, protected, or cannot be read.
    """
    try:
        with in_memory(path, member, progress, MAX_WORKBOOK) as file:
            data = file.read()
    except OSError as error:
        raise problems.from_os(path, error) from None
    try:
        stream = _workbook_stream(data)
        return OldWorkbook(_walk(path, stream, progress))
    except (_Spoilt, struct.error, IndexError, UnicodeDecodeError):
        raise problems.damaged(path) from None


def _workbook_stream(data: bytes) -> bytes:
    """The stream `Workbook`, or `Book` of Excel 95."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise _Spoilt
    size = 1 << shift
    table = _sector_table(data, size)
    directory = _chain(data, struct.unpack_from("<I", data, 48)[0], table, size)
    entries = [directory[i : i + 128] for i in range(0, len(directory) - 127, 128)]
    root = next((entry for entry in entries if entry[66] == 5), None)
    for wanted in ("Workbook", "Book"):
        for entry in entries:
            name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
            if entry[66] == 2 and name.lower() == wanted.lower():
                return _stream(data, entry, root, table, size)
    raise _Spoilt


def _sector_table(data: bytes, size: int) -> tuple[int, ...]:
    """The FAT: which sector follows which."""
    places = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<II", data, 68)
    seen = set[int]()
    while following < _LAST_SECTOR and count:
        if following in seen:
            raise _Spoilt
        seen.add(following)
        *more, following = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        places += more
        count -= 1
    table = b"".join(
        data[(place + 1) * size : (place + 2) * size] for place in places if place < _LAST_SECTOR
    )
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])


def _chain(data: bytes, sector: int, table: tuple[int, ...], size: int, first: int = 1) -> bytes:
    """The bytes of the sectors from `sector` on; no sector may come twice, or lie outside the file."""
    found, seen = [], bytearray(len(table))
    while sector < _LAST_SECTOR:
        start = (sector + first) * size
        if sector >= len(table) or seen[sector] or start >= len(data):
            raise _Spoilt
        seen[sector] = 1
        found.append(data[start : start + size])
        sector = table[sector]
    return b"".join(found)


def _stream(data: bytes, entry: bytes, root: bytes | None, table: tuple[int, ...], size: int) -> bytes:
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= struct.unpack_from("<I", data, 56)[0]:
        found = _chain(data, start, table, size)
    else:
        if root is None:
            raise _Spoilt
        small = 1 << struct.unpack_from("<H", data, 32)[0]
        if small != 64:
            raise _Spoilt
        packed = _chain(data, struct.unpack_from("<I", root, 116)[0], table, size)
        links = _chain(data, struct.unpack_from("<I", data, 60)[0], table, size)
        chain = struct.unpack(f"<{len(links) // 4}I", links[: len(links) // 4 * 4])
        found = _chain(packed, start, chain, small, 0)
    if len(found) < length:
        raise _Spoilt
    return found[:length]


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record, to the end of the stream or the padding after it."""
    place, end = 0, len(stream)
    unpack = struct.Struct("<HH").unpack_from
    while place + 4 <= end:
        kind, length = unpack(stream, place)
        if not kind and not length:
            return
        if place + 4 + length > end:
            raise _Spoilt
        yield kind, place, length
        place += 4 + length


def _walk(path: Path, stream: bytes, progress: Progress) -> dict[str, list[tuple[int, int, str]]]:
    names: dict[int, str] = {}
    errors: dict[str, list[tuple[int, int, str]]] = {}
    sheet = ""
    for number, (kind, place, length) in enumerate(_records(stream)):
        if number % _RECORDS_A_CALL == 0:
            progress(place, len(stream), _LOOKING)
        if kind in _CELLS:
            found = _cell(stream, kind, place + 4, length)
            if found is not None:
                errors.setdefault(sheet, []).append(found)
        elif kind == _DIMENSIONS:
            _check_dimensions(stream[place + 4 : place + 4 + length])
        elif kind == _BOF:
            sheet = names.get(place, sheet)
        elif kind == _SHEET:
            at, name = _sheet_name(stream[place + 4 : place + 4 + length])
            names[at] = name
        elif kind == _PASSWORD:
            raise problems.encrypted(path)
    return errors


def _check_dimensions(body: bytes) -> None:
    """The parser makes room for what this record claims. Excel 95 gives rows two bytes, later ones four."""
    first, last, left, right = struct.unpack_from("<IIHH" if len(body) >= 14 else "<HHHH", body, 0)
    if not first <= last <= _ROWS or not left <= right <= _COLUMNS:
        raise _Spoilt


def _sheet_name(body: bytes) -> tuple[int, str]:
    """Where the sheet starts in the stream, and its name; one byte a character, or two."""
    at, _, _, count = struct.unpack_from("<IBBB", body, 0)
    if len(body) == 7 + count:  # Excel 95
        return at, body[7:].decode("cp1252", "replace")
    wide = body[7] & 1
    text = body[8 : 8 + count * (2 if wide else 1)]
    return at, text.decode("utf-16-le" if wide else "latin-1", "replace")


def _cell(stream: bytes, kind: int, place: int, length: int) -> tuple[int, int, str] | None:
    """The error that a cell shows, if it does. Raises when the cell lies beyond the last column."""
    if length < 6:
        raise _Spoilt
    row, column = struct.unpack_from("<HH", stream, place)
    last = struct.unpack_from("<H", stream, place + length - 2)[0] if kind in (_BLANKS, _NUMBERS) else column
    if column >= _COLUMNS or last >= _COLUMNS:
        raise _Spoilt
    if kind == _ERROR and length >= 8 and stream[place + 7]:
        return row, column, _SHOWN.get(stream[place + 6], "#N/A")
    if (
        kind == _FORMULA
        and length >= 14
        and stream[place + 12 : place + 14] == b"\xff\xff"
        and stream[place + 6] == 2
    ):
        return row, column, _SHOWN.get(stream[place + 8], "#N/A")
    return None
