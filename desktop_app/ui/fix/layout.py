"""The sizes of the panes, kept from one day to the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QWidget

from desktop_app.ui.session import Session

KEY = "fix.panes"
# At 1366 x 768: facets, the rest; grid, the rest; list, card.
_FIRST = {"panes": (296, 890), "right": (304, 346), "below": (400, 490)}


def split(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    """Panes beside or above each other; none can be lost by dragging."""
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(5)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter


def keep_first(stack: QStackedLayout) -> None:
    """Lets go of all that is stacked but the first."""
    while (old := stack.widget(1)) is not None:
        stack.removeWidget(old)
        old.deleteLater()


def restore_sizes(session: Session, splitters: Mapping[str, QSplitter]) -> None:
    """The sizes of last time, else the ones a 1366 x 768 screen likes."""
    kept: object = session.workspace.settings.get(KEY, {}) if session.workspace is not None else {}
    for name, splitter in splitters.items():
        sizes = kept.get(name) if isinstance(kept, dict) else None
        splitter.setSizes(_valid(sizes, splitter.count()) or list(_FIRST[name]))


def keep_sizes(session: Session, splitters: Mapping[str, QSplitter]) -> None:
    """Remembers the sizes when they changed."""
    if session.workspace is None:
        return
    sizes = {name: splitter.sizes() for name, splitter in splitters.items()}
    if all(all(each) for each in sizes.values()) and session.workspace.settings.get(KEY, {}) != sizes:
        session.keep(KEY, sizes)


def _valid(sizes: object, count: int) -> list[int] | None:
    """What was kept may come from another version: two positive numbers, or nothing."""
    if not isinstance(sizes, list) or len(sizes) != count:
        return None
    return sizes if all(isinstance(size, int) and 0 < size < 20_000 for size in sizes) else None
