"""The batch beside an earlier one: records added, changed value by value, and gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.months.cells import Cells
from desktop_app.core.months.compared_list import told
from desktop_app.ui.months.listing import Listing, buttons_below
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.room import open_at
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.errors import AppError
    from desktop_app.ui.months.work import Beside
    from validation_rules.contract import Contract

_WIDE, _HIGH = 165, 32  # in average characters, and in lines


class ComparisonDialog(QDialog):
    """Leaves the page behind it in use; Escape closes it.

    `batch_wanted` carries the id of another earlier batch, `file_wanted` asks where its file is now,
    `row_wanted` asks for rows of the batch at hand, `save_wanted` for the comparison as a file.
    """

    batch_wanted = Signal(str)
    file_wanted = Signal()
    row_wanted = Signal(object)
    save_wanted = Signal()

    def __init__(self, contract: Contract, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = Cells(contract, language, True)
        self._language: Language = language
        self._beside: Beside | None = None
        self.setWindowTitle(self.tr("What has changed since the earlier batch"))
        self.which = QComboBox()
        self.which.setAccessibleName(self.tr("Earlier batch"))
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._said, self._fields = PlainLabel(), PlainLabel()
        self._said.setWordWrap(True)
        self._fields.setWordWrap(True)
        self._fields.setProperty("role", "muted")
        self.find_file = QPushButton(self.tr("Show where its file is…"))
        self.tabs, self.lists = self._make_lists()
        self.see = QPushButton(self.tr("See these rows"))
        self.save = QPushButton(self.tr("Save the comparison…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        open_at(self, _WIDE, _HIGH)

    def _make_lists(self) -> tuple[QTabWidget, dict[str, Listing]]:
        keys = self._cells.key_names()
        row, before = self._cells.heads(("row",)), self._cells.heads(("row_before",))
        changes = self._cells.heads(("field", "before", "after"))
        lists = {
            "changed": Listing(
                self.tr("Changed"),
                [*row, *keys, *changes],
                self.tr("No record has another value than before."),
            ),
            "added": Listing(self.tr("Added"), [*row, *keys], self.tr("No record is new.")),
            "withdrawn": Listing(
                self.tr("Not in this batch"), [*before, *keys], self.tr("Every record of then is here.")
            ),
        }
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(self.windowTitle())
        for listing in lists.values():
            tabs.addTab(listing, listing.name)
            listing.row_wanted.connect(self._line_wanted)
        return tabs, lists

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        top = QHBoxLayout()
        label = PlainLabel(self.tr("Compare with"))
        label.setBuddy(self.which)
        top.addWidget(label)
        top.addWidget(self.which)
        top.addWidget(self.find_file)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self._said)
        column.addWidget(self._fields)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons_below((self.see, self.save), self.close_button))

    def _connect(self) -> None:
        self.which.activated.connect(self._other_batch)
        self.find_file.clicked.connect(self.file_wanted)
        self.tabs.currentChanged.connect(self._offer)
        self.see.clicked.connect(self._ask_rows)
        self.save.clicked.connect(self.save_wanted)
        self.close_button.clicked.connect(self.reject)

    def offer_batches(self, batches: list[tuple[str, str]], chosen: str) -> None:
        """The earlier batches (id, name), and the one that is compared with."""
        self.which.clear()
        for batch_id, name in batches:
            self.which.addItem(name, batch_id)
        self.which.setCurrentIndex(max(self.which.findData(chosen), 0))

    def wait(self) -> None:
        """Says that the batches are being compared."""
        self._beside = None
        self._show(self.tr("Comparing…"), "", {name: pl.DataFrame() for name in self.lists})
        self.find_file.hide()

    def show_error(self, error: AppError) -> None:
        """Says why they cannot be compared, and what to do."""
        self._beside = None
        self._show(error.sentence(self._language), "", {name: pl.DataFrame() for name in self.lists})
        self.find_file.setVisible(error.code in ("flow.source_gone", "flow.source_changed"))

    def show_comparison(self, beside: Beside) -> None:
        """Shows what has changed."""
        self._beside = beside
        found = beside.found
        fields = ", ".join(
            f"{found.contract.field(name).label.in_(self._language)} ({count})"
            for name, count in found.by_field()
        )
        self.find_file.hide()
        self._show(told(found).in_(self._language), fields, beside.shown)
        self.tabs.currentWidget().setFocus()

    @property
    def sentence(self) -> str:
        """What it says above the lists."""
        return self._said.text()

    @property
    def beside(self) -> Beside | None:
        """What is shown, once it is known."""
        return self._beside

    def _show(self, sentence: str, fields: str, frames: dict[str, pl.DataFrame]) -> None:
        self._said.setText(sentence)
        self._fields.setText(self.tr("Fields that changed: {fields}").format(fields=fields))
        self._fields.setVisible(bool(fields))
        for place, (name, listing) in enumerate(self.lists.items()):
            listing.show_frame(frames[name])
            self.tabs.setTabText(place, listing.titled(frames[name].height))
        self.tabs.setVisible(self._beside is not None)
        self.save.setEnabled(self._beside is not None)
        self._offer()

    def _offer(self) -> None:
        name = self._current()
        self.see.setEnabled(
            self._beside is not None and name != "withdrawn" and bool(self.lists[name].model.rowCount())
        )

    def _current(self) -> str:
        return next(name for name, one in self.lists.items() if one is self.tabs.currentWidget())

    def _rows(self) -> pl.Series:
        if self._beside is None:
            return pl.Series("row_id", [], dtype=pl.UInt32)
        found = self._beside.found
        return (found.added if self._current() == "added" else found.changes)["row_id"]

    def _ask_rows(self) -> None:
        chosen = self.lists[self._current()].chosen()
        rows = self._rows()
        self.row_wanted.emit((rows[chosen] if len(chosen) > 1 else rows).unique().sort().to_list())

    def _line_wanted(self, number: int) -> None:
        if self._current() != "withdrawn":
            self.row_wanted.emit([self._rows()[number]])

    def _other_batch(self) -> None:
        self.batch_wanted.emit(str(self.which.currentData()))
