"""Controls for a pane of any width: what does not fit on a line goes on the next one, or says so on hover."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from desktop_app.ui.plain import PlainLabel, caption, tool_tip

_ROUNDED = 2  # pixels: letters have fractions of them
_SHORTEST = 6  # average characters that a control keeps
_LONGEST_WORD = 24
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_BREAK = "\N{ZERO WIDTH SPACE}"


def as_wide_as_the_pane() -> QSizePolicy:
    """The content follows the pane: it never asks for more width than there is."""
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    return policy


def breakable(text: str) -> str:
    """The same text for the eye, where a word longer than any (a list of codes) may go over to the next line,
    and the id of a rule after its `_`.

    What it adds cannot be seen but can be copied: not for a text that can be selected.
    """
    return _LONG_WORD.sub(_with_breaks, text.replace("_", f"_{_BREAK}"))


def _with_breaks(found: re.Match[str]) -> str:
    word = found.group()
    return _BREAK.join(word[at : at + _LONGEST_WORD // 2] for at in range(0, len(word), _LONGEST_WORD // 2))


class FittingButton(QPushButton):
    """Shows the first of its texts that fits; the last one is cut at its end where none does, and told whole
    on hover and to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: tuple[str, ...] = ("",)
        self._hint = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_texts(self, *texts: str, hint: str = "") -> None:
        """What to show, the whole of it first; `hint` is told on hover in any case."""
        self._texts, self._hint = texts, hint
        self.setAccessibleName(texts[0])
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = self._beside() + self.fontMetrics().horizontalAdvance(self._texts[0])
        return QSize(width + _ROUNDED, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        short = self._beside() + _SHORTEST * self.fontMetrics().averageCharWidth()
        return QSize(min(short, self.sizeHint().width()), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _beside(self) -> int:
        """Pixels that padding and border take."""
        seen = self.text().replace("&&", "&")
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(seen)

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        room = self.width() - self._beside()
        fits = next((text for text in self._texts if metrics.horizontalAdvance(text) <= room), None)
        cut = metrics.elidedText(self._texts[-1], Qt.TextElideMode.ElideRight, room)
        self.setText(caption(fits or cut))
        told = [text for text in ("" if fits == self._texts[0] else self._texts[0], self._hint) if text]
        self.setToolTip(tool_tip("\n".join(told)))


class FittingLabel(PlainLabel):
    """One line of plain text, cut at its end where the room ends; whole on hover and for a screen reader."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _SHORTEST * self.fontMetrics().averageCharWidth()), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if cut == self.text() else tool_tip(self.text()))
        painter, option = QStylePainter(self), QStyleOption()
        option.initFrom(self)
        role, flags = self.foregroundRole(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawItemText(self.rect(), int(flags), option.palette, self.isEnabled(), cut, role)


class FittingBox(QComboBox):
    """A drop-down that tells on hover what it has no room for, and whose list is as wide as its lines.

    With `letters` it asks for room for so many, not for the longest of its lines."""

    def __init__(self, parent: QWidget | None = None, letters: int | None = None) -> None:
        super().__init__(parent)
        if letters is not None:
            self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self.setMinimumContentsLength(letters)
        self.currentTextChanged.connect(self._tell)

    def showPopup(self) -> None:
        view = self.view()
        bar = view.verticalScrollBar().sizeHint().width() + 2 * view.frameWidth()
        lines = view.sizeHintForColumn(self.modelColumn()) + bar
        view.setMinimumWidth(min(lines, self.screen().availableGeometry().width()))
        super().showPopup()

    def _tell(self, text: str) -> None:
        self.setToolTip(tool_tip(text))


class WrappingRadio(QRadioButton):
    """A choice whose words go on in the next line where the pane is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        words = [self.fontMetrics().horizontalAdvance(word) for word in self.text().split()]
        return QSize(self._beside() + max(words, default=0), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        metrics = self.fontMetrics()
        room = QRect(0, 0, max(width - self._beside(), 1), 10_000)
        lines = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        return max(self.sizeHint().height(), self.sizeHint().height() - metrics.height() + lines.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        words = option.text
        room = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, self)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_RadioButton, option)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        room = QRect(room.left(), 0, self.width() - room.left(), self.height())
        role = self.foregroundRole()
        painter.drawItemText(room, int(flags), option.palette, self.isEnabled(), words, role)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _beside(self) -> int:
        """Pixels that the sign and the margins take."""
        return self.sizeHint().width() - self.fontMetrics().horizontalAdvance(self.text())
