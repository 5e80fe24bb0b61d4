"""Ugly XLS and ODS workbooks, and protected ones."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.ugly.case import HEADERS, ROWS, Make, Row, Ugly, content, refused
from tests.ugly.cfb import Cell, biff, compound

_NAMES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")
}
_MIME = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_STRING = '<table:table-cell office:value-type="string"'
TABLE: list[Sequence[Cell]] = [HEADERS, *ROWS]


def other_books() -> list[Ugly]:
    """All of them."""
    return [*_old(), *_open(), *_protected()]


def xls(rows: Sequence[Sequence[Cell]] = TABLE, *, since_1904: bool = False, password: bool = False) -> bytes:
    """An Excel 97 workbook of one sheet."""
    return compound({"Workbook": biff({"Feuille1": rows}, (), since_1904, password)})


def _old() -> list[Ugly]:
    heads = ("id", "date", "code")
    dates: list[Sequence[Cell]] = [heads, ("P1", b"26330", 8140.0)]
    two = compound({"Workbook": biff({"Brouillon": TABLE * 9, "Tumeurs": TABLE}, ["Brouillon"])})
    chain = bytearray(xls())
    chain[512 + 8 : 512 + 12] = (2).to_bytes(4, "little")
    errors: list[Sequence[Cell]] = [("id", "valeur"), ("P1", b"#N/A"), ("P2", "b")]
    return [
        Ugly("plain.xls", content(xls())),
        Ugly("hidden-sheet.xls", content(two)),
        Ugly("dates-1900.xls", content(xls(dates)), [("P1", "1972-02-01", "8140")], heads),
        Ugly(
            "dates-1904.xls",
            content(xls([heads, ("P1", b"24868", 1.0)], since_1904=True)),
            [("P1", "1972-02-01", "1")],
            heads,
        ),
        Ugly("errors.xls", content(xls(errors)), [("P1", "#N/A"), ("P2", "b")], ("id", "valeur")),
        Ugly("macros.xls", content(compound({"Workbook": biff({"T": TABLE}), "_VBA_PROJECT": bytes(500)}))),
        Ugly("xls-called.csv", content(xls())),
        refused("truncated.xls", content(xls()[:2500]), "workbook-damaged", "file-empty", "file-no-rows"),
        refused("sectors-in-a-circle.xls", content(bytes(chain)), "workbook-damaged", "file-binary"),
        refused("old-document.xls", content(compound({"WordDocument": bytes(5000)})), "file-binary"),
    ]


def ods(body: str, more: dict[str, str] | None = None, sheets: dict[str, str] | None = None) -> Make:
    """An OpenDocument workbook around the rows of its only sheet, or of several."""
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMES.items())
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{rows}</table:table>'
        for name, rows in (sheets or {"Feuille1": body}).items()
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {spaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_MANIFEST}"><manifest:file-entry '
        f'manifest:media-type="{_MIME}" manifest:full-path="/"/></manifest:manifest>'
    )
    members = {"mimetype": _MIME, "META-INF/manifest.xml": manifest, "content.xml": xml} | (more or {})

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    return make


def ods_cell(value: str | None, more: str = "") -> str:
    """A text cell, or an empty one."""
    if value is None:
        return f"<table:table-cell{more}/>"
    return f"{_STRING}{more}><text:p>{escape(value)}</text:p></table:table-cell>"


def ods_row(cells: Sequence[str | None], more: str = "") -> str:
    """A row of texts."""
    return f"<table:table-row{more}>{''.join(map(ods_cell, cells))}</table:table-row>"


def ods_table(rows: Sequence[Row] = ROWS, headers: Row = HEADERS) -> str:
    """The rows of the table."""
    return "".join(map(ods_row, [headers, *rows]))


def _open() -> list[Ugly]:
    empty_end = (
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    far = ods_cell("x", ' table:number-columns-repeated="16000"')
    twice = ods_row(("P1", "A"), ' table:number-rows-repeated="2"')
    repeated = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>P3</text:p></table:table-cell>'
    )
    repeated += ods_cell("B", ' table:number-columns-repeated="2"') + "</table:table-row>"
    date = (
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="1972-02-01">'
        '<text:p>01/02/72</text:p></table:table-cell><table:table-cell office:value-type="float" '
        'office:value="3.2"><text:p>3,2</text:p></table:table-cell></table:table-row>'
    )
    lines = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p><text:p>b</text:p>'
        '</table:table-cell><table:table-cell office:value-type="string"><text:p>c<text:s text:c="2"/>d'
        "</text:p>"
        "</table:table-cell></table:table-row>"
    )
    laughs = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"

    def with_doctype(path: Path) -> None:
        ods(ods_table())(path)
        with zipfile.ZipFile(path) as archive:
            xml = archive.read("content.xml").decode().replace("\n", f"\n{laughs}", 1)
        ods("", {"content.xml": xml})(path)

    return [
        Ugly("plain.ods", ods(ods_table())),
        Ugly("empty-rows-to-the-end.ods", ods(ods_table() + empty_end), blank=None),
        Ugly(
            "repeated-rows-and-cells.ods",
            ods(ods_row(("id", "a", "b")) + twice + repeated),
            [("P1", "A", None), ("P1", "A", None), ("P3", "B", "B")],
            ("id", "a", "b"),
        ),
        Ugly(
            "dates.ods", ods(ods_row(("jour", "taille")) + date), [("1972-02-01", "3.2")], ("jour", "taille")
        ),
        Ugly("lines-in-cells.ods", ods(ods_row(("n", "t")) + lines), [("a\nb", "c  d")], ("n", "t")),
        refused(
            "a-million-rows-of-text.ods",
            ods(
                ods_table() + f'<table:table-row table:number-rows-repeated="1000000">{far}</table:table-row>'
            ),
            "workbook-too-big",
        ),
        refused("entities.ods", with_doctype, "workbook-hostile"),
        refused("text-document.ods", _odt, "file-binary"),
    ]


def _odt(path: Path) -> None:
    ods("", {"mimetype": "application/vnd.oasis.opendocument.text"})(path)


def _protected() -> list[Ugly]:
    sealed = compound({"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(range(256)) * 40})
    locked = (
        f'<manifest:manifest xmlns:manifest="{_MANIFEST}"><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:size="900"><manifest:encryption-data '
        'manifest:checksum-type="SHA1/1K" manifest:checksum="AA=="/></manifest:file-entry>'
        "</manifest:manifest>"
    )
    return [
        refused("password.xlsx", content(sealed), "workbook-password"),
        refused("password-called.xls", content(sealed), "workbook-password"),
        refused("password.xls", content(xls(password=True)), "workbook-password"),
        refused(
            "password.ods",
            ods("", {"META-INF/manifest.xml": locked, "content.xml": "\x01\x02 no XML"}),
            "workbook-password",
        ),
    ]
