"""Copies that spare time: what can be made again from the user's file, kept so that it need not be.

One encrypted SQLite file a batch in the folder `kept`, of the workspace's own cipher and key. It is apart
from the database of the workspace because it is large and worth nothing: a backup leaves it out, and a whole
check of the database need not read it. Whatever goes wrong with such a file, it is thrown away.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.database import CIPHER, KEY_BYTES
from desktop_app.core.workspace.files import private_folder
from desktop_app.core.workspace.secrets import SecretStore

FOLDER = "kept"
AT_MOST = 4
"""Batches of which copies are kept, those last worked on: each may take 100 MB of a small disk."""
_PAGE = 65_536  # large contents, read as a whole
_KEY_NAME = "workspace-key"  # `workspace.KEY_NAME`, which cannot be imported here
_COLUMNS = "name TEXT PRIMARY KEY, made_of TEXT NOT NULL, content BLOB NOT NULL"
_log = logging.getLogger(__name__)


class KeptStore:
    """Parts of each batch, by name; `made_of` tells what a part was made from. Usable from any thread."""

    def __init__(self, folder: Path, secrets: SecretStore, readonly: bool) -> None:
        self._folder = folder / FOLDER
        self._secrets = secrets
        self._readonly = readonly

    def get(self, batch_id: str, name: str, made_of: str) -> bytes | None:
        """The content of a part when it is there and was made from this; a damaged file is thrown away."""
        content = self._read("content", batch_id, name, made_of)
        return content if isinstance(content, bytes) else None

    def has(self, batch_id: str, name: str, made_of: str) -> bool:
        """Whether a part is there and was made from this, without reading it."""
        return self._read("1", batch_id, name, made_of) is not None

    def put(self, batch_id: str, name: str, made_of: str, content: bytes) -> bool:
        """Keep a part in place of the one before; False when it could not be kept, which harms nothing."""
        if self._readonly:
            return False
        try:
            private_folder(self._folder)
            with self._opened(self._path(batch_id), writing=True) as connection:
                connection.execute("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", (name, made_of, content))
            self._leave(AT_MOST)
        except (apsw.Error, OSError, AppError) as error:
            self._give_up(batch_id, error)
            return False
        return True

    def drop(self, batch_id: str) -> None:
        """Forget everything kept of a batch; nothing happens when there is nothing."""
        if not self._readonly:
            self._remove(self._path(batch_id))

    def drop_all_but(self, batch_ids: Iterable[str]) -> None:
        """Forget what is kept of batches other than these."""
        stay = {self._path(batch_id) for batch_id in batch_ids}
        if not self._readonly:
            for path in self._files():
                if path not in stay:
                    self._remove(path)

    def size(self) -> int:
        """Bytes on the disk."""
        return sum(path.stat().st_size for path in self._files())

    def _read(self, what: str, batch_id: str, name: str, made_of: str) -> apsw.SQLiteValue:
        path = self._path(batch_id)
        if not path.is_file():
            return None
        try:
            with self._opened(path, writing=False) as connection:
                sql = f"SELECT {what} FROM part WHERE name = ? AND made_of = ?"
                found = connection.execute(sql, (name, made_of)).fetchall()
        except (apsw.Error, OSError, AppError) as error:
            self._give_up(batch_id, error)
            return None
        return found[0][0] if found else None

    def _path(self, batch_id: str) -> Path:
        # A digest, so that no id, whoever made it up, can name a file of another folder.
        return self._folder / f"{hashlib.sha256(batch_id.encode()).hexdigest()[:32]}.db"

    def _files(self) -> list[Path]:
        """All of them, the one written last first."""
        found = [(path.stat().st_mtime_ns, path) for path in self._folder.glob("*.db")]
        return [path for _, path in sorted(found, reverse=True)]

    def _leave(self, count: int) -> None:
        for path in self._files()[count:]:
            self._remove(path)

    @contextmanager
    def _opened(self, path: Path, *, writing: bool) -> Iterator[apsw.Connection]:
        """The file open under the key of the workspace; what is written is whole, or absent."""
        key = self._secrets.get(_KEY_NAME)
        if key is None or len(key) != KEY_BYTES:
            raise apsw.NotADBError("no key")
        if writing:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        flags = apsw.SQLITE_OPEN_READWRITE if writing else apsw.SQLITE_OPEN_READONLY
        connection = apsw.Connection(str(path), flags=flags)
        try:
            connection.set_busy_timeout(2000)
            connection.pragma("cipher", CIPHER)
            connection.pragma("key", f"raw:{key.hex()}")
            connection.pragma("temp_store", "memory")
            if writing:
                connection.pragma("page_size", _PAGE)
                connection.execute(f"CREATE TABLE IF NOT EXISTS part ({_COLUMNS}) STRICT")
            yield connection
        finally:
            connection.close()

    def _give_up(self, batch_id: str, error: Exception) -> None:
        """Without a copy the batch is read again: no reason to bother anybody."""
        _log.info("a kept copy was not used: %s", type(error).__name__)
        if not isinstance(error, apsw.BusyError | apsw.LockedError):
            self.drop(batch_id)

    def _remove(self, path: Path) -> None:
        for name in (path.name, f"{path.name}-journal"):
            with suppress(OSError):
                path.with_name(name).unlink()
