"""Withdraw records that no finding over several records is about: why, and how many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop_app.ui.fix.reason_box import ReasonBox
from desktop_app.ui.plain import PlainLabel
from validation_rules.text import Language


class WithdrawDialog(QDialog):
    """`asked` carries (rows, reason, note)."""

    asked = Signal(object, str, str)

    def __init__(self, rows: Sequence[int], language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        from desktop_app.core.withdrawals import WITHDRAWAL_REASONS

        self._rows = list(rows)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Withdraw from the batch"))
        words = PlainLabel(
            self.tr("Row {row} stays in your file and in sight here, but is not sent.").format(row=rows[0])
            if len(rows) == 1
            else self.tr("%Ln row(s) stay in your file and in sight here, but are not sent.", "", len(rows))
        )
        words.setWordWrap(True)
        self.reason = ReasonBox(WITHDRAWAL_REASONS, language, self.tr("Why it is withdrawn"))
        self.reason.changed.connect(self._changed)
        self.reason.entered.connect(self._accept)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.button.setText(self.tr("Withdraw %Ln record(s)", "", len(rows)))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (words, self.reason, buttons):
            column.addWidget(widget)
        self._changed()

    def _changed(self) -> None:
        self.button.setEnabled(self.reason.whole)

    def _accept(self) -> None:
        if self.reason.whole:
            self.asked.emit(self._rows, self.reason.reason, self.reason.note)
            self.accept()
