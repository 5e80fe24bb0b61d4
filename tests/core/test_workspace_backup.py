"""A backup brings the workspace back elsewhere; a foreign, damaged or forged one gets a sentence, no more."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.workspace import (
    OutboxEntry,
    SecretStore,
    Workspace,
    exchange,
    open_secrets,
    recovery,
    staging,
)
from desktop_app.core.workspace import backup_texts as say
from desktop_app.core.workspace.backup import MANIFEST, SUFFIX, back_up, last_backup, look_at, restore
from desktop_app.core.workspace.exchange import ASIDE, LIST_FILE, READY_FOLDER
from desktop_app.core.workspace.files import cannot_write, sync_folder
from desktop_app.core.workspace.standing import advance, new_line
from tests.core.bench_parts import new_batch
from tests.core.editing_child import OneKey
from tests.core.test_workspace_retention import CANARY, fill
from tests.memory_secrets import MemorySecrets

PASSPHRASE = "une autre phrase assez longue"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, secrets: SecretStore) -> Iterator[Path]:
    """A backup of a workspace with a batch that was sent and one that waits."""
    folder, target = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("usb") / "a.navette-backup"
    secrets.put("site-key", b"secret-of-the-site")
    with Workspace.open(folder, secrets) as workspace:
        fill(workspace, CANARY)
        sealed = folder / "outbox" / "waits.navette"
        sealed.write_bytes(b"sealed bytes")
        workspace.outbox.put(new_batch(workspace), OutboxEntry(sealed, "ef" * 32, 12))
        assert last_backup(workspace) is None
        back_up(workspace, target, PASSPHRASE)
        assert last_backup(workspace) is not None
    secrets.delete("site-key")
    yield target


def test_it_comes_back_elsewhere_with_its_keys_and_its_outbox(made: Path, tmp_path: Path) -> None:
    restored = restore(made, tmp_path / "new", PASSPHRASE)
    assert (restored.batches, restored.aside) == (2, ())
    store = open_secrets(tmp_path / "new", lambda: PASSPHRASE)
    assert store.get("site-key") == b"secret-of-the-site"
    with Workspace.open(tmp_path / "new", store) as workspace:
        waits = [entry for _, entry in workspace.outbox.list() if entry.state == "waiting"]
        assert [entry.path.read_bytes() for entry in waits] == [b"sealed bytes"]
        assert waits[0].path.parent == tmp_path / "new" / "outbox"
        assert len(workspace.batches.list()) == 2 and workspace.receipts.get(workspace.batches.list()[1].id)
    with zipfile.ZipFile(made) as archive:
        assert sorted(archive.namelist()) == [MANIFEST, "outbox/waits.navette", "workspace.db"]


def test_nothing_in_it_is_in_the_clear_and_nobody_else_may_read_it(made: Path) -> None:
    content = made.read_bytes()
    assert CANARY.encode() not in content and b"secret-of-the-site" not in content
    assert made.stat().st_mode & 0o077 == 0 or os.name == "nt"
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def test_what_was_there_is_put_aside_and_could_be_taken_up_again(made: Path, tmp_path: Path) -> None:
    old = open_secrets(tmp_path, lambda: "la phrase de ce dossier", keyring=False)
    with Workspace.open(tmp_path, old) as workspace:
        workspace.settings.put("mine", 1)
    restored = restore(made, tmp_path, PASSPHRASE)
    with Workspace.open(tmp_path, open_secrets(tmp_path, lambda: PASSPHRASE)) as workspace:
        assert workspace.settings.get("mine", 0) == 0 and len(workspace.batches.list()) == 2
    back = tmp_path / "back"
    back.mkdir()
    for name in restored.aside:
        if not name.endswith(".good.db"):
            target = "secrets.json" if name.endswith("secrets.json") else "workspace.db"
            shutil.copy(tmp_path / name, back / target)
    with Workspace.open(back, open_secrets(back, lambda: "la phrase de ce dossier")) as workspace:
        assert workspace.settings.get("mine", 0) == 1


def test_an_open_workspace_is_not_restored_over(made: Path, workspace: Workspace) -> None:
    with pytest.raises(AppError, match="in_use"):
        restore(made, workspace.folder, PASSPHRASE)


def test_a_wrong_passphrase_changes_nothing(made: Path, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="wrong_passphrase"):
        restore(made, tmp_path, "une phrase qui n’est pas la bonne")
    assert [path.name for path in tmp_path.iterdir()] == ["workspace.lock"]


@pytest.mark.parametrize("phrase", ["", "court"])
def test_a_backup_needs_a_passphrase(workspace: Workspace, tmp_path: Path, phrase: str) -> None:
    with pytest.raises(AppError, match="passphrase_short"):
        back_up(workspace, tmp_path / "b", phrase)


def test_a_backup_inside_the_workspace_is_none(workspace: Workspace) -> None:
    with pytest.raises(AppError, match="inside"):
        back_up(workspace, workspace.folder / "sub" / "b", PASSPHRASE)


def test_a_place_that_cannot_be_written_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="not_written"):
        back_up(workspace, tmp_path / "none" / "b", PASSPHRASE)
    assert not list(workspace.folder.glob("workspace.backup*"))


def rebuilt(made: Path, target: Path, **changed: bytes) -> Path:
    """The backup with other content in some members."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name.partition(".")[0].replace("/", "_"), old.read(name)))
    return target


