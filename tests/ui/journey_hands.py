"""Two ways to work the window: the mouse on what is in sight, or keys to whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

Key, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_LEFT = Qt.MouseButton.LeftButton
_MOST_TABS = 120


def in_sight(widget: QWidget, place: QPoint | None = None) -> bool:
    """Whether a point of a widget (its centre) can be seen and meets the mouse."""
    at = place or widget.rect().center()
    window = widget.window()
    hit = window.childAt(widget.mapTo(window, at)) if widget is not window else window
    return hit is not None and (hit is widget or widget.isAncestorOf(hit) or hit.isAncestorOf(widget))


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """The left button where a person would press it: only on what is enabled and in sight."""
    assert widget.isVisible() and widget.isEnabled(), f"{widget} cannot be pressed"
    _bring_in_sight(widget, place)
    at = place or widget.rect().center()
    assert in_sight(widget, at), f"{widget.accessibleName() or widget} is out of sight"
    QTest.mouseClick(widget, _LEFT, pos=at)


def _bring_in_sight(widget: QWidget, place: QPoint | None) -> None:
    """Turns the wheel over the pane that holds the widget."""
    at = place or widget.rect().center()
    area = widget.parentWidget()
    while area is not None and not (isinstance(area, QScrollArea) and area.verticalScrollBar().maximum()):
        area = area.parentWidget()
    if area is None or not isinstance(area, QScrollArea):
        return
    for _ in range(200):
        there = widget.mapTo(area, at).y()
        if 8 < there < area.height() - 8:
            return
        _wheel(area, -40 if there > 0 else 40)


def _wheel(area: QAbstractScrollArea, turn: int) -> None:
    view = area.viewport()
    at = QPointF(2, 2)
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, view.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, none,
                        phase, False)  # fmt: skip
    QApplication.sendEvent(view, event)


def click_cell(view: QAbstractItemView, index: QModelIndex, double: bool = False) -> None:
    """A line or cell of a view, brought in sight with the wheel where it can be."""
    for _ in range(400):
        rect = view.visualRect(index)
        if rect.isValid() and view.viewport().rect().contains(rect.center()):
            break
        below = rect.center().y() >= view.viewport().height() or not rect.isValid()
        before = view.verticalScrollBar().value()
        _wheel(view, -120 if below else 120)
        if view.verticalScrollBar().value() == before:
            break
    rect = view.visualRect(index)
    assert view.viewport().rect().contains(rect.center()), "the line cannot be brought in sight"
    QTest.mouseClick(view.viewport(), _LEFT, pos=rect.center())
    if double:
        QTest.mouseDClick(view.viewport(), _LEFT, pos=rect.center())


def choose(box: QComboBox, place: int) -> None:
    """Opens a drop-down with the mouse and clicks one of its lines."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    arrow = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxArrow, box
    )
    click(box, arrow.center())
    view = box.view()
    assert view.isVisible(), "the list does not open"
    QTest.qWait(QApplication.doubleClickInterval() + 5)  # until then the list ignores the button
    index = box.model().index(place, box.modelColumn())
    view.scrollTo(index)
    QTest.mouseMove(view.viewport(), view.visualRect(index).center())
    QTest.qWait(5)
    assert view.indexAt(view.visualRect(index).center()) == index
    QTest.mouseClick(view.viewport(), _LEFT, pos=view.visualRect(index).center())
    told = f"{box.accessibleName()}: line {box.currentIndex()}, not {place}, of {box.count()}"
    assert box.currentIndex() == place and not view.isVisible(), told


def focus() -> QWidget:
    """Who gets the next key."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def press(key: Qt.Key, *held: Qt.KeyboardModifier, times: int = 1) -> None:
    """A key, some times, to whatever has the keyboard at that moment."""
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in held:
        modifiers |= each
    for _ in range(times):
        QTest.keyClick(focus(), key, modifiers)


def write(text: str) -> None:
    """Characters, each to whatever has the keyboard at that moment."""
    for letter in text:
        QTest.keyClicks(focus(), letter)


def overwrite(text: str | None) -> None:
    """Another text in the line that has the keyboard."""
    press(Key.Key_A, CTRL)
    press(Key.Key_Delete)
    write(text or "")


def tab_to(widget: QWidget, back: bool = False) -> None:
    """Tab until a widget has the keyboard."""
    met: list[QWidget | None] = []
    for _ in range(_MOST_TABS):
        here = QApplication.focusWidget()
        if here is widget or (here is not None and here.focusProxy() is widget):
            return
        if here is not None and widget.isAncestorOf(here) and not isinstance(widget, QHeaderView):
            return
        met.append(here)
        press(Key.Key_Backtab if back else Key.Key_Tab, *((SHIFT,) if back else ()))
    way = ", ".join(dict.fromkeys(str(each and (each.accessibleName() or each)) for each in met))
    raise AssertionError(f"Tab does not lead to {widget.accessibleName() or widget}, only to {way}")
