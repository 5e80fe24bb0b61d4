"""The rows of the batch as a Qt table that never copies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_app.ui.models.field_words import describe
from desktop_app.ui.models.selection import View
from desktop_app.ui.models.snapshot import Mark, Snapshot
from desktop_app.ui.plain import tool_tip
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract, Field

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[int, str]  # row_id, field
MARK_ROLE = Qt.ItemDataRole.UserRole + 1
PENDING_ROLE = Qt.ItemDataRole.UserRole + 2
FIELD_ROLE = Qt.ItemDataRole.UserRole + 3
WITHDRAWN_ROLE = Qt.ItemDataRole.UserRole + 4
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        MARK_ROLE,
        PENDING_ROLE,
        FIELD_ROLE,
        WITHDRAWN_ROLE,
    }
)
_TICK, _OUT = "\N{CHECK MARK}", "\N{MULTIPLICATION SIGN}"
_FEW = 64  # rows of which each is told by itself
_NOWHERE = QModelIndex()
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


@dataclass(frozen=True, slots=True)
class Sheet:
    """The grid at one moment, for work off the UI thread: `names` and `columns` of what is shown, in its
    order, `ids` (row ids) beside them, and `positions`, the row of the columns behind each row."""

    names: tuple[str, ...]
    columns: tuple[pl.Series, ...]
    ids: pl.Series
    positions: pl.Series

    def value(self, row: int, column: int) -> str | None:
        """The value of a cell, None when blank."""
        found: str | None = self.columns[column][self.positions[row]]
        return found


class Look(NamedTuple):
    """What a cell shows."""

    value: str | None
    mark: Mark | None
    pending: bool
    withdrawn: bool


class GridModel(QAbstractTableModel):
    """A Polars frame seen through an array of row positions.

    Filter and sort swap that array; no row is moved. An edit is only asked for (`edit_asked`, a list of
    (row_id, field, new or None)): the cell shows the new value once `refresh` brings the frame that holds it.
    """

    edit_asked = Signal(object)
    block_asked = Signal(object)  # a frame: row_id, field, new

    def __init__(self, contract: Contract, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._fields: tuple[Field, ...] = contract.fields
        self._places = list(range(len(self._fields)))  # the column of the contract behind each one shown
        self._snapshot: Snapshot | None = None
        self._positions = pl.Series("pos", [], pl.UInt32)
        self._columns: list[pl.Series] = []
        self._ids = pl.Series("row_id", [], pl.UInt32)
        self._pending: Mapping[Cell, str | None] = {}
        self._view: View | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The field behind each column."""
        return self._fields

    @property
    def contract(self) -> Contract:
        """The contract of the rows."""
        return self._contract

    @property
    def view(self) -> View | None:
        """What is shown, None before anything is."""
        return self._view

    def set_columns(self, names: Sequence[str]) -> None:
        """Shows these fields, in this order."""
        if tuple(names) == tuple(field.name for field in self._fields):
            return
        self.beginResetModel()
        self._places = [self._contract.field_names.index(name) for name in names]
        self._fields = tuple(self._contract.fields[place] for place in self._places)
        if self._snapshot is not None:
            self._take(self._snapshot)
        self.endResetModel()

    def sheet(self) -> Sheet:
        """What is shown now; nothing of it changes later."""
        names = tuple(field.name for field in self._fields)
        return Sheet(names, tuple(self._columns), self._ids, self._positions)

    def show(self, snapshot: Snapshot, view: View) -> None:
        """Shows other rows, or the same in another order."""
        self.beginResetModel()
        self._take(snapshot)
        self._view = view
        self._positions = view.positions
        self.endResetModel()

    def refresh(self, snapshot: Snapshot, rows: pl.Series | None = None, view: View | None = None) -> None:
        """Shows new values and marks in the rows that are there, which stay where they are. `rows`: ids of
        the only ones that differ; None when any may. `view`: the same rows in the same order, with the
        findings of today. The same snapshot again changes nothing."""
        if view is not None:
            self._view = view  # that of before would hold its list, which may be long
        if snapshot is self._snapshot:
            return
        self._take(snapshot)
        if rows is None or len(rows) > _FEW:
            self._tell(range(len(self._positions)))
        else:
            self._tell_each(rows)

    def set_pending(self, pending: Mapping[Cell, str | None]) -> None:
        """Tells which cells wait to be written to disk."""
        rows = {row_id for row_id, _ in (*self._pending, *pending)}
        self._pending = pending
        if len(rows) > _FEW:
            self._tell(range(len(self._positions)), [PENDING_ROLE])
        else:
            self._tell_each(rows, [PENDING_ROLE])

    def _tell_each(self, row_ids: Iterable[int], roles: Sequence[int] = ()) -> None:
        """What is told of a row is painted anew, and no more."""
        for row_id in row_ids:
            row = self.row_of(row_id)
            if row is not None:
                self._tell(range(row, row + 1), roles)

    def _tell(self, rows: range, roles: Sequence[int] = ()) -> None:
        if rows:
            last = self.index(rows[-1], len(self._fields) - 1)
            self.dataChanged.emit(self.index(rows[0], 0), last, list(roles))

    def _take(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._ids = snapshot.frame["row_id"]
        self._columns = [snapshot.frame[field.name] for field in self._fields]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._positions)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._fields)

    def value(self, row: int, column: int) -> str | None:
        """The value of a cell, None when blank."""
        found: str | None = self._columns[column][self._positions[row]]
        return found

    def row_id(self, row: int) -> int:
        """The number of the data row in the file, from 1."""
        return int(self._ids[self._positions[row]])

    def widest_number(self) -> str:
        """The longest that the header of a row can be."""
        return f"{_TICK} {self._ids[-1]}" if len(self._ids) else ""

    def row_ids(self, rows: Sequence[int]) -> list[int]:
        """The same of several rows."""
        positions = self._positions.gather(pl.Series(rows, dtype=pl.UInt32))
        ids: list[int] = self._ids.gather(positions).to_list()
        return ids

    def row_of(self, row_id: int) -> int | None:
        """The row of the grid that shows a data row; None when it is filtered out."""
        if self._snapshot is None or self._view is None:
            return None
        pos = self._snapshot.position(row_id)
        return None if pos is None else self._view.row_of(pos)

    def column_of(self, field: str) -> int:
        """The column of a field, -1 when it is not shown."""
        return next((place for place, each in enumerate(self._fields) if each.name == field), -1)

    def values(self, row: int) -> dict[str, str | None]:
        """Every value of a row that is shown, by its field."""
        pos = self._positions[row]
        return {field.name: column[pos] for field, column in zip(self._fields, self._columns, strict=True)}

    def mark(self, row: int, column: int) -> Mark | None:
        """The worst mark of a cell."""
        if self._snapshot is None:
            return None
        return self._snapshot.marks.row(self._positions[row]).get(self._places[column])

    def look(self, row: int, column: int) -> Look:
        """What a cell shows, at once."""
        pos, snapshot = self._positions[row], self._snapshot
        if snapshot is None:
            return Look(None, None, pending=False, withdrawn=False)
        row_id = int(self._ids[pos])
        pending = bool(self._pending) and (row_id, self._fields[column].name) in self._pending
        mark = snapshot.marks.row(pos).get(self._places[column])
        return Look(self._columns[column][pos], mark, pending, row_id in snapshot.withdrawn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.value(index.row(), index.column()) or ""
        if role == MARK_ROLE:
            return self.mark(index.row(), index.column())
        if role == PENDING_ROLE:
            return self._waits(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip("\n".join(self._findings(index))) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index)
        if role == WITHDRAWN_ROLE:
            return self.is_withdrawn(index.row())
        if role == FIELD_ROLE:
            return self._fields[index.column()]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        new = str(value).strip() or None
        if new == self.value(index.row(), index.column()):
            return False
        self.edit_asked.emit([(self.row_id(index.row()), self._fields[index.column()].name, new)])
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._row_header(section, role)
        if not 0 <= section < len(self._fields):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._fields[section].label.in_(self._language)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(describe(self._contract, self._fields[section], self._language))
        return None

    def _row_header(self, section: int, role: int) -> Any:
        if not 0 <= section < len(self._positions) or self._snapshot is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            row_id = self.row_id(section)
            if row_id in self._snapshot.withdrawn:
                return f"{_OUT} {row_id}"
            return f"{_TICK} {row_id}" if row_id in self._snapshot.touched else str(row_id)
        if role == Qt.ItemDataRole.ToolTipRole and self.row_id(section) in self._snapshot.withdrawn:
            return self.tr("Row {row}: withdrawn from the batch").format(row=self.row_id(section))
        if role == Qt.ItemDataRole.ToolTipRole and self.row_id(section) in self._snapshot.touched:
            return self.tr("Row {row}: corrected").format(row=self.row_id(section))
        return None

    def is_withdrawn(self, row: int) -> bool:
        """Whether the record of a row is out of the batch."""
        return self._snapshot is not None and self.row_id(row) in self._snapshot.withdrawn

    def _waits(self, index: Index) -> bool:
        if not self._pending:
            return False
        return (self.row_id(index.row()), self._fields[index.column()].name) in self._pending

    def _findings(self, index: Index) -> list[str]:
        """The titles of the findings of a cell, with the word of their severity."""
        if self._snapshot is None or self.mark(index.row(), index.column()) is None:
            return []
        cases = self._snapshot.cases_at(self._positions[index.row()])
        name = self._fields[index.column()].name
        words = {
            "error": self.tr("Error"),
            "confirm": self.tr("To confirm"),
            "info": self.tr("For information"),
        }
        found = []
        for case in cases.filter(pl.col("state") != "corrected").iter_rows(named=True):
            if name in case["field"].split("+"):
                title = self._contract.rule(case["rule_id"]).title.in_(self._language)
                word = self.tr("Confirmed") if case["state"] == "confirmed" else words[case["severity"]]
                found.append(
                    self.tr("{word} {rule}: {title}").format(word=word, rule=case["rule_id"], title=title)
                )
        return found

    def _spoken(self, index: Index) -> str:
        """What a screen reader says of a cell: field, value, findings."""
        field = self._fields[index.column()]
        value = self.value(index.row(), index.column()) or self.tr("blank")
        spoken = self.tr("{field}: {value}").format(field=field.label.in_(self._language), value=value)
        if self.is_withdrawn(index.row()):
            spoken = self.tr("{cell}. Withdrawn from the batch").format(cell=spoken)
        return ". ".join([spoken, *self._findings(index)])
