"""Suggestions for the finding on the card: computed beside the batch, taken by a person only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.core.suggestions import Suggester, Suggestion
from desktop_app.ui import tasks
from desktop_app.ui.fix.scope import Scope, cases_in
from desktop_app.ui.fix.spread_dialog import SpreadDialog
from desktop_app.ui.models.causes import Case
from desktop_app.ui.models.snapshot import Snapshot

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.ui.fix.card import FindingCard
    from desktop_app.ui.fix.desk import Cells, Desk
    from desktop_app.ui.session import Session

_MANY = (Scope.SAME, Scope.RULE)
_Answer = tuple[list[Suggestion], dict[Scope, int]]
_About = tuple[int, str, str, tuple[str | None, ...]]


class Suggesting(QObject):
    """Asks for suggestions when the card shows a finding, and hands what is taken to the desk; `taken` comes
    then."""

    taken = Signal()

    def __init__(self, desk: Desk, card: FindingCard, session: Session) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        self._session = session
        self._held: tuple[Bench, Suggester] | None = None
        self._job: tasks.Job | None = None
        self._about: _About | None = None
        self._shown: tuple[Case, Snapshot] | None = None
        self.dialog: SpreadDialog | None = None
        card.shown.connect(self._look)
        card.suggest.asked.connect(self._take)
        card.suggest.spread_asked.connect(self._spread)
        # Of the whole window, not of the card: the keyboard is in the list or in the grid.
        shortcut = QShortcut(QKeySequence("F7"), card)
        shortcut.activated.connect(self.focus)

    def focus(self) -> None:
        """The keyboard to what is suggested, else to where a value is typed."""
        if self._card.case is not None and not self._card.suggest.focus():
            self._card.correct.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _look(self, case: Case | None, snapshot: Snapshot | None) -> None:
        """Another finding is on the card, or none (None)."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        suggester = self._suggester()
        if (
            case is None
            or snapshot is None
            or case.state != "open"
            or suggester is None
            or self._session.readonly
        ):
            self._shown, self._about = None, None
            self._card.suggest.clear()
            return
        self._shown = case, snapshot
        about = _about(case, snapshot)
        if about != self._about:
            self._card.suggest.clear()
        self._about = about
        asked = case.row_id, case.rule_id, case.field

        def work(progress: Progress) -> _Answer:
            made = suggester.suggest(*asked, progress)
            # Counted here: a pass over a million findings is not for the thread of the window.
            counts = {scope: len(_rows(case, snapshot, scope)) for scope in _MANY} if made else {}
            return made, counts

        self._job = tasks.run(self, work, self._found, self._failed, lane="look")

    def _found(self, answer: _Answer) -> None:
        self._job = None
        if self._shown is not None:
            self._card.suggest.show_suggestions(*answer)

    def _failed(self, error: AppError) -> None:
        """A suggestion is a help: without it the finding is corrected by hand, and the bar says why."""
        self._job = None
        self._card.suggest.clear()
        self._desk.failed.emit(error)

    def _take(self, cells: Cells, name: str) -> None:
        """What the person typed as a reason goes with the way the value was found."""
        typed = self._card.correct.why.text().strip()
        self._card.correct.why.clear()
        self._desk.edit(cells, f"{name}. {typed}" if typed else name)
        self.taken.emit()

    def _spread(self, suggestion: Suggestion, scope: Scope) -> None:
        """Shows first what a suggestion would do on many rows."""
        suggester = self._suggester()
        if self._shown is None or suggester is None:
            return
        case, snapshot = self._shown
        rows = _rows(case, snapshot, scope)
        made = SpreadDialog(
            suggester, self._session.language, suggestion, case, rows, scope, self._card.window()
        )
        made.asked.connect(self._desk.write)
        made.accepted.connect(self.taken)
        made.finished.connect(made.deleteLater)
        made.open()
        self.dialog = made

    def _suggester(self) -> Suggester | None:
        """The one of the batch at hand: it keeps what it compiled."""
        bench = self._desk.bench
        if bench is None:
            return None
        if self._held is None or self._held[0] is not bench:
            self._held = bench, Suggester(bench)
        return self._held[1]


def _rows(case: Case, snapshot: Snapshot, scope: Scope) -> pl.Series:
    """Ids of the rows with an open finding of that scope about the same fields."""
    cases = cases_in(snapshot, case, scope).filter(pl.col("field") == case.field)
    return cases["row_id"].unique().sort()


def _about(case: Case, snapshot: Snapshot) -> _About:
    """The finding and every value of its row: what suggestions rest on."""
    pos = snapshot.position(case.row_id)
    values = snapshot.frame.row(pos)[1:] if pos is not None else ()
    return case.row_id, case.rule_id, case.field, values
