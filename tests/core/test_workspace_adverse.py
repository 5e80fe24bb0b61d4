"""Disks that fill up, folders that refuse, other computers, clocks set back: a sentence, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.core.bench import CellEdit
from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace, notices, unlocking
from desktop_app.core.workspace.lock import LOCK_FILE, read_holder
from desktop_app.core.workspace.network import kind_of
from desktop_app.core.workspace.secrets import open_secrets
from tests.core.bench_parts import bench_of, new_batch
from tests.core.editing_child import OneKey
from tests.memory_secrets import MemorySecrets

# Corrects until the disk refuses, frees some room, and goes on; says what happened, and what is there after.
FILLING = """
import resource, sys, json
from pathlib import Path
from desktop_app.core.bench import CellEdit
from desktop_app.core.corrections import CorrectionLog
from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import bench_of, new_batch
from tests.core.editing_child import OneKey
folder, how, ballast = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[1]) / "ballast"
limit = resource.getrlimit(resource.RLIMIT_FSIZE)
with Workspace.open(folder, OneKey()) as workspace:
    batch = new_batch(workspace)
    bench = bench_of(workspace, batch)
    bench.edit([CellEdit(1, "nom_naissance", "A0")])
    if how == "size":
        largest = max(path.stat().st_size for path in folder.iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 30_000, limit[1]))
    done, code = 0, ""
    for number in range(1, 5000):
        try:
            bench.edit([CellEdit(1, "nom_naissance", f"A{number}")], why="x" * 200)
            done = number
        except AppError as error:
            code = error.code
            break
    shown = bench.frame["nom_naissance"][0]
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    ballast.unlink(missing_ok=True)
    bench.edit([CellEdit(1, "nom_naissance", "AFTER")])
with Workspace.open(folder, OneKey()) as workspace:
    names = [a.cells["new"].item() for a in CorrectionLog(workspace, batch).actions()]
print(json.dumps([code, done, shown, names == [*(f"A{n}" for n in range(done + 1)), "AFTER"]]))
"""


def corrected_until_full(folder: Path, how: str, prefix: list[str] | None = None) -> list[object]:
    """What the child above says."""
    ran = subprocess.run(
        [*(prefix or []), sys.executable, "-c", FILLING, str(folder), how],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told: list[object] = json.loads(ran.stdout.splitlines()[-1])
    return told


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_file_that_may_not_grow_keeps_everything_saved(tmp_path: Path) -> None:
    code, done, shown, all_there = corrected_until_full(tmp_path, "size")
    assert code in ("workspace.disk_full", "workspace.folder_not_writable")
    assert isinstance(done, int) and done > 0 and shown == f"A{done}" and all_there


def _may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]
    return subprocess.run(tried, capture_output=True, timeout=20).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="a small disk of one's own needs unshare and tmpfs")
def test_a_disk_that_is_full_keeps_everything_saved(tmp_path: Path) -> None:
    script = (
        f"mount -t tmpfs -o size=2m none {tmp_path} && head -c 1400000 /dev/zero > {tmp_path}/ballast && "
        'exec "$@"'
    )
    prefix = ["unshare", "-rm", "sh", "-c", script, "sh"]
    code, done, shown, all_there = corrected_until_full(tmp_path, "disk", prefix)
    assert code == "workspace.disk_full"
    assert isinstance(done, int) and done > 0 and shown == f"A{done}" and all_there


@pytest.mark.skipif(not _may_mount(), reason="a folder that refuses even its owner needs unshare")
def test_a_folder_that_refuses_can_be_looked_at(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, OneKey()) as workspace:
        workspace.settings.put("a", 1)
    reading = """
import sys
from pathlib import Path
from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace
from tests.core.editing_child import OneKey
try:
    Workspace.open(Path(sys.argv[1]), OneKey())
except AppError as error:
    print(error.code)
with Workspace.open(Path(sys.argv[1]), OneKey(), readonly=True) as workspace:
    print(workspace.settings.get("a", 0))
