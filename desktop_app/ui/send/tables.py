"""Column widths measured on the header and the first rows, so that nothing short is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTableView

PAD, FIRST = 3, 30


def fit(view: QTableView, columns: Sequence[str], rows: Sequence[Sequence[str]], most: int = 60) -> None:
    """Widths from the text of the first rows; `most` in characters."""
    bold = QFont(view.font())
    bold.setWeight(QFont.Weight.DemiBold)
    head, body = QFontMetrics(bold), view.fontMetrics()
    letter = body.averageCharWidth()
    for place, name in enumerate(columns):
        texts = [row[place] for row in rows[:FIRST] if place < len(row)]
        widest = max([head.horizontalAdvance(name), *map(body.horizontalAdvance, texts)])
        view.setColumnWidth(place, min(widest, most * letter) + (PAD + 1) * letter)
