"""A plain table for short lists that are only read: previews, samples, summaries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTableView

from desktop_app.ui.plain import tool_tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FIRST = 40


class TitledModel(QAbstractTableModel):
    """Lines under fixed titles. A subclass says how many there are, and gives their cells as `data`."""

    def titles(self) -> Sequence[str]:
        """The title of each column."""
        raise NotImplementedError

    def height(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.height()

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.titles())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        titles = self.titles()
        return titles[section] if 0 <= section < len(titles) else None


class RowsModel(QAbstractTableModel):
    """Rows of strings under column names; rows may be shorter than the header."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()

    def show(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self._columns, self._rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        row = self._rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self._columns[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


def plain_table(model: QAbstractItemModel, name: str, view: QTableView | None = None) -> QTableView:
    """A quiet read-only table; Tab leaves it, arrows move in it. `view` is one of its own kind."""
    view = view if view is not None else QTableView()
    view.setModel(model)
    view.setAccessibleName(name)
    view.setProperty("role", "plain")
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setShowGrid(True)
    view.setAlternatingRowColors(False)
    # Pixel scrolling and sizes from the font: rows keep their air at 200 %.
    view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().setDefaultSectionSize(round(view.fontMetrics().height() * 1.7))
    view.verticalHeader().setMinimumSectionSize(16)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return view


def fit_columns(
    view: QTableView, columns: Sequence[str], rows: Sequence[Sequence[str]], most: int = 40
) -> None:
    """Widths from the header, never cut, and the first rows; `most` in characters, for the cells alone."""
    bold = QFont(view.font())
    bold.setWeight(QFont.Weight.DemiBold)
    head, body = QFontMetrics(bold), view.fontMetrics()
    letter = body.averageCharWidth()
    for place, name in enumerate(columns):
        cells = [body.horizontalAdvance(row[place]) for row in rows[:_FIRST] if place < len(row)]
        widest = max(min(max(cells, default=0), most * letter), head.horizontalAdvance(name))
        view.setColumnWidth(place, widest + 4 * letter)
