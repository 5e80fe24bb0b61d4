"""The confirmations that were given: those that have lapsed and why first; filter, take back, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton

from desktop_app.core.confirmed import STATES, why_not
from desktop_app.core.corrections import CONFIRMATION_REASONS
from desktop_app.ui.fix.lists import LinesList
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from validation_rules.contract import Contract

_FILTER_WIDE = 40  # average characters


class ConfirmationsList(LinesList):
    """`revoke_asked` carries lines of `confirmed.listed`; `export_asked` lines and a path."""

    revoke_asked = Signal(object)
    export_asked = Signal(object, object)

    def __init__(self, session: Session, contract: Contract) -> None:
        super().__init__(session)
        self._contract = contract
        self._every = pl.DataFrame()
        self.state, self.text, self.amount = QComboBox(), QLineEdit(), PlainLabel()
        self.revoke, self.export = QPushButton(), QPushButton(self.tr("&Export the list…"))
        self._make_controls()
        nothing = self.tr("No confirmation here. A finding that is rare but true is confirmed on its card.")
        self.build(self.tr("Confirmations, those to look at again first"), self._columns(), nothing)
        self.chosen_changed()

    def _make_controls(self) -> None:
        self.state.setAccessibleName(self.tr("State of the confirmations"))
        self.state.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.state.currentIndexChanged.connect(self._narrow)
        self.text.setPlaceholderText(self.tr("Rule, row, person or note"))
        self.text.setAccessibleName(self.tr("Filter the confirmations"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(_FILTER_WIDE * self.fontMetrics().averageCharWidth())
        self.text.textChanged.connect(self._narrow)
        self.amount.setProperty("role", "muted")
        for widget in (self.state, self.text, self.amount):
            self.top.addWidget(widget)
        self.top.addStretch(1)
        self.revoke.clicked.connect(self._revoke)
        self.export.clicked.connect(self._export)
        for button in (self.revoke, self.export):
            button.setAutoDefault(False)
            self.bottom.addWidget(button)
        self.bottom.addStretch(1)

    def _columns(self) -> list[tuple[str, str, int]]:
        return [
            ("row_id", self.tr("Row"), 8),
            ("rule_id", self.tr("Rule"), 10),
            ("field", self.tr("Fields"), 20),
            ("state", self.tr("State"), 14),
            ("cause", self.tr("Why it is to be looked at again"), 44),
            ("reason", self.tr("Reason"), 28),
            ("note", self.tr("Note"), 18),
            ("who", self.tr("Who"), 12),
            ("when", self.tr("When"), 18),
        ]

    def show_listed(self, listed: pl.DataFrame) -> None:
        """Shows confirmations as `confirmed.listed` gives them."""
        self._every = listed
        held = self.state.currentData()
        counts = dict(listed.group_by("state").len().iter_rows())
        self.state.blockSignals(True)
        self.state.clear()
        self.state.addItem(self.tr("All confirmations"), "")
        for state, words in STATES.items():
            count = self.session.number(counts.get(state, 0))
            self.state.addItem(f"{words.in_(self.session.language)} ({count})", state)
        self.state.setCurrentIndex(max(self.state.findData(held), 0))
        self.state.blockSignals(False)
        self.offer(listed.height > 0)
        self._narrow()

    def _narrow(self) -> None:
        lines, state = self._every, self.state.currentData()
        if state:
            lines = lines.filter(pl.col("state") == state)
        text = self.text.text().strip()
        if text and lines.height:
            columns = (pl.col(name).cast(pl.String) for name in ("rule_id", "row_id", "who", "note"))
            found = [column.str.to_lowercase().str.contains(text.lower(), literal=True) for column in columns]
            lines = lines.filter(pl.any_horizontal(found))
        self.show_lines(lines)
        number = self.session.number
        self.amount.setText(
            self.tr("{shown} of {all}").format(shown=number(lines.height), all=number(self._every.height))
        )

    def chosen_changed(self) -> None:
        """The button says how many it takes back."""
        chosen = len(self.table.selectionModel().selectedRows())
        self.revoke.setText(
            self.tr("Take back %Ln confirmation(s)", "", chosen)
            if chosen
            else self.tr("Take back the selection")
        )
        self.revoke.setEnabled(chosen > 0)
        self.export.setEnabled(self.model.frame.height > 0)

    def _revoke(self) -> None:
        lines = self.chosen()
        if lines.height:
            self.revoke_asked.emit(lines)

    def _export(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the confirmations"), self.tr("confirmations.csv"), "CSV (*.csv)"
        )
        if name:
            self.export_asked.emit(self.model.frame, Path(name))

    def words(self, line: dict[str, Any], name: str) -> str:
        """A confirmation, in words."""
        language, value = self.session.language, line[name]
        if name == "row_id":
            return "–" if value is None else str(value)
        if name == "field":
            return " + ".join(self._contract.field(one).label.in_(language) for one in value.split("+"))
        if name == "state":
            told = STATES[value].in_(language)
            return self.tr("{state}, from an earlier batch").format(state=told) if line["earlier"] else told
        if name == "cause":
            return why_not(line, self._contract).in_(language)
        if name == "reason":
            return CONFIRMATION_REASONS[value].in_(language)
        return self.moment(value) if name == "when" else str(value or "")
