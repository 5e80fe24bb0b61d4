"""The corrections of the batch as a table: old value, new value, who, when, why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl
from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.ui.plain import tool_tip
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLUMNS = ("row_id", "field", "old", "new", "who", "when", "why")


class CorrectionsModel(QAbstractTableModel):
    """`pending` of the bench, newest first: seq, row_id, field, old, new, who, when, why."""

    def __init__(self, contract: Contract, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._frame = pl.DataFrame()

    def show(self, pending: pl.DataFrame) -> None:
        """Shows the corrections in force."""
        self.beginResetModel()
        self._frame = pending.sort("seq", descending=True) if pending.height else pending
        self.endResetModel()

    def cell(self, row: int) -> tuple[int, str]:
        """The corrected cell (row_id, field) of a line."""
        found = self._frame.row(row, named=True)
        return found["row_id"], found["field"]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._frame.height

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        titles = (
            self.tr("Row"),
            self.tr("Field"),
            self.tr("Before"),
            self.tr("After"),
            self.tr("Who"),
            self.tr("When"),
            self.tr("Why"),
        )
        return titles[section] if 0 <= section < len(titles) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        words = self._words(_COLUMNS[index.column()], index.row())
        return tool_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def _words(self, name: str, row: int) -> str:
        value = self._frame[name][row]
        if name == "field":
            return self._contract.field(value).label.in_(self._language)
        if name in ("old", "new"):
            return value or self.tr("blank")
        if isinstance(value, datetime):
            language = QLocale.Language.French if self._language == "fr" else QLocale.Language.English
            return QLocale(language).toString(_local(value), QLocale.FormatType.ShortFormat)
        return "" if value is None else str(value)


def _local(moment: datetime) -> QDateTime:
    """An instant on the clock of this computer."""
    return QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000))
