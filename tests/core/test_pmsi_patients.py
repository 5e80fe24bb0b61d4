"""The list of the patients: names and communes that the PMSI does not have, joined by what the cells hold."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.mapping import apply_recipe, draft_recipe
from desktop_app.core.stages import Extract
from tests.pmsi_parts import rum, vid, write
from validation_rules.contract import load_contract

LIST = "N° dossier;Nom de naissance;Prénoms;Commune de résidence;Sexe\n"


@pytest.fixture
def rss(tmp_path: Path) -> Path:
    stays = [("26000001", "C341"), ("26000002", "C504"), ("26000003", "C61")]
    write(tmp_path / "vh.txt", [vid(stay, f"00{place}") for place, (stay, _) in enumerate(stays, 1)])
    return write(tmp_path / "rss.txt", [rum("122", stay, "01062026-03062026", code) for stay, code in stays])


def read(rss: Path, patients: str | Path) -> Extract:
    if isinstance(patients, str):
        (rss.parent / "patients.csv").write_text(patients, encoding="utf-8")
        patients = rss.parent / "patients.csv"
    return open_extract(rss, detect(rss, {"identities": str(patients)}).options)


def test_names_come_by_the_patient_number_whatever_its_header(rss: Path) -> None:
    extract = read(rss, LIST + "002;Martin;Zoé;33063;2\n001;Le Goff;Anne;24322;2\n")
    names = extract.frame.select("IPP", "Nom de naissance", "Prénoms", "Commune de résidence").rows()
    assert names == [
        ("001", "Le Goff", "Anne", "24322"),
        ("002", "Martin", "Zoé", "33063"),
        ("003", None, None, None),
    ]
    assert "1 notification sans ligne dans «\u00a0patients.csv\u00a0»" in extract.remarks[-1].fr


def test_the_new_columns_find_their_fields_and_do_not_replace_those_of_the_pmsi(rss: Path) -> None:
    extract = read(rss, LIST + "001;Le Goff;Anne;24322;1\n002;Martin;Zoé;33063;1\n003;Roy;Luc;33063;1\n")
    contract = load_contract("rnc-notifications")
    rows = apply_recipe(extract, draft_recipe(extract, contract).recipe, contract).frame
    assert rows.select("nom_naissance", "prenoms", "commune_residence", "sexe").row(0) == (
        "Le Goff",
        "Anne",
        "24322",
        "2",
    )
    assert extract.frame.get_column("Sexe (patients)").to_list() == ["1"] * 3


def test_lines_that_contradict_each_other_leave_the_cell_blank(rss: Path) -> None:
    lines = "001;Martin;Zoé;33063;2\n001;Martin;Zoé;24322;2\n002;Roy;Lou;33063;2\n003;Roy;Luc;33063;1\n"
    extract = read(rss, LIST + lines)
    assert extract.frame.select("Prénoms", "Commune de résidence").row(0) == ("Zoé", None)
    assert (
        "1 notification où des lignes de «\u00a0patients.csv\u00a0» se contredisent" in extract.remarks[-1].fr
    )


def test_stay_numbers_and_lost_zeros_join_too(rss: Path) -> None:
    by_stay = read(rss, "Séjour;Nom\n26000002;Martin\n")
    assert by_stay.frame.get_column("Nom").to_list() == [None, "Martin", None]
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("IPP", "Nom"), (1, "Le Goff"), (3, "Roy")):
        book.active.append(row)
    book.save(rss.parent / "patients.xlsx")
    by_number = read(rss, rss.parent / "patients.xlsx")
    assert by_number.frame.get_column("Nom").to_list() == ["Le Goff", None, "Roy"]


def test_a_list_of_other_people_is_refused_without_naming_any(rss: Path) -> None:
    with pytest.raises(AppError) as refused:
        read(rss, "IPP;Nom\n900;Martin\n")
    assert refused.value.code == "pmsi-patients-unknown"
    assert not {"900", "Martin"} & set((refused.value.what.fr + str(refused.value)).split())


def test_a_change_of_any_file_is_a_change_of_the_source(rss: Path) -> None:
    before = read(rss, "IPP;Nom\n001;Martin\n").source.sha256
    assert read(rss, "IPP;Nom\n001;Martin\n").source.sha256 == before
    assert read(rss, "IPP;Nom\n001;Marty\n").source.sha256 != before
    vh = rss.parent / "vh.txt"
    vh.write_bytes(vh.read_bytes().replace(b"002 ", b"004 "))
    assert read(rss, "IPP;Nom\n001;Martin\n").source.sha256 != before
