"""A sheet read slice by slice gives what calamine gives of the whole; old and OpenDocument workbooks too."""

from __future__ import annotations

import base64
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.extracts import detect, open_extract, sheet_slices
from desktop_app.core.extracts.typed import DATE, NUMBER, TEXT
from desktop_app.core.extracts.workbook import Book
from validation_rules.text import Text

# Written by a spreadsheet library in the form of Excel 97: a title, a blank row, a header, two rows, a hidden
# sheet.
XLS = (
    "eNrtWEtIVGEU/v577zw0H6OppJEMQlYmqbVpo9NDc5OT2juiGvMSgznKzAjVJstmGQStijaGLWphtulBD2pXERi1CILCqaWroKCF"
    "ejvnzB1TM3CgBOV+w3/+85//nPO/zv+Y+3a0YGzwXlkSc9AAHVNWFtwzZIpSVrrgA9VbFrPp3EvJcrCkkOWlhXS78Dj3jYfXkNc7"
    "CQ0jxguiwBdKR9GLYE/E9C8idkgfQor7UK8Mij0NNyjloVT6VSj0pNCVQu+K7hOh20RyWWg96Y6pIxgNBKu22nF8SKuQujyiCg/E"
    "5qNI6lCMlxzH56+olK4L26Ph0OklVlFu5GAItKTNZsSMcjkft5ANNDbWtLTUHCaMoYiWewg/LD/wPb2vn/sd+eLKFUj+c7bc8xe5"
    "lxZxrvyqZgD9sE4oDuYE8rHH4BoP9vV1m33RWAK56HangiPYEzdjE2iXw9pO7eapcCweNSk6giP+3lA8bEbitBl2tq6geAnFTX8k"
    "FI7FNpHXveYZk7La2rrNFFu7Xx143ba/iQQRcpvN14McJ75Zx0mubLIcop3UN+YLZKv5qO2J29/etXS0Bo6LpF96lLpo1vKoYOEC"
    "W5BxntS4hHJNlVhsFHpRvK4WvkxoEWlSXtlabDO7BkTnktRWUjtbBO8D62bw64lPjLc9LE98DWwgfrg5ea5o+ENgEBV08XWSPf8G"
    "UK2q1fVrjEeBdK7sI+mT0NI/jiev5rPHZtm3aT4meUMSCoSyhiajm62hiQbPSaqUnr9USaOSPl3SqWTYvvR5fOnii2fxKVZRiX3d"
    "KeHj9PMa5nm9dLE25rE2xNptWxtifVPXyPrZMebHdbZu0ApxnztIx/BvLEZ0qGm6vKKDJ0tmFfPNqgMHDhw4cODAQUbgx5Imj77U"
    "s9plP8s89nedSUpTzmeSZYt29NAvTn8pmxChPIqzGcVPCVwq7Ust0Cb9vZBxkFqPogsd0o+ujOOXntVq5ngWbOj7d1so0/anMunn"
    "f27/F/5VFvk="
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Extraction"])
    sheet.append([])
    sheet.append([None, "N°", "Nom", "Naissance", "Valeur", "Oui", "Heure", "Calcul"])
    for n in range(400):
        born = date(1950, 1, 1 + n % 28) if n % 3 else datetime(1950, 1, 1, 10, 30)
        name = ["LÉVÊQUE", " espace ", "a & b < c", "deux\nlignes", None][n % 5]
        sheet.append(
            [None, f"RG{n}", name, born, n if n % 2 else n / 7, bool(n % 2), time(8, n % 60), "=1/0"]
        )
    sheet["J300"] = "loin"
    sheet.append([" ", None])
    sheet["B500"] = "après un blanc"
    book.save(tmp_path / "a.xlsx")
    # openpyxl computes nothing, and a formula without a result is refused.
    rewrite(tmp_path / "a.xlsx", SHEET, lambda xml: re.sub(rb"(</f>)<v ?(?:/>|></v>)", rb"\1<v>7</v>", xml))
    return tmp_path / "a.xlsx"


def whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[object, ...]], ...]:
    with monkeypatch.context() as patch:
        patch.setattr(Book, "_cut", lambda book: None)
        extract = open_extract(path)
    assert extract.kinds is not None
    return extract.frame.rows(), extract.kinds.rows(), [(extract.blank_rows, *extract.columns)]


def in_slices(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[tuple[object, ...]], ...]:
    monkeypatch.setattr(sheet_slices, "SLICE_BYTES", 3000)
    monkeypatch.setattr(sheet_slices, "_PIECE", 1000)
    extract = open_extract(path)
    assert extract.kinds is not None
    return extract.frame.rows(), extract.kinds.rows(), [(extract.blank_rows, *extract.columns)]


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


