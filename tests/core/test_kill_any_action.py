"""Killed while it corrects, confirms, undoes and discards: what it said was saved is there, nothing else."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from desktop_app.core.corrections import Action
from desktop_app.core.workspace import Workspace
from tests.core.acting_child import ROWS, VALUES, Step, act_until_killed
from tests.core.bench_parts import PlainChecker, batch, bench_of, new_batch
from tests.core.correction_model import Model
from tests.core.editing_child import CANARY, OneKey
from tests.core.test_bench_kill import CONTEXT


def killed(folder: Path, batch_id: str, draw: random.Random) -> tuple[list[Step], Step | None]:
    """Let a process act, kill -9 at some moment; the steps it said were saved, and the one under way."""
    said, says = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=act_until_killed, args=(folder, batch_id, draw.getrandbits(32), says))
    process.start()
    says.close()
    saved: list[Step] = []
    under_way: Step | None = None
    left: int | None = draw.randint(0, 8)
    while True:
        if left is not None and len(saved) >= left:
            time.sleep(draw.random() * 0.01)
            process.kill()
            left = None
        try:
            told = said.recv()
        except EOFError:
            break
        if isinstance(told, Step):
            under_way = told
        elif under_way is not None:
            saved, under_way = [*saved, under_way], None
    process.join()
    said.close()
    return saved, under_way


def told(step: Step) -> tuple[object, ...]:
    """A step as the log must hold it; discarding is an edit to the value of the source."""
    kind = "edit" if step.kind == "discard" else step.kind
    return kind, step.why, sorted(tuple(map(str, cell)) for cell in step.cells)


def logged(action: Action) -> tuple[object, ...]:
    """An action of the log in the same words."""
    names = ("row_id", "field", "new") if action.kind == "edit" else ("row_id", "rule_id")
    cells = [] if action.cells is None else action.cells.select(names).rows()
    why = action.note if action.kind == "confirm" else action.why
    return action.kind, why, sorted(tuple(map(str, cell)) for cell in cells)


def is_as_told(workspace: Workspace, batch_id: str, model: Model) -> None:
    """Values and verdicts after the restart are those of the model."""
    bench = bench_of(workspace, batch_id, batch(ROWS))
    frame = bench.frame
    held = [{field: frame[field][row] if field in frame.columns else None for field in VALUES}
            for row in range(frame.height)]  # fmt: skip
    assert held == model.rows
    expected = {
        (row, rule): "confirmed" if model.is_confirmed(row, rule) else "open"
        for row, rule in PlainChecker().check(frame).select("row_id", "rule_id").rows()
    }
    assert {(row, rule): state for row, rule, state in
            bench.findings.select("row_id", "rule_id", "state").rows()} == expected  # fmt: skip


def run_kills(folder: Path, kills: int, seed: int) -> None:
    draw = random.Random(seed)
    with Workspace.open(folder, OneKey()) as workspace:
        batch_id = new_batch(workspace)
    steps: list[Step] = []
    model = Model()
    for _ in range(kills):
        saved, under_way = killed(folder, batch_id, draw)
        for step in saved:
            model.apply(step)
        steps += saved
        assert not any(CANARY.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
        with Workspace.open(folder, OneKey()) as workspace:
            actions = workspace_log(workspace, batch_id)
            if under_way is not None and len(actions) == len(steps) + 1:  # it reached the disk
                model.apply(under_way)
                steps.append(under_way)
            assert [logged(action) for action in actions] == [told(step) for step in steps]
            assert [action.seq for action in actions] == list(range(1, len(actions) + 1))
            is_as_told(workspace, batch_id, model)
    # How much is done between two kills is up to the machine: few kills may leave one kind out.
    wanted = {"edit", "confirm", "undo", "redo"} if kills >= 50 else {"edit", "undo"}
    assert {step.kind for step in steps} >= wanted, "the run did too little"


def workspace_log(workspace: Workspace, batch_id: str) -> list[Action]:
    from desktop_app.core.corrections import CorrectionLog

    return CorrectionLog(workspace, batch_id).actions()


def test_killed_ten_times(tmp_path: Path) -> None:
    run_kills(tmp_path / "work", 10, seed=7)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_killed_five_hundred_times(tmp_path: Path, part: int) -> None:
    """Ten workspaces, fifty kills each: what piles up in one log would only make the starts slow."""
    run_kills(tmp_path / "work", 50, seed=100 + part)
