"""A frame written in any dialect that the collection knows, and read back, is the same frame."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.extracts import detect, open_extract, open_stream
from desktop_app.core.extracts.dialect import RARE_SEPARATORS, SEPARATORS
from desktop_app.core.stages import ImportOptions
from tests.ugly import xlsx_parts as x
from tests.ugly.cfb import biff, compound
from tests.ugly.other_books import ods, ods_row

_FRENCH = "aAbBzZ09éèàçôûïÉÈÇ '-_.:/()&<>°"
_ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "iso-8859-15",
    "mac-roman",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
]
# What a text format may hold anywhere, and what only quotes protect.
_CELL = st.text(st.sampled_from(_FRENCH), max_size=9) | st.sampled_from(
    [
        "",
        '"',
        '""',
        'dit "x"',
        ";",
        "a;b",
        "a\nb",
        "c\r\nd",
        " x",
        "x ",
        "a\tb|c,d",
        '; "e"',
        "sep=;",
        "'f'",
        "1E+05",
        "01",
    ]
)
Table = list[list[str]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Rows of one width; the first column is never blank, so that every row is one."""
    width = draw(st.integers(2, 5))
    rows = draw(st.lists(st.lists(_CELL, min_size=width - 1, max_size=width - 1), min_size=1, max_size=10))
    return [[f"P{number}", *row] for number, row in enumerate(rows)]


def _written(rows: Table, separator: str, quote: str, ends: str, quoting: int, headers: list[str]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, quotechar=quote, lineterminator=ends, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([headers, *rows])
    return stream.getvalue()


def _headers(rows: Table) -> list[str]:
    return ["numéro", *(f"colonne {i}" for i in range(1, len(rows[0])))]


def _cells(path: Path, options: ImportOptions | None) -> Table:
    extract = open_extract(path, options)
    assert extract.ragged == 0
    return [[cell or "" for cell in row[1:]] for row in extract.frame.rows()]


@settings(max_examples=250, deadline=None)
@given(
    rows=tables(),
    separator=st.sampled_from([*SEPARATORS, *RARE_SEPARATORS]),
    encoding=st.sampled_from(_ENCODINGS),
    quote=st.sampled_from(['"', "'"]),
    ends=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_any_dialect_that_is_stated(
    rows: Table, separator: str, encoding: str, quote: str, ends: str, quoting: int
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        headers = _headers(rows)
        path.write_bytes(_written(rows, separator, quote, ends, quoting, headers).encode(encoding))
        options = ImportOptions("delimited", encoding, separator, quote)
        assert _cells(path, options) == rows
        batches = [batch.extract.frame.rows() for batch in open_stream(path, options, 3).batches()]
        assert [[cell or "" for cell in row[1:]] for batch in batches for row in batch] == rows


@settings(max_examples=150, deadline=None)
@given(
    count=st.integers(3, 12),
    separator=st.sampled_from([*SEPARATORS, *RARE_SEPARATORS]),
    encoding=st.sampled_from(_ENCODINGS),
    ends=st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    data=st.data(),
)
def test_the_dialect_of_an_ordinary_table_is_found(
    count: int, separator: str, encoding: str, ends: str, quoting: int, data: st.DataObject
) -> None:
    names = st.sampled_from(["LÉVÊQUE", "Noël", "D'ARC", "GARÇON", "Désirée", "Œuvrard"[2:], "LE GALL"])
    rows = [
        [f"P{number:03}", data.draw(names), f"{1 + number:02}/05/1950", "C50.4", "Îlot n° 3 à côté"]
        for number in range(count)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(_written(rows, separator, '"', ends, quoting, _headers(rows)).encode(encoding))
        preview = detect(path)
        assert preview.options.separator == separator
        assert _cells(path, None) == rows


@settings(max_examples=60, deadline=None)
@given(rows=tables(), form=st.sampled_from(["xlsx", "xls", "ods"]))
def test_any_workbook_of_texts(rows: Table, form: str) -> None:
    # Carriage returns and runs of blanks are the XML's own affair.
    rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    headers = _headers(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{form}"
        whole = [headers, *rows]
        if form == "xls":
            path.write_bytes(
                compound({"Workbook": biff({"T": [[cell or None for cell in row] for row in whole]})})
            )
        elif form == "xlsx":
            x.book(x.sheet("".join(x.row(i, [c or None for c in row]) for i, row in enumerate(whole, 1))))(
                path
            )
        else:
            ods("".join(ods_row([" ".join(c.split()) or None for c in row]) for row in whole))(path)
            rows = [[" ".join(cell.split()) for cell in row] for row in rows]
        assert _cells(path, ImportOptions(form, None, None, None, 1)) == rows  # type: ignore[arg-type]
