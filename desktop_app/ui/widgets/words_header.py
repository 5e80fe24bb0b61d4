"""A header whose names break into two lines, so that a narrow column still says what it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

PAD = 24  # pixels: the padding of the style sheet, and room for the arrow of the order
_AIR = 10
_MOST_FOLDED = 1000


class WordsHeader(QHeaderView):
    """Horizontal. Two lines at most; what does not fit even so ends in an ellipsis, and is in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._folded: dict[tuple[str, int, str], str] = {}  # by name, width and font

    def measure(self) -> QFontMetrics:
        """The metrics of the names, which are semibold."""
        self.ensurePolished()  # widths are asked for before the style sheet has set the font
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(font)

    def width_for(self, name: str) -> int:
        """The least width that shows a name whole, in two lines if need be."""
        metrics = self.measure()
        return min(max(map(metrics.horizontalAdvance, lines)) for lines in _splits(name)) + PAD

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        """All but what Qt would add: whether the columns beside are selected as a whole, for which it asks
        every cell of a selected column for its flags, a million of them at each painting."""
        option.section = section
        option.textAlignment = self.defaultAlignment()
        option.position = self._position(section)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            arrows = QStyleOptionHeader.SortIndicator
            option.sortIndicator = arrows.SortDown if up else arrows.SortUp
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        option.text = self._fold(name, self.sectionSize(section) - PAD)

    def _fold(self, name: str, width: int) -> str:
        """As `fold`, which is not asked again at every painting."""
        key = name, width, self.font().key()
        if key not in self._folded:
            if len(self._folded) > _MOST_FOLDED:
                self._folded.clear()
            self._folded[key] = "\n".join(fold(name, width, self.measure()))
        return self._folded[key]

    def _position(self, section: int) -> QStyleOptionHeader.SectionPosition:
        positions, last = QStyleOptionHeader.SectionPosition, self.count() - 1
        if not last:
            return positions.OnlyOneSection
        return {0: positions.Beginning, last: positions.End}.get(self.visualIndex(section), positions.Middle)

    def sectionSizeFromContents(self, section: int) -> QSize:
        name = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        return QSize(self.width_for(name), self._high())

    def sizeHint(self) -> QSize:
        # The header's own hint measures names again; the view that holds it asks for the height alone.
        return QSize(self.length(), self._high())

    def _high(self) -> int:
        return 2 * self.measure().lineSpacing() + _AIR


def fold(name: str, width: int, metrics: QFontMetrics) -> list[str]:
    """A name in one line, else in two that fit `width` pixels, else in two with an ellipsis."""
    if metrics.horizontalAdvance(name) <= width:
        return [name]
    splits = list(_splits(name))
    fitting = [lines for lines in splits if all(metrics.horizontalAdvance(line) <= width for line in lines)]
    best = fitting[-1] if fitting else splits[-1]
    for lines in splits:
        if metrics.horizontalAdvance(lines[0]) <= width:
            best = lines if lines not in fitting else fitting[-1]
    # Advances are rounded down: a pixel more keeps a name whole that just fits.
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, max(width, 0) + 1) for line in best]


def _splits(name: str) -> Iterable[list[str]]:
    """Every way to write a name in one line or in two, the second line growing shorter."""
    words = name.split(" ")
    yield [name]
    for first in list(accumulate(words, lambda left, word: f"{left} {word}"))[:-1]:
        yield [first, name[len(first) + 1 :]]
