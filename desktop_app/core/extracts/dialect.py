"""Separator, quote and header row of a delimited text, from its first records, with the evidence."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from desktop_app.core.stages import Guess
from validation_rules.text import Text

SEPARATORS = (";", ",", "\t", "|")
NAMES = {
    ";": Text("point-virgule", "semicolon"),
    ",": Text("virgule", "comma"),
    "\t": Text("tabulation", "tab"),
    "|": Text("barre verticale", "vertical bar"),
    "\x1f": Text("caractère de contrôle 1F", "control character 1F"),
}
# Looked for only where none of the usual ones cuts the lines.
RARE_SEPARATORS = ("^", "~", "#", "\x1f")
_NAMED = re.compile(r"\s*sep=([^\n])\n", re.IGNORECASE)
SAMPLE_RECORDS = 400
_TIGHT_LINE = 100_000
MAX_CELL = 4 * 1024**2
_TITLE_ROWS = 30
_ALL_BUT_A_FEW = 0.9
# A cell that is a value rather than a name: a number, a date, an ICD-O code, a long identifier.
# The module's own limit, 128 KiB, is less than a pathology report in one cell.
csv.field_size_limit(MAX_CELL)
_VALUE = re.compile(r"[\d\s.,/:+-]*\d[\d\s.,/:+TZ-]*|[A-Z]{1,2}\d{2,}[\d./]*|\d{4}/\d", re.ASCII)


class CsvReader(Protocol):
    """What the csv module gives back; `line_num` counts the lines it took."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class Shape(NamedTuple):
    """How the first records look under one separator and one quote."""

    separator: str
    quote: str | None
    width: int
    regular: int
    records: int

    @property
    def score(self) -> float:
        """Regular and wide wins; one column never does."""
        share = self.regular / max(1, self.records)
        return share * min(1.0, (self.width - 1) / 4 + 0.25) if self.width > 1 else 0.0


def parse(text: str, separator: str, quote: str | None, limit: int = SAMPLE_RECORDS) -> list[list[str]]:
    """The first `limit` records of `text`, leniently; a blank line is an empty record."""
    reader = csv_reader(_lines(text), separator, quote)
    records: list[list[str]] = []
    try:
        for record in reader:
            records.append(record)
            if len(records) >= limit:
                break
    except csv.Error:
        return records
    return records


def csv_reader(lines: Iterable[str], separator: str, quote: str | None) -> CsvReader:
    """The csv module's reader; `quote` None means that a quote is a character like any other."""
    quoting: Literal[0, 3] = csv.QUOTE_NONE if quote is None else csv.QUOTE_MINIMAL
    if quote:
        lines = _tight(lines, separator, quote)
    return csv.reader(lines, delimiter=separator, quotechar=quote or '"', quoting=quoting)


def _tight(lines: Iterable[str], separator: str, quote: str) -> Iterator[str]:
    """Blanks between a separator and a quoted cell are left out, as who writes `a; "b; c"` means it."""
    loose, inside = f"{separator} ", False
    cell = re.compile(
        rf"(?<={re.escape(separator)}) +({quote}(?:[^{quote}]|{quote}{quote})*{quote})"
        rf"(?= *(?:{re.escape(separator)}|\r?\n|\Z))"
    )
    for line in lines:
        fits = not inside and loose in line and quote in line and len(line) < _TIGHT_LINE
        yield cell.sub(r"\1", line) if fits else line
        inside ^= line.count(quote) % 2 == 1


def _lines(text: str) -> list[str]:
    """Lines with their end; a carriage return inside a line does not end it."""
    return [line + "\n" for line in text.replace("\r\n", "\n").replace("\r", " ").split("\n")]


def shape(text: str, separator: str, quote: str | None) -> Shape:
    """The most common width of the first records, and how many have it."""
    records = [record for record in parse(text, separator, quote) if any(cell.strip() for cell in record)]
    if not records:
        return Shape(separator, quote, 0, 0, 0)
    widths = Counter(len(record) for record in records)
    width, regular = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return Shape(separator, quote, width, regular, len(records))


def best_shape(text: str, separator: str | None, quotes: Sequence[str | None]) -> Shape:
    """The best of the separators (or of the one given) and quotes."""
    separator = separator or named_separator(text)
    candidates = [separator] if separator else list(SEPARATORS)
    shapes = [shape(text, candidate, quote) for candidate in candidates for quote in quotes]
    best = _quoted(max(shapes, key=lambda found: found.score), shapes)
    if separator or best.width > 1:
        return best
    rare = [shape(text, candidate, quote) for candidate in RARE_SEPARATORS for quote in quotes]
    return max([best, *rare], key=lambda found: found.score * (found.regular == found.records))


