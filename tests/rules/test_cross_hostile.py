"""Hundreds of thousands of rows under one key: found, told and rechecked without pairing rows with rows."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.cross_record import find
from validation_rules.verdicts import verdicts

ROWS = 200_000


@cache
def _crowd() -> pl.DataFrame:
    """One patient number, one INS number and one identity for 200,000 tumours of every kind."""
    row = pl.int_range(ROWS)
    kind = row // 2 % 5_000
    day = date(2000, 1, 1) + pl.duration(days=row % 8_000)
    return pl.select(
        numero_patient=pl.when(row % 7 == 0).then(pl.lit("B")).otherwise(pl.lit("A")),
        numero_tumeur=row.cast(pl.String),
        matricule_ins=pl.lit("2500369123001"),
        nom_naissance=pl.lit("DUPONT"),
        prenoms=pl.lit("ANNE"),
        date_naissance=pl.concat_str(pl.lit("19"), (row % 90 + 10).cast(pl.String)),
        sexe=(row % 2 + 1).cast(pl.String),
        topographie=pl.concat_str(pl.lit("C"), (kind % 71).cast(pl.String).str.zfill(2), pl.lit(".1")),
        morphologie=(8_000 + kind * 7 % 1_990).cast(pl.String),
        comportement=pl.lit("3"),
        date_incidence=day.dt.to_string("%Y-%m-%d"),
        lateralite=(row % 2 + 1).cast(pl.String),
    )


@pytest.mark.parametrize(
    "rule_id", ["KEY-01", "IDN-09", "IDN-10", "DUP-01", "DUP-02", "MPT-01", "MPT-02", "MPT-03"]
)
def test_a_crowd_under_one_key_is_found_whole(contract: Contract, rule_id: str) -> None:
    rule = contract.rule(rule_id)
    rows = _crowd()
    if rule_id == "KEY-01":
        rows = rows.with_columns(numero_tumeur=pl.lit("1"))
    if rule_id == "DUP-01":
        rows = rows.with_columns(pl.col("date_naissance") + "-01-01", sexe=pl.lit("1"))
    least = {"DUP-02": 0.5, "MPT-01": 0.9, "MPT-02": 0.3, "MPT-03": 0.05}.get(rule_id, 1)
    assert find(rows.select(rule.fields), rule).sum() >= least * ROWS


def test_each_of_a_crowd_is_told_with_some_others(contract: Contract) -> None:
    frame = _crowd().with_row_index("row_id", offset=1).with_columns(pl.col("row_id").cast(pl.UInt32))
    for rule_id in ("MPT-01", "MPT-02", "DUP-02"):
        rule = contract.rule(rule_id)
        ids = frame.filter(find(frame.select(rule.fields), rule)).get_column("row_id")
        findings = ids.to_frame().with_columns(field=pl.lit("+".join(rule.fields)), rule_id=pl.lit(rule_id))
        some = ids.gather_every(211)
        told = verdicts(frame, findings, contract, rule_id, some)
        assert told.get_column("row_id").to_list() == some.to_list()
        assert told.get_column("others").list.len().is_between(1, 5).all()


def test_an_edit_in_a_crowd_is_as_a_whole_check(contract: Contract, checker: Checker) -> None:
    blank = {n: pl.lit(None, pl.String) for n in contract.field_names if n not in _crowd().columns}
    before = _crowd().head(5_000).with_row_index("row_id", offset=1).with_columns(**blank)
    before = before.select(pl.col("row_id").cast(pl.UInt32), *contract.field_names)
    changed = pl.when(pl.col("row_id") == 77).then(pl.lit("C99.9")).otherwise(pl.col("topographie"))
    after = before.with_columns(changed.alias("topographie"))
    again = checker.recheck_with(after, checker.check(before), [77], checker.index(before))
    assert_frame_equal(again.findings, checker.check(after))
    fired = set(again.findings.get_column("rule_id").cast(pl.String).unique())
    assert {"IDN-09", "IDN-10", "DUP-02", "MPT-01", "MPT-02", "MPT-03"} <= fired
