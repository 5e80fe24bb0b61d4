"""What a page shows while it has nothing: one line that says what it is for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel


class EmptyState(QWidget):
    """An icon, a title and one line, in the middle of the page."""

    def __init__(self, icon: str, title: str, line: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(8)
        picture = PlainLabel()
        theme.set_icon(picture, icon, "muted", 40)
        self._title = PlainLabel(title)
        self._title.setProperty("role", "title")
        self._line = PlainLabel(line)
        self._line.setProperty("role", "muted")
        self._line.setWordWrap(True)
        self._line.setFixedWidth(self.fontMetrics().averageCharWidth() * 64)
        for label in (picture, self._title, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignCenter)

    def say(self, title: str, line: str) -> None:
        """Changes the words."""
        self._title.setText(title)
        self._line.setText(line)
