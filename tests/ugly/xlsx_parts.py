"""XLSX workbooks part by part: what a library would not write."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.ugly.case import HEADERS, ROWS, Make, Row

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (
    f'{_HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/>'
    '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" '
    'applyNumberFormat="1"/><xf numFmtId="20" applyNumberFormat="1"/>'
    '<xf numFmtId="46" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)


def letter(column: int) -> str:
    """The name of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def text(cell: str) -> str:
    """A cell with its text in it."""
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def number(value: str, style: int = 0) -> str:
    """A cell with a number; style 1 is a date, 2 a time, 3 a duration."""
    return f' s="{style}"><v>{value}</v></c>'


def row(place: int, cells: Sequence[str | None], more: str = "") -> str:
    """A row counted from 1; a cell without markup is a text."""
    made = [
        f'<c r="{letter(i)}{place}"'
        + (cell if cell.startswith(" ") and cell.endswith("</c>") else text(cell))
        for i, cell in enumerate(cells)
        if cell is not None
    ]
    return f'<row r="{place}"{more}>{"".join(made)}</row>'


def table(rows: Sequence[Row] = ROWS, headers: Row = HEADERS, first: int = 1) -> str:
    """All rows of the table from row `first`."""
    return "".join(row(first + i, cells) for i, cells in enumerate([headers, *rows]))


def sheet(rows: str, after: str = "", before: str = "", main: str = MAIN, doctype: str = "") -> str:
    """A sheet around its rows."""
    return (
        f'{_HEAD}{doctype}<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def parts(
    sheets: Mapping[str, str],
    states: Mapping[str, str] | None = None,
    more: str = "",
    strict: bool = False,
    macros: bool = False,
) -> dict[str, str | bytes]:
    """The parts of a workbook; `states` says which sheets are hidden."""
    main, office = (STRICT, _STRICT_OFFICE) if strict else (MAIN, _OFFICE)
    listed, related = "", ""
    overrides = ""
    for i, name in enumerate(sheets, 1):
        state = f' state="{states[name]}"' if states and name in states else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{i}"{state} r:id="rId{i}"/>'
        related += f'<Relationship Id="rId{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        overrides += (
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        )
    related += f'<Relationship Id="rId900" Type="{office}/styles" Target="styles.xml"/>'
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml" if macros else f"{_TYPES}.sheet.main+xml"
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}"/>'
        f"{overrides}</Types>",
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{main}" xmlns:r="{office}">{more}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        "</Relationships>",
        "xl/styles.xml": STYLES,
    }
    for i, body in enumerate(sheets.values(), 1):
        made[f"xl/worksheets/sheet{i}.xml"] = body
    if macros:
        made["xl/vbaProject.bin"] = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)
    return made


def zipped(members: Mapping[str, str | bytes]) -> Make:
    """Writes the parts into one archive."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, body in members.items():
                archive.writestr(name, body)

    return make


def book(body: str) -> Make:
    """A workbook of one sheet."""
    return zipped(parts({"Feuille1": body}))
