"""What stands around the grid: find and replace, the free filter, the columns, the explanation of a field."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.core.row_filter import Operator
from desktop_app.ui.fix.columns_dialog import ColumnsDialog
from desktop_app.ui.fix.field_dialog import FieldDialog
from desktop_app.ui.fix.filter_bar import FilterBar
from desktop_app.ui.fix.nothing import NothingInView
from desktop_app.ui.fix.replace_dialog import ReplaceDialog, Rows
from desktop_app.ui.models.columns import MOST_FROZEN, ColumnSet
from validation_rules.check import Checker

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.ui.fix.desk import Desk, Outcome
    from desktop_app.ui.fix.grid_view import GridView
    from desktop_app.ui.fix.toolbar import Toolbar
    from desktop_app.ui.session import Session

_KEEPING_MS = 600
COMPACT = "fix.compact"


class GridTools(QObject):
    """Belongs to one set of panes. `reset_asked`: everything is to be shown again."""

    reset_asked = Signal()

    def __init__(self, session: Session, desk: Desk, grid: GridView, toolbar: Toolbar) -> None:
        super().__init__(grid)
        self._session, self._desk, self._grid = session, desk, grid
        self._toolbar, self._contract = toolbar, grid.grid.contract
        self._outcome: Outcome | None = None
        self._checker: Checker | None = None
        self._replacing: ReplaceDialog | None = None
        self.filter_bar = FilterBar(self._contract, session.language)
        self.filter_bar.filtered.connect(self._filter)
        self._empty = NothingInView(grid)
        self._empty.button.clicked.connect(self.reset_asked)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(_KEEPING_MS)
        self._keeping.timeout.connect(self._keep)
        self.replace, self.columns, self.filter, self.explain = self._make_actions()
        grid.columns_changed.connect(self._keeping.start)
        grid.header_menu.connect(self._header_menu)
        grid.sort_asked.connect(self._sort)
        self._connect_toolbar(toolbar)

    def _connect_toolbar(self, toolbar: Toolbar) -> None:
        toolbar.filter.clicked.connect(self.open_filter)
        toolbar.replace.clicked.connect(self.open_replace)
        toolbar.columns.triggered.connect(self.open_columns)
        toolbar.compact.toggled.connect(self._set_compact)
        toolbar.row_wanted.connect(self.go_to_row)

    def _make_actions(self) -> list[QAction]:
        """In the menu of a cell, and by key anywhere on the page; the first four are returned."""
        wanted: list[tuple[str, str, Callable[[], None]]] = [
            (self.tr("Find and replace…"), "Ctrl+H", self.open_replace),
            (self.tr("Columns…"), "Ctrl+Shift+K", self.open_columns),
            (self.tr("Filter…"), "Ctrl+Shift+L", self.open_filter),
            (self.tr("About this field"), "Ctrl+F1", self.explain_current),
            (self.tr("Only rows with this value"), "Ctrl+Shift+F", self.filter_same),
            (self.tr("Rows without this value"), "", self.filter_others),
            (self.tr("Find the next occurrence"), "F3", self.find_next),
            (self.tr("Find the previous occurrence"), "Shift+F3", self.find_previous),
        ]
        made = []
        for text, keys, slot in wanted:
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(slot)
            made.append(action)
        self._grid.offer(made)
        return made[:4]

    def bind(self, pane: QWidget) -> None:
        """Lets the keys work anywhere in the pane."""
        pane.addActions([action for action in self._grid.actions_for_menu() if action.parent() is self])

    # what comes from the page

    def show_outcome(self, outcome: Outcome) -> None:
        """Takes note of what is in view, and says so when it is nothing."""
        others = self._outcome is None or self._outcome.snapshot.frame is not outcome.snapshot.frame
        moved = self._outcome is None or self._outcome.view.positions is not outcome.view.positions
        self._outcome = outcome
        if self._replacing is not None and (others or moved):
            self._replacing.rows_changed()
        if len(outcome.view.positions):
            self._empty.hide()
        elif outcome.view.rows_in_all == 0:
            self._empty.say(
                self.tr("This batch has no row."), self.tr("Load a file that holds records."), way_out=False
            )
        else:
            self._empty.say(
                self.tr("No row is in this selection."),
                self.tr("Of {rows} rows, none passes the filters, the search and the conditions.").format(
                    rows=self._session.number(outcome.view.rows_in_all)
                ),
                way_out=True,
            )

    def clear(self) -> None:
        """Takes the filter away without telling: the whole selection is being set."""
        self.filter_bar.clear(tell=False)

    # filter

    def open_filter(self) -> None:
        """Shows the conditions, the first on the field of the cursor."""
        self.filter_bar.open(self._grid.current_field())

    def filter_same(self) -> None:
        """Only rows that hold what the current cell holds."""
        self._filter_by(Operator.IS, Operator.BLANK)

    def filter_others(self) -> None:
        """Only rows that hold something else."""
        self._filter_by(Operator.IS_NOT, Operator.FILLED)

    def _filter_by(self, operator: Operator, when_blank: Operator) -> None:
        here = self._grid.currentIndex()
        if here.isValid():
            value = self._grid.grid.value(here.row(), here.column())
            field = self._grid.grid.fields[here.column()].name
            self.filter_bar.add(field, when_blank if value is None else operator, value or "")

    def _filter(self, rows: object) -> None:
        self._desk.select(replace(self._desk.selection, filter=rows))  # type: ignore[arg-type]

    # find and replace: the target of the dialog

    def open_replace(self) -> None:
        """Shows find and replace."""
        if self._outcome is None:
            return
        if self._replacing is None:
            # Of the grid, so that it goes with it when another batch is taken up.
            self._replacing = ReplaceDialog(self._contract, self, self._session.language, self._grid)
            self._replacing.undo_asked.connect(self._desk.undo)
            self._replacing.redo_asked.connect(self._desk.redo)
        block = self._grid.range()
        self._replacing.open_for(self._grid.current_field(), block is not None and block.cells > 1)

    def find_next(self) -> None:
        """The next cell that holds what was looked for."""
        self._step(1)

    def find_previous(self) -> None:
        """The one before."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._replacing is None or self._replacing.wanted().empty:
            self.open_replace()
        elif step > 0:
            self._replacing.find_next()
        else:
            self._replacing.find_previous()

    def rows(self, where: str) -> Rows | None:
        """See `Target`."""
        outcome = self._outcome
        if outcome is None:
            return None
        if where == "batch":
            return Rows(outcome.snapshot.frame, None)
        positions = outcome.view.positions
        if where == "selection":
            block = self._grid.range()
            if block is None:
                return None
            positions = positions.slice(block.top, block.height)
        return Rows(outcome.snapshot.frame, positions)

    def fields(self, where: str) -> tuple[str, ...]:
        """See `Target`."""
        names = tuple(field.name for field in self._grid.grid.fields)
        block = self._grid.range() if where == "selection" else None
        return names if block is None else names[block.left : block.right + 1]

    def cursor(self) -> tuple[int, str] | None:
        """See `Target`."""
        field = self._grid.current_field()
        return None if field is None else (self._grid.currentIndex().row(), field)

    def checker(self) -> Checker:
        """See `Target`."""
        if self._checker is None:
            self._checker = Checker(self._contract, self._session.today)
        return self._checker

    @property
    def writable(self) -> bool:
        """See `Target`."""
        return not self._session.readonly

    def go(self, row: int, field: str) -> None:
        """See `Target`."""
        if row < self._grid.grid.rowCount():
            self._grid.go_to(self._grid.grid.row_id(row), field)

    def replace_cells(self, edits: pl.DataFrame, seen: pl.DataFrame) -> None:
        """See `Target`."""
        self._desk.write(edits, self.tr("Find and replace"), seen)

    # columns

    def open_columns(self) -> None:
        """Choose the columns."""
        found: set[str] = set()
        if self._outcome is not None:
            for field in self._outcome.view.cases["field"].unique():
                found.update(field.split("+"))
        dialog = ColumnsDialog(self._contract, self._grid.columns, found, self._session.language, self._grid)
        dialog.chosen.connect(self._grid.set_columns)
        dialog.show()

    def _header_menu(self, field: str, place: QPoint) -> None:
        """The menu of one column."""
        columns, shown = self._grid.columns, self._grid.columns.shown
        menu = QMenu(self._grid)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("About this field"), partial(self.explain_field, field))
        menu.addAction(self.tr("Sort by this field"), partial(self._grid.sort_asked.emit, field))
        menu.addAction(self.tr("Filter by this field…"), partial(self._filter_field, field))
        menu.addSeparator()
        hide = menu.addAction(self.tr("Hide this column"), partial(self._put, columns.without([field])))
        hide.setEnabled(len(shown) > 1)
        freeze = menu.addAction(
            self.tr("Keep the columns up to here in place"),
            partial(self._put, columns.with_frozen(shown.index(field) + 1)),
        )
        freeze.setEnabled(shown.index(field) < MOST_FROZEN)
        loose = menu.addAction(self.tr("Keep no column in place"), partial(self._put, columns.with_frozen(0)))
        loose.setEnabled(columns.frozen > 0)
        menu.addAction(self.columns)
        menu.popup(place)

    def _filter_field(self, field: str) -> None:
        self.filter_bar.open(field)

    def _put(self, columns: ColumnSet) -> None:
        self._grid.set_columns(columns)

    def take_up(self) -> None:
        """The columns and the height of last time, once the workspace is open."""
        workspace = self._session.workspace
        self._grid.set_readonly(self._session.readonly)
        if workspace is not None:
            kept: object = workspace.settings.get(self._key, None)
            if kept is not None:
                self._grid.set_columns(ColumnSet.read(kept, self._contract.field_names))
            self._toolbar.set_compact(bool(workspace.settings.get(COMPACT, None)))

    def _keep(self) -> None:
        self._session.keep(self._key, self._grid.columns.to_keep())

    @property
    def _key(self) -> str:
        return f"fix.columns.{self._contract.id}"

    # rows

    def go_to_row(self, row_id: int, field: str = "") -> None:
        """Brings a row of the file in view, at a field or at that of the cursor, or says why it cannot."""
        if self._outcome is None:
            return
        if self._grid.go_to(row_id, field or self._grid.current_field()):
            self._session.advice.emit("")
            self._grid.setFocus()
        elif self._outcome.snapshot.position(row_id) is None:
            self._session.advice.emit(self.tr("There is no row {row} in this batch.").format(row=row_id))
        else:
            self._session.advice.emit(
                self.tr("Row {row} is not in this selection: show all rows to see it.").format(row=row_id)
            )

    def _sort(self, field: str) -> None:
        self._desk.sort(field, self._contract.field(field).logical_type == "integer")

    def _set_compact(self, compact: bool) -> None:
        self._grid.set_compact(compact)
        workspace = self._session.workspace
        if workspace is not None and compact != bool(workspace.settings.get(COMPACT, None)):
            self._session.keep(COMPACT, compact)

    # the field explained

    def explain_current(self) -> None:
        """Everything about the field of the current cell."""
        field = self._grid.current_field()
        if field is not None:
            self.explain_field(field)

    def explain_field(self, field: str) -> None:
        """Everything about a field."""
        FieldDialog(self._contract, field, self._session.language, self._grid).show()
