"""What the edits of a batch come to: a line for each cell that is not as the source has it.

A line names the cell and the last edit that wrote it, in nine bytes: its values are those of the rows, its
author that of the edit. There may be millions of lines, and all are there as long as the batch is open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import polars as pl

from desktop_app.core.bench_frames import CELL, NET_SCHEMA, blocks_of, edits_of, places, taken, written
from desktop_app.core.corrections import EDITS, Action, History
from validation_rules.splice import lines_of

Line = tuple[int, str, str | None, str | None, str, datetime, str]
_FEW = 1_000
_MOST_PARTS, _BY_HAND = 64, 100
_SEQ = pl.UInt32
_BY = ("who", "when", "why")


@dataclass(frozen=True, slots=True, repr=False)
class Net:
    """The corrections that hold, to be read: `lines` as `no_lines` has them, `source` and `frame`: the rows
    as they were read and as they are, `history`: the steps. `carried`: who decided each cell, of the steps
    that carry, by `seq`; filled as it is asked for."""

    lines: pl.DataFrame
    source: pl.DataFrame
    frame: pl.DataFrame
    history: History
    carried: dict[int, pl.DataFrame] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many cells are not as the source has them."""
        return self.lines.height

    @property
    def row_ids(self) -> pl.Series:
        """Ids of their rows, once each, in order."""
        return self.lines["row_id"].unique().sort()

    def every(self) -> pl.DataFrame:
        """NET_SCHEMA of all lines, by `seq`, row and field."""
        return self.some(0, self.height).sort("seq", *CELL)

    def of(self, cells: pl.DataFrame) -> pl.DataFrame:
        """NET_SCHEMA of the lines of these cells (`row_id, field`)."""
        wanted = cells.select("row_id", pl.col("field").cast(self.lines.schema["field"], strict=False))
        near = self.lines.join(wanted.drop_nulls(), on=CELL, how="semi", maintain_order="left")
        return replace(self, lines=near).every()

    def some(self, start: int, count: int) -> pl.DataFrame:
        """NET_SCHEMA of `count` lines from the place `start` on, as they stand: by `seq`."""
        lines = self.lines.slice(start, count).with_row_index("at")
        parts = [
            part.with_columns(old=_held(self.source, str(name), part), new=_held(self.frame, str(name), part))
            for (name,), part in lines.partition_by("field", as_dict=True).items()
            if part.height
        ]
        if not parts:
            return pl.DataFrame(schema=NET_SCHEMA)
        told = pl.concat(parts).with_columns(pl.col("field").cast(pl.String), pl.col("seq").cast(pl.Int64))
        return self._signed(told).sort("at").select(NET_SCHEMA.keys())

    def line(self, place: int) -> Line:
        """`row_id, field, old, new, who, when, why` of the line at a place, for who looks at a few of
        millions; without a query, but where a step carries."""
        seq, row, name = (self.lines[column][place] for column in ("seq", "row_id", "field"))
        held = self.source["row_id"]
        at = row - held[0]
        if not (0 <= at < held.len() and held[at] == row):
            at = bisect_left(held, row)
        step = next(step for step in reversed(self.history.done) if step.seq == seq)
        by = (step.who, step.when, step.why) if step.kind != "carry" else self._decided(step, row, name)
        return (row, name, self.source[name][at], self.frame[name][at], *by)

    def _decided(self, step: Action, row: int, name: str) -> tuple[str, datetime, str]:
        if step.seq not in self.carried:
            words = (pl.col(word).cast(pl.Categorical) for word in ("field", "who", "why"))
            by = edits_of([step]).select("row_id", *CELL[1:], *_BY).with_columns(words)
            self.carried[step.seq] = by
        mine = (pl.col("row_id") == row) & (pl.col("field") == name)
        who, when, why = self.carried[step.seq].filter(mine).select(_BY).row(0)
        return who, when, why

    def _signed(self, lines: pl.DataFrame) -> pl.DataFrame:
        """With the author of each: for what was carried from an earlier batch, the one who decided it."""
        wanted = set(lines["seq"].unique())
        steps = [step for step in self.history.of_kind(*EDITS) if step.seq in wanted]
        by = {name: NET_SCHEMA[name] for name in ("seq", *_BY)}
        table = [(step.seq, step.who, step.when, step.why) for step in steps]
        signed = lines.join(pl.DataFrame(table, schema=by, orient="row"), on="seq", how="left")
        for step in steps:
            if step.kind == "carry":
                mine = pl.col("seq") == step.seq
                decided = edits_of([step]).select(*CELL, *_BY)
                carried = signed.filter(mine).drop(_BY).join(decided, on=CELL, how="left")
                signed = pl.concat([signed.filter(~mine), carried.select(signed.columns)])
        return signed


def no_lines(source: pl.DataFrame) -> pl.DataFrame:
    """The lines of a batch that nobody has corrected: `seq` (of the edit), `row_id`, `field`, by `seq`."""
    return pl.DataFrame(schema={"seq": _SEQ, "row_id": pl.UInt32, "field": pl.Enum(source.columns[1:])})


