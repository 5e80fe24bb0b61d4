"""CSV and the list to print; what a spreadsheet program does to values on the way."""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop_app.core.rounds import Wish, write_book, write_csv, write_page
from desktop_app.core.rounds.values import meant, untouched
from desktop_app.core.workspace import Workspace
from tests.core.rounds_parts import Site
from validation_rules.contract import load_contract

CONTRACT = load_contract()


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))


def fill(path: Path, answers: dict[tuple[str, str], tuple[str, str]], encoding: str = "utf-8-sig") -> None:
    """(row, field) -> column and text, as a colleague writes them."""
    rows = lines(path)
    for row in rows:
        for (number, field), (column, text) in answers.items():
            if (row["Ligne"], row["Champ"]) == (number, field):
                row[column] = text
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_filled_list_comes_back_as_corrections(workspace: Workspace, tmp_path: Path, encoding: str) -> None:
    site, path = Site(workspace), tmp_path / "constats.csv"
    assert write_csv(site.gather(), path) == len(lines(path))
    assert site.back(path).empty
    answers = {
        ("2", "Sexe"): ("Nouvelle valeur", "2"),
        ("4", "Date d’incidence"): ("Nouvelle valeur", "04/03/2020"),
        ("6", "Comportement"): ("Juste tel quel\u00a0: motif", "Vérifié dans le dossier du patient"),
        ("4", "Date des dernières nouvelles ou du décès"): ("Nouvelle valeur", "(vide)"),
    }
    fill(path, answers, encoding)
    returned = site.back(path)
    assert returned.changes.select("row_id", "field", "back", "state").rows() == [
        (2, "sexe", "2", "ready"),
        (4, "date_incidence", "2020-03-04", "ready"),
        (4, "date_dernieres_nouvelles", None, "ready"),
    ]
    site.take(returned)
    assert (6, "GRA-04", "confirmed") in site.found()


def test_no_cell_of_it_is_computed(workspace: Workspace, tmp_path: Path) -> None:
    risky = ["=1+1", "+CMD", "-2", "@SUM(A1)", "'=1", "''", "\u0027s"]
    site = Site(workspace, {n: {"nom_naissance": text} for n, text in enumerate(risky, 1)})
    path = tmp_path / "constats.csv"
    write_csv(site.gather(Wish(identities="all")), path)
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r")]


# `_x0041_` is how a workbook writes the letter A.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.sampled_from(["=1+1", "@x", "_x0041_", "'=", "0123", "1E5", "TRUE", "#REF!x", "a\u0001b"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(TEXTS, min_size=7, max_size=7))
@example(values=["=1+1", "_x0041_", "a\u0001b", "x" * 40_000, "'=", "0123", "1E5"])
def test_any_value_leaves_and_comes_back_untouched(
    workspace: Workspace, tmp_path: Path, values: list[str]
) -> None:
    site = Site(workspace, {n: {"nom_naissance": text, "sexe": "7"} for n, text in enumerate(values, 1)})
    for form, write in (("a.xlsx", write_book), ("a.csv", write_csv)):
        write(site.gather(Wish(identities="all")), tmp_path / form)
        returned = site.back(tmp_path / form)
        assert returned.empty and returned.aside == ()


def test_the_printed_list_escapes_and_parts_by_institution(workspace: Workspace, tmp_path: Path) -> None:
    site, path = (
        Site(workspace, {2: {"nom_naissance": "<script>"}, 5: {"finess_diagnostic": None, "sexe": "7"}}),
        tmp_path / "l.html",
    )
    write_page(site.gather(), path)
    text = path.read_text(encoding="utf-8")
    assert "<script>" not in text and html.escape("<script>") in text
    assert "Établissement 380000034" in text and "Établissement non renseigné" in text


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("date_incidence", "04/03/2020", "2020-03-04"),
        ("date_incidence", "2020-03-04T00:00:00", "2020-03-04"),
        ("date_incidence", "03/2020", "2020-03"),
        ("date_incidence", "31/02/2020", "31/02/2020"),
        ("commune_residence", "1004", "01004"),
        ("topographie", "C50.9", "C50.9"),
        ("sexe", "2", "2"),
    ],
)
def test_what_a_person_types_is_understood(field: str, typed: str, value: str) -> None:
    assert meant(typed, CONTRACT.field(field)) == value


@pytest.mark.parametrize(
    ("field", "base", "saved", "same"),
    [
        ("commune_residence", "01004", "1004", True),
        ("date_incidence", "2024-01", "janv-24", True),
        ("date_incidence", "2024-01", "févr-24", False),
        ("date_incidence", "1950-01-15", "15/01/1950", True),
        ("matricule_ins", "185057800608436", "1,85058E+14", True),
        ("matricule_ins", "", "1,85058E+14", False),
        ("sexe", "1", "2", False),
    ],
)
def test_what_a_spreadsheet_does_by_itself_is_no_correction(
    field: str, base: str, saved: str, same: bool
) -> None:
    assert untouched(saved, base, CONTRACT.field(field)) is same
