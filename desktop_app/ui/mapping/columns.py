"""The columns of the file: how full, how many values, where each goes, and its values with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QHeaderView, QSplitter, QTableView, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.mapping.drag import MIME, mime_of
from desktop_app.ui.mapping.trial import Distinct
from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.widgets.fitting import FittingButton
from desktop_app.ui.widgets.table import RowsModel, TitledModel, plain_table

if TYPE_CHECKING:
    from desktop_app.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
HEADER, VALUES, GOES_TO = range(3)


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file; `fields` are the labels of the fields that it fills, none: it stays here."""

    header: str
    fields: tuple[str, ...]


class ColumnsModel(TitledModel):
    """Read-only, in file order; lines can be dragged onto a contract field."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._columns: Sequence[FileColumn] = ()
        self._values: Distinct | None = None

    def show(self, columns: Sequence[FileColumn], values: Distinct | None) -> None:
        """Replaces the content; the same columns keep their rows and the selection."""
        same = [one.header for one in columns] == [one.header for one in self._columns]
        if not same:
            self.beginResetModel()
        self._columns, self._values = columns, values
        if not same:
            self.endResetModel()
        elif columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(columns) - 1, GOES_TO))

    def header(self, row: int) -> str:
        """The name of the column of a row."""
        return self._columns[row].header

    def row_of(self, header: str) -> int:
        """The row of a column, -1 when there is none."""
        return next((row for row, one in enumerate(self._columns) if one.header == header), -1)

    def height(self) -> int:
        return len(self._columns)

    def titles(self) -> tuple[str, ...]:
        return self.tr("Column"), self.tr("Values"), self.tr("Goes to")

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return mime_of(self.header(indexes[0].row()))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(column, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._tip(column, index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == VALUES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == GOES_TO and not column.fields:
            return theme.icon("lock", "muted")
        if role == Qt.ItemDataRole.ForegroundRole and not column.fields:
            return theme.brush("muted")
        return None

    def _text(self, column: FileColumn, place: int) -> str:
        if place == HEADER:
            return column.header
        if place == VALUES:
            return "…" if self._values is None else self._session.number(self._values.number(column.header))
        return ", ".join(column.fields) or self.tr("stays on this computer")

    def _tip(self, column: FileColumn, place: int) -> str:
        if place == VALUES:
            return self.about(column.header)
        title = self._values.extract.titles.get(column.header, "") if self._values is not None else ""
        text = self._text(column, place)
        return f"{text}\n{title}" if place == HEADER and title else text

    def about(self, header: str) -> str:
        """How many values a column holds, and how many rows it fills."""
        if self._values is None:
            return self.tr("The values are being counted.")
        filled, rows = self._values.filled(header), self._values.extract.frame.height
        if not filled:
            return self.tr("The column is empty.")
        words = self.tr("%Ln distinct value(s)", "", self._values.number(header))
        number = self._session.number
        return self.tr("{values}; {filled} of {rows} rows are filled.").format(
            values=words, filled=number(filled), rows=number(rows)
        )


class ColumnsPane(QWidget):
    """`assigned(header)`: the person wants this column in the field at hand."""

    assigned = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._values: Distinct | None = None
        self._at_hand = ("", "")
        self.model = ColumnsModel(session, self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self.model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter.setFilterKeyColumn(-1)
        self.table = plain_table(self._filter, self.tr("Columns of the file"))
        self.rows = RowsModel(self)
        self.value_table = plain_table(self.rows, self.tr("Values of the column"))
        self._title, self._about = PlainLabel(), PlainLabel()
        self.take = FittingButton()
        self._set_up_tables()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._show_values)
        self.table.activated.connect(self._assign)
        self.take.clicked.connect(self._assign)

    def show_columns(self, columns: Sequence[FileColumn], values: Distinct | None) -> None:
        """All columns of the file; `values` None while they are being counted."""
        self._values = values
        self.model.show(columns, values)
        self._title.setText(
            self.tr("Columns of the file: {count}").format(count=self._session.number(len(columns)))
        )
        if columns and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_values()

    def show_field(self, label: str, header: str) -> None:
        """The field at hand, and the column that fills it now."""
        hint = self.tr("Fill the field at hand from this column (Enter in the list)")
        self.take.show_texts(self.tr("Use for “{field}”").format(field=label), hint=hint)
        row = self.model.row_of(header)
        same, self._at_hand = (label, header) == self._at_hand, (label, header)
        if row >= 0 and not same:  # the person may have gone to another column meanwhile
            index = self._filter.mapFromSource(self.model.index(row, 0))
            self.table.selectRow(index.row())
            self.table.scrollTo(index)

    def look_for(self, words: str) -> None:
        """Only the columns that hold these words in their name, or in the field they fill."""
        self._filter.setFilterFixedString(words)

    def current(self) -> str:
        """The column at hand; empty when there is none."""
        index = self._filter.mapToSource(self.table.currentIndex())
        return self.model.header(index.row()) if index.isValid() else ""

    def _set_up_tables(self) -> None:
        wide = self.fontMetrics().averageCharWidth()
        for table in (self.table, self.value_table):
            table.verticalHeader().hide()
            table.setShowGrid(False)
            table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
            table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setDragEnabled(True)
        self.table.setDragDropMode(QTableView.DragDropMode.DragOnly)
        header = self.table.horizontalHeader()
        header.resizeSection(HEADER, 16 * wide)
        header.resizeSection(VALUES, 11 * wide)
        header.setSectionResizeMode(GOES_TO, QHeaderView.ResizeMode.Stretch)
        self.table.setToolTip(
            self.tr("Drag a column onto a field, or press Enter to use it for the field at hand")
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        self._title.setProperty("role", "section")
        self._about.setProperty("role", "muted")
        self._about.setWordWrap(True)
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.setSpacing(6)
        for widget in (self.take, self._about):
            inside.addWidget(widget)
        inside.addWidget(self.value_table, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setHandleWidth(5)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(below)
        parts.setSizes([320, 240])
        self._title.setWordWrap(True)
        column.addWidget(self._title)
        column.addWidget(parts, 1)

    def _show_values(self) -> None:
        header = self.current()
        known = self._values is not None and header in self._values.groups
        self.take.setEnabled(bool(header))
        self._about.setText(self.model.about(header) if header else "")
        number = self._session.number
        values = self._values.most_frequent(header) if known and self._values is not None else []
        self.rows.show([self.tr("Value"), self.tr("Rows")], [(value, number(rows)) for value, rows in values])
        self.value_table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _assign(self) -> None:
        if header := self.current():
            self.assigned.emit(header)
