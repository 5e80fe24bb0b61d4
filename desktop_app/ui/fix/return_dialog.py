"""What came back from a colleague, before it is taken: conflicts one by one, corrections, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.models.returned import ConflictsModel, Decision, TakenModel
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.room import open_at
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table

if TYPE_CHECKING:
    from desktop_app.core.rounds import Returned
    from desktop_app.ui.session import Session
    from validation_rules.contract import Contract

_WIDE, _HIGH = 120, 32  # in average characters, and in lines
_FIRST = 40


class ReturnDialog(QDialog):
    """Nothing is taken until every conflict is decided and the person says so; `wanted` carries the cells of
    which theirs is taken, and those that are left alone."""

    wanted = Signal(object, object)

    def __init__(self, returned: Returned, contract: Contract, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._returned, self._session = returned, session
        self._contract = contract
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Bring back what a colleague filled in"))
        self.taken = TakenModel(returned, contract, session.language, self)
        self.conflicts = ConflictsModel(returned, contract, session.language, self)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("What came back"))
        self.keep = QPushButton(self.tr("&Keep ours"))
        self.take = QPushButton(self.tr("&Take theirs"))
        self.keep_all = QPushButton(self.tr("Keep ours for the rest"))
        self.take_all = QPushButton(self.tr("Take theirs for the rest"))
        self.conflict_table: QTableView | None = None
        self._words, self._wait = PlainLabel(), PlainLabel()
        self._lay_out()
        self.taken.toggled.connect(self._tell)
        self.conflicts.decided.connect(self._decided)
        self._tell()
        open_at(self, _WIDE, _HIGH)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        self._words.setProperty("role", "section")
        self._words.setWordWrap(True)
        column.addWidget(self._words)
        self._fill_tabs()
        column.addWidget(self.tabs, 1)
        self._wait.setProperty("role", "muted")
        self._wait.setWordWrap(True)
        column.addWidget(self._wait)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.accept_button = QPushButton()
        self.accept_button.setProperty("role", "primary")
        self.buttons.addButton(self.accept_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._accepted)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)

    def _fill_tabs(self) -> None:
        """Only what there is, with how much of it; conflicts first, since they wait for somebody."""
        number = self._session.number
        if self.conflicts.rowCount():
            title = self.tr("To decide: {n}").format(n=number(self.conflicts.rowCount()))
            self.tabs.addTab(self._conflict_page(), title)
        if self.taken.rowCount():
            view = plain_table(self.taken, self.tr("Corrections that came back"))
            self._fit(
                view, self.taken.titles(), [self.taken.words(row) for row in range(self._first(self.taken))]
            )
            self.tabs.addTab(view, self.tr("Corrections: {n}").format(n=number(self.taken.rowCount())))
        if self._returned.confirms.height:
            title = self.tr("Confirmations: {n}").format(n=number(self._returned.confirms.height))
            self.tabs.addTab(self._confirmations(), title)
        if self._returned.aside:
            title = self.tr("Left out: {n}").format(n=number(len(self._returned.aside)))
            self.tabs.addTab(self._left_out(), title)

    def _first(self, model: TakenModel | ConflictsModel) -> int:
        return min(model.rowCount(), _FIRST)

    def _fit(self, view: QTableView, titles: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        view.verticalHeader().hide()
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        fit_columns(view, titles, rows, most=60)
        view.horizontalHeader().setStretchLastSection(True)

    def _conflict_page(self) -> QWidget:
        page, model = QWidget(), self.conflicts
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        view = self.conflict_table = plain_table(model, self.tr("Cells that changed on both sides"))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._fit(view, model.titles(), [model.words(row) for row in range(self._first(model))])
        view.selectRow(0)
        column.addWidget(view, 1)
        line = QHBoxLayout()
        for button, decision in ((self.keep, "here"), (self.take, "back")):
            button.clicked.connect(self._keep_one if decision == "here" else self._take_one)
        self.keep_all.clicked.connect(self._keep_rest)
        self.take_all.clicked.connect(self._take_rest)
        for button in (self.keep, self.take):
            line.addWidget(button)
        line.addStretch(1)
        for button in (self.keep_all, self.take_all):
            button.setProperty("role", "link")
            line.addWidget(button)
        for button in (self.keep, self.take, self.keep_all, self.take_all):
            button.setAutoDefault(False)
        column.addLayout(line)
        return page

    def _confirmations(self) -> QTableView:
        from desktop_app.core.corrections import CONFIRMATION_REASONS

        say = self._session.say
        rows = [
            (str(row), rule, say(self._contract.rule(rule).title), say(CONFIRMATION_REASONS[reason]), note)
            for row, rule, reason, note in self._returned.confirms.rows()
        ]
        titles = (self.tr("Row"), self.tr("Rule"), self.tr("Finding"), self.tr("Reason"), self.tr("Note"))
        return self._plain(self.tr("Confirmations that came back"), titles, rows)

    def _left_out(self) -> QTableView:
        say = self._session.say
        rows = [(str(each.row or ""), str(each.line or ""), say(each.text)) for each in self._returned.aside]
        titles = (self.tr("Row"), self.tr("Line of the file"), self.tr("Why"))
        return self._plain(self.tr("What is left out"), titles, rows)

    def _plain(self, name: str, titles: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> QTableView:
        model = RowsModel(self)
        model.show(titles, rows)
        view = plain_table(model, name)
        self._fit(view, titles, rows[:_FIRST])
        return view

    # decisions

    def _keep_one(self) -> None:
        self._decide("here")

    def _take_one(self) -> None:
        self._decide("back")

    def _keep_rest(self) -> None:
        self.conflicts.decide(self.conflicts.open, "here")

    def _take_rest(self) -> None:
        self.conflicts.decide(self.conflicts.open, "back")

    def _decide(self, decision: Decision) -> None:
        """The line at hand, then on to the next that waits."""
        view = self.conflict_table
        if view is None or not view.currentIndex().isValid():
            return
        row = view.currentIndex().row()
        self.conflicts.decide([row], decision)
        onward = self.conflicts.next_open(row)
        if onward is not None:
            view.selectRow(onward)

    def _decided(self) -> None:
        self._tell()
        if not self.conflicts.open:
            self.accept_button.setFocus()

    def _tell(self) -> None:
        """The sentence above, what is waited for, and what the button would do."""
        waiting = len(self.conflicts.open)
        cells = self.taken.taken + len(self.conflicts.theirs)
        confirms = self._returned.confirms.height
        who = self._returned.who
        records = self.tr("%Ln record(s) came back", "", self._returned.rows)
        self._words.setText(
            self.tr("{records}, from {who}.").format(records=records, who=who) if who else f"{records}."
        )
        self._wait.setText(
            self.tr("%Ln cell(s) changed here too: decide which value holds.", "", waiting)
            if waiting
            else self.tr("Each correction is logged with its remark, and can be undone (Ctrl+Z).")
        )
        taken = self.tr("Take %Ln correction(s)", "", cells)
        more = self.tr("%Ln confirmation(s)", "", confirms)
        both = self.tr("{corrections} and {confirmations}").format(corrections=taken, confirmations=more)
        self.accept_button.setText(both if confirms else taken)
        self.accept_button.setToolTip(f"{self.accept_button.text()} (Ctrl+Enter)")
        self.accept_button.setEnabled(not waiting and cells + confirms > 0)
        for button in (self.keep_all, self.take_all):
            button.setEnabled(waiting > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept_button.click()
        else:
            super().keyPressEvent(event)

    def _accepted(self) -> None:
        self.wanted.emit(self.conflicts.theirs, sorted(self.taken.without))
        self.accept()
