"""What a colleague sent back, as two tables: what will be taken, and what somebody must decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.ui.plain import tool_tip
from desktop_app.ui.widgets.table import TitledModel
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.rounds import Returned
    from validation_rules.contract import Contract

Index = QModelIndex | QPersistentModelIndex
Decision = Literal["here", "back"]
Cell = tuple[int, str]
_NOWHERE = QModelIndex()
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class _Changes(TitledModel):
    """Lines of `Returned.changes` of one state; cells in the words of the contract."""

    def __init__(
        self, lines: pl.DataFrame, contract: Contract, language: Language, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines.rows(named=True)
        self._contract = contract
        self._language: Language = language

    def cell(self, row: int) -> Cell:
        """The cell (row_id, field) of a line."""
        return self._lines[row]["row_id"], self._lines[row]["field"]

    def height(self) -> int:
        return len(self._lines)

    def words(self, row: int) -> tuple[str, ...]:
        """The cells of a line."""
        raise NotImplementedError

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _SHOWN:
            return None
        text = self.words(index.row())[index.column()]
        return tool_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def _label(self, row: int) -> str:
        return self._contract.field(self._lines[row]["field"]).label.in_(self._language)

    def _value(self, row: int, which: str) -> str:
        value: str | None = self._lines[row][which]
        return value or self.tr("blank")


class TakenModel(_Changes):
    """The corrections that meet nothing: ticked unless the person leaves one alone."""

    toggled = Signal()

    def __init__(
        self, returned: Returned, contract: Contract, language: Language, parent: QObject | None = None
    ) -> None:
        ready = returned.changes.filter(pl.col("state") == "ready")
        super().__init__(ready, contract, language, parent)
        self.without: set[Cell] = set()

    @property
    def taken(self) -> int:
        """How many are ticked."""
        return len(self._lines) - len(self.without)

    def titles(self) -> tuple[str, ...]:
        return self.tr("Row"), self.tr("Field"), self.tr("Now"), self.tr("New"), self.tr("Remark")

    def words(self, row: int) -> tuple[str, ...]:
        line = self._lines[row]
        values = self._value(row, "here"), self._value(row, "back")
        return str(line["row_id"]), self._label(row), *values, line["note"] or ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = super().flags(index)
        return plain | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and index.column() == 0 and role == Qt.ItemDataRole.CheckStateRole:
            left_alone = self.cell(index.row()) in self.without
            return Qt.CheckState.Unchecked if left_alone else Qt.CheckState.Checked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or index.column() != 0 or role != Qt.ItemDataRole.CheckStateRole:
            return False
        cell = self.cell(index.row())
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.without.discard(cell)
        else:
            self.without.add(cell)
        self.dataChanged.emit(index, index)
        self.toggled.emit()
        return True


class ConflictsModel(_Changes):
    """The cells that changed on both sides, and what was decided of each."""

    decided = Signal()

    def __init__(
        self, returned: Returned, contract: Contract, language: Language, parent: QObject | None = None
    ) -> None:
        super().__init__(returned.conflicts, contract, language, parent)
        self._decisions: dict[int, Decision] = {}

    @property
    def open(self) -> list[int]:
        """The lines that nobody decided yet."""
        return [row for row in range(len(self._lines)) if row not in self._decisions]

    @property
    def theirs(self) -> list[Cell]:
        """The cells that take what came back."""
        return [self.cell(row) for row, decision in sorted(self._decisions.items()) if decision == "back"]

    def decide(self, rows: list[int], decision: Decision) -> None:
        """Settles these lines."""
        for row in rows:
            self._decisions[row] = decision
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.decided.emit()

    def next_open(self, after: int) -> int | None:
        """The next undecided line, from the top again after the last."""
        waiting = self.open
        return next((row for row in waiting if row > after), waiting[0] if waiting else None)

    def titles(self) -> tuple[str, ...]:
        return (
            self.tr("Row"),
            self.tr("Field"),
            self.tr("When it left"),
            self.tr("Here now"),
            self.tr("In the file"),
            self.tr("Decision"),
            self.tr("Remark"),
        )

    def words(self, row: int) -> tuple[str, ...]:
        line = self._lines[row]
        said = {"here": self.tr("keep ours"), "back": self.tr("take theirs")}
        decision = self._decisions.get(row)
        values = (self._value(row, which) for which in ("left", "here", "back"))
        told = said[decision] if decision else self.tr("to decide")
        return str(line["row_id"]), self._label(row), *values, told, line["note"] or ""
