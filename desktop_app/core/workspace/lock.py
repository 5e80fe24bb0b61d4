"""One writer at a time: a lock that the system frees when the process ends, however it ends."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.files import cannot_write
from validation_rules.text import Text

LOCK_FILE = "workspace.lock"
# Windows locks bytes, and nobody else can read a locked one: lock one far behind the text.
_LOCKED_BYTE = 1 << 20


class Holder(BaseModel):
    """Who holds the lock; written for the message of the next one, never trusted for more."""

    model_config = ConfigDict(extra="ignore")

    user: str = Field(default="?", max_length=200)
    computer: str = Field(default="?", max_length=200)
    process: int = 0
    since: str = Field(default="?", max_length=40)


class WriterLock:
    """Held from construction to `release()`. Raises AppError when another process (or window) holds it."""

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK_FILE
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise cannot_write(folder) from None
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise held_by(_read_holder(path)) from None
        _write_holder(self._handle)

    def release(self) -> None:
        """Free the lock. The file stays: removing it would let two writers hold two files of one name."""
        os.ftruncate(self._handle, 0)
        os.close(self._handle)


def _take(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _write_holder(handle: int) -> None:
    now = datetime.now().astimezone().isoformat(timespec="minutes")
    holder = Holder(user=os_user(), computer=platform.node(), process=os.getpid(), since=now)
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, holder.model_dump_json().encode())


def _read_holder(path: Path) -> Holder:
    with suppress(OSError, ValueError, ValidationError):
        return Holder.model_validate(json.loads(path.read_bytes()[:4096]))
    return Holder()


def os_user() -> str:
    """The login name of the person, `?` where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def held_by(holder: Holder) -> AppError:
    """The error for a second writer."""
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
