"""Three engines, one verdict: our own, pandera, and for SQL rules DuckDB."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.engines import apart, in_duckdb, in_pandera, ours, random_frame, today_of
from validation_rules.check import Checker
from validation_rules.contract import Contract, available_contracts, load_contract
from validation_rules.duckdb_sql import DuckDbSql, duckdb_sql
from validation_rules.normalise import normalise
from validation_rules.pandera_schema import ContractSchema

SEEDS = st.integers(0, 2**32)
ROWS = 200


class Engines:
    """The three, for one contract."""

    def __init__(self, contract: Contract, today: date) -> None:
        self.contract = contract
        self.checker = Checker(contract, today)
        self.schema = ContractSchema(contract, today)
        self.sql: DuckDbSql = duckdb_sql(contract, today)

    def agree(self, frame: pl.DataFrame) -> int:
        """Holds the three equal, row by row, and gives the number of findings."""
        found = ours(self.checker, self.contract, frame)
        assert apart(found, in_pandera(self.schema, frame)) == {}
        asked = {query.step.name for query in self.sql.queries}
        in_sql = {name: rows for name, rows in found.items() if name in asked}
        assert apart(in_sql, in_duckdb(self.sql, frame)) == {}
        return sum(map(len, found.values()))


@pytest.fixture(scope="session", params=available_contracts())
def engines(request: pytest.FixtureRequest) -> Engines:
    contract = load_contract(request.param)
    return Engines(contract, today_of(contract))


@pytest.fixture(scope="session")
def tumours(contract: Contract) -> Engines:
    return Engines(contract, today_of(contract))


@pytest.mark.parametrize("sample", ["registre", "classeur", "largeur_fixe", "desordre"])
def test_the_samples(shared: Path, tumours: Engines, sample: str) -> None:
    path = shared / "samples" / sample / "canonical.csv"
    assert tumours.agree(normalise(pl.read_csv(path, infer_schema=False), tumours.contract)) >= 40


@settings(max_examples=2, deadline=None)
@given(seed=SEEDS)
def test_random_frames(engines: Engines, seed: int) -> None:
    assert engines.agree(random_frame(engines.contract, seed, ROWS)) > ROWS / 4


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_many_random_frames(engines: Engines, seed: int) -> None:
    assert engines.agree(random_frame(engines.contract, seed, 2 * ROWS)) > ROWS / 2


def test_random_frames_fire_nearly_every_rule(tumours: Engines) -> None:
    frames = [random_frame(tumours.contract, seed, ROWS) for seed in range(5)]
    fired = set().union(*(ours(tumours.checker, tumours.contract, frame) for frame in frames))
    asked = {check.name for check in tumours.schema.columns["row_id"].checks}
    assert len(fired) > 0.9 * len(asked)


def test_every_rule_is_asked_somewhere(engines: Engines) -> None:
    in_sql = {query.step.rule.id for query in engines.sql.queries}
    left_out = {rule.id for rule in engines.sql.left_out}
    assert in_sql | left_out == {rule.id for rule in engines.contract.rules}
    assert all(engines.contract.rule(rule_id).kind == "custom" for rule_id in left_out)


def test_a_clean_frame_passes(engines: Engines) -> None:
    example = pl.DataFrame([dict(engines.contract.example)])
    assert engines.agree(normalise(example, engines.contract)) == 0
