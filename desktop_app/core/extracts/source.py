"""The user's own file: looked at before it is read, hashed while it is read, never written to."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from desktop_app.core.extracts import packed, problems
from desktop_app.core.progress import Progress
from desktop_app.core.stages import SourceFile
from validation_rules.text import Text

MAX_BYTES = 4 * 1024**3
HEAD_BYTES = 2 * 1024**2
# One chunk is read, decoded and parsed between two calls of the progress: near 100 ms on an office machine.
CHUNK_BYTES = 8 * 1024**2
READING = Text("Lecture du fichier", "Reading the file")


def examine(path: Path, limit: int | None = MAX_BYTES) -> int:
    """Size of the file in bytes. Raises AppError when it is absent, a folder, empty or over the limit."""
    try:
        if path.is_dir():
            raise problems.folder(path)
        size = path.stat().st_size
    except OSError as error:
        raise problems.from_os(path, error) from None
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


class SourceReader:
    """Reads a file once, in chunks, and knows its SHA-256 at the end: that of the file on the disk."""

    def __init__(self, path: Path, progress: Progress, member: str | None = None) -> None:
        self.path = path
        self.member = member
        self._progress = progress
        self._digest = hashlib.sha256()
        self._size = 0

    def chunks(self, size: int = CHUNK_BYTES) -> Iterator[bytes]:
        """The bytes of the content in order. Raises AppError when the file vanishes or changes midway."""
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
            with self.path.open("rb") as file:
                before = os.fstat(file.fileno())
                self._progress(0, before.st_size, READING)
                while chunk := file.read(size):
                    self._digest.update(chunk)
                    self._size += len(chunk)
                    if self._size > before.st_size:
                        # A file that grows as fast as it is read would never end.
                        raise problems.changed(self.path)
                    yield chunk
                    self._progress(self._size, before.st_size, READING)
                after = os.fstat(file.fileno())
        except OSError as error:
            raise problems.from_os(self.path, error) from None
        if self._size != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
            raise problems.changed(self.path)

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
