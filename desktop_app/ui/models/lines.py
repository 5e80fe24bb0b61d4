"""A Polars frame as a table that is only read: each cell is put in words when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_app.ui.plain import tool_tip

Index = QModelIndex | QPersistentModelIndex
Words = Callable[[dict[str, Any], str], str]
_NOWHERE = QModelIndex()


class LinesModel(QAbstractTableModel):
    """`columns`: (name, title). `words` puts a column of a line, a dict of the frame's values, in words."""

    def __init__(
        self, columns: Sequence[tuple[str, str]], words: Words, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._columns, self._words = columns, words
        self.frame = pl.DataFrame()
        self._last: tuple[int, dict[str, Any]] | None = None

    def show(self, frame: pl.DataFrame) -> None:
        """Shows other lines."""
        self.beginResetModel()
        self.frame, self._last = frame, None
        self.endResetModel()

    def line(self, row: int) -> dict[str, Any]:
        """The values of a line."""
        if self._last is None or self._last[0] != row:
            self._last = row, self.frame.row(row, named=True)
        return self._last[1]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.frame.height

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._columns[section][1] if 0 <= section < len(self._columns) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        name, title = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(self.line(index.row()), name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._words(self.line(index.row()), name))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}: {self._words(self.line(index.row()), name)}"
        return None
