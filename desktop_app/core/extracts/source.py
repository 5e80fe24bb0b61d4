"""The user's own file: looked at before it is read, hashed while it is read, never written to."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.read_ahead import read_ahead
from desktop_app.core.progress import Progress
from desktop_app.core.stages import SourceFile
from validation_rules.text import Text

MAX_BYTES = 4 * 1024**3
HEAD_BYTES = 2 * 1024**2
# One chunk is read, decoded and parsed between two calls of the progress: near 100 ms on an office machine.
CHUNK_BYTES = 8 * 1024**2
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


def read_head(path: Path, size: int = HEAD_BYTES) -> bytes:
    """The first `size` bytes of the file."""
    try:
        with path.open("rb") as file:
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
    """Reads a file once, in chunks, and knows its SHA-256 at the end."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self.path = path
        self._progress = progress
        self._digest = hashlib.sha256()
        self._size = 0

    def chunks(self, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        """The bytes of the file in order. Raises AppError when it vanishes, changes or no longer comes."""
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

    def source(self) -> SourceFile:
        """What was read, once `chunks` is exhausted."""
        return SourceFile(self.path, self._digest.hexdigest(), self._size)
