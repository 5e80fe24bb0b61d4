"""Blocks of many cells: what they leave is what one edit after the other would leave."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core import bench_frames, bench_net, corrections
from desktop_app.core.bench import Bench
from desktop_app.core.bench_frames import edits_of, net_edits
from desktop_app.core.corrections import CHANGE_SCHEMA, EDIT_SCHEMA, CorrectionLog, packed_edit
from desktop_app.core.errors import AppError
from desktop_app.core.payload import blocks_in, unpacked
from desktop_app.core.workspace import Workspace
from desktop_app.core.workspace.frames import to_bytes
from tests.core.bench_parts import SMALL, PlainChecker, bench_of, new_batch
from tests.core.editing_child import OneKey

FIELDS = ("sexe", "topographie", "grade")
CLEAN: dict[str, str | None] = {" 2 ": "2", "c53.9": "C53.9", "": None}
VALUES = st.sampled_from(["1", "2", " 2 ", "c53.9", None, ""])
CELLS = st.lists(
    st.tuples(st.integers(1, len(SMALL)), st.sampled_from(FIELDS), VALUES),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("work"), OneKey())


@pytest.fixture(scope="module", autouse=True, params=[100, -1], ids=["by hand", "by queries"])
def most_by_hand(request: pytest.FixtureRequest) -> Iterator[None]:
    """Few cells are looked at one by one, many in whole columns: both ways hold to the same."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (bench_frames, bench_net):
            patch.setattr(module, "_BY_HAND", request.param)
        yield


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(CELLS, st.sampled_from(["undo", "redo"])), max_size=8))
def test_pending_is_what_all_edits_come_to(
    desk: Workspace, actions: list[str | list[tuple[int, str, str | None]]]
) -> None:
    batch_id = new_batch(desk)
    bench = bench_of(desk, batch_id)
    for action in actions:
        if action == "undo":
            bench.undo()
        elif action == "redo":
            bench.redo()
        else:
            bench.edit([tuple(cell) for cell in action])  # type: ignore[misc]
        steps = bench.history.of_kind("edit")
        assert bench.pending().equals(net_edits(edits_of(steps)))
    assert bench_of(desk, batch_id).pending().equals(bench.pending())
    assert bench_of(desk, batch_id).frame.equals(bench.frame)


@settings(max_examples=25, deadline=None)
@given(CELLS)
def test_a_block_is_its_cells_one_by_one(desk: Workspace, cells: list[tuple[int, str, str | None]]) -> None:
    together, alone = bench_of(desk, new_batch(desk)), bench_of(desk, new_batch(desk))
    together.edit(pl.DataFrame(cells, schema=["row_id", "field", "new"], orient="row", strict=False))
    for cell in cells:
        alone.edit([cell])  # type: ignore[list-item]
    assert together.frame.equals(alone.frame) and together.findings.equals(alone.findings)
    told = ["row_id", "field", "old", "new"]
    assert together.pending().select(told).sort(told).equals(alone.pending().select(told).sort(told))


@pytest.mark.parametrize("cell", [(99, "sexe", "1"), (1, "nowhere", "1"), (0, "sexe", "1")])
def test_a_block_with_one_wrong_cell_changes_nothing(desk: Workspace, cell: tuple[int, str, str]) -> None:
    bench = bench_of(desk, new_batch(desk))
    before = bench.frame
    with pytest.raises(AppError):
        bench.edit([(1, "sexe", "2"), cell])  # type: ignore[list-item]
    assert bench.frame is before and not bench.can_undo


def block(rows: int, field: str = "grade") -> pl.DataFrame:
    """An edit of every third row from the second on."""
    return pl.DataFrame(
        {
            "row_id": range(2, 2 + 3 * rows, 3),
            "field": [field] * rows,
            "old": [None if row % 3 else f"V{row}" for row in range(rows)],
            "new": [str(row % 4) if row % 7 else None for row in range(rows)],
        },
        schema=CHANGE_SCHEMA,
    )


def names_of(cells: pl.DataFrame) -> pl.DataFrame:
    """The records of these rows; every fifth has a twin, so that its name is given as it is."""
    key = pl.format("P{}\x1f1", "row_id")
    twin = pl.col("row_id") % 5 == 0
    return cells.select(
        "row_id", key=pl.when(~twin).then(key), record=pl.when(twin).then(pl.lit(sha256(b"twin").hexdigest()))
    )


