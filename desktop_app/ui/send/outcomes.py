"""The list of what the registry answered: each a count, its name, and a way to its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.table import plain_table

if TYPE_CHECKING:
    from desktop_app.ui.send.answers import Answer

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class OutcomesModel(QAbstractTableModel):
    """One line an outcome; what needs a person comes first, in bold and with a triangle."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: list[tuple[str, int]] = []

    def show(self, lines: list[tuple[str, int]]) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def code(self, row: int) -> str:
        """The outcome code of a line."""
        return self._lines[row][0]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        from desktop_app.ui.send.answers import needs_review, title_of

        if not index.isValid():
            return None
        code, count = self._lines[index.row()]
        review = needs_review(code)
        if role == Qt.ItemDataRole.DisplayRole:
            title = title_of(code, self._session.language)
            return title if index.column() else self._session.number(count)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 0:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.tr("to review") if review else self.tr("nothing to do")
            return f"{count} {title_of(code, self._session.language)}, {state}"
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return theme.icon("confirm", "confirm") if review else theme.icon("done", "done")
        if role == Qt.ItemDataRole.FontRole and review:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None


class OutcomeList(QWidget):
    """Emits `chosen(code)` when a line is chosen; the first one is, at once."""

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._summary, self._hint = PlainLabel(), PlainLabel()
        self._model = OutcomesModel(session, self)
        self.view = plain_table(self._model, self.tr("What the registry answered"))
        self.view.setShowGrid(False)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.horizontalHeader().hide()
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.selectionModel().currentRowChanged.connect(self._current)
        self._session = session
        self._summary.setProperty("role", "section")
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._hint.setText(self.tr("Choose a line to see your rows."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(8)
        for widget in (self._summary, self._hint):
            column.addWidget(widget)
        column.addWidget(self.view, 1)

    def show_answer(self, answer: Answer) -> None:
        """Lists the outcomes of one answer."""
        from desktop_app.ui.send.answers import needs_review

        lines = answer.counts()
        left = sum(count for code, count in lines if needs_review(code))
        words = self.tr("%Ln row(s) to review", "", left)
        self._summary.setText(words if left else self.tr("Nothing to review"))
        self._model.show(lines)
        if lines:
            first = self._model.index(0, 0)
            self.view.selectionModel().setCurrentIndex(
                first,
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.code(index.row()))
