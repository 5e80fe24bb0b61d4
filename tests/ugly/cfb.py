"""Compound files (OLE2) and BIFF8 workbooks, byte by byte: what `.xls` files and protected workbooks are."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

_SECTOR = 512
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
Cell = str | float | bytes | None


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams, each padded to 4,096 bytes, which keeps it out of the mini stream."""
    bodies = [data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0") for data in streams.values()]
    entries = [_entry("Root Entry", 5, _NONE, _END, 0, 1)]
    directory_sectors = -(-(len(streams) + 1) // 4)
    total = directory_sectors + sum(len(body) // _SECTOR for body in bodies)
    fat_sectors = next(n for n in range(1, 110) if n * 128 >= total + n)
    fat = [_FAT] * fat_sectors + _run(fat_sectors, directory_sectors)
    start = fat_sectors + directory_sectors
    for i, (name, body) in enumerate(zip(streams, bodies, strict=True), 1):
        size = len(body) // _SECTOR
        entries.append(_entry(name, 2, i + 1 if i < len(streams) else _NONE, start, len(body), _NONE))
        fat += _run(start, size)
        start += size
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    difat = list(range(fat_sectors)) + [_FREE] * (109 - fat_sectors)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_sectors)
    header += struct.pack("<IIIIIII", fat_sectors, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *difat)
    empty = _entry("", 0, _NONE, 0, 0, _NONE)
    directory = b"".join(entries).ljust(0)
    directory += empty * (directory_sectors * 4 - len(entries))
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + b"".join(bodies)


def _run(start: int, size: int) -> list[int]:
    return [*range(start + 1, start + size), _END]


def _entry(name: str, kind: int, right: int, start: int, size: int, child: int) -> bytes:
    text = (name + "\0").encode("utf-16-le") if name else b""
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, _NONE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(value: str, wide: str = "<H") -> bytes:
    return struct.pack(wide + "B", len(value), 1) + value.encode("utf-16-le")


def _cell(row: int, column: int, value: Cell) -> bytes:
    """A text, a number, a date (bytes: its serial as text), or an error of code 42 (`None` leaves it out)."""
    if value is None:
        return b""
    if isinstance(value, str):
        return _record(0x0204, struct.pack("<HHH", row, column, 0) + _text(value))
    if isinstance(value, bytes):
        if value == b"#N/A":
            return _record(0x0205, struct.pack("<HHHBB", row, column, 0, 42, 1))
        return _record(0x0203, struct.pack("<HHHd", row, column, 1, float(value)))
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def biff(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    hidden: Sequence[str] = (),
    since_1904: bool = False,
    password: bool = False,
) -> bytes:
    """The `Workbook` stream of an Excel 97 file."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    top = _record(0x0809, bof)
    if password:
        top += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    top += _record(0x0042, struct.pack("<H", 1200)) + _record(0x0022, struct.pack("<H", since_1904))
    top += _record(0x041E, struct.pack("<H", 164) + _text("dd/mm/yyyy"))
    top += _record(0x00E0, struct.pack("<HH", 0, 0) + bytes(16))
    top += _record(0x00E0, struct.pack("<HH", 0, 164) + bytes(16))
    bodies = [_sheet(rows) for rows in sheets.values()]
    names = [(name, name in hidden) for name in sheets]
    size = len(top) + sum(4 + 8 + 2 * len(name) for name in sheets) + 4
    listed = b""
    for (name, away), body in zip(names, bodies, strict=True):
        listed += _record(0x0085, struct.pack("<IBB", size, away, 0) + _text(name, "<B"))
        size += len(body)
    return top + listed + _record(0x000A) + b"".join(bodies)


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    width = max(map(len, rows), default=0)
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    body += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for i, row in enumerate(rows):
        body += b"".join(_cell(i, j, value) for j, value in enumerate(row))
    return body + _record(0x000A)
