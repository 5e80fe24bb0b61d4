"""What the bench does to frames: cells in, cells out, whole columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from desktop_app.core.corrections import EDIT_SCHEMA, EDITS, STAMP_SCHEMA, Action, History, Schema
from validation_rules.normalise import normalise

if TYPE_CHECKING:
    from validation_rules.contract import Contract

CELL = ("row_id", "field")
STAMP_KEY = ("row_id", "rule_id", "field")
WANTED_SCHEMA: Schema = {"row_id": pl.UInt32, "field": pl.String, "new": pl.String}
_CHANGE_SCHEMA: Schema = {name: kind for name, kind in EDIT_SCHEMA.items() if name != "record"}
_BY_SCHEMA: Schema = {"seq": pl.Int64, "who": pl.String, "when": pl.Datetime("us", "UTC"), "why": pl.String}

NET_SCHEMA: Schema = {
    "seq": pl.Int64,
    **{name: kind for name, kind in EDIT_SCHEMA.items() if name != "record"},
    **{name: kind for name, kind in _BY_SCHEMA.items() if name != "seq"},
}


def wanted_cells(cells: Sequence[tuple[int, str, str | None]] | pl.DataFrame) -> pl.DataFrame:
    """WANTED_SCHEMA of these cells, in their order.

    Raises ValueError, naming no value, when a row id is not a whole number from 0 to 2**32 - 1.
    """
    try:
        frame = (
            cells.select(pl.col(name).cast(kind) for name, kind in WANTED_SCHEMA.items())
            if isinstance(cells, pl.DataFrame)
            else pl.DataFrame(list(cells), schema=WANTED_SCHEMA, orient="row")
        )
    except (pl.exceptions.PolarsError, TypeError, OverflowError):
        raise ValueError("cells need a row id, a field name, and a text or None") from None
    return frame


def real_edits(frame: pl.DataFrame, wanted: pl.DataFrame, contract: Contract) -> pl.DataFrame | None:
    """`row_id, field, old, new` of the cells of `wanted` that really change, normalised, the last of each.

    None when a row or a field is not there. Whole columns at a time, and values once each: a block may have
    millions of cells.
    """
    fields = set(contract.field_names)
    parts = []
    for (name,), cells in wanted.partition_by("field", as_dict=True, maintain_order=True).items():
        once = (
            cells if _ascending(cells["row_id"]) else cells.unique("row_id", keep="last", maintain_order=True)
        )
        where = places(frame, once["row_id"])
        if where is None or name not in fields:
            return None
        old, new = frame[str(name)].gather(where), _normalised(once["new"], str(name), contract)
        part = once.select(CELL).with_columns(old=old, new=new)
        parts.append(part.filter(pl.col("old").ne_missing(pl.col("new"))))
    return pl.concat(parts) if parts else pl.DataFrame(schema=_CHANGE_SCHEMA)


def _ascending(row_ids: pl.Series) -> bool:
    return bool((row_ids.slice(1) > row_ids.head(max(row_ids.len() - 1, 0))).all())


def _normalised(values: pl.Series, field: str, contract: Contract) -> pl.Series:
    """What the mapping makes of such values; each distinct one is looked at once."""
    distinct = values.unique().drop_nulls()
    clean = normalise(pl.DataFrame({field: distinct}), contract).select("row_id", new=field)
    table = pl.DataFrame({"row_id": pl.int_range(1, distinct.len() + 1, dtype=pl.UInt32, eager=True)})
    after = table.join(clean, on="row_id", how="left", maintain_order="left")["new"]
    differs = distinct.ne_missing(after)
    return values.replace(distinct.filter(differs), after.filter(differs)) if differs.any() else values


def with_records(cells: pl.DataFrame, named: Callable[[pl.Series], pl.DataFrame]) -> pl.DataFrame:
    """EDIT_SCHEMA of these cells. `named` gives `row_id, record` of the rows asked for, in their order."""
    rows = cells["row_id"].unique().sort()
    records = named(rows)["record"]
    at = rows.search_sorted(cells["row_id"])
    return cells.with_columns(record=records.gather(at)).select(EDIT_SCHEMA.keys())


def places(frame: pl.DataFrame, row_ids: pl.Series) -> pl.Series | None:
    """Positions of `row_ids` in `frame`, which is sorted by row id; None when one is not there."""
    held = frame["row_id"]
    if held.len() and held[-1] - held[0] + 1 == held.len():  # no row is left out: most files have none
        inside = row_ids.is_between(held[0], held[-1]).all()
        return (row_ids - held[0]).cast(pl.UInt32) if inside else None
    found = held.search_sorted(row_ids.cast(pl.UInt32))
    if row_ids.is_empty():
        return found
    if held.is_empty() or found.max() == len(held) or not (held.gather(found) == row_ids).all():
        return None
    return found


def rows_at(frame: pl.DataFrame, row_ids: pl.Series) -> pl.DataFrame:
    """These rows of `frame`, once each, in order. Raises ValueError when one is not there."""
    where = places(frame, row_ids.unique().sort())
    if where is None:
        raise ValueError("a row to read is not in the frame")
    return frame[where]


def applied(frame: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """`frame` with column `new` of `cells` written in; every cell must exist. `frame` itself stays."""
    columns = []
    for (field,), group in cells.partition_by("field", as_dict=True).items():
        where = places(frame, group["row_id"])
        if where is None:
            raise ValueError("a cell to write is not in the frame")
        columns.append(frame[field].clone().scatter(where, group["new"]))
    return frame.with_columns(columns)


def values_of(frame: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """`row_id, field, value` of these cells, grouped by field; null where row or field is absent."""
    parts = [
        group.select(CELL).join(
            frame.select("row_id", value=field if field in frame.columns else pl.lit(None, pl.String)),
            on="row_id",
            how="left",
            maintain_order="left",
        )
        for (field,), group in cells.partition_by("field", as_dict=True, maintain_order=True).items()
    ]
    return pl.concat(parts) if parts else cells.select(*CELL, value=pl.lit(None, pl.String))


def edits_of(steps: Sequence[Action]) -> pl.DataFrame:
    """All cells of these edits in order: EDIT_SCHEMA with `seq` of the action, and `who, when, why` of the
    person: for what was carried from an earlier batch, those of the one who decided it there."""
    parts = [
        step.cells.select(*EDIT_SCHEMA, seq=pl.lit(step.seq, pl.Int64), **_author(step))
        for step in steps
        if step.cells is not None
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema={**EDIT_SCHEMA, **_BY_SCHEMA})


class Since(NamedTuple):
    """`then`: cells of the edits that held before, the last of each; `rows`: ids of those that differ now."""

    then: pl.DataFrame
    rows: pl.Series


def edited_since(history: History, seqs: Sequence[int]) -> Since | None:
    """What differs since the time when the edits `seqs` held; None when one of these is gone."""
    steps = {step.seq: step for step in (*history.done, *history.undone) if step.kind in EDITS}
    if not steps.keys() >= set(seqs):
        return None
    now = {step.seq for step in history.of_kind(*EDITS)}
    then = edits_of([steps[seq] for seq in sorted(seqs)]).unique(CELL, keep="last", maintain_order=True)
    return Since(then, edits_of([steps[seq] for seq in now ^ set(seqs)])["row_id"].unique())


def _author(step: Action) -> dict[str, pl.Expr]:
    if step.kind == "carry":
        return {"who": pl.col("by"), "when": pl.col("at"), "why": pl.col("because")}
    when = pl.lit(step.when).cast(pl.Datetime("us", "UTC"))
    return {"who": pl.lit(step.who), "when": when, "why": pl.lit(step.why)}


def turned_cells(steps: Sequence[Action], kind: str) -> pl.DataFrame:
    """WANTED_SCHEMA: what these edits leave in their cells, when they are undone or redone in that order."""
    value = "old" if kind == "undo" else "new"
    parts = [step.cells.select(*CELL, new=value) for step in steps if step.cells is not None]
    cells = pl.concat(parts) if parts else pl.DataFrame(schema=WANTED_SCHEMA)
    return cells if len(parts) < 2 else cells.unique(CELL, keep="last", maintain_order=True)


def net_edits(edits: pl.DataFrame) -> pl.DataFrame:
    """One line a cell that differs from the source: `seq, row_id, field, old, new, who, when, why`."""
    net = edits.group_by(CELL, maintain_order=True).agg(
        pl.col("old").first(), pl.col("seq", "new", "who", "when", "why").last()
    )
    changed = net.filter(pl.col("old").ne_missing(pl.col("new")))
    return changed.select("seq", *CELL, "old", "new", "who", "when", "why").sort("seq", *CELL)


def without_stale(
    history: History, base: pl.DataFrame, sound: frozenset[int] = frozenset()
) -> tuple[History, pl.DataFrame]:
    """`history` without the cells whose source value is not the one first corrected; and those cells.

    Every edit of such a cell goes, so that undo and redo stay exact for the others. The earliest steps,
    `sound`, were found to be without such cells on the same rows: they are not looked at again.
    """
    steps = sorted((*history.done, *history.undone), key=lambda step: step.seq)
    edits = [step for step in steps if step.kind in EDITS]
    first = edits_of([step for step in edits if step.seq not in sound]).unique(
        CELL, keep="first", maintain_order=True
    )
    if first.height and sound:
        near = pl.col("row_id").is_in(first["row_id"].unique().implode())
        known = [
            step.cells.filter(near).select(CELL)
            for step in edits
            if step.seq in sound and step.cells is not None
        ]
        first = first.join(pl.concat(known), on=CELL, how="anti", maintain_order="left") if known else first
    present = first.join(base.select("row_id"), on="row_id", how="semi").filter(
        pl.col("field").is_in(base.columns)
    )
    same = present.select(*CELL, "old").join(values_of(base, present), on=CELL, how="inner")
    same = same.filter(pl.col("old").eq_missing(pl.col("value")))
    stale = first.join(same, on=CELL, how="anti").select(CELL)
    if stale.is_empty():
        return history, stale
    return history.mapped(lambda step: step.without_cells(stale)), stale


def with_state(found: pl.DataFrame, known: pl.DataFrame, confirmed: Sequence[str]) -> pl.DataFrame:
    """`found` with `state`: `confirmed` where the stamp of the finding in `known` is among `confirmed`."""
    held = known.filter(pl.col("fingerprint").is_in(list(confirmed))).select(
        *(pl.col(key).cast(found.schema[key], strict=False) for key in STAMP_KEY), state=pl.lit("confirmed")
    )
    return found.join(held, on=STAMP_KEY, how="left", maintain_order="left").with_columns(
        pl.col("state").fill_null("open")
    )


def stamp_keys(findings: pl.DataFrame) -> pl.DataFrame:
    """The columns that tell one finding from another, in the types of the log."""
    return findings.select(pl.col(key).cast(STAMP_SCHEMA[key]) for key in STAMP_KEY)


def ids(*row_ids: int) -> pl.Series:
    """Row ids as a series."""
    return pl.Series("row_id", row_ids, dtype=pl.UInt32)


def rows_of(row_ids: Sequence[int]) -> pl.Series:
    """These row ids, once each, in order."""
    return pl.Series("row_id", list(row_ids), dtype=pl.UInt32).unique().sort()


def union(one: pl.Series, other: pl.Series) -> pl.Series:
    """The row ids of both, once each, in order."""
    return pl.concat([one.cast(pl.UInt32), other.cast(pl.UInt32)]).unique().sort()


def less(rows: pl.Series, others: pl.Series) -> pl.Series:
    """The row ids that are not among the others."""
    return rows.filter(~rows.is_in(others.implode()))
