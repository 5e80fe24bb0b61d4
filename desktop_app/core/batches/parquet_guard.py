"""What a Parquet file from outside would cost, read from its own structure before a library unpacks a byte.

A few kilobytes can unpack to any size: a page that zstd shrank, one dictionary entry for a billion rows,
prefixes that repeat. So the footer and every page header are walked here (Thrift compact protocol, as the
Parquet format defines both), and only what a part of a batch needs is let through: flat columns of byte
arrays, plain or dictionary encoding, sizes within bounds. The library allocates by the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

MAX_FOOTER: Final = 1 << 20
MAX_COLUMNS: Final = 200
MAX_CELLS: Final = 1 << 23
MAX_UNPACKED: Final = 64 << 20

_MAGIC: Final = b"PAR1"
_BYTE_ARRAY: Final = 6
_CODECS: Final = frozenset({0, 6})  # none, zstd
_ENCODINGS: Final = frozenset({0, 2, 3, 6, 8})  # plain, dictionary (two names), run lengths, lengths first
_INDEX, _DICTIONARY = 1, 2  # kinds of page that hold no row
_DEEPEST: Final = 12

Struct = dict[int, Any]


class TooCostly(Exception):  # noqa: N818 - reads as what happened
    """Not a Parquet file that a part of a batch may be."""


@dataclass(slots=True)
class _Thrift:
    """A reader of the compact protocol: structures as field number -> value."""

    data: bytes
    at: int = 0

    def struct(self, depth: int = 0) -> Struct:
        if depth > _DEEPEST:
            raise TooCostly
        found: Struct = {}
        number = 0
        while kind := self.byte():
            number = number + (kind >> 4) if kind >> 4 else self.signed()
            found[number] = self.value(kind & 15, depth)
        return found

    def value(self, kind: int, depth: int) -> Any:
        match kind:
            case 1 | 2:
                return kind == 1
            case 3:
                return self.byte()
            case 4 | 5 | 6:
                return self.signed()
            case 7:
                return self.take(8)
            case 8:
                return self.take(self.number())
            case 9 | 10:
                return self.several(depth)
            case 12:
                return self.struct(depth + 1)
        raise TooCostly

    def several(self, depth: int) -> list[Any]:
        head = self.byte()
        count, kind = head >> 4, head & 15
        count = self.number() if count == 15 else count
        if count > len(self.data) - self.at:  # each takes a byte at least
            raise TooCostly
        # In a list, a truth value is a byte of its own.
        return [self.value(3 if kind in (1, 2) else kind, depth + 1) for _ in range(count)]

    def number(self) -> int:
        value = shift = 0
        while shift < 70:
            byte = self.byte()
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise TooCostly

    def signed(self) -> int:
        value = self.number()
        return (value >> 1) ^ -(value & 1)

    def byte(self) -> int:
        return self.take(1)[0]

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise TooCostly
        self.at += count
        return self.data[self.at - count : self.at]


def require_small(content: bytes, rows: int) -> None:
    """TooCostly unless `content` is a flat Parquet file of byte arrays with `rows` rows, of limited cost."""
    try:
        footer = _footer(content)
        columns = _columns(footer)
        groups: list[Struct] = footer[4]
        if footer[3] != rows or sum(group[3] for group in groups) != rows or rows * columns > MAX_CELLS:
            raise TooCostly
        unpacked = sum(_unpacked(content, group, columns) for group in groups)
    except (KeyError, TypeError, AttributeError, IndexError):  # a field is absent or of another type
        raise TooCostly from None
    if unpacked > MAX_UNPACKED:
        raise TooCostly


def _footer(content: bytes) -> Struct:
    length = int.from_bytes(content[-8:-4], "little")
    if (
        content[:4] != _MAGIC
        or content[-4:] != _MAGIC
        or not 0 < length <= min(MAX_FOOTER, len(content) - 12)
    ):
        raise TooCostly
    return _Thrift(content[-8 - length : -8]).struct()


def _columns(footer: Struct) -> int:
    root, *leaves = footer[2]
    if not 0 < len(leaves) <= MAX_COLUMNS or root.get(5) != len(leaves):
        raise TooCostly
    if any(leaf.get(5) or leaf.get(1) != _BYTE_ARRAY or leaf.get(3) not in (0, 1) for leaf in leaves):
        raise TooCostly
    return len(leaves)


def _unpacked(content: bytes, group: Struct, columns: int) -> int:
    if len(group[1]) != columns or group[3] < 0:
        raise TooCostly
    return sum(_chunk(content, chunk, group[3]) for chunk in group[1])


def _chunk(content: bytes, chunk: Struct, rows: int) -> int:
    """Bytes that the pages of one column unpack to; every page must lie inside the file."""
    about = chunk[3]
    if 1 in chunk or about[1] != _BYTE_ARRAY or about[4] not in _CODECS or about[5] != rows:
        raise TooCostly
    first = min(about[9], about.get(11, about[9]))
    end = first + about[7]
    if not 4 <= first < end <= len(content):
        raise TooCostly
    pages, total, counted = _Thrift(content[:end], first), 0, 0
    while pages.at < end:
        page = pages.struct()
        if page[2] < 0 or page[3] < 0:
            raise TooCostly
        pages.take(page[3])
        total += page[2]
        counted += _rows_of(page)
    if total > MAX_UNPACKED or counted > rows:
        raise TooCostly
    return total


def _rows_of(page: Struct) -> int:
    """How many rows a page says it holds; TooCostly for an encoding that can grow without bound."""
    if page[1] == _INDEX:
        return 0
    if page[1] == _DICTIONARY:
        if page[7][1] > page[2]:  # each entry takes four bytes for its length
            raise TooCostly
        return 0
    about, encoding = (page[5], page[5][2]) if 5 in page else (page[8], page[8][4])
    if encoding not in _ENCODINGS or about[1] < 0:
        raise TooCostly
    return int(about[1])
