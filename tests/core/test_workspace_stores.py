"""The typed stores give back what they were given, in the order they promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import polars as pl
import pytest

from desktop_app.core.stages import FixedColumn, ImportOptions, SourceFile
from desktop_app.core.workspace import OutboxEntry, RecordChanges, Workspace, uuid7

SOURCE = SourceFile(Path("Extrait novembre.csv"), "ab" * 32, 12)
OPTIONS = ImportOptions("fixed_width", encoding="latin-1", layout=(FixedColumn("sexe", 3, 1),))


def test_settings_of_another_type_count_as_absent(workspace: Workspace) -> None:
    workspace.settings.put("zoom", {"page": [1, 2]})
    assert workspace.settings.get("zoom", {}) == {"page": [1, 2]}
    assert workspace.settings.get("zoom", 1.5) == 1.5
    assert workspace.settings.get("absent", None) is None


def test_a_batch_comes_back_whole(workspace: Workspace) -> None:
    batch = workspace.batches.create(SOURCE, "rnc-tumeurs", "1.0.0", '{"recipe": 1}', OPTIONS)
    assert workspace.batches.get(batch.id) == batch
    assert (batch.name, batch.state, batch.options, batch.source) == (
        "Extrait novembre", "preparing", OPTIONS, SOURCE,
    )  # fmt: skip
    assert batch.created.tzinfo is not None


def test_batches_are_listed_newest_first_with_their_state(workspace: Workspace) -> None:
    ids = [workspace.batches.create(SOURCE, "c", "1", "{}", name=name).id for name in "abc"]
    workspace.batches.set_state(ids[0], "sent", {"receipt": "2026-17"})
    workspace.batches.rename(ids[1], "décembre")
    workspace.batches.set_recipe(ids[2], '{"recipe": 2}', OPTIONS)
    listed = workspace.batches.list()
    assert [batch.id for batch in listed] == ids[::-1]
    assert (listed[2].state, listed[2].detail) == ("sent", {"receipt": "2026-17"})
    assert (listed[1].name, listed[0].recipe_json, listed[0].options) == (
        "décembre",
        '{"recipe": 2}',
        OPTIONS,
    )


def test_an_unknown_batch_or_state_is_a_bug(workspace: Workspace) -> None:
    with pytest.raises(KeyError):
        workspace.batches.get("none")
    with pytest.raises(ValueError, match="state"):
        workspace.batches.set_state("none", "lost")  # type: ignore[arg-type]


def test_identifiers_are_ordered_in_time() -> None:
    drawn = [uuid7() for _ in range(100)]
    assert all(one.version == 7 and one.variant == UUID(int=0x8 << 60).variant for one in drawn)
    assert sorted(one.int >> 80 for one in drawn) == [one.int >> 80 for one in drawn]


def test_the_recipe_of_a_shape_is_found_again(workspace: Workspace) -> None:
    workspace.recipes.save("a", "1")
    workspace.recipes.save("b", "2")
    workspace.recipes.save("a", "3")
    assert (workspace.recipes.find("a"), workspace.recipes.find("c")) == ("3", None)
    assert [recipe.shape for recipe in workspace.recipes.list()] == ["a", "b"]


def test_the_outbox_keeps_order_and_every_field(workspace: Workspace) -> None:
    entry = OutboxEntry(Path("a.navette"), "cd" * 32, 5_000_000_000)
    workspace.outbox.put("one", entry)
    workspace.outbox.put("two", entry)
    changed = {"state": "sending", "offset": 7, "attempts": 2, "upload_url": "https://r/1",
               "next_try": datetime(2026, 11, 22, 3, tzinfo=UTC), "last_error": "network"}  # fmt: skip
    workspace.outbox.update("one", **changed)  # type: ignore[arg-type]
    workspace.outbox.put("one", replace(entry, state="sent", receipt_jws="jws"))
    workspace.outbox.update("two", **changed)  # type: ignore[arg-type]
    assert workspace.outbox.list() == [
        ("one", replace(entry, state="sent", receipt_jws="jws")),
        ("two", replace(entry, **changed)),  # type: ignore[arg-type]
    ]
    with pytest.raises(TypeError, match="no such"):
        workspace.outbox.update("one", colour=1)
    workspace.outbox.remove("one")
    assert workspace.outbox.get("one") is None


def reverse_table(ids: list[str]) -> pl.DataFrame:
    """A reverse table as pseudonymisation gives it."""
    return pl.DataFrame({"record_id": ids}).with_columns(
        row_id=pl.int_range(1, len(ids) + 1, dtype=pl.UInt32),
        numero_patient=pl.lit("P") + pl.col("record_id"),
        numero_tumeur=pl.lit("1"),
    )


def test_the_reverse_table_finds_the_rows(workspace: Workspace) -> None:
    workspace.reverse.put("b1", reverse_table(["x", "y"]))
    workspace.reverse.put("b2", reverse_table(["y", "z"]))
    held = workspace.reverse.frame("b1")
    assert held is not None and held.equals(reverse_table(["x", "y"]))
    assert workspace.reverse.lookup(["y"])["batch_id"].to_list() == ["b2", "b1"]
    assert workspace.reverse.lookup(["y", "q"], "b1")["row_id"].to_list() == [2]
    assert workspace.reverse.lookup(["y"], "none").is_empty() and workspace.reverse.frame("none") is None


def test_receipts_and_feedback(workspace: Workspace) -> None:
    workspace.receipts.put("b1", "jws")
    assert (workspace.receipts.get("b1"), workspace.receipts.get("b2")) == ("jws", None)
    for document in ("{}", "{}", '{"n": 2}', "{}"):
        workspace.feedback.put("b1", document)
    workspace.feedback.put("b2", "{}")
    assert workspace.feedback.get("b1") == '{"n": 2}' and workspace.feedback.get("b3") is None
    assert [(one.batch_id, one.number) for one in workspace.feedback.list()] == [
        ("b2", 1),
        ("b1", 2),
        ("b1", 1),
    ]


def test_the_chain_grows_once_a_batch(workspace: Workspace) -> None:
    assert workspace.chain.last() is None
    for batch, manifest in (("b1", "aa"), ("b2", "bb"), ("b1", "cc")):
        workspace.chain.advance(batch, manifest)
    assert workspace.chain.last() == ("b2", "bb")


def test_records_against_what_was_accepted_last(workspace: Workspace) -> None:
    new = pl.DataFrame({"record_id": ["a", "b", "c"], "sha256": ["1", "2", "3"]})
    assert workspace.records.compare(new) == RecordChanges(("a", "b", "c"), (), (), ())
    workspace.records.replace("b1", new)
    later = pl.DataFrame({"record_id": ["b", "c", "d"], "sha256": ["2", "9", "4"]})
    assert workspace.records.compare(later) == RecordChanges(("d",), ("c",), ("b",), ("a",))
    assert workspace.records.frame().equals(new)


def test_a_batch_of_one_contract_withdraws_nothing_of_another(workspace: Workspace) -> None:
    tumours = pl.DataFrame({"record_id": ["a", "b"], "sha256": ["1", "2"]})
    events = pl.DataFrame({"record_id": ["c"], "sha256": ["3"]})
    for batch, frame, contract in (("b1", tumours, "rnc-tumeurs"), ("b2", events, "rnc-notifications")):
        assert workspace.records.compare(frame, contract).withdrawn == ()
        workspace.records.stage(batch, frame, contract)
        workspace.records.promote(batch)
    assert workspace.records.compare(tumours.head(1), "rnc-tumeurs").withdrawn == ("b",)
    assert workspace.records.frame().height == 3
