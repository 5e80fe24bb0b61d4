"""Feedback: what the registry answered, newest first, each a count and the person's own rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks, theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.send import work
from desktop_app.ui.send.outcomes import OutcomeList
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table

if TYPE_CHECKING:
    from desktop_app.ui.send.answers import Answer, Shown


class FeedbackPage(QWidget):
    """Left what was answered, right the rows of what is chosen; what needs a person comes first."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.answers: list[Answer] = []
        self._empty = EmptyState(
            "feedback",
            self.tr("No feedback yet"),
            self.tr("What the registry says of a batch appears here: known persons, matches to review."),
        )
        self.choice, self.fetch = QComboBox(), QPushButton(self.tr("Look for feedback"))
        self.outcomes = OutcomeList(session)
        self._meaning, self._todo = PlainLabel(), PlainLabel()
        self._model = RowsModel(self)
        self.rows = plain_table(self._model, self.tr("Your rows"))
        self.see = QPushButton(self.tr("See these rows in the grid"))
        self._shown: Shown | None = None
        self._stack = QStackedWidget()
        self._lay_out()
        self.setFocusProxy(self.fetch)
        self.fetch.clicked.connect(self.look)
        self.choice.activated.connect(self._chosen)
        self.outcomes.chosen.connect(self._show_rows)
        self.see.clicked.connect(self._see_all)
        self.rows.activated.connect(self._see_one)
        session.changed.connect(self._changed)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Feedback")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr(
            "What the registry found by linking your batch with the other sources, on your own rows."
        )

    def _lay_out(self) -> None:
        column, head = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        theme.set_icon(self.fetch, "refresh", "text", 16)
        self.fetch.setShortcut(QKeySequence(QKeySequence.StandardKey.Refresh))
        self.fetch.setToolTip(self.tr("Ask the registry now (F5)"))
        self.choice.setAccessibleName(self.tr("Batch"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        head.addWidget(self.choice)
        head.addStretch(1)
        head.addWidget(self.fetch)
        column.addLayout(head)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(5)
        split.addWidget(self.outcomes)
        split.addWidget(self._right())
        split.setSizes([380, 760])
        split.setStretchFactor(1, 1)
        for widget in (self._empty, split):
            self._stack.addWidget(widget)
        self._split = split
        column.addWidget(self._stack, 1)

    def _right(self) -> QWidget:
        place, column = QWidget(), QVBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        self._meaning.setProperty("role", "section")
        self._todo.setProperty("role", "muted")
        for label in (self._meaning, self._todo):
            label.setWordWrap(True)
            column.addWidget(label)
        self.rows.verticalHeader().hide()
        self.rows.setSelectionBehavior(self.rows.SelectionBehavior.SelectRows)
        column.addWidget(self.rows, 1)
        theme.set_icon(self.see, "fix", "text", 16)
        self.see.setToolTip(self.tr("Only these rows, on the page Fix (Enter on a row: that row)"))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.see)
        column.addLayout(foot)
        return place

    def refresh(self) -> None:
        """Reads every kept answer, off the UI thread."""
        from desktop_app.ui.send.answers import read_answers

        workspace = self.session.workspace
        if workspace is None:
            self._show([])
            return
        tasks.run(self, read_answers(workspace), self._show, lane="io")

    def look(self) -> None:
        """Asks the registry for new answers."""
        from desktop_app.core.transport import load_enrolment

        workspace = self.session.workspace
        if workspace is None or load_enrolment(workspace) is None:
            self.session.message.emit(
                self.tr("This site is not enrolled with a registry yet: see the settings.")
            )
            return
        job = work.collect(workspace)
        label = self.tr("Looking for feedback")
        self.session.under_way(
            "feedback", tasks.run(self, job, self._fetched, self._unreached, label=label, lane="net")
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _unreached(self, error: AppError) -> None:
        if error.code == "offline":
            self.session.note_contact(False)
        self.session.fail(error)

    def _fetched(self, new: int) -> None:
        self.session.note_contact(True)
        said = self.tr("%Ln new answer(s) from the registry.", "", new)
        if not new:
            said = self.tr("Nothing new from the registry.")
        self.session.message.emit(said)
        self.session.changed.emit("feedback")

    def _show(self, answers: list[Answer]) -> None:
        kept = self.choice.currentData()
        self.answers = answers
        self.choice.clear()
        for answer in answers:
            when = self.session.moment(answer.feedback.received.astimezone())
            self.choice.addItem(f"{answer.name}, {when}", answer.feedback.batch_id)
        self.choice.setVisible(bool(answers))
        self.setFocusProxy(self.outcomes.view if answers else self.fetch)
        self._stack.setCurrentWidget(self._split if answers else self._empty)
        self.choice.setCurrentIndex(max(0, self.choice.findData(kept)))
        self._chosen()

    def _chosen(self) -> None:
        if self.answers:
            self.outcomes.show_answer(self.answers[self.choice.currentIndex()])

    def _show_rows(self, code: str) -> None:
        from desktop_app.ui.send.answers import rows_of

        answer = self.answers[self.choice.currentIndex()]
        self._shown = shown = rows_of(answer, code, self.session.language)
        self._meaning.setText(shown.meaning)
        self._todo.setText(shown.todo)
        self._model.show(shown.columns, shown.rows)
        fit_columns(self.rows, shown.columns, shown.rows, 90)
        self.rows.horizontalHeader().setStretchLastSection(True)
        self.see.setEnabled(bool(shown.rows and answer.own_id))
        if self.isVisible():
            self.session.note_seen(answer.feedback.batch_id)

    def _see_all(self) -> None:
        if self._shown is not None:
            self._see([int(row[0]) for row in self._shown.rows])

    def _see_one(self, index: QModelIndex) -> None:
        if self._shown is not None:
            self._see([int(self._shown.rows[index.row()][0])])

    def _see(self, rows: list[int]) -> None:
        answer = self.answers[self.choice.currentIndex()]
        if answer.own_id:
            self.session.show_rows(rows, answer.own_id)

    def _changed(self, change: str) -> None:
        if change in ("feedback", "batch", "outbox") and self.isVisible():
            self.refresh()
