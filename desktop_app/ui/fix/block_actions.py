"""Copy, cut, paste, fill and clear as in a spreadsheet; large blocks are worked out off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from desktop_app.ui import tasks
from desktop_app.ui.fix.blocks import (
    BlockError,
    Pasted,
    Range,
    clear,
    copy,
    fill_down,
    fill_right,
    one_range,
    paste,
)
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.ui.fix.grid_view import GridView
    from desktop_app.ui.models.grid import Sheet

_AT_ONCE = 4_000  # cells worked out while the person waits: a blink
_AT_ONCE_CHARACTERS = 40_000

Work = Callable[[Progress], Pasted]


class BlockActions(QObject):
    """Acts on the selected cells of a grid; asks for edits through its model. `told`: what was left out;
    `advised`: why it did nothing, "" once a block was copied: of what is written, the desk tells."""

    told = Signal(str)
    advised = Signal(str)

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._readonly = False
        self.actions = self._make_actions()

    def _make_actions(self) -> list[QAction]:
        wanted: list[tuple[str, QKeySequence | QKeySequence.StandardKey, Callable[[], None]]] = [
            (self.tr("Copy"), QKeySequence.StandardKey.Copy, self.copy),
            (self.tr("Cut"), QKeySequence.StandardKey.Cut, self.cut),
            (self.tr("Paste"), QKeySequence.StandardKey.Paste, self.paste),
            (self.tr("Fill down"), QKeySequence("Ctrl+D"), self.fill_down),
            (self.tr("Fill to the right"), QKeySequence("Ctrl+R"), self.fill_right),
            (self.tr("Clear"), QKeySequence(Qt.Key.Key_Delete), self.clear),
        ]
        made = []
        for text, key, slot in wanted:
            action = QAction(text, self._grid)
            action.setShortcut(key)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self._grid.addAction(action)
            made.append(action)
        return made

    def set_readonly(self, readonly: bool) -> None:
        """Leaves copying alone."""
        self._readonly = readonly
        for action in self.actions[1:]:
            action.setEnabled(not readonly)

    def range(self) -> Range | None:
        """The block of cells that is selected; None when nothing is, or not one block."""
        return one_range([(each.top, each.left, each.bottom, each.right) for each in self._ranges()])

    def copy(self) -> None:
        """The selected block to the clipboard, as Excel and LibreOffice read it."""
        self._copy(then_clear=False)

    def cut(self) -> None:
        """The same, and the cells are emptied."""
        self._copy(then_clear=True)

    def paste(self) -> None:
        """The clipboard into the cells from the first selected one on."""
        block, text = self._block(), QGuiApplication.clipboard().text()
        if block is None:
            return
        sheet = self._grid.grid.sheet()
        small = len(text) <= _AT_ONCE_CHARACTERS and block.cells <= _AT_ONCE
        self._run(lambda progress: paste(sheet, block, text, progress), small)

    def fill_down(self) -> None:
        """The first row of the block into the rows below it; one row alone takes the row above."""
        self._fill(fill_down)

    def fill_right(self) -> None:
        """The first column of the block into those after it; one alone takes the column before."""
        self._fill(fill_right)

    def clear(self) -> None:
        """Empties the selected cells, wherever they are."""
        ranges = self._ranges()
        sheet = self._grid.grid.sheet()
        small = sum(each.cells for each in ranges) <= _AT_ONCE
        self._run(lambda progress: Pasted(clear(sheet, ranges, progress)), small)

    # how

    def _ranges(self) -> list[Range]:
        selection = self._grid.selectionModel().selection().toList()
        return [Range(each.top(), each.left(), each.bottom(), each.right()) for each in selection]

    def _block(self) -> Range | None:
        found = self.range()
        if found is None:
            self._refused(BlockError("shape"))
        return found

    def _fill(self, how: Callable[[Sheet, Range, Progress], pl.DataFrame]) -> None:
        block = self._block()
        if block is not None:
            sheet = self._grid.grid.sheet()
            self._run(lambda progress: Pasted(how(sheet, block, progress)), block.cells <= _AT_ONCE)

    def _copy(self, then_clear: bool) -> None:
        block = self._block()
        if block is None:
            return
        sheet = self._grid.grid.sheet()

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.advised.emit("")
            if then_clear:
                self.clear()

        if block.cells <= _AT_ONCE:
            copied(copy(sheet, block))
            return
        self._later(lambda progress: copy(sheet, block, progress), copied)

    def _run(self, work: Work, at_once: bool) -> None:
        if not at_once:
            self._later(work, self._ask)
            return
        try:
            self._ask(work(silent))
        except BlockError as refused:
            self._refused(refused)

    def _later(self, work: Callable[[Progress], object], done: Callable[..., None]) -> None:
        def job(progress: Progress) -> object:
            try:
                return work(progress)
            except BlockError as refused:
                raise _as_told(refused) from None

        tasks.run(self, job, done, self._failed, self.tr("Working out the block"))

    def _ask(self, pasted: Pasted) -> None:
        if pasted.cells.height and not self._readonly:
            self._grid.grid.block_asked.emit(pasted.cells)
        if pasted.left_out:
            self.told.emit(
                self.tr("%Ln cell(s) fell outside the grid and were not pasted.", "", pasted.left_out)
            )

    def _failed(self, error: AppError) -> None:
        if error.code == _TOO_LARGE:
            self._refused(BlockError("size"))
        else:
            tasks.lanes().failure.emit(error)

    def _refused(self, refused: BlockError) -> None:
        if refused.reason == "shape":
            self.advised.emit(self.tr("Select one block of cells, then try again."))
        else:
            self.advised.emit(
                self.tr("More than {limit} cells at once: select fewer.").format(
                    limit=QLocale().toString(refused.limit)
                )
            )


_TOO_LARGE = "fix.block_size"


def _as_told(refused: BlockError) -> AppError:
    """From the worker to the window: the words are found there."""
    return AppError(
        _TOO_LARGE,
        Text(f"Plus de {refused.limit} cellules à la fois.", f"More than {refused.limit} cells at once."),
        Text("Sélectionnez-en moins.", "Select fewer."),
    )
