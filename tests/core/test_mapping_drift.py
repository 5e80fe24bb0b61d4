"""What changed since last month: seen, said, and followed only when a person accepts."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import apply_recipe, import_options, load_recipe, parse_recipe
from desktop_app.core.mapping.drift import Drift, accept, drift
from desktop_app.core.mapping.recipe import Recipe
from desktop_app.core.stages import Extract, ImportOptions, SourceFile
from validation_rules.contract import load_contract

SAMPLES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}
DAYS = ["24/02/2018", "13/05/2019", "01/12/2020"]


def extract_of(columns: dict[str, list[str]], times: int = 20) -> Extract:
    cells = {name: values * times for name, values in columns.items()}
    frame = pl.DataFrame(cells, dict.fromkeys(cells, pl.String)).with_row_index("row_id", offset=1)
    source = SourceFile(Path("extrait.csv"), "0" * 64, 1)
    return Extract(source, ImportOptions("delimited", "utf-8", ";"), (), frame)


def recipe_of(*columns: dict[str, Any], **others: Any) -> Recipe:
    return parse_recipe(json.dumps({"contract": "rnc-tumeurs", "columns": list(columns), **others}))


def drifts(columns: dict[str, list[str]], *recipe: dict[str, Any], **others: Any) -> tuple[Drift, ...]:
    return drift(extract_of(columns), recipe_of(*recipe, **others), load_contract())


def only(found: tuple[Drift, ...]) -> Drift:
    (one,) = found
    return one


def proposed(one: Drift, place: int = -1) -> Any:
    assert one.proposal is not None
    return one.proposal.columns[place]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_recipe_fits_the_file_that_it_was_made_for(shared: Path, sample: str) -> None:
    folder = shared / "samples" / sample
    recipe = load_recipe(folder / "mapping.json")
    assert drift(open_extract(folder / SAMPLES[sample]), recipe, load_contract()) == ()


def test_the_recipe_of_another_export_of_the_same_registry_follows(shared: Path) -> None:
    folder, contract = shared / "samples", load_contract()
    extract = open_extract(folder / "largeur_fixe" / "extrait.txt")
    recipe = load_recipe(folder / "registre" / "mapping.json")
    found = drift(extract, recipe, contract)
    followed = accept(recipe, found)
    intended = load_recipe(folder / "largeur_fixe" / "mapping.json")
    # There the morphology is one column for two fields; here it is gone, and two columns are new.
    assert set(followed.targets) == set(intended.targets)
    assert drift(extract, followed, contract) == ()
    assert apply_recipe(extract, followed, contract).frame.equals(
        apply_recipe(extract, intended, contract).frame
    )


def test_a_renamed_column_keeps_its_steps() -> None:
    one = only(
        drifts(
            {"Sexe pat.": ["H", "F"], "Topo": ["C509", "C619"]},
            {"header": "Sexe", "field": "sexe", "recode": {"H": "1", "F": "2"}},
            {"header": "Topo", "field": "topographie"},
        )
    )
    assert (one.kind, one.header, one.was, one.field, one.rows) == (
        "renamed",
        "Sexe pat.",
        "Sexe",
        "sexe",
        40,
    )
    assert proposed(one, 0).recode == {"H": "1", "F": "2"} and proposed(one, 0).header == "Sexe pat."


def test_another_column_in_its_place_is_no_new_name() -> None:
    found = drifts({"Couleur": ["vert", "bleu"]}, {"header": "Sexe", "field": "sexe"})
    assert [(one.kind, one.header) for one in found] == [("gone", "Sexe"), ("new", "Couleur")]
    assert "obligatoire" in found[0].say.fr and "ne partira pas" in found[1].say.fr


def test_two_columns_that_may_be_the_old_one_are_left_to_the_person() -> None:
    found = drifts(
        {"Date diag 1": DAYS, "Date diag 2": DAYS},
        {"header": "Date diag", "field": "date_incidence", "date_formats": ["dd/mm/yyyy"]},
    )
    assert "renamed" not in {one.kind for one in found}


def test_a_new_column_fills_a_field_only_without_doubt() -> None:
    sexe = {"header": "S", "field": "sexe"}
    one = only(drifts({"S": ["1", "2"], "Latéralité": ["1", "9"]}, sexe))
    assert (one.kind, one.field) == ("new", "lateralite")
    found = only(drifts({"S": ["1", "2"], "Topographie": ["C509", "C61.9"]}, sexe))
    assert proposed(found).targets == ("topographie",)
    found = only(drifts({"S": ["1", "2"], "Sexe": ["1", "2"]}, sexe))
    assert proposed(found).targets == () and "remplit déjà" in found.say.fr


def test_one_column_becomes_two() -> None:
    found = drifts(
        {"Morphologie": ["8140", "8070", "8500"], "Comportement": ["3", "3", "2"]},
        {"header": "Morpho CIM-O", "fields": ["morphologie", "comportement"], "split": "/"},
    )
    assert [one.kind for one in found] == ["gone", "new", "new"]
    base = recipe_of({"header": "Morpho CIM-O", "fields": ["morphologie", "comportement"], "split": "/"})
    assert set(accept(base, found).targets) == {"morphologie", "comportement"}


def test_one_cell_now_holds_two_fields() -> None:
    one = only(drifts({"Morpho": ["8140/3", "8070/3"]}, {"header": "Morpho", "field": "morphologie"}))
    assert (one.kind, proposed(one).fields, proposed(one).split) == (
        "form",
        ("morphologie", "comportement"),
        "/",
    )
    taken = drifts(
        {"Morpho": ["8140/3", "8070/3"], "C": ["3", "3"]},
        {"header": "Morpho", "field": "morphologie"},
        {"header": "C", "field": "comportement"},
    )
    assert only(taken).proposal is None


def test_words_that_the_recipe_does_not_know_get_codes_proposed() -> None:
    recode = {"M": "1", "F": "2"}
    one = only(
        drifts(
            {"Sexe": ["Masculin", "F", "Féminin", "zz"]},
            {"header": "Sexe", "field": "sexe", "recode": recode},
        )
    )
    assert (one.kind, one.rows, set(one.values)) == ("recoded", 60, {"Masculin", "Féminin", "zz"})
    assert proposed(one).recode == {**recode, "Masculin": "1", "Féminin": "2"}


def test_a_single_wrong_code_is_a_finding_and_no_drift() -> None:
    cells = ["1", "2"] * 500 + ["7"]
    assert (
        drift(extract_of({"S": cells}, 1), recipe_of({"header": "S", "field": "sexe"}), load_contract()) == ()
    )


def test_a_local_list_that_looks_like_the_contracts_own_is_told() -> None:
    local = {"header": "S", "field": "sexe", "recode": {"0": "1", "1": "2"}}
    assert drifts({"S": ["0", "1", "1"]}, local) == ()
    one = only(drifts({"S": ["1", "2", "2"]}, local))
    assert (one.kind, one.values, proposed(one).recode) == ("recoded", ("2",), {})


@pytest.mark.parametrize(
    ("cells", "forms"),
    [
        (["20180224", "20190513"], ("yyyymmdd", "yyyy")),
        (["02/24/2018", "05/13/2019"], ("mm/dd/yyyy", "mm/yyyy", "yyyy")),
        (["24-02-2018", "13-05-2019"], ("dd-mm-yyyy", "mm-yyyy", "yyyy")),
    ],
)
def test_dates_written_otherwise(cells: list[str], forms: tuple[str, ...]) -> None:
    column = {"header": "D", "field": "date_incidence", "date_formats": ["dd/mm/yyyy", "mm/yyyy", "yyyy"]}
    one = only(drifts({"D": cells}, column))
    assert (one.kind, one.rows) == ("form", 40)
    assert proposed(one).date_formats[0] == forms[0]


@pytest.mark.parametrize("cells", [DAYS, ["2018-02-24", "2019-05"], ["01/02/2018", "03/04/2019"]])
def test_dates_that_still_come_out_right(cells: list[str]) -> None:
    column = {"header": "D", "field": "date_incidence", "date_formats": ["dd/mm/yyyy", "mm/yyyy", "yyyy"]}
    assert drifts({"D": cells}, column) == ()


def test_dates_that_nothing_decides_are_asked() -> None:
    column = {"header": "D", "field": "date_incidence", "date_formats": ["yyyymmdd"]}
    one = only(drifts({"D": ["01/02/2018", "03/04/2019"]}, column))
    assert one.proposal is None and "avant le mois" in one.say.fr


def test_codes_written_as_numbers_and_lists_with_another_mark() -> None:
    grade = only(drifts({"G": ["1,0", "2,0", "9,0"]}, {"header": "G", "field": "grade"}))
    assert proposed(grade).integer_code
    listed = only(
        drifts({"S": ["ACP,PMSI", "ACP,RCP"]}, {"header": "S", "field": "sources", "list_separator": ";"})
    )
    assert proposed(listed).list_separator == ","


def test_cells_of_identity_are_shown_by_their_outline_only() -> None:
    one = only(drifts({"N": ["1 85 05", "DUPONT 2"]}, {"header": "N", "field": "matricule_ins"}))
    assert set(one.values) == {"9 99 99", "AAAAAA 9"}
    assert "DUPONT" not in repr(one)


def test_accepting_some_composes_whatever_the_order() -> None:
    base = recipe_of(
        {"header": "Sexe", "field": "sexe", "recode": {"M": "1", "F": "2"}},
        {"header": "Date", "field": "date_incidence", "date_formats": ["yyyymmdd"]},
        {"header": "Vu", "field": None},
    )
    extract = extract_of({"Sexe patient": ["M", "F", "Féminin"], "Date": DAYS, "Topo": ["C509"] * 3})
    found = drift(extract, base, load_contract())
    assert sorted(one.kind for one in found) == ["form", "new", "recoded", "renamed"]
    ways = [accept(base, order) for order in permutations(found)]
    assert all(way.to_json() == ways[0].to_json() for way in ways)
    assert drift(extract, ways[0], load_contract()) == ()
    for one in found:
        assert one.proposal is None or accept(base, [one]).columns  # each holds for itself


def test_another_way_to_read_the_file() -> None:
    one = only(drifts({"S": ["1", "2"]}, {"header": "S", "field": "sexe"}, format="delimited", separator=","))
    assert (one.kind, one.header) == ("form", "") and "; au lieu de ," in one.say.fr
    assert one.proposal is not None and one.proposal.separator == ";"


def test_columns_read_by_their_place() -> None:
    found = drifts({"a": ["1", "2"]}, {"index": 1, "field": "sexe"}, {"index": 2, "field": "ct"})
    assert [(one.kind, one.field) for one in found] == [("gone", "ct")]


def test_a_recipe_of_another_contract_is_refused() -> None:
    with pytest.raises(AppError, match="recipe-other-contract"):
        drifts({"a": ["1"]}, {"header": "a", "field": "sexe"}, contract="autre")


def test_stated_options_are_no_drift(shared: Path) -> None:
    folder = shared / "samples" / "classeur"
    recipe = load_recipe(folder / "mapping.json")
    path = folder / "extrait.xlsx"
    assert drift(open_extract(path, import_options(recipe, path)), recipe, load_contract()) == ()
