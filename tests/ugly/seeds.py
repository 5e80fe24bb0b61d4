"""Sound files of each format, to be spoilt."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import NamedTuple

import polars as pl

from tests.ugly import mutations as m
from tests.ugly import xlsx_parts as x
from tests.ugly.archives import packed
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
            Seed("a.xls", content(xls()), m.in_place),
            Seed("a.xls", content(xls([("id", "date"), ("P1", b"26330"), ("P2", 3.5)])), m.in_place),
        ],
        "html": [Seed("a.xls", content(_page()), m.xml_of), Seed("a.html", content(_page()), m.text_of)],
        "gzip": [Seed("a.csv.gz", content(gzip.compress(text.encode(), mtime=0)), m.inside_gzip(m.text_of))],
        "zip": [
            Seed("a.zip", content(packed({"a.csv": text.encode()})), m.inside_zip(m.text_of, 0.6)),
            Seed("a.zip", _packed_workbook, m.inside_zip(m.bytes_of, 0.6)),
        ],
        "parquet": [Seed("a.parquet", _parquet, m.in_place)],
        "stata": [Seed("a.dta", _statistical("dta"), m.in_place)],
        "spss": [
            Seed("a.sav", _statistical("sav"), m.in_place),
            Seed("a.zsav", _statistical("zsav"), m.in_place),
            Seed("a.por", _statistical("por"), m.in_place),
        ],
        "sas": [Seed("a.xpt", _statistical("xpt"), m.in_place)],
        "ods": [Seed("a.ods", ods(ods_table(ROWS * 3)), m.inside_zip(m.xml_of))],
    }


def _page() -> bytes:
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell or ''}" for cell in row) + "</tr>\n" for row in [HEADERS, *ROWS * 3]
    )
    return f'<html><meta charset="utf-8"><body><table border=1>{rows}</table></body></html>'.encode()


def _packed_workbook(path: Path) -> None:
    _workbook()(path)
    path.write_bytes(packed({"a.xlsx": path.read_bytes()}))


def _frame() -> pl.DataFrame:
    rows = [*ROWS] * 6
    texts = {f"c{i}": [row[i] for row in rows] for i in range(len(HEADERS))}
    return pl.DataFrame(texts | {"taille": [3.2, None] * 12, "jour": [date(1950, 2, 1)] * 24})


def _parquet(path: Path) -> None:
    _frame().write_parquet(path)


def _statistical(kind: str) -> Make:
    """As pyreadstat writes it."""

    def make(path: Path) -> None:
        import pyreadstat

        frame = _frame().drop("jour")
        if kind == "dta":
            pyreadstat.write_dta(frame, str(path))
        elif kind == "xpt":
            pyreadstat.write_xport(frame, str(path), file_format_version=5)
        elif kind == "por":
            plain = frame.select("c0", "c2", "c3", "taille")
            pyreadstat.write_por(plain, str(path))
        else:
            pyreadstat.write_sav(frame, str(path), compress=kind == "zsav")

    return make


def _openpyxl(path: Path) -> None:
    """With shared strings, as spreadsheet programs write."""
    import openpyxl

    book = openpyxl.Workbook()
    for row in [HEADERS, *ROWS * 3]:
        book.worksheets[0].append(row)
    book.save(path)
