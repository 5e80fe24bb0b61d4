"""Feedback: what the registry answered, newest first, each a count and the person's own rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import tasks, theme
from desktop_app.ui.send import work
from desktop_app.ui.send.outcomes import OutcomeList
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table

if TYPE_CHECKING:
    from desktop_app.ui.send.answers import Answer


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
        self._meaning, self._todo = QLabel(), QLabel()
        self._model = RowsModel(self)
        self.rows = plain_table(self._model, self.tr("Your rows"))
        self._stack = QStackedWidget()
        self._lay_out()
        self.fetch.clicked.connect(self.look)
        self.choice.activated.connect(self._chosen)
        self.outcomes.chosen.connect(self._show_rows)
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
        split.addWidget(self.outcomes)
        split.addWidget(self._right())
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        for widget in (self._empty, split):
            self._stack.addWidget(widget)
        self._split = split
        column.addWidget(self._stack, 1)

    def _right(self) -> QWidget:
        place, column = QWidget(), QVBoxLayout()
        place.setLayout(column)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(6)
        self._meaning.setProperty("role", "section")
        self._todo.setProperty("role", "muted")
        for label in (self._meaning, self._todo):
            label.setWordWrap(True)
            column.addWidget(label)
        self.rows.verticalHeader().hide()
        self.rows.setSelectionBehavior(self.rows.SelectionBehavior.SelectRows)
        column.addWidget(self.rows, 1)
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
        tasks.run(
            self, work.collect(workspace), self._fetched, label=self.tr("Looking for feedback"), lane="net"
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _fetched(self, new: int) -> None:
        self.session.online = True
        said = (
            self.tr("New answers from the registry: {n}").format(n=new)
            if new
            else self.tr("Nothing new from the registry.")
        )
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
        self._stack.setCurrentWidget(self._split if answers else self._empty)
        self.choice.setCurrentIndex(max(0, self.choice.findData(kept)))
        self._chosen()

    def _chosen(self) -> None:
        if self.answers:
            self.outcomes.show_answer(self.answers[self.choice.currentIndex()])

    def _show_rows(self, code: str) -> None:
        from desktop_app.ui.send.answers import rows_of

        answer = self.answers[self.choice.currentIndex()]
        shown = rows_of(answer, code, self.session.language)
        self._meaning.setText(shown.meaning)
        self._todo.setText(shown.todo)
        self._model.show(shown.columns, shown.rows)
        fit_columns(self.rows, shown.columns, shown.rows, 70)
        self.rows.horizontalHeader().setStretchLastSection(True)

    def _changed(self, change: str) -> None:
        if change in ("feedback", "batch", "outbox") and self.isVisible():
            self.refresh()
