"""What the edits of a batch come to: a line for each cell that is not as the source has it.

Worked out anew from all edits it would take seconds after a block of millions of cells; from the lines before
and one step it takes as long as the step is large.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from desktop_app.core.bench_frames import CELL, NET_SCHEMA, edits_of, net_edits
from desktop_app.core.corrections import Action

_FEW = 1_000


def net_of(steps: Sequence[Action]) -> pl.DataFrame:
    """NET_SCHEMA of these edits, in order of `seq`."""
    if len(steps) == 1:
        return _lines(steps[0]).sort(CELL)
    return net_edits(edits_of(steps))


def with_step(net: pl.DataFrame, step: Action) -> pl.DataFrame:
    """The lines once `step`, later than all others, holds too."""
    rest, held = _parted(net, step)
    lines = _lines(step).sort(CELL)
    if held.height:
        lines = _from_source(lines, held, "old")
    return pl.concat([rest, lines])


def without_step(net: pl.DataFrame, step: Action, earlier: Sequence[Action]) -> pl.DataFrame:
    """The lines once `step`, the latest, is undone; `earlier` are the edits that hold, oldest first."""
    if not earlier:
        return net.clear()
    rest, held = _parted(net, step)
    # A cell without a line is at the source's value now: that is what the step wrote there.
    lines = _from_source(_lines(step).with_columns(old="new", new="old"), held, "old")
    if lines.is_empty():
        return rest
    return pl.concat([rest, _by_latest(lines, earlier)]).sort("seq", *CELL)


def _lines(step: Action) -> pl.DataFrame:
    return edits_of([step]).select(NET_SCHEMA.keys())


def _from_source(lines: pl.DataFrame, held: pl.DataFrame, into: str) -> pl.DataFrame:
    """`lines` with the source's value as the lines before knew it, without those that are back at it."""
    known = held.select(*CELL, source="old", there=pl.lit(value=True))
    joined = lines.join(known, on=CELL, how="left", maintain_order="left")
    told = joined.with_columns(pl.when(pl.col("there")).then("source").otherwise(into).alias(into))
    return told.filter(pl.col("old").ne_missing(pl.col("new"))).select(NET_SCHEMA.keys())


def _parted(net: pl.DataFrame, step: Action) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The lines of other cells, and those of the cells of a step."""
    cells = (net.clear() if step.cells is None else step.cells).select(CELL)
    if net.is_empty() or cells.is_empty():
        return net, net.clear()
    if cells.height > _FEW:
        return net.join(cells, on=CELL, how="anti", maintain_order="left"), net.join(
            cells, on=CELL, how="semi"
        )
    near = net["row_id"].is_in(cells["row_id"].implode()).arg_true()
    wanted = net.select(CELL)[near].join(
        cells.with_columns(hit=pl.lit(value=True)), on=CELL, how="left", maintain_order="left"
    )
    at = near.filter(wanted["hit"].fill_null(value=False))
    if at.is_empty():
        return net, net.clear()
    stays = pl.repeat(value=True, n=net.height, dtype=pl.Boolean, eager=True).scatter(at, values=False)
    return net.filter(stays), net[at]


def _by_latest(lines: pl.DataFrame, earlier: Sequence[Action]) -> pl.DataFrame:
    """`lines` signed by the latest of these edits that wrote each of their cells."""
    left, signed = lines, []
    for step in reversed(earlier):
        if left.is_empty():
            break
        rest, own = _parted(left, step)
        if own.height:
            by = _lines(step).select(*CELL, "seq", "who", "when", "why")
            told = own.drop("seq", "who", "when", "why").join(by, on=CELL, how="left")
            signed.append(told.select(NET_SCHEMA.keys()))
        left = rest
    return pl.concat(signed) if signed else lines.clear()
