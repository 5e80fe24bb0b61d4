"""The bench under the product's own rules: what an edit shows is what a whole check would say."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import RECIPE, SOURCE, TODAY, new_batch
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise


@pytest.fixture(scope="module")
def mapped(shared: Path) -> Mapped:
    """Two thousand invented records, some with findings."""
    frame = pl.read_csv(shared / "samples" / "desordre" / "canonical.csv", infer_schema=False)
    return Mapped(SOURCE, RECIPE, load_contract(), normalise(frame, load_contract()))


def whole_check(bench: Bench) -> pl.DataFrame:
    """Everything looked at again."""
    return Checker(bench.contract, TODAY).check(bench.frame)


def random_edit(bench: Bench, draw: random.Random) -> CellEdit:
    """A cell gets the value of another row in the same field, or none."""
    field = draw.choice(bench.contract.field_names)
    row_ids = bench.frame["row_id"]
    value = draw.choice([*bench.frame[field].sample(3, seed=draw.randrange(999)), None])
    return CellEdit(row_ids[draw.randrange(len(row_ids))], field, value)


def test_every_step_is_as_a_whole_check(workspace: Workspace, mapped: Mapped) -> None:
    batch_id, draw = new_batch(workspace), random.Random(7)
    bench = Bench.start(workspace, batch_id, mapped, TODAY)
    first, seen = bench.findings, []
    for size in (1, 1, 3, 1, 200, 1, 5, 1):
        before = (bench.frame, bench.findings)
        if bench.edit([random_edit(bench, draw) for _ in range(size)]).seq is not None:
            seen.append(before)
        assert_frame_equal(bench.findings.drop("state"), whole_check(bench))
    again = Bench.start(workspace, batch_id, mapped, TODAY)
    assert_frame_equal(again.frame, bench.frame)
    for frame, findings in reversed(seen):
        again.undo()
        assert_frame_equal(again.frame, frame)
        assert_frame_equal(again.findings, findings)
    assert_frame_equal(again.findings, first)
    assert len(seen) > 4 and not again.can_undo


def test_confirming_all_leaves_only_errors(workspace: Workspace, mapped: Mapped) -> None:
    bench = Bench.start(workspace, new_batch(workspace), mapped, TODAY)
    wanted = bench.findings.filter(pl.col("severity") == "confirm")
    pairs = wanted.select("row_id", pl.col("rule_id").cast(pl.String)).rows()
    assert bench.confirm(pairs, "checked_record").cells == wanted.height == bench.counts().confirmed
    left = bench.checked().blocking()
    assert left.height == bench.counts().errors > 0
    assert len(bench.checked().confirmations) == wanted.height


def test_a_block_of_many_cells_is_one_step(workspace: Workspace, mapped: Mapped) -> None:
    bench = Bench.start(workspace, new_batch(workspace), mapped, TODAY)
    block = mapped.frame.select("row_id", new=pl.lit("75056")).join(
        pl.DataFrame({"field": ["commune_residence", "commune_naissance"]}), how="cross"
    )
    assert bench.edit(block).cells > 3000 and len(bench.history.done) == 1
    assert_frame_equal(bench.findings.drop("state"), whole_check(bench))
    bench.undo()
    assert_frame_equal(bench.frame, mapped.frame)
