"""Batches: the site's batches as a list with their state, like a mailbox, and one big action."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.table import TitledModel, plain_table

if TYPE_CHECKING:
    from desktop_app.core.workspace import BatchRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ICONS = {
    "preparing": ("fix", "text"),
    "waiting": ("batches", "confirm"),
    "sending": ("send", "accent"),
    "sent": ("done", "done"),
    "refused": ("error", "error"),
    "answered": ("feedback", "accent"),
}


class BatchesModel(TitledModel):
    """One row a batch, newest first: name, state, begun, last change, what is said of the state."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[BatchRow] = []
        self._details: list[str] = []

    def refresh(self) -> None:
        """Reads the list again."""
        self.beginResetModel()
        workspace = self._session.workspace
        self._rows = workspace.batches.list() if workspace is not None else []
        self._details = [self._detail(row) for row in self._rows]
        self.endResetModel()

    def row_of(self, batch_id: str | None) -> int | None:
        """The row of a batch; None where it is not in the list."""
        return next((number for number, row in enumerate(self._rows) if row.id == batch_id), None)

    def batch(self, row: int) -> BatchRow:
        """The batch of a row."""
        return self._rows[row]

    def height(self) -> int:
        return len(self._rows)

    def titles(self) -> tuple[str, ...]:
        return self.tr("Batch"), self.tr("State"), self.tr("Last change"), self.tr("Detail")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.name, self.state(row), self._when(row), self._details[index.row()])[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 1:
            return theme.icon(*_ICONS[row.state])
        return None

    def state(self, row: BatchRow) -> str:
        """The state in words."""
        words = {
            "preparing": self.tr("Being prepared"),
            "waiting": self.tr("Waiting to go"),
            "sending": self.tr("On its way"),
            "sent": self.tr("Sent, receipt verified"),
            "refused": self.tr("Refused"),
            "answered": self.tr("Feedback arrived"),
        }
        return words[row.state]

    def _when(self, row: BatchRow) -> str:
        return self._session.moment(row.touched)

    def _detail(self, row: BatchRow) -> str:
        workspace = self._session.workspace
        if workspace is None or row.state not in ("sent", "answered"):
            return ""
        from desktop_app.core.dispatch import sealed_id_of

        number = receipt_number(workspace.receipts.get(sealed_id_of(row)))
        return self.tr("Receipt {number}").format(number=number) if number else ""


def receipt_number(document: str | None) -> str:
    """The number in a receipt that was verified when it came; empty when there is none to read."""
    try:
        payload = json.loads(document or "")["payload"]
        return str(json.loads(base64.urlsafe_b64decode(payload + "=="))["number"])
    except (ValueError, KeyError, TypeError):
        return ""


class BatchesPage(QWidget):
    """Home: open a batch to take it up where it was left, or begin a new one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.model = BatchesModel(session, self)
        self._empty = EmptyState(
            "batches",
            self.tr("No batch yet"),
            self.tr("A batch is one extract on its way to the registry. Begin with “New batch”."),
        )
        self.table = plain_table(self.model, self.tr("Batches"))
        self._stack = QStackedWidget()
        self._lay_out()
        self.table.activated.connect(self._open)
        session.changed.connect(self._changed)
        self.setFocusProxy(self.new)
        self.refresh()

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Batches")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr("All batches of this site. Open one to go on where it was left; nothing is ever lost.")

    def refresh(self) -> None:
        """Reads the list again; the batch at hand stays at hand."""
        index = self.table.currentIndex()
        here = self.model.batch(index.row()).id if index.isValid() else None
        self.model.refresh()
        if (row := self.model.row_of(here)) is not None:
            self.table.selectRow(row)
        filled = self.model.rowCount() > 0
        self._stack.setCurrentWidget(self.table if filled else self._empty)
        self.resume.setVisible(filled)
        self.new.setEnabled(not self.session.readonly)
        self._hint.setText(self.tr("Open a batch to go on where it was left.") if filled else "")
        if filled and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self.setFocusProxy(self.table if filled else self.new)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        line = QHBoxLayout()
        self._hint = hint = PlainLabel(self.tr("Open a batch to go on where it was left."))
        hint.setProperty("role", "muted")
        self.resume = QPushButton(self.tr("Open the batch"))
        self.resume.setToolTip(self.tr("Go on where it was left (Enter)"))
        self.resume.clicked.connect(self._open)
        self.new = QPushButton(self.tr("New batch"))
        self.new.setProperty("role", "primary")
        theme.set_icon(self.new, "add", "on_accent", 16)
        self.new.setToolTip(self.tr("Begin with an extract (Ctrl+N)"))
        self.new.clicked.connect(self.begin)
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, self.begin)
        hint.setWordWrap(True)
        line.addWidget(hint, 1)
        line.addWidget(self.resume)
        line.addWidget(self.new)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(self.table.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 2.4))
        for widget in (self.table, self._empty):
            self._stack.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self._stack, 1)

    def begin(self) -> None:
        """A new batch: everything at hand is kept in the list."""
        self.session.new_batch()
        self.session.go.emit("load")

    def _open(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.session.open_batch(self.model.batch(index.row()).id)

    def showEvent(self, event: QShowEvent) -> None:
        # Corrections do not tell this page: there may be many, and it is out of sight while they are made.
        self.refresh()
        super().showEvent(event)

    def _changed(self, change: str) -> None:
        if change in ("batch", "outbox", "feedback"):
            self.refresh()
