"""Bytes of a file that may be slow to come: a share over the network, a stick that is being pulled out.

The system cannot be asked to give up a read. A thread does the reading, so that who waits is told how many
bytes have come, can leave at once, and is not left waiting for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import BinaryIO

from desktop_app.core.extracts import problems

STALLED = 60.0
"""Seconds without a byte after which a file is given up."""
_TICK = 0.05
_PIECE = 256 * 1024
_Item = bytes | OSError


class _Reader(Thread):
    """Reads one chunk ahead until it is told to stop; it alone closes the file, which it may be stuck in."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        super().__init__(name="navette-read-ahead", daemon=True)
        self.come = 0
        self.stop = Event()
        self.chunks = Queue[_Item](1)
        self._file, self._size = file, size

    def run(self) -> None:
        with self._file:
            item: _Item = b"-"
            while item and not isinstance(item, OSError):
                try:
                    item = self._chunk()
                except OSError as error:
                    item = error
                if not self._hand_over(item):
                    return
            self.stop.wait()

    def _chunk(self) -> bytes:
        pieces, left = [], self._size
        while left and not self.stop.is_set():
            piece = self._file.read(min(left, _PIECE))
            if not piece:
                break
            pieces.append(piece)
            left -= len(piece)
            self.come += len(piece)
        return b"".join(pieces)

    def _hand_over(self, item: _Item) -> bool:
        while not self.stop.is_set():
            try:
                self.chunks.put(item, timeout=_TICK)
            except Full:
                continue
            return True
        return False


def read_ahead(
    path: Path, file: BinaryIO, size: int, waiting: Callable[[int], None], stalled: float = STALLED
) -> Generator[bytes, None, None]:
    """Chunks of `size` bytes of an open file, which is closed at the end or when the caller leaves.

    While none comes, `waiting` is called twenty times a second with the bytes come so far, and may raise.
    Raises AppError after `stalled` seconds without a byte; OSError as reading does.
    """
    reader = _Reader(file, size)
    reader.start()
    try:
        while chunk := _next(path, reader, waiting, stalled):
            yield chunk
    finally:
        reader.stop.set()


def _next(path: Path, reader: _Reader, waiting: Callable[[int], None], stalled: float) -> bytes:
    come, since = reader.come, time.monotonic()
    while True:
        try:
            item = reader.chunks.get(timeout=_TICK)
        except Empty:
            waiting(reader.come)
            if reader.come != come:
                come, since = reader.come, time.monotonic()
            elif time.monotonic() - since > stalled:
                raise problems.stalled(path, round(stalled)) from None
            continue
        if isinstance(item, OSError):
            raise item
        return item
