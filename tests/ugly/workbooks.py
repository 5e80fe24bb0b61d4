"""Ugly XLSX workbooks."""

from __future__ import annotations

from pathlib import Path

from tests.ugly import xlsx_parts as x
from tests.ugly.case import HEADERS, ROWS, Make, Row, Ugly, refused

_TWO: tuple[Row, ...] = (("P1", "A"), ("P2", "B"))
_LAUGHS = "<!DOCTYPE lolz [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10)
)
_SHEET = "xl/worksheets/sheet1.xml"
_EXTERNAL = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>"


def workbooks() -> list[Ugly]:
    """All of them."""
    families = (_sheets, _layout, _values, _packages, _hostile)
    return [ugly for family in families for ugly in family()]


def _sheets() -> list[Ugly]:
    table, small = x.sheet(x.table()), x.sheet(x.row(1, ["Note"]) + x.row(2, ["Extraction"]))
    large = x.sheet(x.table([("X", "X", "X", "X")] * 50))
    hidden = x.parts({"Brouillon": large, "Tumeurs": table}, {"Brouillon": "hidden"})
    very = x.parts({"Brouillon": large, "Tumeurs": table}, {"Brouillon": "veryHidden"})
    return [
        Ugly("hidden-sheet.xlsx", x.zipped(hidden)),
        Ugly("very-hidden-sheet.xlsx", x.zipped(very)),
        Ugly("only-sheet-is-hidden.xlsx", x.zipped(x.parts({"T": table}, {"T": "hidden"}))),
        Ugly("sheet-of-notes-first.xlsx", x.zipped(x.parts({"Lisez-moi": small, "Données": table}))),
        Ugly("sheet-name-with-marks.xlsx", x.zipped(x.parts({"R&D <été> 'x'": table}))),
        refused("empty-sheets.xlsx", x.zipped(x.parts({"a": x.sheet(""), "b": x.sheet("")})), "file-empty"),
        refused("no-sheet.xlsx", x.zipped(x.parts({})), "workbook-damaged", "file-empty"),
        refused("header-only.xlsx", x.book(x.sheet(x.table(()))), "file-no-rows"),
    ]


