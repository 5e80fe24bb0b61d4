"""Ugly text files: encodings, separators, quotes, line ends, rows of odd lengths, bytes that are no text."""

from __future__ import annotations

import codecs
from pathlib import Path

from tests.ugly.case import HEADERS, ROWS, Row, Ugly, content, lines, refused

_BOMS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
_NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar", "^": "caret", "~": "tilde"}
_PLAIN: tuple[Row, ...] = (("P1", "A"), ("P2", "B"), ("P3", "C"))
_SHORT = ("Numéro", "Nom")


def texts() -> list[Ugly]:
    """All of them."""
    return [
        *_encodings(),
        *_separators(),
        *_quotes(),
        *_ends(),
        *_ragged(),
        *_titles(),
        *_wide(),
        *_no_text(),
    ]


def _encodings() -> list[Ugly]:
    found = []
    for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        body = lines().encode(name)
        found.append(Ugly(f"{name}-bom.csv", content(_BOMS[name] + body)))
        found.append(Ugly(f"{name}.csv", content(body)))
    for name in ("cp1252", "latin-1", "iso-8859-15", "cp850", "mac-roman"):
        found.append(Ugly(f"{name}.csv", content(lines().encode(name))))
    plain = tuple((a, "NOM", c, d) for a, _, c, d in ROWS)
    abc = ("a", "b", "c")
    mixed = lines().encode() + b"P5;D\xc9P\xd4T;;\nP6;\xc3\xa9;;\n"
    ascii_headers = ("Patient", "Nom", "Date naiss.", "Topo")
    euro: tuple[Row, ...] = (("P1", "5 €", "Œuvre"), ("P2", "D’été", "Zoë"))
    return [
        *found,
        Ugly("ascii.csv", content(lines(plain, ascii_headers).encode("ascii")), plain, ascii_headers),
        Ugly("cp1252-euro.csv", content(lines(euro, abc).encode("cp1252")), euro, abc),
        Ugly("utf-8-bom-twice.csv", content(codecs.BOM_UTF8 * 2 + lines().encode())),
        # Two exports put end to end: the mark of the second stands amid the text.
        Ugly(
            "two-exports-end-to-end.csv",
            content((codecs.BOM_UTF8 + lines().encode()) * 2),
            [*ROWS, HEADERS, *ROWS],
        ),
        refused(
            "utf-16-odd-byte-at-end.csv",
            content(codecs.BOM_UTF16_LE + lines().encode("utf-16-le") + b"\n"),
            "encoding-wrong",
        ),
        refused("utf-8-with-latin-bytes.csv", content(mixed), "encoding-wrong"),
        refused("bom-then-cp1252.csv", content(codecs.BOM_UTF8 + lines().encode("cp1252")), "encoding-wrong"),
        refused("ebcdic.csv", content(lines().encode("cp500") * 20), "file-binary", "encoding-wrong"),
    ]  # fmt: skip


def _separators() -> list[Ugly]:
    found = []
    for separator, name in _NAMES.items():
        found.append(Ugly(f"separated-by-{name}.csv", content(lines(separator=separator).encode())))
    decimals: tuple[Row, ...] = (("P1", "3,2", "C50.4"), ("P2", "7,1", "C34.1"), ("P3", "12,0", "C61.9"))
    commas: tuple[Row, ...] = tuple((a, f"{b}, dit Bob", c) for a, b, c in decimals)
    unusual = b"sep=#\r\n" + lines(separator="#", end="\r\n").encode("cp1252")
    return [
        *found,
        Ugly(
            "decimal-comma-between-semicolons.csv",
            content(lines(decimals, ("id", "taille", "topo")).encode()),
            decimals,
            ("id", "taille", "topo"),
        ),
        Ugly(
            "commas-in-every-cell-between-tabs.csv",
            content(lines(commas, ("id", "nom", "topo"), "\t").encode()),
            commas,
            ("id", "nom", "topo"),
        ),
        Ugly("sep-line.csv", content(b"sep=;\r\n" + lines(end="\r\n").encode("cp1252"))),
        Ugly("sep-line-unusual.csv", content(unusual)),
        Ugly("one-column.csv", content("Nom\nLÉA\nZOÉ\n".encode()), [("LÉA",), ("ZOÉ",)], ("Nom",)),
    ]  # fmt: skip


