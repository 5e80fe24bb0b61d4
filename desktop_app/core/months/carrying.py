"""Corrections of earlier extracts on a new one.

A correction holds again where the same record still has the value that was corrected. Where the source says
something else by now, the source is right, and the list says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import polars as pl

from desktop_app.core.bench_frames import CELL, applied, edits_of, net_edits, values_of
from desktop_app.core.corrections import CARRY_SCHEMA, EDITS, CorrectionLog, Schema, record_hashes
from desktop_app.core.months.decisions import decisions, speaking_before
from desktop_app.core.months.records import known_as_twins, record_names, twin_records
from desktop_app.core.months.withdrawn import withdraw_again, withdrawn_before
from desktop_app.core.progress import Progress, silent
from validation_rules.normalise import normalise
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.corrections import History
    from desktop_app.core.stages import Mapped
    from desktop_app.core.workspace import Workspace
    from validation_rules.contract import Contract

_LOOKING = Text("Reprise des corrections des lots précédents", "Taking up the corrections of earlier batches")
_MANY_GONE = 3
Status = Literal["held", "settled", "differs", "twins", "gone"]
LINE_SCHEMA: Schema = {
    "row_id": pl.UInt32,
    "field": pl.String,
    "status": pl.String,
    "old": pl.String,
    "new": pl.String,
    "now": pl.String,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "why": pl.String,
    "record": pl.String,
    "batch": pl.String,
}


class Tally(NamedTuple):
    """Corrections of earlier extracts by what became of them on this one.

    `held`: the source still has the value that was corrected. `settled`: it now has the corrected value.
    `differs`: it has something else. `twins`: several rows bear the name of the record, or
    several decisions were made on what is one row now. `gone`: it is not found again.
    """

    held: int = 0
    settled: int = 0
    differs: int = 0
    twins: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """What earlier extracts say of this one. `lines`: LINE_SCHEMA, in the order of the rows, the ones without
    a row last; `now` is what the source has. A correction that several rows might take has a line for each.
    `withdrawals`: `withdrawn.WITHDRAWN_BEFORE`. `applied`, `withdrawn`: how many cells and withdrawals were
    written into the log for it."""

    lines: pl.DataFrame = field(repr=False)
    withdrawals: pl.DataFrame = field(repr=False)
    applied: int = 0
    withdrawn: int = 0

    def of(self, *statuses: Status) -> pl.DataFrame:
        """The lines of these statuses."""
        return self.lines.filter(pl.col("status").is_in(statuses))

    @property
    def tally(self) -> Tally:
        """The corrections, counted; one on a number that several rows bear has a line for each of them."""
        each = self.lines.unique(("record", "field", "status"))
        counts = dict(each["status"].value_counts().iter_rows())
        return Tally(*(counts.get(status, 0) for status in get_args(Status)))

    @property
    def mostly_gone(self) -> bool:
        """Whether so few corrected records are found again that their numbers may be written otherwise."""
        tally = self.tally
        return tally.gone >= _MANY_GONE and 2 * tally.gone > sum(tally)


def outlook(
    workspace: Workspace, mapped: Mapped, before: str | None = None, progress: Progress = silent
) -> Carried:
    """What the batches made before `before` (None: all) say of the rows of `mapped`. Writes nothing."""
    progress(0, None, _LOOKING)
    known = decisions(workspace, mapped.contract.id, before)
    batches = speaking_before(workspace, mapped.contract.id, before)
    withdrawals = withdrawn_before(workspace, mapped, batches)
    if known.is_empty():
        return Carried(pl.DataFrame(schema=LINE_SCHEMA), withdrawals)
    return Carried(_lines(known, mapped.frame, mapped.contract), withdrawals)


def carry_over(workspace: Workspace, batch_id: str, mapped: Mapped, carried: Carried) -> Carried:
    """Write into the log of a batch what holds again, all corrections as one action; with how much that was.

    A cell of which the log of the batch says something already is left to it, also when that was undone.
    """
    log = CorrectionLog(workspace, batch_id)
    withdrawn = withdraw_again(log, carried.withdrawals, mapped.frame.height)
    cells = to_carry(carried, mapped, log)
    if cells.height:
        log.append("carry", cells)
    return replace(carried, applied=cells.height, withdrawn=withdrawn)


def applied_in(workspace: Workspace, batch_id: str) -> int:
    """How many cells of a batch are as an earlier batch decided, and nobody has decided otherwise since."""
    history = CorrectionLog(workspace, batch_id).history()
    return _as_carried(net_edits(edits_of(history.of_kind(*EDITS))), history).height


def carried_cells(bench: Bench) -> pl.DataFrame:
    """`row_id, field` of the cells that are as an earlier batch decided, and as nobody has decided since."""
    return _as_carried(bench.corrected.lines, bench.history).select("row_id", pl.col("field").cast(pl.String))


def _as_carried(pending: pl.DataFrame, history: History) -> pl.DataFrame:
    return pending.filter(pl.col("seq").is_in([step.seq for step in history.of_kind("carry")]))


def to_carry(carried: Carried, mapped: Mapped, log: CorrectionLog | None = None) -> pl.DataFrame:
    """CARRY_SCHEMA of the corrections that hold and on whose cell `log` says nothing yet."""
    held = carried.of("held")
    for step in () if log is None else log.actions():
        if step.kind in EDITS and step.cells is not None:
            held = held.join(step.cells, on=CELL, how="anti", maintain_order="left")
    cells = held.rename({"who": "by", "when": "at", "why": "because"}).select(CARRY_SCHEMA.keys())
    return _as_written(cells, mapped)


def _as_written(cells: pl.DataFrame, mapped: Mapped) -> pl.DataFrame:
    """As the contract of today writes the new values; without those that are no change then."""
    if cells.is_empty():
        return cells
    frame = mapped.frame.sort("row_id")
    rows = frame.filter(pl.col("row_id").is_in(cells["row_id"].unique().implode()))
    after = normalise(applied(rows, cells), mapped.contract)
    new = values_of(after, cells).rename({"value": "new"})
    written = cells.drop("new").join(new, on=CELL, how="inner", maintain_order="left")
    return written.filter(pl.col("old").ne_missing(pl.col("new"))).select(CARRY_SCHEMA.keys())


def _lines(known: pl.DataFrame, frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    known = known.filter(pl.col("field").is_in(contract.field_names))
    twins = twin_records(frame, contract)
    named = record_names(frame, contract, twins)
    found = known.join(named, on="record", how="inner", maintain_order="left")
    rest = known.join(named, on="record", how="anti", maintain_order="left")
    alone = _once_twins(rest, frame, twins, contract)
    rest = rest.join(alone, on=("record", "field"), how="anti", maintain_order="left")
    # What was decided on the one row since counts.
    alone = alone.join(found, on=CELL, how="anti", maintain_order="left")
    torn = pl.struct("old", "new").n_unique().over(CELL) > 1
    there = pl.concat([found, alone.filter(~torn).unique(CELL, maintain_order=True)])
    shared = frame.join(twins, on="row_id", how="semi")
    shared = shared.select("row_id").with_columns(record=record_hashes(shared, contract))
    several = rest.join(shared, on="record", how="inner", maintain_order="left")
    gone = rest.join(shared, on="record", how="anti", maintain_order="left")
    parts = [
        _beside_now(there, frame).with_columns(status=_status()),
        _beside_now(pl.concat([several, alone.filter(torn)]), frame).with_columns(status=pl.lit("twins")),
        gone.with_columns(row_id=pl.lit(None), now=pl.lit(None), status=pl.lit("gone")),
    ]
    lines = pl.concat(
        part.select(pl.col(name).cast(kind) for name, kind in LINE_SCHEMA.items()) for part in parts
    )
    order = pl.Series(contract.field_names).to_frame("field").with_row_index("place")
    ordered = lines.join(order, on="field", how="left", maintain_order="left")
    return ordered.sort("row_id", "place", nulls_last=True).select(LINE_SCHEMA.keys())


def _once_twins(
    rest: pl.DataFrame, frame: pl.DataFrame, twins: pl.DataFrame, contract: Contract
) -> pl.DataFrame:
    """Those of `rest` made on one of several rows of a key, of which this extract has one row alone, with its
    `row_id`: its name covered all its values, so it is known again when they are the same."""
    olds = rest.group_by("field").agg("old")
    same = [pl.col(name).is_in(old, nulls_equal=True) for name, old in olds.rows()]
    alone = ~pl.col("row_id").is_in(twins["row_id"].implode())
    rows = frame.filter(alone & pl.any_horizontal(same)) if same else frame.clear()
    named = known_as_twins(rows, contract, rest["record"])
    return rest.join(named, on="record", how="inner", maintain_order="left")


def _beside_now(rows: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """With `now`, the value that the source has."""
    now = values_of(frame, rows.unique(CELL)).rename({"value": "now"})
    return rows.join(now, on=CELL, how="left", maintain_order="left")


def _status() -> pl.Expr:
    now = pl.col("now")
    return (
        pl.when(now.eq_missing(pl.col("old")))
        .then(pl.lit("held"))
        .when(now.eq_missing(pl.col("new")))
        .then(pl.lit("settled"))
        .otherwise(pl.lit("differs"))
    )
