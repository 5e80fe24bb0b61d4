"""The four sample extracts give exactly the findings that their authors planted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.normalise import normalise

SAMPLES = ("registre", "classeur", "largeur_fixe", "desordre")


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2028, 12, 31)])
@pytest.mark.parametrize("sample", SAMPLES)
def test_sample_gives_its_truth(shared: Path, contract: Contract, sample: str, today: date) -> None:
    folder = shared / "samples" / sample
    frame = normalise(pl.read_csv(folder / "canonical.csv", infer_schema=False), contract)
    found = Checker(contract, today).check(frame).select("row_id", pl.col("rule_id").cast(pl.String))
    truth = pl.read_csv(folder / "truth.csv", schema_overrides={"row": pl.UInt32})
    assert sorted(found.rows()) == sorted(truth.select("row", "rule_id").rows())
