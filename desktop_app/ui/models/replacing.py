"""The preview of find and replace as a table: one line a value, each of which can be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop_app.core.replacing import LINE_SCHEMA
from desktop_app.ui.plain import tool_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validation_rules.contract import Contract
    from validation_rules.text import Language

Index = QModelIndex | QPersistentModelIndex
Effect = tuple[list[str], list[str]]  # rules cleared, rules broken
_NOWHERE = QModelIndex()
FIELD, BEFORE, AFTER, CELLS, EFFECT = range(5)


class ReplacingModel(QAbstractTableModel):
    """Field, before, after, cells, and what the rules say of the first row. `ticked`: a line was put in or
    left out."""

    ticked = Signal()

    def __init__(self, contract: Contract, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._lines = pl.DataFrame(schema=LINE_SCHEMA)
        self._effects: Sequence[Effect] = ()
        self.left_out: set[int] = set()

    def show(self, lines: pl.DataFrame, effects: Sequence[Effect]) -> None:
        """Shows another plan, every line of it taken."""
        self.beginResetModel()
        self._lines, self._effects, self.left_out = lines, effects, set()
        self.endResetModel()

    @property
    def cells(self) -> int:
        """Cells of the lines that are taken."""
        out = sum(self._lines["cells"].gather(sorted(self.left_out)).to_list()) if self.left_out else 0
        return int(self._lines["cells"].sum()) - out

    @property
    def breaking(self) -> int:
        """Lines taken whose first row would break a rule."""
        return sum(bool(effect[1]) for line, effect in enumerate(self._effects) if line not in self.left_out)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._lines.height

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 5

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == FIELD else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == FIELD:
            return Qt.CheckState.Unchecked if row in self.left_out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.TextAlignmentRole and column == CELLS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._words(row, column))
        return self._words(row, column) if role == Qt.ItemDataRole.DisplayRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid() or index.column() != FIELD:
            return False
        wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        (self.left_out.discard if wanted else self.left_out.add)(index.row())
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        return (
            self.tr("Field"),
            self.tr("Before"),
            self.tr("After"),
            self.tr("Cells"),
            self.tr("What the rules say of the first row"),
        )[section]

    def _words(self, row: int, column: int) -> str:
        if column == FIELD:
            return self._contract.field(self._lines["field"][row]).label.in_(self._language)
        if column == CELLS:
            return QLocale().toString(int(self._lines["cells"][row]))
        if column == EFFECT:
            return self._effect(row)
        value = self._lines["old" if column == BEFORE else "new"][row]
        return self.tr("(blank)") if value is None else str(value)

    def _effect(self, row: int) -> str:
        if row >= len(self._effects):
            return ""
        cleared, broken = self._effects[row]
        words = []
        if broken:
            words.append(self.tr("breaks {rules}").format(rules=", ".join(broken)))
        if cleared:
            words.append(self.tr("clears {rules}").format(rules=", ".join(cleared)))
        return "; ".join(words) or self.tr("nothing else")
