"""Workbooks: the sheet with the table, title rows, kinds of cells."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.typed import DATE, NUMBER, OTHER, TEXT
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
