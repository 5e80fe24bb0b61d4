"""Tables of a Web page: what many hospital systems write when they export « to Excel », often named .xls."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.extracts.blocks import MAX_COLUMNS
from desktop_app.core.extracts.dialect import header_guess
from desktop_app.core.extracts.encodings import Transcoder, guess_encoding, uniform
from desktop_app.core.extracts.frames import number_rows, unique_headers
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.extracts.source import READING, SourceReader, examine
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions
from validation_rules.text import Text

MAX_PAGE = 256 * 1024**2
MAX_CELLS = 60_000_000
_MOST_TABLES = 500
_STEP = 20_000  # tags between two signs of progress, some 50 ms
# Possessive and bounded: a page that never closes a quote or a tag is still read in one pass.
_TAG = re.compile(
    r"<(/?)(table|tr|td|th|br|p|div|li|script|style|title|caption)(?=[\s/>])"
    r"""((?:[^"'<>]|"[^"<>]{0,2000}"|'[^'<>]{0,2000}')*+)>""",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[/!?]?[A-Za-z\[][^<>]{0,4000}>")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,5})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HIDDEN = {"script", "style", "title", "caption"}


@dataclass(slots=True)
class Table:
    """Rows of cells as text, as a spreadsheet would show them: a merged cell fills only its first place."""

    rows: list[list[str]] = field(default_factory=list)
    spans: dict[int, int] = field(default_factory=dict)  # column -> rows that a cell above still covers
    cell: list[str] | None = None
    width: int = 1
    height: int = 1
    in_row: bool = False

    @property
    def columns(self) -> int:
        """Cells in the widest row."""
        return max(map(len, self.rows), default=0)

    def open_row(self) -> None:
        """A new row starts; a cell left open ends."""
        self.close_cell()
        self.rows.append([])
        self.in_row = True
        self._skip_covered()

    def open_cell(self, said: str) -> None:
        """A new cell starts, with its attributes as written."""
        self.close_cell()
        if not self.in_row:
            self.open_row()
        spans = {kind.lower(): int(count) for kind, count in _SPAN.findall(said)}
        self.width = max(1, min(spans.get("col", 1), 1000))
        self.height = max(1, min(spans.get("row", 1), 65_000))
        self.cell = []

    def close_cell(self) -> None:
        """The open cell, if any, ends."""
        if self.cell is None:
            return
        row = self.rows[-1]
        for place in range(len(row), len(row) + self.width):
            if self.height > 1:
                self.spans[place] = self.height
        row += [" ".join("".join(self.cell).split()), *[""] * (self.width - 1)]
        self.cell = None
        self._skip_covered()

    def end_row(self) -> None:
        """A row ends: what covers it from above covers one row less."""
        self.close_cell()
        if not self.in_row:
            return
        self.in_row = False
        self.spans = {place: left - 1 for place, left in self.spans.items() if left > 1}

    def _skip_covered(self) -> None:
        row = self.rows[-1]
        while self.spans.get(len(row), 0) and len(row) < MAX_COLUMNS:
            row.append("")


def tables(path: Path, text: str, progress: Progress = silent) -> list[Table]:
    """Every table of the page, in the order in which they start. Raises AppError for one without any."""
    found: list[Table] = []
    stack: list[Table] = []
    hidden, at, cells = "", 0, 0
    for count, tag in enumerate(_TAG.finditer(text)):
        if count % _STEP == 0:
            progress(tag.start(), len(text), READING)
        name, closing = tag[2].lower(), bool(tag[1])
        if stack and stack[-1].cell is not None and not hidden:
            stack[-1].cell.append(_plain(text[at : tag.start()]))
        at = tag.end()
        if name in _HIDDEN:
            hidden = "" if closing else name
        elif name == "table":
            _turn_table(stack, found, closing)
        elif stack:
            _turn(stack[-1], name, closing, tag[3])
            cells += name in ("td", "th") and not closing
        if cells > MAX_CELLS or len(found) > _MOST_TABLES:
            raise problems.page_too_big(path, MAX_PAGE)
    for table in found:
        table.close_cell()
    full = [table for table in found if any(any(row) for row in table.rows)]
    if not full:
        raise problems.no_table(path)
    return full


def _turn_table(stack: list[Table], found: list[Table], closing: bool) -> None:
    if closing:
        if stack:
            stack.pop().end_row()
        return
    stack.append(Table())
    found.append(stack[-1])


def _turn(table: Table, name: str, closing: bool, said: str) -> None:
    if name == "tr":
        table.end_row()
        if not closing:
            table.open_row()
    elif name in ("td", "th"):
        if closing:
            table.close_cell()
        else:
            table.open_cell(said)
    elif table.cell is not None:
        table.cell.append(" ")


def _plain(text: str) -> str:
    """Without the tags that only change the look, and with characters in place of entities."""
    if "<" in text:
        text = _ANY_TAG.sub("", text)
    return html.unescape(text) if "&" in text else text


def encoding_guess(head: bytes) -> Guess:
    """The encoding that the page states, when its bytes do not belie it, else the one that they show."""
    guessed = guess_encoding(head)
    stated = _CHARSET.search(head[:8192])
    if stated is None or guessed.value.startswith("utf"):
        return guessed
    try:
        name = uniform(stated[1].decode("ascii"))
    except AppError:
        return guessed
    if name.startswith("utf"):
        return guessed  # the bytes are no UTF-8, whatever the page says
    name = "cp1252" if name == "latin-1" else name  # as browsers read it
    evidence = Text(f"La page se dit en {stated[1].decode()}.", f"The page says it is {stated[1].decode()}.")
    return replace(guessed, value=name, evidence=evidence, confidence=0.95)


def page_text(path: Path, encoding: str, member: str | None, progress: Progress = silent) -> str:
    """The whole page. Raises AppError when it is over `MAX_PAGE`."""
    with in_memory(path, member, progress) as file:
        content = file.read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        raise problems.page_too_big(path, MAX_PAGE)
    return _without_comments(b"".join(Transcoder(path, encoding).utf8(_pieces(content))).decode("utf-8"))


def _without_comments(text: str) -> str:
    """A comment that never ends hides the rest of the page, as in a browser."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start)
        at = end + 3 if end >= 0 else len(text)
    return "".join((*parts, text[at:])) if parts else text


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), 4 * 1024**2):
        yield content[start : start + 4 * 1024**2]


def table_name(place: int) -> str:
    """What the table is called in the options, from 1."""
    return f"Table {place}"


def table_guess(found: list[Table]) -> Guess:
    """The table with the most cells; the others hold titles and menus."""
    sizes = [len(table.rows) * table.columns for table in found]
    best = max(range(len(found)), key=lambda place: sizes[place])
    evidence = Text(
        f"C’est le plus grand des tableaux de la page ({len(found)} en tout).",
        f"It is the largest table of the page ({len(found)} in all).",
    )
    others = tuple(table_name(place) for place in range(1, len(found) + 1) if place != best + 1)
    sure = round(max(0.5, 0.99 * sizes[best] / sum(sizes)), 2)
    return Guess("sheet", table_name(best + 1), evidence, sure, others[:50])


def chosen(path: Path, found: list[Table], name: str | None) -> Table:
    """The table of that name, or the best. Raises AppError when there is none of that name."""
    names = [table_name(place) for place in range(1, len(found) + 1)]
    wanted = name or table_guess(found).value
    if wanted not in names:
        raise problems.no_sheet(path, wanted, names)
    return found[names.index(wanted)]


def header_row_guess(rows: list[list[str]]) -> Guess:
    """The row that names the columns."""
    filled = [sum(bool(cell) for cell in row) for row in rows]
    return header_guess(rows, max(sorted(filled)[len(filled) // 2 :], default=1))


def read_page(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """One table of the page as `options` say. Raises AppError for what cannot be read."""
    examine(path)
    reader = SourceReader(path, progress, options.member)
    reader.take_in()
    text = page_text(path, options.encoding or "utf-8", options.member, progress)
    found = tables(path, text, progress)
    name = options.sheet or table_guess(found).value
    rows = chosen(path, found, name).rows
    found.clear()
    first = options.header_row or 0
    if not first <= len(rows) or (first and not any(rows[first - 1])):
        raise problems.no_header(path, first)
    frame, kept, ragged = _frame(path, rows[first - 1] if first else [], rows[first:])
    used = replace(options, sheet=name)
    return Extract(reader.source(), used, guesses, frame, None, ragged, len(kept) - frame.height)


def _frame(path: Path, header: list[str], rows: list[list[str]]) -> tuple[pl.DataFrame, pl.Series, int]:
    """The numbered rows, the mask of those that hold something, and how many have another length."""
    for row in rows:
        while len(row) > len(header) and header and not row[-1]:
            row.pop()
    width = max(len(header), *map(len, rows), 1)
    if width > MAX_COLUMNS:
        raise problems.too_wide(path, width, MAX_COLUMNS)
    usual = len(header) or width
    ragged = sum(any(row) and len(row) != usual for row in rows)
    names = unique_headers([*header, *[None] * (width - len(header))])
    cells = {
        name: [row[place] or None if place < len(row) else None for row in rows]
        for place, name in enumerate(names)
    }
    named = pl.DataFrame(cells, dict.fromkeys(names, pl.String))
    bare = [name for name, cell in zip(names, [*header, *[""] * width], strict=False) if not cell]
    empty = [name for name in bare if named.get_column(name).null_count() == named.height]
    frame, kept = number_rows(named.drop(empty))
    if frame.is_empty():
        raise problems.no_rows(path)
    return frame, kept, ragged
