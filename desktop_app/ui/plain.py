"""What a file, a contract or a person wrote is shown as it stands, and never read as markup.

Qt takes a text that looks like HTML for HTML: `<b>` would vanish from a value that is to be judged, and an
`<img src=…>` of an extract would have a picture fetched. Every label and every tool tip goes through here.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A label whose text is plain; `role` is a role of the style sheet."""

    def __init__(self, words: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)
        if role:
            self.setProperty("role", role)


def folded(words: str = "", role: str = "") -> PlainLabel:
    """A label that takes as many lines as its text needs."""
    label = PlainLabel(words, role)
    label.setWordWrap(True)
    return label


def paragraph(words: str = "", role: str = "") -> PlainLabel:
    """The same, to be selected and copied."""
    label = folded(words, role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def caption(words: str) -> str:
    """Words of a file for a button, a menu or a tab, where `&` would mark a key and vanish."""
    return words.replace("&", "&&")


def tool_tip(words: str | None) -> str:
    """A tool tip that says these words letter for letter, lines kept, long ones folded; "" for none."""
    return f'<p style="white-space: pre-wrap">{escape(words)}</p>' if words else ""
