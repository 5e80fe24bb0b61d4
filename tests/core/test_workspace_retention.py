"""A purge: the bytes are gone from every page, every file and every copy; what is kept is still there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core import watched
from desktop_app.core.bench import CellEdit
from desktop_app.core.errors import AppError
from desktop_app.core.flow import resume
from desktop_app.core.mapping.recipe import Recipe
from desktop_app.core.stages import SourceFile
from desktop_app.core.workspace import OutboxEntry, Workspace, failures, recovery, retention
from desktop_app.core.workspace.database import DATABASE_FILE, Database
from tests.core.bench_parts import TODAY, bench_of, new_batch, verdicts
from tests.core.editing_child import KEY, OneKey
from tests.core.test_workspace_recovery import spoil

CANARY = "CANARI-LEMOINE"
OTHER = "AUTRE-PATIENT"
LATER = datetime.now(UTC) + timedelta(days=800)


def fill(workspace: Workspace, word: str) -> str:
    """A batch that holds `word` wherever a batch can hold one."""
    batch_id = new_batch(workspace, SourceFile(Path(f"/donnees/{word}.csv"), "ab" * 32, 10))
    bench = bench_of(workspace, batch_id)
    bench.edit([CellEdit(1, "nom_naissance", word)], why=word)
    bench.confirm([(1, "T-2")], "other", note=f"vu avec {word}")
    bench.edit([CellEdit(2, "nom_naissance", word)])
    bench.undo()
    lines = pl.DataFrame(
        {"record_id": ["r1"], "row_id": [1], "numero_patient": [word], "numero_tumeur": ["1"]}
    )
    workspace.reverse.put(batch_id, lines.with_columns(pl.col("row_id").cast(pl.UInt32)))
    workspace.records.stage(batch_id, pl.DataFrame({"record_id": [word], "sha256": ["aa" * 32]}))
    workspace.feedback.put(batch_id, json.dumps({"outcomes": [{"own_value": word}], "indicators": [1]}))
    sealed = workspace.folder / "outbox" / f"{batch_id}.navette"
    sealed.parent.mkdir(exist_ok=True)
    sealed.write_bytes(word.encode())
    workspace.outbox.put(batch_id, OutboxEntry(sealed, "cd" * 32, 10, state="sent", receipt_jws="jws"))
    workspace.receipts.put(batch_id, "jws")
    workspace.chain.advance(batch_id, "cd" * 32)
    workspace.settings.put("recent_files", [f"/donnees/{word}.csv", "/donnees/c.csv"])
    seen = {f"{word}.csv": [10, 1], "c.csv": [10, 1]}
    workspace.settings.put(watched.KNOWN, {**watched.known(workspace), **seen})
    workspace.batches.set_state(batch_id, "sent")
    return batch_id


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "work", OneKey()) as opened:
        yield opened


def needles(workspace: Workspace, batch_id: str) -> list[bytes]:
    """Everything of a batch whose bytes must be gone: words, and frames as they lie in the pages."""
    frames = workspace.database.read(
        "SELECT payload FROM correction WHERE batch_id = ?1 AND kind = 'edit' "
        "UNION ALL SELECT frame FROM reverse WHERE batch_id = ?1 "
        "UNION ALL SELECT frame FROM record_state_sealed WHERE batch_id = ?1",
        (batch_id,),
    )
    found = [bytes(row[0]) for row in frames if isinstance(row[0], bytes)]
    around = [frame.find(CANARY.encode()) for frame in found]
    assert len(found) == 4 and min(around) > 0  # short texts lie in a frame as they are
    return [CANARY.encode(), *(frame[at - 8 : at + 20] for frame, at in zip(found, around, strict=True))]


def test_no_byte_is_left_in_any_page_or_file(workspace: Workspace) -> None:
    batch_id, other = fill(workspace, CANARY), fill(workspace, OTHER)
    (workspace.folder / f"{recovery.ASIDE}1.db").write_bytes(b"x")
    workspace.keep_copy()
    sought = needles(workspace, batch_id)
    assert len(sought) == 5 and all(needle in workspace.database.pages() for needle in sought)
    result = retention.purge(workspace, [batch_id])
    assert (result.batches, result.files) == (1, 2)
    copy = Database(workspace.folder, KEY, readonly=True, name=recovery.GOOD_FILE)
    for pages in (workspace.database.pages(), copy.pages()):
        assert [needle for needle in sought if needle in pages] == []
        assert OTHER.encode() in pages
    copy.close()
    assert (workspace.folder / f"{DATABASE_FILE}-wal").stat().st_size in (0, 4152)
    assert not (workspace.folder / "outbox" / f"{batch_id}.navette").exists()
    assert (workspace.folder / "outbox" / f"{other}.navette").exists()
    assert not list(workspace.folder.glob(f"{recovery.ASIDE}*"))


@pytest.mark.parametrize("last", ["confirm", "revoke", "withdraw", "reinstate", "edit", "undo"])
def test_no_word_of_a_reason_is_left(workspace: Workspace, last: str) -> None:
    """Whoever confirms, withdraws or corrects writes freely, and may name the patient."""
    batch_id = new_batch(workspace)
    bench = bench_of(workspace, batch_id)
    steps: dict[str, Callable[[], object]] = {
        "confirm": lambda: bench.confirm([(1, "T-2")], "other", note=f"vu avec {CANARY}"),
        "revoke": lambda: bench.revoke([(1, "T-2")], why=f"à revoir avec {CANARY}"),
        "withdraw": lambda: bench.withdraw([2], "other", note=f"c’est {CANARY}"),
        "reinstate": lambda: bench.reinstate([2], why=f"ce n’est pas {CANARY}"),
        "edit": lambda: bench.edit([CellEdit(1, "sexe", "2")], why=f"dossier de {CANARY}"),
        "undo": bench.undo,
    }
    for kind, step in steps.items():
        step()
        if kind == last:
            break
    workspace.keep_copy()
    assert CANARY.encode() in workspace.database.pages()
    assert workspace.corrections.of_batch(batch_id)[-1].kind == last
    retention.purge(workspace, [batch_id])
    copy = Database(workspace.folder, KEY, readonly=True, name=recovery.GOOD_FILE)
    assert CANARY.encode() not in workspace.database.pages() + copy.pages()
    copy.close()


def test_what_shows_that_it_was_sent_is_kept(workspace: Workspace) -> None:
    batch_id = fill(workspace, CANARY)
    retention.purge(workspace, [batch_id])
    row = workspace.batches.get(batch_id)
    assert (row.state, workspace.receipts.get(batch_id), row.source_sha256) == ("sent", "jws", "ab" * 32)
    assert workspace.chain.last() == (batch_id, "cd" * 32)
    assert json.loads(workspace.feedback.get(batch_id) or "") == {"outcomes": [], "indicators": [1]}
    assert [(one.kind, one.os_user != "") for one in workspace.corrections.of_batch(batch_id)] == [
        ("edit", True), ("confirm", True), ("edit", True), ("undo", True),
    ]  # fmt: skip
    assert workspace.settings.get("recent_files", [""]) == ["/donnees/c.csv"]
    assert list(watched.known(workspace)) == ["c.csv"]


def test_the_name_of_a_file_stays_while_another_batch_bears_it(workspace: Workspace) -> None:
    old, _ = fill(workspace, CANARY), fill(workspace, CANARY)
    retention.purge(workspace, [old])
    assert f"{CANARY}.csv" in watched.known(workspace)


def test_what_was_confirmed_still_holds_next_month(workspace: Workspace) -> None:
    retention.purge(workspace, [fill(workspace, CANARY)])
    bench = bench_of(workspace, new_batch(workspace))
    assert (1, "T-2", "confirmed") in verdicts(bench)


def test_a_purged_batch_says_why_it_cannot_be_opened(workspace: Workspace) -> None:
    batch_id = fill(workspace, CANARY)
    retention.purge(workspace, [batch_id])
    with pytest.raises(AppError, match="purged"):
        resume(workspace, batch_id, TODAY)


def test_only_what_is_old_and_done_with_is_due(workspace: Workspace) -> None:
    old, way = fill(workspace, CANARY), fill(workspace, OTHER)
    workspace.batches.set_state(way, "sending")
    assert retention.due(workspace, 24) == [] and retention.due(workspace, 0, LATER) == []
    assert [row.id for row in retention.due(workspace, 24, LATER)] == [old]
    with pytest.raises(AppError, match="under_way"):
        retention.purge(workspace, [old, way])
    assert CANARY.encode() in workspace.database.pages()
    retention.purge(workspace, [old])
    assert retention.due(workspace, 24, LATER) == []


def test_a_correction_made_lately_keeps_a_batch(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    with workspace.database.write() as run:
        run("UPDATE batch SET changed = '2020-01-01T00:00:00+00:00', created = changed")
        run("UPDATE batch SET created = changed")
    assert len(retention.due(workspace, 24)) == 1
    bench_of(workspace, batch_id).edit([CellEdit(1, "sexe", "2")])
    assert retention.due(workspace, 24) == []


def test_the_log_of_a_batch_that_was_not_purged_cannot_be_changed(workspace: Workspace) -> None:
    batch_id, other = fill(workspace, CANARY), fill(workspace, OTHER)
    retention.purge(workspace, [batch_id])
    for sql in ("UPDATE correction SET note = ''", "DELETE FROM correction"):
        with pytest.raises(Exception, match="append-only"), workspace.database.write() as run:
            run(f"{sql} WHERE batch_id = ?", (other,))


def test_who_reads_the_copy_keeps_nobody_from_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where an open file cannot be replaced."""

    def held(*_: object) -> None:
        raise failures.busy()

    _, sought = cut_purge(tmp_path, monkeypatch, Database, "copy_to")
    with monkeypatch.context() as patch:
        patch.setattr(recovery, "keep_copy", held)
        Workspace.open(tmp_path, OneKey()).close()
    Workspace.open(tmp_path, OneKey()).close()
    copy = Database(tmp_path, KEY, readonly=True, name=recovery.GOOD_FILE)
    assert not any(needle in copy.pages() for needle in sought)
    copy.close()


