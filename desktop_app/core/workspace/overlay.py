"""What can be read of a damaged database, laid over an earlier copy of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import apsw

from desktop_app.core.workspace.database import Database, Row
from desktop_app.core.workspace.standing import Standing, set_to, standing

_LOG, _BATCHES = "correction", "batch"
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_UNREADABLE = (apsw.CorruptError, apsw.NotADBError, apsw.IOError)


def lay_over(damaged: apsw.Connection, onto: Database, copied: Standing) -> tuple[bool, int]:
    """Take every line that can be read into `onto`: whether that was all, and how many actions it added.

    Actions are only added after those that are there, without a gap: a log with a hole is no log. Where the
    copy (it stood at `copied`) has seen more, as after the loss of a WAL, nothing of it is replaced, and what
    was deleted since does not come back: only what is never deleted is added.
    """
    try:
        there = [str(row[0]) for row in damaged.execute(_TABLES)]
    except apsw.Error:
        return False, 0
    known = {str(row[0]) for row in onto.read(_TABLES)}
    whole, added, found = True, 0, _standing(damaged)
    ahead = found is not None and copied.ahead_of(found)
    with onto.write(counted=False) as run:
        for table in there:
            if table not in known or (ahead and table not in (_LOG, _BATCHES)):
                continue
            reading = _Reading(damaged, table)
            if table == _LOG:
                added = _append(reading, onto, run)
            else:
                _insert(reading, run, "IGNORE" if ahead else "REPLACE")
            whole = whole and reading.whole
        # A repair is no step further: what was acknowledged beyond is lost, and must show.
        furthest = max(copied, found or copied, key=lambda each: each.number)
        set_to(run, furthest._replace(line=found.line if found and found.line else copied.line))
    return whole, added


def _standing(damaged: apsw.Connection) -> Standing | None:
    try:
        return standing(damaged.execute)
    except apsw.Error:
        return None


class _Reading:
    """The lines of one table from both ends, as far as they can be read; `whole` when that was all."""

    def __init__(self, damaged: apsw.Connection, table: str) -> None:
        self._damaged, self.table = damaged, table
        self.whole = True
        self.columns: list[str] = []
        self._order: list[str] = ["rowid"]
        self.taken: list[str] = []  # the columns, and of batches the order in which they were made
        try:
            described = list(damaged.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)))
            self.columns = [str(name) for name, _ in described]
            if "WITHOUT ROWID" in str(
                damaged.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).get
            ):
                self._order = [str(name) for name, place in described if place]
            self.taken = ["rowid", *self.columns] if table == _BATCHES else self.columns
        except apsw.Error:
            self.whole = False

    def rows(self, both_ends: bool = True) -> Iterator[Row]:
        """Forward up to what cannot be read, then from the other end."""
        for direction in ("ASC", "DESC") if both_ends else ("ASC",):
            order = ", ".join(f"{name} {direction}" for name in self._order)
            sql = f"SELECT {', '.join(self.taken)} FROM {self.table} NOT INDEXED ORDER BY {order}"
            try:
                if self.columns:
                    yield from self._damaged.execute(sql)
                    return
            except _UNREADABLE:
                self.whole = False


def _insert(reading: _Reading, run: Callable[..., object], otherwise: str) -> None:
    marks = ", ".join("?" for _ in reading.taken)
    sql = f"INSERT OR {otherwise} INTO {reading.table} ({', '.join(reading.taken)}) VALUES ({marks})"
    for row in reading.rows():
        run(sql, row)


def _append(reading: _Reading, onto: Database, run: Callable[..., object]) -> int:
    held = onto.read(f"SELECT batch_id, max(seq) FROM {_LOG} GROUP BY batch_id")
    last = {str(batch): int(str(seq)) for batch, seq in held}
    place = {name: number for number, name in enumerate(reading.taken)}
    marks = ", ".join("?" for _ in reading.taken)
    sql, added = f"INSERT INTO {_LOG} ({', '.join(reading.taken)}) VALUES ({marks})", 0
    for row in reading.rows(both_ends=False):
        batch, seq = str(row[place["batch_id"]]), int(str(row[place["seq"]]))
        if seq == last.get(batch, 0) + 1:
            run(sql, row)
            last[batch] = seq
            added += 1
    return added
