"""The grid with the manners of a spreadsheet: keys, blocks, columns that stay in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QItemSelectionRange,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from desktop_app.ui.fix.blocks import BlockError, Range, clear, copy, fill_down, one_range, paste
from desktop_app.ui.fix.delegate import CellDelegate
from desktop_app.ui.fix.frozen import FrozenColumns
from desktop_app.ui.models.grid import GridModel
from desktop_app.ui.widgets.words_header import WordsHeader
from validation_rules.text import Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.ui.models.selection import Sort

Index = QModelIndex | QPersistentModelIndex
FROZEN = 2  # numero_patient, numero_tumeur
ROW_HEIGHT, COMPACT_HEIGHT = 26, 22
_NARROWEST, _WIDEST = 9, 26  # characters


class GridView(QTableView):
    """Rows of the batch. Asks for edits through the model; asks for an order through `sort_asked`."""

    sort_asked = Signal(str)
    told = Signal(str)
    current_cell = Signal(int, str)  # row_id, field
    withdraw_asked = Signal()  # the chosen rows out of the batch, or back into it

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language: Language = language
        self.setAccessibleName(self.tr("Rows of the batch"))
        self.setItemDelegate(CellDelegate(language, self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._names = WordsHeader(self)
        self.setTabKeyNavigation(True)
        self._prepare_headers()
        self._frozen = FrozenColumns(self, FROZEN, language)
        self._actions = self._make_actions()

    def _prepare_headers(self) -> None:
        across, down = self._names, self.verticalHeader()
        self.setHorizontalHeader(across)
        across.sectionClicked.connect(self._ask_sort)
        across.setAccessibleName(self.tr("Fields"))
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setHighlightSections(True)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        down.setAccessibleName(self.tr("Row numbers in the file"))
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Lower rows, for who wants more of them; never lower than the text."""
        height = COMPACT_HEIGHT if compact else ROW_HEIGHT
        self.verticalHeader().setDefaultSectionSize(max(height, self.fontMetrics().height() + 4))
        self.verticalHeader().setMinimumSectionSize(COMPACT_HEIGHT)

    def open(self, model: GridModel) -> None:
        """Shows a model; widths come from the contract, never from the cells."""
        self.setModel(model)
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, field in enumerate(model.fields):
            cells = min(max(field.width + 4, _NARROWEST), _WIDEST) * digit
            self.setColumnWidth(column, max(cells, self._names.width_for(field.label.in_(self._language))))
        self._frozen.follow(model)
        self.selectionModel().currentChanged.connect(self._tell_current)

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
        index = self.grid.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def range(self) -> Range | None:
        """The block of cells that is selected; None when nothing is, or not one block."""
        ranges = [(each.top(), each.left(), each.bottom(), each.right()) for each in self._ranges()]
        return one_range(ranges)

    def _ranges(self) -> list[QItemSelectionRange]:
        return self.selectionModel().selection().toList()

    # spreadsheet actions

    def actions_for_menu(self) -> list[QAction]:
        """What the context menu offers, each with its key."""
        return self._actions

    def _make_actions(self) -> list[QAction]:
        wanted: list[tuple[str, QKeySequence | QKeySequence.StandardKey, Callable[[], None]]] = [
            (self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy_block),
            (self.tr("Paste"), QKeySequence.StandardKey.Paste, self.paste_block),
            (self.tr("Fill down"), QKeySequence("Ctrl+D"), self.fill_block),
            (self.tr("Clear"), QKeySequence(Qt.Key.Key_Delete), self.clear_block),
            (self.tr("Sort by this field"), QKeySequence("Ctrl+Shift+T"), self.sort_current),
        ]
        made = []
        for text, key, slot in wanted:
            action = QAction(text, self)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.addAction(action)
            made.append(action)
        # Its key belongs to the page: it works from the list of findings too.
        out = QAction(self.tr("Withdraw from the batch, or bring back… (Ctrl+Shift+Del)"), self)
        out.triggered.connect(self.withdraw_asked)
        made.append(out)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        return made

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self._actions)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def chosen_rows(self) -> list[int]:
        """Ids of the rows that the selection touches; the current one when it is empty."""
        model = self.selectionModel()
        chosen = model.selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        rows = {row for part in parts for row in range(part.top(), part.bottom() + 1)}
        if not rows and self.currentIndex().isValid():
            rows = {self.currentIndex().row()}
        return [self.grid.row_id(row) for row in sorted(rows)]

    def copy_block(self) -> None:
        """The selected block to the clipboard, as Excel and LibreOffice read it."""
        try:
            QGuiApplication.clipboard().setText(copy(self.grid, self._block()))
        except BlockError as refused:
            self._tell_refused(refused)

    def paste_block(self) -> None:
        """The clipboard into the cells from the first selected one on."""
        try:
            pasted = paste(self.grid, self._block(), QGuiApplication.clipboard().text())
        except BlockError as refused:
            self._tell_refused(refused)
            return
        self._ask(pasted.cells)
        if pasted.left_out:
            self.told.emit(
                self.tr("%Ln cell(s) fell outside the grid and were not pasted.", "", pasted.left_out)
            )

    def fill_block(self) -> None:
        """The first row of the block into the rows below it; one row alone takes the row above."""
        self._change(fill_down)

    def clear_block(self) -> None:
        """Empties the selected cells."""
        self._change(clear)

    def sort_current(self) -> None:
        """Orders the rows by the field of the current cell."""
        if self.currentIndex().isValid():
            self._ask_sort(self.currentIndex().column())

    def _change(self, how: Callable[[GridModel, Range], list[tuple[int, str, str | None]]]) -> None:
        try:
            self._ask(how(self.grid, self._block()))
        except BlockError as refused:
            self._tell_refused(refused)

    def _block(self) -> Range:
        found = self.range()
        if found is None:
            raise BlockError("shape")
        return found

    def _ask(self, cells: list[tuple[int, str, str | None]]) -> None:
        if cells:
            self.grid.edit_asked.emit(cells)

    def _tell_refused(self, refused: BlockError) -> None:
        if refused.reason == "shape":
            self.told.emit(self.tr("Select one block of cells, then try again."))
        else:
            self.told.emit(
                self.tr("More than {limit} cells at once: select fewer.").format(
                    limit=QLocale().toString(refused.limit)
                )
            )

    def _ask_sort(self, column: int) -> None:
        self.sort_asked.emit(self.grid.fields[column].name)

    # keys and cursor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.state() == QAbstractItemView.State.EditingState and not self.hasFocus():
            # A line lets Enter through to its parent; its delegate has it already.
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        elif key == Qt.Key.Key_Backspace:
            self.clear_block()
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        steps = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: (0, 1),
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: (0, -1),
            QAbstractItemDelegate.EndEditHint.SubmitModelCache: (1, 0),
        }
        if hint in steps:
            self._step(*steps[hint])

    def _step(self, down: int, right: int) -> None:
        here = self.currentIndex()
        there = self.model().index(here.row() + down, here.column() + right)
        if there.isValid():
            self.setCurrentIndex(there)

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
        if index.column() < FROZEN:
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
