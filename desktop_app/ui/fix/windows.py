"""The windows beside the page Fix: records side by side, what was done to the batch, withdrawing a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop_app.core.progress import Progress
from desktop_app.ui import tasks
from desktop_app.ui.fix.changes_dialog import ChangesDialog
from desktop_app.ui.fix.compare_dialog import CompareDialog
from desktop_app.ui.fix.desk import Cells, Desk, Outcome
from desktop_app.ui.fix.withdraw_dialog import WithdrawDialog
from desktop_app.ui.session import Session
from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.bench import Bench
    from desktop_app.core.side_by_side import SideBySide
    from desktop_app.ui.fix.card import FindingCard
    from desktop_app.ui.fix.findings_panel import FindingsPanel
    from desktop_app.ui.fix.grid_tools import GridTools
    from desktop_app.ui.fix.grid_view import GridView
    from desktop_app.ui.models.causes import Case


class Windows(QObject):
    """Opened once a batch, shown again when asked for; each shows what the latest action left.

    Its keys work in the whole page: F9 the records of the finding at hand, Ctrl+Shift+H the changes,
    Ctrl+Shift+Delete withdraws the rows chosen in the grid, or brings them back.
    """

    def __init__(self, session: Session, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._desk, self._page = session, desk, page
        self._outcome: Outcome | None = None
        self._finding: tuple[int, str] | None = None
        self.compare: CompareDialog | None = None
        self.changes: ChangesDialog | None = None
        self._listed: pl.DataFrame | None = None
        self._grid: GridView | None = None
        self._tools: GridTools | None = None
        self._card: FindingCard | None = None
        for keys, slot in (
            ("F9", self._compare),
            ("Ctrl+Shift+H", self.show_changes),
            ("Ctrl+Shift+Delete", self._withdraw),
        ):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        desk.shown.connect(self._follow)
        desk.refreshed.connect(self._follow)

    def bind(self, grid: GridView, tools: GridTools, card: FindingCard, findings: FindingsPanel) -> None:
        """The panes of a batch, made anew for each contract."""
        self._grid, self._tools, self._card = grid, tools, card
        grid.withdraw_asked.connect(self._withdraw)
        grid.advised.connect(self._session.advice)
        card.compare_wanted.connect(self.show_records)
        card.shown.connect(self._tell_before)
        findings.all_changes.clicked.connect(self.show_changes)

    def others(self, case: Case) -> Text | None:
        """With which rows a finding over several records stands, and why."""
        bench = self._desk.bench
        if bench is None or case.state == "corrected":
            return None
        found = bench.verdict(case.row_id, case.rule_id)
        return None if found is None else found.text

    def close(self) -> None:
        """The batch is put away."""
        for dialog in (self.compare, self.changes):
            if dialog is not None:
                dialog.close()
                dialog.deleteLater()
        self.compare = self.changes = self._outcome = self._finding = self._listed = None

    def show_records(self, row_id: int, rule_id: str) -> None:
        """The records of a finding side by side."""
        bench = self._desk.bench
        if bench is None:
            return
        if self.compare is None:
            self.compare = CompareDialog(bench.contract, self._session.language, self._page)
            self.compare.edit_asked.connect(self._desk.edit)
            self.compare.confirm_asked.connect(self._desk.confirm)
            self.compare.withdraw_asked.connect(self._withdraw_same)
        self._finding = row_id, rule_id
        self._read_records(bench, open_too=True)

    def show_changes(self) -> None:
        """What was done to the batch."""
        bench = self._desk.bench
        if bench is None or self._outcome is None or self._tools is None:
            return
        if self.changes is None:
            self.changes = ChangesDialog(self._session, bench.contract, self._page)
            self.changes.changes.discard_asked.connect(self._discard)
            self.changes.confirmations.revoke_asked.connect(self._desk.revoke_given)
            self.changes.confirmations.export_asked.connect(self._export)
            self.changes.history.go_asked.connect(self._desk.go_to)
            for page in (self.changes.changes, self.changes.confirmations):
                page.cell_chosen.connect(self._tools.go_to_row)
        self.changes.show_outcome(self._outcome)
        self._read_confirmations(bench)
        _raise(self.changes)
        self.changes.changes.table.setFocus()

    def ask_withdrawal(self, rows: Sequence[int]) -> None:
        """Asks why these records are withdrawn; those that are out already come back."""
        bench = self._desk.bench
        if bench is None or not rows:
            return
        out = set(bench.withdrawn()["row_id"]).intersection(rows)
        if out == set(rows):
            self._desk.reinstate(sorted(out))
            return
        dialog = WithdrawDialog(sorted(set(rows) - out), self._session.language, self._page)
        dialog.asked.connect(self._desk.withdraw)
        dialog.open()

    def _compare(self) -> None:
        if self._outcome is not None and self._card is not None:
            self._card.compare_records()

    def _withdraw(self) -> None:
        if self._outcome is not None and self._grid is not None and not self._session.readonly:
            self.ask_withdrawal(self._grid.chosen_rows())

    def _follow(self, outcome: Outcome) -> None:
        fresh = self._outcome is None or self._outcome.bench is not outcome.bench
        if fresh:
            self.close()
        self._outcome = outcome
        self._session.advice.emit("")
        if fresh:
            self._read_confirmations(outcome.bench, self._tell_lapsed)
        if self.changes is not None and self.changes.isVisible():
            self.changes.show_outcome(outcome)
            self._read_confirmations(outcome.bench)
        if self.compare is not None and self.compare.isVisible():
            self._read_records(outcome.bench)

    def _read_records(self, bench: Bench, open_too: bool = False) -> None:
        finding = self._finding
        if finding is None:
            return

        def work(progress: Progress) -> tuple[tuple[int, str], SideBySide | None, bool]:
            from desktop_app.core.side_by_side import side_by_side

            return finding, side_by_side(bench, *finding), open_too

        tasks.run(self, work, self._show_records)

    def _show_records(self, found: tuple[tuple[int, str], SideBySide | None, bool]) -> None:
        finding, records, open_too = found
        if self.compare is None or finding != self._finding:
            return
        if records is None and open_too:
            self._session.advice.emit(self.tr("This finding stands against no other record any more."))
            return
        self.compare.show_records(records)
        if open_too:
            _raise(self.compare)
            self.compare.focus()

    def _read_confirmations(self, bench: Bench, done: Callable[[pl.DataFrame], None] | None = None) -> None:
        def work(progress: Progress) -> pl.DataFrame:
            from desktop_app.core.confirmed import listed

            return listed(bench)

        tasks.run(self, work, done or self._show_confirmations, lane="io")

    def _tell_lapsed(self, lines: pl.DataFrame) -> None:
        """What was confirmed and holds no more is told when the batch is taken up, not left to be found."""
        count = self._know_lapsed(lines)
        self._tell_before()
        if count:
            words = self.tr(
                "%Ln confirmation(s) no longer hold: Ctrl+Shift+H, Confirmations, tells why.", "", count
            )
            self._session.message.emit(words)

    def _know_lapsed(self, lines: pl.DataFrame) -> int:
        """How many there are. Without any the card does not look: even in no lines that waits for the engine,
        which may be busy."""
        count = int((lines["state"] == "lapsed").sum())
        self._listed = lines if count else None
        return count

    def _tell_before(self) -> None:
        """On the card of a finding that was confirmed: by whom, when and why, or why that holds no more."""
        if self._card is None or self._card.case is None:
            return
        told = {"confirmed": self._confirmed, "open": self._lapsed}.get(self._card.case.state)
        self._card.confirm.tell_before("" if told is None else told(self._card.case))

    def _lapsed(self, case: Case) -> str:
        from desktop_app.core.confirmed import lapse_of, why_not

        line = None if self._listed is None else lapse_of(self._listed, case.row_id, case.rule_id)
        if line is None or self._outcome is None:
            return ""
        return self.tr("Confirmed on {day} by {who}, to look at again: {why}.").format(
            day=self._session.moment(line["when"], "d MMM yyyy"),
            who=line["who"],
            why=why_not(line, self._outcome.bench.contract).in_(self._session.language),
        )

    def _confirmed(self, case: Case) -> str:
        from desktop_app.core.corrections import CONFIRMATION_REASONS

        bench = self._desk.bench
        step = None if bench is None else bench.confirmation_of(case.row_id, case.rule_id, case.field)
        if step is None:
            return ""
        words = (
            self.tr("Confirmed on {day} by {who}: “{reason}” ({note}).")
            if step.note
            else self.tr("Confirmed on {day} by {who}: “{reason}”.")
        )
        return words.format(
            day=self._session.moment(step.when, "d MMM yyyy"),
            who=step.who,
            reason=CONFIRMATION_REASONS[step.why].in_(self._session.language),
            note=step.note,
        )

    def _show_confirmations(self, lines: pl.DataFrame) -> None:
        self._know_lapsed(lines)
        if self.changes is not None:
            self.changes.show_confirmations(lines)

    def _withdraw_same(
        self,
        rows: list[int],
        reason: str,
        note: str,
        kept: int,
        rule_id: str,
        cells: Cells,
    ) -> None:
        if cells:
            self._desk.edit(cells)
        self._desk.withdraw(rows, reason, note, kept, rule_id)

    def _discard(self, cells: list[tuple[int, str]], rows: list[int]) -> None:
        if cells:
            self._desk.discard(cells)
        if rows:
            self._desk.reinstate(rows)

    def _export(self, lines: pl.DataFrame, path: Path) -> None:
        bench, language, own = self._desk.bench, self._session.language, self._session.own_files
        if bench is None:
            return

        def work(progress: Progress) -> int:
            from desktop_app.core.confirmed import exported
            from desktop_app.core.saving import save_text

            save_text(path, [exported(lines, bench.contract, language)], own)
            return lines.height

        tasks.run(self, work, self._exported, self._session.fail, lane="io")

    def _exported(self, count: int) -> None:
        self._session.message.emit(self.tr("%Ln confirmation(s) exported.", "", count))


def _raise(dialog: QWidget) -> None:
    dialog.show()
    dialog.activateWindow()
