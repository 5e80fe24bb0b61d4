"""The room that a screen has for a window beside the main one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

_EDGES, _TITLE = 16, 40  # pixels that a window manager puts beside and above a window, by a wide guess


def room_for(dialog: QDialog) -> QSize:
    """What the screen of the window behind it leaves to a dialog, its title bar and borders aside."""
    screen = (dialog.parentWidget() or dialog).screen()
    return screen.availableGeometry().size() - QSize(_EDGES, _TITLE)


def open_at(dialog: QDialog, wide: int, high: int) -> None:
    """Sizes a dialog `wide` average characters by `high` lines, or as much of it as the screen has: its
    buttons are at its foot."""
    metrics = dialog.fontMetrics()
    wanted = QSize(wide * metrics.averageCharWidth(), high * metrics.height())
    dialog.resize(wanted.boundedTo(room_for(dialog)))
