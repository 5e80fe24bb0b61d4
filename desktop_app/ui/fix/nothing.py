"""What the grid says while no row is in view, and the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel

_WIDE = 60  # average characters


class NothingInView(QWidget):
    """Lies over the grid. `button` shows everything again."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view.viewport())
        self._view = view
        icon, self._title, self._line = PlainLabel(), PlainLabel(), PlainLabel()
        theme.set_icon(icon, "filter", "muted", 28)
        self._title.setProperty("role", "section")
        self._line.setProperty("role", "muted")
        self._line.setWordWrap(True)
        self._line.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDE)
        self.button = QPushButton(self.tr("Show everything"))
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (icon, self._title, self._line, self.button):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
        for label in (icon, self._title, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        view.viewport().installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._line.text()}"

    def say(self, title: str, line: str, way_out: bool) -> None:
        """Shows these words."""
        self._title.setText(title)
        self._line.setText(line)
        self.button.setVisible(way_out)
        self.setGeometry(self._view.viewport().rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._view.viewport().rect())
        return False
