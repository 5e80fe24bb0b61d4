"""The bench: one batch being corrected. Rows, findings, the log behind them, and what an edit changes.

Every change is computed aside, written to the log, and only then shown: what a reader sees is always on disk,
and a failure leaves everything as it was. One thread changes a bench at a time; any thread may read it.

A restarted program replays the log on the same source. When the file differs from the one the batch was made
for, the bench refuses; a new batch is the way to correct a new extract. When only the recipe changed, the
corrections of cells whose source value is no longer the one that was corrected are left out, and listed in
`Bench.stale`; so are the withdrawals of rows that hold another record now (there `field` is null).

A withdrawn record keeps its row and its values in `Bench.frame`; it has no finding, weighs on no other, and
is not in what is sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import polars as pl

from desktop_app.core.bench_frames import (
    CELL,
    FEW,
    STAMP_KEY,
    edited_since,
    found_at_source,
    ids,
    places,
    real_edits,
    rows_at,
    rows_in,
    stamp_keys,
    union,
    wanted_cells,
    with_state,
    without_stale,
    written,
)
from desktop_app.core.bench_labels import check_reason, step_label
from desktop_app.core.bench_moves import Moves
from desktop_app.core.bench_net import Net, lean, replayed, with_step
from desktop_app.core.bench_texts import not_confirmable, other_source, unknown_cell
from desktop_app.core.bench_types import CellEdit, Change, Counts, Kept, RowChecker, nothing_done
from desktop_app.core.corrections import (
    EDITS,
    STAMP_SCHEMA,
    Action,
    CorrectionLog,
    History,
    confirmed_by,
    rules_judged,
    stamps,
)
from desktop_app.core.months.records import twin_records
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Checked, Confirmation, Mapped
from desktop_app.core.standing import Standing
from desktop_app.core.withdrawals import withdrawn_by, without_lost
from desktop_app.core.workspace import Workspace
from validation_rules.beside import Beside
from validation_rules.contract import Contract
from validation_rules.group_index import GroupIndex
from validation_rules.text import Text
from validation_rules.verdicts import Verdict, spans_records, verdict

if TYPE_CHECKING:
    from validation_rules.check import Rechecked

__all__ = ["Bench", "CellEdit", "Change", "Counts", "Kept", "RowChecker"]

_MANY = 50_000  # cells from which on two things are done side by side


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that one action replaces, as one value: a reader never sees half of it.

    `found`: what the rules say, as `Checker` gives it; `findings`: the same with `state`. `net`: what the
    edits that hold come to, see `bench_net`. `judged`: rules that were ever confirmed; `known`: stamps of
    the findings of these rules, so that they are hashed once. `index`: the groups of the rows of `frame`.
    `gone`: the records withdrawn, as `withdrawn_by` gives them. `looked`: see `Change`.
    """

    frame: pl.DataFrame
    index: GroupIndex
    found: pl.DataFrame
    findings: pl.DataFrame
    history: History
    net: pl.DataFrame
    confirmed: dict[str, Action]
    judged: frozenset[str]
    known: pl.DataFrame
    gone: pl.DataFrame
    looked: pl.Series | None = None