SHEET = "xl/worksheets/sheet1.xml"
CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda xml: xml,
    "single quotes": lambda xml: xml.replace(b' t="s"', b" t='s'"),
    "a formula before the value": lambda xml: xml.replace(b't="s"><v>', b't="s"><f>A1</f><v>'),
    "rows without numbers": lambda xml: re.sub(rb'<row r="\d+"', b"<row", xml),
    "a comment": lambda xml: xml.replace(b"</row>", b"</row><!-- <row> -->"),
    "a prefix": lambda xml: re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(
        b"worksheet xmlns=", b"worksheet xmlns:x="
    ),
    "new lines between attributes": lambda xml: xml.replace(b' t="s"', b'\n t="s"').replace(b" r=", b"\nr="),
}


@pytest.mark.parametrize("change", CHANGES)
def test_in_slices_or_whole_the_same(path: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    rewrite(path, SHEET, CHANGES[change])
    expected = whole(path, monkeypatch)
    assert len(expected[0]) == 401
    assert in_slices(path, monkeypatch) == expected


def test_slices_are_really_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(book: Book, name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(Book, "_at_once", refuse)
    assert len(in_slices(path, monkeypatch)[0]) == 401


def test_days_counted_from_1904(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_extract(path).frame.get_column("Naissance")[1]
    rewrite(path, "xl/workbook.xml", lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"'))
    assert in_slices(path, monkeypatch)[0][1][3] == "1954-01-03" != before
    assert in_slices(path, monkeypatch) == whole(path, monkeypatch)


def test_a_part_spoilt_at_its_end_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(SHEET)
    content[entry.header_offset + 30 + len(SHEET) + entry.compress_size - 40] ^= 255
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        in_slices(path, monkeypatch)
    assert caught.value.code == "workbook-damaged"


@pytest.mark.parametrize("sliced", [True, False])
def test_cancel_amid_a_sheet(path: Path, monkeypatch: pytest.MonkeyPatch, sliced: bool) -> None:
    monkeypatch.setattr(sheet_slices, "SLICE_BYTES", 3000)
    monkeypatch.setattr(sheet_slices, "_PIECE", 1000)
    if not sliced:
        monkeypatch.setattr(Book, "_cut", lambda book: None)
    heard: list[str] = []

    def stop(done: int, total: int | None, what: Text) -> None:
        heard.append(what.en)
        if heard[-1] == ("Reading the rows" if sliced else "Reading the workbook"):
            raise Cancelled

    with pytest.raises(Cancelled):
        open_extract(path, progress=stop)


def test_an_old_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(zlib.decompress(base64.b64decode("".join(XLS))))
    extract = open_extract(tmp_path / "a.xls")
    assert extract.options.header_row == 3
    assert extract.frame.rows() == [
        (1, "0012", "1450", "1950-02-01", "1"),
        (2, "LÉVÊQUE", "33000", "1961-06-15", "2.5"),
    ]
    assert extract.kinds is not None
    assert extract.kinds.row(1) == (TEXT, NUMBER, DATE, NUMBER)
    assert detect(tmp_path / "a.xls").guesses[1].choices == ("Notes",)


def test_a_cell_beyond_the_last_column_of_an_old_workbook_is_refused(tmp_path: Path) -> None:
    content = bytearray(zlib.decompress(base64.b64decode("".join(XLS))))
    content[1714] = 45  # the high byte of a column: 120 GB of cells for the library
    (tmp_path / "a.xls").write_bytes(content)
    with pytest.raises(AppError) as caught:
        open_extract(tmp_path / "a.xls")
    assert caught.value.code == "workbook-damaged"


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Tumeurs">{rows}\
<table:table-row table:number-rows-repeated="1048000"><table:table-cell\
 table:number-columns-repeated="4"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def ods_row(*cells: tuple[str, str, str]) -> str:
    written = "".join(
        f'<table:table-cell office:value-type="{kind}" {said}><text:p>{text}</text:p></table:table-cell>'
        for kind, said, text in cells
    )
    return f"<table:table-row>{written}</table:table-row>"


def test_an_opendocument_workbook(tmp_path: Path) -> None:
    rows = ods_row(("string", "", "N°"), ("string", "", "CP"), ("string", "", "Naissance")) + ods_row(
        ("string", "", "0012"),
        ("float", 'office:value="1450"', "01450"),
        ("date", 'office:date-value="1950-02-01"', "01/02/50"),
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    extract = open_extract(tmp_path / "a.ods")
    assert extract.frame.rows() == [(1, "0012", "1450", "1950-02-01")]
    assert extract.kinds is not None
    assert extract.kinds.row(0) == (TEXT, NUMBER, DATE)
