"""The changes that hold and the steps behind them, as lists."""

from __future__ import annotations

import polars as pl
import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.change_set import cells_of, change_set, of_rule, rules_of, steps_of
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import PlainChecker, bench_of, new_batch


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """Two cells corrected, one record withdrawn, one finding confirmed."""
    made = bench_of(workspace, new_batch(workspace))
    made.edit([CellEdit(3, "sexe", "2"), CellEdit(4, "topographie", "C53.9")], why="dossier relu")
    made.withdraw([2], "same_tumour", "vu", kept=1, rule_id="T-3")
    made.confirm([(1, "T-2")], "checked_record")
    return made


def test_the_changes_that_hold_with_the_rules_they_settle(bench: Bench) -> None:
    settled = bench.findings.clear().drop("state")
    assert change_set(bench.pending(), bench.withdrawn(), settled).height == 3
    before = bench_found(bench)
    changes = change_set(bench.pending(), bench.withdrawn(), before)
    assert changes.select("seq", "row_id", "field", "old", "new", "kept", "rules", "why").rows() == [
        (2, 2, None, None, None, 1, "T-3", "same_tumour"),
        (1, 3, "sexe", None, "2", None, "T-1", "dossier relu"),
        (1, 4, "topographie", "C61.9", "C53.9", None, None, "dossier relu"),
    ]
    assert rules_of(changes) == [("T-1", 1), ("T-3", 1)]
    assert of_rule(changes, "T-1")["row_id"].to_list() == [3]
    bench.discard(of_rule(changes, "T-1").select("row_id", "field").rows())
    left = change_set(bench.pending(), bench.withdrawn(), before)
    assert left["row_id"].to_list() == [2, 4]


def bench_found(bench: Bench) -> pl.DataFrame:
    """What the rules say of the source."""
    return PlainChecker().check(bench.mapped.frame)


def test_the_steps_from_the_source_on(bench: Bench) -> None:
    bench.go_to(1)
    steps = steps_of(bench).select("seq", "state", "en", "why_en", "note").rows()
    assert steps == [
        (3, "undone", "Confirmation of T-2, row 1", "Checked against the patient’s medical record", ""),
        (2, "undone", "Record of row 2 withdrawn", "Same tumour as another record", "vu"),
        (1, "last", "Correction of 2 cells", "dossier relu", ""),
        (0, "done", "The file as it was read", "", ""),
    ]
    bench.go_to(0)
    assert steps_of(bench)["state"].to_list() == ["undone", "undone", "undone", "last"]


def test_what_a_step_did(bench: Bench) -> None:
    cells, count = cells_of(bench, 1, 9)
    assert cells.rows() == [(3, "sexe", None, "2"), (4, "topographie", "C61.9", "C53.9")] and count == 2
    assert cells_of(bench, 1, 1)[0].rows() == cells.rows()[:1]
    assert cells_of(bench, 2, 9)[0].columns == ["row_id", "rule_id", "kept"]
    assert cells_of(bench, 3, 9)[0].rows() == [(1, "T-2", "sexe+topographie")]
    assert cells_of(bench, 9, 9)[1] == 0
