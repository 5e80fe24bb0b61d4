"""What is half made belongs to a process: while that lives nobody sweeps it away, afterwards anybody does."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app.core.workspace.lock import take

_HELD = "held"
_TRIES = 5
_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0)


@contextmanager
def held_folder(folder: Path, prefix: str) -> Iterator[Path]:
    """A new private folder in `folder`, gone when the block ends. Raises OSError."""
    place, handle = _made(folder, prefix)
    try:
        yield place
    finally:
        os.close(handle)
        shutil.rmtree(place, ignore_errors=True)


def held_file(path: Path) -> int:
    """A new private file, open for writing and held until it is closed. Raises OSError."""
    handle = os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o600)
    with suppress(OSError):  # a share or a key without locks: it is then nobody's, and stays when it is left
        take(handle)
    return handle


def sweep(places: Iterable[Path]) -> None:
    """Remove those of these files and folders that no living process holds."""
    for place in places:
        with suppress(OSError):
            if _left(place / _HELD if place.is_dir() else place):
                shutil.rmtree(place) if place.is_dir() else place.unlink()


def _made(folder: Path, prefix: str) -> tuple[Path, int]:
    """A sweep may come between the making of the folder and the taking of its lock: then another one."""
    for _ in range(_TRIES):
        place = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        with suppress(FileNotFoundError):
            handle = held_file(place / _HELD)
            if (place / _HELD).exists():
                return place, handle
            os.close(handle)
    raise FileNotFoundError(folder)


def _left(path: Path) -> bool:
    """Whether nobody holds this file."""
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        return True
    try:
        take(handle)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
