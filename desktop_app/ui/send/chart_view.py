"""A chart of the report in the window: the same SVG, in the colours and at the size of the theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QRectF
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.core.reports import svg
from desktop_app.core.reports.model import Chart, Point
from desktop_app.ui import theme
from validation_rules.text import Language

LEAST = 240
SPARK = (96, 28)  # at a body of 13 pixels


def look(family: str) -> svg.Look:
    """The colours of the theme that is applied now."""
    colours = theme.current()
    second = "#9CB9E4" if not theme.is_dark() else "#3C5F95"
    return svg.Look(colours.text, colours.muted, colours.line, colours.accent, second, colours.info, family)


class _Drawing(QWidget):
    """Renders SVG text, again when the theme changes."""

    def __init__(self) -> None:
        super().__init__()
        self.renderer = QSvgRenderer(self)

    @property
    def scale(self) -> float:
        """Window pixels for one pixel of the drawing: follows the font, so also 200 %."""
        return max(QFontInfo(self.font()).pixelSize(), 8) / 13

    def redraw(self) -> None:
        """Makes the drawing again."""
        raise NotImplementedError

    def load(self, text: str) -> None:
        """Shows an SVG document."""
        self.renderer.load(QByteArray(text.encode()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        size = self.renderer.defaultSize()
        painter = QPainter(self)
        self.renderer.render(painter, QRectF(0, 0, size.width() * self.scale, size.height() * self.scale))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.redraw()


class ChartView(_Drawing):
    """One chart, as wide as it is given and as high as it needs."""

    def __init__(self, chart: Chart, language: Language) -> None:
        super().__init__()
        self._chart, self._language = chart, language
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(round(LEAST * self.scale))
        self.setAccessibleName(chart.title.in_(language))
        self.setAccessibleDescription(svg.describe(chart, language))
        self.setToolTip(chart.note.in_(language))

    def redraw(self) -> None:
        width = max(LEAST, int(self.width() / self.scale))
        self.load(svg.draw(self._chart, self._language, look(self.font().family()), width))
        self.setFixedHeight(round(self.renderer.defaultSize().height() * self.scale) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.redraw()


class SparkView(_Drawing):
    """A trend by year, small; its numbers are in its tooltip."""

    def __init__(self, points: tuple[Point, ...]) -> None:
        super().__init__()
        self._points = points
        self.setFixedSize(round(SPARK[0] * self.scale), round(SPARK[1] * self.scale))
        self.redraw()

    def redraw(self) -> None:
        self.load(svg.spark(self._points, look(self.font().family()), *SPARK))
