"""What the lists of changes share: a table of lines, several of which can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import polars as pl
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from desktop_app.ui.models.lines import LinesModel
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.table import plain_table


class LinesList(QWidget):
    """A line of controls, the table, a line of buttons. `cell_chosen` names the cell of the line at hand."""

    cell_chosen = Signal(int, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.top, self.bottom = QHBoxLayout(), QHBoxLayout()

    def words(self, line: dict[str, Any], name: str) -> str:
        """What a cell says; `line` holds every value of its line."""
        raise NotImplementedError

    def build(self, name: str, columns: Sequence[tuple[str, str, int]], nothing: str) -> None:
        """Makes the table; `columns`: (name, title, width in characters). Comes last: what stands above and
        below follows the selection."""
        self.model = LinesModel([(key, title) for key, title, _ in columns], self.words, self)
        self.table = plain_table(self.model, name)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.horizontalHeader().setStretchLastSection(True)
        digit = self.fontMetrics().horizontalAdvance("0")
        for number, (_, _, characters) in enumerate(columns):
            self.table.setColumnWidth(number, characters * digit)
        self._nothing = PlainLabel(nothing)
        self._nothing.setProperty("role", "muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.addLayout(self.top)
        self._column.addWidget(self._nothing, 1)
        self._column.addWidget(self.table, 1)
        self._column.addLayout(self.bottom)
        self.table.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.table.doubleClicked.connect(self._open)
        self.table.activated.connect(self._open)

    def show_lines(self, frame: pl.DataFrame) -> None:
        """Shows lines; the cursor stays at its place."""
        row = self.table.currentIndex().row()
        self.model.show(frame)
        self._nothing.setVisible(frame.is_empty())
        self.table.setVisible(not frame.is_empty())
        if frame.height and row >= 0:
            self.table.setCurrentIndex(self.model.index(min(row, frame.height - 1), 0))
        self.chosen_changed()

    def offer(self, some: bool) -> None:
        """Without a line there is nothing to narrow and nothing to act on: only the words are seen."""
        for line in (self.top, self.bottom):
            for place in range(line.count()):
                item = line.itemAt(place)
                if item is not None and (widget := item.widget()) is not None:
                    widget.setVisible(some)

    def chosen(self) -> pl.DataFrame:
        """The lines that are selected."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return self.model.frame[rows] if rows else self.model.frame.clear()

    def chosen_changed(self) -> None:
        """Another selection; for who has buttons that depend on it."""

    def moment(self, when: object) -> str:
        """An instant in words; nothing for none."""
        return self.session.moment(when) if isinstance(when, datetime) else ""

    def _open(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            line = self.model.line(index.row())
            field = str(line.get("field") or "").split("+")[0]
            if line.get("row_id"):
                self.cell_chosen.emit(int(line["row_id"]), field)
