"""Workbooks: the sheet with the table, title rows, kinds of cells."""

from __future__ import annotations

import random
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.typed import DATE, NUMBER, OTHER, TEXT
from desktop_app.core.extracts.workbook import read_workbook
from desktop_app.core.stages import ImportOptions

ROWS = [
    ["N° patient", "CP", "Date naiss.", "Topo ", "Date naiss."],
    [475, 1450, date(1950, 2, 1), "C50.4", "01/02/1950"],
    [476, "2A004", datetime(1961, 6, 15, 0, 0), 3.2, None],
    [None, None, " ", None, None],
    [477, 33000.0, datetime(1961, 6, 15, 10, 30), True, "nd"],
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Notes"
    notes.append(["Extraction de novembre"])
    table = book.create_sheet("Tumeurs")
    table.append(["Registre des tumeurs"])
    table.append([])
    for row in ROWS:
        table.append(row)
    for _ in range(5):
        table.append([" ", None, " "])
    book.create_sheet("Cachée").sheet_state = "hidden"
    book.save(tmp_path / "extrait.xlsx")
    return tmp_path / "extrait.xlsx"


def test_sheet_and_header_are_found(path: Path) -> None:
    preview = detect(path)
    assert (preview.options.sheet, preview.options.header_row) == ("Tumeurs", 3)
    assert preview.columns == ("N° patient", "CP", "Date naiss.", "Topo", "Date naiss. (2)")
    sheet = next(guess for guess in preview.guesses if guess.option == "sheet")
    assert "Notes" in sheet.choices


def test_cells_and_their_kinds(path: Path) -> None:
    extract = open_extract(path)
    assert extract.kinds is not None
    assert extract.frame.rows() == [
        (1, "475", "1450", "1950-02-01", "C50.4", "01/02/1950"),
        (2, "476", "2A004", "1961-06-15", "3.2", None),
        (4, "477", "33000", "1961-06-15T10:30:00", "1", "nd"),
    ]
    assert extract.kinds.rows() == [
        (NUMBER, NUMBER, DATE, TEXT, TEXT),
        (NUMBER, TEXT, DATE, NUMBER, TEXT),
        (NUMBER, NUMBER, DATE, OTHER, TEXT),
    ]
    assert extract.blank_rows == 6


def test_spoilt_bytes_give_a_sentence_or_a_table(path: Path) -> None:
    content, draw = path.read_bytes(), random.Random(7)
    for _ in range(60):
        spoilt = bytearray(content[: draw.choice([len(content), draw.randrange(4, len(content))])])
        for _ in range(draw.randrange(4)):
            spoilt[draw.randrange(4, len(spoilt))] = draw.randrange(256)
        path.write_bytes(spoilt)
        try:
            assert open_extract(path).frame.height
        except AppError as error:
            assert error.todo.fr


def test_another_sheet_or_header_can_be_chosen(path: Path) -> None:
    assert detect(path, {"sheet": "Notes", "header_row": None}).rows == [["Extraction de novembre"]]
    with pytest.raises(AppError, match="no sheet"):
        open_extract(path, ImportOptions("xlsx", sheet="Absente"))
    with pytest.raises(AppError, match="header"):
        open_extract(path, ImportOptions("xlsx", sheet="Tumeurs", header_row=900))


def _with_formula(folder: Path, cell: str) -> Path:
    """A sheet of which B2 is written as `cell`."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["numero", "sexe"], ["1", "=1+1"], ["2", "1"]):
        book.active.append(row)
    book.save(folder / "plain.xlsx")
    path = folder / "formules.xlsx"
    with zipfile.ZipFile(folder / "plain.xlsx") as source, zipfile.ZipFile(path, "w") as out:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                text, times = re.subn(rb'<c r="B2".*?</c>', cell.encode(), text)
                assert times == 1
            out.writestr(name, text)
    return path


@pytest.mark.parametrize("result", ["<v></v>", "<v />", ""])
@pytest.mark.parametrize("formula", ["<f>1+1</f>", '<f t="shared" si="0"/>'])
def test_a_formula_without_its_result_is_no_blank(tmp_path: Path, formula: str, result: str) -> None:
    path = _with_formula(tmp_path, f'<c r="B2">{formula}{result}</c>')
    options = ImportOptions("xlsx", header_row=1)
    with pytest.raises(AppError) as told:
        read_workbook(path, options)
    assert told.value.code == "workbook-not-computed" and "B2" in told.value.what.fr
    assert read_workbook(path, options, lacking="?").frame["sexe"].to_list() == ["?", "1"]


def test_a_formula_that_gives_an_empty_text_is_a_blank(tmp_path: Path) -> None:
    path = _with_formula(tmp_path, '<c r="B2" t="str"><f>T(A9)</f><v></v></c>')
    assert read_workbook(path, ImportOptions("xlsx", header_row=1)).frame["sexe"].to_list() == [None, "1"]
