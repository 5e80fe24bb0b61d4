"""Everything that was done to the batch, in one window: changes, confirmations, history."""

from __future__ import annotations

import polars as pl
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from desktop_app.ui.fix.changes_list import ChangesList
from desktop_app.ui.fix.confirmations_list import ConfirmationsList
from desktop_app.ui.fix.desk import Outcome
from desktop_app.ui.fix.history_list import HistoryList
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.room import open_at
from validation_rules.contract import Contract

_WIDE, _HIGH = 186, 38  # in average characters, and in lines


class ChangesDialog(QDialog):
    """Opens beside the batch and leaves the page behind it in use; Escape closes it."""

    def __init__(self, session: Session, contract: Contract, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Changes, confirmations, history"))
        self.changes = ChangesList(session, contract)
        self.confirmations = ConfirmationsList(session, contract)
        self.history = HistoryList(session)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.windowTitle())
        self.tabs.tabBar().setAccessibleName(self.windowTitle())
        for page, title in (
            (self.changes, self.tr("&Changes")),
            (self.confirmations, self.tr("C&onfirmations")),
            (self.history, self.tr("&History")),
        ):
            self.tabs.addTab(page, title)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 12, 12)
        column.addWidget(self.tabs, 1)
        column.addWidget(buttons)
        open_at(self, _WIDE, _HIGH)

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows what holds now."""
        bench = outcome.bench
        settled = outcome.snapshot.cases.filter(pl.col("state") == "corrected")
        self.changes.show_changes(outcome.corrections.every(), bench.withdrawn(), settled)
        self.history.show_bench(bench)

    def show_confirmations(self, listed: pl.DataFrame) -> None:
        """Shows `confirmed.listed`; the tab says how many are to be looked at again."""
        self.confirmations.show_listed(listed)
        lapsed = int((listed["state"] == "lapsed").sum())
        title = self.tr("C&onfirmations (%Ln to look at again)", "", lapsed)
        self.tabs.setTabText(1, title if lapsed else self.tr("C&onfirmations"))