def _quotes() -> list[Ugly]:
    notes: tuple[Row, ...] = (
        ("P1", "Dit « le Grand »\nSuivi à Lyon; puis Nice", "C50.4"),
        ("P2", 'Elle a dit "non"', "C34.1"),
        ("P3", "Ligne 1\r\nLigne 2\r\n\r\nLigne 4", "C61.9"),
    )
    heads = ("id", "note", "topo")
    inches: tuple[Row, ...] = (("P1", '5" x', "A"), ("P2", '2" y', "B"), ("P3", '"', "C"))
    raw = "id;taille;nom\n" + "".join(f"{a};{b};{c}\n" for a, b, c in inches)
    two_lines: tuple[Row, ...] = (("P1", "1", "A"), ("P2", "2", "B"))
    single = "'id';'nom';'topo'\n'P1';'D;E';'C50'\n'P2';'F;G';'C34'\n'P3';'L''HÔTE; né';'C61'\n"
    return [
        Ugly("quotes-with-newlines.csv", content(lines(notes, heads).encode()), notes, heads),
        Ugly("lone-quotes.csv", content(raw.encode()), inches, ("id", "taille", "nom")),
        Ugly(
            "newline-in-header.csv",
            content(lines(two_lines, ("id", "Taille\n(mm)", "Nom")).encode()),
            two_lines,
            ("id", "Taille (mm)", "Nom"),
        ),
        Ugly(
            "single-quotes.csv",
            content(single.encode()),
            [("P1", "D;E", "C50"), ("P2", "F;G", "C34"), ("P3", "L'HÔTE; né", "C61")],
            ("id", "nom", "topo"),
        ),
        Ugly(
            "curly-quotes-are-text.csv",
            content("id;nom\n“P1”;«A»\n“P2”;«B»\n".encode()),
            [("“P1”", "«A»"), ("“P2”", "«B»")],
            ("id", "nom"),
        ),
        refused(
            "quote-never-closed-late.csv",
            content(b"id;nom\n" + b"1;A\n" * 3000 + b'2;"B\n' + b"3;C\n" * 50),
            "quote-open",
        ),
        refused(
            "quote-never-closed-large.csv",
            content(b"id;nom;topo\n" + b"1;A;B\n" * 1000 + b'2;"B;C\n' + b"3;DUPONT;C50.4\n" * 400_000),
            "line-too-long",
        ),
        Ugly(
            "quoted-everything.csv",
            content(b'"id";"nom"\r\n"P1";""\r\n"P2";"B"\r\n'),
            [("P1", None), ("P2", "B")],
            ("id", "nom"),
        ),
        Ugly(
            "space-before-quotes.csv",
            content(b'id; "nom"\nP1; "A; B"\nP2; "C; D"\nP3; "E; F"\n'),
            [("P1", "A; B"), ("P2", "C; D"), ("P3", "E; F")],
            ("id", "nom"),
        ),
    ]


def _ends() -> list[Ugly]:
    body = lines().encode()
    mixed = b"id;nom\r\nP1;A\nP2;B\r\nP3;C\n"
    return [
        Ugly("crlf.csv", content(lines(end="\r\n").encode())),
        Ugly("old-mac-ends.csv", content(lines(end="\r").encode())),
        Ugly("mixed-ends.csv", content(mixed), _PLAIN, ("id", "nom")),
        # A text-mode transfer of a file that had both already.
        Ugly("return-return-newline.csv", content(lines(end="\r\r\n").encode())),
        Ugly("no-end-on-last-line.csv", content(body.rstrip(b"\n"))),
        Ugly("control-z-at-end.csv", content(body + b"\x1a")),
        Ugly(
            "unicode-line-separators-are-text.csv",
            content("id;nom\nP1;A\u2028B\nP2;C\x85D\nP3;E\x0bF\x0cG\n".encode()),
            [("P1", "A\u2028B"), ("P2", "C\x85D"), ("P3", "E\x0bF\x0cG")],
            ("id", "nom"),
        ),
        Ugly("blank-lines-between.csv", content(body.replace(b"\n", b"\n\n")), blank=5),
        Ugly("blanks-at-end.csv", content(body + b";;;\n" * 40 + b"\n \n"), blank=42),
        Ugly(
            "nul-bytes.csv",
            content(b"id;nom\nP1;DUP\0ONT\nP2;B\0\0\n"),
            [("P1", "DUP ONT"), ("P2", "B  ")],
            ("id", "nom"),
            remark="octets nuls",
        ),
    ]


