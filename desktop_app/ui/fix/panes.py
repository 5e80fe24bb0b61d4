"""F6 and Shift+F6: the keyboard goes from pane to pane."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget


def to_next_pane(
    panes: Sequence[tuple[QWidget, Callable[[], None]]], focus: QWidget | None, step: int
) -> None:
    """From the pane that has the keyboard to the next (1) or previous (-1); each with how to enter it."""
    here = next(
        (n for n, (pane, _) in enumerate(panes) if focus is pane or (focus and pane.isAncestorOf(focus))),
        -1,
    )
    panes[(here + step) % len(panes)][1]()
