"""What the Tab key meets, and what it should meet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from desktop_app.ui.fix.grid_view import GridView
from tests.ui.journey_hands import SHIFT, Key, press

_MOST = 150


def controls(root: QWidget) -> list[QWidget]:
    """Everything in sight that takes the keyboard."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def reached() -> list[QWidget]:
    """What has the keyboard, Tab after Tab and back again; out of the grid, where Tab stays, by F6."""
    met: list[QWidget] = []
    for back in (False, True):
        for _ in range(_MOST):
            here = QApplication.focusWidget()
            assert here is not None
            met.append(here)
            if isinstance(here, GridView):
                press(Key.Key_F6, *((SHIFT,) if back else ()))
            else:
                press(*((Key.Key_Backtab, SHIFT) if back else (Key.Key_Tab,)))
            if QApplication.focusWidget() is met[0]:
                break
    return met


def told(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader is told of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def is_named(widget: QWidget) -> bool:
    """Whether a control says what it is for; a drop-down says its value as its name, and this beside it."""
    if isinstance(widget, QComboBox):
        return bool(widget.accessibleName())
    return bool(told(widget).text(QAccessible.Text.Name))


def one_of_many(widget: QWidget) -> bool:
    """A choice among several: Tab leads to the one that holds, the arrows to the others."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked()
