"""Lists for people: one page that prints well, and a table that a spreadsheet opens without running it."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop_app.core.errors import cannot_write
from desktop_app.core.plain_cells import BOM, plain_cell
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from jinja2 import Template

MASK = "•••"
_FOLDER: Final = Path(__file__).parent


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
    return _template().generate(sheet=sheet, language=language, say=words)


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[str]], language: Language) -> Iterator[str]:
    """Lines that the spreadsheets of the language's countries open as columns: a BOM, semicolons in French.

    A cell that a spreadsheet would run as a formula is written as text, with an apostrophe before it.
    """
    yield BOM
    separator = ";" if language == "fr" else ","
    for row in chain((headers,), rows):
        line = io.StringIO()
        csv.writer(line, delimiter=separator, lineterminator="\r\n").writerow(
            [plain_cell(cell) for cell in row]
        )
        yield line.getvalue()


def write_whole(path: Path, pieces: Iterable[str]) -> Path:
    """Write a file so that it is there whole or not at all, readable by its owner alone; `path`.

    AppError when the folder is missing, read-only or full.
    """
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".navette-")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)
        Path(name).replace(path)
    except BaseException as error:
        if name is not None:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise cannot_write(error, path.name) from None
        raise
    return path


def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sheet.html.j2")


_DONE = Text("Fait", "Done")
