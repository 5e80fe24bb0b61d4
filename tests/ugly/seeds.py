"""Sound files of each format, to be spoilt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.ugly import mutations as m
from tests.ugly import xlsx_parts as x
from tests.ugly.case import HEADERS, ROWS, Make, content, lines
from tests.ugly.other_books import ods, ods_table, xls

_NOTES = '"P9";"a ""b""\nc; d";;"x"\n'
_LAYOUT = "zone;début;longueur\nnumero;1;8\nnom;9;12\ndate;21;8\ntopo;29;5\n"
_FIXED = "".join(
    f"{a or '':<8}{b or '':<12}{(c or '').replace('/', ''):<8}{d or '':<5}\n" for a, b, c, d in ROWS * 8
)


class Seed(NamedTuple):
    """A sound file: its name, how it is made, how it is spoilt, and what lies beside it."""

    name: str
    make: Make
    mutate: m.Mutate
    beside: tuple[tuple[str, bytes], ...] = ()


def _workbook() -> Make:
    rows = x.table() + x.row(6, ["P9", x.number("3.2"), x.number("26330", 1), ' t="e"><v>#N/A</v></c>'])
    more = x.sheet(x.row(1, ["Note"]))
    return x.zipped(x.parts({"Tumeurs": x.sheet(rows), "Notes": more}, {"Notes": "hidden"}))


def seeds() -> dict[str, list[Seed]]:
    """Under the name of each format."""
    text = lines(ROWS * 6)
    return {
        "delimited": [
            Seed("a.csv", content((text + _NOTES).encode()), m.text_of),
            Seed("a.csv", content((text + _NOTES).replace(";", "\t").encode("cp1252")), m.text_of),
            Seed("a.csv", content(text.encode("utf-16")), m.bytes_of),
            Seed("a.csv", content(("sep=,\n" + lines(ROWS, HEADERS, ",", "\r\n")).encode()), m.text_of),
        ],
        "fixed_width": [
            Seed("a.txt", content(_FIXED.encode("cp1252")), m.text_of, (("dessin.csv", _LAYOUT.encode()),)),
            Seed("a.txt", content(_FIXED.encode()), m.bytes_of, (("dessin.csv", _LAYOUT.encode()),)),
        ],
        "layout": [Seed("dessin.csv", content(_LAYOUT.encode()), m.text_of, (("a.txt", _FIXED.encode()),))],
        "xlsx": [
            Seed("a.xlsx", _workbook(), m.inside_zip(m.xml_of)),
            Seed("a.xlsx", _openpyxl, m.inside_zip(m.xml_of)),
        ],
        "xls": [
            Seed("a.xls", content(xls()), m.bytes_of),
            Seed("a.xls", content(xls([("id", "date"), ("P1", b"26330"), ("P2", 3.5)])), m.bytes_of),
        ],
        "ods": [Seed("a.ods", ods(ods_table(ROWS * 3)), m.inside_zip(m.xml_of))],
    }


def _openpyxl(path: Path) -> None:
    """With shared strings, as spreadsheet programs write."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in [HEADERS, *ROWS * 3]:
        book.worksheets[0].append(row)
    book.save(path)


Find = Callable[[str], list[Seed]]
