"""What a statistical file says of its columns and codes is used, and never believed against the contract."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]
import pyreadstat

from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import apply_recipe, draft_recipe, parse_recipe
from desktop_app.core.mapping.drift import accept, drift
from tests.core.draft_parts import small_extract
from validation_rules.contract import load_contract

RECIPE = '{"contract": "rnc-tumeurs", "columns": [{"header": "Sexe", "field": "sexe"}]}'


def test_an_spss_file_maps_by_its_labels(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Q1": [2.0, 1.0, 8.0] * 20, "V7": [0.0, 1.0, 1.0] * 20})
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels={"Q1": "Sexe du patient", "V7": "Statut vital"},
        variable_value_labels={
            "Q1": {1.0: "Femme", 2.0: "Homme", 8.0: "Inconnu"},
            "V7": {0.0: "Décédé", 1.0: "Vivant"},
        },
    )
    extract = open_extract(path)
    draft = draft_recipe(extract, load_contract())
    assert [guess.fields for guess in draft.columns] == [("sexe",), ("statut_vital",)]
    mapped = apply_recipe(extract, draft.recipe, load_contract()).frame.head(3)
    assert mapped.get_column("sexe").to_list() == ["1", "2", "9"]
    assert mapped.get_column("statut_vital").to_list() == ["2", "1", "1"]


def test_a_code_of_the_contract_that_the_file_means_otherwise_is_in_doubt() -> None:
    extract = replace(
        small_extract({"Statut vital": ["1", "2", "1"]}),
        labels={"Statut vital": {"1": "Vivant", "2": "Transféré"}},
    )
    (guess,) = draft_recipe(extract, load_contract()).columns
    assert guess.fields == ("statut_vital",) and guess.confidence < 0.8


def test_labels_that_changed_are_a_drift() -> None:
    extract = replace(small_extract({"Sexe": ["1", "2", "1"]}), labels={"Sexe": {"1": "Femme", "2": "Homme"}})
    recipe = parse_recipe(RECIPE)
    (one,) = drift(extract, recipe, load_contract())
    assert (one.kind, set(one.values)) == ("recoded", {"1", "2"})
    followed = accept(recipe, [one])
    assert followed.columns[0].recode == {"1": "2", "2": "1"}
    assert drift(extract, followed, load_contract()) == ()
