"""Find and replace: what would change is shown, value by value, before anything does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QLocale, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.replacing import (
    MOST_CHARACTERS,
    How,
    Replacing,
    Wanted,
    cells,
    chosen,
    judged,
    next_hit,
    nothing,
    plan,
)
from desktop_app.ui import tasks
from desktop_app.ui.models.replacing import EFFECT, Effect, ReplacingModel
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.fitting import FittingBox
from desktop_app.ui.widgets.room import open_at
from desktop_app.ui.widgets.table import plain_table

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.errors import AppError
    from desktop_app.core.progress import Progress
    from validation_rules.check import Checker
    from validation_rules.contract import Contract
    from validation_rules.text import Language

_WIDE, _HIGH = 118, 34  # in average characters, and in lines
_TYPING_MS = 350
_WIDTHS = (24, 20, 20, 12)
_LEAST = 14  # characters of a choice


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows at one moment: `positions` in `frame`, None for all of them."""

    frame: pl.DataFrame
    positions: pl.Series | None


class Target(Protocol):
    """What the dialog asks of the page."""

    def rows(self, where: str) -> Rows | None:
        """The rows of `view`, `selection` or `batch`; None while there are none."""

    def fields(self, where: str) -> tuple[str, ...]:
        """The fields of the grid, of the selected cells only for `selection`."""

    def cursor(self) -> tuple[int, str] | None:
        """Row of the grid and field of the current cell."""

    def checker(self) -> Checker:
        """The rules as they stand today."""

    @property
    def writable(self) -> bool:
        """Whether anything can be replaced."""

    def go(self, row: int, field: str) -> None:
        """Makes a cell of the grid current."""

    def replace_cells(self, edits: pl.DataFrame, seen: pl.DataFrame) -> None:
        """Writes `row_id, field, new`, worked out on the rows `seen`."""


@dataclass(frozen=True, slots=True)
class _Preview:
    rows: Rows
    found: Replacing
    effects: list[Effect]


