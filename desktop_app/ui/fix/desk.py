"""What the person does to the batch, one thing after the other, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import QObject, Signal

from desktop_app.core.causes import named, root_keys
from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.ui import tasks
from desktop_app.ui.models.lookup import RowSet
from desktop_app.ui.models.rearrange import FEW, rearranged
from desktop_app.ui.models.row_facts import Files
from desktop_app.ui.models.selection import Selection, View, arrange
from desktop_app.ui.models.snapshot import Renewed, Roots, Snapshot, renewed, take_snapshot
from validation_rules.check import Checker
from validation_rules.splice import lines_in, lines_of
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench, Change, Counts
    from desktop_app.core.bench_net import Net
    from desktop_app.ui.session import Session

Cells = Sequence[tuple[int, str, str | None]]  # row_id, field, new value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action left: the change on disk (None when nothing changed) and what is to be seen."""

    bench: Bench
    snapshot: Snapshot
    view: View
    corrections: Net
    counts: Counts
    change: Change | None = None
    can_undo: bool = False
    can_redo: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What is known of an action of few rows before the lists are put in order: it is on disk, and these are
    the rows with their marks."""

    bench: Bench
    action: int
    snapshot: Snapshot
    change: Change


def _unheard(written: Written) -> None:
    """Nobody waits for a part of an outcome."""


class Workbench:
    """The bench with what was last seen of it. Used in one lane only, so that no two actions cross."""

    def __init__(self, bench: Bench, files: Files | None = None) -> None:
        self.bench = bench
        self._files = files
        self._corrections = bench.corrected
        self._selection = Selection()
        self._snapshot: Snapshot | None = None
        self._roots: Roots | None = None
        self._view: View | None = None

    def select(self, selection: Selection) -> Outcome:
        """Filters and orders anew; what was corrected leaves if it does not pass."""
        snapshot = self._snapshot or self._take()
        self._selection = selection
        self._view = arrange(snapshot, selection)
        return self._outcome(snapshot, self._view)

    def act(
        self,
        action: Callable[[Bench], Change | None],
        number: int = 0,
        tell: Callable[[Written], None] = _unheard,
    ) -> Outcome:
        """Does something to the batch; rows and findings in view stay in view. Of few rows, `tell` learns
        first, with the `number` of the action: what the rules say of them must not wait for the lists."""
        change = action(self.bench)
        try:
            return self._followed(change, number, tell)
        except BaseException:
            # What is held belongs to the batch as it was before: the next look takes everything anew.
            self._snapshot = self._view = None
            raise

    def _followed(self, change: Change | None, number: int, tell: Callable[[Written], None]) -> Outcome:
        """What an action leaves to be seen."""
        before, view = self._snapshot, self._view
        looked = None if change is None else change.looked
        if change is None or looked is None or looked.len() > FEW or before is None or view is None:
            snapshot = self._take()
            self._view = arrange(snapshot, self._selection, keep=view)
            return self._outcome(snapshot, self._view, change)
        step = self._take_rows(before, looked.sort())
        tell(Written(self.bench, number, step.after, change))
        self._view = rearranged(step, view)
        return self._outcome(step.after, self._view, change)

    def _take_rows(self, before: Snapshot, rows: pl.Series) -> Renewed:
        """As `_take`, when only these rows can have other findings: an edit must not look at all of them."""
        self._corrections = self.bench.corrected
        touched = _touched_again(before.touched, self._corrections.lines["row_id"], rows)
        bench, roots = self.bench, self._roots or Roots()
        step = renewed(before, bench.frame, bench.findings, rows, touched, roots, bench.at_source)
        step = step._replace(after=replace(step.after, withdrawn=self._withdrawn()))
        self._snapshot = step.after
        return step

    def _take(self) -> Snapshot:
        self._corrections = self.bench.corrected
        rows = self._corrections.row_ids
        first = pl.concat([rows, self.bench.withdrawn()["row_id"]]).unique()
        gone = _at_first(self.bench, first)
        if self._roots is None:
            self._roots = _roots(self.bench)
        touched = RowSet(rows)
        frame, found = self.bench.frame, self.bench.findings
        snapshot = take_snapshot(frame, found, gone, touched, self._roots, self._files)
        self._snapshot = replace(snapshot, withdrawn=self._withdrawn())
        return self._snapshot

    def _withdrawn(self) -> RowSet:
        return RowSet(self.bench.withdrawn()["row_id"])

    def _outcome(self, snapshot: Snapshot, view: View, change: Change | None = None) -> Outcome:
        bench = self.bench
        counts = bench.counts()  # here: who shows them must not wait for a pass over the findings
        return Outcome(
            bench, snapshot, view, self._corrections, counts, change, bench.can_undo, bench.can_redo
        )


def _roots(bench: Bench) -> Roots:
    """The causes that findings share when the batch is taken up: settings, which no edit changes."""
    keys = root_keys(bench.mapped, bench.frame, bench.findings)
    found = bench.findings.with_columns(root=keys).filter(pl.col("root").is_not_null())
    of = found.select("row_id", pl.col("rule_id", "field").cast(pl.String), "root")
    return Roots(of, {key: named(bench.mapped, key) for key in of.get_column("root").unique()})


def _touched_again(before: Set[int], corrected: pl.Series, rows: pl.Series) -> Set[int]:
    """The corrected rows, when only these may differ: those of a million are not sorted again for one."""
    now = sorted(set(corrected[lines_of(rows, corrected)].to_list()))
    held = before.ids if isinstance(before, RowSet) else pl.Series("row_id", sorted(before), pl.UInt32)
    near = lines_in(rows, held)
    if held[near].to_list() == now:
        return before
    stays = pl.Series([True]).new_from_index(0, held.len()).scatter(near, values=False)
    return RowSet(pl.concat([held.filter(stays), pl.Series("row_id", now, dtype=pl.UInt32)]).sort())


def _at_first(bench: Bench, rows: pl.Series) -> pl.DataFrame | None:
    """What the rules say of the rows as the source has them, `rows` being those corrected or withdrawn.

    Of it, what is found no longer is corrected, now and after a restart; what an edit brought and another
    took away never was. When it is not known of every row, it is looked for in these.
    """
    if rows.is_empty():
        return None
    if bench.at_source is not None:
        return bench.at_source
    return Checker(bench.contract, bench.today).check_rows(bench.mapped.frame, rows)


def _rows_changed() -> AppError:
    return AppError(
        "fix.rows_changed",
        Text(
            "Des lignes ont changé depuis l’aperçu : rien n’a été remplacé.",
            "Rows have changed since the preview: nothing was replaced.",
        ),
        Text("Regardez le nouvel aperçu, puis remplacez.", "Look at the new preview, then replace."),
    )


class Desk(QObject):
    """Hands actions to the lane `bench` and tells what came of them.

    `written`: an action of few rows is on disk, and these are its rows; `refreshed` follows. `shown`: other
    rows or another order. `refreshed`: new values, rows where they were. `pending`: cells being written
    (row_id, field) -> new value. `failed`: an action left everything as it was.
    """

    written = Signal(object)  # Written
    shown = Signal(object)  # Outcome
    refreshed = Signal(object)  # Outcome
    pending = Signal(object)
    failed = Signal(object)  # AppError

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._work: Workbench | None = None
        self._pending: dict[int, Mapping[tuple[int, str], str | None]] = {}  # by the number of the action
        self._actions = 0
        self._tell = tasks.teller(self, self._written)
        self._selecting: tasks.Job | None = None
        self.selection = Selection()

    @property
    def bench(self) -> Bench | None:
        """The bench at hand."""
        return None if self._work is None else self._work.bench

    def open(self, bench: Bench, selection: Selection | None = None) -> None:
        """Takes up a batch."""
        batch, extract = self._session.batch, self._session.extract
        options = None if batch is None else batch.options
        if options is None and extract is not None:
            options = extract.options
        parts = () if options is None else options.parts
        self._work = Workbench(bench, Files.of([(part.name, part.rows) for part in parts]))
        self._pending = {}
        self.select(selection or Selection())

    def close(self) -> None:
        """Puts the batch away."""
        self._work = None
        self._pending = {}
        self.selection = Selection()

    def select(self, selection: Selection) -> None:
        """Shows another selection; one that is still being computed is dropped."""
        work = self._work
        if work is None:
            return
        if self._selecting is not None:
            self._selecting.cancel()
        self.selection = selection
        self._selecting = tasks.run(self, lambda progress: work.select(selection), self._shown)

    def refresh(self) -> None:
        """The same selection anew."""
        self.select(self.selection)

    def sort(self, field: str, numeric: bool) -> None:
        """Ascending, then descending, then the order of the file."""
        from desktop_app.ui.models.selection import Sort

        now = self.selection.sort
        if now is None or now.field != field:
            sort: Sort | None = Sort(field, numeric=numeric)
        else:
            sort = None if now.descending else replace(now, descending=True)
        self.select(replace(self.selection, sort=sort))

    def edit(self, cells: Cells, why: str = "") -> None:
        """Writes new values, as one change."""
        from desktop_app.core.bench import CellEdit

        edits = [CellEdit(row_id, field, new) for row_id, field, new in cells]
        self._act(lambda bench: bench.edit(edits, why=why), {(row, field): new for row, field, new in cells})

    def write(self, cells: pl.DataFrame, why: str = "", seen: pl.DataFrame | None = None) -> None:
        """The same of a block: `row_id, field, new`. A large one is not told cell by cell while it waits.

        With `seen`, the rows that it was worked out on: refused when they have changed since.
        """
        few = cells.rows() if cells.height <= FEW else []
        handed = [cells]  # the bench lets go of them once they are in its rows: there may be millions

        def edit(bench: Bench) -> Change:
            if seen is not None and bench.frame is not seen:
                raise _rows_changed()
            return bench.edit(handed.pop(), why=why)

        self._act(edit, {(row, field): new for row, field, new in few})

    def discard(self, cells: Iterable[tuple[int, str]]) -> None:
        """Puts cells (row_id, field) back to the value of the source."""
        chosen = list(cells)
        self._act(lambda bench: bench.discard(chosen))

    def confirm(self, cases: Iterable[tuple[int, str]], reason: str, note: str = "") -> None:
        """Says that findings (row_id, rule_id) are true to life."""
        chosen = list(cases)
        self._act(lambda bench: bench.confirm(chosen, reason, note))

    def revoke_given(self, lines: pl.DataFrame) -> None:
        """Takes back confirmations as `confirmed.listed` gives them, in force or lapsed."""
        self._act(lambda bench: bench.revoke_given(lines))

    def withdraw(
        self,
        rows: Sequence[int],
        reason: str,
        note: str = "",
        kept: int | None = None,
        rule_id: str | None = None,
    ) -> None:
        """Takes records out of the batch; `kept`: the row they are the same as."""
        chosen = list(rows)
        self._act(lambda bench: bench.withdraw(chosen, reason, note, kept=kept, rule_id=rule_id))

    def reinstate(self, rows: Iterable[int]) -> None:
        """Brings withdrawn records back."""
        chosen = list(rows)
        self._act(lambda bench: bench.reinstate(chosen))

    def go_to(self, seq: int) -> None:
        """Undoes or redoes, at once, until step `seq` is the last that holds."""
        self._act(lambda bench: bench.go_to(seq))

    def revoke(self, cases: Iterable[tuple[int, str]]) -> None:
        """Takes confirmations back."""
        chosen = list(cases)
        self._act(lambda bench: bench.revoke(chosen))

    def undo(self) -> None:
        """Takes the last change back."""
        self._act(lambda bench: bench.undo())

    def redo(self) -> None:
        """Does again what was taken back."""
        self._act(lambda bench: bench.redo())

    def perform(
        self,
        action: Callable[[Bench], Change | None],
        cells: Mapping[tuple[int, str], str | None] | None = None,
    ) -> None:
        """Any other action; `cells` are those that it writes, shown as under way until it is done."""
        self._act(action, cells)

    def _act(
        self,
        action: Callable[[Bench], Change | None],
        cells: Mapping[tuple[int, str], str | None] | None = None,
    ) -> None:
        work = self._work
        if work is None:
            return
        self._actions += 1
        number = self._actions
        self._pending[number] = cells or {}
        self._tell_pending()

        def job(progress: Progress) -> Outcome:
            return work.act(action, number, self._tell)

        tasks.run(self, job, partial(self._acted, number), partial(self._refused, number))

    def _shown(self, outcome: Outcome) -> None:
        self._selecting = None
        if outcome.bench is self.bench:
            self.shown.emit(outcome)

    def _written(self, written: Written) -> None:
        if written.bench is self.bench:
            self._pending.pop(written.action, None)
            self.written.emit(written)
            self._tell_pending()

    def _acted(self, number: int, outcome: Outcome) -> None:
        if outcome.bench is not self.bench:
            return  # another batch was taken up meanwhile; this one's change is on disk
        self._pending.pop(number, None)
        self.refreshed.emit(outcome)
        self._tell_pending()
        if outcome.change is not None:
            looked = outcome.change.looked
            self._session.reopening.acted(None if looked is None else looked.len())

    def _refused(self, number: int, error: AppError) -> None:
        self._pending.pop(number, None)
        self._tell_pending()
        self.failed.emit(error)

    def _tell_pending(self) -> None:
        waiting: dict[tuple[int, str], str | None] = {}
        for cells in self._pending.values():
            waiting |= cells
        self.pending.emit(waiting)