@pytest.mark.parametrize("rows", [1, 5_000])
def test_the_log_gives_back_what_it_was_given(desk: Workspace, rows: int) -> None:
    log = CorrectionLog(desk, new_batch(desk))
    blocks = [block(rows), block(rows, "sexe")]
    made = log.append_edit(packed_edit(blocks, names_of(blocks[0])), "courrier")
    (read,), (step,) = log.actions(), log.history().done
    names = [f"P{row}\x1f1".encode() if row % 5 else b"twin" for row in blocks[0]["row_id"]]
    cells = pl.concat(blocks).with_columns(record=pl.Series([sha256(name).hexdigest() for name in names] * 2))
    assert read.cells is not None and read.cells.equals(cells) and read.size == 2 * rows
    for action in (made, step):
        assert action.cells is not None and action.cells.select(CHANGE_SCHEMA.keys()).equals(
            pl.concat(blocks)
        )
        assert [part.height for part in action.blocks()] == [rows, rows]
        first = action.first(3)
        assert first is not None and first.select(CHANGE_SCHEMA.keys()).equals(
            pl.concat(blocks).head(3)[: 2 * rows]
        )


@pytest.mark.parametrize("rows", [1, 5_000])
def test_blocks_of_the_first_form_are_read(rows: int) -> None:
    cells = pl.concat([block(rows), block(rows, "sexe")])
    names = [sha256(str(row).encode()).hexdigest() for row in cells["row_id"]]
    cells = cells.with_columns(record=pl.Series(names)).sample(fraction=1, shuffle=True, seed=rows)
    digests = cells.unique("row_id").select("row_id", pl.col("record").str.decode("hex"))
    body = to_bytes(cells.select("row_id", pl.col("field", "old", "new").cast(pl.Categorical)))
    content = b"NAVCELL1" + len(body).to_bytes(8, "little") + body + to_bytes(digests)
    assert unpacked(content, EDIT_SCHEMA).equals(cells)
    found = pl.concat(blocks_in(content)).sort("field", "row_id")
    assert found.equals(cells.drop("record").sort("field", "row_id"))


def test_a_large_block_is_small_on_the_disk() -> None:
    cells = block(30_000).with_columns(old=pl.lit("1"), new=pl.lit("3"))
    assert len(packed_edit([cells], names_of(cells)).payload) < 30_000 * 5


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Edits of three cells are blocks already, and two such steps are not looked at together."""
    for module in (corrections, bench_frames):
        for name, value in (("MANY_CELLS", 3), ("_AT_ONCE", 3)):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)


Cells = dict[tuple[int, str], str | None]
ACTIONS = st.lists(st.one_of(CELLS, st.sampled_from(["undo", "redo", "back", "rule", "restart"])), max_size=9)


def written(bench: Bench, action: object, now: Cells, source: Cells) -> Cells:
    """The cells after an edit, or after what T-3 finds was put back; done by the bench."""
    if action == "rule":
        found = bench.findings.filter(pl.col("rule_id").cast(pl.String) == "T-3")["row_id"]
        chosen = [(row, "sexe") for row in found]
        bench.discard(chosen)
        return now | {cell: source[cell] for cell in chosen}
    cells: list[tuple[int, str, str | None]] = action  # type: ignore[assignment]
    bench.edit(pl.DataFrame(cells, schema=["row_id", "field", "new"], orient="row", strict=False))
    return now | {(row, name): CLEAN.get(new or "", new) for row, name, new in cells}


def turned(bench: Bench, action: object, now: int, last: int) -> int:
    """The number of the state after an undo, a redo, or a leap back to the source; done by the bench."""
    if action == "undo":
        bench.undo()
        return max(0, now - 1)
    if action == "redo":
        bench.redo()
        return min(last, now + 1)
    bench.go_to(0)
    return 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS)
def test_a_bulk_action_is_the_same_cell_by_cell(
    desk: Workspace, small_blocks: None, actions: list[object]
) -> None:
    """Whatever is done: rows, findings, corrections are those of a plain dictionary of cells."""
    batch_id = new_batch(desk)
    bench = bench_of(desk, batch_id)
    source = {(row, name): bench.frame[name][row - 1] for row in range(1, len(SMALL) + 1) for name in FIELDS}
    states, now = [source], 0
    for action in actions:
        if action == "restart":
            bench = bench_of(desk, batch_id)
        elif action in ("undo", "redo", "back"):
            now = turned(bench, action, now, len(states) - 1)
        elif (after := written(bench, action, states[now], source)) != states[now]:
            states, now = [*states[: now + 1], after], now + 1
        held = {(row, name): bench.frame[name][row - 1] for row, name in source}
        assert held == states[now]
        off = {(*cell, source[cell], value) for cell, value in held.items() if value != source[cell]}
        lines = bench.pending()
        assert {*lines.select("row_id", "field", "old", "new").rows()} == off and lines.height == len(off)
        assert lines.equals(net_edits(edits_of(bench.history.of_kind("edit"))))
        assert bench.findings.drop("state").equals(PlainChecker().check(bench.frame))
