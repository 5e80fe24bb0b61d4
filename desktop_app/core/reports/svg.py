"""Charts as SVG text: one module draws for the HTML page and for the window.

Only what SVG Tiny 1.2 knows is used (the window's renderer is QtSvg). Sizes are CSS pixels; colours come from
a `Look`: CSS variables on the page, plain colours in the window. Every chart has a `<title>` and a `<desc>`
that says its numbers, and no series is told by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from desktop_app.core.reports.model import Chart, Point
from desktop_app.core.reports.numbers import number, percent
from validation_rules.text import Language

ROW, GAP, LABEL, FONT = 24, 7, 12, 12


@dataclass(frozen=True, slots=True)
class Look:
    """Any CSS colour for each part; `font` a family name."""

    text: str
    muted: str
    line: str
    first: str
    second: str
    third: str
    font: str = "sans-serif"


PAGE = Look(
    "var(--text)", "var(--muted)", "var(--line)", "var(--first)", "var(--second)", "var(--third)",
    "system-ui, sans-serif",
)  # fmt: skip


def draw(chart: Chart, language: Language, look: Look = PAGE, width: int = 640) -> str:
    """`chart` as one `<svg>` element, `width` pixels wide and as high as it needs."""
    pen = _Pen(chart, language, look, width)
    painter = {"bars": _bars, "columns": _columns, "stack": _stack, "pyramid": _pyramid}[chart.kind]
    height = painter(pen)
    return pen.element(height)


def spark(points: tuple[Point, ...], look: Look = PAGE, width: int = 120, height: int = 30) -> str:
    """A trend as a small line with its last point; decorative, so hidden from screen readers."""
    known = [(place, point.value) for place, point in enumerate(points) if point.value is not None]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'  # noqa: E501
    if len(known) < 2:
        return head + "</svg>"
    low, high = min(value for _, value in known), max(value for _, value in known)
    step, spread = (width - 10) / max(len(points) - 1, 1), (high - low) or 1.0
    places = [(5 + at * step, height - 5 - (value - low) / spread * (height - 10)) for at, value in known]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return (
        f'{head}<polyline points="{path}" style="fill:none;stroke:{look.muted};stroke-width:1.5"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" style="fill:{look.first}"/></svg>'
    )


class _Pen:
    """Collects shapes; knows the chart, its language and its colours."""

    def __init__(self, chart: Chart, language: Language, look: Look, width: int) -> None:
        self.chart, self.language, self.look, self.width = chart, language, look, width
        self.shapes: list[str] = []
        self.labels = [item.label.in_(language) for item in chart.items]

    @property
    def gutter(self) -> int:
        """Room for the longest label, at most 40 % of the width."""
        longest = max((len(label) for label in self.labels), default=0)
        return min(int(longest * 7) + 14, int(self.width * 0.40))

    def value(self, value: float) -> str:
        """A number as the language writes it."""
        return percent(value, self.language, 0) if self.chart.percent else number(value, self.language)

    def box(self, x: float, y: float, w: float, h: float, colour: str, pattern: str = "") -> None:
        """A rectangle; a very small one stays visible."""
        wide = max(w, 1.0) if w > 0 else 0.0
        outline = f";stroke:{self.look.muted};stroke-width:1" if pattern == "outlined" else ""
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{h:.1f}" '
            f'style="fill:{colour}{outline}"/>'
        )

    def words(
        self, x: float, y: float, text: str, colour: str, anchor: str = "start", weight: str = "normal"
    ) -> None:
        """One line of text whose baseline is `y`."""
        self.shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
            f'style="fill:{colour};font-weight:{weight}">{escape(text)}</text>'
        )

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A thin line."""
        self.shapes.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
            f'style="stroke:{self.look.line};stroke-width:1"/>'
        )

    def element(self, height: float) -> str:
        """The whole `<svg>`."""
        title = escape(self.chart.title.in_(self.language))
        said = escape(describe(self.chart, self.language))
        size = f'viewBox="0 0 {self.width} {height:.0f}" width="{self.width}" height="{height:.0f}"'
        font = f'font-family="{escape(self.look.font)}" font-size="{FONT}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" {font}>'
            f"<title>{title}</title><desc>{said}</desc>{''.join(self.shapes)}</svg>"
        )


def describe(chart: Chart, language: Language) -> str:
    """The numbers of a chart in one sentence, for people who do not see it."""
    show = percent if chart.percent else number
    names = [name.in_(language) for name in chart.series]
    lines = []
    for item in chart.items:
        values = [show(value, language, 0) for value in item.values]
        said = (
            values
            if len(names) == 1
            else [f"{name} {value}" for name, value in zip(names, values, strict=True)]
        )
        colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
        lines.append(f"{item.label.in_(language)}{colon}{', '.join(said)}")
    between = "\N{NO-BREAK SPACE}; " if language == "fr" else "; "
    return f"{chart.note.in_(language)} {between.join(lines)}."