def test_every_table_is_judged(workspace: Workspace) -> None:
    sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = {str(row[0]) for row in workspace.database.read(sql)}
    assert tables <= set(retention.HOLDS), "say in retention.HOLDS what a new table holds, and blank it"


def cut_purge(
    folder: Path, monkeypatch: pytest.MonkeyPatch, owner: object = retention, step: str = "finish"
) -> tuple[str, list[bytes]]:
    """A batch purged up to a step, beside a copy from before; and the bytes that must be gone."""

    def cut(*_: object) -> None:
        raise SystemExit

    with Workspace.open(folder, OneKey()) as workspace:
        batch_id = fill(workspace, CANARY)
        sought = needles(workspace, batch_id)
        workspace.keep_copy()
        copy = (folder / recovery.GOOD_FILE).read_bytes()
        with monkeypatch.context() as patch, pytest.raises(SystemExit):
            patch.setattr(owner, step, cut)
            retention.purge(workspace, [batch_id])
    (folder / recovery.GOOD_FILE).write_bytes(copy)  # closing made another one
    return batch_id, sought


@pytest.mark.parametrize("step", ["rewrite", "copy_to"])
def test_a_purge_that_was_cut_is_finished_at_the_next_opening(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, sought = cut_purge(tmp_path, monkeypatch, Database, step)
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert not any(needle in workspace.database.pages() for needle in sought)
    copy = Database(tmp_path, KEY, readonly=True, name=recovery.GOOD_FILE)
    assert not any(needle in copy.pages() for needle in sought)
    copy.close()


def root_of(folder: Path, name: str) -> int:
    """The first page of a table or index."""
    database = Database(folder, KEY, readonly=True)
    page = int(str(database.read("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,))[0][0]))
    database.close()
    return page


@pytest.mark.parametrize(
    "damaged", ["correction", "batch", "purge", "reverse", "feedback", "setting", "recipe"]
)
def test_a_purge_that_a_recovery_undid_is_done_again(
    tmp_path: Path, damaged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch_id, sought = cut_purge(tmp_path, monkeypatch)
    spoil(tmp_path / DATABASE_FILE, root_of(tmp_path, damaged) - 1)
    for _ in range(2):
        with Workspace.open(tmp_path, OneKey()) as workspace:
            pages = workspace.database.pages()
            assert [needle for needle in sought if needle in pages] == []
            assert list(retention.purged(workspace)) == [batch_id]
            assert not any(recovery.ASIDE in told.fr for told in workspace.notices)  # it went with the rest
    assert not list(tmp_path.glob(f"{recovery.ASIDE}*"))


def test_no_recipe_names_the_file_of_a_purged_batch(tmp_path: Path) -> None:
    """Nor one that an earlier version wrote, in a workspace that it purged."""
    named = json.dumps({"recipe": 1, "contract": "t", "file": f"{CANARY}.csv", "columns": []})
    with Workspace.open(tmp_path, OneKey()) as workspace:
        batch_id = fill(workspace, CANARY)
        workspace.recipes.save("shape", named)
        workspace.batches.set_recipe(batch_id, named)
        retention.purge(workspace, [batch_id])
        assert CANARY.encode() not in workspace.database.pages()
        assert json.loads(workspace.recipes.find("shape") or "") == {
            "recipe": 1,
            "contract": "t",
            "columns": [],
        }
        with workspace.database.write() as run:
            run("UPDATE recipe_version SET recipe = ?", (named,))
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert CANARY.encode() not in workspace.database.pages()
        before = workspace.database.standing
    with Workspace.open(tmp_path, OneKey()) as workspace:
        assert workspace.database.standing == before  # once


def test_a_recipe_is_written_without_the_name_of_a_file() -> None:
    recipe = Recipe(contract="rnc-tumeurs", file=f"{CANARY}.csv", columns=())
    assert CANARY not in recipe.to_json()
