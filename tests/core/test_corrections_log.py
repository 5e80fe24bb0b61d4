"""The log itself: append-only, folded strictly, and silent about values."""

from __future__ import annotations

import apsw
import polars as pl
import pytest

from desktop_app.core.corrections import EDIT_SCHEMA, Action, CorrectionLog, History
from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace, open_secrets
from tests.core.bench_parts import new_batch

CELLS = pl.DataFrame([(1, "nom_naissance", "CANARI", "CANARIS", "00")], schema=EDIT_SCHEMA, orient="row")


@pytest.fixture
def log(workspace: Workspace) -> CorrectionLog:
    """The log of a new batch."""
    return CorrectionLog(workspace, new_batch(workspace))


def test_an_action_comes_back_as_it_was(log: CorrectionLog) -> None:
    made = log.append("edit", CELLS, why="courrier", note="vu")
    (read,) = log.actions()
    assert (read.seq, read.kind, read.who, read.when, read.why, read.note, read.size) == (
        1, "edit", made.who, made.when, "courrier", "vu", 1,
    )  # fmt: skip
    assert read.cells is not None and read.cells.equals(CELLS)


@pytest.mark.parametrize("change", ["UPDATE correction SET why = 'other'", "DELETE FROM correction"])
def test_nothing_in_it_can_be_changed(log: CorrectionLog, workspace: Workspace, change: str) -> None:
    log.append("edit", CELLS)
    with pytest.raises(apsw.ConstraintError), workspace.database.write() as run:
        run(change)
    assert len(log.actions()) == 1


def test_batches_have_logs_of_their_own(log: CorrectionLog, workspace: Workspace) -> None:
    log.append("edit", CELLS)
    other = CorrectionLog(workspace, new_batch(workspace))
    assert other.append("edit", CELLS).seq == 1 and log.append("edit", CELLS).seq == 2


def test_an_undo_of_another_step_is_refused(log: CorrectionLog) -> None:
    log.append("edit", CELLS)
    log.append("undo", target=7)
    with pytest.raises(AppError, match="inconsistent"):
        log.history()


def test_a_redo_with_nothing_undone_is_refused(log: CorrectionLog) -> None:
    log.append("redo", target=1)
    with pytest.raises(AppError, match="inconsistent"):
        log.history()


def test_an_undone_step_stays_in_the_log(log: CorrectionLog) -> None:
    log.append("edit", CELLS)
    log.append("undo", target=1)
    log.append("edit", CELLS)
    history = log.history()
    assert [step.seq for step in history.done] == [3] and history.undone == ()
    assert [action.kind for action in log.actions()] == ["edit", "undo", "edit"]


def test_no_value_is_in_a_repr(log: CorrectionLog) -> None:
    action: Action = log.append("edit", CELLS, note="CANARI")
    assert "CANARI" not in repr(action) + repr(History((action,)))


def test_no_identity_on_the_disk_in_the_clear(workspace: Workspace) -> None:
    log = CorrectionLog(workspace, new_batch(workspace))
    names = pl.Series([f"CANARI-{number:05}" for number in range(20_000)])
    log.append("edit", CELLS, why="CANARI", note="CANARI")
    many = pl.DataFrame({"row_id": pl.int_range(0, 20_000, eager=True), "new": names}).with_columns(
        field=pl.lit("nom_naissance"), old=names, record=pl.lit("CANARI")
    )
    log.append("edit", many.select(pl.col(name).cast(kind) for name, kind in EDIT_SCHEMA.items()))
    workspace.reverse.put(
        "b", many.select(record_id="new", row_id="row_id", numero_patient="old", numero_tumeur="old")
    )
    workspace.settings.put("display_name", "CANARI")
    workspace.feedback.put("b", "CANARI" * 1000)
    for when in ("open", "closed"):
        files = {path.name: path.read_bytes() for path in workspace.folder.rglob("*") if path.is_file()}
        assert len(files) >= 2, when
        for text in ("CANARI", "nom_naissance", "CREATE TABLE"):
            for form in (text.encode(), text.encode("utf-16-le")):
                assert not [name for name, content in files.items() if form in content], (when, text)
        workspace.close()


def test_a_locked_out_disk_leaves_no_action(workspace: Workspace, log: CorrectionLog) -> None:
    pages = int(str(workspace.database.read("PRAGMA page_count")[0][0]))
    workspace.database.read(f"PRAGMA max_page_count = {pages}")
    noise = pl.DataFrame({"new": [str(number * 7919 % 104729) for number in range(50_000)]})
    with pytest.raises(AppError, match="disk_full"):
        log.append("edit", noise)
    assert log.actions() == []


def test_secrets_and_workspace_share_a_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("both")
    with Workspace.open(folder, open_secrets(folder, lambda: "quatre mots sans lien")) as workspace:
        assert workspace.secrets.names() == ["workspace-key"]