def _bars(pen: _Pen) -> float:
    most = max((item.values[0] for item in pen.chart.items), default=0) or 1
    total = sum(item.values[0] for item in pen.chart.items) or 1
    left, room = pen.gutter, pen.width - pen.gutter - 104
    for row, (label, item) in enumerate(zip(pen.labels, pen.chart.items, strict=True)):
        y, value = row * ROW, item.values[0]
        pen.words(left - 8, y + 16, _cut(label, left), pen.look.text, "end")
        pen.box(left, y + 4, room * value / most, ROW - GAP, pen.look.first)
        share = percent(100 * value / total, pen.language, 0 if value / total >= 0.095 else 1)
        pen.words(left + room * value / most + 6, y + 16, pen.value(value), pen.look.text, weight="bold")
        pen.words(pen.width - 2, y + 16, share, pen.look.muted, "end")
    return len(pen.labels) * ROW + 4


def _columns(pen: _Pen) -> float:
    top, foot, height = 20, 24, 176
    most = max((item.values[0] for item in pen.chart.items), default=0) or 1
    step = pen.width / max(len(pen.chart.items), 1)
    wide = min(step * 0.62, 64)
    for place, (label, item) in enumerate(zip(pen.labels, pen.chart.items, strict=True)):
        centre = place * step + step / 2
        tall = (height - top - foot) * item.values[0] / most
        pen.box(centre - wide / 2, height - foot - tall, wide, tall, pen.look.first)
        if len(pen.labels) <= 16:
            pen.words(
                centre, height - foot - tall - 5, pen.value(item.values[0]), pen.look.text, "middle", "bold"
            )
        if place % (1 + len(pen.labels) // 14) == 0:
            pen.words(centre, height - 8, label, pen.look.muted, "middle")
    pen.rule(0, height - foot, pen.width, height - foot)
    return height


def _stack(pen: _Pen) -> float:
    colours = (pen.look.first, pen.look.second, "none")
    left, room, top = pen.gutter, pen.width - pen.gutter - 58, 26
    at = float(left)
    for name, colour in zip(pen.chart.series, colours, strict=True):
        pen.box(at, 5, 12, 12, colour, "outlined" if colour == "none" else "")
        pen.words(at + 18, 16, name.in_(pen.language), pen.look.muted)
        at += 34 + 7 * len(name.in_(pen.language))
    for row, (label, item) in enumerate(zip(pen.labels, pen.chart.items, strict=True)):
        y, x = top + row * 20, float(left)
        pen.words(left - 8, y + 13, _cut(label, left), pen.look.text, "end")
        pen.box(left, y + 3, room, 13, "none", "outlined")
        for value, colour in list(zip(item.values, colours, strict=True))[:2]:
            pen.box(x, y + 3, room * value / 100, 13, colour)
            x += room * value / 100
        pen.words(pen.width - 2, y + 13, percent(item.values[0], pen.language, 0), pen.look.text, "end")
    return top + len(pen.labels) * 20 + 4


def _pyramid(pen: _Pen) -> float:
    most = max((value for item in pen.chart.items for value in item.values), default=0) or 1
    middle, half, top, row = pen.width / 2, 46, 26, 17
    room = pen.width / 2 - half - 40
    men, women = (name.in_(pen.language) for name in pen.chart.series)
    pen.words(middle - half, 14, men, pen.look.muted, "end")
    pen.words(middle + half, 14, women, pen.look.muted)
    for place, (label, item) in enumerate(reversed(list(zip(pen.labels, pen.chart.items, strict=True)))):
        y = top + place * row
        left, right = room * item.values[0] / most, room * item.values[1] / most
        pen.words(middle, y + 11, label, pen.look.muted, "middle")
        pen.box(middle - half - left, y + 1, left, row - 4, pen.look.first)
        pen.box(middle + half, y + 1, right, row - 4, pen.look.third)
        if item.values[0]:
            pen.words(middle - half - left - 5, y + 11, pen.value(item.values[0]), pen.look.text, "end")
        if item.values[1]:
            pen.words(middle + half + right + 5, y + 11, pen.value(item.values[1]), pen.look.text)
    return top + len(pen.labels) * row + 4


def _cut(label: str, room: int) -> str:
    letters = int((room - 10) / 6.8)
    return label if len(label) <= letters else label[: letters - 1] + "…"