"""
    script = f'mount --bind {tmp_path} {tmp_path} && mount -o remount,bind,ro {tmp_path} && exec "$@"'
    ran = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", sys.executable, "-c", reading, str(tmp_path)],
        capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert ran.stdout.split() == ["workspace.folder_not_writable", "1"], ran.stderr


def elsewhere(folder: Path, seen: datetime) -> None:
    """Another computer says that it works in this folder, on a share that grants every lock."""
    holder = {"user": "cdurand", "computer": "PC-REG-02", "process": 1, "since": "2026-11-22 08:12"}
    (folder / LOCK_FILE).write_text(json.dumps({**holder, "seen": seen.isoformat()}))


def test_another_computer_that_said_so_lately_holds_it(tmp_path: Path) -> None:
    Workspace.open(tmp_path, OneKey()).close()
    elsewhere(tmp_path, datetime.now(UTC))
    with pytest.raises(AppError, match="in_use") as caught:
        Workspace.open(tmp_path, OneKey())
    assert "cdurand" in caught.value.what.fr and "PC-REG-02" in caught.value.what.fr
    holder = read_holder(tmp_path)
    assert holder is not None and holder.computer == "PC-REG-02"


@pytest.mark.parametrize("wrong", [timedelta(hours=-2), timedelta(minutes=40)])
def test_another_computer_holds_it_whatever_time_its_clock_tells(tmp_path: Path, wrong: timedelta) -> None:
    Workspace.open(tmp_path, OneKey()).close()
    elsewhere(tmp_path, datetime.now(UTC) + wrong)
    with pytest.raises(AppError, match="in_use"):
        Workspace.open(tmp_path, OneKey())
    assert not list(tmp_path.glob(f"{LOCK_FILE}.*"))


def test_one_that_fell_silent_holds_nothing(tmp_path: Path) -> None:
    Workspace.open(tmp_path, OneKey()).close()
    then = datetime.now(UTC) - timedelta(minutes=5)
    elsewhere(tmp_path, then)
    os.utime(tmp_path / LOCK_FILE, (then.timestamp(), then.timestamp()))
    Workspace.open(tmp_path, OneKey()).close()


def test_from_another_computer_the_last_good_copy_is_read(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, OneKey()) as workspace:
        workspace.settings.put("a", 1)
        workspace.keep_copy()
        workspace.settings.put("a", 2)
        live = [path.stat().st_mtime_ns for path in sorted(tmp_path.glob("workspace.db*"))]
        elsewhere(tmp_path, datetime.now(UTC))
        with Workspace.open(tmp_path, OneKey(), readonly=True) as reader:
            assert reader.settings.get("a", 0) == 1 and reader.as_of is not None
            with pytest.raises(AppError, match="read_only"):
                reader.settings.put("a", 3)
            workspace.keep_copy()  # the writer is not kept from making the next one
        assert live == [path.stat().st_mtime_ns for path in sorted(tmp_path.glob("workspace.db*"))]


def test_a_holder_says_again_that_it_is_there(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, OneKey()) as workspace:
        first = read_holder(tmp_path)
        assert first is not None and first.alive(datetime.now(UTC)) and not first.elsewhere
        assert not first.alive(datetime.now(UTC) + timedelta(minutes=3))
        workspace.beat()
        assert read_holder(tmp_path) is not None
    assert read_holder(tmp_path) is None


def test_the_kind_of_a_mount_is_that_of_the_deepest(tmp_path: Path) -> None:
    table = "a / ext4 rw 0 0\n//srv/x /mnt/part\\040age cifs rw 0 0\n"
    table += "srv:/h /mnt nfs4 rw 0 0\nb /mnt/usb vfat rw\n"
    kinds = {"/home/x": "ext4", "/mnt/part age/y": "cifs", "/mnt/partage": "nfs4", "/mnt/usb": "vfat"}
    assert {place: kind_of(Path(place), table) for place in kinds} == kinds


def test_a_clock_set_back_is_told_and_loses_nothing(tmp_path: Path) -> None:
    with Workspace.open(tmp_path, OneKey()) as workspace:
        batch_id = new_batch(workspace)
        assert notices.clock(workspace.database) is None
        later = "2099-01-01T00:00:00+00:00"
        with workspace.database.write() as run:
            run("UPDATE batch SET changed = ?", (later,))
    with Workspace.open(tmp_path, OneKey()) as workspace:
        (told,) = workspace.notices
        assert "retarde" in told.fr and "2099" in told.en
        bench = bench_of(workspace, batch_id)
        bench.edit([CellEdit(1, "sexe", "2")])
        bench.edit([CellEdit(1, "sexe", "1")])
        bench.undo()
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert [row.seq for row in workspace.corrections.of_batch(batch_id)] == [1, 2, 3]


def test_each_login_name_has_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Workspace.open(tmp_path, OneKey()) as workspace:
        batch_id = new_batch(workspace)
        for login, name in (("cdurand", "Claire Durand"), ("pmartin", "")):
            monkeypatch.setenv("LOGNAME", login)
            workspace.set_person(name)
            bench_of(workspace, batch_id).edit([CellEdit(1, "nom_naissance", login)])
        rows = workspace.corrections.of_batch(batch_id)
        assert [(row.os_user, row.display_name) for row in rows] == [
            ("cdurand", "Claire Durand"), ("pmartin", ""),
        ]  # fmt: skip


def test_a_window_unlocks_with_the_passphrase_that_was_set(tmp_path: Path) -> None:
    secrets = MemorySecrets()
    assert not unlocking.asks_passphrase(tmp_path, secrets)
    unlocking.unlock(tmp_path, secrets, "")
    with pytest.raises(AppError, match="passphrase_short"):
        unlocking.set_passphrase(secrets, "court")
    unlocking.set_passphrase(secrets, "assez longue pour moi")
    assert unlocking.asks_passphrase(tmp_path, secrets)
    assert b"longue" not in b"".join(secrets.values())
    with pytest.raises(AppError, match="wrong_passphrase"):
        unlocking.unlock(tmp_path, secrets, "assez longue pour toi")
    unlocking.unlock(tmp_path, secrets, "assez longue pour moi")
    unlocking.set_passphrase(secrets, "")
    assert not unlocking.asks_passphrase(tmp_path, secrets)


def test_where_a_passphrase_guards_the_keys_it_unlocks_the_window_too(tmp_path: Path) -> None:
    store = open_secrets(tmp_path, lambda: "quatre mots sans lien", keyring=False)
    assert unlocking.asks_passphrase(tmp_path, store)
    with pytest.raises(AppError, match="wrong_passphrase"):
        unlocking.unlock(tmp_path, store, "d’autres mots encore")
    unlocking.unlock(tmp_path, store, "quatre mots sans lien")
