"""Where a file is dropped, or chosen with the button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from desktop_app.ui import theme


class DropZone(QFrame):
    """`dropped(Path)` for one local file; `asked()` when the person wants to choose one."""

    dropped = Signal(object)
    asked = Signal()

    def __init__(self, title: str, line: str, action: str) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        picture, head, text = QLabel(), QLabel(title), QLabel(line)
        theme.set_icon(picture, "load", "accent", 40)
        head.setProperty("role", "title")
        text.setProperty("role", "muted")
        for label in (picture, head, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is text)
            column.addWidget(label)
        self.button = QPushButton(action)
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.asked)
        column.addSpacing(12)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local(event) is not None:
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        path = _local(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _mark(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().polish(self)


def _local(event: QDropEvent) -> Path | None:
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