def _layout() -> list[Ugly]:
    title = x.row(1, ["Registre des tumeurs"]) + x.row(2, ["Édité le 15/10/2026"])
    merged_head = x.row(1, ["Patient", None, "Tumeur", None])
    groups = '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C1:D1"/></mergeCells>'
    one_name = x.row(1, ["Numéro", "Nom", None, "Topo"]) + x.row(2, ["P1", "A", "Léa", "C50"])
    wide = [f"c{i}" for i in range(16_384)]
    hidden_rows = "".join(
        x.row(i, cells, ' hidden="1"' if i == 3 else "") for i, cells in enumerate([HEADERS, *ROWS], 1)
    )
    gaps = x.row(2, HEADERS) + "".join(x.row(4 + 2 * i, cells) for i, cells in enumerate(ROWS))
    no_refs = "".join(
        "<row>" + "".join("<c" + x.text(cell or "") for cell in cells) + "</row>"
        for cells in [HEADERS, *ROWS]
    )
    styled = "".join(
        f'<row r="{i}">' + "".join(f'<c r="{x.letter(j)}{i}" s="1"/>' for j in range(4)) + "</row>"
        for i in range(6, 3000)
    )
    shifted = "".join(x.row(i, [None, None, *cells]) for i, cells in enumerate([HEADERS, *ROWS], 3))
    return [
        Ugly("title-rows.xlsx", x.book(x.sheet(title + x.table(first=4)))),
        Ugly("merged-groups-above-header.xlsx", x.book(x.sheet(merged_head + x.table(first=2), groups))),
        Ugly(
            "merged-header-cell.xlsx",
            x.book(x.sheet(one_name, '<mergeCells count="1"><mergeCell ref="B1:C1"/></mergeCells>')),
            [("P1", "A", "Léa", "C50")],
            ("Numéro", "Nom", "Colonne 3", "Topo"),
        ),
        Ugly("hidden-rows.xlsx", x.book(x.sheet(hidden_rows))),
        Ugly(
            "hidden-column.xlsx",
            x.book(x.sheet(x.table(), before='<cols><col min="2" max="2" hidden="1"/></cols>')),
        ),
        Ugly("filtered.xlsx", x.book(x.sheet(hidden_rows, '<autoFilter ref="A1:D5"/>'))),
        Ugly("blank-rows-between.xlsx", x.book(x.sheet(gaps)), blank=4),
        Ugly("table-not-at-a1.xlsx", x.book(x.sheet(shifted))),
        Ugly("cells-without-references.xlsx", x.book(x.sheet(no_refs))),
        Ugly("empty-formatted-rows.xlsx", x.book(x.sheet(x.table() + styled)), headers=HEADERS, blank=None),
        Ugly(
            "wrong-dimension.xlsx", x.book(x.sheet(x.table(), before='<dimension ref="A1:XFD1048576"/>'))
        ),
        Ugly(
            "16384-columns.xlsx",
            x.book(x.sheet(x.row(1, wide) + x.row(2, wide) + x.row(3, wide))),
            [tuple(wide)] * 2,
            tuple(wide),
        ),
        refused(
            "one-cell-far-below.xlsx",
            x.book(x.sheet(x.table() + '<row r="7"><c r="B1048576"><v>1</v></c></row>')),
            "workbook-far-cell",
        ),
        refused(
            "one-cell-beyond-all-rows.xlsx",
            x.book(x.sheet(x.table() + "<row r='7'><c r='B2147483647'><v>1</v></c></row>")),
            "workbook-too-big",
        ),
        refused(
            "one-cell-at-the-far-corner.xlsx",
            x.book(x.sheet(x.table() + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
            "workbook-too-big",
        ),
    ]  # fmt: skip


def _values() -> list[Ugly]:
    def values(*cells: str) -> Make:
        return x.book(x.sheet(x.row(1, ["id", "valeur"]) + "".join(
            x.row(i + 2, [f"P{i}", cell]) for i, cell in enumerate(cells))))  # fmt: skip

    def read(*cells: str | None) -> list[Row]:
        return [(f"P{i}", cell) for i, cell in enumerate(cells)]

    heads = ("id", "valeur")
    dates = [x.number(value, 1) for value in ("1", "59", "61", "26330", "45000.5", "45000.99999")]
    dates_1904 = x.parts(
        {"T": x.sheet(x.row(1, heads) + x.row(2, ["P0", x.number("24868", 1)]))},
        more='<workbookPr date1904="1"/>',
    )
    odd_dates = [x.number("-5", 1), x.number("99999999", 1), x.number("1e300", 1)]
    errors = [f' t="e"><v>{name}</v></c>' for name in ("#N/A", "#REF!", "#DIV/0!", "#NAME?")]
    cached = [' t="e"><f>1/0</f><v>#DIV/0!</v></c>', ' t="str"><f>A2&amp;"x"</f><v>P0x</v></c>']
    rich = ' t="inlineStr"><is><r><t>C50</t></r><r><rPr><b/></rPr><t>.4</t></r></is></c>'
    return [
        Ugly(
            "dates-1900.xlsx",
            values(*dates),
            read(
                "1900-01-01", "1900-02-28", "1900-03-01", "1972-02-01", "2023-03-15T12:00:00",
                "2023-03-15T23:59:59",
            ),
            heads,
        ),
        Ugly("dates-1904.xlsx", x.zipped(dates_1904), read("1972-02-01"), heads),
        Ugly("dates-out-of-range.xlsx", values(*odd_dates), None, heads),
        Ugly("times-and-durations.xlsx", values(x.number("0.5", 2), x.number("1.25", 3)), None, heads),
        Ugly(
            "errors.xlsx", values(*errors), read("#N/A", "#REF!", "#DIV/0!", "#NAME?"), heads
        ),
        Ugly("formulas-with-cached-errors.xlsx", values(*cached), read("#DIV/0!", "P0x"), heads),
        refused(
            "formulas-never-computed.xlsx",
            values(' s="0"><f>A2&amp;"x"</f></c>', x.text("b"), ' s="0"><f>A3</f></c>'),
            "workbook-not-computed",
        ),
        Ugly(
            "numbers.xlsx",
            values(*[x.number(v) for v in ("185057800608491", "0.1", "1E+05", "-0", "3.0000000000000004")]),
            read("185057800608491", "0.1", "100000", "0", "3.0000000000000004"),
            heads,
        ),
        Ugly("infinite-number.xlsx", values(x.number("1e400"), x.number("NaN"), x.text("b")), None, heads),
        Ugly("rich-text.xlsx", values(rich, x.text("C34")), read("C50.4", "C34"), heads),
        Ugly("escaped-returns.xlsx", values(x.text("a_x000D_\nb"), x.text("c")), read("a\r\nb", "c"), heads),
        Ugly("blanks-in-cells.xlsx", values(x.text("  "), x.text("\u00a0A ")), read("  ", "\u00a0A "), heads),
        Ugly("formulas-look-alike.xlsx", values(x.text("=1+1"), x.text("@SUM")), read("=1+1", "@SUM"), heads),
    ]  # fmt: skip


def _packages() -> list[Ugly]:
    plain = x.parts({"T": x.sheet(x.table())})
    rels = str(plain["xl/_rels/workbook.xml.rels"])
    absolute = plain | {"xl/_rels/workbook.xml.rels": rels.replace('Target="w', 'Target="/xl/w')}
    strict = x.parts({"T": x.sheet(x.table(), main=x.STRICT)}, strict=True)
    lacking = {name: body for name, body in plain.items() if "sheet1" not in name}
    body = str(plain[_SHEET]).replace("<", "<m:").replace("<m:/", "</m:").replace("<m:?", "<?")
    prefixed = plain | {_SHEET: body.replace("xmlns=", "xmlns:m=")}

    def truncated(path: Path) -> None:
        x.zipped(plain)(path)
        path.write_bytes(path.read_bytes()[:-200])

    def prefix(path: Path) -> None:
        x.zipped(plain)(path)
        path.write_bytes(b"MZ" + bytes(100) + path.read_bytes())

    def trailing(path: Path) -> None:
        x.zipped(plain)(path)
        path.write_bytes(path.read_bytes() + b"\r\n--boundary--\r\n")

    def password(path: Path) -> None:
        x.zipped(plain)(path)
        data = bytearray(path.read_bytes())
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            start = -1
            while (start := data.find(mark, start + 1)) >= 0:
                data[start + place] |= 1
        path.write_bytes(data)

    def method(path: Path) -> None:
        x.zipped(plain)(path)
        data = bytearray(path.read_bytes())
        data[data.find(b"PK\x01\x02") + 10] = 97
        path.write_bytes(data)

    return [
        Ugly("macros.xlsm", x.zipped(x.parts({"T": x.sheet(x.table())}, macros=True))),
        Ugly("macros-called.xlsx", x.zipped(x.parts({"T": x.sheet(x.table())}, macros=True))),
        Ugly("absolute-part-names.xlsx", x.zipped(absolute)),
        Ugly("strict-ooxml.xlsx", x.zipped(strict)),
        Ugly("prefixed-xml.xlsx", x.zipped(prefixed)),
        Ugly("after-mail-gateway.xlsx", trailing),
        refused("sheet-part-missing.xlsx", x.zipped(lacking), "workbook-damaged", "file-empty"),
        refused("truncated.xlsx", truncated, "workbook-damaged"),
        refused("program-before-zip.xlsx", prefix, "file-binary"),
        refused("zip-password.xlsx", password, "workbook-password"),
        Ugly("unknown-compression-of-a-part-not-needed.xlsx", method),
    ]


def _hostile() -> list[Ugly]:
    def with_doctype(part: str, doctype: str) -> Make:
        plain = x.parts({"T": x.sheet(x.table())})
        head, rest = str(plain[part]).split("\n", 1)
        name = rest.lstrip("<").split(" ", 1)[0]
        declared = doctype.replace("lolz", name, 1)
        return x.zipped(plain | {part: f"{head}\n{declared}]>\n{rest.replace('P001', '&a9;')}"})

    sheet, workbook = _SHEET, "xl/workbook.xml"
    return [
        refused("billion-laughs-in-sheet.xlsx", with_doctype(sheet, _LAUGHS), "workbook-hostile"),
        refused("billion-laughs-in-workbook.xlsx", with_doctype(workbook, _LAUGHS), "workbook-hostile"),
        refused("external-entity.xlsx", with_doctype(sheet, _EXTERNAL), "workbook-hostile"),
        refused(
            "a-million-nested-tags.xlsx",
            x.book(x.sheet("<row>" * 500_000)),
            "workbook-damaged", "file-empty", "file-no-rows", "workbook-too-big",
        ),
    ]  # fmt: skip