class ReplaceDialog(QDialog):
    """Stays open beside the grid; every replacement is one action that Ctrl+Z takes back, from here too."""

    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, contract: Contract, target: Target, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._contract, self._target = contract, target
        self._language: Language = language
        self._preview: _Preview | None = None
        self._job: tasks.Job | None = None
        self.setWindowTitle(self.tr("Find and replace"))
        self.what, self.by, self.case = QLineEdit(), QLineEdit(), QCheckBox(self.tr("Match capitals"))
        # The longest of their lines would make the window wider than a small screen.
        self.how, self.field, self.where = (FittingBox(letters=_LEAST) for _ in range(3))
        self.model = ReplacingModel(contract, language, self)
        self.next, self.previous = QPushButton(self.tr("Find next")), QPushButton(self.tr("Find previous"))
        self.button, self.summary = QPushButton(), PlainLabel()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.preview)
        self._prepare()
        self._lay_out()
        self._connect()
        self._say()
        open_at(self, _WIDE, _HIGH)

    def _prepare(self) -> None:
        for each, name in (
            (self.what, self.tr("Find")),
            (self.by, self.tr("Replace by")),
            (self.how, self.tr("What of the cell")),
            (self.field, self.tr("In the field")),
            (self.where, self.tr("In the rows")),
        ):
            each.setAccessibleName(name)
        for how, words in (
            (How.PART, self.tr("Any part of the cell")),
            (How.WHOLE, self.tr("The whole cell (nothing: blank cells)")),
            (How.BEGINNING, self.tr("Its beginning")),
            (How.PATTERN, self.tr("A pattern (regular expression; $1: first group)")),
        ):
            self.how.addItem(words, how)
        for where, words in (
            ("view", self.tr("Rows in view")),
            ("selection", self.tr("Selected cells")),
            ("batch", self.tr("All rows of the batch")),
        ):
            self.where.addItem(words, where)
        self.field.addItem(self.tr("Every column shown"), None)
        for field in self._contract.fields:
            self.field.addItem(field.label.in_(self._language), field.name)
        self.field.setMaxVisibleItems(24)
        self.button.setProperty("role", "primary")
        for line in (self.what, self.by):
            line.setMaxLength(MOST_CHARACTERS)
        self.summary.setWordWrap(True)
        self.next.setToolTip(f"{self.next.text()} (F3)")
        self.previous.setToolTip(f"{self.previous.text()} ({self.tr('Shift+F3')})")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        form, line = QFormLayout(), QHBoxLayout()
        form.addRow(self.tr("Find"), self.what)
        form.addRow(self.tr("Replace by"), self.by)
        for widget in (self.how, self.field, self.where, self.case):
            line.addWidget(widget, 0 if widget is self.case else 1)
        column.addLayout(form)
        column.addLayout(line)
        self.table = plain_table(self.model, self.tr("What would change; Space leaves a line out"))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(EFFECT, QHeaderView.ResizeMode.Stretch)
        letter = self.fontMetrics().averageCharWidth()
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width * letter)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        for button in (self.previous, self.next, self.button, close):
            button.setAutoDefault(False)
        foot.addWidget(self.summary, 1)
        for button in (self.previous, self.next, close, self.button):
            foot.addWidget(button)
        column.addLayout(foot)

    def _connect(self) -> None:
        for line in (self.what, self.by):
            line.textChanged.connect(self._changed)
            line.returnPressed.connect(self.preview)
        for box in (self.how, self.field, self.where):
            box.currentIndexChanged.connect(self._changed)
        self.case.toggled.connect(self._changed)
        self.model.ticked.connect(self._say)
        self.next.clicked.connect(self.find_next)
        self.previous.clicked.connect(self.find_previous)
        self.button.clicked.connect(self.replace_all)
        for keys, slot in (
            ("F3", self.find_next),
            ("Shift+F3", self.find_previous),
            ("Ctrl+Z", self.undo_asked.emit),
            ("Ctrl+Y", self.redo_asked.emit),
            ("Ctrl+Shift+Z", self.redo_asked.emit),
        ):
            QShortcut(QKeySequence(keys), self, slot)
        for line in (self.what, self.by):
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A line takes Ctrl+Z and Ctrl+Y for itself even with nothing to take back.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(watched, QLineEdit):
            key = cast(QKeyEvent, event)
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            idle = (key.matches(undo) and not watched.isUndoAvailable()) or (
                key.matches(redo) and not watched.isRedoAvailable()
            )
            if idle:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    # what is wanted

    def open_for(self, field: str | None, selection: bool) -> None:
        """Shows the dialog; several selected cells are where one then means to look."""
        self.where.setCurrentIndex(1 if selection else 0)
        if self.isHidden() and field is not None and not selection:
            self.field.setCurrentIndex(max(self.field.findData(field), 0))
        elif selection:
            self.field.setCurrentIndex(0)
        self.show()
        self.activateWindow()
        self.what.setFocus()
        self.what.selectAll()
        self.preview()

    def wanted(self) -> Wanted:
        """What the boxes say."""
        field = self.field.currentData()
        where = str(self.where.currentData())
        fields = self._target.fields(where) if field is None else (str(field),)
        return Wanted(self.what.text(), self.by.text(), fields, self.how.currentData(), self.case.isChecked())

    def rows_changed(self) -> None:
        """The rows are others now: what was worked out holds no more."""
        if self.isVisible():
            self._forget()
            self._typing.start()

    def _changed(self) -> None:
        self._forget()
        self._typing.start()

    def _forget(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self._preview = None
        self._say()

    # what would change

    def preview(self) -> None:
        """Works out what would change."""
        self._typing.stop()
        self._forget()
        rows, wanted = self._target.rows(str(self.where.currentData())), self.wanted()
        if rows is None or wanted.empty or not wanted.fields or not self._asked(wanted):
            self.model.show(nothing(wanted).lines, [])
            self._say()
            return
        contract, checker = self._contract, self._target.checker()

        def work(progress: Progress) -> _Preview:
            found = plan(rows.frame, contract, wanted, rows.positions, progress)
            return _Preview(rows, found, judged(rows.frame, found.lines, checker))

        self._job = tasks.run(
            self, work, self._worked_out, self._failed, self.tr("Searching the cells"), loose=True
        )

    def _asked(self, wanted: Wanted) -> bool:
        """Blank cells are looked for only with something to put in them."""
        return bool(wanted.find.strip() or wanted.by.strip())

    def _worked_out(self, preview: _Preview) -> None:
        self._job = None
        self._preview = preview
        self.model.show(preview.found.lines, preview.effects)
        self._say()

    def _failed(self, error: AppError) -> None:
        self._job = None
        self.model.show(nothing(self.wanted()).lines, [])
        self._say()
        self.summary.setText(error.sentence(self._language))

    def _say(self) -> None:
        count = self.model.cells if self._preview is not None else 0
        self.button.setText(self.tr("Replace in %Ln cell(s)", "", count))
        self.button.setEnabled(count > 0 and self._target.writable)
        if self._preview is None:
            self.summary.setText(self.tr("Searching…") if self._typing.isActive() or self._job else "")
            return
        found = self._preview.found
        if not found.cells:
            self.summary.setText(self.tr("No cell would change."))
            return
        number = QLocale().toString
        words = self.tr("{cells} of %Ln cell(s), {rows}.", "", found.cells).format(
            cells=number(count), rows=self.tr("%Ln row(s)", "", found.rows)
        )
        if self.model.breaking:
            words += " " + self.tr("%Ln value(s) would break a rule.", "", self.model.breaking)
        self.summary.setText(words)

    # what is done

    def replace_all(self) -> None:
        """Writes what the preview shows, as one action."""
        preview = self._preview
        if preview is None or not self.model.cells:
            return
        lines, rows = chosen(preview.found.lines, self.model.left_out), preview.rows
        self.button.setEnabled(False)

        def work(progress: Progress) -> pl.DataFrame:
            return cells(rows.frame, lines, rows.positions)

        def write(edits: pl.DataFrame) -> None:
            self._target.replace_cells(edits, rows.frame)
            for line in (self.what, self.by):
                line.setText(line.text())  # from now on Ctrl+Z takes the replacement back, not the typing

        tasks.run(self, work, write, self._failed, self.tr("Working out the cells"))

    def find_next(self) -> None:
        """To the next cell found in the rows in view."""
        self._find(1)

    def find_previous(self) -> None:
        """To the one before."""
        self._find(-1)

    def _find(self, step: int) -> None:
        rows, wanted = self._target.rows("view"), self.wanted()
        if rows is None or rows.positions is None or not wanted.fields:
            return
        positions, cursor = rows.positions, self._target.cursor()
        row, field = cursor or (0, wanted.fields[0])
        start = (row, wanted.fields.index(field) if field in wanted.fields else 0)

        def work(progress: Progress) -> tuple[int, int] | None:
            return next_hit(rows.frame, positions, wanted, start, step)

        def found(place: tuple[int, int] | None) -> None:
            if place is None:
                self.summary.setText(self.tr("Not found in the rows in view."))
            else:
                self._target.go(place[0], wanted.fields[place[1]])

        tasks.run(self, work, found, self._failed, self.tr("Searching the cells"), loose=True)
