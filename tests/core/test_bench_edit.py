"""Editing on the bench: what is seen is saved, normalised, and checked again."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from desktop_app.core.bench import Bench, CellEdit, Counts
from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import SMALL, SOURCE, TODAY, batch, bench_of, new_batch, verdicts


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """A small batch on the bench."""
    return bench_of(workspace, new_batch(workspace))


def value(bench: Bench, row: int, field: str) -> object:
    """One cell as it is now."""
    return bench.frame.filter(pl.col("row_id") == row)[field].item()


def test_counts_before_any_action(bench: Bench) -> None:
    assert bench.counts() == Counts(errors=1, to_confirm=3, confirmed=0, infos=0, corrected=0)


def test_an_edit_is_normalised_and_checked_again(bench: Bench) -> None:
    change = bench.edit([CellEdit(3, "topographie", " c50.1 "), CellEdit(3, "sexe", "2")], why="dossier")
    assert change.rows == (3,) and change.cells == 2
    assert value(bench, 3, "topographie") == "C50.1"
    assert (3, "T-1", "open") not in verdicts(bench)


def test_only_what_changes_is_kept(bench: Bench) -> None:
    assert bench.edit([CellEdit(1, "sexe", " 1")]).seq is None
    bench.edit([CellEdit(1, "sexe", "1"), CellEdit(2, "sexe", "1")])
    assert bench.pending().select("row_id", "field", "old", "new").rows() == [(2, "sexe", "2", "1")]


def test_the_last_of_two_values_for_one_cell_counts(bench: Bench) -> None:
    bench.edit([CellEdit(1, "sexe", "2"), CellEdit(1, "sexe", "9")])
    assert value(bench, 1, "sexe") == "9"


def test_a_whole_row_can_be_emptied_and_brought_back(bench: Bench) -> None:
    before = bench.frame
    bench.edit([CellEdit(1, name, None) for name in bench.contract.field_names])
    assert value(bench, 1, "numero_patient") is None
    bench.undo()
    assert_frame_equal(bench.frame, before)


@pytest.mark.parametrize(
    "cell", [CellEdit(99, "sexe", "1"), CellEdit(1, "poids", "1"), CellEdit(0, "sexe", "1")]
)
def test_a_cell_that_does_not_exist_changes_nothing(bench: Bench, cell: CellEdit) -> None:
    before = bench.frame
    with pytest.raises(AppError, match="unknown_cell"):
        bench.edit([CellEdit(2, "sexe", "1"), cell])
    assert bench.frame is before and not bench.can_undo


def test_fix_all_changes_the_rows_with_that_finding_and_value(bench: Bench) -> None:
    assert bench.same_value_rows("T-3", "sexe", "2").to_list() == [2]
    assert bench.fix_all("T-1", "sexe", None, "2").rows == (3,)
    assert value(bench, 4, "sexe") == "1"


def test_discard_puts_the_source_back_and_can_be_undone(bench: Bench) -> None:
    bench.edit([CellEdit(1, "sexe", "2"), CellEdit(4, "sexe", "9")])
    bench.edit([CellEdit(1, "sexe", "3")])
    bench.discard([(1, "sexe")])
    assert bench.pending()["row_id"].to_list() == [4]
    bench.undo()
    assert value(bench, 1, "sexe") == "3"


def test_undo_and_redo_give_back_frame_and_findings(bench: Bench) -> None:
    seen = [(bench.frame, bench.findings)]
    bench.edit([CellEdit(3, "sexe", "1"), CellEdit(1, "sexe", None)])
    seen.append((bench.frame, bench.findings))
    bench.confirm([(3, "T-2")], "checked_record")
    seen.append((bench.frame, bench.findings))
    for frame, findings in (seen[1], seen[0]):
        assert bench.undo() is not None
        assert_frame_equal(bench.frame, frame)
        assert_frame_equal(bench.findings, findings)
    for frame, findings in seen[1:]:
        assert bench.redo() is not None
        assert_frame_equal(bench.frame, frame)
        assert_frame_equal(bench.findings, findings)
    assert bench.redo() is None


def test_a_new_step_ends_what_could_be_redone(bench: Bench) -> None:
    bench.edit([CellEdit(1, "sexe", "2")])
    bench.undo()
    bench.edit([CellEdit(1, "sexe", "3")])
    assert not bench.can_redo and bench.redo() is None


def test_a_label_tells_the_place_and_no_value(bench: Bench) -> None:
    change = bench.edit([CellEdit(1, "nom_naissance", "MARTIN-CANARI")])
    assert "MARTIN" not in change.label.fr + change.label.en and "1" in change.label.fr
    undone = bench.undo()
    assert undone is not None and undone.label.fr.startswith("Annulé")


def test_pending_says_who_when_and_why(bench: Bench, workspace: Workspace) -> None:
    workspace.settings.put("display_name", "Claire Durand")
    change = bench.edit([CellEdit(1, "sexe", "2")], why="courrier du 3 mai")
    line = bench.pending().row(0, named=True)
    assert (line["who"], line["why"], line["when"]) == ("Claire Durand", "courrier du 3 mai", change.saved_at)


def test_pending_follows_undo_and_redo(bench: Bench) -> None:
    bench.edit([CellEdit(1, "sexe", "2")])
    bench.edit([CellEdit(1, "sexe", "3"), CellEdit(4, "sexe", "9")])
    bench.undo()
    assert bench.pending().select("row_id", "old", "new").rows() == [(1, "1", "2")]
    bench.redo()
    assert bench.pending().select("row_id", "old", "new").rows() == [(1, "1", "3"), (4, "1", "9")]


def test_after_a_restart_the_last_value_of_a_cell_counts(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    for new in ("2", "3"):
        bench_of(workspace, batch_id).edit([CellEdit(1, "sexe", new)])
    assert value(bench_of(workspace, batch_id), 1, "sexe") == "3"


def test_a_restart_brings_everything_back(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    bench = bench_of(workspace, batch_id)
    bench.edit([CellEdit(3, "sexe", "1")])
    bench.confirm([(1, "T-2"), (3, "T-2")], "checked_pathology")
    bench.edit([CellEdit(4, "sexe", "9")])
    bench.undo()
    again = bench_of(workspace, batch_id)
    assert_frame_equal(again.frame, bench.frame)
    assert_frame_equal(again.findings, bench.findings)
    assert [step.seq for step in again.history.undone] == [3]


def test_another_source_is_refused(workspace: Workspace) -> None:
    other = replace(batch(SMALL), source=replace(SOURCE, sha256="cd" * 32))
    with pytest.raises(AppError, match="other_source"):
        Bench.start(workspace, new_batch(workspace), other, TODAY)


def test_after_a_change_of_recipe_stale_cells_are_left_out(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    bench = bench_of(workspace, batch_id)
    bench.edit([CellEdit(1, "sexe", "2"), CellEdit(4, "sexe", "9")])
    other = batch([("P1", "3", "C53.9"), *SMALL[1:]])
    again = bench_of(workspace, batch_id, other)
    assert again.stale.rows() == [(1, "sexe")]
    assert value(again, 1, "sexe") == "3" and value(again, 4, "sexe") == "9"
    again.undo()
    assert_frame_equal(again.frame, other.frame)
