"""What a drop-down is for, and what just happened, told to every screen reader."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QComboBox, QWidget


def name_field(widget: QWidget, words: str) -> None:
    """Names a field. On Linux the name Qt tells of a drop-down is its value: its use goes beside it."""
    widget.setAccessibleName(words)
    if isinstance(widget, QComboBox):
        widget.setAccessibleDescription(words)
        line = widget.lineEdit()
        if line is not None:
            line.setAccessibleName(words)


def name_boxes(page: QWidget) -> None:
    """The same for every drop-down of a page that has a name."""
    for box in page.findChildren(QComboBox):
        if box.accessibleName() and not box.accessibleDescription():
            name_field(box, box.accessibleName())


def announce(widget: QWidget, sentence: str) -> None:
    """Has a screen reader say a sentence that is shown beside what has the keyboard."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
