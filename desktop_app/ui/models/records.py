"""Records side by side as a Qt table: a line a field, a column a record, what differs marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from desktop_app.ui import theme
from desktop_app.ui.models.field_words import describe
from desktop_app.ui.models.grid import FIELD_ROLE
from desktop_app.ui.plain import tool_tip
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.side_by_side import Line, SideBySide
    from validation_rules.contract import Contract

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
DIFFERS = "\N{NOT EQUAL TO}"


class RecordsModel(QAbstractTableModel):
    """`edit_asked` carries one cell (row_id, field, new or None); it shows once the batch holds it."""

    edit_asked = Signal(object)

    def __init__(self, contract: Contract, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._records: SideBySide | None = None
        self._lines: tuple[Line, ...] = ()

    def show(self, records: SideBySide | None, only_differing: bool, keep: str = "") -> None:
        """Shows records; with `only_differing`, the fields in which they are not alike, and the field `keep`.

        Of the same records only what differs is told: where one is and what is being typed stay.
        """
        found = () if records is None else records.lines
        lines = tuple(line for line in found if line.differs or not only_differing or line.field == keep)
        if not self.alike(records) or not self._in_order(lines):
            self.beginResetModel()
            self._records, self._lines = records, lines
            self.endResetModel()
            return
        self._records = records
        self._move_to(lines)
        if lines:
            last = self.index(len(lines) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(lines) - 1)

    def alike(self, records: SideBySide | None) -> bool:
        """Whether these are the records that are shown, whatever is in them now."""
        return self._records is not None and records is not None and self._records.rows == records.rows

    def _in_order(self, lines: tuple[Line, ...]) -> bool:
        """Whether the fields that stay are in the order in which they are shown."""
        here, there = [line.field for line in self._lines], [line.field for line in lines]
        return [field for field in here if field in there] == [field for field in there if field in here]

    def _move_to(self, lines: tuple[Line, ...]) -> None:
        """Lines that are shown no more go, new ones come in their places."""
        fields = {line.field for line in lines}
        for row in reversed(range(len(self._lines))):
            if self._lines[row].field not in fields:
                self.beginRemoveRows(_NOWHERE, row, row)
                self._lines = (*self._lines[:row], *self._lines[row + 1 :])
                self.endRemoveRows()
        for row, line in enumerate(lines):
            if row >= len(self._lines) or self._lines[row].field != line.field:
                self.beginInsertRows(_NOWHERE, row, row)
                self._lines = (*self._lines[:row], line, *self._lines[row:])
                self.endInsertRows()
        self._lines = lines

    def line(self, row: int) -> Line:
        """The field of a line."""
        return self._lines[row]

    def cell(self, index: Index) -> tuple[int, str] | None:
        """Row id and field of a cell."""
        if self._records is None or not index.isValid():
            return None
        return self._records.rows[index.column()], self._lines[index.row()].field

    def place_of(self, row_id: int, field: str) -> QModelIndex:
        """Where a cell is; invalid when it is not shown."""
        if self._records is None or row_id not in self._records.rows:
            return QModelIndex()
        rows = [line.field for line in self._lines]
        if field not in rows:
            return QModelIndex()
        return self.index(rows.index(field), self._records.rows.index(row_id))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self._records is None else len(self._records.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        value = line.values[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._told(line.field, value)
        if role == Qt.ItemDataRole.EditRole:
            return value or ""
        if role == Qt.ItemDataRole.BackgroundRole and line.differs:
            return QColor(theme.current().confirm_cell)
        if role == Qt.ItemDataRole.ForegroundRole and value is None:
            return QColor(theme.current().muted)
        if role == Qt.ItemDataRole.FontRole and line.differs:
            bold = QFont()
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        if role == FIELD_ROLE:
            return self._contract.field(line.field)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, line, value)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._spoken(index, line, value))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cell = self.cell(index)
        new = str(value).strip() or None
        if cell is None or role != Qt.ItemDataRole.EditRole:
            return False
        if new == self._lines[index.row()].values[index.column()]:
            return False
        self.edit_asked.emit([(*cell, new)])
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if self._records is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            rows = self._records.rows
            if role != Qt.ItemDataRole.DisplayRole or not 0 <= section < len(rows):
                return None
            return self.tr("Row {row}").format(row=rows[section])
        if not 0 <= section < len(self._lines):
            return None
        line = self._lines[section]
        if role == Qt.ItemDataRole.DisplayRole:
            label = self._contract.field(line.field).label.in_(self._language)
            return f"{DIFFERS} {label}" if line.differs else label
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(describe(self._contract, self._contract.field(line.field), self._language))
        return None

    def _told(self, field: str, value: str | None) -> str:
        if value is None:
            return self.tr("blank")
        meaning = self._contract.field(field).code_labels.get(value)
        return f"{value} – {meaning.in_(self._language)}" if meaning else value

    def _spoken(self, index: Index, line: Line, value: str | None) -> str:
        told = self.tr("{field}, row {row}: {value}").format(
            field=self._contract.field(line.field).label.in_(self._language),
            row=self._records.rows[index.column()] if self._records else "",
            value=self._told(line.field, value),
        )
        return self.tr("{cell}. The records differ here.").format(cell=told) if line.differs else told
