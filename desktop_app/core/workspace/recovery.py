"""The last good copy beside the database, and how it takes the place of one that is damaged.

The copy is the state of a moment; what was done since is still in the damaged file, page by page, each with
its own authentication tag: every line that can be read there is true, and later than the copy's. So the state
put back is the copy with all of these over it, and nothing that was saved is lost with a page it was not on.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.core.workspace import exchange, failures, staging
from desktop_app.core.workspace.database import DATABASE_FILE, Database, keyed
from desktop_app.core.workspace.exchange import ASIDE as ASIDE
from desktop_app.core.workspace.files import cannot_write, sync_folder
from desktop_app.core.workspace.overlay import lay_over
from desktop_app.core.workspace.standing import Standing, standing

GOOD_FILE = "workspace.good.db"
REPAIRABLE = ("workspace.damaged", "workspace.wrong_key", "workspace.lost")
BACKING_UP = "workspace.backup-"  # each backup has a folder of its own, which its process holds
# The names that earlier versions used.
_RESTORING_FILE, _BACKING_UP_FILE = "workspace.restoring.db", "workspace.backup.db"
_MAKING, _MADE = "workspace.mending.db", "workspace.mended.db"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was put back. `copied`: when the copy was made (UTC); `whole`: nothing at all is missing.

    `later`: actions of the log found again that are later than the copy; `aside`: the name under which the
    damaged file is kept.
    """

    copied: datetime
    whole: bool
    later: int
    aside: str


def keep_copy(database: Database, folder: Path, progress: Progress = silent) -> None:
    """Replace the last good copy by one of now. Raises AppError; the one before then stays.

    A copy that has seen more than the database, and could not be put in its place, is put aside.
    """
    beside = folder / f"{GOOD_FILE}.new"
    database.copy_to(beside, progress)
    try:
        if is_ahead(folder, database):
            (folder / GOOD_FILE).replace(folder / f"{ASIDE}{_stamp()}.good.db")
        beside.replace(folder / GOOD_FILE)
        sync_folder(folder)
    except OSError:  # on Windows: someone reads it; the next time will do
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise failures.busy() from None


def copied_at(folder: Path) -> datetime | None:
    """When the last good copy was made, or None when there is none."""
    try:
        return datetime.fromtimestamp((folder / GOOD_FILE).stat().st_mtime, UTC)
    except OSError:
        return None


def is_ahead(folder: Path, database: Database) -> bool:
    """Whether the last good copy has seen what the database has not: it lost its WAL, or a part of it."""
    copied = database.other(folder / GOOD_FILE, standing)
    return copied is not None and copied.ahead_of(database.standing)


def recover(folder: Path, key: bytes) -> Recovered | None:
    """Put the last good state in the place of a database that cannot be opened; None without a good copy.

    The damaged file is put aside, never deleted. Cut at any moment, the next call goes on where it was.
    Raises AppError when the disk refuses; nothing is lost then.
    """
    copied = copied_at(folder)
    if copied is None:
        return None
    whole, later = False, 0
    if not (folder / _MADE).exists():
        if not _sound(folder, key):
            return None
        whole, later = _mend(folder, key)
    return Recovered(copied, whole, later, _take_its_place(folder))


def sweep(folder: Path) -> None:
    """Remove what a cut left half made; called while the database is whole: nothing of it is needed."""
    exchange.discard(folder)
    staging.sweep(folder.glob(f"{BACKING_UP}*"))
    names = (_MAKING, _MADE, f"{GOOD_FILE}.new", _RESTORING_FILE, _BACKING_UP_FILE)
    for name in names:
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                (folder / f"{name}{suffix}").unlink(missing_ok=True)


def _sound(folder: Path, key: bytes) -> bool:
    try:
        copy = Database(folder, key, readonly=True, name=GOOD_FILE)
    except AppError:
        return False
    try:
        copy.check()
        return True
    except AppError:
        return False
    finally:
        copy.close()


def _mend(folder: Path, key: bytes) -> tuple[bool, int]:
    """The copy, brought to the present schema, with what can be read of the damaged file over it."""
    with failures.named_failures(folder):
        good = Database(folder, key, readonly=True, name=GOOD_FILE)
        try:
            good.copy_to(folder / _MAKING)
            copied = good.standing
        finally:
            good.close()
        mended = Database(folder, key, name=_MAKING)
        try:
            whole, later = _overlay(folder, key, mended, copied)
            mended.check()
            mended.fold()
        finally:
            mended.close()
    try:
        (folder / _MAKING).replace(folder / _MADE)
        sync_folder(folder)
    except OSError:
        raise cannot_write(folder) from None
    return whole, later


def _take_its_place(folder: Path) -> str:
    aside = f"{ASIDE}{_stamp()}.db"
    try:
        for suffix in ("-wal", "-shm", ""):
            old = folder / (DATABASE_FILE + suffix)
            if old.exists():
                old.replace(folder / (aside + suffix))
        (folder / _MADE).replace(folder / DATABASE_FILE)
        sync_folder(folder)
    except OSError:
        raise cannot_write(folder) from None
    return aside


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")


def _overlay(folder: Path, key: bytes, onto: Database, copied: Standing) -> tuple[bool, int]:
    """Whether every line of the damaged file could be read, and how many actions are later than the copy."""
    path = folder / DATABASE_FILE
    if not path.exists() or not path.stat().st_size:
        return False, 0
    try:
        damaged = keyed(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY), key)
    except apsw.Error:
        return False, 0
    try:
        damaged.pragma("temp_store", "memory")
        return lay_over(damaged, onto, copied)
    finally:
        damaged.close()
