"""Thousands of findings from one setting of the mapping are one cause with one fix."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from desktop_app.core.causes import root_causes, root_keys, told
from desktop_app.core.mapping.recipe import Recipe, parse_recipe
from desktop_app.core.stages import Mapped, SourceFile
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

CONTRACT = load_contract("rnc-tumeurs")
CHECKER = Checker(CONTRACT, date(2026, 11, 22))


def mapped(rows: int, recipe: str = "", **changes: Any) -> Mapped:
    """`rows` sound records, some columns replaced: a value for all, or a list that repeats."""
    cells = {name: [CONTRACT.example.get(name)] * rows for name in CONTRACT.field_names}
    cells["numero_patient"] = [f"P{n}" for n in range(rows)]
    for name, value in changes.items():
        values = value if isinstance(value, list) else [value]
        cells[name] = (values * rows)[:rows]
    frame = normalise(pl.DataFrame(cells, schema=dict.fromkeys(CONTRACT.field_names, pl.String)), CONTRACT)
    made: Recipe = parse_recipe(recipe or '{"contract": "rnc-tumeurs", "columns": []}')
    return Mapped(SourceFile(Path("a.csv"), "0" * 64, 1), made, CONTRACT, frame)


def causes(batch: Mapped) -> list[tuple[str, str, str, int]]:
    found = root_causes(batch, batch.frame, CHECKER.check(batch.frame))
    return [(cause.kind, cause.field, cause.value, cause.count) for cause in found]


def test_a_sound_batch_has_none() -> None:
    assert causes(mapped(50)) == []


def test_a_column_that_was_not_mapped() -> None:
    assert causes(mapped(500, base_diagnostic=None)) == [("unmapped", "base_diagnostic", "", 500)]


def test_rules_that_read_the_lacking_column_share_its_cause() -> None:
    batch = mapped(60, date_dernieres_nouvelles=None, grade=None)
    assert causes(batch) == [
        ("unmapped", "date_dernieres_nouvelles", "", 60),
        ("unmapped", "grade", "", 60),
    ]


def test_a_form_of_date_that_was_not_declared() -> None:
    batch = mapped(90, date_incidence=["12/03/2020", "01/04/2021", "2020-02-01"])
    assert ("form", "date_incidence", "99/99/9999", 60) in causes(batch)


def test_two_codes_exchanged_in_a_recode() -> None:
    recipe = """{"contract": "rnc-tumeurs", "columns": [
        {"header": "S", "field": "sexe", "recode": {"F": "1", "H": "2"}}]}"""
    batch = mapped(100, recipe, sexe=["1"], topographie="C56.9", lateralite="9")
    (cause,) = [c for c in root_causes(batch, batch.frame, CHECKER.check(batch.frame)) if c.kind == "recode"]
    assert (cause.field, cause.value, cause.rule_ids) == ("sexe", "1", ("SEX-01",))
    assert "F" in cause.title.fr and "100" in told(cause).fr


def test_a_default_that_does_not_fit() -> None:
    recipe = '{"contract": "rnc-tumeurs", "columns": [], "defaults": {"edition_cimo": "3.2"}}'
    batch = mapped(40, recipe, date_incidence="1999-05-01", date_naissance="1940-03-12", age_incidence="59")
    assert ("default", "edition_cimo", "3.2", 40) in causes(batch)


@pytest.mark.parametrize("rows", [1, 19])
def test_a_few_findings_stay_findings(rows: int) -> None:
    assert causes(mapped(rows, base_diagnostic=None)) == []


def test_every_finding_keeps_its_place() -> None:
    batch = mapped(30, base_diagnostic=None, sexe="7")
    findings = CHECKER.check(batch.frame)
    keys = root_keys(batch, batch.frame, findings)
    of = dict(zip(findings.get_column("rule_id").cast(pl.String), keys, strict=True))
    assert of["REQ-base_diagnostic"] is not None and of["COD-sexe"] is None


def test_no_value_of_a_patient_is_in_a_cause() -> None:
    batch = mapped(40, nom_naissance=[f"CANARI{n}!" for n in range(40)])
    (cause,) = root_causes(batch, batch.frame, CHECKER.check(batch.frame))
    assert (cause.kind, cause.value, cause.count) == ("form", "A99!", 30)
    assert "CANARI" not in repr(cause)
