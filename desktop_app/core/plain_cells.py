"""Tables as CSV that a spreadsheet opens as it is: no cell is taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first look at a file needs no Polars
    import polars as pl

# A text that begins like one of ours gets an apostrophe too, so that taking it away is never a mistake.
_OURS = r"^'['=+\-@\t\r\n]"
_RISKY = rf"^[=+\-@\t\r\n]|{_OURS}"
_IS_RISKY = re.compile(_RISKY)
# What another reader takes for the start of a cell: one of these separators, though it is inside quotes.
_INSIDE = r"""([;,\t|\r\n][" ]*)('*[=+\-@])"""
_OURS_INSIDE = r"""([;,\t|\r\n][" ]*)'('*[=+\-@])"""
_IS_INSIDE = re.compile(_INSIDE)
_QUOTED = re.compile(r'[;,\t|\r\n"]')
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def plain_cell(value: object) -> str:
    """The text of a cell; an apostrophe comes before what a spreadsheet would compute: at its start, and
    where a reader that takes another separator would start a cell.

    `given_column` takes them away again.
    """
    text = _IS_INSIDE.sub(r"\1'\2", "" if value is None else str(value))
    return f"'{text}" if _IS_RISKY.match(text) else text


def plain_column(name: str) -> pl.Expr:
    """The same for a column of texts, blanks left blank."""
    import polars as pl

    text = pl.col(name).str.replace_all(_INSIDE, "${1}'${2}")
    return pl.when(text.str.contains(_RISKY)).then("'" + text).otherwise(text).alias(name)


def given_column(name: str) -> pl.Expr:
    """A column of texts as `plain_cell` or `plain_column` was given them."""
    import polars as pl

    text = pl.col(name)
    bare = pl.when(text.str.contains(_OURS)).then(text.str.slice(1)).otherwise(text)
    return bare.str.replace_all(_OURS_INSIDE, "${1}${2}").alias(name)


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[object]], separator: str = ";") -> Iterator[str]:
    """CSV line by line after a byte order mark: semicolons, as French and most European spreadsheets expect,
    or another separator. What holds any usual separator is quoted."""
    yield BOM
    for row in chain((heads,), rows):
        yield separator.join(map(_quoted, map(plain_cell, row))) + "\r\n"


def _quoted(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole of `csv_lines`."""
    return "".join(csv_lines(heads, rows))
