"""The program killed while it corrects: every action it said was saved is there, in order, encrypted."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from pathlib import Path

import pytest

from desktop_app.core.corrections import CorrectionLog
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import new_batch
from tests.core.editing_child import CANARY, OneKey, edit_until_killed, name_at

if sys.platform == "win32":
    CONTEXT = multiprocessing.get_context("spawn")
else:
    CONTEXT = multiprocessing.get_context("forkserver")
    CONTEXT.set_forkserver_preload(["tests.core.editing_child"])


def killed_after(folder: Path, batch_id: str, actions: int, seconds: float) -> int:
    """Let a process edit, kill -9 some time after it said `actions`; the last that it said was saved."""
    said, says = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=edit_until_killed, args=(folder, batch_id, says))
    process.start()
    says.close()
    last = [said.recv() for _ in range(actions)][-1]
    time.sleep(seconds)
    process.kill()
    try:
        while True:
            last = said.recv()
    except EOFError:
        pass
    process.join()
    said.close()
    return int(last)


def run_kills(folder: Path, kills: int) -> None:
    """After each kill, compare the log with what was said."""
    with Workspace.open(folder, OneKey()) as workspace:
        batch_id = new_batch(workspace)
    draw = random.Random(kills)
    for _ in range(kills):
        saved = killed_after(folder, batch_id, draw.randint(1, 8), draw.random() * 0.01)
        assert not any(CANARY.encode() in path.read_bytes() for path in folder.iterdir())
        with Workspace.open(folder, OneKey()) as workspace:
            actions = CorrectionLog(workspace, batch_id).actions()
        assert len(actions) in (saved, saved + 1)  # the one under way may have reached the disk
        assert [action.seq for action in actions] == list(range(1, len(actions) + 1))
        written = [action.cells["new"].item() for action in actions if action.cells is not None]
        assert written == [name_at(action.seq) for action in actions]


def test_killed_twenty_times(tmp_path: Path) -> None:
    run_kills(tmp_path / "work", 20)


@pytest.mark.slow
def test_killed_two_hundred_times(tmp_path: Path) -> None:
    run_kills(tmp_path / "work", 200)
