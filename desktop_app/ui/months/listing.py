"""A long list that is only read: one tab of a dialog, with its number of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.widgets.table import TitledModel, fit_columns, plain_table

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WIDE = 24  # characters of a cell, at most, for the width of its column
_SHOWN = 40


class FrameModel(TitledModel):
    """Columns of texts as they are in a frame: a million lines cost nothing until they are seen."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads = heads
        self._frame = pl.DataFrame()

    def show(self, frame: pl.DataFrame) -> None:
        """Replaces everything; as many columns as there are headings."""
        self.beginResetModel()
        self._frame = frame
        self.endResetModel()

    def height(self) -> int:
        return self._frame.height

    def titles(self) -> Sequence[str]:
        return self._heads

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._frame[index.row(), index.column()]
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


def buttons_below(others: Sequence[QPushButton], close: QPushButton) -> QHBoxLayout:
    """The buttons of a dialog of lists. None is the default: Enter on a line shows its row, and must not
    close the dialog."""
    line = QHBoxLayout()
    for button in (*others, close):
        button.setAutoDefault(False)
        if button is close:
            line.addStretch(1)
        line.addWidget(button)
    return line


class Listing(QWidget):
    """A table, or one line that says why it is empty. `row_wanted` carries the number of a line: Enter."""

    row_wanted = Signal(int)

    def __init__(self, name: str, heads: Sequence[str], empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self._heads = name, heads
        self.model = FrameModel(heads, self)
        self.table = plain_table(self.model, name)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setFrameShape(QTableView.Shape.NoFrame)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.activated.connect(self._wanted)
        self._nothing = PlainLabel(empty)
        self._nothing.setProperty("role", "muted")
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(12, 12, 12, 12)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self.table, 1)
        self.show_frame(pl.DataFrame())

    def show_frame(self, frame: pl.DataFrame) -> None:
        """Shows these lines, each column a text."""
        self.model.show(frame)
        fit_columns(self.table, self._heads, frame.head(_SHOWN).rows(), _WIDE)
        self.table.setVisible(bool(frame.height))
        self._nothing.setVisible(not frame.height)
        if frame.height:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def titled(self, lines: int) -> str:
        """Its name for a tab, with the number of lines where there are any."""
        return f"{self.name} ({lines})" if lines else self.name

    def chosen(self) -> list[int]:
        """Numbers of the lines that are selected."""
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _wanted(self, index: QModelIndex) -> None:
        self.row_wanted.emit(index.row())
