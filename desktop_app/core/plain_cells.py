"""Tables as CSV that a spreadsheet opens as it is: no cell is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def plain_cell(value: object) -> str:
    """The text of a cell; an apostrophe comes before one that a spreadsheet would compute."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with a byte order mark and semicolons, as French and other European spreadsheets expect."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(plain_cell, heads))
    writer.writerows([plain_cell(value) for value in row] for row in rows)
    return BOM + out.getvalue()
