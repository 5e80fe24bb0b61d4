"""What the grid says while no row is in view, and the way out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QBoxLayout, QPushButton, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel, tool_tip

_WIDE = 60  # average characters
_ICON = 28


class NothingInView(QWidget):
    """Lies over the grid. `button` shows everything again.

    In a low grid the sign goes first, then the line, which is then told on hover; the title and the way out
    stay, beside each other in the end.
    """

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._icon, self._title, self._line = PlainLabel(), PlainLabel(), PlainLabel()
        theme.set_icon(self._icon, "filter", "muted", _ICON)
        self._title.setProperty("role", "section")
        self._line.setProperty("role", "muted")
        self._line.setWordWrap(True)
        self.button = QPushButton(self.tr("Show everything"))
        self._column = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._column.setContentsMargins(12, 4, 12, 4)
        self._column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self._icon, self._title, self._line, self.button):
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignCenter)
        for label in (self._icon, self._title, self._line):
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
        self.setToolTip(tool_tip(line))
        self.button.setVisible(way_out)
        self._fit()
        self.show()
        self.raise_()

    def _fit(self) -> None:
        """As much as the grid has room for, the most needed first."""
        room = self._view.viewport().rect()
        self.setGeometry(room)
        inside, gap = room.marginsRemoved(self._column.contentsMargins()), self._column.spacing()
        wide = min(self.fontMetrics().averageCharWidth() * _WIDE, inside.width())
        self._line.setFixedWidth(max(wide, 1))
        needed = self._title.sizeHint().height()
        if not self.button.isHidden():
            needed += gap + self.button.sizeHint().height()
        fits = needed <= inside.height()
        directions = QBoxLayout.Direction
        self._column.setDirection(directions.TopToBottom if fits else directions.LeftToRight)
        for label, height in ((self._line, self._line.heightForWidth(wide)), (self._icon, _ICON)):
            needed += gap + height
            fits = fits and needed <= inside.height()
            label.setVisible(fits)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._fit()
        return False
