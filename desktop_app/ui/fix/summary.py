"""What is left to do, in one sentence, and the way on when nothing blocks any more."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop_app.ui import theme
from desktop_app.ui.fix.desk import Outcome
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session


class Summary(QWidget):
    """Counts everything and says it in words."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._icon, self._words = PlainLabel(), PlainLabel()
        self._words.setProperty("role", "section")
        self._words.setWordWrap(True)
        self.button = QPushButton(self.tr("Go on to Send"))
        self.button.setProperty("role", "primary")
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 8, 8)
        line.setSpacing(8)
        line.addWidget(self._icon)
        line.addWidget(self._words, 1)
        line.addWidget(self.button)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    def show_outcome(self, outcome: Outcome) -> None:
        """Says what is left."""
        errors, confirm = outcome.counts.errors, outcome.counts.to_confirm
        icon = "error" if errors else "confirm" if confirm else "done"
        theme.set_icon(self._icon, icon, icon, 18)
        self._words.setText(self._sentence(errors, confirm, outcome.bench.records))
        self.button.setVisible(not errors and not confirm)

    def _sentence(self, errors: int, confirm: int, rows: int) -> str:
        number = self._session.number
        to_confirm = self.tr("%Ln to confirm", "", confirm)
        if errors and confirm:
            to_fix = self.tr("%Ln to correct", "", errors)
            return self.tr("{to_fix}, {to_confirm}").format(to_fix=to_fix, to_confirm=to_confirm)
        if errors:
            return self.tr("%Ln to correct", "", errors)
        if confirm:
            return self.tr("No errors in {rows} records. {to_confirm}.").format(
                rows=number(rows), to_confirm=to_confirm
            )
        return self.tr("No errors in {rows} records, nothing left to confirm: ready to send.").format(
            rows=number(rows)
        )