def _ragged() -> list[Ugly]:
    heads = ("id", "nom", "topo")
    few = "id;nom;topo\nP1;A;C50\nP2;B\nP3\nP4;D;C61\n"
    many = "id;nom;topo\nP1;A;C50\nP2;B;C34;x;y\nP3;C;C61\n"
    return [
        Ugly(
            "too-few-cells.csv",
            content(few.encode()),
            [("P1", "A", "C50"), ("P2", "B", None), ("P3", None, None), ("P4", "D", "C61")],
            heads,
            ragged=2,
        ),
        Ugly(
            "too-many-cells.csv",
            content(many.encode()),
            [("P1", "A", "C50", None, None), ("P2", "B", "C34", "x", "y"), ("P3", "C", "C61", None, None)],
            (*heads, "Colonne 4", "Colonne 5"),
            ragged=1,
        ),
        Ugly("separator-ends-every-row.csv", content(lines().replace("\n", ";\n").encode()), headers=None),
        Ugly(
            "separator-ends-rows-not-header.csv",
            content(lines().replace("\n", ";\n").replace("Topo;", "Topo").encode()),
            headers=None,
        ),
        Ugly(
            "totals-at-end.csv",
            content((lines() + "Total;4\n").encode()),
            [*ROWS, ("Total", "4", None, None)],
            ragged=1,
        ),
        Ugly(
            "one-row-of-ten-thousand-cells.csv",
            content(b"id;nom\nP1;A\n" + b";".join([b"x"] * 10_000) + b"\nP3;C\n"),
            None,
            None,
            ragged=1,
        ),
    ]


def _titles() -> list[Ugly]:
    table = lines()
    repeated = ("Nom", "Nom", "", "row_id")
    return [
        Ugly("title-rows.csv", content(("Registre des tumeurs\n\nÉdité le 15/10/2026;;\n" + table).encode())),
        Ugly(
            "title-with-separators.csv",
            content(("Registre;;;\nPériode;2026;;\n;;;\n" + table).encode()),
        ),
        Ugly("comment-lines-above.csv", content(("# exporté par DxCare\n# 4 lignes\n" + table).encode())),
        Ugly(
            "repeated-and-empty-headers.csv",
            content(lines([("a", "b", "c", "d")], repeated).encode()),
            [("a", "b", "c", "d")],
            ("Nom", "Nom (2)", "Colonne 3", "row_id (2)"),
        ),
        Ugly(
            "no-header.csv",
            content(lines([("1", "01/02/1950", "C50.4"), ("2", "03/04/1951", "C34.1")], None).encode()),
            [("1", "01/02/1950", "C50.4"), ("2", "03/04/1951", "C34.1")],
            ("Colonne 1", "Colonne 2", "Colonne 3"),
        ),
        Ugly(
            "header-repeated-each-page.csv",
            content((table + table).encode()),
            [*ROWS, HEADERS, *ROWS],
        ),
        refused("header-only.csv", content(";".join(HEADERS).encode() + b"\n"), "file-no-rows"),
        refused("empty.csv", content(b""), "file-empty"),
        refused("mark-only.csv", content(codecs.BOM_UTF8), "file-empty"),
        refused("blank-lines-only.csv", content(b"\r\n \r\n\t\r\n"), "file-empty"),
    ]


