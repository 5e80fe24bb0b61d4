from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix import desk
from desktop_app.ui.fix.desk import Workbench, Written
from desktop_app.ui.fix.scope import Scope, cases_in, counted, plan
from desktop_app.ui.models.causes import Case
from desktop_app.ui.models.selection import Selection
from desktop_app.ui.models.snapshot import Snapshot
from tests.memory_secrets import MemorySecrets
from tests.one_tumour import TODAY
from tests.ui.fix_parts import EXPECTED, small_batch


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    mapped = small_batch()
    batch = workspace.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}")
    return Bench.start(workspace, batch.id, mapped, TODAY)


def case_of(snapshot: Snapshot, row_id: int) -> Case:
    row = snapshot.cases.filter(pl.col("row_id") == row_id).row(0, named=True)
    return Case(0, row_id, row["field"], row["rule_id"], row["severity"], row["value"] or "", row["state"], 1)


def test_the_small_batch_has_the_findings_that_the_tests_speak_of(bench: Bench) -> None:
    assert set(bench.findings.select("row_id", "rule_id").iter_rows()) == EXPECTED


def test_a_plan_tells_before_and_after(bench: Bench) -> None:
    snapshot = Workbench(bench).select(Selection()).snapshot
    planned = plan(snapshot, case_of(snapshot, 2), Scope.SAME, "sexe", "2")
    assert planned.cells() == [(2, "sexe", "2"), (3, "sexe", "2")]
    assert planned.before == (("7", 2),)
    assert planned.more == 0


def test_a_plan_for_one_cell_touches_no_other(bench: Bench) -> None:
    snapshot = Workbench(bench).select(Selection()).snapshot
    assert plan(snapshot, case_of(snapshot, 2), Scope.CELL, "sexe", "2").cells() == [(2, "sexe", "2")]
    assert plan(snapshot, case_of(snapshot, 2), Scope.CELL, "sexe", "7").cells() == []


def test_scopes_hold_open_findings_of_the_same_cause(bench: Bench) -> None:
    snapshot = Workbench(bench).select(Selection()).snapshot
    case = case_of(snapshot, 3)
    assert [cases_in(snapshot, case, scope).height for scope in Scope] == [1, 2, 2]
    for row_id in (2, 3, 5, 6):
        each = case_of(snapshot, row_id)
        for scope in Scope:
            assert counted(snapshot, each, scope) == cases_in(snapshot, each, scope).height


def test_an_action_keeps_the_rows_in_view(bench: Bench) -> None:
    work = Workbench(bench)
    before = work.select(Selection({"rule_id": frozenset({"COD-sexe"})}))
    after = work.act(lambda at: at.edit([CellEdit(2, "sexe", "2")]))
    assert after.view.positions.to_list() == before.view.positions.to_list()
    assert after.snapshot.touched == {2}
    assert after.snapshot.count("error", "corrected") == 1
    assert after.can_undo and not after.can_redo


def test_what_an_undone_block_brought_was_never_corrected(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "FEW", 0)  # every edit is one of many rows
    work = Workbench(bench)
    before = work.select(Selection()).snapshot
    edited = work.act(lambda at: at.edit([CellEdit(1, "sexe", "8"), CellEdit(2, "sexe", "2")])).snapshot
    assert edited.count("error") == before.count("error") and edited.count("error", "corrected") == 1
    assert work.act(Bench.undo).snapshot.cases.equals(before.cases)
    assert work.act(Bench.redo).snapshot.cases.equals(edited.cases)


@pytest.mark.parametrize("again", [False, True])
def test_what_an_undone_edit_brought_was_never_corrected(
    bench: Bench, workspace: Workspace, again: bool
) -> None:
    """As in a block; in a row that has findings of the source, and after a restart, nothing kept."""
    bench.edit([CellEdit(2, "sexe", "2"), CellEdit(5, "comportement", "3")])
    if again:
        bench = Bench.start(workspace, workspace.batches.list()[0].id, small_batch(), TODAY)
    work = Workbench(bench)
    before = work.select(Selection()).snapshot
    assert before.count("error", "corrected") == 2
    work.act(lambda at: at.edit([CellEdit(3, "grade", "X"), CellEdit(2, "grade", "X")]))
    assert work.act(Bench.undo).snapshot.cases.equals(before.cases)


def test_the_rows_of_an_edit_are_told_before_the_lists(bench: Bench) -> None:
    work = Workbench(bench)
    work.select(Selection())
    told: list[Written] = []
    outcome = work.act(lambda at: at.edit([CellEdit(2, "sexe", "2")]), 7, told.append)
    (first,) = told
    assert first.action == 7 and first.change is outcome.change and first.snapshot is outcome.snapshot
    assert first.snapshot.touched == {2} and first.snapshot.count("error", "corrected") == 1


def test_what_breaks_off_after_an_action_leaves_nothing_half_to_be_seen(bench: Bench) -> None:
    work = Workbench(bench)
    work.select(Selection())

    def torn(told: Written) -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        work.act(lambda at: at.edit([CellEdit(2, "sexe", "2")]), tell=torn)
    after = work.act(lambda at: at.edit([CellEdit(3, "sexe", "2")]))
    anew = Workbench(bench).select(Selection())
    assert after.snapshot.cases.equals(anew.snapshot.cases) and after.snapshot.touched == {2, 3}
    assert after.view.cases.equals(anew.view.cases) and after.view.counts == anew.view.counts


def test_corrected_findings_are_told_after_a_restart(bench: Bench, workspace: Workspace) -> None:
    bench.edit([CellEdit(2, "sexe", "2")])
    batch = workspace.batches.list()[0]
    again = Bench.start(workspace, batch.id, small_batch(), TODAY)
    outcome = Workbench(again).select(Selection())
    assert outcome.snapshot.count("error", "corrected") == 1
    assert outcome.corrections.line(0)[:4] == (2, "sexe", "7", "2")


def test_nothing_is_lost_when_the_workspace_is_opened_again(tmp_path: Path) -> None:
    secrets, mapped = MemorySecrets(), small_batch()
    with Workspace.open(tmp_path / "w", secrets) as first:
        batch = first.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}")
        Workbench(Bench.start(first, batch.id, mapped, TODAY)).act(
            lambda at: at.edit([CellEdit(5, "comportement", "3")])
        )
    with Workspace.open(tmp_path / "w", secrets) as second:
        outcome = Workbench(Bench.start(second, batch.id, mapped, TODAY)).select(Selection())
    assert outcome.snapshot.frame["comportement"][4] == "3"
    assert outcome.can_undo
