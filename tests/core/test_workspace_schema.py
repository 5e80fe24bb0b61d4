"""Every version of the schema that was ever written opens with this one, and says the same."""

from __future__ import annotations

import hashlib
from pathlib import Path

import apsw
import polars as pl
import pytest

from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace
from desktop_app.core.workspace.database import CIPHER, DATABASE_FILE
from desktop_app.core.workspace.migrations import MIGRATIONS
from tests.core.bench_parts import bench_of, verdicts
from tests.core.editing_child import KEY, OneKey

DUMPS = Path(__file__).parent / "workspace_schemas"
# A step, once released, is on people's disks: it is never edited, a new one is added.
RELEASED = ("7b2027a607c594ca", "4e5828ac3793a4d9")


# Every file of `workspace_schemas` is one that some version of the program left, by its own SQL.
VERSIONS = sorted(path.stem for path in DUMPS.glob("v*.sql"))


def written_by(version: str, folder: Path) -> Path:
    """A workspace as the program of that version left it."""
    connection = apsw.Connection(str(folder / DATABASE_FILE))
    connection.pragma("cipher", CIPHER)
    connection.pragma("key", f"raw:{KEY.hex()}")
    connection.execute((DUMPS / f"{version}.sql").read_text(encoding="utf-8"))
    connection.close()
    return folder


def schema(workspace: Workspace) -> list[object]:
    """What the tables, indexes and triggers are."""
    return [*workspace.database.read("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")]


def test_released_steps_are_never_edited() -> None:
    written = tuple(hashlib.sha256(step.encode()).hexdigest()[:16] for step in MIGRATIONS)
    assert written[: len(RELEASED)] == RELEASED


def test_no_version_is_without_its_file() -> None:
    numbers = {int(version[1:].partition("_")[0]) for version in VERSIONS}
    assert numbers >= set(range(1, len(MIGRATIONS)))  # the last one is what this program writes


@pytest.mark.parametrize("version", VERSIONS)
def test_what_was_sealed_then_can_be_promoted_now(tmp_path: Path, version: str) -> None:
    with Workspace.open(written_by(version, tmp_path), OneKey()) as workspace:
        workspace.records.stage("b2", pl.DataFrame({"record_id": ["r2"], "sha256": ["aa" * 32]}))
        workspace.records.promote("b2")
        assert workspace.records.frame()["record_id"].to_list() == ["r2"]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_workspace_opens_with_everything(tmp_path: Path, version: str) -> None:
    with Workspace.open(written_by(version, tmp_path), OneKey()) as workspace:
        (batch,) = workspace.batches.list()
        assert workspace.settings.get("language", "") == "fr"
        assert workspace.recipes.find("shape") == '{"recipe": 1}' == batch.recipe_json
        (kept,) = workspace.recipes.versions("shape")
        assert (kept.number, kept.recipe_json) == (1, batch.recipe_json)
        assert [entry.size for _, entry in workspace.outbox.list()] == [3]
        assert workspace.reverse.lookup(["r1"])["numero_patient"].to_list() == ["P1"]
        assert workspace.records.frame().rows() == [("r1", "ef" * 32)]
        assert (workspace.receipts.get(batch.id), workspace.feedback.get(batch.id)) == ("jws", "{}")
        assert workspace.chain.last() == (batch.id, "cd" * 32)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_older_log_still_holds(tmp_path: Path, version: str) -> None:
    with Workspace.open(written_by(version, tmp_path), OneKey()) as workspace:
        bench = bench_of(workspace, workspace.batches.list()[0].id)
        assert bench.pending().select("row_id", "new", "who").rows() == [(3, "1", "cdurand")]
        assert (1, "T-2", "confirmed") in verdicts(bench) and bench.can_redo


@pytest.mark.parametrize("version", VERSIONS)
def test_migrated_and_new_are_the_same(tmp_path: Path, version: str) -> None:
    (tmp_path / "old").mkdir()
    with (
        Workspace.open(written_by(version, tmp_path / "old"), OneKey()) as old,
        Workspace.open(tmp_path / "new", OneKey()) as new,
    ):
        assert schema(old) == schema(new)


def test_an_unfinished_migration_leaves_the_version_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.core.workspace import database

    broken = (*MIGRATIONS, "CREATE TABLE half (a); CREATE TABLE half (a);")
    monkeypatch.setattr(database, "MIGRATIONS", broken)
    with pytest.raises(apsw.SQLError):
        Workspace.open(written_by(VERSIONS[-1], tmp_path), OneKey())
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE whole (a)"))
    with pytest.raises(AppError, match="too_old"):
        Workspace.open(tmp_path, OneKey(), readonly=True)
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert workspace.database.read("SELECT count(*) FROM whole") == [(0,)]
