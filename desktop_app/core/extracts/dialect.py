"""Separator, quote and header row of a delimited text, from its first records, with the evidence."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from desktop_app.core.stages import Guess
from validation_rules.text import Text

SEPARATORS = (";", ",", "\t", "|")
NAMES = {
    ";": Text("point-virgule", "semicolon"),
    ",": Text("virgule", "comma"),
    "\t": Text("tabulation", "tab"),
    "|": Text("barre verticale", "vertical bar"),
}
SAMPLE_RECORDS = 400
_TITLE_ROWS = 30
# A cell that is a value rather than a name: a number, a date, an ICD-O code, a long identifier.
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
    return csv.reader(lines, delimiter=separator, quotechar=quote or '"', quoting=quoting)


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
    candidates = [separator] if separator else list(SEPARATORS)
    shapes = [shape(text, candidate, quote) for candidate in candidates for quote in quotes]
    return max(shapes, key=lambda found: found.score)


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
