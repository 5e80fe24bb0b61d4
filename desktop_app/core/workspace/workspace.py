"""The encrypted local workspace: one folder, one database, typed stores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.core.workspace import exchange, failures, notices, recovery, retention
from desktop_app.core.workspace.batch_store import Batches
from desktop_app.core.workspace.correction_store import CorrectionStore
from desktop_app.core.workspace.database import DATABASE_FILE, KEY_BYTES, Database
from desktop_app.core.workspace.files import SUSPECT_FILE, private_folder, write_whole
from desktop_app.core.workspace.kept_store import KeptStore
from desktop_app.core.workspace.lock import WriterLock, os_user, read_holder
from desktop_app.core.workspace.network import on_network
from desktop_app.core.workspace.outbox_store import OutboxStore
from desktop_app.core.workspace.recipe_store import RecipeStore
from desktop_app.core.workspace.record_stores import RecordStore, ReverseStore
from desktop_app.core.workspace.secrets import SecretStore
from desktop_app.core.workspace.small_stores import Chain, FeedbackStore, Receipts, Settings
from desktop_app.core.workspace.standing import Mark, Standing, marked
from validation_rules.text import Text

KEY_NAME = "workspace-key"
# Left beside the database once that is whole: its loss must be told, not hidden under a new empty one.
MADE_FILE = "workspace.made"
# Copied when it is closed, which must not be felt; a larger one is copied while it is open.
COPIED_WHEN_CLOSED = 16 * 1024 * 1024
PERSON, PEOPLE = "display_name", "display_names"


class Workspace:
    """State is a recipe: what is here, with the user's own file, rebuilds everything else.

    Made by `Workspace.open`; usable from any thread; close it, or use it as a context manager.
    """

    def __init__(
        self, folder: Path, secrets: SecretStore, database: Database, lock: WriterLock | None
    ) -> None:
        self.folder = folder
        self.secrets = secrets
        self.database = database
        self._lock = lock
        self._mark: Mark | None = None
        self.notices: tuple[Text, ...] = ()
        self.recovered = False
        self.as_of: datetime | None = None
        self._copied = _copied(folder, database)
        self.settings = Settings(database)
        self.batches = Batches(database)
        self.recipes = RecipeStore(database)
        self.corrections = CorrectionStore(database)
        self.outbox = OutboxStore(database)
        self.reverse = ReverseStore(database)
        self.records = RecordStore(database)
        self.receipts = Receipts(database)
        self.feedback = FeedbackStore(database)
        self.chain = Chain(database)
        self.kept = KeptStore(folder, secrets, database.readonly)

    @classmethod
    def open(cls, folder: Path, secrets: SecretStore, readonly: bool = False) -> Workspace:
        """Open the workspace in `folder`, making it and its random key (32 bytes, in `secrets`) when new.

        A damaged database is replaced by its last good state; `recovered` and `notices` say so. For reading
        only, while someone works in it on another computer, or on a network share: the last good copy, of
        `as_of`.

        Raises AppError: another writer holds it (`workspace.in_use`), wrong key, damaged database, folder
        that cannot be written, later or earlier version, no workspace to read, a database that was there
        and is gone or empty (`workspace.lost`).
        """
        if readonly:
            exchange.settle(folder)
            return cls._to_read(folder, secrets)
        lock = WriterLock(private_folder(folder))
        try:
            return cls._to_write(folder, secrets, lock)
        except AppError as error:
            if error.code != "workspace.damaged" or not (folder / SUSPECT_FILE).exists():
                lock.release()
                raise
        except BaseException:
            lock.release()
            raise
        try:  # a page that is only read after the opening: now every page is looked at, and put right
            return cls._to_write(folder, secrets, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _to_write(cls, folder: Path, secrets: SecretStore, lock: WriterLock) -> Workspace:
        exchange.finish(folder)
        database, recovered = _opened(folder, secrets)
        try:
            lost = _lost(database.standing, marked(folder))
            if not (folder / MADE_FILE).exists():
                write_whole(folder / MADE_FILE, b"")
            workspace = cls(folder, secrets, database, lock)
            recovery.sweep(folder)
            workspace.recovered = recovered is not None
            retention.finish_if_cut(workspace)
            late = notices.clock(database)
            workspace._acknowledge()
        except BaseException:
            database.close()
            raise
        put_back = None
        if recovered is not None:  # a purge that is finished takes the damaged file away
            kept = (folder / recovered.aside).exists()
            put_back = notices.put_back(recovered, whole=lost is None, kept=kept)
        workspace.notices = tuple(told for told in (put_back, lost, late) if told is not None)
        return workspace

    @classmethod
    def _to_read(cls, folder: Path, secrets: SecretStore) -> Workspace:
        key, holder = _known_key(folder, secrets), read_holder(folder)
        if on_network(folder) or (holder is not None and holder.elsewhere):
            # The live file must not be read from a second computer; its last good copy is whole by itself.
            if recovery.copied_at(folder) is None:
                raise failures.no_copy(folder)
            database = Database(folder, key, readonly=True, name=recovery.GOOD_FILE)
            workspace = cls(folder, secrets, database, None)
            workspace.as_of = recovery.copied_at(folder)
            return workspace
        return cls(folder, secrets, Database(folder, key, readonly=True), None)

    def person(self) -> str:
        """The name that the person at this computer gave, empty when none; each login name has its own."""
        names: dict[str, str] = self.settings.get(PEOPLE, {})
        return str(names.get(os_user(), "" if names else self.settings.get(PERSON, "")))

    def set_person(self, name: str) -> None:
        """Keep the name of the person at this computer; it stands beside what they do from now on."""
        names: dict[str, str] = self.settings.get(PEOPLE, {})
        self.settings.put(PEOPLE, {**names, os_user(): name})

    def _acknowledge(self) -> None:
        """From now on the file beside the database says what was saved."""
        self._mark = Mark(self.folder)
        self._mark.put(self.database.standing)
        self.database.acknowledged = self._mark.put

    def beat(self) -> None:
        """Say to others that this workspace is still open here; every half minute or so.

        What was saved since goes from the WAL into the file, where each page is authenticated by itself.
        """
        if self._lock is not None:
            self._lock.beat()
            self.database.settle()

    @property
    def copy_wanted(self) -> bool:
        """Whether something was saved since the last good copy was made."""
        return not self.readonly and self._copied != self.database.changes

    def keep_copy(self, progress: Progress = silent, anew: bool = False) -> bool:
        """Make the last good copy if something was saved since (or `anew`); whether it was made. AppError."""
        if not (self.copy_wanted or anew):
            return False
        changes = self.database.changes
        recovery.keep_copy(self.database, self.folder, progress)
        self._copied = changes
        return True

    @property
    def readonly(self) -> bool:
        """Whether every change is refused."""
        return self.database.readonly

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything put into the stores inside this block is kept, or nothing is; one sync to disk.

        Other threads wait until the block has ended, so keep it short.
        """
        with self.database.write():
            yield

    def close(self) -> None:
        """Close the database, then free the lock; safe to call twice. A small one is copied first."""
        lock, self._lock = self._lock, None
        try:
            if lock is not None and self.database.size < COPIED_WHEN_CLOSED:
                with suppress(AppError):  # a second net: its lack must not keep anyone from closing
                    self.database.fold()
                    self.keep_copy()
        finally:
            self.database.close()
            if self._mark is not None:
                self._mark.close()
            if lock is not None:
                lock.release()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _opened(folder: Path, secrets: SecretStore) -> tuple[Database, recovery.Recovered | None]:
    """The database, and how it was put back from its last good copy if it had to be."""
    alone, recovered = on_network(folder), None
    try:
        database = Database(folder, _key(folder, secrets), alone=alone)
    except AppError as error:
        if error.code not in recovery.REPAIRABLE:
            raise
        key = secrets.get(KEY_NAME)
        if key is None or len(key) != KEY_BYTES:
            raise
        recovered = recovery.recover(folder, key)
        if recovered is None:
            raise
        database = Database(folder, key, alone=alone)
    else:
        if recovery.is_ahead(folder, database):
            database.abandon()
            recovered = recovery.recover(folder, _known_key(folder, secrets))
            database = Database(folder, _known_key(folder, secrets), alone=alone)
    return database, recovered


