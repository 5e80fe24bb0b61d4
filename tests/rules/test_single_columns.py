"""Passing over good values finds what looking at every cell finds."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules import single
from validation_rules.compile import Mask, Plan
from validation_rules.contract import Contract
from validation_rules.single import fired
from validation_rules.spaces import sampled

ROWS = 3_000
CODES = st.sampled_from(["1", "2", "3", "9", "7.1", "F", "é", "12", "", None])
FIELDS = ("sexe", "base_diagnostic", "nom_naissance", "date_naissance", "numero_patient", "age_incidence")


@pytest.fixture(scope="module")
def plan(contract: Contract) -> Plan:
    return Plan(contract, date(2026, 11, 22))


def _checks(plan: Plan) -> dict[str, list[Mask]]:
    return {name: [mask for mask in plan.first if mask.reads == (name,)] for name in FIELDS}


def _same(columns: pl.DataFrame, sample: pl.DataFrame, checks: dict[str, list[Mask]]) -> None:
    plain = {
        mask.name: columns.select(mask.predicate.arg_true()).to_series().to_list()
        for masks in checks.values()
        for mask in masks
        if mask.predicate is not None
    }
    found = {mask.name: rows.to_list() for mask, rows in fired(columns, sample, checks)}
    assert plain
    assert {name: rows for name, rows in plain.items() if rows} == {
        n: rows for n, rows in found.items() if rows
    }


@settings(max_examples=25, deadline=None)
@given(
    common=st.lists(CODES, min_size=1, max_size=7),
    rare=st.dictionaries(st.integers(0, ROWS - 1), CODES, max_size=5),
    seen=st.sampled_from([2, 50, ROWS]),
)
def test_few_values(plan: Plan, common: list[str | None], rare: dict[int, str | None], seen: int) -> None:
    values = [rare.get(at, common[at % len(common)]) for at in range(ROWS)]
    columns = pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name in FIELDS})
    _same(columns, sampled(columns, seen), _checks(plan))


@pytest.mark.parametrize("distinct", [600, 2_000, ROWS])
@pytest.mark.parametrize("bad_of_ten", [0, 1, 10])
def test_many_values(plan: Plan, distinct: int, bad_of_ten: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "_LARGER", 1_000)
    numbers = [at * 7_919 % distinct for at in range(ROWS)]
    values = [
        f"{'_' if n % 10 < bad_of_ten else 'É'}{n}" if at % 50 else None for at, n in enumerate(numbers)
    ]
    columns = pl.DataFrame(dict.fromkeys(FIELDS, values))
    _same(columns, sampled(columns, 500), _checks(plan))


def test_a_sample_is_from_everywhere() -> None:
    rows = pl.DataFrame({"at": range(100_000)}).with_columns(turn=pl.col("at") % 1_000)
    sample = sampled(rows, 4_096)
    assert 3_000 < sample.height <= 4_096
    assert sample.get_column("at").is_sorted()
    assert sample.get_column("turn").n_unique() > 900
    assert sampled(rows.head(3), 4_096).equals(rows.head(3))
    assert sampled(rows.clear(), 4_096).is_empty()
