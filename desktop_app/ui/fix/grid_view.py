"""The grid with the manners of a spreadsheet: keys, blocks, columns that stay in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from desktop_app.ui.fix.block_actions import BlockActions
from desktop_app.ui.fix.delegate import CellDelegate
from desktop_app.ui.fix.edges import edge
from desktop_app.ui.fix.frozen import FrozenColumns
from desktop_app.ui.models.columns import FROZEN, ColumnSet
from desktop_app.ui.models.grid import GridModel
from desktop_app.ui.widgets.row_numbers import RowNumbers
from desktop_app.ui.widgets.words_header import WordsHeader
from validation_rules.text import Language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.ui.fix.blocks import Range
    from desktop_app.ui.models.selection import Sort

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, COMPACT_HEIGHT = 26, 22
_LEAST_ROWS = 5
_NARROWEST, _WIDEST = 9, 26  # characters
_ARROWS = {
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Left: (0, -1),
}
_WITH_SPACE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_ADD = QItemSelectionModel.SelectionFlag.Select
_ANEW = QItemSelectionModel.SelectionFlag.ClearAndSelect


class GridView(QTableView):
    """Rows of the batch. Asks for edits through the model; asks for an order through `sort_asked`."""

    sort_asked = Signal(str)
    told = Signal(str)
    advised = Signal(str)  # why an action could not be done; "" once one could
    current_cell = Signal(int, str)  # row_id, field
    columns_changed = Signal(object)  # ColumnSet
    header_menu = Signal(str, QPoint)  # field, where on the screen
    withdraw_asked = Signal()  # the chosen rows out of the batch, or back into it

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language: Language = language
        self.setAccessibleName(self.tr("Rows of the batch"))
        delegate = CellDelegate(language, self)
        delegate.stepped.connect(self._step)
        self.setItemDelegate(delegate)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._names, self._numbers = WordsHeader(self), RowNumbers(self)
        self.setTabKeyNavigation(True)
        self._prepare_headers()
        self._frozen = FrozenColumns(self, FROZEN, language)
        self.columns = ColumnSet.first(())
        self._laying = False
        self._offered: list[QAction] = []
        self.blocks = BlockActions(self)
        self.blocks.told.connect(self.told)
        self.blocks.advised.connect(self.advised)
        self._sort_action = self._make_sort()
        # Its key belongs to the page: it works from the list of findings too.
        out = self.tr("Withdraw from the batch, or bring back… (Ctrl+Shift+Del)")
        self._withdraw_action = QAction(out, self)
        self._withdraw_action.triggered.connect(self.withdraw_asked)
        self._connect_menus()
        self.set_readonly(False)

    def _prepare_headers(self) -> None:
        across, down = self._names, self._numbers
        self.setHorizontalHeader(across)
        self.setVerticalHeader(down)
        across.sectionClicked.connect(self._ask_sort)
        across.setAccessibleName(self.tr("Fields"))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setHighlightSections(True)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        down.setAccessibleName(self.tr("Row numbers in the file"))
        self.set_compact(False)

    def _connect_menus(self) -> None:
        self.customContextMenuRequested.connect(self._menu)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for header in (self.horizontalHeader(), self._frozen.horizontalHeader()):
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(self._header_menu)
        self.horizontalHeader().sectionResized.connect(self._resized)

    def set_readonly(self, readonly: bool) -> None:
        """Nothing can be written: another person has the workspace."""
        edits = (
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers if readonly else edits)
        self.blocks.set_readonly(readonly)

    def set_compact(self, compact: bool) -> None:
        """Lower rows, for who wants more of them; never lower than the text."""
        height = COMPACT_HEIGHT if compact else ROW_HEIGHT
        self.verticalHeader().setDefaultSectionSize(max(height, self.fontMetrics().height() + 4))
        self.verticalHeader().setMinimumSectionSize(COMPACT_HEIGHT)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Some rows stay in sight in a low window: the card below, which scrolls, is the one to give way."""
        hint = super().minimumSizeHint()
        rows = _LEAST_ROWS * self.verticalHeader().defaultSectionSize()
        around = self.horizontalHeader().height() + self.horizontalScrollBar().sizeHint().height()
        return hint.expandedTo(QSize(0, around + rows + 2 * self.frameWidth()))

    def open(self, model: GridModel) -> None:
        """Shows a model; widths come from the contract, never from the cells."""
        self.setModel(model)
        model.modelReset.connect(lambda: self._numbers.make_room(model.widest_number()))
        model.dataChanged.connect(lambda first, last: self._numbers.renew(first.row(), last.row()))
        self.columns = ColumnSet.first(model.contract.field_names)
        self._set_widths()
        self._frozen.follow(model)
        self.selectionModel().currentChanged.connect(self._tell_current)

    def set_columns(self, columns: ColumnSet) -> None:
        """Shows these columns, the first of them in place."""
        here = self.currentIndex()
        row, field = here.row(), self.current_field()
        self.columns = columns
        self.grid.set_columns(columns.shown)
        self._set_widths()
        self._frozen.freeze(columns.frozen)
        if row >= 0:
            place = self.grid.index(row, max(self.grid.column_of(field or ""), 0))
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.columns_changed.emit(columns)

    def _set_widths(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        self._laying = True
        for column, field in enumerate(self.grid.fields):
            cells = min(max(field.width + 4, _NARROWEST), _WIDEST) * digit
            usual = max(cells, self._names.width_for(field.label.in_(self._language)))
            self.setColumnWidth(column, self.columns.widths.get(field.name, usual))
        self._laying = False

    def _resized(self, column: int, _old: int, new: int) -> None:
        if not self._laying and new > 0 and column < len(self.grid.fields):
            self.columns = self.columns.with_width(self.grid.fields[column].name, new)
            self.columns_changed.emit(self.columns)

    @property
    def grid(self) -> GridModel:
        """The model, typed."""
        model = self.model()
        if not isinstance(model, GridModel):
            raise TypeError("the grid shows a GridModel only")
        return model

    def show_sort(self, sort: Sort | None) -> None:
        """The arrow in the header of the column that orders the rows."""
        column = -1 if sort is None else self.grid.column_of(sort.field)
        order = Qt.SortOrder.DescendingOrder if sort and sort.descending else Qt.SortOrder.AscendingOrder
        for header in (self.horizontalHeader(), self._frozen.horizontalHeader()):
            header.setSortIndicatorShown(column >= 0)
            header.setSortIndicator(column, order)

    def go_to(self, row_id: int, field: str | None = None) -> bool:
        """Makes a cell current and brings it in view; False when its row is not shown."""
        row = self.grid.row_of(row_id)
        if row is None:
            return False
        column = self.grid.column_of(field) if field else max(self.currentIndex().column(), 0)
        if column < 0 and field:
            self.set_columns(self.columns.with_shown(field))
            label = self.grid.contract.field(field).label.in_(self._language)
            self.told.emit(self.tr("The column “{field}” was hidden: it is shown again.").format(field=label))
            column = self.grid.column_of(field)
        index = self.grid.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    # actions

    def range(self) -> Range | None:
        """The block of cells that is selected; None when nothing is, or not one block."""
        return self.blocks.range()

    def current_field(self) -> str | None:
        """The field of the current cell."""
        here = self.currentIndex()
        return self.grid.fields[here.column()].name if here.isValid() else None

    def at_hand(self) -> tuple[int, str] | None:
        """Row id and field of the current cell."""
        here = self.currentIndex()
        if not here.isValid() or here.row() >= self.grid.rowCount():
            return None
        return self.grid.row_id(here.row()), self.grid.fields[here.column()].name

    def chosen_rows(self) -> list[int]:
        """Ids of the rows that the selection touches; the current one when it is empty."""
        parts = self.selectionModel().selection().toList()
        rows = {row for part in parts for row in range(part.top(), part.bottom() + 1)}
        if not rows and self.currentIndex().isValid():
            rows = {self.currentIndex().row()}
        return self.grid.row_ids(sorted(rows))

    def sort_current(self) -> None:
        """Orders the rows by the field of the current cell."""
        if self.currentIndex().isValid():
            self._ask_sort(self.currentIndex().column())

    def offer(self, actions: Sequence[QAction]) -> None:
        """More actions for the menu of a cell."""
        self._offered = list(actions)

    def _make_sort(self) -> QAction:
        action = QAction(self.tr("Sort by this field"), self)
        action.setShortcut(QKeySequence("Ctrl+Shift+T"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self.sort_current)
        self.addAction(action)
        return action

    def actions_for_menu(self) -> list[QAction]:
        """What the context menu offers, each with its key."""
        return [*self.blocks.actions, self._sort_action, self._withdraw_action, *self._offered]

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.blocks.actions)
        menu.addSeparator()
        menu.addActions([self._sort_action, self._withdraw_action, *self._offered])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def _header_menu(self, place: QPoint) -> None:
        header = self.sender()
        if isinstance(header, QHeaderView):
            column = header.logicalIndexAt(place)
            if 0 <= column < len(self.grid.fields):
                self.header_menu.emit(self.grid.fields[column].name, header.mapToGlobal(place))

    def _ask_sort(self, column: int) -> None:
        self.sort_asked.emit(self.grid.fields[column].name)

    # keys and cursor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState and not self.hasFocus():
            # A line lets go of the keys that it has no use for; they must not lead away from its cell.
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        elif key == Qt.Key.Key_Backspace:
            self.blocks.clear()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _ARROWS:
            self._to_edge(*_ARROWS[Qt.Key(key)], event.modifiers())
        elif key == Qt.Key.Key_Space and event.modifiers() & _WITH_SPACE:
            self._select_line(event.modifiers())
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _to_edge(self, down: int, right: int, modifiers: Qt.KeyboardModifier) -> None:
        """Ctrl and an arrow: to the edge of what is filled in; with Shift the way there is selected."""
        here = self.currentIndex()
        if not here.isValid():
            return
        there = self.grid.index(*edge(self.grid.sheet(), here.row(), here.column(), down, right))
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            start = self.selectionModel().selection().toList()
            anchor = QItemSelection(here, there)
            for each in start:
                anchor.merge(QItemSelection(each.topLeft(), each.bottomRight()), _ADD)
            anchor = _hull(self.grid, anchor)
            self.selectionModel().setCurrentIndex(there, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.selectionModel().select(anchor, _ANEW)
            self.scrollTo(there)
        else:
            self.selectionModel().setCurrentIndex(there, _ANEW)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Qt leaves the selection behind when Ctrl is held; what is out of sight must not be written into.
        command = super().selectionCommand(index, event)
        if isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return QItemSelectionModel.SelectionFlag.SelectCurrent
            return _ANEW
        return command

    def _select_line(self, modifiers: Qt.KeyboardModifier) -> None:
        """Shift+Space: the whole row; Ctrl+Space: the whole column."""
        here, model = self.currentIndex(), self.grid
        if not here.isValid():
            return
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            first, last = model.index(0, here.column()), model.index(model.rowCount() - 1, here.column())
        else:
            first, last = model.index(here.row(), 0), model.index(here.row(), model.columnCount() - 1)
        self.selectionModel().select(QItemSelection(first, last), _ANEW)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        steps = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: (0, 1),
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: (0, -1),
        }
        if hint in steps:
            self._step(*steps[hint])

    def _step(self, down: int, right: int) -> None:
        here = self.currentIndex()
        there = self.model().index(here.row() + down, here.column() + right)
        if there.isValid():
            self.selectionModel().setCurrentIndex(there, _ANEW)

    def edit(  # type: ignore[override]
        self, index: Index, trigger: QAbstractItemView.EditTrigger | None = None, event: QEvent | None = None
    ) -> bool:
        here = QModelIndex(cast(QModelIndex, index))
        if trigger is None:
            self._frozen.uncover(index)
            super().edit(here)
            return True
        opens = super().edit(here, trigger, cast(QEvent, event))
        if opens:
            self._frozen.uncover(index)
        return opens

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if index.column() < self._frozen.count:
            across.setValue(before)
            return
        hidden = self._frozen.covered() - self.visualRect(index).left()
        if hidden > 0:
            across.setValue(across.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frozen.place()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _tell_current(self, current: Index) -> None:
        if current.isValid():
            self.current_cell.emit(self.grid.row_id(current.row()), self.grid.fields[current.column()].name)


def _hull(model: GridModel, selection: QItemSelection) -> QItemSelection:
    """The smallest block around what is selected."""
    ranges = selection.toList()
    first = model.index(min(each.top() for each in ranges), min(each.left() for each in ranges))
    last = model.index(max(each.bottom() for each in ranges), max(each.right() for each in ranges))
    return QItemSelection(first, last)
