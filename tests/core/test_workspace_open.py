"""Opening the workspace: one writer, the right key, a whole file; else a sentence, and nothing harmed."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.workspace import SecretStore, Workspace
from desktop_app.core.workspace.database import DATABASE_FILE
from desktop_app.core.workspace.recovery import GOOD_FILE
from desktop_app.core.workspace.workspace import KEY_NAME


class Held:
    """Secrets in memory, for keys that must be wrong."""

    def __init__(self, key: bytes) -> None:
        self.key = key

    def get(self, name: str) -> bytes | None:
        return self.key if name == KEY_NAME else None

    def put(self, name: str, secret: bytes) -> None:
        raise AssertionError("nothing is to be stored")

    def delete(self, name: str) -> None:
        raise AssertionError("nothing is to be forgotten")

    def names(self) -> list[str]:
        return [KEY_NAME]


def test_what_was_put_is_there_after_a_restart(tmp_path: Path, secrets: SecretStore) -> None:
    with Workspace.open(tmp_path, secrets) as workspace:
        workspace.settings.put("language", "fr")
    with Workspace.open(tmp_path, secrets) as workspace:
        assert workspace.settings.get("language", "") == "fr"


def test_it_is_encrypted_and_durable(workspace: Workspace) -> None:
    read = workspace.database.read
    assert read("PRAGMA cipher")[0][0] == "chacha20"
    assert read("PRAGMA journal_mode")[0][0] == "wal" and read("PRAGMA synchronous")[0][0] == 2
    assert read("PRAGMA temp_store")[0][0] == 2
    assert not (workspace.folder / DATABASE_FILE).read_bytes().startswith(b"SQLite format 3")


def test_a_second_writer_is_told_who_holds_it(workspace: Workspace, secrets: SecretStore) -> None:
    with pytest.raises(AppError, match="in_use") as caught:
        Workspace.open(workspace.folder, secrets)
    assert "lecture seule" in caught.value.todo.fr
    with Workspace.open(workspace.folder, secrets, readonly=True) as reader:
        workspace.settings.put("seen", 1)
        assert reader.settings.get("seen", 0) == 1


def test_a_writer_that_closed_or_failed_leaves_the_place(tmp_path: Path, secrets: SecretStore) -> None:
    Workspace.open(tmp_path, secrets).close()
    with pytest.raises(AppError, match="wrong_key"):
        Workspace.open(tmp_path, Held(b"k" * 32))
    Workspace.open(tmp_path, secrets).close()


def test_reading_only_refuses_every_change(tmp_path: Path, secrets: SecretStore) -> None:
    Workspace.open(tmp_path, secrets).close()
    before = (tmp_path / DATABASE_FILE).read_bytes()
    with Workspace.open(tmp_path, secrets, readonly=True) as workspace:
        with pytest.raises(AppError, match="read_only"):
            workspace.settings.put("a", 1)
        with pytest.raises(AppError, match="folder_not_writable"):
            workspace.database.read("DELETE FROM setting")
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


@pytest.mark.parametrize("key", [b"k" * 32, b"short", b""])
@pytest.mark.parametrize("readonly", [True, False])
def test_a_wrong_key_harms_nothing(tmp_path: Path, secrets: SecretStore, key: bytes, readonly: bool) -> None:
    Workspace.open(tmp_path, secrets).close()
    before = (tmp_path / DATABASE_FILE).read_bytes()
    with pytest.raises(AppError, match="wrong_key"):
        Workspace.open(tmp_path, Held(key), readonly)
    assert (tmp_path / DATABASE_FILE).read_bytes() == before


def test_a_lost_key_is_not_replaced_by_a_new_one(tmp_path: Path, secrets: SecretStore) -> None:
    Workspace.open(tmp_path, secrets).close()
    key = secrets.get(KEY_NAME)
    secrets.delete(KEY_NAME)
    with pytest.raises(AppError, match="wrong_key"):
        Workspace.open(tmp_path, secrets)
    assert key is not None and secrets.get(KEY_NAME) is None
    secrets.put(KEY_NAME, key)


def test_nothing_to_read(tmp_path: Path, secrets: SecretStore) -> None:
    with pytest.raises(AppError, match="missing"):
        Workspace.open(tmp_path / "none", secrets, readonly=True)


def test_a_folder_that_cannot_be_made(tmp_path: Path, secrets: SecretStore) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError, match="folder_not_writable"):
        Workspace.open(tmp_path / "file" / "work", secrets)


def test_a_later_version_is_left_alone(tmp_path: Path, secrets: SecretStore) -> None:
    with Workspace.open(tmp_path, secrets) as workspace, workspace.database.write() as run:
        run("PRAGMA user_version = 999")
    with pytest.raises(AppError, match="too_new"):
        Workspace.open(tmp_path, secrets)


def test_a_full_disk_keeps_what_was_there(workspace: Workspace) -> None:
    workspace.settings.put("small", 1)
    pages = int(str(workspace.database.read("PRAGMA page_count")[0][0]))
    workspace.database.read(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(AppError, match="disk_full"):
        workspace.settings.put("big", "x" * 100_000)
    assert workspace.settings.get("small", 0) == 1 and workspace.settings.get("big", "") == ""
    workspace.database.read("PRAGMA max_page_count = 1000000")
    workspace.settings.put("big", "x" * 100_000)


def test_a_failing_transaction_leaves_nothing(workspace: Workspace) -> None:
    with pytest.raises(apsw.ConstraintError), workspace.database.write() as run:
        run("INSERT INTO setting VALUES ('a', '1')")
        run("INSERT INTO setting VALUES ('a', '2')")
    assert workspace.settings.get("a", 0) == 0


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, secrets: SecretStore) -> Path:
    """A closed workspace of some hundred pages."""
    folder = tmp_path_factory.mktemp("filled")
    with Workspace.open(folder, secrets) as workspace:
        for number in range(40):
            workspace.recipes.save(f"shape {number}", os.urandom(4000).hex())
    return folder


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_any_damage_gets_a_sentence(
    filled: Path, secrets: SecretStore, tmp_path: Path, place: float, bit: int, cut: bool
) -> None:
    content = bytearray((filled / DATABASE_FILE).read_bytes())
    position = int(place * len(content))
    content[position] ^= 1 << bit
    shutil.rmtree(tmp_path, ignore_errors=True)
    tmp_path.mkdir()
    (tmp_path / DATABASE_FILE).write_bytes(content[:position] if cut else content)
    try:
        with Workspace.open(tmp_path, secrets) as workspace:
            assert cut is False or position == 0 or len(workspace.recipes.list()) == 40
            assert len(workspace.recipes.list()) in ((40,) if position else (0, 40))
    except AppError as error:
        assert error.code in ("workspace.damaged", "workspace.wrong_key")


def test_what_is_put_together_is_kept_together(workspace: Workspace) -> None:
    with pytest.raises(KeyError), workspace.together():
        workspace.settings.put("a", 1)
        workspace.chain.advance("b1", "aa")
        workspace.batches.get("none")
    assert workspace.settings.get("a", 0) == 0 and workspace.chain.last() is None
    with workspace.together():
        workspace.settings.put("a", 1)
        workspace.chain.advance("b1", "aa")
    assert workspace.settings.get("a", 0) == 1 and workspace.chain.last() == ("b1", "aa")


def test_many_threads_write_at_once(workspace: Workspace) -> None:
    def work(name: int) -> None:
        for number in range(20):
            workspace.settings.put(f"{name}/{number}", number)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert workspace.database.read("SELECT count(*) FROM setting WHERE key LIKE '%/%'")[0][0] == 120


@pytest.mark.parametrize("cut", [True, False])
def test_a_lost_database_is_told_and_not_made_anew(tmp_path: Path, secrets: SecretStore, cut: bool) -> None:
    Workspace.open(tmp_path, secrets).close()
    path = tmp_path / DATABASE_FILE
    path.write_bytes(b"") if cut else path.unlink()
    (tmp_path / GOOD_FILE).unlink()
    for _ in range(2):
        with pytest.raises(AppError, match="lost"):
            Workspace.open(tmp_path, secrets)
    assert not path.exists() or path.stat().st_size == 0
