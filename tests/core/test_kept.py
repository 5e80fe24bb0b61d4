"""A batch opened again from what was kept of it is the batch that reading its file would give."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core import flow, kept
from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.errors import AppError
from desktop_app.core.extracts import open_extract
from desktop_app.core.flow import OnBench, put_on_bench, resume, source_of
from desktop_app.core.mapping import draft_recipe
from desktop_app.core.workspace import Workspace, retention
from desktop_app.core.workspace.kept_store import AT_MOST, KeptStore
from desktop_app.demo.large import write_large
from tests.core.editing_child import OneKey
from tests.core.test_site_rules_stay import site_file
from validation_rules.check import Checker
from validation_rules.contract import load_contract

TODAY = date(2026, 11, 22)
ROWS = 200


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "novembre.csv"
    write_large(path, ROWS, wrong=0.2)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path / "work", OneKey())


def checked(desk: Workspace, source: Path) -> OnBench:
    """The file read, mapped, checked and kept."""
    extract, contract = open_extract(source), load_contract()
    at_hand = put_on_bench(
        desk, extract, draft_recipe(extract, contract).recipe, contract, TODAY, name="n", carry=False
    )
    assert kept.keep(desk, at_hand.row, at_hand.bench, at_least=1)
    return at_hand


def again(desk: Workspace, batch_id: str, day: date = TODAY) -> Bench:
    """The bench without anything kept."""
    kept.forget(desk, batch_id)
    return resume(desk, batch_id, day).bench


def same(one: Bench, other: Bench) -> bool:
    """Whether rows and findings are the same, to the types of the columns."""
    return one.frame.equals(other.frame) and one.findings.equals(other.findings)


def test_it_opens_without_reading_the_file(desk: Workspace, source: Path) -> None:
    at_hand = checked(desk, source)
    taken = resume(desk, at_hand.row.id, TODAY)
    assert taken.extract is None and taken.mapped.frame.equals(at_hand.mapped.frame)
    assert taken.bench.findings.schema == at_hand.bench.findings.schema
    assert same(taken.bench, again(desk, at_hand.row.id))
    assert resume(desk, at_hand.row.id, TODAY).extract is not None
    assert source_of(at_hand.row).frame.height == ROWS


@pytest.mark.parametrize("after", [0, 1, 40])
def test_edits_after_it_was_kept_are_there(desk: Workspace, source: Path, after: int) -> None:
    at_hand = checked(desk, source)
    at_hand.bench.edit([CellEdit(3, "sexe", "1")])
    kept.keep(desk, at_hand.row, at_hand.bench, at_least=1)
    at_hand.bench.edit([CellEdit(1 + row, "numero_patient", "B7") for row in range(after)])
    at_hand.bench.undo()
    at_hand.bench.edit([CellEdit(9, "topographie", "C61.9")])
    taken = resume(desk, at_hand.row.id, TODAY)
    assert taken.extract is None and same(taken.bench, at_hand.bench)
    assert same(taken.bench, again(desk, at_hand.row.id))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_was_done_it_opens_as_it_was_left(
    desk: Workspace, source: Path, data: st.DataObject
) -> None:
    at_hand = checked(desk, source)
    bench = at_hand.bench
    for _ in range(data.draw(st.integers(1, 6))):
        action = data.draw(st.sampled_from(["edit", "undo", "redo", "keep"]))
        if action == "edit":
            row, field = (
                data.draw(st.integers(1, ROWS)),
                data.draw(st.sampled_from(["sexe", "grade", "oid_ins"])),
            )
            bench.edit([CellEdit(row, field, data.draw(st.sampled_from(["1", "2", "x", None])))])
        elif action == "keep":
            kept.keep(desk, at_hand.row, bench, at_least=1)
        else:
            bench.undo() if action == "undo" else bench.redo()
    taken = resume(desk, at_hand.row.id, TODAY)
    assert taken.extract is None and same(taken.bench, bench)
    first = Checker(bench.contract, TODAY).check(taken.mapped.frame)
    assert taken.bench.at_source is not None and taken.bench.at_source.equals(first)


def test_another_day_finds_what_a_check_of_that_day_finds(desk: Workspace, source: Path) -> None:
    at_hand = checked(desk, source)
    at_hand.bench.edit(
        [CellEdit(1, "date_incidence", "2026-11-23"), CellEdit(2, "date_naissance", "2026-11-25")]
    )
    kept.keep(desk, at_hand.row, at_hand.bench, at_least=1)
    for day in (TODAY + timedelta(1), TODAY + timedelta(400), TODAY - timedelta(30)):
        taken = resume(desk, at_hand.row.id, day)
        assert taken.extract is None
        assert same(taken.bench, Bench.start(desk, at_hand.row.id, taken.mapped, day))


def test_a_changed_file_is_refused(desk: Workspace, source: Path) -> None:
    at_hand = checked(desk, source)
    source.write_bytes(source.read_bytes() + b"\n")
    with pytest.raises(AppError, match=r"flow\.source_changed"):
        resume(desk, at_hand.row.id, TODAY)
    source.unlink()
    with pytest.raises(AppError, match=r"flow\.source_gone"):
        resume(desk, at_hand.row.id, TODAY)


def test_another_recipe_contract_or_program_makes_it_anew(
    desk: Workspace, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_hand = checked(desk, source)
    monkeypatch.setattr(kept, "program", lambda: "another")
    assert resume(desk, at_hand.row.id, TODAY).extract is not None
    monkeypatch.undo()
    assert resume(desk, at_hand.row.id, TODAY).extract is None
    recipe = at_hand.mapped.recipe
    fewer = recipe.model_copy(update={"columns": recipe.columns[:-1]})
    desk.batches.set_recipe(at_hand.row.id, fewer.to_json(), at_hand.row.options)
    assert resume(desk, at_hand.row.id, TODAY).extract is not None
    # What is on the screen is not what the batch says by now: it must not be kept under its name.
    assert not kept.keep(desk, desk.batches.get(at_hand.row.id), at_hand.bench, at_least=1)


def test_a_recipe_of_an_earlier_version_that_names_its_file_is_the_same(
    desk: Workspace, source: Path
) -> None:
    at_hand = checked(desk, source)
    named = {"recipe": 1, "file": "novembre.csv", **json.loads(at_hand.mapped.recipe.to_json())}
    desk.batches.set_recipe(at_hand.row.id, json.dumps(named), at_hand.row.options)
    row = desk.batches.get(at_hand.row.id)
    assert kept.keep(desk, row, resume(desk, row.id, TODAY).bench, at_least=1)


def test_rules_of_the_site_are_checked_though_findings_were_kept(
    desk: Workspace, source: Path, tmp_path: Path
) -> None:
    at_hand = checked(desk, source)
    other = site_file(tmp_path, ("01", "confirm", False))
    flow.keep_site_rules(desk, other)
    taken = resume(desk, at_hand.row.id, TODAY)
    assert taken.extract is None and "SITE-01" in taken.bench.findings["rule_id"].cast(pl.String).unique()
    assert same(taken.bench, again(desk, at_hand.row.id))


def test_a_damaged_copy_is_thrown_away(desk: Workspace, source: Path) -> None:
    at_hand = checked(desk, source)
    (copy,) = (desk.folder / "kept").glob("*.db")
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(bytes(content))
    assert resume(desk, at_hand.row.id, TODAY).extract is not None
    assert not copy.exists()


def test_no_value_can_be_read_in_the_copy(desk: Workspace, source: Path) -> None:
    at_hand = checked(desk, source)
    names = at_hand.bench.frame["nom_naissance"].drop_nulls().head(20).to_list()
    copies = [path.read_bytes() for path in (desk.folder / "kept").iterdir()]
    assert copies and not any(name.encode() in copy for name in names for copy in copies)
    assert (desk.folder / "kept").stat().st_mode & 0o077 == 0
    kept.forget(desk, at_hand.row.id)
    assert not list((desk.folder / "kept").iterdir())


def test_a_purge_leaves_no_copy_and_none_is_made_again(desk: Workspace, source: Path) -> None:
    at_hand = checked(desk, source)
    assert desk.kept.size() > 0
    retention.purge(desk, [at_hand.row.id])
    assert desk.kept.size() == 0
    assert not kept.keep(desk, at_hand.row, at_hand.bench, at_least=1)
    assert desk.kept.size() == 0


def test_a_small_batch_leaves_no_copy(desk: Workspace, source: Path) -> None:
    at_hand = checked(desk, source)
    kept.forget(desk, at_hand.row.id)
    assert not kept.keep(desk, at_hand.row, at_hand.bench)
    assert desk.kept.size() == 0


def test_only_the_last_batches_are_kept(tmp_path: Path) -> None:
    store = KeptStore(tmp_path, OneKey(), readonly=False)
    for number in range(AT_MOST + 2):
        assert store.put(f"b{number}", "rows", "m", b"content")
    held = [number for number in range(AT_MOST + 2) if store.get(f"b{number}", "rows", "m") == b"content"]
    assert held == list(range(2, AT_MOST + 2))
    store.drop_all_but([f"b{AT_MOST}"])
    assert [store.has(f"b{number}", "rows", "m") for number in held].count(True) == 1
    reader = KeptStore(tmp_path, OneKey(), readonly=True)
    assert reader.get(f"b{AT_MOST}", "rows", "m") and not reader.put("b9", "rows", "m", b"")
    assert reader.get(f"b{AT_MOST}", "rows", "other") is None
