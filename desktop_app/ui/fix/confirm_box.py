"""The part of the card for what is rare but true: confirm with a reason, or take that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop_app.ui.fix.scope import Scope, cases_in, counted
from desktop_app.ui.models.causes import Case
from desktop_app.ui.models.snapshot import Snapshot
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.fitting import FittingBox, FittingButton, breakable
from desktop_app.ui.widgets.naming import announce, name_field
from validation_rules.text import Language

if TYPE_CHECKING:
    import polars as pl

_LONGEST_NOTE = 500
_NEEDS_NOTE = "other"


class ConfirmBox(QWidget):
    """`confirmed` carries ([(row_id, rule_id)], reason, note); `revoked` the findings alone; `asking` comes
    when something is missing."""

    confirmed = Signal(object, str, str)
    revoked = Signal(object)
    asking = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        from desktop_app.core.corrections import CONFIRMATION_REASONS

        self._case: Case | None = None
        self._snapshot: Snapshot | None = None
        self._scope = Scope.CELL
        self._title = PlainLabel()
        self._title.setWordWrap(True)
        self._title.setProperty("role", "section")
        self._reason = FittingBox(letters=0)
        name_field(self._reason, self.tr("Why it is right as it is"))
        self._reason.setPlaceholderText(self.tr("Choose a reason"))
        for code, words in CONFIRMATION_REASONS.items():
            self._reason.addItem(words.in_(language), code)
        self._reason.setCurrentIndex(-1)
        self._reason.currentIndexChanged.connect(self._chosen)
        self._note = QLineEdit()
        self._note.setMaxLength(_LONGEST_NOTE)
        self._note.setPlaceholderText(self.tr("Note (optional, stays on this computer)"))
        self._note.setAccessibleName(self.tr("Note"))
        self._note.textChanged.connect(self._chosen)
        self._note.returnPressed.connect(self.apply)
        self.button = FittingButton()
        self.button.clicked.connect(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.before = PlainLabel()
        self.before.setWordWrap(True)
        self.missing = PlainLabel()
        self.missing.setWordWrap(True)
        for label in (self.before, self.missing):
            label.hide()
        for widget in (self._title, self.before, self.missing, self._reason, self._note, self.button):
            column.addWidget(widget)

    @property
    def reason(self) -> QComboBox:
        """The list of reasons."""
        return self._reason

    def show_case(self, case: Case, snapshot: Snapshot, scope: Scope = Scope.CELL) -> None:
        """Offers to confirm a finding, or to take its confirmation back; hidden for an error."""
        if self._case is None or (case.row_id, case.rule_id) != (self._case.row_id, self._case.rule_id):
            self.missing.hide()
            self.tell_before("")
        self._case, self._snapshot, self._scope = case, snapshot, scope
        self.setVisible(case.severity == "confirm" and case.state != "corrected")
        taken_back = case.state == "confirmed"
        if taken_back:
            self.missing.hide()
        self._reason.setVisible(not taken_back)
        self._note.setVisible(not taken_back)
        count = counted(snapshot, case, scope, case.state)
        if taken_back:
            self._title.setText(self.tr("Confirmed as true to life"))
            does = self.tr("Take the confirmation back")
        else:
            self._title.setText(self.tr("Or it is right as it is"))
            does = self.tr("Confirm %Ln finding(s)", "", count) if count > 1 else self.tr("Confirm")
        self.button.show_texts(does, hint=f"{does} (Ctrl+Shift+Enter)")
        self._enable()

    def tell_before(self, words: str) -> None:
        """Says who confirmed this finding and when: why, or why that holds no more. Empty: nobody did."""
        self.before.setText(breakable(words))
        self.before.setVisible(bool(words))

    def apply(self) -> None:
        """Confirms with the reason chosen, or takes back; where something is missing, says what, and the
        keyboard goes there."""
        if self._case is None or self.isHidden():
            return
        if not self.button.isEnabled():
            self._ask()
            return
        cases = list(self._cases().select("row_id", "rule_id").unique(maintain_order=True).iter_rows())
        if self._case.state == "confirmed":
            self.revoked.emit(cases)
        else:
            self.confirmed.emit(cases, str(self._reason.currentData()), self._note.text().strip())
            self._note.clear()

    def _ask(self) -> None:
        chosen = self._reason.currentData() is not None
        words = (
            self.tr("This reason needs a note: write it, then confirm.")
            if chosen
            else self.tr("Choose a reason, then confirm.")
        )
        self.missing.setText(words)
        self.missing.show()
        place = self._note if chosen else self._reason
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(place, words)
        self.asking.emit()

    def _cases(self) -> pl.DataFrame:
        if self._case is None or self._snapshot is None:
            raise RuntimeError("no finding is shown")
        return cases_in(self._snapshot, self._case, self._scope, state=self._case.state)

    def _chosen(self) -> None:
        self.missing.hide()
        self._enable()

    def _enable(self) -> None:
        settled = self._case is not None and self._case.state == "confirmed"
        reason = self._reason.currentData()
        told = bool(self._note.text().strip())
        self.button.setEnabled(settled or (reason is not None and (reason != _NEEDS_NOTE or told)))
