"""The encrypted local workspace: one folder, one database, typed stores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from desktop_app.core.workspace import failures
from desktop_app.core.workspace.batch_store import Batches
from desktop_app.core.workspace.correction_store import CorrectionStore
from desktop_app.core.workspace.database import DATABASE_FILE, KEY_BYTES, Database
from desktop_app.core.workspace.files import private_folder, write_whole
from desktop_app.core.workspace.kept_store import KeptStore
from desktop_app.core.workspace.lock import WriterLock
from desktop_app.core.workspace.outbox_store import OutboxStore
from desktop_app.core.workspace.recipe_store import RecipeStore
from desktop_app.core.workspace.record_stores import RecordStore, ReverseStore
from desktop_app.core.workspace.secrets import SecretStore
from desktop_app.core.workspace.small_stores import Chain, FeedbackStore, Receipts, Settings

KEY_NAME = "workspace-key"
# Left beside the database once that is whole: its loss must be told, not hidden under a new empty one.
MADE_FILE = "workspace.made"


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

        Raises AppError: another writer holds it (`workspace.in_use`), wrong key, damaged database, folder
        that cannot be written, later or earlier version, no workspace to read, a database that was there
        and is gone or empty (`workspace.lost`).
        """
        if readonly:
            return cls(folder, secrets, Database(folder, _known_key(folder, secrets), readonly=True), None)
        lock = WriterLock(private_folder(folder))
        try:
            database = Database(folder, _key(folder, secrets))
            if not (folder / MADE_FILE).exists():
                write_whole(folder / MADE_FILE, b"")
            return cls(folder, secrets, database, lock)
        except BaseException:
            lock.release()
            raise

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
        """Close the database, then free the lock; safe to call twice."""
        self.database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
