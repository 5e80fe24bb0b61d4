"""Lines that have room to be read and hit, and boxes that can be seen in either theme."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

# Fusion draws the edge of a box darker than the window, which is invisible on a dark one.
BOXES = """
QCheckBox::indicator, QTreeView::indicator, QRadioButton::indicator {
    width: 9px; height: 9px; padding: 2px; border: 1px solid palette(dark); border-radius: 3px;
    background-color: palette(base); background-clip: content;
}
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QRadioButton::indicator:checked {
    background-color: palette(link); border-color: palette(link);
}
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid palette(link); padding: 1px; }
"""
_AIR = 8  # pixels beside the height of the text


class AiryLines(QStyledItemDelegate):
    """Lines as high as their text and a little air."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + _AIR))
