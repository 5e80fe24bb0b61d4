"""The header that numbers the rows of a long table: its width is known without asking for its texts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_app.ui.widgets.words_header import PAD


class RowNumbers(QHeaderView):
    """Vertical. Qt measures some two hundred texts after every change of one; here the widest text that can
    come (`make_room`) is measured once, and a tick that comes to a row moves nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._widest = ""
        self.setSectionsClickable(True)

    def make_room(self, widest: str) -> None:
        """Room for this text."""
        if widest != self._widest:
            self._widest = widest
            self.updateGeometry()
            self.geometriesChanged.emit()

    def renew(self, first: int, last: int) -> None:
        """Paints the numbers of these rows again. Where a model tells that a header has changed, the table
        lays out everything anew."""
        top = max(self.sectionViewportPosition(first), 0)
        end = self.sectionViewportPosition(last) + self.sectionSize(last)
        self.viewport().update(0, top, self.viewport().width(), end - top)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QSize(QFontMetrics(font).horizontalAdvance(self._widest) + PAD, self.length())
