"""One writer at a time: a lock that the system frees when the process ends, however it ends."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.files import cannot_write
from validation_rules.text import Text

LOCK_FILE = "workspace.lock"
# Windows locks bytes, and nobody else can read a locked one: lock one far behind the text.
_LOCKED_BYTE = 1 << 20
# Some network shares grant a lock to everybody: a holder on another computer that said so lately still holds.
ALIVE_FOR = timedelta(seconds=90)


class Holder(BaseModel):
    """Who holds the lock; written for the message of the next one, never trusted for more."""

    model_config = ConfigDict(extra="ignore")

    user: str = Field(default="?", max_length=200)
    computer: str = Field(default="?", max_length=200)
    process: int = 0
    since: str = Field(default="?", max_length=40)
    seen: str = Field(default="", max_length=40)

    @property
    def elsewhere(self) -> bool:
        """Whether it is on another computer."""
        return self.computer not in ("?", platform.node())

    def alive(self, now: datetime) -> bool:
        """Whether it said lately that it is there, by its own clock; see also `_written_lately`."""
        try:
            return abs(now - datetime.fromisoformat(self.seen)) < ALIVE_FOR
        except (ValueError, TypeError):
            return False


class WriterLock:
    """Held from construction to `release()`. Raises AppError when another process (or window) holds it."""

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK_FILE
        before = read_holder(folder)
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise cannot_write(folder) from None
        try:
            take(self._handle)
        except OSError:
            os.close(self._handle)
            raise held_by(read_holder(folder)) from None
        if before is not None and before.elsewhere and _holds(before, folder):
            os.close(self._handle)
            raise held_by(before)
        self._since = datetime.now().astimezone().isoformat(timespec="minutes")
        self.beat()

    def beat(self) -> None:
        """Say that the holder is still there; called now and then while the workspace is open."""
        with suppress(OSError):
            _write_holder(self._handle, self._since)

    def release(self) -> None:
        """Free the lock. The file stays: removing it would let two writers hold two files of one name."""
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
        os.close(self._handle)


def _holds(holder: Holder, folder: Path) -> bool:
    """Whether a holder on another computer is still there."""
    return holder.alive(datetime.now(UTC)) or _written_lately(folder)


def _written_lately(folder: Path) -> bool:
    """The same by the clock of whoever keeps the files: two computers on a share may tell different times,
    but the share gives both files below the time that it has itself."""
    probe = folder / f"{LOCK_FILE}.{os.getpid()}"
    try:
        probe.write_bytes(b"?")
        now = probe.stat().st_mtime
        return abs(now - (folder / LOCK_FILE).stat().st_mtime) < ALIVE_FOR.total_seconds()
    except OSError:
        return False
    finally:
        with suppress(OSError):
            probe.unlink()


def take(handle: int) -> None:
    """Lock a file, just opened, until it is closed; without waiting. Raises OSError when another has it."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)  # where whoever writes begins
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write_holder(handle: int, since: str) -> None:
    seen = datetime.now(UTC).isoformat(timespec="seconds")
    holder = Holder(user=os_user(), computer=platform.node(), process=os.getpid(), since=since, seen=seen)
    content = holder.model_dump_json().encode()
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, content)
    os.ftruncate(handle, len(content))


def read_holder(folder: Path) -> Holder | None:
    """Who says to hold the workspace; None when nobody does, an unknown one when it cannot be read."""
    try:
        with (folder / LOCK_FILE).open("rb") as file:
            content = file.read(4096)
    except FileNotFoundError:
        return None
    except OSError:
        return Holder()
    with suppress(ValueError, ValidationError):
        return Holder.model_validate(json.loads(content)) if content else None
    return Holder()


def os_user() -> str:
    """The login name of the person, `?` where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def held_by(holder: Holder | None) -> AppError:
    """The error for a second writer."""
    holder = holder or Holder()
    return AppError(
        "workspace.in_use",
        Text(
            "Ce dossier de travail est déjà ouvert : utilisateur {user}, ordinateur {computer}, "
            "depuis {since}.",
            "This workspace is already open: user {user}, computer {computer}, since {since}.",
        ).format(user=holder.user, computer=holder.computer, since=holder.since.replace("T", " ")),
        Text(
            "Fermez l’autre fenêtre de Navette, ou ouvrez ce dossier en lecture seule.",
            "Close the other Navette window, or open this folder for reading only.",
        ),
    )
