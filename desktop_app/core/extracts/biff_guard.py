"""An old workbook (.xls) looked at before its library opens it: cells placed where no sheet has any.

The library fills the rectangle that the cells of a sheet span; one wrong byte can make it ask for more memory
than there is, which ends the whole program. Structure: [MS-CFB] for the container, [MS-XLS] for the records.
"""

from __future__ import annotations

import struct
from pathlib import Path

from desktop_app.core.extracts import problems
from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

MAX_ROWS, MAX_COLUMNS = 65_536, 256
_LOOKING = Text("Examen du classeur", "Looking at the workbook")
_END = 0xFFFFFFFA  # from here on, sector numbers are marks
_DIMENSIONS = 0x0200
# FORMULA, BLANK, NUMBER, LABEL, BOOLERR, STRING-less RK, MULRK, MULBLANK, RSTRING, LABELSST; old forms too.
_CELLS = frozenset(
    (0x06, 0x206, 0x406, 0x201, 0x203, 0x204, 0x205, 0x27E, 0xBD, 0xBE, 0xD6, 0xFD, 1, 2, 3, 4, 5)
)
_FAULTS = (struct.error, IndexError, ValueError, StopIteration)


def refuse_far_cells(path: Path, content: bytes, progress: Progress = silent) -> None:
    """Raises AppError for a workbook with a cell beyond the last row or column that such a file can have."""
    try:
        stream = _workbook_stream(content)
        _look(path, stream, progress)
    except _FAULTS:
        raise problems.damaged(path) from None


def _look(path: Path, stream: bytes, progress: Progress) -> None:
    at, count, end = 0, 0, len(stream) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind in _CELLS and size >= 6:
            if struct.unpack_from("<H", stream, at + 2)[0] >= MAX_COLUMNS:
                raise problems.damaged(path)
        elif kind == _DIMENSIONS and size >= 14:
            first, last, left, right = struct.unpack_from("<IIHH", stream, at)
            if last > MAX_ROWS or right > MAX_COLUMNS or first > last or left > right:
                raise problems.damaged(path)
        at += size
        count += 1
        if count % 50_000 == 0:
            progress(at, len(stream), _LOOKING)


def _workbook_stream(content: bytes) -> bytes:
    """The stream called Workbook or Book of a compound file."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError
    table = _allocation(content, size)
    directory = _chain(content, table, struct.unpack_from("<I", content, 48)[0], size)
    for start in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, start + 64)[0]
        name = directory[start : start + max(0, length - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
            first, whole = struct.unpack_from("<II", directory, start + 116)
            if whole < struct.unpack_from("<I", content, 56)[0]:
                return _small(content, table, directory, first, whole, size)
            return _chain(content, table, first, size)[:whole]
    raise ValueError


def _small(content: bytes, table: list[int], directory: bytes, first: int, whole: int, size: int) -> bytes:
    """A short stream lies in pieces of 64 bytes inside the stream of the root entry."""
    held = _chain(content, table, struct.unpack_from("<I", directory, 116)[0], size)
    listed = _chain(content, table, struct.unpack_from("<I", content, 60)[0], size)
    pieces = list(struct.unpack(f"<{len(listed) // 4}I", listed))
    return b"".join(held[64 * n : 64 * n + 64] for n in _numbers(pieces, first))[:whole]


def _allocation(content: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    sectors = [n for n in struct.unpack_from("<109I", content, 76) if n < _END]
    further, left = struct.unpack_from("<I", content, 68)[0], len(content) // size
    while further < _END and left > 0:
        numbers = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        sectors += [n for n in numbers[:-1] if n < _END]
        further, left = numbers[-1], left - 1
    table: list[int] = []
    for sector in sectors[: len(content) // size + 1]:
        table += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    return table


def _chain(content: bytes, table: list[int], first: int, size: int) -> bytes:
    return b"".join(content[(n + 1) * size : (n + 2) * size] for n in _numbers(table, first))


def _numbers(table: list[int], first: int) -> list[int]:
    found: list[int] = []
    while first < _END:
        found.append(first)
        if len(found) > len(table):
            raise ValueError
        first = table[first]
    return found
