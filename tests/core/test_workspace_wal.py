"""A WAL lost or damaged after a crash: the copy that has more comes back, and what none has is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.core.workspace import Workspace, open_secrets, standing
from desktop_app.core.workspace.backup import back_up, restore
from desktop_app.core.workspace.database import DATABASE_FILE, Database
from desktop_app.core.workspace.recovery import ASIDE, GOOD_FILE
from desktop_app.core.workspace.retention import purge
from tests.core.bench_parts import bench_of, new_batch
from tests.core.editing_child import KEY, OneKey, name_at
from tests.core.test_workspace_recovery import corrected, written
from tests.memory_secrets import MemorySecrets

WAL = f"{DATABASE_FILE}-wal"
PHRASE = "une autre phrase assez longue"


def killed(folder: Path, workspace: Workspace) -> Path:
    """The folder as a kill -9 leaves it."""
    left = folder.parent / "left"
    shutil.copytree(workspace.folder, left)
    workspace.close()
    return left


def spoilt(folder: Path, how: str) -> None:
    """The WAL deleted, with one bit turned near its start, or cut in half."""
    path = folder / WAL
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    if how == "deleted":
        path.unlink()
    else:
        path.write_bytes(content if how == "turned" else path.read_bytes()[: len(content) // 2])


@pytest.mark.parametrize("how", ["deleted", "turned", "cut"])
def test_the_copy_that_has_more_comes_back(tmp_path: Path, how: str) -> None:
    Workspace.open(tmp_path / "work", OneKey()).close()
    workspace = Workspace.open(tmp_path / "work", OneKey())
    batch_id = new_batch(workspace)
    corrected(workspace, batch_id, 30)
    workspace.keep_copy()
    folder = killed(tmp_path / "work", workspace)
    spoilt(folder, how)
    for expected in (True, False):
        with Workspace.open(folder, OneKey()) as opened:
            assert len(written(opened, batch_id)) == 30
            assert opened.recovered is expected and bool(opened.notices) is expected
            assert all("rien n’y manque" in told.fr for told in opened.notices)


@pytest.mark.parametrize("how", ["deleted", "turned", "cut"])
def test_what_no_copy_holds_is_counted_and_told_once(tmp_path: Path, how: str) -> None:
    workspace = Workspace.open(tmp_path / "work", OneKey())
    batch_id = new_batch(workspace)
    corrected(workspace, batch_id, 5)
    workspace.keep_copy()
    corrected(workspace, batch_id, 40)
    folder = killed(tmp_path / "work", workspace)
    spoilt(folder, how)
    with Workspace.open(folder, OneKey()) as opened:
        names = written(opened, batch_id)
        assert len(names) >= 5 and names == [name_at(seq) for seq in range(1, len(names) + 1)]
        assert f"Il manque {45 - len(names)} actions" in opened.notices[-1].fr
        assert not any("rien n’y manque" in told.fr for told in opened.notices)
    with Workspace.open(folder, OneKey()) as opened:
        assert opened.notices == ()


@pytest.mark.parametrize("more", [1, 2])
def test_a_change_that_is_no_correction_is_told_too(tmp_path: Path, more: int) -> None:
    """The copy comes back, and what was saved after it is not in it."""
    workspace = Workspace.open(tmp_path / "work", OneKey())
    batch_id = new_batch(workspace)
    workspace.keep_copy()
    for _ in range(more):
        workspace.batches.set_state(batch_id, "sent")
    folder = killed(tmp_path / "work", workspace)
    spoilt(folder, "deleted")
    with Workspace.open(folder, OneKey()) as opened:
        assert opened.recovered and "Il manque des changements" in opened.notices[-1].fr
        assert not any("rien n’y manque" in told.fr for told in opened.notices)


def test_a_copy_that_has_more_and_is_damaged_is_put_aside(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "work", OneKey())
    corrected(workspace, new_batch(workspace), 30)
    workspace.keep_copy()
    folder = killed(tmp_path / "work", workspace)
    spoilt(folder, "deleted")
    with (folder / GOOD_FILE).open("r+b") as file:
        file.seek(-2000, 2)
        file.write(b"damage")
    Workspace.open(folder, OneKey()).close()
    assert list(folder.glob(f"{ASIDE}*.good.db"))


def test_what_a_beat_put_into_the_file_no_wal_takes_away(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "work", OneKey())
    batch_id = new_batch(workspace)
    corrected(workspace, batch_id, 8)
    workspace.beat()
    assert not (tmp_path / "work" / WAL).stat().st_size
    corrected(workspace, batch_id, 3)
    folder = killed(tmp_path / "work", workspace)
    (folder / WAL).unlink()
    with Workspace.open(folder, OneKey()) as opened:
        assert len(written(opened, batch_id)) == 8 and "Il manque 3 actions" in opened.notices[0].fr


def test_a_beat_that_comes_after_the_closing_is_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path, KEY)
    with database.write() as run:
        run("INSERT INTO setting VALUES ('a', '1')")
    reader = Database(tmp_path, KEY, readonly=True)  # so that the WAL stays
    database.close()
    assert (tmp_path / WAL).stat().st_size
    database.settle()
    reader.close()


@pytest.mark.parametrize("after", ["nothing", "mark", "undo", "purge", "copy", "no mark", "torn mark"])
def test_no_alarm_where_nothing_was_lost(tmp_path: Path, after: str) -> None:
    """Among others: a kill between a commit and the writing of the mark."""
    workspace = Workspace.open(tmp_path / "work", OneKey())
    batch_id = new_batch(workspace)
    corrected(workspace, batch_id, 4)
    mark = (tmp_path / "work" / standing.MARK_FILE).read_bytes()
    corrected(workspace, batch_id, 4)
    if after == "undo":
        bench_of(workspace, batch_id).undo()
    elif after == "purge":
        purge(workspace, [batch_id])
    elif after == "copy":
        workspace.keep_copy()
    folder = killed(tmp_path / "work", workspace)
    if after in ("mark", "torn mark"):
        (folder / standing.MARK_FILE).write_bytes(mark if after == "mark" else mark[:70] + b"9" + mark[71:])
    elif after == "no mark":
        (folder / standing.MARK_FILE).unlink()
    for _ in range(2):
        with Workspace.open(folder, OneKey()) as opened:
            assert opened.notices == () and not opened.recovered


def test_an_older_backup_is_no_loss(tmp_path: Path) -> None:
    folder, backup = tmp_path / "work", tmp_path / "b.navette-backup"
    with Workspace.open(folder, MemorySecrets()) as workspace:
        batch_id = new_batch(workspace)
        corrected(workspace, batch_id, 3)
        back_up(workspace, backup, PHRASE)
        corrected(workspace, batch_id, 20)
    restore(backup, folder, PHRASE, keyring=False)
    with Workspace.open(folder, open_secrets(folder, lambda: PHRASE)) as opened:
        assert opened.notices == () and len(written(opened, batch_id)) == 3