def test_an_exchanged_part_is_refused(made: Path, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="unusable"):
        restore(rebuilt(made, tmp_path / "b", workspace=b"x" * 4096), tmp_path / "new", PASSPHRASE)


def test_a_forged_list_of_parts_does_not_open(made: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(made) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    manifest["parts"][1]["sha256"] = "00" * 32
    forged = rebuilt(made, tmp_path / "b", **{"navette-backup": json.dumps(manifest).encode()})
    with pytest.raises(AppError, match="wrong_passphrase"):
        restore(forged, tmp_path / "new", PASSPHRASE)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "outbox/../../evil", "outbox/.hidden", "other.db"])
def test_no_member_can_leave_the_folder(made: Path, tmp_path: Path, name: str) -> None:
    forged = tmp_path / "b"
    shutil.copy(made, forged)
    with zipfile.ZipFile(forged, "a") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(AppError, match="unusable"):
        look_at(forged)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_any_damage_gets_a_sentence(made: Path, tmp_path: Path, place: float, bit: int, cut: bool) -> None:
    content = bytearray(made.read_bytes())
    at = int(place * len(content))
    content[at] ^= 1 << bit
    (tmp_path / "b").write_bytes(content[:at] if cut else content)
    try:
        look_at(tmp_path / "b")
    except AppError as error:
        assert error.code.startswith("backup.")


def test_a_foreign_file_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("bonjour")
    with pytest.raises(AppError, match="unusable"):
        restore(tmp_path / "b", tmp_path / "new", PASSPHRASE)
    assert not list((tmp_path / "new").glob(f"{ASIDE}*"))


class Cut(BaseException):
    """The power goes."""


def cut_at(step: int, failure: BaseException) -> Callable[[Path, Path], Path]:
    """A `Path.replace` that fails at the `step`-th of its calls."""
    replace, left = Path.replace, iter(range(step - 1, -1, -1))

    def renamed(self: Path, target: Path) -> Path:
        if next(left, -1) == 0:
            raise failure
        return replace(self, target)

    return renamed


