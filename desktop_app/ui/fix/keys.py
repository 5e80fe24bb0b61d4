"""The keys of the fixing page, and the way of F6 around its panes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

Pane = tuple[QWidget, Callable[[], None]]  # the pane, and what takes the keyboard into it


def bind(page: QWidget, keys: Sequence[tuple[str, Callable[[], None]]]) -> None:
    """Each key calls its slot while the keyboard is somewhere in the page."""
    for sequence, slot in keys:
        shortcut = QShortcut(QKeySequence(sequence), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)


def cycle(focus: QWidget | None, panes: Sequence[Pane], step: int) -> None:
    """Takes the keyboard to the pane after (1) or before (-1) the one it is in."""
    here = next(
        (n for n, (pane, _) in enumerate(panes) if focus is pane or (focus and pane.isAncestorOf(focus))), -1
    )
    panes[(here + step) % len(panes)][1]()
