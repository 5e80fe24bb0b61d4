"""The user's own file: looked at before it is read, hashed while it is read, never written to."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from desktop_app.core.extracts import packed, problems
from desktop_app.core.extracts.read_ahead import read_ahead
from desktop_app.core.progress import Progress
from desktop_app.core.stages import SourceFile
from validation_rules.text import Text

MAX_BYTES = 4 * 1024**3
HEAD_BYTES = 2 * 1024**2
# One chunk is read, decoded and parsed between two calls of the progress: some 50 ms on an office machine.
CHUNK_BYTES = 4 * 1024**2
READING = Text("Lecture du fichier", "Reading the file")


def examine(path: Path, limit: int | None = MAX_BYTES) -> int:
    """Size of the file in bytes. Raises AppError when it is absent, no ordinary file, empty or too large.

    A link counts as what it leads to. A pipe or a device is never opened: it might not answer, or never end.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise problems.from_os(path, error) from None
    if stat.S_ISDIR(found.st_mode):
        raise problems.folder(path)
    if not stat.S_ISREG(found.st_mode):
        raise problems.not_a_file(path)
    size = found.st_size
    if size == 0:
        raise problems.empty(path)
    if limit is not None and size > limit:
        raise problems.too_big(path, limit)
    return size


def read_head(path: Path, size: int = HEAD_BYTES, member: str | None = None) -> bytes:
    """The first `size` bytes of the file, or of the one inside its archive."""
    try:
        with packed.opened(path, member) as file:
            return file.read(size)
    except OSError as error:
        raise problems.from_os(path, error) from None


class _Watch:
    """The open file as it was, by a descriptor of its own: the reading thread closes the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._descriptor = os.dup(file.fileno())
        self.before = os.fstat(self._descriptor)

    def unchanged(self) -> bool:
        """Nobody has written to it since."""
        after = os.fstat(self._descriptor)
        return (after.st_size, after.st_mtime_ns) == (self.before.st_size, self.before.st_mtime_ns)

    def close(self) -> None:
        """Lets go of it."""
        os.close(self._descriptor)


class SourceReader:
    """Reads a file once, in chunks, and knows its SHA-256 at the end: that of the file on the disk."""

    def __init__(self, path: Path, progress: Progress, member: str | None = None) -> None:
        self.path = path
        self.member = member
        self._progress = progress
        self._digest = hashlib.sha256()
        self._size = 0

    def chunks(self, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        """The bytes of the content in order. AppError when the file vanishes, changes or no longer comes."""
        if self.member is None:
            yield from self._plain(size)
        else:
            self.take_in()
            yield from self._unpacked(size)

    def take_in(self) -> None:
        """Reads the file on the disk once through, for its SHA-256."""
        for _ in self._plain(CHUNK_BYTES):
            pass

    def _plain(self, size: int) -> Iterator[bytes]:
        try:
            # Before the file is open: who cancels here leaves nothing to close.
            self._progress(0, self.path.stat().st_size, READING)
            file = self.path.open("rb", buffering=0)
            with closing(_Watch(file)) as watch:
                yield from self._read(file, size, watch.before.st_size)
                unchanged = self._size == watch.before.st_size and watch.unchanged()
        except OSError as error:
            raise problems.cut_short(self.path, error) from None
        if not unchanged:
            raise problems.changed(self.path)

    def _read(self, file: BinaryIO, size: int, total: int) -> Iterator[bytes]:
        def waiting(come: int) -> None:
            self._progress(min(come, total), total, READING)

        with closing(read_ahead(self.path, file, size, waiting)) as chunks:
            for chunk in chunks:
                self._digest.update(chunk)
                self._size += len(chunk)
                if self._size > total:
                    # A file that grows as fast as it is read would never end.
                    raise problems.changed(self.path)
                yield chunk
                self._progress(self._size, total, READING)

    def _unpacked(self, size: int) -> Iterator[bytes]:
        given = 0
        try:
            with packed.opened(self.path, self.member) as stream:
                while chunk := stream.read(size):
                    given += len(chunk)
                    if given > MAX_BYTES:
                        raise problems.archive_bomb(self.path)
                    yield chunk
                    at = stream.at if isinstance(stream, packed.Unpacker) else given
                    self._progress(at, self._size, READING)
        except OSError as error:
            raise problems.from_os(self.path, error) from None

    def source(self) -> SourceFile:
        """What was read, once `chunks` is exhausted."""
        return SourceFile(self.path, self._digest.hexdigest(), self._size)
