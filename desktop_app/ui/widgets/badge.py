"""A severity: always a shape, a word and a colour together."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel


class SeverityBadge(QWidget):
    """`severity` is error (octagon), confirm (triangle), info (circle) or done (tick)."""

    def __init__(self, severity: str, words: str = "", side: int = 16) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self._icon, self._label = PlainLabel(), PlainLabel()
        line.addWidget(self._icon)
        line.addWidget(self._label)
        self._side = side
        self.show_severity(severity, words)

    def show_severity(self, severity: str, words: str = "") -> None:
        """Changes shape and words; without words the severity's own name is used."""
        names = {
            "error": self.tr("Error"),
            "confirm": self.tr("To confirm"),
            "info": self.tr("For information"),
            "done": self.tr("Done"),
        }
        theme.set_icon(self._icon, severity, severity, self._side)
        self._label.setText(words or names[severity])
        self.setAccessibleName(words or names[severity])
