"""What goes into a bench and comes out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

import polars as pl

from desktop_app.core.progress import Progress
from validation_rules.group_index import GroupIndex
from validation_rules.text import Text

if TYPE_CHECKING:
    from validation_rules.check import Rechecked


class RowChecker(Protocol):
    """What the bench asks of the rules; `validation_rules.check.Checker` is one."""

    def check(
        self, frame: pl.DataFrame, progress: Progress | None = None, index: GroupIndex | None = None
    ) -> pl.DataFrame:
        """All findings of `frame`."""

    def index(self, frame: pl.DataFrame) -> GroupIndex:
        """Which rows of `frame` share a group."""

    def recheck_with(
        self,
        after: pl.DataFrame,
        findings: pl.DataFrame,
        changed_rows: pl.Series,
        index: GroupIndex,
        fields: Iterable[str] | None = None,
    ) -> Rechecked:
        """The same as `check(after)`, given findings and index of the frame before, and what differs: rows,
        and fields."""

    def another_day(self, frame: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
        """The same as `check(frame)`, given what was found on another day."""

    def without(
        self, frame: pl.DataFrame, findings: pl.DataFrame, rows: pl.Series, index: GroupIndex
    ) -> Rechecked:
        """The findings of `frame` when these rows (ids) are no records of it; the index keeps them out of
        every later `recheck_with` until they are among its changed rows."""

    def mates(self, index: GroupIndex, rule_id: str, where: pl.Series) -> pl.Series:
        """Positions of the rows that can weigh on the verdict of `rule_id` at these positions, and these."""


class CellEdit(NamedTuple):
    """What a person wants in one cell; None or blank empties it."""

    row_id: int
    field: str
    new: str | None

    def __repr__(self) -> str:
        """Without the value: it may be an identity, and a repr may reach a log."""
        return f"CellEdit({self.row_id}, {self.field!r}, ...)"


@dataclass(frozen=True, slots=True)
class Change:
    """What an action did, after it was saved. `row_ids`: ids of the rows touched, in order; `cells`: how many
    cells or findings. `seq` is None when nothing had to change. `saved_at` is UTC. `looked`: ids of the rows
    of which a finding can be another one now, or in another state; None when that may be any row."""

    row_ids: pl.Series
    cells: int
    label: Text
    saved_at: datetime
    seq: int | None
    looked: pl.Series | None = None

    @property
    def rows(self) -> tuple[int, ...]:
        """`row_ids` as numbers; there may be a million."""
        return tuple(self.row_ids)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found (as `Checker.check` gives it) on `day`, when the edits `seqs` (ascending) held.

    `at_source`: what was found before any edit, when that is known. `sound`: all edits, undone ones too, of
    which every cell was made on the source value that the rows have.
    """

    found: pl.DataFrame
    seqs: tuple[int, ...]
    day: date
    at_source: pl.DataFrame | None = None
    sound: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by what they ask of the person, the cells whose value is no longer the source's, and the
    records withdrawn.

    `errors` and `to_confirm` are those that stop the batch; `advice` are those of the site's own rules that
    would, if the site wanted it.
    """

    errors: int
    to_confirm: int
    confirmed: int
    infos: int
    corrected: int
    advice: int = 0
    withdrawn: int = 0


def nothing_done() -> Change:
    """What an action says that had nothing to do."""
    label = Text("Rien à changer", "Nothing to change")
    none = pl.Series("row_id", [], dtype=pl.UInt32)
    return Change(row_ids=none, cells=0, label=label, saved_at=datetime.now(UTC), seq=None, looked=none)