def _lost(here: Standing, acknowledged: Standing | None) -> Text | None:
    """What is to be told when something that was saved is in the database no more."""
    if acknowledged is None or acknowledged.line != here.line or not acknowledged.ahead_of(here):
        return None
    return notices.missing(acknowledged, here)


def _copied(folder: Path, database: Database) -> int:
    """What `Database.changes` was when the last good copy was made; -1: there is none of this state."""
    copied, path = recovery.copied_at(folder), folder / DATABASE_FILE
    wal = path.with_name(f"{DATABASE_FILE}-wal")
    if copied is None or database.changes or (wal.exists() and wal.stat().st_size):
        return -1
    if copied.timestamp() < path.stat().st_mtime or recovery.is_ahead(folder, database):
        return -1
    return 0


def _key(folder: Path, secrets: SecretStore) -> bytes:
    path = folder / DATABASE_FILE
    if path.exists() and path.stat().st_size:
        return _known_key(folder, secrets)
    if (folder / MADE_FILE).exists():
        raise failures.lost(folder)
    key = secrets.get(KEY_NAME)
    if key is None:
        key = os.urandom(KEY_BYTES)
        secrets.put(KEY_NAME, key)
    return key


def _known_key(folder: Path, secrets: SecretStore) -> bytes:
    if not (folder / DATABASE_FILE).exists():
        raise failures.missing(folder)
    key = secrets.get(KEY_NAME)
    if key is None or len(key) != KEY_BYTES:
        raise failures.wrong_key(folder)
    return key
