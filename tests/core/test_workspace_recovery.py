"""A damaged database: the last good state comes back with all that can still be read, and it is told."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.corrections import CorrectionLog
from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace, recovery
from desktop_app.core.workspace.database import DATABASE_FILE, Database
from desktop_app.core.workspace.recovery import ASIDE, GOOD_FILE
from tests.core.bench_parts import bench_of, new_batch
from tests.core.editing_child import KEY, OneKey, name_at

PAGE = 4096


def corrected(workspace: Workspace, batch_id: str, count: int) -> None:
    """`count` more corrections, one after the other."""
    bench = bench_of(workspace, batch_id)
    for _ in range(count):
        seq = len(bench.history.done) + 1
        bench.edit([(1, "nom_naissance", name_at(seq))])  # type: ignore[list-item]


def written(workspace: Workspace, batch_id: str) -> list[str]:
    """What the log of a batch writes, in order."""
    actions = CorrectionLog(workspace, batch_id).actions()
    assert [action.seq for action in actions] == list(range(1, len(actions) + 1))
    return [action.cells["new"].item() for action in actions if action.cells is not None]


@pytest.fixture
def batch_id(tmp_path: Path) -> Iterator[str]:
    """A closed workspace with a copy of twenty corrections, and twenty more that no copy holds."""
    with Workspace.open(tmp_path, OneKey()) as workspace:
        made = new_batch(workspace)
        corrected(workspace, made, 20)
        assert workspace.keep_copy()
        copy = (tmp_path / GOOD_FILE).read_bytes()
        corrected(workspace, made, 20)
    (tmp_path / GOOD_FILE).write_bytes(copy)  # closing made another one
    yield made


class Cut(BaseException):
    """The power goes."""


def spoil(path: Path, page: int, count: int = 1) -> None:
    """Other bytes in the middle of some pages."""
    with path.open("r+b") as file:
        for number in range(page, page + count):
            file.seek(number * PAGE + 100)
            file.write(os.urandom(64))


def asides(folder: Path) -> list[str]:
    """The names of the files put aside."""
    return sorted(path.name for path in folder.glob(f"{ASIDE}*.db"))


def test_a_spoiled_first_page_loses_what_no_copy_holds_and_says_so(tmp_path: Path, batch_id: str) -> None:
    spoil(tmp_path / DATABASE_FILE, 0)
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert written(workspace, batch_id) == [name_at(seq) for seq in range(1, 21)]
        assert "endommagée" in workspace.notices[0].fr and asides(tmp_path)[0] in workspace.notices[0].fr
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert workspace.notices == () and len(asides(tmp_path)) == 1


@pytest.mark.slow
def test_every_page_that_can_be_spoiled_leaves_an_unbroken_log(tmp_path: Path, batch_id: str) -> None:
    whole, copy = (tmp_path / DATABASE_FILE).read_bytes(), (tmp_path / GOOD_FILE).read_bytes()
    kept = []
    for page in range(len(whole) // PAGE):
        (tmp_path / DATABASE_FILE).write_bytes(whole)
        (tmp_path / GOOD_FILE).write_bytes(copy)
        spoil(tmp_path / DATABASE_FILE, page)
        with Workspace.open(tmp_path, OneKey()) as workspace:
            names = written(workspace, batch_id)
            assert names == [name_at(seq) for seq in range(1, len(names) + 1)]
            assert workspace.notices
            kept.append(len(names))
    assert min(kept) >= 20 and kept.count(40) > len(kept) / 2


def test_a_file_cut_in_half_is_noticed_and_put_back(tmp_path: Path, batch_id: str) -> None:
    path = tmp_path / DATABASE_FILE
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert len(written(workspace, batch_id)) >= 20 and workspace.notices


@pytest.mark.parametrize("empty", [True, False])
def test_a_file_that_is_gone_is_put_back(tmp_path: Path, batch_id: str, empty: bool) -> None:
    path = tmp_path / DATABASE_FILE
    path.write_bytes(b"") if empty else path.unlink()
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert len(written(workspace, batch_id)) == 20 and workspace.notices


def test_damage_met_while_working_is_looked_for_at_the_next_opening(
    tmp_path: Path, batch_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.core.workspace.database.CHECK_ALWAYS_BELOW", 0)
    with apsw.Connection(str(tmp_path / DATABASE_FILE)) as raw:
        raw.pragma("cipher", "chacha20")
        raw.pragma("key", f"raw:{KEY.hex()}")
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'reverse'"
        root = int(str(raw.execute(sql).get))
    raw.close()
    spoil(tmp_path / DATABASE_FILE, root - 1)
    with pytest.raises(AppError, match="damaged"), Workspace.open(tmp_path, OneKey()) as workspace:
        assert not workspace.notices  # a large file closed in order is not read through
        workspace.database.read("SELECT frame FROM reverse")
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert workspace.notices and len(written(workspace, batch_id)) >= 20


def test_damage_met_right_after_the_opening_is_put_right_at_once(
    tmp_path: Path, batch_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.core.workspace.database.CHECK_ALWAYS_BELOW", 0)
    pages = (tmp_path / DATABASE_FILE).stat().st_size // PAGE
    spoil(tmp_path / DATABASE_FILE, 3, pages - 3)
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert workspace.notices and len(written(workspace, batch_id)) >= 20


def test_a_copy_is_never_made_of_damage(
    tmp_path: Path, batch_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.core.workspace.database.CHECK_ALWAYS_BELOW", 0)
    copy = (tmp_path / GOOD_FILE).read_bytes()
    with Workspace.open(tmp_path, OneKey()) as workspace:
        workspace.settings.put("a", 1)
        workspace.database.fold()
        spoil(tmp_path / DATABASE_FILE, 5, 10)
        fresh = Database(tmp_path, KEY, readonly=True)  # what the other holds in memory is sound
        with pytest.raises(AppError, match="damaged"):
            recovery.keep_copy(fresh, tmp_path)
        fresh.close()
        assert (tmp_path / GOOD_FILE).read_bytes() == copy
        assert not (tmp_path / f"{GOOD_FILE}.new").exists()


def test_a_damaged_copy_is_not_put_in_the_place_of_anything(tmp_path: Path, batch_id: str) -> None:
    for name in (DATABASE_FILE, GOOD_FILE):
        spoil(tmp_path / name, 4)
    before = (tmp_path / DATABASE_FILE).read_bytes()
    for _ in range(2):
        with pytest.raises(AppError, match="damaged"):
            Workspace.open(tmp_path, OneKey())
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


@pytest.mark.parametrize("cut_at", range(1, 6))
def test_putting_back_goes_on_where_it_was_cut(
    tmp_path: Path, batch_id: str, cut_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(tmp_path / DATABASE_FILE, 0)
    moves = 0
    replace = Path.replace

    def cut(self: Path, target: Path) -> Path:
        nonlocal moves
        moves += 1
        if moves == cut_at:
            raise Cut
        return replace(self, target)

    with monkeypatch.context() as patch, suppress(Cut):
        patch.setattr(Path, "replace", cut)
        Workspace.open(tmp_path, OneKey()).close()
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert len(written(workspace, batch_id)) == 20


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_any_holes_leave_what_the_copy_holds(tmp_path: Path, batch_id: str, seed: int) -> None:
    whole, copy = tmp_path / "whole", tmp_path / "copy"
    for kept, name in ((whole, DATABASE_FILE), (copy, GOOD_FILE)):
        if not kept.exists():
            kept.write_bytes((tmp_path / name).read_bytes())
        (tmp_path / name).write_bytes(kept.read_bytes())
    draw = random.Random(seed)
    for _ in range(draw.randint(1, 12)):
        spoil(tmp_path / DATABASE_FILE, draw.randrange(whole.stat().st_size // PAGE))
    with Workspace.open(tmp_path, OneKey()) as workspace:
        names = written(workspace, batch_id)
        assert len(names) >= 20 and names == [name_at(seq) for seq in range(1, len(names) + 1)]
    for name in asides(tmp_path):
        (tmp_path / name).unlink()


def test_what_a_cut_left_half_made_is_swept_away(tmp_path: Path) -> None:
    Workspace.open(tmp_path, OneKey()).close()
    names = ("workspace.mended.db", "workspace.backup.db", f"{GOOD_FILE}.new", "workspace.mending.db-wal")
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    Workspace.open(tmp_path, OneKey()).close()
    assert not [name for name in names if (tmp_path / name).exists()]


def test_a_workspace_copies_itself_only_when_something_was_saved(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert workspace.keep_copy() and not workspace.keep_copy()
        workspace.settings.put("a", 1)
        assert workspace.copy_wanted
    made = (tmp_path / GOOD_FILE).stat().st_mtime_ns
    Workspace.open(tmp_path, OneKey()).close()
    assert (tmp_path / GOOD_FILE).stat().st_mtime_ns == made


def test_a_copy_holds_what_is_written_while_it_is_made(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, OneKey()) as workspace:
        workspace.recipes.save("big", "x" * 6_000_000)
        said = iter(range(10_000))

        def progress(done: int, total: int | None, what: object) -> None:
            workspace.settings.put("seen", next(said))

        assert workspace.keep_copy(progress)
        copy = Database(tmp_path, KEY, readonly=True, name=GOOD_FILE)
        last = next(said) - 1
        assert last > 2 and int(str(copy.read("SELECT value FROM setting")[0][0])) >= last - 1
        copy.close()


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("modes are of POSIX")
    folder = tmp_path / "work"
    old = os.umask(0o022)
    try:
        with Workspace.open(folder, OneKey()) as workspace:
            workspace.settings.put("a", 1)
            workspace.keep_copy()
            modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    finally:
        os.umask(old)
    assert modes.pop("workspace.made", 0o600) == 0o600
    assert set(modes.values()) == {0o600}, modes
    (folder / DATABASE_FILE).chmod(0o644)
    Workspace.open(folder, OneKey()).close()
    assert (folder / DATABASE_FILE).stat().st_mode & 0o777 == 0o600


def test_sqlite_itself_guards_a_file_on_a_share(tmp_path: Path) -> None:
    database = Database(tmp_path, KEY, alone=True)
    assert not (tmp_path / f"{DATABASE_FILE}-shm").exists()
    with pytest.raises(AppError, match="busy"):
        Database(tmp_path, KEY)
    database.close()
    assert isinstance(apsw.apsw_version(), str)
