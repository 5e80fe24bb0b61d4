"""Findings on their way to the output: in memory while they are few, then in an unnamed file beside it.

The file holds only what the output itself will hold, is deleted by the system however the program ends, and
is never in a folder that the user did not choose for the output, unless identity values are masked.
"""

from __future__ import annotations

import io
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from desktop_app.core.errors import AppError, cannot_write
from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

IN_MEMORY = 64 * 1024**2


class Spool:
    """Frames put under numbers, and taken back. `folder` is where they may be written; None: nowhere.

    A context manager. Raises AppError when there is no room, or nowhere to write.
    """

    def __init__(self, folder: Path | None, in_memory: int = IN_MEMORY) -> None:
        self._folder = folder
        self._in_memory = in_memory
        self._size = 0
        self._stack = ExitStack()
        self._file: IO[bytes] | None = None
        self._pieces: dict[int, list[bytes | tuple[int, int]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def clear(self) -> None:
        """Forgets all frames."""
        self._pieces.clear()
        self._size = 0
        if self._file is not None:
            self._file.truncate(0)

    def put(self, place: int, frame: pl.DataFrame) -> None:
        """Keeps a frame under a number, after those that are there."""
        stream = io.BytesIO()
        frame.write_ipc(stream, compression="zstd")
        piece = stream.getvalue()
        if self._file is None and self._size + len(piece) <= self._in_memory:
            self._size += len(piece)
            self._pieces.setdefault(place, []).append(piece)
            return
        try:
            self._pieces.setdefault(place, []).append(self._written(piece))
        except OSError as error:
            raise cannot_write(error, f"{self._folder}") from None

    def take(self, place: int) -> list[pl.DataFrame]:
        """The frames of a number, in the order in which they came."""
        import polars as pl

        return [pl.read_ipc(io.BytesIO(self._read(piece))) for piece in self._pieces.get(place, [])]

    def _written(self, piece: bytes) -> tuple[int, int]:
        if self._file is None:
            if self._folder is None:
                raise _nowhere()
            self._file = self._stack.enter_context(tempfile.TemporaryFile(dir=self._folder))  # noqa: SIM115
        start = self._file.seek(0, io.SEEK_END)
        self._file.write(piece)
        return start, len(piece)

    def _read(self, piece: bytes | tuple[int, int]) -> bytes:
        if isinstance(piece, bytes) or self._file is None:
            return bytes(piece) if isinstance(piece, bytes) else b""
        self._file.seek(piece[0])
        return self._file.read(piece[1])


def _nowhere() -> AppError:
    return AppError(
        "findings.nowhere",
        Text(
            "Il y a trop de constats pour les garder en mémoire, et ils montrent des identités : ils ne "
            "s’écrivent que là où vous le dites.",
            "There are too many findings to keep in memory, and they show identities: they are only written "
            "where you say.",
        ),
        Text("Donnez un fichier avec --output.", "Give a file with --output."),
    )
