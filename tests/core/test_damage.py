"""Damage by a spreadsheet is found and named; sound columns are left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop_app.core.extracts import open_extract
from desktop_app.core.extracts.damage import Damage, find_damage
from validation_rules.text import Text

ROWS = 60
Cells = Callable[[int], str]


def csv_file(folder: Path, column: str, cells: Cells, tail: str = "") -> Path:
    """Sixty sound records, and one column as `cells` write it."""
    path = folder / "extrait.csv"
    lines = [f"N°;Date diag;Topo;Sexe;{column};Issue"]
    lines += [
        f"P{i:04};{1 + i % 28:02}/0{1 + i % 9}/2021;C{50 + i % 20}.{i % 9};{'MF'[i % 2]};{cells(i)};ok"
        for i in range(ROWS)
    ]
    path.write_text("\n".join(lines) + "\n" + tail, encoding="utf-8")
    return path


def found_in(path: Path) -> list[Damage]:
    return list(find_damage(open_extract(path)))


CASES: list[tuple[str, str, Cells, int]] = [
    ("zeros", "CP", lambda i: "1450" if i % 10 == 0 else str(33000 + 10 * i), 6),
    ("zeros", "FINESS", lambda i: "10007856" if i % 10 == 0 else "330781287", 6),
    ("scientific", "Dossier", lambda i: "1,85E+14" if i < 2 else str(7000 + i), 2),
    ("scientific", "Dossier", lambda i: "1E+05" if i == 0 else f"D{i}", 1),
    ("serial", "Date naissance", lambda i: "21916" if i < 3 else f"{1 + i % 28:02}/05/1960", 3),
    ("serial", "Date naissance", lambda i: str(20000 + i), ROWS),
    ("mixed", "Date DN", lambda i: f"0{1 + i % 9}/2{i % 9}/2021" if i < 5 else f"2{i % 9}/03/2021", 5),
    ("code_date", "Stade", lambda i: "01-mars" if i < 4 else "2-3", 4),
    ("code_date", "Stade", lambda i: "01/03/2026" if i < 4 else "2-3", 4),
    ("cut", "Remarque", lambda i: "x" * 250 + "yzabc" if i < 2 else "vu", 2),
    ("mojibake", "Prénom", lambda i: "ZoÃ©" if i < 5 else "Paul", 5),
    ("mojibake", "Prénom", lambda i: "Fran‡ois" if i < 5 else "Paul", 5),
    ("accents", "Prénom", lambda i: ("Zo?", "Fran?ois", "Ren?e", "Paul")[i % 4], 30),
]


@pytest.mark.parametrize(("kind", "column", "cells", "rows"), CASES)
def test_damage_in_a_column_is_found(tmp_path: Path, kind: str, column: str, cells: Cells, rows: int) -> None:
    (damage,) = found_in(csv_file(tmp_path, column, cells))
    assert (damage.kind, damage.column, damage.rows) == (kind, column, rows)
    assert column in damage.say.fr and column in damage.say.en and damage.todo.fr
    assert len(damage.first) == rows and set(damage.first) <= set(range(1, ROWS + 1))


SOUND: list[tuple[str, Cells]] = [
    ("CP", lambda i: "01450" if i % 10 == 0 else str(33000 + 10 * i)),  # its zeros are there
    ("N° dossier", lambda i: str(9980 + i)),  # a plain series of numbers
    ("Poids", lambda i: str(40 + i)),
    ("cT", lambda i: ("2E", "1A2", "T4E", "X")[i % 4]),
    ("Lieu de naissance", lambda i: str(20000 + 13 * i)),  # Insee codes are no serial numbers
    ("Date naissance", lambda i: f"19{30 + i}0{1 + i % 9}15"),
    ("Commentaire", lambda i: "y a-t-il récidive ? à revoir" if i % 2 else "prostate T2-3 ; vu le 01/03"),
    ("Nom", lambda i: ("D'ARC", "NOËL-ÉLUARD", "SÃO PAULO", "Ñuñez", "van der Â")[i % 5]),
    ("Libellé", lambda i: "x" * (200 + i)),
]


@pytest.mark.parametrize(("column", "cells"), SOUND)
def test_sound_columns_are_left_alone(tmp_path: Path, column: str, cells: Cells) -> None:
    assert found_in(csv_file(tmp_path, column, cells)) == []


def moved_file(folder: Path, moved: str) -> Path:
    path = folder / "extrait.csv"
    lines = ["N°;Nom;Prénom;Naissance;Sexe;CP;Topo;Diag"]
    lines += [
        f"P{i:04};DURAND;Léa;1{i % 9}/0{1 + i % 9}/1950;{1 + i % 2};3300{i % 10};C50.{i % 9};2{i % 9}/01/2021"
        for i in range(ROWS)
    ]
    path.write_text("\n".join(lines) + "\n" + moved, encoding="utf-8")
    return path


def test_cells_moved_by_one_column_are_found(tmp_path: Path) -> None:
    """A separator inside a name, and the last column lost: as many cells as the header, all wrong."""
    moved = "".join(f"P9{i};DUR;AND;Léa;1{i}/02/1950;1;33000;C50.{i}\n" for i in range(1, 4))
    (damage,) = found_in(moved_file(tmp_path, moved))
    assert (damage.kind, damage.column, damage.first) == ("shifted", "Naissance", (61, 62, 63))
    assert "droite" in damage.say.fr


def test_cells_moved_to_the_left_are_found(tmp_path: Path) -> None:
    moved = "".join(f"P9{i};DURAND;1{i}/02/1950;1;33000;C50.{i};21/01/2021;\n" for i in range(1, 4))
    (damage,) = found_in(moved_file(tmp_path, moved))
    assert (damage.kind, damage.column) == ("shifted", "Prénom") and "gauche" in damage.say.fr


def test_totals_and_notes_at_the_end_are_found(tmp_path: Path) -> None:
    tail = "Total;;;;60;\nÉdité le 03/02/2026;;;;;\n"
    (damage,) = found_in(csv_file(tmp_path, "Nombre", lambda i: "1", tail))
    assert (damage.kind, damage.first) == ("total", (61, 62))


def test_a_header_amid_the_data_is_found(tmp_path: Path) -> None:
    tail = "N°;Date diag;Topo;Sexe;Nom;Issue\nP1;01/02/2021;C61.9;M;DURAND;ok\n"
    (damage,) = found_in(csv_file(tmp_path, "Nom", lambda i: "DUPONT", tail))
    assert (damage.kind, damage.first) == ("header", (61,))


def workbook(folder: Path, header: str, cells: Callable[[int], object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["N°", "Sexe", header])
    for i in range(ROWS):
        sheet.append([f"P{i}", "MF"[i % 2], cells(i)])
    book.save(folder / "extrait.xlsx")
    return folder / "extrait.xlsx"


def test_a_real_date_amid_codes_is_a_code_that_was_turned(tmp_path: Path) -> None:
    path = workbook(tmp_path, "Grade", lambda i: date(2026, 3, 1) if i < 3 else "2-3")
    (damage,) = found_in(path)
    assert (damage.kind, damage.rows, damage.sure) == ("code_date", 3, True)


def test_digits_beyond_the_fifteenth_are_lost_in_a_number(tmp_path: Path) -> None:
    path = workbook(tmp_path, "Séjour", lambda i: 1234567890123456789 + i if i < 4 else f"S{i}")
    (damage,) = found_in(path)
    assert (damage.kind, damage.rows) == ("rounded", 4)


def test_day_and_month_swapped_by_a_foreign_setting(tmp_path: Path) -> None:
    """What a spreadsheet set to month first makes of days 1 to 30: real dates up to 12, text beyond."""

    def cell(i: int) -> object:
        day, month = 1 + i % 28, 1 + i % 11
        return date(2021, day, month) if day <= 12 else f"{day:02}/{month:02}/2021"

    (damage,) = found_in(workbook(tmp_path, "Date diag", cell))
    assert damage.kind == "swapped"


def test_no_sentence_holds_a_cell_value(tmp_path: Path) -> None:
    for damage in found_in(csv_file(tmp_path, "Prénom", lambda i: "ZoÃ©phine")):
        assert "phine" not in f"{damage.say}{damage.todo}"


def test_the_look_can_be_cancelled(tmp_path: Path) -> None:
    extract = open_extract(csv_file(tmp_path, "Nom", lambda i: "DUPONT"))

    def stop(done: int, total: int | None, what: Text) -> None:
        raise KeyError("stop")

    with pytest.raises(KeyError):
        find_damage(extract, stop)
