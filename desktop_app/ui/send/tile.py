"""One indicator as a tile: figure, interval, national median, trend."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.core.reports import words
from desktop_app.core.reports.model import Figure
from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.send.chart_view import SparkView
from validation_rules.text import Language


class Tile(QFrame):
    """Reads as one sentence to a screen reader."""

    def __init__(self, figure: Figure, language: Language) -> None:
        super().__init__()
        self.setProperty("role", "card")
        colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
        value = words.figure_value(figure, language)
        lines = [words.counts_text(figure, language)]
        interval = words.interval_text(figure, language)
        if interval:
            lines.append(words.PAGE["interval"].in_(language) + colon + interval)
        lines.append(self._median(figure, language, colon))
        self._lay_out(figure, figure.title.in_(language), value, lines)
        self.setAccessibleName(f"{figure.title.in_(language)}, {value}, {', '.join(lines)}")
        self.setToolTip(figure.definition.in_(language))

    @staticmethod
    def _median(figure: Figure, language: Language, colon: str) -> str:
        if figure.median is None:
            return words.PAGE["no_median"].in_(language)
        sites = f" ({figure.sites} sites)" if figure.sites else ""
        shown = words.value_text(figure, figure.median, language)
        return words.PAGE["median"].in_(language) + colon + shown + sites

    def _lay_out(self, figure: Figure, title: str, value: str, lines: list[str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        head = PlainLabel(title)
        head.setProperty("role", "section")
        head.setWordWrap(True)
        column.addWidget(head)
        row = QHBoxLayout()
        number = PlainLabel(value)
        number.setProperty("role", "figure")
        number.setFont(theme.tabular(number.font()))
        row.addWidget(number)
        row.addStretch(1)
        if len(figure.trend) > 1:
            row.addWidget(SparkView(figure.trend), 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        for line in lines:
            label = PlainLabel(line)
            label.setProperty("role", "small")
            label.setWordWrap(True)
            column.addWidget(label)
