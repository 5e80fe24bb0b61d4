"""The encrypted SQLite file: opening, key, durability, migrations, transactions.

Cipher: `chacha20` of SQLite3 Multiple Ciphers, that is ChaCha20-Poly1305 with a one-time key and a tag a page
(sqleet's scheme, the library's default); WAL and rollback journal are encrypted page by page in the same way.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from desktop_app.core.progress import Progress, silent
from desktop_app.core.workspace import failures
from desktop_app.core.workspace.files import SUSPECT_FILE, sync_file
from desktop_app.core.workspace.migrations import MIGRATIONS
from desktop_app.core.workspace.standing import Standing, advance, standing
from validation_rules.text import Text

DATABASE_FILE = "workspace.db"
CIPHER = "chacha20"
KEY_BYTES = 32
# A whole check reads every page; above this size it is left to an unclean end (about 0.15 s per 100 MB).
CHECK_ALWAYS_BELOW = 32 * 1024 * 1024
BUSY_FOR = 5000  # milliseconds
COPIED_AT_ONCE = 256  # pages: 1 MiB, some milliseconds for which a writer waits
_COPYING = Text("Copie de la base", "Copying the database")

Value = str | int | float | bytes | None
Row = tuple[Value, ...]


class Database:
    """One connection under one lock, so that any thread may use it; transactions are whole or absent.

    Every method raises AppError when the disk, the key or the file fails.
    """

    def __init__(
        self,
        folder: Path,
        key: bytes,
        readonly: bool = False,
        name: str = DATABASE_FILE,
        alone: bool = False,
    ) -> None:
        """Open or make the file `name` of `folder`.

        `alone`: SQLite keeps the file to itself as long as it is open, and its index in memory. On a network
        share that is the only safe way: what several processes share of a WAL must lie on one computer.
        """
        self._folder = folder
        self._path = folder / name
        self._key = key
        self._alone = alone
        self._lock = threading.RLock()
        self.readonly = readonly
        # Told how far it has come after each commit, before anybody is told that something is saved.
        self.acknowledged: Callable[[Standing], None] | None = None
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
    def write(self, counted: bool = True) -> Iterator[Callable[..., object]]:
        """A transaction; yields the function that runs one statement. On disk when the block has ended.

        Inside another one of the same thread it is a part of that one: all of it is kept, or nothing.
        `counted`: it brings the database one further, when it changes something.
        """
        if self.readonly:
            raise failures.read_only()
        with self._lock, failures.named_failures(self._folder):
            if self._connection.in_transaction:  # under the lock, it can only be ours
                yield self._connection.execute
                return
            self._connection.execute("BEGIN IMMEDIATE")
            reached, before = None, self.changes
            try:
                yield self._connection.execute
                if counted and self.changes != before:
                    reached = advance(self._connection.execute)
                self._connection.execute("COMMIT")
            except BaseException:
                # After some failures (disk full) SQLite has already rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            if reached is not None and self.acknowledged is not None:
                self.acknowledged(reached)

    @property
    def changes(self) -> int:
        """How many lines were written since it was opened."""
        return self._connection.total_changes()

    @property
    def standing(self) -> Standing:
        """How far it has come."""
        return standing(self.read)

    @property
    def size(self) -> int:
        """Bytes of the file, once the WAL is folded into it."""
        pages = self.read("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(str(pages[0][0]))

    def copy_to(self, path: Path, progress: Progress = silent) -> None:
        """A whole copy under the same key, on disk and read through once when this returns.

        Others may write meanwhile, and what they write is in the copy. Each page is authenticated as it is
        read, so that damage is never copied. Raises AppError; then no file is left.
        """
        _remove(path)
        try:
            with failures.named_failures(path.parent):
                make_private(path)
                self._copy_pages(path, progress)
                sync_file(path)
        except BaseException:
            _remove(path)
            raise

    def _copy_pages(self, path: Path, progress: Progress) -> None:
        copy = keyed(apsw.Connection(str(path)), self._key)
        try:
            copy.pragma("temp_store", "memory")
            with copy.backup("main", self._connection, "main") as running:
                while not running.done:
                    with self._lock, failures.named_failures(self._folder):
                        running.step(COPIED_AT_ONCE)
                    progress(running.page_count - running.remaining, running.page_count, _COPYING)
            copy.pragma("journal_mode", "delete")  # a copy is one file
            if copy.pragma("quick_check") != "ok":
                raise failures.damaged(self._folder)
        finally:
            copy.close()

    def other(self, path: Path, ask: Callable[[Callable[..., list[Row]]], Standing]) -> Standing | None:
        """What `ask` finds in another file under the same key; None when it cannot be read."""
        try:
            connection = keyed(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY), self._key)
        except apsw.Error:
            return None
        try:
            return ask(lambda sql, values=(): list(connection.execute(sql, values)))
        except apsw.Error:
            return None
        finally:
            connection.close()

    def pages(self) -> bytes:
        """Every page as SQLite sees it, decrypted: for proofs of what is no longer there."""
        with self._lock, failures.named_failures(self._folder):
            return self._connection.serialize("main")

    def rewrite(self) -> None:
        """Write the file anew without what was deleted, and empty the WAL."""
        if self.readonly:
            raise failures.read_only()
        with self._lock, failures.named_failures(self._folder):
            self.fold()
            self._connection.execute("VACUUM")
            self.fold()

    def fold(self) -> None:
        """Everything of the WAL into the file; the WAL is then empty."""
        with self._lock, failures.named_failures(self._folder):
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def settle(self) -> None:
        """The same when nobody is in the way, and without waiting: no damage of the WAL takes it then."""
        if self.readonly or not _size(self._path.with_name(f"{self._path.name}-wal")):
            return
        in_the_way = (apsw.BusyError, apsw.LockedError, apsw.ConnectionClosedError)
        with self._lock, failures.named_failures(self._folder), suppress(*in_the_way):
            self._connection.set_busy_timeout(0)
            try:
                self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            finally:
                self._connection.set_busy_timeout(BUSY_FOR)

    def abandon(self) -> None:
        """Close and leave the WAL as it is: what cannot be read of it is not thrown away."""
        with self._lock:
            self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            self._connection.close()

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
            make_private(self._path)
            return keyed(apsw.Connection(str(self._path)), key, self._alone)
        if not self._path.exists():
            raise failures.missing(self._folder)
        try:
            return keyed(apsw.Connection(str(self._path), flags=apsw.SQLITE_OPEN_READONLY), key)
        except (apsw.CantOpenError, apsw.ReadOnlyError):
            # A read-only disk cannot hold the WAL index; `immutable` does without, as nobody can write there.
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
            return keyed(apsw.Connection(uri, flags=flags), key)

    def _prepare(self, unclean: bool) -> None:
        for pragma, setting in (
            ("temp_store", "memory"),  # sorting must never spill values to a file
            ("foreign_keys", "on"),
            ("trusted_schema", "off"),
            ("cell_size_check", "on"),
            ("secure_delete", "on"),  # what was deleted is overwritten, not only forgotten
        ):
            self._connection.pragma(pragma, setting)
        suspect = self._path.with_name(SUSPECT_FILE)
        if unclean or suspect.exists() or self._cut() or _size(self._path) < CHECK_ALWAYS_BELOW:
            self.check()
        if not self.readonly:
            self._make_durable()
            with suppress(OSError):
                suspect.unlink(missing_ok=True)
        self._migrate()

    def _cut(self) -> bool:
        """Whether the file holds fewer pages than its first one says."""
        return _size(self._path) < self.size

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
        if not self.standing.line:
            with self.write() as run:
                advance(run)
            self.fold()  # a loss of the WAL cannot be told from a line that the file does not know


def keyed(connection: apsw.Connection, key: bytes, alone: bool = False) -> apsw.Connection:
    """Give the raw key (no derivation: it is random already) and prove it by reading the first page."""
    try:
        connection.set_busy_timeout(BUSY_FOR)  # first of all: another program may be closing it now
        if alone:
            connection.pragma("locking_mode", "exclusive")  # before the first page is read, or it is too late
        connection.pragma("cipher", CIPHER)
        connection.pragma("key", f"raw:{key.hex()}")
        connection.execute("SELECT count(*) FROM sqlite_schema").get  # noqa: B018 - reading is the proof
    except BaseException:
        connection.close()
        raise
    return connection


def make_private(path: Path) -> None:
    """The file, made empty if it lacks, readable and writable by its owner alone. Raises apsw errors."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError:
        raise apsw.CantOpenError from None
    with suppress(OSError):  # another owner's file on a share, a file system without modes
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)


def _remove(path: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