@pytest.mark.parametrize(
    "step",
    [step if step in (2, 7, 9) else pytest.param(step, marks=pytest.mark.slow) for step in range(1, 12)],
)
@pytest.mark.parametrize("failure", [Cut(), PermissionError(13, "held")], ids=["cut", "refused"])
def test_a_restore_is_whole_or_not_at_all(
    made: Path, tmp_path: Path, step: int, failure: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = open_secrets(tmp_path, lambda: "la phrase de ce dossier", keyring=False)
    with Workspace.open(tmp_path, old) as workspace:
        workspace.settings.put("mine", 1)
    with monkeypatch.context() as patch, suppress(Cut, AppError):
        patch.setattr(Path, "replace", cut_at(step, failure))
        restore(made, tmp_path, PASSPHRASE, keyring=False)
    decided = step > 7 or bool(list(tmp_path.glob(f"{ASIDE}*"))) or (tmp_path / LIST_FILE).exists()
    phrase = PASSPHRASE if decided else "la phrase de ce dossier"
    with Workspace.open(tmp_path, open_secrets(tmp_path, lambda: phrase)) as workspace:
        assert workspace.settings.get("mine", 0) == (0 if decided else 1)
        assert len(workspace.batches.list()) == (2 if decided else 0) and workspace.notices == ()
        waits = [entry for _, entry in workspace.outbox.list() if entry.state == "waiting"]
        assert [entry.path.read_bytes() for entry in waits] == [b"sealed bytes"] * decided
    assert bool(list(tmp_path.glob(f"{ASIDE}*.secrets.json"))) is decided
    assert not (tmp_path / READY_FOLDER).exists() and not (tmp_path / LIST_FILE).exists()


def test_a_restore_whose_keys_cannot_be_kept_touches_nothing(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "work"
    with Workspace.open(folder, OneKey()) as workspace:
        workspace.settings.put("mine", 1)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr("desktop_app.core.workspace.secrets.write_whole", refusing)
    with pytest.raises(AppError, match="not_writable"):
        restore(made, folder, PASSPHRASE, keyring=False)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("calls", [1, 2, 3])
def test_the_keys_of_a_decided_restore_stay_in_the_keyring(
    made: Path, tmp_path: Path, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may refuse the last names: the next opening finishes the restore, and needs the keys."""
    keyring, left = MemorySecrets(), iter(range(calls - 1, -1, -1))
    monkeypatch.setattr("desktop_app.core.workspace.backup.open_secrets", lambda *_: keyring)

    def refused(folder: Path) -> None:
        if next(left, -1) == 0:
            raise PermissionError(13, "refused")
        sync_folder(folder)

    with monkeypatch.context() as patch, pytest.raises(AppError, match="unfinished"):
        patch.setattr(exchange, "sync_folder", refused)
        restore(made, tmp_path, PASSPHRASE)
    with Workspace.open(tmp_path, keyring) as workspace:
        assert len(workspace.batches.list()) == 2


def refusing(path: Path, content: bytes) -> None:
    """A disk that is full."""
    raise cannot_write(path.parent)


def test_two_backups_at_once_and_an_opening_are_each_whole(made: Path, tmp_path: Path) -> None:
    """The second runs, and the sweep of an opening, while the first reads its copy."""
    folder, met = tmp_path / "work", list[int]()
    restore(made, folder, PASSPHRASE, keyring=False)
    workspace = Workspace.open(folder, open_secrets(folder, lambda: PASSPHRASE), readonly=True)

    def meanwhile(done: int, total: int | None, what: object) -> None:
        if what is say.WRITING and not met:
            met.append(done)
            back_up(workspace, tmp_path / f"b2{SUFFIX}", PASSPHRASE)
            recovery.sweep(folder)
            (place,) = folder.glob(f"{recovery.BACKING_UP}*")
            assert (place / "workspace.db").exists()

    back_up(workspace, tmp_path / f"b1{SUFFIX}", PASSPHRASE, meanwhile)
    assert met and not list(folder.glob(f"{recovery.BACKING_UP}*"))
    for number in (1, 2):
        assert restore(tmp_path / f"b{number}{SUFFIX}", tmp_path / f"r{number}", PASSPHRASE).batches == 2


def test_a_backup_that_cannot_be_read_back_is_not_said_to_be_written(
    workspace: Workspace, tmp_path: Path
) -> None:
    target = tmp_path / f"b{SUFFIX}"

    def failing(done: int, total: int | None, what: object) -> None:
        if what is say.WRITING and done == total:
            (path,) = target.parent.glob(f"{target.name}.*")
            with path.open("r+b") as file:
                file.seek(5_000)
                file.write(b"x")

    workspace.settings.put("big", os.urandom(2_000_000).hex())
    with pytest.raises(AppError, match="not_read_back"):
        back_up(workspace, target, PASSPHRASE, failing)
    assert not list(tmp_path.glob("b.*")) and last_backup(workspace) is None


def test_what_a_killed_backup_left_is_swept_and_what_another_holds_is_not(
    workspace: Workspace, tmp_path: Path
) -> None:
    dead = [tmp_path / f"b{SUFFIX}.new", tmp_path / f"c{SUFFIX}.0a1b2c3d.new"]
    others = [tmp_path / "letter.new", tmp_path / f"old{SUFFIX}"]
    for path in dead + others:
        path.write_bytes(b"x")
    place = workspace.folder / f"{recovery.BACKING_UP}dead"
    place.mkdir()
    held = staging.held_file(tmp_path / f"b{SUFFIX}.11112222.new")
    back_up(workspace, tmp_path / f"b{SUFFIX}", PASSPHRASE)
    recovery.sweep(workspace.folder)
    os.close(held)
    assert not any(path.exists() for path in [*dead, place])
    assert all(path.exists() for path in others) and (tmp_path / f"b{SUFFIX}.11112222.new").exists()


def test_a_file_that_is_held_on_windows_is_written_from_its_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There a byte is locked, far behind, and the place in the file moves with it."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_NBLCK=2, locking=lambda *_: None))
        patch.setattr(sys, "platform", "win32")
        handle = staging.held_file(tmp_path / "b")
    assert os.lseek(handle, 0, os.SEEK_CUR) == 0
    os.close(handle)


def test_a_backup_made_while_a_window_is_open_is_recorded(workspace: Workspace, tmp_path: Path) -> None:
    workspace.settings.put("mine", 1)
    with Workspace.open(workspace.folder, workspace.secrets, readonly=True) as reader:
        back_up(reader, tmp_path / f"b{SUFFIX}", PASSPHRASE)
        assert last_backup(reader) is not None
    assert last_backup(workspace) is not None
    with workspace.database.write() as run:
        advance(run, line=new_line())  # as after a restore
    assert last_backup(workspace) is None
