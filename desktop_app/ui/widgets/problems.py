"""What looks odd, as sentences, each with its shape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel


class ProblemList(QWidget):
    """Hidden when there is nothing to say."""

    def __init__(self, severity: str = "confirm") -> None:
        super().__init__()
        self._severity = severity
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Replaces the list."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, sentence in enumerate(sentences):
            picture, label = PlainLabel(), PlainLabel(sentence)
            theme.set_icon(picture, self._severity, self._severity, 16)
            label.setWordWrap(True)
            self._grid.addWidget(picture, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1)
        self.setVisible(bool(sentences))
