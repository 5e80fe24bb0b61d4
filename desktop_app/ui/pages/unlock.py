"""Unlock: in the place of every page when the system has no keyring and a passphrase guards the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.problems import ProblemList


class UnlockPage(QWidget):
    """`given(passphrase)`. A new workspace asks twice: a slip in a new passphrase would lose everything."""

    given = Signal(str)

    def __init__(self, new: bool) -> None:
        super().__init__()
        self._new = new
        outer = QVBoxLayout(self)
        outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(self.fontMetrics().averageCharWidth() * 64)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(12)
        self._phrase, self._again = self._field(), self._field()
        self._problems = ProblemList("error")
        self._button = QPushButton(self.tr("Create the workspace") if new else self.tr("Unlock"))
        self._button.setProperty("role", "primary")
        self._button.clicked.connect(self.submit)
        for widget in (*self._head(), *self._labelled(), self._problems, self._button):
            column.addWidget(widget)
        outer.addWidget(card)
        self.setFocusProxy(self._phrase)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Passphrase")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr("This computer has no keyring: a passphrase protects the keys and your data.")

    def complain(self, sentence: str) -> None:
        """The passphrase did not fit."""
        self._button.setEnabled(True)
        self._problems.show_sentences([sentence])
        self._phrase.selectAll()
        self._phrase.setFocus()

    def submit(self) -> None:
        """Hands the passphrase over, once both spellings agree."""
        phrase = self._phrase.text()
        if not phrase:
            return
        if self._new and phrase != self._again.text():
            self.complain(self.tr("The two passphrases differ. Type the same one twice."))
            return
        self._problems.show_sentences([])
        self._button.setEnabled(False)
        self.given.emit(phrase)

    def _field(self) -> QLineEdit:
        field = QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.returnPressed.connect(self.submit)
        return field

    def _head(self) -> list[QWidget]:
        picture, head, line = PlainLabel(), PlainLabel(), PlainLabel(self.purpose())
        theme.set_icon(picture, "lock", "accent", 32)
        head.setText(self.tr("Choose a passphrase") if self._new else self.tr("Your passphrase"))
        head.setProperty("role", "title")
        line.setProperty("role", "muted")
        line.setWordWrap(True)
        return [picture, head, line]

    def _labelled(self) -> list[QWidget]:
        label, again = PlainLabel(self.tr("Passphrase")), PlainLabel(self.tr("The same passphrase again"))
        label.setBuddy(self._phrase)
        again.setBuddy(self._again)
        self._phrase.setAccessibleName(label.text())
        self._again.setAccessibleName(again.text())
        if not self._new:
            again.hide()
            self._again.hide()
            return [label, self._phrase, again, self._again]
        hint = PlainLabel(
            self.tr("At least ten characters; four ordinary words are good. It cannot be recovered.")
        )
        hint.setProperty("role", "small")
        hint.setWordWrap(True)
        return [label, self._phrase, hint, again, self._again]
