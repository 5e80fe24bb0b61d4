"""The sizes of the panes, kept from one day to the next."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.ui.session import Session

KEY = "fix.panes"
# At 1366 x 768: facets, the rest; grid, the rest; list, card.
_FIRST = {"panes": (296, 890), "right": (266, 384), "below": (360, 530)}


def split(orientation: Qt.Orientation) -> QSplitter:
    """Panes beside or above each other; none can be lost by dragging."""
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(5)
    splitter.setChildrenCollapsible(False)
    return splitter


def put_together(
    page: QVBoxLayout, facets: QWidget, grid: QWidget, lists: Sequence[QWidget], card: QWidget
) -> Generator[None, None, dict[str, QSplitter]]:
    """Lays the panes out in a page, one at a time; the splitters by name.

    The splitters come first, into the page: a pane is then styled once, where it belongs.
    """
    below, right = split(Qt.Orientation.Horizontal), split(Qt.Orientation.Vertical)
    panes, left = split(Qt.Orientation.Horizontal), QWidget()
    column = QVBoxLayout(left)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    page.addWidget(panes, 1)
    places = ((panes, facets), (panes, right), (right, grid), (right, below), (below, left), (below, card))
    for place, pane in places:
        place.addWidget(pane)
        yield
    for widget in lists:
        column.addWidget(widget)
    column.setStretchFactor(lists[-1], 1)
    panes.setStretchFactor(1, 1)
    right.setStretchFactor(0, 1)
    return {"panes": panes, "right": right, "below": below}


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
