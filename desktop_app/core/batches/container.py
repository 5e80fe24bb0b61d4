"""The one file of a batch: a ZIP of stored entries, with exactly one spelling in bytes.

Any ZIP tool reads it. The reader here accepts only what the writer here makes (no comment, no extra
field, no gap, no second entry of a name, fixed dates), so a changed byte anywhere is seen, and none of
the ways in which ZIP readers disagree with each other can be used.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

MAX_SIZE = (1 << 32) - 1  # stays below ZIP64
MAX_ENTRIES = 2001
MAX_NAME = 64

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_MAX_DIRECTORY = MAX_ENTRIES * (_CENTRAL.size + MAX_NAME)
_DATE = 0x21  # 1 January 1980: the container says nothing about when


class BadContainer(Exception):  # noqa: N818 - reads as what happened
    """The file is cut, altered, or was not made by this writer."""


class TooLarge(Exception):  # noqa: N818 - reads as what happened
    """The entries do not fit in one file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored file: where its content starts in the container, in bytes."""

    name: str
    size: int
    crc: int
    start: int

    @property
    def _header_start(self) -> int:
        return self.start - _LOCAL.size - len(self.name)

    def local(self) -> bytes:
        """The header before the content."""
        fields = (20, 0, 0, 0, _DATE, self.crc, self.size, self.size, len(self.name), 0)
        return _LOCAL.pack(b"PK\3\4", *fields) + self.name.encode("ascii")

    def central(self) -> bytes:
        """The line in the directory at the end."""
        fields = (20, 20, 0, 0, 0, _DATE, self.crc, self.size, self.size, len(self.name), 0, 0, 0, 0, 0)
        return _CENTRAL.pack(b"PK\1\2", *fields, self._header_start) + self.name.encode("ascii")


def write_container(path: Path, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write `entries` at `path`, then make them durable (fsync). TooLarge when they do not fit."""
    with path.open("xb") as file:
        written: list[Entry] = []
        for name, content in entries:
            written.append(_append(file, name, content))
        directory = b"".join(entry.central() for entry in written)
        file.write(directory + _end(len(written), len(directory), file.tell()))
        file.flush()
        os.fsync(file.fileno())


def _append(file: BinaryIO, name: str, content: bytes) -> Entry:
    entry = Entry(name, len(content), zlib.crc32(content), file.tell() + _LOCAL.size + len(name))
    if entry.start + entry.size > MAX_SIZE - (1 << 20):
        raise TooLarge
    file.write(entry.local())
    file.write(content)
    return entry


def _end(count: int, size: int, start: int) -> bytes:
    return _END.pack(b"PK\5\6", 0, 0, count, count, size, start, 0)


def read_directory(file: BinaryIO) -> dict[str, Entry]:
    """The entries by name, in file order; BadContainer when one byte of the structure is not as written.

    The content is checked by `read_entry`.
    """
    size = file.seek(0, os.SEEK_END)
    if not _END.size < size <= MAX_SIZE:
        raise BadContainer
    tail = _exact(file, size - _END.size, _END.size)
    count, length, start = _END.unpack(tail)[3], _END.unpack(tail)[5], _END.unpack(tail)[6]
    if (
        tail != _end(count, length, start)
        or count > MAX_ENTRIES
        or length > _MAX_DIRECTORY
        or start + length + _END.size != size
    ):
        raise BadContainer
    entries = _parse_directory(_exact(file, start, length), count)
    if _contiguous_end(file, entries) != start:
        raise BadContainer
    return {entry.name: entry for entry in entries}


def read_entry(file: BinaryIO, entry: Entry) -> bytes:
    """The content of one entry; BadContainer when it is cut or its checksum differs."""
    content = _exact(file, entry.start, entry.size)
    if zlib.crc32(content) != entry.crc:
        raise BadContainer
    return content


def _parse_directory(data: bytes, count: int) -> list[Entry]:
    entries: list[Entry] = []
    at = 0
    for _ in range(count):
        if at + _CENTRAL.size > len(data):
            raise BadContainer
        fields = _CENTRAL.unpack_from(data, at)
        crc, size, name_length, header = fields[7], fields[8], fields[10], fields[16]
        raw = data[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
        if name_length > MAX_NAME or not raw.isascii():
            raise BadContainer
        entry = Entry(raw.decode("ascii"), size, crc, header + _LOCAL.size + name_length)
        if data[at : at + _CENTRAL.size + name_length] != entry.central():
            raise BadContainer
        entries.append(entry)
        at += _CENTRAL.size + name_length
    if at != len(data) or len({entry.name for entry in entries}) != count:
        raise BadContainer
    return entries


def _contiguous_end(file: BinaryIO, entries: list[Entry]) -> int:
    at = 0
    for entry in entries:
        header = entry.local()
        if entry.start != at + len(header) or _exact(file, at, len(header)) != header:
            raise BadContainer
        at = entry.start + entry.size
    return at


def _exact(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    data = file.read(length)
    if len(data) != length:
        raise BadContainer
    return data