def is_narrow_table(text: str, found: Shape) -> bool:
    """Whether lines of two or three cells, all as long as one another, are cells and not zones.

    Zones may hold a comma at one place of every line, in a number with decimals: then no line of names, and
    blanks around values.
    """
    if found.width < 2 or found.regular <= _ALL_BUT_A_FEW * found.records:
        return False
    records = [row for row in parse(text, found.separator, found.quote) if len(row) == found.width]
    if found.separator != "," or not any(char.isdigit() for cell in records[0] for char in cell):
        return True
    cells = [cell for row in records for cell in row]
    padded = sum(cell != cell.strip() or "  " in cell for cell in cells)
    decimals = sum(a[-1:].isdigit() and b[:1].isdigit() for row in records for a, b in pairwise(row))
    return not padded or not decimals


def _quoted(best: Shape, shapes: Sequence[Shape]) -> Shape:
    """Of two readings with as many records, the quoted one if only that one makes every record alike."""
    for other in shapes:
        same = other.separator == best.separator and other.records == best.records and other.width > 1
        if same and other.quote and other.regular == other.records and best.regular < best.records:
            return other
    return best


def named_separator(text: str) -> str | None:
    """The separator that a first line such as `sep=;` names: spreadsheet programs obey it."""
    found = _NAMED.match(text)
    return found[1] if found else None


def quotes_of(text: str) -> tuple[str | None, ...]:
    """The quotes worth trying: apostrophes only where they stand around all cells, since names hold some."""
    lines = [line.strip() for line in text.split("\n")[:200] if line.strip()]
    around = sum(len(line) > 1 and line[0] == line[-1] == "'" for line in lines)
    return ("'",) if len(lines) > 1 and around == len(lines) else ('"', None)


def separator_guess(found: Shape) -> Guess:
    """What was found about the separator, in words."""
    name = NAMES.get(found.separator, Text(f"« {found.separator} »", f"“{found.separator}”"))
    evidence = Text(
        f"{found.regular} lignes sur {found.records} ont {found.width} cellules séparées par {name.fr}.",
        f"{found.regular} of {found.records} lines have {found.width} cells separated by {name.en}.",
    )
    others = tuple(item for item in SEPARATORS if item != found.separator)
    confidence = min(0.99, found.score) if found.records > 1 else found.score / 2
    return Guess("separator", found.separator, evidence, round(confidence, 2), others)


def quote_guess(text: str, found: Shape) -> Guess:
    """What was found about the quote, in words."""
    if found.quote is None:
        evidence = Text(
            "Des guillemets isolés dans le texte : les lire comme guillemets décalerait les cellules.",
            "Lone quotes inside text: reading them as quotes would shift the cells.",
        )
        return Guess("quote", "", evidence, 0.6, ('"', "'"))
    used = len(re.findall(rf"(?:^|\n|{re.escape(found.separator)}){re.escape(found.quote)}", text))
    evidence = Text(
        f"{used} cellules entre guillemets au début du fichier."
        if used
        else "Aucune cellule entre guillemets vue.",
        f"{used} quoted cells at the start of the file." if used else "No quoted cell seen.",
    )
    return Guess(
        "quote", found.quote, evidence, 0.95 if used else 0.8, ("", "'" if found.quote == '"' else '"')
    )


def header_guess(records: Sequence[Sequence[str]], width: int) -> Guess:
    """The row that names the columns: wide, filled, without values, over rows that hold some."""
    for position, record in enumerate(records[:_TITLE_ROWS]):
        cells = [cell.strip() for cell in record]
        if sum(map(bool, cells)) < max(1, width * 0.6) or (width > 1 and len(cells) < 2):
            continue
        return _judge(position, cells, records, width)
    evidence = Text("Aucune ligne ne ressemble à un en-tête.", "No row looks like a header.")
    return Guess("header_row", "", evidence, 0.3, ("1", "2", "3"))


def _judge(position: int, cells: list[str], records: Sequence[Sequence[str]], width: int) -> Guess:
    named = [cell for cell in cells if cell]
    values = sum(bool(_VALUE.fullmatch(cell)) for cell in named) / max(1, len(named))
    below = [cell for record in records[position + 1 : position + 21] for cell in record if cell.strip()]
    below_values = sum(bool(_VALUE.fullmatch(cell.strip())) for cell in below) / max(1, len(below))
    row = position + 1
    if values >= 0.3 and values >= below_values * 0.5:
        evidence = Text(
            f"La première ligne pleine contient déjà des valeurs ({100 * values:.0f}\N{NO-BREAK SPACE}% de "
            "nombres, dates ou codes).",
            f"The first full row already holds values ({values:.0%} numbers, dates or codes).",
        )
        return Guess("header_row", "", evidence, 0.7, (str(row),))
    repeats = len(named) - len(set(named))
    evidence = Text(
        f"La ligne {row} a {len(named)} noms pour {width} colonnes"
        + (f", dont {repeats} répétés." if repeats else "."),
        f"Row {row} has {len(named)} names for {width} columns"
        + (f", {repeats} repeated." if repeats else "."),
    )
    sure = 0.97 if not repeats and below_values > values + 0.1 and len(named) == width else 0.75
    return Guess("header_row", str(row), evidence, sure, ("", str(row + 1)))
