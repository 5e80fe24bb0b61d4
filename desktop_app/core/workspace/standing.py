"""How far a workspace has come: a counter that only grows, in the database and in a small file beside it.

SQLite gives up the end of a damaged WAL without an error, and what was saved with it. The counter in the last
good copy and the one in the file, written right after each commit, show it. The file is not synced: a power
cut may leave it behind the database, never before it, so that it never tells of a loss that there is not.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, cast

MARK_FILE = "workspace.mark"
_KEY = "~standing"  # a setting: the last of the table, on a page that a change of setting writes anyway
_LENGTH = 256  # one write of one sector; always as long, so that nothing is ever cut off
_DIGEST = 16


class Standing(NamedTuple):
    """`line` names the line of states that this one is of: a restore begins another, and compares with none.

    `number`: transactions that changed something; `actions`: the last correction; `at`: when, ISO 8601.
    """

    line: str = ""
    number: int = 0
    actions: int = 0
    at: str = ""

    def ahead_of(self, other: Standing) -> bool:
        """Whether it has seen something that `other`, of the same line, has not."""
        return self.line in ("", other.line) and (self.number > other.number or self.actions > other.actions)

    @property
    def moment(self) -> datetime | None:
        """`at`, where it is known."""
        return datetime.fromisoformat(self.at) if self.at else None


Run = Callable[..., object]


def standing(run: Run) -> Standing:
    """Where a database stands; `run` executes one statement."""
    kept = [json.loads(str(row[0])) for row in _rows(run, "SELECT value FROM setting WHERE key = ?", (_KEY,))]
    last = _rows(run, "SELECT seq FROM sqlite_sequence WHERE name = 'correction'")
    actions = int(str(last[0][0])) if last else 0
    line, number, at = kept[0] if kept else ("", 0, "")
    return Standing(str(line), int(number), actions, str(at))


def advance(run: Run, line: str = "") -> Standing:
    """One further, in the transaction that changes something; of `line` if given."""
    before = standing(run)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    after = Standing(line or before.line or new_line(), before.number + 1, before.actions, at)
    set_to(run, after)
    return after


def set_to(run: Run, reached: Standing) -> None:
    """The database stands there; its `actions` are counted by the log itself."""
    value = json.dumps([reached.line, reached.number, reached.at])
    run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (_KEY, value))


def new_line() -> str:
    """A name for a line of states."""
    return os.urandom(8).hex()


def _rows(run: Run, sql: str, values: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    return list(cast("Iterable[tuple[object, ...]]", run(sql, values)))


class Mark:
    """`workspace.mark`: the standing that was last acknowledged. No failure of it is ever an error."""

    def __init__(self, folder: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self._handle: int | None = None
        with suppress(OSError):
            self._handle = os.open(folder / MARK_FILE, flags, 0o600)

    def put(self, reached: Standing) -> None:
        """Some microseconds: it stays in the system's memory, which outlives this program."""
        if self._handle is None:
            return
        said = json.dumps(reached)
        digest = hashlib.sha256(said.encode()).hexdigest()[:_DIGEST]
        with suppress(OSError):
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, f"{digest}{said}".encode().ljust(_LENGTH))

    def close(self) -> None:
        """Safe to call twice."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)


def marked(folder: Path) -> Standing | None:
    """What the file says; None when it says nothing that can be trusted."""
    try:
        held = (folder / MARK_FILE).read_bytes()[:_LENGTH].decode().rstrip()
        digest, said = held[:_DIGEST], held[_DIGEST:]
        if hashlib.sha256(said.encode()).hexdigest()[:_DIGEST] != digest:
            return None
        line, number, actions, at = json.loads(said)
        return Standing(str(line), int(number), int(actions), str(at))
    except (OSError, ValueError, TypeError):
        return None
