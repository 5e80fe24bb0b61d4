"""The invented extracts give exactly the findings planted in them, and none after the corrections."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.corrections import CONFIRMATION_REASONS
from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import apply_recipe, import_options, load_recipe
from desktop_app.core.stages import Mapped
from desktop_app.demo.generator import DemoSamples, DemoSite, write_samples
from desktop_app.demo.large import write_large
from desktop_app.demo.people import finess, nir_key
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> DemoSamples:
    return write_samples(tmp_path_factory.mktemp("samples"))


def mapped(site: DemoSite) -> Mapped:
    recipe = load_recipe(site.recipe)
    extract = open_extract(site.extract, import_options(recipe, site.extract))
    return apply_recipe(extract, recipe, load_contract())


def found(frame: pl.DataFrame) -> set[tuple[int, str]]:
    findings = Checker(load_contract(), TODAY).check(frame)
    return set(findings.select("row_id", pl.col("rule_id").cast(pl.String)).iter_rows())


def planted(site: DemoSite) -> set[tuple[int, str]]:
    known = {rule.id for rule in load_contract().rules}
    return {(row, rule) for row, rule in site.findings if rule in known}


@pytest.mark.parametrize("which", ["registry", "hospital"])
def test_planted_findings_and_nothing_else(samples: DemoSamples, which: str) -> None:
    site: DemoSite = getattr(samples, which)
    assert found(mapped(site).frame) == planted(site)


@pytest.mark.parametrize("which", ["registry", "hospital"])
def test_nothing_blocks_after_what_the_demonstration_does(samples: DemoSamples, which: str) -> None:
    site: DemoSite = getattr(samples, which)
    frame = mapped(site).frame
    for item in json.loads(site.corrections.read_text()):
        new = pl.when(pl.col("row_id") == item["row"]).then(pl.lit(item["new"], pl.String))
        frame = frame.with_columns(new.otherwise(pl.col(item["field"])).alias(item["field"]))
    confirmed = {(item["row"], item["rule_id"]) for item in json.loads(site.confirmations.read_text())}
    left = found(normalise(frame, load_contract())) - confirmed
    assert {rule for _, rule in left} <= {"TIM-01"}


def test_confirmations_use_known_reasons(samples: DemoSamples) -> None:
    items = json.loads(samples.registry.confirmations.read_text())
    assert {item["reason"] for item in items} <= set(CONFIRMATION_REASONS)


def test_the_same_seed_gives_the_same_bytes(samples: DemoSamples, tmp_path: Path) -> None:
    again = write_samples(tmp_path)
    for one, other in ((samples.registry, again.registry), (samples.hospital, again.hospital)):
        assert one.extract.read_bytes() == other.extract.read_bytes()


def test_two_sites_share_two_patients_in_five(samples: DemoSamples) -> None:
    shared = {hospital for _, hospital in samples.same_person}
    assert 0.35 <= len(shared) / samples.hospital.patients <= 0.45
    assert not shared & {hospital for _, hospital in samples.look_alikes}


def test_invented_numbers_have_valid_keys_and_no_real_serial(samples: DemoSamples) -> None:
    numbers = mapped(samples.hospital).frame["matricule_ins"].drop_nulls()
    assert all(number[13:] == nir_key(number[:13]) and number[10] == "9" for number in numbers)
    assert finess("33", 7407) == "339974073"


def test_the_hospital_writes_titles_numbers_and_both_kinds_of_dates(samples: DemoSamples) -> None:
    recipe = load_recipe(samples.hospital.recipe)
    extract = open_extract(samples.hospital.extract, import_options(recipe, samples.hospital.extract))
    assert extract.options.header_row == 4
    assert extract.kinds is not None
    assert set(extract.kinds["Date du diagnostic"].unique()) >= {0, 2}


def test_a_large_extract_is_clean_but_for_what_was_wanted(tmp_path: Path) -> None:
    write_large(tmp_path / "large.csv", 3000, wrong=0.01)
    read = pl.read_csv(
        tmp_path / "large.csv", infer_schema=False, row_index_name="row_id", row_index_offset=1
    )
    frame = normalise(read.with_columns(pl.col("row_id").cast(pl.UInt32)), load_contract())
    assert {rule for _, rule in found(frame) if not rule.startswith("DUP")} == {"COD-sexe"}
