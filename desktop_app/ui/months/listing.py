"""A long list that is only read: one tab of a dialog, with its number of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.widgets.table import fit_columns, plain_table

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_WIDE = 24  # characters of a cell, at most, for the width of its column
_SHOWN = 40


class FrameModel(QAbstractTableModel):
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

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._frame.height

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._frame[index.row(), index.column()]
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._heads[section] if section < len(self._heads) else None


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

    def chosen(self) -> list[int]:
        """Numbers of the lines that are selected."""
        return sorted(index.row() for index in self.table.selectionModel().selectedRows())

    def _wanted(self, index: QModelIndex) -> None:
        self.row_wanted.emit(index.row())
