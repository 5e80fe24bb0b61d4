"""The report as one self-contained HTML page: no script, no external resource, light, dark and on paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from desktop_app.core.feedback import OUTCOMES
from desktop_app.core.html_pages import template
from desktop_app.core.reports import numbers, svg, words
from desktop_app.core.reports.model import Chart, Figure, Item, Point, Report
from desktop_app.core.reports.report import tiles
from validation_rules.text import Language, Text

WIDE, NARROW = 1030, 500
_PAGE: Final = Path(__file__).with_name("report.html.j2")


def render_html(report: Report, language: Language) -> str:
    """The whole page, in French or English. Every value is escaped by the template."""
    large = tiles(report)
    said = {key: text.in_(language) for key, text in words.PAGE.items()}
    return template(_PAGE).render(
        report=report,
        language=language,
        say=said,
        tiles=large,
        others=[figure for figure in report.figures if figure not in large],
        outcomes=[
            (OUTCOMES[code].title.in_(language), n) for code, n in report.outcomes.items() if code in OUTCOMES
        ],
        text=partial(_text, language),
        value=partial(_call, words.figure_value, language),
        interval=partial(_call, words.interval_text, language),
        counts=partial(_call, words.counts_text, language),
        as_value=lambda figure, number: words.value_text(figure, number, language),
        number=lambda n: numbers.number(n, language),
        day=lambda d: numbers.day(str(d), language),
        draw=partial(_drawn, language),
        spark=_spark,
        cell=partial(_cell, language),
        severity=lambda code: words.SEVERITIES[code].in_(language),
        colon="\N{NO-BREAK SPACE}:" if language == "fr" else ":",
    )


def _text(language: Language, text: Text) -> str:
    return text.in_(language)


def _call(function: Callable[[Figure, Language], str], language: Language, figure: Figure) -> str:
    return function(figure, language)


def _drawn(language: Language, chart: Chart) -> object:
    from markupsafe import Markup

    # Our own SVG, whose texts are escaped where they are drawn.
    return Markup(svg.draw(chart, language, width=WIDE if chart.kind == "stack" else NARROW))  # noqa: S704


def _spark(points: tuple[Point, ...]) -> object:
    from markupsafe import Markup

    return Markup(svg.spark(points))  # noqa: S704 - numbers only


def _cell(language: Language, chart: Chart, item: Item, place: int) -> str:
    show = numbers.percent if chart.percent else numbers.number
    return show(item.values[place], language, 1 if chart.percent else 0)
