"""Lists for people: one page that prints well, and a table that a spreadsheet opens without running it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop_app.core.html_pages import template
from desktop_app.core.plain_cells import csv_lines
from validation_rules.text import Language, Text

MASK = "•••"
_PAGE: Final = Path(__file__).with_name("sheet.html.j2")


@dataclass(frozen=True, slots=True)
class Part:
    """A list under a heading. `rows` are as wide as `headers`; `to_tick` adds a box to tick on paper."""

    title: str
    note: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]] = field(repr=False)
    to_tick: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document in one language. `facts` are told under the title, `warning` in a frame."""

    title: str
    facts: Sequence[str]
    parts: Sequence[Part]
    warning: str = ""
    empty: str = ""


def as_html(sheet: Sheet, language: Language) -> Iterator[str]:
    """A page without script nor external resource, piece by piece. Every value is escaped."""
    words = {"done": _DONE.in_(language)}
    return template(_PAGE).generate(sheet=sheet, language=language, say=words)


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[str]], language: Language) -> Iterator[str]:
    """Lines that the spreadsheets of the language's countries open as columns: semicolons in French."""
    return csv_lines(headers, rows, ";" if language == "fr" else ",")


_DONE = Text("Fait", "Done")
