"""Pages in the place of all others: the workspace cannot be opened, or the window has locked itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.problems import ProblemList

_WIDE = 80  # average characters


class _Card(QWidget):
    """A card in the middle of the window: picture, title, and what follows."""

    def __init__(self, icon: str, title: str, line: str) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDE)
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(32, 28, 32, 28)
        self.column.setSpacing(12)
        picture, self.head, self.line = PlainLabel(), PlainLabel(title), PlainLabel(line)
        theme.set_icon(picture, icon, "error" if icon == "error" else "accent", 32)
        self.head.setProperty("role", "title")
        self.head.setWordWrap(True)
        self.line.setProperty("role", "muted")
        self.line.setWordWrap(True)
        for widget in (picture, self.head, self.line):
            self.column.addWidget(widget)
        outer.addWidget(card)

    def buttons(self, *buttons: QPushButton) -> None:
        """A line of buttons, the first one being what is usually wanted."""
        line = QHBoxLayout()
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)


class TroublePage(_Card):
    """Why the workspace did not open, and what can be done: nothing of it was changed."""

    again = Signal()
    restore = Signal()

    def __init__(self, sentence: str, restorable: bool) -> None:
        super().__init__("error", "", sentence)
        self.setAccessibleName(sentence)
        retry, back_up = QPushButton(self.tr("Try again")), QPushButton(self.tr("Restore a backup…"))
        retry.setProperty("role", "primary")
        retry.clicked.connect(self.again)
        back_up.clicked.connect(self.restore)
        back_up.setVisible(restorable)
        self.head.setText(self.title())
        self.buttons(retry, back_up)
        self.setFocusProxy(retry)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("The workspace did not open")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr("Nothing was lost or changed. Put right what is said here, then try again.")


class LockPage(_Card):
    """Over everything after a time without a key or a click. `given(passphrase)`: empty for a click alone."""

    given = Signal(str)

    def __init__(self, asks: bool) -> None:
        super().__init__("lock", "", "")
        self.head.setText(self.title())
        self.line.setText(self.purpose())
        self._asks = asks
        self._phrase, self._problems = QLineEdit(), ProblemList("error")
        self._phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._phrase.setAccessibleName(self.tr("Passphrase"))
        self._phrase.setPlaceholderText(self.tr("Passphrase"))
        self._phrase.returnPressed.connect(self.submit)
        self._phrase.setVisible(asks)
        self.button = QPushButton(self.tr("Unlock") if asks else self.tr("Show it again"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.submit)
        for widget in (self._phrase, self._problems):
            self.column.addWidget(widget)
        self.buttons(self.button)
        self.setFocusProxy(self._phrase if asks else self.button)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Locked")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr("Nobody used Navette for a while: what it shows is hidden. All your work is saved.")

    def submit(self) -> None:
        """Hands over what was typed."""
        if self._asks and not self._phrase.text():
            return
        self._problems.show_sentences([])
        self.button.setEnabled(False)
        self.given.emit(self._phrase.text())
        self._phrase.clear()

    def complain(self, sentence: str) -> None:
        """The passphrase did not fit."""
        self.button.setEnabled(True)
        self._problems.show_sentences([sentence])
        self._phrase.setFocus()
