"""The room that a screen has for a window beside the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

_EDGES, _TITLE = 16, 40  # pixels that a window manager puts beside and above a window, by a wide guess


def open_at(dialog: QDialog, wide: int, high: int) -> None:
    """Sizes a dialog `wide` average characters by `high` lines, or as much of it as the screen of the window
    behind it has: its buttons are at its foot."""
    metrics, screen = dialog.fontMetrics(), (dialog.parentWidget() or dialog).screen()
    wanted = QSize(wide * metrics.averageCharWidth(), high * metrics.height())
    dialog.resize(wanted.boundedTo(screen.availableGeometry().size() - QSize(_EDGES, _TITLE)))
