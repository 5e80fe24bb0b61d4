"""What earlier batches left to this one: corrections that hold or not, and confirmations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QTabWidget, QVBoxLayout, QWidget

from desktop_app.core.months.carried_list import told
from desktop_app.core.months.cells import Cells
from desktop_app.ui.months.listing import Listing, buttons_below
from desktop_app.ui.months.work import Review
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.room import open_at
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract

_WIDE, _HIGH = 165, 32  # in average characters, and in lines
_CELL = ("row_id", "field")


class CarriedDialog(QDialog):
    """Leaves the page behind it in use; Escape closes it.

    `row_wanted` asks for rows to be shown, `undo_wanted` for all that was carried to be put back, `wanted`
    carries cells (row_id, field, new) that are to be ours after all, `save_wanted` asks for a file.
    """

    row_wanted = Signal(object)
    undo_wanted = Signal()
    wanted = Signal(object)
    save_wanted = Signal()

    def __init__(self, contract: Contract, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells = Cells(contract, language, True)
        self._language: Language = language
        self._lines: dict[str, pl.DataFrame] = {}
        self._readonly, self._applied = False, 0
        self.setWindowTitle(self.tr("Corrections of earlier batches"))
        self._said = PlainLabel()
        self._said.setWordWrap(True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.windowTitle())
        self.lists = self._make_lists()
        self.ours = QPushButton(self.tr("Take our value all the same"))
        self.see = QPushButton(self.tr("See these rows"))
        self.undo = QPushButton(self.tr("Put back everything that was carried over"))
        self.save = QPushButton(self.tr("Save the list…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        open_at(self, _WIDE, _HIGH)

    def _make_lists(self) -> dict[str, Listing]:
        corrections = self._cells.heads(("row", "field", "was", "new", "now", "who", "when", "why"))
        confirmations = [
            *self._cells.heads(("row",)),
            self.tr("Rule"),
            self.tr("Confirmed by"),
            *self._cells.heads(("when",)),
            self.tr("Reason"),
            self.tr("Why it lapsed"),
        ]
        withdrawals = [
            *self._cells.heads(("row", "status")),
            self.tr("Withdrawn by"),
            *self._cells.heads(("when",)),
            self.tr("Reason"),
        ]
        heads = {"confirmed": confirmations, "lapsed": confirmations, "withdrawn": withdrawals}
        made = {key: Listing(title, heads.get(key, corrections), empty) for key, title, empty in self._tabs()}
        for key, listing in made.items():
            self.tabs.addTab(listing, listing.name)
            listing.row_wanted.connect(self._line_wanted)
            listing.setObjectName(key)
        return made

    def _tabs(self) -> list[tuple[str, str, str]]:
        """Key, title, and what an empty one says."""
        return [
            ("held", self.tr("Carried over"), self.tr("No correction of an earlier batch holds here.")),
            (
                "differs",
                self.tr("The source says something else"),
                self.tr("Nowhere does the source say something else than before."),
            ),
            (
                "twins",
                self.tr("To be looked at"),
                self.tr("No corrected record shares its number with another row."),
            ),
            (
                "settled",
                self.tr("Corrected in the source"),
                self.tr("No correction has reached the source yet."),
            ),
            (
                "gone",
                self.tr("Not found in this extract"),
                self.tr("Every corrected record is in this extract."),
            ),
            (
                "confirmed",
                self.tr("Confirmed"),
                self.tr("No confirmation of another batch answers a finding here."),
            ),
            (
                "lapsed",
                self.tr("Lapsed confirmations"),
                self.tr("No confirmation has lapsed: nothing that they rest on has changed."),
            ),
            (
                "withdrawn",
                self.tr("Withdrawn records"),
                self.tr("No record that was withdrawn before is in this extract."),
            ),
        ]

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self._said)
        column.addWidget(self.tabs, 1)
        column.addLayout(buttons_below((self.see, self.ours, self.undo, self.save), self.close_button))

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._offer)
        self.see.clicked.connect(self._ask_rows)
        self.ours.clicked.connect(self._ask_ours)
        self.undo.clicked.connect(self.undo_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.close_button.clicked.connect(self.reject)

    def show_review(self, review: Review, readonly: bool = False) -> None:
        """Shows what became of each decision; the first list that has something to do is opened."""
        self._readonly = readonly
        self._applied = review.applied.height
        self._lines = review.lines
        self._said.setText(self._sentences(review))
        for place, (key, listing) in enumerate(self.lists.items()):
            lines = self._lines[key]
            listing.show_frame(review.shown[key])
            self.tabs.setTabText(place, listing.titled(lines.height))
            self.tabs.setTabVisible(place, bool(lines.height) or key == "held")
        first = next((key for key in ("differs", "twins", "lapsed") if self._lines[key].height), "held")
        self.tabs.setCurrentWidget(self.lists[first])
        self.lists[first].table.setFocus()
        self._offer()

    @property
    def sentence(self) -> str:
        """What it says above the lists."""
        return self._said.text()

    def _sentences(self, review: Review) -> str:
        said = [told(review.applied.height, review.carried, self._again(review)).in_(self._language)]
        if review.lines["confirmed"].height:
            said.append(self.tr("%Ln confirmation(s) still hold.", "", review.lines["confirmed"].height))
        if review.lines["lapsed"].height:
            said.append(
                self.tr(
                    "%Ln confirmation(s) lapsed, since a value or the rule has changed: please look again.",
                    "",
                    review.lines["lapsed"].height,
                )
            )
        return " ".join(said)

    def _again(self, review: Review) -> int:
        """How many records are withdrawn here as they were before."""
        return int(review.lines["withdrawn"]["out"].sum())

    def _current(self) -> tuple[str, Listing]:
        listing = self.tabs.currentWidget()
        return next((key, one) for key, one in self.lists.items() if one is listing)

    def _offer(self) -> None:
        """The buttons that make sense for the list that is shown."""
        if not self._lines:
            return
        key, _ = self._current()
        some = bool(self._lines[key].height)
        self.see.setEnabled(some and key != "gone")
        self.ours.setVisible(key == "differs")
        self.ours.setEnabled(some and not self._readonly)
        self.undo.setVisible(key == "held")
        self.undo.setEnabled(bool(self._applied) and not self._readonly)

    def _ask_rows(self) -> None:
        key, listing = self._current()
        lines = self._lines[key]
        chosen = listing.chosen()
        rows = (lines[chosen] if len(chosen) > 1 else lines)["row_id"].drop_nulls().unique().sort()
        self.row_wanted.emit(rows.to_list())

    def _line_wanted(self, number: int) -> None:
        key, _ = self._current()
        row = self._lines[key]["row_id"][number]
        if row is not None:
            self.row_wanted.emit([row])

    def _ask_ours(self) -> None:
        key, listing = self._current()
        lines = self._lines[key][listing.chosen()]
        if key == "differs" and lines.height:
            self.wanted.emit(lines.select(*_CELL, "new").rows())
