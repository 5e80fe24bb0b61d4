"""Any sequence of edits, confirmations, withdrawals, undo, redo, leaps through the history and restarts,
against a model that keeps every state."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.workspace import SecretStore, Workspace, open_secrets
from tests.core.bench_parts import PlainChecker, batch, bench_of, new_batch
from tests.core.correction_model import shares_its_number

FIELDS = ("numero_patient", "sexe", "topographie")
ROWS = [
    ("P1", "1", "C53.9"),
    ("P1", "2", "C50.1"),
    ("P2", None, "C53.9"),
    ("P3", "1", "C53.9"),
    (None, "2", None),
]
VALUES = {"numero_patient": ("P1", "P2", None), "sexe": ("1", "2", None), "topographie": ("C53.9", "C61.9")}
# What each rule reads, with the record key, by hand: the model does not ask the product.
READS = {"T-2": (0, 1, 2), "T-3": (0, 1)}

Cells = tuple[tuple[str | None, ...], ...]
State = tuple[Cells, frozenset[tuple[object, ...]], frozenset[int]]

cells = st.sampled_from(FIELDS).flatmap(
    lambda field: st.builds(
        CellEdit, st.integers(1, len(ROWS)), st.just(field), st.sampled_from(VALUES[field])
    )
)


class BenchMachine(RuleBasedStateMachine):
    """The bench beside a list of states: undo is the one before, redo the one after."""

    folder: ClassVar[Path]
    secrets: ClassVar[SecretStore]

    @initialize()
    def open(self) -> None:
        self.place = Path(tempfile.mkdtemp(dir=self.folder))
        self.workspace = Workspace.open(self.place, self.secrets)
        self.batch_id = new_batch(self.workspace)
        self.bench: Bench = bench_of(self.workspace, self.batch_id, batch(ROWS))
        self.states: list[State] = [(tuple(ROWS), frozenset(), frozenset())]
        self.seqs: list[int] = [0]
        self.now = 0

    @rule(edits=st.lists(cells, min_size=1, max_size=6))
    def edit(self, edits: list[CellEdit]) -> None:
        rows = [list(row) for row in self.states[self.now][0]]
        for row, field, new in edits:
            rows[row - 1][FIELDS.index(field)] = new
        change = self.bench.edit(edits)
        self.step((tuple(tuple(row) for row in rows), *self.states[self.now][1:]), change.seq)

    @rule(rows=st.sets(st.integers(1, len(ROWS)), min_size=1, max_size=2))
    def withdraw(self, rows: set[int]) -> None:
        cells, confirmed, gone = self.states[self.now]
        if len(gone | rows) == len(ROWS):
            return
        change = self.bench.withdraw(sorted(rows), "same_tumour")
        self.step((cells, confirmed, gone | rows), change.seq)

    @rule(rows=st.sets(st.integers(1, len(ROWS)), min_size=1, max_size=2))
    def reinstate(self, rows: set[int]) -> None:
        cells, confirmed, gone = self.states[self.now]
        self.step((cells, confirmed, gone - rows), self.bench.reinstate(sorted(rows)).seq)

    @rule(data=st.data(), many=st.booleans())
    def confirm(self, data: Any, many: bool) -> None:
        self.judge(data, many, "open")

    @rule(data=st.data(), many=st.booleans())
    def revoke(self, data: Any, many: bool) -> None:
        self.judge(data, many, "confirmed")

    def judge(self, data: Any, many: bool, state: str) -> None:
        pairs = [
            (row, rule_id) for row, rule_id, held in self.expected() if held == state and rule_id != "T-1"
        ]
        if not pairs:
            return
        chosen = pairs if many else [data.draw(st.sampled_from(pairs))]
        cells, confirmed, gone = self.states[self.now]
        keys = {self.key(row, rule_id) for row, rule_id in chosen}
        act = self.bench.confirm(chosen, "checked_record") if state == "open" else self.bench.revoke(chosen)
        self.step((cells, confirmed | keys if state == "open" else confirmed - keys, gone), act.seq)

    def step(self, state: State, seq: int | None) -> None:
        assert (seq is not None) == (state != self.states[self.now])
        if seq is not None:
            self.states = [*self.states[: self.now + 1], state]
            self.seqs = [*self.seqs[: self.now + 1], seq]
            self.now += 1

    @rule()
    def undo(self) -> None:
        assert (self.bench.undo() is not None) == (self.now > 0)
        self.now = max(0, self.now - 1)

    @rule()
    def redo(self) -> None:
        last = len(self.states) - 1
        assert (self.bench.redo() is not None) == (self.now < last)
        self.now = min(last, self.now + 1)

    @rule(data=st.data())
    def go_to(self, data: Any) -> None:
        place = data.draw(st.integers(0, len(self.seqs) - 1))
        assert (self.bench.go_to(self.seqs[place]) is not None) == (place != self.now)
        self.now = place

    @rule()
    def restart(self) -> None:
        self.workspace.close()
        self.workspace = Workspace.open(self.place, self.secrets)
        self.bench = bench_of(self.workspace, self.batch_id, batch(ROWS))

    def key(self, row: int, rule_id: str) -> tuple[object, ...]:
        held = self.states[self.now][0][row - 1]
        source, now = ([each[0] for each in self.states[at][0]] for at in (0, self.now))
        own = row if shares_its_number(source, now, row) else None
        return (rule_id, own, held[0], *(held[place] for place in READS[rule_id]))

    def expected(self) -> list[tuple[int, str, str]]:
        _, confirmed, gone = self.states[self.now]
        records = self.bench.frame.filter(~self.bench.frame["row_id"].is_in(gone))
        found = PlainChecker().check(records).select("row_id", "rule_id").rows()
        return [
            (
                row,
                rule_id,
                "confirmed" if rule_id in READS and self.key(row, rule_id) in confirmed else "open",
            )
            for row, rule_id in found
        ]

    @precondition(lambda self: hasattr(self, "bench"))
    @invariant()
    def same(self) -> None:
        cells, _, gone = self.states[self.now]
        assert set(self.bench.withdrawn()["row_id"]) == gone
        assert tuple(self.bench.frame.select(FIELDS).rows()) == cells
        assert self.bench.findings.select("row_id", "rule_id", "state").rows() == self.expected()
        pairs = zip(sum(cells, ()), sum(ROWS, ()), strict=True)
        changed = sum(value != source for value, source in pairs)
        assert self.bench.pending().height == changed == self.bench.counts().corrected
        assert (self.bench.can_undo, self.bench.can_redo) == (self.now > 0, self.now < len(self.states) - 1)

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            self.workspace.close()
            shutil.rmtree(self.place)


def test_any_sequence_of_actions(tmp_path: Path) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    BenchMachine.folder = tmp_path
    BenchMachine.secrets = open_secrets(tmp_path / "keys", lambda: "machine à états")
    quick = settings(max_examples=25, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(BenchMachine, settings=quick)
