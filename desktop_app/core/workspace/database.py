"""The encrypted SQLite file: opening, key, durability, migrations, transactions.

Cipher: `chacha20` of SQLite3 Multiple Ciphers, that is ChaCha20-Poly1305 with a one-time key and a tag a page
(sqleet's scheme, the library's default); WAL and rollback journal are encrypted page by page in the same way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw

from desktop_app.core.workspace import failures
from desktop_app.core.workspace.migrations import MIGRATIONS

DATABASE_FILE = "workspace.db"
CIPHER = "chacha20"
KEY_BYTES = 32
# A whole check reads every page; above this size it is left to an unclean end (about 0.15 s per 100 MB).
CHECK_ALWAYS_BELOW = 32 * 1024 * 1024

Value = str | int | float | bytes | None
Row = tuple[Value, ...]


class Database:
    """One connection under one lock, so that any thread may use it; transactions are whole or absent.

    Every method raises AppError when the disk, the key or the file fails.
    """

    def __init__(self, folder: Path, key: bytes, readonly: bool = False) -> None:
        self._folder = folder
        self._path = folder / DATABASE_FILE
        self._lock = threading.RLock()
        self.readonly = readonly
        unclean = _size(self._path.with_name(f"{DATABASE_FILE}-wal")) > 0
        with failures.named_failures(folder):
            self._connection = self._open(key)
        try:
            with failures.named_failures(folder):
                self._prepare(unclean)
        except BaseException:
            self._connection.close()
            raise

    def read(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> list[Row]:
        """All rows of a query."""
        with self._lock, failures.named_failures(self._folder):
            return list(self._connection.execute(sql, values))

    @contextmanager
    def write(self) -> Iterator[Callable[..., object]]:
        """A transaction; yields the function that runs one statement. On disk when the block has ended.

        Inside another one of the same thread it is a part of that one: all of it is kept, or nothing.
        """
        if self.readonly:
            raise failures.read_only()
        with self._lock, failures.named_failures(self._folder):
            if self._connection.in_transaction:  # under the lock, it can only be ours
                yield self._connection.execute
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                # After some failures (disk full) SQLite has already rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Fold the WAL into the file and close; safe to call twice."""
        with self._lock, failures.named_failures(self._folder):
            self._connection.close()

    def check(self) -> None:
        """Read every page, verifying its tag and the structure. Raises AppError when damaged."""
        with self._lock, failures.named_failures(self._folder):
            if self._connection.pragma("quick_check") != "ok":
                raise failures.damaged(self._folder)

    def _open(self, key: bytes) -> apsw.Connection:
        if not self.readonly:
            return _keyed(apsw.Connection(str(self._path)), key)
        if not self._path.exists():
            raise failures.missing(self._folder)
        try:
            return _keyed(apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READONLY), key)
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            # A read-only disk cannot hold the WAL index; `immutable` does without, as nobody can write there.
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
            return _keyed(apsw.Connection(uri, flags=flags), key)

    def _prepare(self, unclean: bool) -> None:
        for pragma, setting in (
            ("temp_store", "memory"),  # sorting must never spill values to a file
            ("foreign_keys", "on"),
            ("trusted_schema", "off"),
            ("cell_size_check", "on"),
        ):
            self._connection.pragma(pragma, setting)
        if unclean or _size(self._path) < CHECK_ALWAYS_BELOW:
            self.check()
        if not self.readonly:
            self._make_durable()
        self._migrate()

    def _make_durable(self) -> None:
        # FULL syncs the WAL at each commit. Where a file system cannot do WAL, EXTRA also syncs the folder.
        wal = self._connection.pragma("journal_mode", "wal") == "wal"
        self._connection.pragma("synchronous", "full" if wal else "extra")
        # macOS: plain fsync leaves data in the drive's cache.
        self._connection.pragma("fullfsync", "on")
        self._connection.pragma("checkpoint_fullfsync", "on")

    def _migrate(self) -> None:
        version = self._connection.pragma("user_version")
        if version > len(MIGRATIONS):
            raise failures.too_new(self._folder)
        if self.readonly:
            if version < len(MIGRATIONS):
                raise failures.too_old(self._folder)
            return
        for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
            with self.write() as run:
                run(step)
                run(f"PRAGMA user_version = {number}")


def _keyed(connection: apsw.Connection, key: bytes) -> apsw.Connection:
    """Give the raw key (no derivation: it is random already) and prove it by reading the first page."""
    try:
        connection.set_busy_timeout(5000)  # first of all: another program may be opening or closing it now
        connection.pragma("cipher", CIPHER)
        connection.pragma("key", f"raw:{key.hex()}")
        connection.execute("SELECT count(*) FROM sqlite_schema").get  # noqa: B018 - reading is the proof
    except BaseException:
        connection.close()
        raise
    return connection


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
