"""The contract as a pandera schema: what a notebook sees of it. Its verdicts: test_engines_agree."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pandas as pd  # type: ignore[import-untyped]
import polars as pl
import pytest
from pandera.errors import SchemaError, SchemaErrors

from tests.rules.engines import apart, in_pandera, random_frame, today_of
from validation_rules import to_pandera
from validation_rules.contract import Contract
from validation_rules.pandera_schema import ContractSchema

Records = Callable[..., pl.DataFrame]


@pytest.fixture(scope="session")
def schema(contract: Contract) -> ContractSchema:
    return to_pandera(contract, today_of(contract))


def test_a_failure_case_is_a_row_and_never_a_value(schema: ContractSchema, records: Records) -> None:
    frame = records({}, {"nom_naissance": "DUPONT9_", "sexe": "7"})
    with pytest.raises(SchemaErrors) as caught:
        schema.validate(frame, lazy=True)
    cases = caught.value.failure_cases.select("failure_case", "column", "check").rows()
    assert sorted(cases) == [("2", "row_id", "COD-sexe"), ("2", "row_id", "FMT-nom_naissance")]
    assert "DUPONT9_" not in str(caught.value)


def test_the_first_fault_is_enough_when_not_lazy(schema: ContractSchema, records: Records) -> None:
    with pytest.raises(SchemaError, match="COD-sexe"):
        schema.validate(records({"sexe": "7"}))


def test_sound_records_come_back_normalised(schema: ContractSchema, contract: Contract) -> None:
    raw = pl.DataFrame([{**contract.example, "nom_naissance": " dupont ", "other": "x"}])
    records = schema.validate(raw, lazy=True)
    assert records.columns == ["row_id", *contract.field_names]
    assert records.item(0, "nom_naissance") == "dupont"


def test_each_rule_bears_its_name_and_words(schema: ContractSchema, contract: Contract) -> None:
    checks = {check.name: check for check in schema.columns["row_id"].checks}
    assert {name.split(" ")[0] for name in checks} == {rule.id for rule in contract.rules}
    assert checks["SEX-01"].title == contract.rule("SEX-01").title.en


def test_a_lazy_frame_is_no_way_around(schema: ContractSchema, records: Records) -> None:
    assert in_pandera(schema, records({"sexe": "7"}).lazy()) == {"COD-sexe": [1]}


def test_pandas_says_the_same(schema: ContractSchema, contract: Contract) -> None:
    frame = random_frame(contract, 7, 100)
    texts = pd.DataFrame(frame.to_dict(as_series=False), dtype=object)
    assert apart(in_pandera(schema, frame), in_pandera(schema, texts)) == {}


def test_what_pandas_guesses_is_read_back(schema: ContractSchema, contract: Contract) -> None:
    guessed = pd.DataFrame([{**contract.example, "numero_tumeur": 1, "age_incidence": 70.0}])
    guessed["date_incidence"] = pd.to_datetime(guessed["date_incidence"])
    back = schema.validate(guessed)
    read = back.select("age_incidence", "date_incidence", "numero_tumeur").rows()
    assert read == [("70", "2020-06-15", "1")]


def test_the_day_is_that_of_the_schema(contract: Contract, records: Records) -> None:
    later = records({"date_dernieres_nouvelles": "2026-11-23"})
    before, after = (ContractSchema(contract, date(2026, 11, day)) for day in (22, 23))
    assert "DAT-03 date_dernieres_nouvelles" in in_pandera(before, later)
    assert in_pandera(after, later) == {}


SCRIPT = """
import sys
from validation_rules import to_pandera
sys.modules["pandera"] = None
try:
    to_pandera(None, None)
except ImportError as error:
    print(error)
"""


def test_without_pandera_a_sentence_names_the_extra() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert "navette[notebooks]" in done.stdout
