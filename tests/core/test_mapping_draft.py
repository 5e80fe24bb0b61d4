"""The draft of a recipe: right on the samples, and never sure where it could be wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import Column, ColumnGuess, Draft, apply_recipe, draft_recipe, load_recipe
from desktop_app.core.stages import Extract, ImportOptions, SourceFile
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

SAMPLES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}
PLACES = {"header", "index", "start", "length"}


@cache
def sample_extract(path: Path) -> Extract:
    return open_extract(path)


@cache
def sample_draft(path: Path) -> Draft:
    return draft_recipe(sample_extract(path), load_contract())


def extract_of(columns: dict[str, list[str]]) -> Extract:
    frame = pl.DataFrame(columns, dict.fromkeys(columns, pl.String)).with_row_index("row_id", offset=1)
    source = SourceFile(Path("extrait.csv"), "0" * 64, 1)
    return Extract(source, ImportOptions("delimited", "utf-8", ";"), (), frame)


def drafted(columns: dict[str, list[str]]) -> tuple[dict[str, ColumnGuess], dict[str, Column]]:
    draft = draft_recipe(extract_of(columns), load_contract())
    by_header = {column.header: column for column in draft.recipe.columns if column.header}
    return {guess.source: guess for guess in draft.columns}, by_header


@pytest.mark.parametrize("sample", SAMPLES)
def test_draft_finds_the_intended_columns(shared: Path, sample: str) -> None:
    folder = shared / "samples" / sample
    intended = {column.header: column for column in load_recipe(folder / "mapping.json").columns}
    draft = sample_draft(folder / SAMPLES[sample])
    found = {column.header: column for column in draft.recipe.columns}
    assert {h: c.targets for h, c in found.items()} == {h: c.targets for h, c in intended.items()}
    assert sum(guess.confidence >= 0.9 for guess in draft.columns if guess.fields) >= 46


@pytest.mark.parametrize("sample", SAMPLES)
def test_draft_finds_the_intended_transformations(shared: Path, sample: str) -> None:
    folder = shared / "samples" / sample
    intended = {column.header: column for column in load_recipe(folder / "mapping.json").columns}
    found = sample_draft(folder / SAMPLES[sample]).recipe.columns
    # The width of a local patient number cannot be known from cells that all lost their zeros; a word that a
    # file does not hold is not recoded.
    unknowable = {"N° patient", "Sex"}
    for column in found:
        if column.header not in unknowable:
            assert column.model_dump(exclude=PLACES) == intended[column.header].model_dump(exclude=PLACES)


@pytest.mark.parametrize("sample", SAMPLES)
def test_columns_without_names_are_never_sure(shared: Path, sample: str) -> None:
    folder = shared / "samples" / sample
    extract = sample_extract(folder / SAMPLES[sample])
    intended = {column.header: column.targets for column in load_recipe(folder / "mapping.json").columns}
    names = {name: f"Colonne {place}" for place, name in enumerate(extract.columns, 1)}
    kinds = None if extract.kinds is None else extract.kinds.rename(names)
    draft = draft_recipe(replace(extract, frame=extract.frame.rename(names), kinds=kinds), load_contract())
    headers = {renamed: name for name, renamed in names.items()}
    assert all(guess.confidence < 0.9 for guess in draft.columns)
    assert all(guess.fields == intended[headers[guess.source]] for guess in draft.columns if guess.fields)


def test_ct_is_told_by_its_cells() -> None:
    guesses, _ = drafted({"CT": ["0", "1", "9", "0"] * 20, "clin T": ["1", "2a", "T3", "is"] * 20})
    assert guesses["CT"].fields == ("chimiotherapie",)
    assert guesses["CT"].confidence < 0.9
    assert guesses["clin T"].fields == ("ct",)
    guesses, _ = drafted({"CT": ["T1", "2a", "X", "is"] * 20})
    assert guesses["CT"].fields == ("ct",)


def test_two_columns_for_one_field_lower_the_confidence() -> None:
    days = ["01/02/2020", "25/12/2021", "13/05/2019"] * 20
    guesses, _ = drafted({"Date de décès": days, "Date des dernières nouvelles": days})
    assert max(guess.confidence for guess in guesses.values()) < 0.9


def test_day_and_month_that_cannot_be_told_apart() -> None:
    guesses, columns = drafted({"Date d'incidence": ["01/02/2020", "03/04/2021"] * 20})
    assert columns["Date d'incidence"].date_formats[0] == "dd/mm/yyyy"
    assert guesses["Date d'incidence"].confidence <= 0.5
    assert "avant le mois" in guesses["Date d'incidence"].evidence.fr


def test_american_dates() -> None:
    guesses, columns = drafted({"Incidence date": ["12/25/2020", "03/14/2021"] * 20})
    assert columns["Incidence date"].date_formats[0] == "mm/dd/yyyy"
    assert guesses["Incidence date"].confidence >= 0.9


@pytest.mark.parametrize(
    ("header", "words", "recode"),
    [
        ("Sexe", ["H", "F"], {"H": "1", "F": "2"}),
        ("Sex", ["Male", "Female", "U"], {"Male": "1", "Female": "2", "U": "9"}),
        ("Statut vital", ["Vivant", "Décédé"], {"Vivant": "1", "Décédé": "2"}),
        ("Autopsie", ["oui", "non", "NSP"], {"oui": "1", "non": "0", "NSP": "9"}),
        ("Latéralité", ["D", "G"], {"D": "1", "G": "2"}),
    ],
)
def test_words_become_codes(header: str, words: list[str], recode: dict[str, str]) -> None:
    _, columns = drafted({header: words * 20})
    assert columns[header].recode == recode


def test_a_few_words_among_codes_are_left_to_the_rules() -> None:
    _, columns = drafted({"Latéralité": ["1", "2", "9"] * 40 + ["G", "D"]})
    assert columns["Latéralité"].recode == {}


def test_a_name_that_its_cells_belie_is_not_trusted() -> None:
    guesses, _ = drafted({"Nom": ["C509", "C619"] * 20, "CP": [f"{i:03d}19" for i in range(40)]})
    assert guesses["Nom"].fields == ("topographie",)
    assert guesses["Nom"].confidence < 0.9
    assert guesses["CP"].confidence < 0.7


def test_guesses_do_not_show_cells_when_printed() -> None:
    guesses, _ = drafted({"Nom de naissance": [f"NOM{chr(65 + i)}" for i in range(26)]})
    assert "NOMA" not in repr(guesses)


@pytest.mark.parametrize("sample", SAMPLES)
def test_without_a_recipe_the_samples_are_their_canonical_records(shared: Path, sample: str) -> None:
    folder, contract = shared / "samples" / sample, load_contract()
    draft = sample_draft(folder / SAMPLES[sample])
    mapped = apply_recipe(sample_extract(folder / SAMPLES[sample]), draft.recipe, contract).frame
    canonical = normalise(pl.read_csv(folder / "canonical.csv", infer_schema=False), contract)
    told = {name for guess in draft.columns if guess.confidence < 0.8 for name in guess.fields}
    # Numbers of a workbook may have begun with zeros, and `CT` is two things: both are said.
    assert told == {
        "classeur": {"numero_patient"},
        "largeur_fixe": {"ct"},
        "desordre": {"chimiotherapie"},
    }.get(sample, set())
    lost = ["numero_patient"] if sample == "classeur" else []
    assert_frame_equal(mapped.drop(lost), canonical.drop(lost))