def _wide() -> list[Ugly]:
    long, tall = "x" * 300_000, "\n".join(f"a;{i}" for i in range(50))

    def columns(count: int) -> bytes:
        return (";".join(f"c{i}" for i in range(count)) + "\n" + ";".join(["1"] * count) + "\n").encode()

    return [
        Ugly(
            "16384-columns.csv", content(columns(16_384)), [("1",) * 16_384],
            tuple(f"c{i}" for i in range(16_384)),
        ),
        refused("16385-columns.csv", content(columns(16_385)), "too-many-columns"),
        Ugly(
            "cell-of-300000-characters.csv",
            content(f'id;note;n\nP1;{long};1\nP2;5" de;2\n'.encode()),
            [("P1", long, "1"), ("P2", '5" de', "2")],
            ("id", "note", "n"),
        ),
        refused("line-of-ten-megabytes.csv", content(b"id;nom\nP1;" + b"A" * 10_000_000), "line-too-long"),
        Ugly("50-lines-in-one-cell.csv", content(f'id;note\nP1;"{tall}"\nP2;b\n'.encode()),
             [("P1", tall), ("P2", "b")], ("id", "note")),
    ]  # fmt: skip


def _no_text() -> list[Ugly]:
    html = b"<!DOCTYPE html><html><body><p>Session expir\xc3\xa9e, reconnectez-vous.</p></body></html>"
    found = {
        "random-bytes.csv": bytes(range(256)) * 40,
        "zeros.csv": bytes(100_000),
        "document.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "seven-zip.csv": b"7z\xbc\xaf\x27\x1c" + bytes(100),
        "program.csv": b"MZ\x90\0\3" + bytes(300),
        "json.csv": b'[{"nom": "A", "topo": "C50"},\n {"nom": "B", "topo": "C34"}]\n',
        "ndjson.csv": b'{"nom": "A", "topo": "C50"}\n{"nom": "B", "topo": "C34"}\n',
        "page.csv": html,
        "xml.csv": b"<?xml version='1.0'?>\n<patients><p nom='A'/></patients>\n",
        "rtf.csv": b"{\\rtf1\\ansi\\deff0 {\\fonttbl}Nom;Topo\\par A;C50\\par}",
        "encrypted-message.csv": b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n=aaaa\n-----END PGP MESSAGE-----\n",
        "hl7.csv": b"MSH|^~\\&|DXCARE|CHU|||20261122||ADT^A01|1|P|2.5\rPID|1||P1||DUPONT^A\r",
    }
    return [
        refused(name, content(data), "file-binary", "file-wrong-extension", "page-without-table")
        for name, data in found.items()
    ] + [
        refused("page.xls", content(html), "page-without-table"),
        refused("xml-2003.xls", content(_XML_2003), "file-wrong-extension"),
        refused("web-archive.xls", content(_MHTML), "file-binary"),
        Ugly("csv-called.xlsx", content(lines().encode("cp1252"))),
        Ugly("csv-called.xls", content(lines(separator="\t").encode("utf-16"))),
        Ugly("html-called.xls", _html),
    ]


_XML_2003 = b"""<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>a
</Data></Cell></Row></Table></Worksheet></Workbook>"""
_MHTML = b"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="----=_Part"

------=_Part
Content-Location: file:///C:/export.htm
Content-Type: text/html; charset="utf-8"

<html><table><tr><td>Nom</td></tr></table></html>
------=_Part--
"""


def _html(path: Path) -> None:
    """As hospital systems export it: one table, no closing tags where HTML lets them out, entities."""
    rows = "".join(
        "<tr>" + "".join(f"<td class=x>{cell or '&nbsp;'}" for cell in row) + "</tr>\r\n" for row in ROWS
    ).replace("É", "&Eacute;")
    head = "<tr>" + "".join(f"<th>{name}</th>" for name in HEADERS) + "</tr>"
    style = '<style>td {mso-number-format:"\\@"}</style><script>var a = "<td>non</td>";</script>'
    start = f'<html><head><meta charset="windows-1252">{style}</head><body>'
    path.write_bytes(f"{start}<table border=1>{head}{rows}</table></body></html>".encode("cp1252"))
