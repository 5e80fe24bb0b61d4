"""A file as it lies on the disk, or the one inside its ZIP or GZIP archive: unpacked in memory only.

Cells may name people, so nothing is ever unpacked onto a disk.
"""

from __future__ import annotations

import errno
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MAX_IN_MEMORY = 1024**3
MAX_MEMBERS = 10_000
_MOST_SHOWN = 50
# A text packs 5 to 30 times; a long run of equal lines some 200 times.
MAX_RATIO = 400
_RATIO_FROM = 100 * 1024**2
_PIECE = 1024**2
_STEP = 64 * 1024
_UNPACKING = Text("Décompression", "Unpacking")
_NOT_TABLES = {".md", ".pdf", ".doc", ".docx", ".png", ".jpg", ".jpeg", ".ini", ".log"}
_ODD = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError, struct.error)


class Member(NamedTuple):
    """One file of an archive; `size` in bytes once unpacked, as the archive says."""

    name: str
    size: int


def is_gzip(head: bytes) -> bool:
    """Whether a file starts as GZIP does."""
    return head.startswith(GZIP)


def is_zip(head: bytes) -> bool:
    """Whether a file starts as ZIP does; workbooks do too."""
    return head.startswith(ZIP)


def gzip_name(path: Path) -> str:
    """What the file inside is called: `extrait.csv` in `extrait.csv.gz`."""
    return path.stem if path.suffix.lower() in {".gz", ".gzip"} and path.stem else path.name


def members(path: Path) -> list[Member]:
    """The files in a ZIP archive that may be tables, largest first. Raises AppError for a bad archive."""
    with _archive(path) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_MEMBERS:
            raise problems.archive_bomb(path)
        files = [entry for entry in entries if not entry.is_dir() and not _aside(entry.filename)]
    if not files:
        raise problems.archive_empty(path)
    tables = [entry for entry in files if PurePosixPath(entry.filename).suffix.lower() not in _NOT_TABLES]
    found = [Member(entry.filename, entry.file_size) for entry in tables or files]
    return sorted(found, key=lambda member: -member.size)[:_MOST_SHOWN]


def _aside(name: str) -> bool:
    """What systems and editors put beside the user's files."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return (
        not parts or parts[0] == "__MACOSX" or parts[-1].startswith((".", "~$")) or parts[-1] == "Thumbs.db"
    )


def unpacked_size(path: Path, member: str | None) -> int:
    """Bytes of the content once unpacked, as far as the archive tells; the size of the file without one."""
    try:
        size = path.stat().st_size
        if member is None:
            return size
        with path.open("rb") as file:
            if is_gzip(file.read(2)):
                file.seek(-4, io.SEEK_END)
                told: int = struct.unpack("<I", file.read(4))[0]
                return max(size, told)
        with _archive(path) as archive:
            return max(entry.file_size for entry in archive.infolist() if entry.filename == member)
    except (OSError, ValueError):
        return 0


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (*_ODD, UnicodeDecodeError, ValueError, IndexError):
        raise problems.archive_damaged(path) from None
    except RuntimeError:
        raise problems.archive_locked(path) from None
    except OSError as error:
        raise _from_os(path, error) from None


def _from_os(path: Path, error: OSError) -> AppError:
    """A place before the start of the file is the archive's fault, not the disk's."""
    return problems.archive_damaged(path) if error.errno == errno.EINVAL else problems.from_os(path, error)


class Unpacker:
    """Reads what is inside an archive, as a file does; `read` raises AppError for a bad or endless one.

    `packed` is the file on the disk, `stream` what comes out of it, `at` how far the file was read.
    """

    def __init__(self, path: Path, packed: IO[bytes], stream: IO[bytes], size: int) -> None:
        self._path, self._packed, self._stream = path, packed, stream
        self._size = max(1, size)
        self._given = 0

    @property
    def at(self) -> int:
        """Bytes of the file on the disk that were read."""
        return min(self._size, self._packed.tell())

    def read(self, size: int = _PIECE) -> bytes:
        """The next `size` bytes, fewer at the end."""
        pieces, left = [], size
        while left and (piece := self._some(min(left, _STEP))):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)

    def _some(self, size: int) -> bytes:
        # In small steps: asked for more, the library takes in as much of the file, and `at` says nothing.
        try:
            piece = self._stream.read(size)
        except _ODD:
            raise problems.archive_damaged(self._path) from None
        except RuntimeError:
            raise problems.archive_locked(self._path) from None
        self._given += len(piece)
        # Against what was read so far, not the whole file: a bomb is known by its first hundred megabytes.
        if self._given > _RATIO_FROM and self._given > max(1, self.at) * MAX_RATIO:
            raise problems.archive_bomb(self._path)
        return piece


@contextmanager
def opened(path: Path, member: str | None) -> Iterator[IO[bytes] | Unpacker]:
    """The content as a stream: of the file, or of what is in it. OSError and AppError as they come."""
    if member is None:
        with path.open("rb") as file:
            yield file
        return
    size = path.stat().st_size
    with path.open("rb") as file:
        if is_gzip(file.read(2)):
            file.seek(0)
            with gzip.GzipFile(fileobj=file) as stream:
                yield Unpacker(path, file, stream, size)  # type: ignore[arg-type]
            return
    with path.open("rb") as file, _entry(path, file, member) as inner:
        yield Unpacker(path, file, inner, size)


@contextmanager
def _entry(path: Path, file: IO[bytes], member: str) -> Iterator[IO[bytes]]:
    """One file of a ZIP archive. A fault of the reader of its content passes as it is."""
    try:
        archive = zipfile.ZipFile(file)
        if member not in archive.namelist():
            raise problems.archive_without(path, member)
        if archive.getinfo(member).flag_bits & 1:
            raise problems.archive_locked(path)
        inner = archive.open(member)
    except (*_ODD, UnicodeDecodeError, ValueError, RuntimeError):
        raise problems.archive_damaged(path) from None
    except OSError as error:
        raise _from_os(path, error) from None
    with archive, inner:
        yield inner


def in_memory(
    path: Path, member: str | None, progress: Progress = silent, limit: int = MAX_IN_MEMORY
) -> IO[bytes]:
    """The whole content, to be read in any order: the file itself, or its unpacked bytes.

    Raises AppError when they are more than `limit`.
    """
    try:
        if member is None:
            return path.open("rb")
        held = io.BytesIO()
        with opened(path, member) as stream:
            total = path.stat().st_size
            while piece := stream.read(_PIECE):
                held.write(piece)
                if held.tell() > limit:
                    raise problems.archive_bomb(path)
                progress(stream.at if isinstance(stream, Unpacker) else 0, total, _UNPACKING)
    except OSError as error:
        raise problems.from_os(path, error) from None
    held.seek(0)
    return held