def replayed(steps: Sequence[Action], source: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows that these edits, oldest first, make of the source's, and their lines."""
    frame, lines = source, no_lines(source)
    for block in blocks_of(steps):
        frame, lines = written(frame, [block]), _written(lines, block, source)
    return frame, lines.sort("seq", maintain_order=True)


def with_step(
    lines: pl.DataFrame, seq: int, blocks: Iterable[pl.DataFrame], source: pl.DataFrame
) -> pl.DataFrame:
    """The lines once the edit `seq`, later than all others, holds too; `blocks`: its cells."""
    for block in blocks:
        lines = _written(lines, block.with_columns(seq=pl.lit(seq, _SEQ)), source)
    return lines


def without_step(
    lines: pl.DataFrame, blocks: Iterable[pl.DataFrame], earlier: Sequence[Action], source: pl.DataFrame
) -> pl.DataFrame:
    """The lines once the latest edit is undone; `blocks`: its cells as they are then, `earlier`: the edits
    that hold, oldest first. A cell that was corrected before is signed by who did that."""
    back = [lines.clear()]
    for block in blocks:
        lines = lines.filter(~_among(lines, block, source))
        back.append(_off_source(block.with_columns(seq=pl.lit(0, _SEQ)), source, lines))
    signed = _by_latest(pl.concat(back), earlier, source)
    return pl.concat([lines, signed]).sort("seq", maintain_order=True) if signed.height else lines


def lean(cells: pl.DataFrame, source: pl.DataFrame) -> pl.DataFrame:
    """`row_id, field, new` of some cells, in as little room as there is: they may be there in millions during
    a check. A whole column of the source is held once."""
    few = cells.select("row_id", pl.col("field").cast(pl.Enum(source.columns[1:])), "new")
    if few.height != source.height or few["field"].n_unique() != 1:
        return few
    whole = source[str(few["field"][0])].alias("new")
    same = few["row_id"].equals(source["row_id"]) and few["new"].equals(whole)
    return few.with_columns(whole) if same else few


def with_source(
    frame: pl.DataFrame, fields: Iterable[str], lines: pl.DataFrame, source: pl.DataFrame
) -> pl.DataFrame:
    """`frame` with the columns of the source in the place of those of these fields in which no line is left:
    the values are the same, and are held once."""
    corrected = set(lines["field"].unique().cast(pl.String))
    return frame.with_columns(source[name] for name in fields if name not in corrected)


def _held(frame: pl.DataFrame, field: str, lines: pl.DataFrame) -> pl.Series:
    return taken(frame[field], _at(frame, lines))


def _at(frame: pl.DataFrame, lines: pl.DataFrame) -> pl.Series:
    where = places(frame, lines["row_id"])
    if where is None:
        raise ValueError("a corrected row is not in the frame")
    return where


def _written(lines: pl.DataFrame, cells: pl.DataFrame, source: pl.DataFrame) -> pl.DataFrame:
    """The lines once these cells (`seq, row_id, field, new`) are written."""
    gone = _among(lines, cells, source) if lines.height else None
    rest = lines if gone is None or not gone.any() else lines.filter(~gone)
    # A few lines each time: parts are put together before there are many.
    return pl.concat([rest, _off_source(cells, source, lines)], rechunk=rest.n_chunks() > _MOST_PARTS)


def _off_source(cells: pl.DataFrame, source: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Lines of those of these cells of which `new` is not the source's value."""
    if cells.height <= _BY_HAND:
        return _few_off_source(cells, source, lines)
    parts = [
        part.filter(_held(source, str(name), part).ne_missing(part["new"]))
        for (name,), part in cells.partition_by("field", as_dict=True).items()
        if part.height
    ]
    off = pl.concat(parts) if parts else cells
    return off.select(pl.col(name).cast(kind) for name, kind in lines.schema.items())


def _few_off_source(cells: pl.DataFrame, source: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """As `_off_source`, cell by cell."""
    where = _at(source, cells).to_list()
    named = zip(cells.get_column("field").to_list(), where, cells.get_column("new").to_list(), strict=True)
    off = [at for at, (name, place, new) in enumerate(named) if source.get_column(name)[place] != new]
    columns = [cells.get_column(name).cast(kind) for name, kind in lines.schema.items()]
    return pl.DataFrame(columns)[pl.Series(off, dtype=pl.UInt32)]


def _among(lines: pl.DataFrame, cells: pl.DataFrame, source: pl.DataFrame) -> pl.Series:
    """Which of the lines are of these cells."""
    if cells.height > _FEW and cells["field"].n_unique() == 1:
        rows = pl.repeat(value=False, n=source.height, dtype=pl.Boolean, eager=True)
        rows = rows.scatter(_at(source, cells), values=True)
        return (lines["field"] == str(cells["field"][0])) & rows.gather(_at(source, lines))
    at = lines_of(cells["row_id"], lines["row_id"])
    none = pl.Series([False]).new_from_index(0, lines.height)
    if at.is_empty():
        return none
    if at.len() + cells.height <= _FEW:
        there = set(_named(cells))
        hit = [place for place, cell in zip(at.to_list(), _named(lines[at]), strict=True) if cell in there]
        return none.scatter(hit, values=True) if hit else none
    wanted = cells.select("row_id", pl.col("field").cast(lines.schema["field"]), hit=pl.lit(value=True))
    held = lines.select(CELL)[at].join(wanted, on=CELL, how="left", maintain_order="left")["hit"]
    return none.scatter(at.filter(held.fill_null(value=False)), values=True)


def _named(cells: pl.DataFrame) -> list[tuple[int, str]]:
    return list(zip(*(cells.get_column(name).to_list() for name in CELL), strict=True))


def _by_latest(lines: pl.DataFrame, earlier: Sequence[Action], source: pl.DataFrame) -> pl.DataFrame:
    """`lines` signed by the latest of these edits that wrote each of their cells."""
    left, signed = lines, [lines.clear()]
    for step in reversed(earlier):
        if left.is_empty():
            break
        for block in step.blocks():
            own = _among(left, block, source)
            signed.append(left.filter(own).with_columns(seq=pl.lit(step.seq, _SEQ)))
            left = left.filter(~own)
    return pl.concat(signed)
