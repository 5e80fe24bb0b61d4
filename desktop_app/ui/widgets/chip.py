"""A chip: one thing the program guessed, shown with its value, and changed with a click or the keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QMenu, QPushButton

from desktop_app.ui import theme
from desktop_app.ui.plain import caption, labelled, tool_tip


class Chip(QPushButton):
    """`shape`: done (sure), info (likely) or confirm (please check).

    `picked(key, value)` when another choice is taken; `looked(key)` when it has focus or the pointer.
    """

    picked = Signal(str, str)
    looked = Signal(str)

    def __init__(self, key: str, label: str, shown: str, shape: str, evidence: str) -> None:
        super().__init__(caption(labelled(label, shown)))
        self.key = key
        self.evidence = evidence
        self.setProperty("role", "chip")
        self.setProperty("sure", shape != "confirm")
        self.setObjectName(f"chip-{key}")
        self.setToolTip(tool_tip(evidence))
        self.setAccessibleName(labelled(label, shown))
        self.setAccessibleDescription(evidence)
        theme.set_icon(self, shape, shape, 14)

    def offer(self, choices: Sequence[tuple[str, str]], now: str) -> None:
        """The other values worth trying, as (value, words)."""
        menu = QMenu(self)
        for value, words in choices:
            action = menu.addAction(caption(words))
            action.setData(value)
            action.setCheckable(True)
            action.setChecked(value == now)
        menu.triggered.connect(self._pick)
        self.setMenu(menu)

    def _pick(self, action: QAction) -> None:
        self.picked.emit(self.key, str(action.data()))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.looked.emit(self.key)
        super().enterEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.looked.emit(self.key)
        super().focusInEvent(event)
