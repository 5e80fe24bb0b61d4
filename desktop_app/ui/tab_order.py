"""The way of the Tab key through a page."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def join(before: QWidget, page: QWidget) -> None:
    """Tab goes from `before` through every control of `page`, in the order in which they were laid out.

    Qt leaves controls out of its ring when a page that hands its focus on (`setFocusProxy`) is put into a
    window after it was made: they could be reached by mouse only.
    """
    window = before.window()
    stops = [each for each in page.findChildren(QWidget) if each.window() is window and _is_stop(each)]
    for one, next_one in pairwise([before, *stops]):
        QWidget.setTabOrder(one, next_one)


def _is_stop(widget: QWidget) -> bool:
    tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tab) and widget.focusProxy() is None