class Bench(Moves):
    """One batch on the bench. Made by `Bench.start`."""

    def __init__(self, mapped: Mapped, checker: RowChecker, today: date, log: CorrectionLog) -> None:
        self.mapped = mapped
        self.today = today
        self.stale = pl.DataFrame(schema={"row_id": pl.UInt32, "field": pl.String})
        self.at_source: pl.DataFrame | None = None
        """What the rules find in the rows as the source has them, as `Checker.check` gives it, if known."""
        in_order = mapped.frame["row_id"].is_sorted()
        self._base = mapped.frame if in_order else mapped.frame.sort("row_id")
        self._twins = twin_records(self._base, mapped.contract)
        self._checker = checker
        self._log = log
        self._inherited: list[Action] = []
        self._decided: dict[int, pl.DataFrame] = {}  # see `Net.carried`
        self._state: _State

    @classmethod
    def start(
        cls,
        workspace: Workspace,
        batch_id: str,
        mapped: Mapped,
        today: date,
        progress: Progress = silent,
        known: Kept | None = None,
    ) -> Bench:
        """The bench of `batch_id`, with its log replayed on `mapped` and everything checked.

        `known`: what was found on these rows before; only what differs since is looked at again.

        Confirmations of earlier batches hold here too, where record, values and rule are the same.
        Raises AppError: another source file than the batch's, damaged log.
        """
        if workspace.batches.get(batch_id).source_sha256 != mapped.source.sha256:
            raise other_source()
        from validation_rules.check import Checker

        log = CorrectionLog(workspace, batch_id)
        bench = cls(mapped, Checker(mapped.contract, today), today, log)
        bench.replay(progress, known)
        return bench

    # What is seen

    @property
    def contract(self) -> Contract:
        """The contract the rows are checked against."""
        return self.mapped.contract

    @property
    def frame(self) -> pl.DataFrame:
        """The rows as corrected: `row_id`, then every contract field."""
        return self._state.frame

    @property
    def findings(self) -> pl.DataFrame:
        """All findings: `row_id, field, rule_id, severity, value, state` (`open` or `confirmed`)."""
        return self._state.findings

    @property
    def standing(self) -> Standing:
        """Rows, groups and findings of one moment, for who works beside the bench."""
        state = self._state
        return Standing(state.frame, state.index, state.found, state.gone["row_id"])

    @property
    def history(self) -> History:
        """The steps that hold and those that can be redone."""
        return self._state.history

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._state.history.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._state.history.undone)

    def pending(self) -> pl.DataFrame:
        """One line a corrected cell: `seq, row_id, field, old, new, who, when, why`, in order of `seq`.

        `old` is the source's value; the rest is of the latest edit. Cells back at their source value are out.
        Made anew at each call, and large when the cells are many: see `corrected`.
        """
        return self.corrected.every()

    @property
    def corrected(self) -> Net:
        """The corrected cells, of which some can be read without the others."""
        state = self._state
        return Net(state.net, self._base, state.frame, state.history, self._decided)

    def withdrawn(self) -> pl.DataFrame:
        """The records taken out of the batch: `withdrawals.WITHDRAWN_SCHEMA`, by row id."""
        return self._state.gone

    def counts(self) -> Counts:
        """The figures for the rail and the status bar; counted once for each state of the batch."""
        state, counted = self._state, self._counted
        if counted is None or counted[0] is not state:
            counted = self._counted = state, self._count(state)
        return counted[1]

    def _count(self, state: _State) -> Counts:
        severity, advisory = pl.col("severity"), self.contract.advisory_rules
        confirmed = pl.col("state") == "confirmed"
        stops = ~pl.col("rule_id").is_in(list(advisory)) if advisory else pl.lit(value=True)
        asks = (severity == "error") | ((severity == "confirm") & ~confirmed)
        totals = state.findings.select(
            errors=((severity == "error") & stops).sum(),
            to_confirm=((severity == "confirm") & ~confirmed & stops).sum(),
            confirmed=confirmed.sum(),
            infos=(severity == "info").sum(),
            advice=(asks & ~stops).sum(),
        ).row(0, named=True)
        return Counts(**totals, corrected=state.net.height, withdrawn=state.gone.height)

    def same_value_rows(self, rule_id: str, field: str, value: str | None) -> pl.Series:
        """Ids of the rows with an open finding of `rule_id` and this value in `field` (None: empty)."""
        open_here = (pl.col("rule_id").cast(pl.String) == rule_id) & (pl.col("state") == "open")
        rows = self.findings.filter(open_here)["row_id"]
        with_value = rows_at(self.frame.select("row_id", value=field), rows)
        return with_value.filter(pl.col("value").eq_missing(pl.lit(value, pl.String)))["row_id"]

    def verdict(self, row_id: int, rule_id: str) -> Verdict | None:
        """With which rows a row stands in a finding of a rule over several records, and why; else None."""
        state = self._state
        if not spans_records(self.contract.rule(rule_id)) or places(state.frame, ids(row_id)) is None:
            return None
        rows = self._mates(state, rule_id, ids(row_id))
        return verdict(rows, state.found, self.contract, rule_id, row_id)

    def checked(self) -> Checked:
        """The station's result: what sealing looks at."""
        return Checked(
            mapped=self.mapped,
            frame=self.kept(),
            findings=self.findings,
            today=self.today,
            corrections=self._state.net.height,
            confirmations=tuple(self._confirmations()),
        )

    @property
    def records(self) -> int:
        """How many records the batch holds: its rows, without those withdrawn."""
        return self.frame.height - self._state.gone.height

    def kept(self) -> pl.DataFrame:
        """The rows as corrected, without the records withdrawn."""
        gone = self._state.gone["row_id"]
        return self.frame if gone.is_empty() else self.frame.filter(~pl.col("row_id").is_in(gone.implode()))

    # What changes it

    def edit(self, cells: Sequence[CellEdit] | pl.DataFrame, why: str = "") -> Change:
        """Write these cells (a frame has `row_id, field, new`) as one action; the last of each counts.

        Values are normalised like the mapping's; cells that stay the same are left out. Raises AppError when
        a row or field does not exist, or the disk refuses: then nothing has changed.
        """
        wanted = [wanted_cells(cells)]
        del cells  # many need as much room as all that is worked out from here on
        edits = real_edits(self.frame, wanted, self.contract)
        if edits is None:
            raise unknown_cell()
        if not edits:
            return nothing_done()
        self._let_go()
        rows = rows_in(self.frame, edits)
        with Beside(rows.len() > _MANY) as beside:
            packed = beside.start(self._packing(edits, rows))
            edits = [lean(cells, self._base) for cells in edits] if rows.len() > _MANY else edits
            state = self._edited(self._state, edits, rows)
            ready = packed()
        action = self._log.append_edit(ready, why)
        net, before = with_step(state.net, action.seq, edits, self._base), self._state
        return self._remember(action.seq, before, self._commit(replace(state, net=net), action, rows))

    def fix_all(self, rule_id: str, field: str, value: str | None, new: str | None, why: str = "") -> Change:
        """In one action, write `new` over `value` in `field` where `rule_id` has an open finding."""
        rows = self.same_value_rows(rule_id, field, value)
        cells = pl.DataFrame({"row_id": rows}).with_columns(field=pl.lit(field), new=pl.lit(new, pl.String))
        return self.edit(cells, why)

    def discard(self, cells: Sequence[tuple[int, str]]) -> Change:
        """Put these cells (`row_id`, field) back to the source's value, in one action."""
        wanted = pl.DataFrame(list(cells), schema={"row_id": pl.UInt32, "field": pl.String}, orient="row")
        return self.edit(self.corrected.of(wanted).select(*CELL, new="old"))

    def confirm(self, pairs: Sequence[tuple[int, str]], reason: str, note: str = "") -> Change:
        """Confirm the open findings of these (`row_id`, `rule_id`) with a code of CONFIRMATION_REASONS.

        Raises AppError when one is an error (it must be corrected), or a note is needed; ValueError for an
        unknown reason.
        """
        check_reason(reason, note)
        wanted = self._findings_of(pairs).filter(pl.col("state") == "open")
        if wanted.filter(pl.col("severity") == "error").height:
            raise not_confirmable()
        fresh = self._stamped(wanted.filter(pl.col("severity") == "confirm"))
        if fresh.is_empty():
            return nothing_done()
        from desktop_app.core.confirmed import remembered

        fresh = remembered(fresh, rows_at(self.frame, fresh["row_id"]), self.contract)
        return self._judge("confirm", fresh, why=reason, note=note)

    def revoke(self, pairs: Sequence[tuple[int, str]], why: str = "") -> Change:
        """Take back the confirmation of these (`row_id`, `rule_id`)."""
        held = self._stamped(self._findings_of(pairs).filter(pl.col("state") == "confirmed"))
        return nothing_done() if held.is_empty() else self._judge("revoke", held, why=why)

    def revoke_given(self, given: pl.DataFrame, why: str = "") -> Change:
        """Take back confirmations, whether they hold now or not: lines of `confirmed.listed`."""
        held = given.filter(pl.col("fingerprint").is_in(list(self._state.confirmed)))
        held = held.unique("fingerprint", maintain_order=True).select(STAMP_SCHEMA.keys())
        return nothing_done() if held.is_empty() else self._judge("revoke", held, why=why)

    def confirmation_steps(self) -> list[tuple[Action, bool]]:
        """What confirms and revokes, in order, each with whether it was done in another batch."""
        own = self._state.history.of_kind("confirm", "revoke")
        return [*((step, True) for step in self._inherited), *((step, False) for step in own)]

    def label(self, step: Action) -> Text:
        """What a step of the history did, in words without any value."""
        return step_label(self.contract, step)

    def known_stamps(self) -> pl.DataFrame:
        """STAMP_SCHEMA of every finding of a rule that was ever confirmed, as long as one confirmation is."""
        return self._state.known

    # How

    def replay(self, progress: Progress = silent, known: Kept | None = None) -> None:
        """Read the log, apply what holds, and check everything; `start` does it."""
        sound = frozenset(known.sound) if known is not None else frozenset()
        logged = self._log.history().mapped(self._as_of_one_row)
        history, self.stale = without_stale(logged, self._base, sound)
        history, lost = without_lost(history, self._records_held)
        self.stale = pl.concat([self.stale, lost.with_columns(field=pl.lit(None, pl.String))])
        self._inherited = self._log.earlier_confirmations()
        edits = history.of_kind(*EDITS)
        frame, net = replayed(edits, self._base)
        index, found = self._as_known(frame, history, known, progress)
        if not edits:
            self.at_source = found
        elif known is not None and known.at_source is not None:
            self.at_source = self._on_this_day(replace(known, found=known.at_source), self._base)
        else:
            self.at_source = found_at_source(self._checker, history, self._base, found, index)
        gone = withdrawn_by(history.of_kind("withdraw", "reinstate"))
        if gone.height:
            again = self._checker.without(frame, found, gone["row_id"], index)
            index, found = again.index, again.findings
        steps = (*self._inherited, *history.done, *history.undone)
        judged = frozenset(rule for step in steps for rule in rules_judged(step))
        stamps_of = pl.DataFrame(schema=STAMP_SCHEMA)
        self._state = self._judged(
            _State(frame, index, found, found, history, net, {}, judged, stamps_of, gone)
        )

    def _as_known(
        self, frame: pl.DataFrame, history: History, known: Kept | None, progress: Progress
    ) -> tuple[GroupIndex, pl.DataFrame]:
        """Index and findings of `frame`, the rows with the edits of `history`, none withdrawn; what is known
        and holds is not looked for again."""
        since = None if known is None else edited_since(history, known.seqs, frame)
        index = self._checker.index(frame)
        if known is None or since is None or since.rows.len() * FEW > frame.height:
            return index, self._checker.check(frame, progress, index)
        if since.rows.is_empty():
            return index, self._on_this_day(known, frame)
        before = written(frame, since.blocks)
        where = places(frame, since.rows)
        if where is not None:
            index = index.with_rows(where, self._checker.index(before[where]))
        found = self._on_this_day(known, before)
        again = self._checker.recheck_with(frame, found, since.rows, index)
        return again.index, again.findings

    def _on_this_day(self, known: Kept, frame: pl.DataFrame) -> pl.DataFrame:
        """What is known of `frame`, as it is today."""
        return known.found if known.day == self.today else self._checker.another_day(frame, known.found)

    def as_found(self) -> Kept | None:
        """What was found with every record, and when, for `core.kept`; None when only that without those
        withdrawn is known."""
        state = self._state
        steps = (*state.history.done, *state.history.undone) if self.stale.is_empty() else ()
        sound = tuple(sorted(step.seq for step in steps if step.kind in EDITS))
        if state.gone.is_empty():
            seqs = tuple(step.seq for step in state.history.of_kind(*EDITS))
            return Kept(state.found, seqs, self.today, self.at_source, sound)
        return None if self.at_source is None else Kept(self.at_source, (), self.today, self.at_source, sound)

    def _edited(self, state: _State, edits: Sequence[pl.DataFrame], rows: pl.Series) -> _State:
        """The state with column `new` of these cells applied, frame after frame, and what they touch, in
        these `rows`, checked again."""
        frame = written(state.frame, edits)
        fields = {str(name) for cells in edits for name in cells["field"].unique()}
        live = rows.filter(~rows.is_in(state.gone["row_id"].implode())) if state.gone.height else rows
        after = replace(state, frame=frame, looked=rows)
        if live.is_empty():
            return after
        again = self._checker.recheck_with(frame, state.found, live, state.index, fields)
        if state.gone.height and again.rows.len() == frame.height:  # all rows were looked at, these too
            out = self._checker.without(frame, again.findings, state.gone["row_id"], again.index)
            again = replace(out, rows=again.rows)
        after = self._found_again(after, again)
        return after if live.len() == rows.len() else replace(after, looked=union(again.rows, rows))

    def _found_again(self, state: _State, again: Rechecked) -> _State:
        """The state with what was found when some of its rows were looked at again."""
        after = replace(state, index=again.index, found=again.findings)
        if not state.confirmed and again.findings is state.found and state.known.is_empty():
            return replace(after, looked=again.rows)  # the very same findings, all of them open
        near = pl.col("row_id").is_in(again.rows.implode())
        after = replace(after, known=state.known.filter(~near))
        return self._judged_again(replace(after, looked=again.rows), near)

    def _judge(
        self, kind: Literal["confirm", "revoke"], cells: pl.DataFrame, why: str = "", note: str = ""
    ) -> Change:
        """Log first: the fold needs the action, and what follows cannot fail for want of disk."""
        action = self._log.append(kind, cells, why=why, note=note)
        confirmed = dict(self._state.confirmed)
        for fingerprint in cells["fingerprint"]:
            confirmed.pop(fingerprint, None)
        if kind == "confirm":
            confirmed.update(dict.fromkeys(cells["fingerprint"].to_list(), action))
        judged = self._state.judged.union(cells["rule_id"])
        state = self._judged_again(replace(self._state, confirmed=confirmed, judged=judged))
        alike = state.known.filter(pl.col("fingerprint").is_in(cells["fingerprint"].implode()))
        looked = alike["row_id"].cast(pl.UInt32).unique()
        return self._commit(replace(state, looked=looked), action, cells["row_id"])

    def _commit(self, state: _State, action: Action, row_ids: pl.Series) -> Change:
        self._state = replace(state, history=self._state.history.then(action))
        self._earlier = None
        rows = row_ids.drop_nulls().cast(pl.UInt32).unique().sort()
        label = step_label(self.contract, action)
        return Change(rows, action.size, label, action.when, action.seq, state.looked)

    def _judged(self, state: _State) -> _State:
        """`state` with its confirmations folded anew."""
        steps = [*self._inherited, *state.history.of_kind("confirm", "revoke")]
        return self._judged_again(replace(state, confirmed=confirmed_by(steps), looked=None))

    def _judged_again(self, state: _State, near: pl.Expr | None = None) -> _State:
        """`state` with the column `state` of its findings worked out from its confirmations; with `near`, of
        those findings only, the others as they stand."""
        if not state.confirmed:
            return replace(state, findings=with_state(state.found, state.known, []))
        found = state.found if near is None else state.found.filter(near)
        severity, rule = pl.col("severity"), pl.col("rule_id").cast(pl.String)
        candidates = found.filter((severity == "confirm") & rule.is_in(list(state.judged)))
        fresh = stamp_keys(candidates).join(state.known, on=STAMP_KEY, how="anti")
        known = pl.concat([state.known, self._stamps(fresh, state)])
        if near is None:
            return replace(state, known=known, findings=with_state(found, known, list(state.confirmed)))
        told = with_state(found, known.filter(near), list(state.confirmed))
        findings = state.findings.filter(~near).merge_sorted(told, key="row_id")
        return replace(state, known=known, findings=findings)

    def _stamped(self, findings: pl.DataFrame) -> pl.DataFrame:
        return self._stamps(findings, self._state)

    def _stamps(self, findings: pl.DataFrame, state: _State) -> pl.DataFrame:
        """Their stamps, from their rows and, for rules over several records, all rows that they rest on."""
        rows = [findings["row_id"].cast(pl.UInt32)]
        for (rule_id,), group in findings.group_by(pl.col("rule_id").cast(pl.String)):
            if spans_records(self.contract.rule(str(rule_id))):
                rows.append(self._mates(state, str(rule_id), group["row_id"])["row_id"])
        held = rows_at(state.frame, pl.concat(rows))
        return stamps(findings, held, self.contract, state.found, self.told_apart(state.frame, held))

    def _mates(self, state: _State, rule_id: str, row_ids: pl.Series) -> pl.DataFrame:
        where = places(state.frame, row_ids.unique().sort())
        if where is None:
            raise ValueError("a row to read is not in the frame")
        return state.frame[self._checker.mates(state.index, rule_id, where)]

    def _confirmations(self) -> list[Confirmation]:
        state = self._state
        if not state.confirmed:
            return []
        keys = stamp_keys(state.findings.filter(pl.col("state") == "confirmed"))
        held = keys.join(state.known, on=STAMP_KEY, how="inner", maintain_order="left")
        return [
            Confirmation(print_, rule, row, by.why, by.note, by.who, by.when)
            for row, rule, print_ in held.select("row_id", "rule_id", "fingerprint").iter_rows()
            if (by := state.confirmed[print_])
        ]
