"""The rows of the page Load: the first ones, those that look odd, and those kept aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from desktop_app.core.extracts.conventions import shown_as
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.extracts import Preview
    from desktop_app.core.extracts.survey import Survey
    from desktop_app.core.stages import Extract, ImportOptions

FIRST, ODD, ASIDE = 0, 1, 2
MOST_ASIDE = 500
_ARROW = "  \u2192  "


class RowsView(QWidget):
    """Three sets of rows under one table. A cell that is read otherwise than it is written shows both."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._preview: Preview | None = None
        self._survey: Survey | None = None
        self._extract: Extract | None = None
        self._only: Collection[int] = ()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(self.tr("Which rows are shown"))
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _ in (FIRST, ODD, ASIDE):
            self.tabs.addTab("")
        self.as_read = QCheckBox(self.tr("Show how dates and numbers are read"))
        self.as_read.toggled.connect(self.refresh)
        self._note = PlainLabel()
        self._note.setProperty("role", "muted")
        self._rows = RowsModel(self)
        self.table = plain_table(self._rows, self.tr("Rows of the file"))
        self.tabs.currentChanged.connect(self._turned)
        head = QHBoxLayout()
        head.addWidget(self.tabs)
        head.addWidget(self._note, 1)
        head.addWidget(self.as_read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def show_file(self, preview: Preview, survey: Survey | None, extract: Extract | None) -> None:
        """Shows the rows of a file; `survey` is of its start until the whole file was read."""
        another = self._preview is None or preview.columns != self._preview.columns
        self._preview, self._survey, self._extract, self._only = preview, survey, extract, ()
        if another:
            self.tabs.setCurrentIndex(FIRST)
        self.refresh()

    def show_only(self, numbers: Collection[int]) -> None:
        """Turns to the odd rows, to these alone."""
        self.tabs.setCurrentIndex(ODD)
        self._only = frozenset(numbers)
        self.refresh()

    def show_aside(self) -> None:
        """Turns to the rows kept aside."""
        self.tabs.setCurrentIndex(ASIDE)

    def refresh(self) -> None:
        """Says it again."""
        if self._preview is None:
            return
        self._name_tabs()
        which = self.tabs.currentIndex()
        self.as_read.setVisible(which == FIRST)
        self.table.verticalHeader().setVisible(which == FIRST)
        self._note.setText("")
        columns, rows = {FIRST: self._first, ODD: self._odd, ASIDE: self._aside}[which](self._preview)
        self._rows.show(columns, rows)
        fit_columns(self.table, columns, rows)

    def _turned(self) -> None:
        self._only = ()
        self.refresh()

    def _name_tabs(self) -> None:
        odd = len(self._survey.odd) if self._survey is not None else 0
        aside = self._aside_frame()
        kept = 0 if aside is None else aside.height
        self.tabs.setTabText(FIRST, self.tr("First rows"))
        self.tabs.setTabText(ODD, self.tr("Rows that look odd: {n}").format(n=self._session.number(odd)))
        self.tabs.setTabText(ASIDE, self.tr("Kept aside: {n}").format(n=self._session.number(kept)))
        self.tabs.setTabVisible(ODD, odd > 0)
        self.tabs.setTabVisible(ASIDE, kept > 0)

    def _aside_frame(self) -> pl.DataFrame | None:
        return self._extract.aside if self._extract is not None else None

    def _first(self, preview: Preview) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        if not self.as_read.isChecked():
            return preview.columns, preview.rows
        return preview.columns, [self._read(preview, row) for row in preview.rows]

    def _read(self, preview: Preview, row: Sequence[str]) -> list[str]:
        """Each cell, and after an arrow how it is read when that differs."""
        options, names = _options(preview), preview.columns
        orders = self._survey.orders if self._survey is not None else preview.orders
        cells = []
        for place, cell in enumerate(row):
            name = names[place] if place < len(names) else ""
            read = shown_as(cell, options, orders.of(name)) if cell else None
            cells.append(cell if read is None else f"{cell}{_ARROW}{read}")
        return cells

    def _odd(self, preview: Preview) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        listed = self._survey.odd if self._survey is not None else ()
        shown = [row for row in listed if not self._only or row.number in self._only]
        if len(shown) < len(listed):
            self._note.setText(self.tr("%Ln row(s) of one kind", "", len(shown)))
        rows = [[self._session.number(row.number), self._session.say(row.why), *row.cells] for row in shown]
        return [
            self.tr("Row"),
            self.tr("Why"),
            *self._columns(preview, max(map(len, rows), default=0) - 2),
        ], rows

    def _aside(self, preview: Preview) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
        aside = self._aside_frame()
        if aside is None:
            return [], []
        if aside.height > MOST_ASIDE:
            self._note.setText(self.tr("The first %Ln row(s)", "", MOST_ASIDE))
        rows = [
            [self._session.number(row[0]), self._session.number(row[1]), *(cell or "" for cell in row[2:])]
            for row in aside.head(MOST_ASIDE).iter_rows()
        ]
        return [self.tr("Row"), self.tr("Cells"), *aside.columns[2:]], rows

    def _columns(self, preview: Preview, width: int) -> Sequence[str]:
        """The names of the columns, also of those beyond the header."""
        names = list(self._extract.columns if self._extract is not None else preview.columns)
        beyond = self.tr("beyond the header")
        return names + [beyond] * (width - len(names))


def _options(preview: Preview) -> ImportOptions:
    """The options, with the decimal mark that was guessed where the person chose none."""
    guessed = {guess.option: guess.value for guess in preview.guesses}
    return replace(
        preview.options, decimal_mark=preview.options.decimal_mark or guessed.get("decimal_mark") or None
    )
