"""Another process that corrects, confirms, undoes: it says what it will do, and when that was saved."""

from __future__ import annotations

import random
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import batch, bench_of, contract
from tests.core.editing_child import CANARY, OneKey

contract()  # read once, before the processes part
ROWS = [
    ("P1", "1", "C53.9"),
    ("P1", "2", "C50.1"),
    ("P2", None, "C53.9"),
    ("P3", "1", "C53.9"),
    ("P4", "2", None),
]
VALUES: dict[str, tuple[str | None, ...]] = {
    "numero_patient": ("P1", "P2", "P3"),
    "sexe": ("1", "2", None),
    "topographie": ("C53.9", "C61.9"),
    "nom_naissance": (f"{CANARY}-A", f"{CANARY}-B", None),
}
KINDS = ("edit",) * 4 + ("confirm",) * 3 + ("undo",) * 3 + ("redo",) * 2 + ("discard", "revoke")


class Step(NamedTuple):
    """What is to be done. `cells`: (row, field, new) of an edit, (row, rule) of a confirmation."""

    kind: str
    cells: tuple[tuple[object, ...], ...] = ()
    why: str = ""


def next_step(bench: Bench, draw: random.Random) -> Step:
    """A step that changes something now."""
    while True:
        kind = draw.choice(KINDS)
        if kind == "edit":
            return Step(kind, _edits(bench, draw), f"{CANARY} {draw.randint(0, 999)}")
        if kind in ("confirm", "revoke"):
            cells = _pairs(bench, "open" if kind == "confirm" else "confirmed", draw)
            if cells:
                return Step(kind, cells, f"{CANARY} {draw.randint(0, 999)}")
        if kind == "discard" and bench.pending().height:
            row = draw.choice(bench.pending().select("row_id", "field", "old").rows())
            return Step(kind, (row,))
        if (kind == "undo" and bench.can_undo) or (kind == "redo" and bench.can_redo):
            return Step(kind)


def _edits(bench: Bench, draw: random.Random) -> tuple[tuple[object, ...], ...]:
    """New values that differ from those there, each cell once."""
    made = {}
    for _ in range(draw.randint(1, 3)):
        row, field = draw.randrange(len(ROWS)), draw.choice(list(VALUES))
        held = bench.frame[field][row]
        made[row + 1, field] = draw.choice([value for value in VALUES[field] if value != held])
    return tuple((row, field, new) for (row, field), new in made.items())


def _pairs(bench: Bench, state: str, draw: random.Random) -> tuple[tuple[object, ...], ...]:
    found = bench.findings
    found = found.filter((found["severity"] == "confirm") & (found["state"] == state))
    rows = found.select("row_id", "rule_id").rows()
    return tuple(draw.sample(rows, draw.randint(1, min(2, len(rows))))) if rows else ()


def do(bench: Bench, step: Step) -> None:
    """The step through the bench, which saves it before it returns."""
    if step.kind == "edit":
        bench.edit([CellEdit(*cell) for cell in step.cells], why=step.why)  # type: ignore[arg-type]
    elif step.kind == "discard":
        bench.discard([cell[:2] for cell in step.cells])  # type: ignore[misc]
    elif step.kind == "confirm":
        bench.confirm(list(step.cells), "checked_record", step.why)  # type: ignore[arg-type]
    elif step.kind == "revoke":
        bench.revoke(list(step.cells), step.why)  # type: ignore[arg-type]
    else:
        (bench.undo if step.kind == "undo" else bench.redo)()


def act_until_killed(folder: Path, batch_id: str, seed: int, said: Connection) -> None:
    """Send each step before it is done, and True once it is saved."""
    with Workspace.open(folder, OneKey()) as workspace:
        bench = bench_of(workspace, batch_id, batch(ROWS))
        draw = random.Random(seed)
        while True:
            step = next_step(bench, draw)
            said.send(step)
            do(bench, step)
            said.send(True)
