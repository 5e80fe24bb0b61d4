"""The columns that say whose row it is: they stay in place while the others scroll."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop_app.ui.fix.delegate import CellDelegate
from desktop_app.ui.models.grid import GridModel
from desktop_app.ui.widgets.words_header import WordsHeader
from validation_rules.text import Language

Index = QModelIndex | QPersistentModelIndex


class FrozenColumns(QTableView):
    """A second sight of the first columns, laid over the grid only while it is scrolled sideways.

    The grid keeps the keyboard, the selection and the editors; a screen reader meets one table. `chosen`: how
    many columns a person wants in place; `count`: how many are, in the room there is.
    """

    def __init__(self, grid: QTableView, count: int, language: Language) -> None:
        super().__init__(grid)
        self._grid = grid
        self.chosen = count
        self._hiding = -1  # the columns from here on are hidden; none before the first model
        self.setObjectName("frozenColumns")
        self.setItemDelegate(CellDelegate(language, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(grid)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(
            "QTableView#frozenColumns { border: none; border-right: 2px solid palette(dark); }"
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(grid.verticalScrollMode())
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = WordsHeader(self)
        self.setHorizontalHeader(across)
        across.sectionClicked.connect(grid.horizontalHeader().sectionClicked)
        self._follow(grid)
        self.hide()

    def _follow(self, grid: QTableView) -> None:
        """Widths, places and double clicks go to and fro."""
        grid.horizontalHeader().sectionResized.connect(self._resize_column)
        grid.horizontalScrollBar().valueChanged.connect(self.place)
        grid.verticalScrollBar().valueChanged.connect(self._line_up)
        # A view lays out its rows when it has time: until then its range cuts off what the grid told it.
        self.verticalScrollBar().rangeChanged.connect(self._line_up)
        self.verticalScrollBar().valueChanged.connect(self._lead)
        self.doubleClicked.connect(self._edit)

    def follow(self, model: GridModel) -> None:
        """Shows the same model with the same selection as the grid."""
        self.setModel(model)
        self.setSelectionModel(self._grid.selectionModel())
        self.freeze(self.chosen)
        model.modelReset.connect(self.place, Qt.ConnectionType.QueuedConnection)

    def freeze(self, count: int) -> None:
        """Keeps the first `count` columns in place; after other columns were chosen, too."""
        self.chosen, self._hiding = count, -1
        self.place()

    @property
    def count(self) -> int:
        """The columns that stay in place now: they leave half of the grid to those that move, whatever was
        chosen in a larger window."""
        room = self._grid.viewport().width() // 2
        ends = accumulate(self._grid.columnWidth(column) for column in range(self.chosen))
        return sum(end <= room for end in ends)

    def _hide_others(self) -> None:
        """A column that does not stay must not be in this view: it would scroll to the current cell there."""
        count = self.count
        if count == self._hiding:
            return
        self._hiding = count
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column >= count)
            if column < count:
                self.setColumnWidth(column, self._grid.columnWidth(column))

    def covered(self) -> int:
        """How many pixels of the grid's cells lie under the frozen columns."""
        return sum(self._grid.columnWidth(column) for column in range(self.count))

    def uncover(self, index: Index) -> None:
        """Before an identifier is edited: the editor opens in the grid, which must not be covered there."""
        if index.column() < self.count:
            self._grid.horizontalScrollBar().setValue(0)

    def place(self) -> None:
        """Over the first columns when the grid is scrolled sideways, away when it is not."""
        grid = self._grid
        if self.model() is not None:
            self._hide_others()
        # Without rows there is nothing to keep in place, and the grid says so over its whole width.
        rows = grid.model() is not None and grid.model().rowCount() > 0
        shown = rows and self.count > 0 and grid.horizontalScrollBar().value() > 0
        self.setVisible(shown)
        if not shown:
            return
        self.verticalHeader().setDefaultSectionSize(grid.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(grid.horizontalHeader().height())
        area = grid.viewport().geometry()
        top = grid.horizontalHeader().geometry().top()
        self.setGeometry(area.left(), top, min(self.covered() + 2, area.width()), area.bottom() - top + 1)
        self._line_up()
        self.raise_()

    def _line_up(self) -> None:
        """The same rows as the grid: beside a row stands nobody else's number."""
        self.verticalScrollBar().setValue(self._grid.verticalScrollBar().value())

    def _lead(self, value: int) -> None:
        """The wheel over these columns moves the grid; a value that an old range cut off does not."""
        bar = self._grid.verticalScrollBar()
        if self.verticalScrollBar().maximum() == bar.maximum():
            bar.setValue(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.verticalScrollBar().value() != self._grid.verticalScrollBar().value():
            self._line_up()
        super().paintEvent(event)

    def _resize_column(self, column: int, _old: int, new: int) -> None:
        if column < self.chosen:
            self.setColumnWidth(column, new)
            self.place()

    def _edit(self, index: QModelIndex) -> None:
        self._grid.setFocus()
        self._grid.edit(index)
