"""A recipe tried on the distinct values of a file, without a window: counts are those of the whole file."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import Recipe, apply_recipe, draft_recipe
from desktop_app.core.stages import Extract
from desktop_app.ui.mapping import edits
from desktop_app.ui.mapping.detail import detail
from desktop_app.ui.mapping.steps import effects, offered, present, recodable
from desktop_app.ui.mapping.trial import ColumnTrial, distinct, fitting, try_recipe
from tests.ui.map_parts import LATER, SMALL, written
from validation_rules.contract import load_contract

CONTRACT = load_contract("rnc-tumeurs")


def by_field(extract: Extract, recipe: Recipe) -> dict[str, ColumnTrial]:
    tried = try_recipe(distinct(extract), recipe, CONTRACT)
    return {name: trial for trial in tried.values() for name in trial.fields}


@pytest.mark.parametrize(
    "sample", ["registre/extrait.csv", "classeur/extrait.xlsx", "largeur_fixe/extrait.txt"]
)
def test_the_counts_are_those_of_the_whole_file(shared: Path, sample: str) -> None:
    extract = open_extract(shared / "samples" / sample)
    recipe = draft_recipe(extract, CONTRACT).recipe
    mapped = apply_recipe(extract, recipe, CONTRACT).frame
    for name, trial in by_field(extract, recipe).items():
        fits = fitting(CONTRACT.field(name), pl.col(name))
        outcome = trial.outcomes[name]
        assert outcome.unfit == mapped.select((~fits).sum()).item(), name
        assert outcome.filled >= mapped.get_column(name).count(), name


def test_the_rows_shown_are_rows_of_the_file(shared: Path) -> None:
    extract = open_extract(shared / "samples" / "registre" / "extrait.csv")
    recipe = draft_recipe(extract, CONTRACT).recipe
    mapped = apply_recipe(extract, recipe, CONTRACT).frame
    trial = by_field(extract, recipe)["morphologie"]
    assert trial.fields == ("morphologie", "comportement") and len(trial.rows) > 12
    assert {"unfit", "changed"} == {row.state for row in trial.rows}
    for row in trial.rows:
        cells = extract.frame.filter(pl.col("row_id") == row.row).get_column(trial.headers[0])
        after = mapped.filter(pl.col("row_id") == row.row).select(trial.fields).row(0)
        assert row.before == (cells[0].strip(),)
        assert row.after == tuple(value or "" for value in after)


def test_what_is_known_is_not_tried_again(tmp_path: Path) -> None:
    extract = open_extract(written(tmp_path, "a.csv", SMALL))
    recipe, values = draft_recipe(extract, CONTRACT).recipe, distinct(extract)
    first = try_recipe(values, recipe, CONTRACT)
    other = edits.set_recodes(recipe, "sexe", {"nsp": "3"})
    again = try_recipe(values, other, CONTRACT, first)
    same = [key for key in again if again[key] is first.get(key)]
    assert len(same) == len(again) - 1


def test_every_step_says_how_many_rows_it_changes(tmp_path: Path) -> None:
    text = "base;x\n7,1;a\n7,1;a\n1,0;a\n2;a\nhisto;a\n"
    extract = open_extract(written(tmp_path, "a.csv", text), None)
    column = {"header": "base", "field": "base_diagnostic", "recode": {"histo": "7"}}
    steps = {"decimal_mark": ",", "integer_code": True}
    recipe = Recipe.model_validate({"contract": "rnc-tumeurs", "columns": [{**column, **steps}]})
    changed = effects(distinct(extract), recipe, recipe.columns[0], CONTRACT)
    assert changed == {"recode": 1, "decimal_mark": 3, "integer_code": 1}
    assert present(recipe.columns[0]) == ("recode", "decimal_mark", "integer_code")


def test_joined_split_and_placed_columns_are_tried(tmp_path: Path) -> None:
    text = "jour;mois;an;morpho\n01;02;1950;8140/3\n03;04;1961;8500/2\n"
    extract = open_extract(written(tmp_path, "a.csv", text))
    columns = [
        {"header": "jour", "join": ["mois", "an"], "join_with": "/", "field": "date_incidence"}
        | {"date_formats": ["dd/mm/yyyy"]},
        {"index": 4, "fields": ["morphologie", "comportement"], "split": "/"},
    ]
    recipe = Recipe.model_validate({"contract": "rnc-tumeurs", "columns": columns})
    tried = by_field(extract, recipe)
    dates = {
        value.local: value.becomes for value in tried["date_incidence"].outcomes["date_incidence"].values
    }
    assert dates == {"01/02/1950": "1950-02-01", "03/04/1961": "1961-04-03"}
    assert tried["date_incidence"].headers == ("jour", "mois", "an")
    behaviours = tried["comportement"].outcomes["comportement"].values
    assert {value.becomes for value in behaviours} == {"2", "3"}
    assert effects(distinct(extract), recipe, recipe.columns[0], CONTRACT) == {"date_formats": 2}


def test_a_column_that_the_file_lacks_is_not_tried(tmp_path: Path) -> None:
    extract = open_extract(written(tmp_path, "a.csv", SMALL))
    recipe = Recipe.model_validate(
        {"contract": "rnc-tumeurs", "columns": [{"header": "absente", "field": "sexe"}]}
    )
    assert by_field(extract, recipe) == {}
    assert effects(distinct(extract), recipe, recipe.columns[0], CONTRACT) == {}


def test_unknown_words_get_the_code_they_resemble(tmp_path: Path) -> None:
    extract = open_extract(written(tmp_path, "a.csv", LATER))
    recipe = Recipe.model_validate(
        {"contract": "rnc-tumeurs", "columns": [{"header": "Sexe", "field": "sexe"}]}
    )
    values, column = distinct(extract), recipe.columns[0]
    trial = by_field(extract, recipe)["sexe"]
    found = detail(values, recipe, column, CONTRACT.field("sexe"), trial, CONTRACT)
    assert {local: one.code for local, one in found.suggested.items()} == {
        "Femme": "2",
        "Homme": "1",
        "Inconu": "9",
    }


def test_edits_return_new_recipes(shared: Path) -> None:
    extract = open_extract(shared / "samples" / "registre" / "extrait.csv")
    draft = draft_recipe(extract, CONTRACT)
    without = edits.assign(draft.recipe, "comportement", None)
    assert edits.column_for(draft.recipe, "comportement") is not None
    assert edits.column_for(without, "comportement") is None
    again = edits.assign(without, "comportement", "Morpho CIM-O", draft)
    assert edits.column_for(again, "morphologie") == edits.column_for(draft.recipe, "morphologie")
    fixed = edits.set_default(without, "comportement", "3")
    assert edits.default_for(fixed, "comportement") == "3"


def test_steps_come_and_go(tmp_path: Path) -> None:
    extract = open_extract(written(tmp_path, "a.csv", SMALL))
    recipe = draft_recipe(extract, CONTRACT).recipe
    name, headers, fields = CONTRACT.field("nom_naissance"), extract.columns, CONTRACT.field_names
    joined = edits.add_step(recipe, name, "join", headers, fields)
    column = edits.column_for(joined, name.name)
    assert column is not None and column.join == ("Observations",)  # the column that goes nowhere comes first
    assert edits.change_step(joined, name.name, "join", None) == recipe
    split = edits.add_step(recipe, name, "split", headers, fields)
    column = edits.column_for(split, "nom_utilise")
    assert column is not None and column.fields == ("nom_naissance", "nom_utilise")
    assert edits.change_step(split, name.name, "split", None) == recipe
    dated = edits.change_step(recipe, "date_naissance", "date_formats", ("yyyy", "dd/mm/yyyy"))
    column = edits.column_for(dated, "date_naissance")
    assert column is not None and column.date_formats == ("yyyy", "dd/mm/yyyy")


def test_a_recipe_never_holds_what_could_name_a_person() -> None:
    personal = {field.name for field in CONTRACT.fields if not recodable(field)}
    assert {"nom_naissance", "prenoms", "matricule_ins", "numero_patient", "date_naissance"} <= personal
    assert not {"sexe", "topographie", "statut_identite"} & personal


def test_steps_are_offered_where_they_make_sense() -> None:
    recipe = Recipe.model_validate(
        {"contract": "rnc-tumeurs", "columns": [{"header": "a", "field": "date_incidence"}]}
    )
    assert offered(CONTRACT.field("date_incidence"), recipe.columns[0]) == ("join", "date_formats")
    assert "list_separator" in offered(CONTRACT.field("sources"), recipe.columns[0])


@pytest.mark.parametrize(("form", "right"), [("dd.mm.yyyy", True), ("dd/dd/yyyy", False), ("jour", False)])
def test_a_form_of_date_is_checked(form: str, right: bool) -> None:
    assert edits.is_date_form(form) is right


@pytest.mark.parametrize("name", ["rnc-notifications", "encr-incidence", "encr-mortality", "encr-population"])
def test_a_file_is_tried_against_any_contract(tmp_path: Path, name: str) -> None:
    contract = load_contract(name)
    header = ";".join(field.export_name for field in contract.fields)
    cells = ";".join(field.codes[0] if field.codes else "1" for field in contract.fields)
    extract = open_extract(written(tmp_path, "a.csv", f"{header}\n{cells}\n{cells}\n"))
    columns = [{"header": field.export_name, "field": field.name} for field in contract.fields]
    recipe = Recipe.model_validate({"contract": name, "columns": columns})
    tried = try_recipe(distinct(extract), recipe, contract)
    assert len(tried) == len(contract.fields)
    for trial in tried.values():
        if contract.field(trial.fields[0]).codes:
            assert trial.outcomes[trial.fields[0]].unfit == 0


def test_what_a_statistical_file_says_of_its_codes_comes_first(tmp_path: Path) -> None:
    extract = open_extract(written(tmp_path, "a.csv", "SEX;x\n1;a\n2;a\n2;a\n"))
    extract = dataclasses.replace(extract, labels={"SEX": {"1": "Femme", "2": "Homme"}})
    recipe = Recipe.model_validate(
        {"contract": "rnc-tumeurs", "columns": [{"header": "SEX", "field": "sexe"}]}
    )
    values, column = distinct(extract), recipe.columns[0]
    trial = by_field(extract, recipe)["sexe"]
    found = detail(values, recipe, column, CONTRACT.field("sexe"), trial, CONTRACT)
    assert {local: one.code for local, one in found.suggested.items()} == {"1": "2", "2": "1"}
    settled = edits.set_recodes(recipe, "sexe", {"1": "2", "2": "1"})
    again = by_field(extract, settled)["sexe"]
    assert not detail(values, settled, settled.columns[0], CONTRACT.field("sexe"), again, CONTRACT).suggested
