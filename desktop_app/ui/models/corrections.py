"""The corrections of the batch as a table: old value, new value, who, when, why."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

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
    from desktop_app.core.bench_net import Line, Net
    from validation_rules.contract import Contract

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_COLUMNS = ("row_id", "field", "old", "new", "who", "when", "why")


class CorrectionsModel(QAbstractTableModel):
    """The cells that `Bench.corrected` tells, newest first. What is seen is read: there may be millions."""

    def __init__(self, contract: Contract, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._corrected: Net | None = None

    def show(self, corrected: Net | None) -> None:
        """Shows the corrections in force."""
        self.beginResetModel()
        self._corrected = corrected
        self.endResetModel()

    def cell(self, row: int) -> tuple[int, str]:
        """The corrected cell (row_id, field) of a line."""
        line = self._line(row)
        return line[0], line[1]

    def _line(self, row: int) -> Line:
        if self._corrected is None:
            raise IndexError(row)
        return self._corrected.line(self._corrected.height - 1 - row)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._corrected is None else self._corrected.height

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
        words = self._words(_COLUMNS[index.column()], self._line(index.row())[index.column()])
        return tool_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def _words(self, name: str, value: object) -> str:
        if name == "field":
            return self._contract.field(str(value)).label.in_(self._language)
        if name in ("old", "new"):
            return str(value) if value else self.tr("blank")
        if isinstance(value, datetime):
            language = QLocale.Language.French if self._language == "fr" else QLocale.Language.English
            return QLocale(language).toString(_local(value), QLocale.FormatType.ShortFormat)
        return "" if value is None else str(value)


def _local(moment: datetime) -> QDateTime:
    """An instant on the clock of this computer."""
    return QDateTime.fromMSecsSinceEpoch(round(moment.timestamp() * 1000))
