"""What a bench does beside edits and confirmations: records leave and come back, its history is walked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import polars as pl

from desktop_app.core.bench_frames import (
    blocks_of,
    ids,
    less,
    places,
    rows_at,
    rows_in,
    rows_of,
    union,
)
from desktop_app.core.bench_labels import step_label
from desktop_app.core.bench_net import lean, replayed, with_source, with_step, without_step
from desktop_app.core.bench_texts import STEPS, TURNS, unknown_cell
from desktop_app.core.bench_types import Change, RowChecker, nothing_done
from desktop_app.core.corrections import (
    EDITS,
    STAMP_SCHEMA,
    Action,
    of_one_row,
    packed_edit,
    record_hashes,
    row_digests,
)
from desktop_app.core.months.records import record_names, record_texts
from desktop_app.core.withdrawals import WITHDRAWAL_SCHEMA, check_withdrawal, nothing_left, withdrawn_by

if TYPE_CHECKING:
    from desktop_app.core.bench import _State
    from desktop_app.core.bench_types import Counts
    from desktop_app.core.corrections import CorrectionLog, History, PackedEdit
    from validation_rules.check import Rechecked
    from validation_rules.contract import Contract


_LIGHT = 500_000  # findings with which a state may be held beside the one that came after it


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the bench was just before its latest step, the edit `seq`: undone, it is that again, and nothing
    need be checked. `rows` and `looked` are those of the step, see `Change`."""

    seq: int
    state: _State
    rows: pl.Series
    looked: pl.Series | None


