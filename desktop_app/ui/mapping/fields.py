"""The fields of the contract as a list that can be searched, narrowed and walked, with what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import tasks
from desktop_app.ui.mapping.drag import DropTable
from desktop_app.ui.mapping.model import CONFIDENCE, FIELD, SAMPLES, SOURCE, Line, MapModel
from desktop_app.ui.widgets.fitting import FittingBox, FittingLabel
from desktop_app.ui.widgets.table import plain_table

if TYPE_CHECKING:
    from desktop_app.ui.session import Session

EVERY, TO_LOOK_AT, REQUIRED, MISSING, WITHOUT = "every", "look", "required", "missing", "without"
_KIND = 8  # letters of a kind of field that are always in sight
_NAME = 22  # average characters of the name of a field that are
_BESIDE = MappingProxyType({SOURCE: 19, CONFIDENCE: 22})  # average characters of the columns beside it


class FieldFilter(QSortFilterProxyModel):
    """Fields that hold the words looked for, and are of the wanted kind."""

    def __init__(self, model: MapModel) -> None:
        super().__init__(model)
        self._model, self._words, self._kind = model, "", EVERY
        self.setSourceModel(model)

    def want(self, words: str, kind: str) -> None:
        """Shows only these."""
        self.beginFilterChange()
        self._words, self._kind = words.casefold(), kind
        self.endFilterChange()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        line = self._model.line(row)
        of_kind = {
            EVERY: True,
            TO_LOOK_AT: line.to_look_at,
            REQUIRED: line.field.required == "yes",
            MISSING: line.missing,
            WITHOUT: not line.source,
        }
        field = line.field
        held = (*field.label, field.name, field.export_name, *field.synonyms, *line.sources)
        return of_kind[self._kind] and any(self._words in words.casefold() for words in held)


class FieldsPane(QWidget):
    """`shown(line)` when another field is at hand; `dropped(field, header)`; `activated()` on Enter."""

    shown = Signal()
    dropped = Signal(str, str)
    activated = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = ""
        self._wished: dict[int, int] = {}  # widths that a person gave to columns
        self._sharing = False
        self.model = MapModel(session, self)
        self.filter = FieldFilter(self.model)
        self.table = plain_table(self.filter, self.tr("Contract fields"), DropTable())
        self._title = FittingLabel(self.tr("Contract fields (* required)"))
        self._title.setProperty("role", "section")
        self.kinds = FittingBox(letters=_KIND)
        self.kinds.setAccessibleName(self.tr("Which fields are shown"))
        for kind, words in (
            (EVERY, self.tr("all")),
            (TO_LOOK_AT, self.tr("to look at")),
            (REQUIRED, self.tr("required")),
            (MISSING, self.tr("required and missing")),
            (WITHOUT, self.tr("without a column")),
        ):
            self.kinds.addItem(words, kind)
        self._set_up()
        self.kinds.currentIndexChanged.connect(self._narrow)
        self.table.selectionModel().currentRowChanged.connect(self._moved)
        self.table.activated.connect(self._activated)
        if isinstance(self.table, DropTable):
            self.table.dropped.connect(self._dropped)

    def show_lines(self, made: list[Line]) -> None:
        """One line a field; the field at hand stays."""
        self.model.show(made)
        if not self.table.currentIndex().isValid():
            self.select(self._first())

    def line(self) -> Line | None:
        """The field at hand."""
        row = self.filter.mapToSource(self.table.currentIndex()).row()
        return self.model.line(row) if row >= 0 else None

    def lines(self) -> list[Line]:
        """All fields."""
        return [self.model.line(row) for row in range(self.model.rowCount())]

    def select(self, row: int) -> None:
        """Puts a field at hand; `row` counts the fields of the contract."""
        index = self.filter.mapFromSource(self.model.index(row, FIELD))
        if not index.isValid():  # hidden by what is being looked for
            self.kinds.setCurrentIndex(0)
            self.look_for("")
            index = self.filter.mapFromSource(self.model.index(row, FIELD))
        self.table.selectRow(index.row())
        self.table.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field at hand stays in sight, also when a message takes the room of its line."""
        super().resizeEvent(event)
        index, room = self.table.currentIndex(), self.table.viewport().rect()
        lost = max(event.oldSize().height() - event.size().height(), 0)
        if index.isValid() and room.adjusted(0, 0, 0, lost).intersects(self.table.visualRect(index)):
            tasks.soon(self, lambda: self.table.scrollTo(self.table.currentIndex()))

    def look_for(self, words: str) -> None:
        """Only the fields that are called so, or are filled from a column called so."""
        self._words = words
        self._narrow()

    def next(self) -> None:
        """The next field that should be looked at; from the last to the first."""
        self._walk(1)

    def previous(self) -> None:
        """The one before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        every, here = self.lines(), self.filter.mapToSource(self.table.currentIndex()).row()
        order = [(here + step * far) % len(every) for far in range(1, len(every) + 1)] if every else []
        row = next((row for row in order if every[row].to_look_at), None)
        if row is not None:
            self.select(row)

    def _first(self) -> int:
        return next((row for row, line in enumerate(self.lines()) if line.to_look_at), 0)

    def _set_up(self) -> None:
        table, wide = self.table, self.fontMetrics().averageCharWidth()
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setSelectionBehavior(table.SelectionBehavior.SelectRows)
        table.setSelectionMode(table.SelectionMode.SingleSelection)
        table.setColumnHidden(SAMPLES, True)
        header = table.horizontalHeader()
        for column, characters in _BESIDE.items():
            header.resizeSection(column, characters * wide)
        header.setSectionResizeMode(FIELD, header.ResizeMode.Stretch)
        header.sectionResized.connect(self._resized)
        # The view lays its columns out at the same event, after its filters.
        table.viewport().installEventFilter(self)
        head, whole = QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self._title, 1)
        head.addWidget(self.kinds)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(table, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._share(cast(QResizeEvent, event).size().width())
        return False

    def _share(self, room: int) -> None:
        """The columns beside the field are as wide as is wished for, while its name keeps what tells it."""
        wide = self.fontMetrics().averageCharWidth()
        wished = {column: self._wished.get(column, of * wide) for column, of in _BESIDE.items()}
        left = room - min(_NAME * wide, room // 2)
        self._sharing = True
        for column, pixels in wished.items():
            self.table.setColumnWidth(column, min(pixels, pixels * left // sum(wished.values())))
        self._sharing = False

    def _resized(self, column: int, _old: int, new: int) -> None:
        if column in _BESIDE and not self._sharing:
            self._wished[column] = new

    def _narrow(self) -> None:
        line = self.line()
        self.filter.want(self._words, str(self.kinds.currentData()))
        if line is not None and not self.table.currentIndex().isValid() and self.filter.rowCount():
            self.table.selectRow(0)

    def _moved(self) -> None:
        if self.table.currentIndex().isValid():
            self.shown.emit()

    def _activated(self) -> None:
        self.activated.emit()

    def _dropped(self, index: QModelIndex, header: str) -> None:
        self.dropped.emit(self.model.line(self.filter.mapToSource(index).row()).field.name, header)


def required_and_missing(lines: Sequence[Line]) -> list[Line]:
    """Fields that the contract requires and nothing fills."""
    return [
        line for line in lines if line.missing or (line.field.required == "yes" and line.confidence == "gone")
    ]
