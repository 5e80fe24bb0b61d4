"""On the bench: findings over several records are told with their rows, and their confirmations hold for as
long as all these records stay as they are."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import RECIPE, SOURCE, TODAY, new_batch
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

BREASTS = [
    {"numero_tumeur": "1", "lateralite": "1"},
    {"numero_tumeur": "2", "lateralite": "2", "topographie": "C50.9", "date_incidence": "2020-12-15"},
    {"numero_patient": "P2", "nom_naissance": "DURAND", "topographie": "C18.2", "lateralite": ""}
    | {"morphologie": "8140"},
]
PAIRS = [(1, "MPT-01"), (2, "MPT-01"), (1, "MPT-03"), (2, "MPT-03")]


def batch(records: list[dict[str, str]]) -> Mapped:
    contract = load_contract()
    rows = [{**contract.example, **record} for record in records]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))
    return Mapped(SOURCE, RECIPE, contract, normalise(frame, contract))


def states(bench: Bench) -> dict[tuple[int, str], str]:
    rows = bench.findings.select("row_id", pl.col("rule_id").cast(pl.String), "state").rows()
    return {(row, rule): state for row, rule, state in rows if rule.startswith(("MPT", "DUP"))}


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """Two breasts of one patient, confirmed as two tumours."""
    started = Bench.start(workspace, new_batch(workspace), batch(BREASTS), TODAY)
    assert set(states(started)) == set(PAIRS)
    started.confirm(PAIRS, "checked_pathology")
    assert set(states(started).values()) == {"confirmed"}
    return started


def test_the_verdict_names_rows_groups_rule_and_table(bench: Bench) -> None:
    told = bench.verdict(1, "MPT-01")
    assert told is not None and told.others == (2,)
    for word in (
        "ligne 2",
        "C50.9 8500/3",
        "groupe 3, adénocarcinomes",
        "MP-3",
        "siège C50",
        "IARC/IACR 2004",
    ):
        assert word in told.text.fr
    assert bench.verdict(3, "MPT-01") is None and bench.verdict(1, "SEX-01") is None
    moved = {"numero_patient": "P0001", "numero_tumeur": "3", "topographie": "C50.1"}
    bench.edit([CellEdit(3, name, value) for name, value in moved.items()])
    again = bench.verdict(1, "MPT-01")
    assert again is not None and again.others == (2, 3)


def test_a_value_of_the_other_record_makes_it_lapse_until_it_is_back(bench: Bench) -> None:
    bench.edit([CellEdit(2, "morphologie", "8480")])
    assert states(bench)[1, "MPT-01"] == "open" and (1, "MPT-03") not in states(bench)
    bench.undo()
    assert set(states(bench).values()) == {"confirmed"}
    bench.edit([CellEdit(2, "prenoms", "LISE")])
    assert set(states(bench).values()) == {"confirmed"}


def test_another_record_that_joins_makes_it_lapse(bench: Bench) -> None:
    bench.edit([CellEdit(3, "numero_patient", "P0001"), CellEdit(3, "numero_tumeur", "3")])
    assert states(bench)[1, "MPT-01"] == "confirmed"
    bench.edit([CellEdit(3, "topographie", "C50.1")])
    assert {state for (_, rule), state in states(bench).items() if rule == "MPT-01"} == {"open"}
    assert states(bench)[1, "MPT-03"] == "confirmed"
    bench.undo()
    assert states(bench)[1, "MPT-01"] == "confirmed"


def test_an_unusable_value_takes_a_record_out(bench: Bench) -> None:
    bench.edit([CellEdit(3, "numero_patient", "P0001"), CellEdit(3, "numero_tumeur", "3")])
    bench.edit([CellEdit(3, "topographie", "C50.7")])
    assert states(bench)[1, "MPT-01"] == "confirmed"


def test_it_holds_next_month_whatever_the_order_of_the_rows(workspace: Workspace, bench: Bench) -> None:
    mapped = batch([BREASTS[2], BREASTS[1], BREASTS[0]])
    moved = replace(mapped, frame=mapped.frame.with_columns(pl.col("row_id") + 40))
    later = Bench.start(workspace, new_batch(workspace), moved, TODAY)
    assert states(later) == {(row, rule): "confirmed" for row in (42, 43) for rule in ("MPT-01", "MPT-03")}
    joined = batch([*BREASTS, {"numero_tumeur": "3", "topographie": "C50.8", "morphologie": "8010"}])
    more = Bench.start(workspace, new_batch(workspace), joined, TODAY)
    assert states(more)[1, "MPT-01"] == "open" and states(more)[1, "MPT-03"] == "confirmed"
