"""The four sample extracts, read by their recipes, are the canonical records."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import apply_recipe, import_options, load_recipe
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

SAMPLES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_sample_equals_canonical(shared: Path, sample: str) -> None:
    folder, contract = shared / "samples" / sample, load_contract("rnc-tumeurs")
    recipe = load_recipe(folder / "mapping.json")
    path = folder / SAMPLES[sample]
    mapped = apply_recipe(open_extract(path, import_options(recipe, path)), recipe, contract)
    canonical = pl.read_csv(folder / "canonical.csv", infer_schema=False)
    assert_frame_equal(mapped.frame, normalise(canonical, contract))


@pytest.mark.parametrize("sample", SAMPLES)
def test_detection_alone_reads_the_same(shared: Path, sample: str) -> None:
    folder, contract = shared / "samples" / sample, load_contract("rnc-tumeurs")
    recipe = load_recipe(folder / "mapping.json")
    path = folder / SAMPLES[sample]
    guessed = apply_recipe(open_extract(path), recipe, contract)
    stated = apply_recipe(open_extract(path, import_options(recipe, path)), recipe, contract)
    assert_frame_equal(guessed.frame, stated.frame)