class Moves:
    """The part of `Bench` that this file holds; nothing else derives from it."""

    _earlier: Earlier | None = None
    _counted: tuple[_State, Counts] | None = None

    _state: _State
    _log: CorrectionLog
    _checker: RowChecker
    _base: pl.DataFrame
    _twins: pl.DataFrame

    if TYPE_CHECKING:

        @property
        def contract(self) -> Contract: ...
        @property
        def frame(self) -> pl.DataFrame: ...
        @property
        def findings(self) -> pl.DataFrame: ...
        def _edited(self, state: _State, edits: Sequence[pl.DataFrame], rows: pl.Series) -> _State: ...
        def _found_again(self, state: _State, again: Rechecked) -> _State: ...
        def _judged(self, state: _State) -> _State: ...
        def _commit(self, state: _State, action: Action, row_ids: pl.Series) -> Change: ...
        def _stamped(self, findings: pl.DataFrame) -> pl.DataFrame: ...

    def withdraw(
        self,
        row_ids: Sequence[int],
        reason: str,
        note: str = "",
        *,
        kept: int | None = None,
        rule_id: str | None = None,
    ) -> Change:
        """Take these records out of the batch, as one action, with a code of WITHDRAWAL_REASONS.

        `kept`: the row they are the same as; `rule_id`: the finding that this settles. Those that are out
        already are left out. Raises AppError when a row does not exist, no record would be left, or a note is
        needed; ValueError for an unknown reason.
        """
        check_withdrawal(reason, note)
        rows = rows_of(row_ids)
        if places(self.frame, rows) is None:
            raise unknown_cell()
        rows = rows.filter(~rows.is_in(self._state.gone["row_id"].implode()))
        if rows.is_empty():
            return nothing_done()
        if rows.len() + self._state.gone.height == self.frame.height:
            raise nothing_left()
        return self._move("withdraw", self._withdrawal(rows, kept, rule_id), why=reason, note=note)

    def reinstate(self, row_ids: Sequence[int], why: str = "") -> Change:
        """Bring these withdrawn records back into the batch, as one action."""
        gone = self._state.gone.filter(pl.col("row_id").is_in(rows_of(row_ids).implode()))
        back = gone.select(WITHDRAWAL_SCHEMA.keys())
        return nothing_done() if back.is_empty() else self._move("reinstate", back, why=why)

    def undo(self) -> Change | None:
        """Take back the latest step that holds; None when there is none."""
        return self._turn("undo", self._state.history.done[-1:])

    def redo(self) -> Change | None:
        """Bring back the step undone last; None when there is none."""
        return self._turn("redo", self._state.history.undone[-1:])

    def go_to(self, seq: int) -> Change | None:
        """Undo or redo, at once, until step `seq` is the last that holds; 0: back to the source.

        None when it is already; KeyError when there is no such step.
        """
        return self._turn(*self._state.history.way_to(seq))

    def confirmation_of(self, row_id: int, rule_id: str, field: str) -> Action | None:
        """The step that confirms a finding as it is now; None when none does."""
        about = (pl.col("row_id") == row_id) & (pl.col("rule_id") == rule_id) & (pl.col("field") == field)
        prints = self._state.known.filter(about)["fingerprint"]
        return next((by for one in prints if (by := self._state.confirmed.get(one)) is not None), None)

    def _move(
        self, kind: Literal["withdraw", "reinstate"], cells: pl.DataFrame, why: str, note: str = ""
    ) -> Change:
        held = self._state.gone.select(WITHDRAWAL_SCHEMA.keys())
        rows = pl.col("row_id").is_in(cells["row_id"].implode())
        gone = pl.concat([held, cells]) if kind == "withdraw" else held.filter(~rows)
        state = self._with_gone(self._state, gone["row_id"])
        action = self._log.append(kind, cells, why=why, note=note)
        history = self._state.history.then(action)
        gone = withdrawn_by(history.of_kind("withdraw", "reinstate"))
        return self._commit(replace(state, gone=gone), action, cells["row_id"])

    def _withdrawal(self, rows: pl.Series, kept: int | None, rule_id: str | None) -> pl.DataFrame:
        """WITHDRAWAL_SCHEMA of these rows."""
        base = rows_at(self._base, rows)
        every = base.select(self.contract.field_names)
        found = self._findings_of([(row, rule_id) for row in rows]) if rule_id else self.findings.clear()
        prints = (
            self._stamped(found).unique("row_id", keep="first").select("row_id", "rule_id", "fingerprint")
        )
        cells = base.select("row_id").with_columns(
            record=self._source_records(rows)["record"],
            content=row_digests(every),
            key=record_hashes(base, self.contract),
            kept=pl.lit(kept, pl.UInt32),
        )
        cells = cells.join(prints, on="row_id", how="left", maintain_order="left")
        return cells.select(WITHDRAWAL_SCHEMA.keys()).cast(WITHDRAWAL_SCHEMA)  # type: ignore[arg-type]

    def _findings_of(self, pairs: Sequence[tuple[int, str]]) -> pl.DataFrame:
        wanted = pl.DataFrame(list(pairs), schema={"row_id": pl.UInt32, "rule_id": pl.String}, orient="row")
        findings = self.findings.with_columns(pl.col("rule_id").cast(pl.String))
        return findings.join(wanted, on=("row_id", "rule_id"), how="semi", maintain_order="left")

    def _source_records(self, row_ids: pl.Series) -> pl.DataFrame:
        """`row_id, record`: next month's extract knows a record by the source's numbers, not ours."""
        rows = rows_at(self._base.select("row_id", *self.contract.record_key), row_ids)
        return record_names(rows, self.contract, self._twins)

    def _as_of_one_row(self, step: Action) -> Action:
        """A confirmation or its revocation as it is written now: older ones were made by the record key
        alone, on a row that the log names."""
        if step.kind not in ("confirm", "revoke") or step.cells is None:
            return step
        known = self._twins.select("row_id", "record")
        old = step.cells.join(known, on=["row_id", "record"], how="anti", maintain_order="left")
        old = old.join(known, on="row_id", how="semi", maintain_order="left")
        if old.is_empty():
            return step
        rest = step.cells.join(old, on=["row_id", "rule_id", "field"], how="anti", maintain_order="left")
        anew = of_one_row(old, known).with_columns(
            pl.lit(None, old.schema[name]).alias(name) for name in old.columns if name not in STAMP_SCHEMA
        )
        return replace(step, held=pl.concat([rest, anew]))

    def told_apart(self, frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        """`row_id, record`: of `rows`, some rows of `frame`, those whose record key does not tell them, with
        the name that does: twins of the source, and rows whose key was corrected to that of another."""
        twins = self._twins["row_id"]
        if rows.height < twins.len():
            near = twins.search_sorted(rows["row_id"]).clip(upper_bound=twins.len() - 1)
            named = self._twins[near].filter(twins.gather(near) == rows["row_id"])
        else:
            named = self._twins.join(rows.select("row_id"), on="row_id", how="semi")
        names = self.contract.record_key
        keys = rows.select("row_id", *names)
        source = rows_at(self._base.select("row_id", *names), rows["row_id"])
        corrected = keys.join(source, on=["row_id", *names], how="anti", nulls_equal=True)
        corrected = corrected.join(named, on="row_id", how="anti")
        if corrected.is_empty():
            return named
        alike = frame.select(names).join(corrected.select(names).unique(), on=names, how="semi")
        shared = alike.filter(alike.is_duplicated()).unique()
        lone = corrected.join(shared, on=list(names), how="anti").drop_nulls()
        both = corrected.join(lone, on="row_id", how="anti")["row_id"]
        return named if both.is_empty() else pl.concat([named, self._source_records(both)])

    def _source_texts(self, row_ids: pl.Series) -> pl.DataFrame:
        """The same for many rows at once: `record_texts`."""
        named = (self._base.get_column(name) for name in ("row_id", *self.contract.record_key))
        rows = rows_at(pl.DataFrame(named), row_ids)
        return record_texts(rows, self.contract, self._twins)

    def _records_held(self, row_ids: pl.Series) -> pl.DataFrame:
        """As `_source_records`, of those of these rows that there are."""
        held = self._base["row_id"]
        return self._source_records(held.filter(held.is_in(row_ids.implode())))

    def _with_gone(self, state: _State, gone: pl.Series) -> _State:
        """The state when these rows, and no others, are withdrawn; `gone` itself is left to the caller."""
        held, looked = state.gone["row_id"], gone.clear()
        for kind, rows in (("out", less(gone, held)), ("back", less(held, gone))):
            if rows.is_empty():
                continue
            again = (
                self._checker.without(state.frame, state.found, rows, state.index)
                if kind == "out"
                else self._checker.recheck_with(state.frame, state.found, rows, state.index)
            )
            state = self._found_again(state, again)
            looked = union(looked, again.rows)
        return replace(state, looked=looked)

    def _let_go(self) -> None:
        """Of what is known of states before this one: there is not room for three of a large batch while the
        next one is worked out."""
        self._earlier = self._counted = None

    def _packing(self, edits: Sequence[pl.DataFrame], rows: pl.Series) -> Callable[[], PackedEdit]:
        """What packs these cells, which are in `rows`, for the log; the values of before go with it."""
        handed = [edits]
        return lambda: packed_edit(handed.pop(), self._source_texts(rows))

    def _turn(self, kind: Literal["undo", "redo"], steps: Sequence[Action]) -> Change | None:
        if not steps:
            return None
        held = self._taken_back(kind, steps)
        self._let_go()
        state, rows = held or self._turned(kind, steps)
        action = self._log.turn(kind, steps)
        before, self._state = self._state, state
        what = step_label(self.contract, steps[0]) if len(steps) == 1 else STEPS.format(n=len(steps))
        label = TURNS[kind].format(fr=what.fr, en=what.en)
        size = sum(step.size for step in steps)
        change = Change(rows, size, label, action.when, action.seq, state.looked)
        edited = kind == "redo" and len(steps) == 1 and steps[0].kind in EDITS
        return self._remember(steps[0].seq, before, change) if edited else change

    def _remember(self, seq: int, before: _State, change: Change) -> Change:
        """`change`, by which the edit `seq` has just been done to `before`."""
        if before.found.height <= _LIGHT:
            self._earlier = Earlier(seq, before, change.row_ids, change.looked)
        return change

    def _taken_back(
        self, kind: Literal["undo", "redo"], steps: Sequence[Action]
    ) -> tuple[_State, pl.Series] | None:
        """As `_turned`, when it is the latest edit that is undone and the state before it is still there."""
        earlier = self._earlier
        if kind == "redo" or earlier is None or [step.seq for step in steps] != [earlier.seq]:
            return None
        history = self._state.history.turned(kind, 1)
        return replace(earlier.state, history=history, looked=earlier.looked), earlier.rows

    def _turned(self, kind: Literal["undo", "redo"], steps: Sequence[Action]) -> tuple[_State, pl.Series]:
        """The state with these steps undone or redone, in that order, each row looked at once; and the rows
        that they are about."""
        history, state = self._state.history.turned(kind, len(steps)), self._state
        others = [step.cells["row_id"] for step in steps if step.kind not in EDITS and step.cells is not None]
        rows = looked = ids()
        edits = [step for step in steps if step.kind in EDITS]
        steps_back = blocks_of(edits, back=kind == "undo")
        if blocks := [lean(block, self._base) for block in steps_back]:
            rows = rows_in(state.frame, blocks)
            state = self._edited(state, blocks, rows)
            looked = ids() if state.looked is None else state.looked
            net = self._net_after(state.net, kind, edits, blocks, history)
            fields = {str(name) for block in blocks for name in block["field"].unique()}
            state = replace(state, net=net, frame=with_source(state.frame, fields, net, self._base))
        for part in others:
            rows = union(rows, part)
        state = replace(state, history=history)
        if any(step.kind in ("withdraw", "reinstate") for step in steps):
            gone = withdrawn_by(history.of_kind("withdraw", "reinstate"))
            state = self._with_gone(state, gone["row_id"])
            looked = union(looked, ids() if state.looked is None else state.looked)
            state = replace(state, gone=gone)
        if any(step.kind in ("confirm", "revoke") for step in steps):
            return self._judged(state), rows
        return replace(state, looked=looked), rows

    def _net_after(
        self,
        net: pl.DataFrame,
        kind: str,
        edits: Sequence[Action],
        blocks: Sequence[pl.DataFrame],
        history: History,
    ) -> pl.DataFrame:
        """What the edits come to after some, with these cells, were undone or redone; one is not worth
        looking at all others."""
        holding = history.of_kind(*EDITS)
        if len(edits) > 1:
            return replayed(holding, self._base)[1]
        if kind == "undo":
            return without_step(net, blocks, holding, self._base)
        return with_step(net, edits[0].seq, blocks, self._base)
