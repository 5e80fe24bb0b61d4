"""What the bench does to frames: cells in, cells out, whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from desktop_app.core.corrections import CHANGE_SCHEMA, EDITS, STAMP_SCHEMA, Action, History, Schema
from desktop_app.core.payload import MANY_CELLS
from validation_rules.normalise import cleaned, normalise

if TYPE_CHECKING:
    from desktop_app.core.bench_types import RowChecker
    from validation_rules.contract import Contract
    from validation_rules.group_index import GroupIndex

CELL = ("row_id", "field")
STATE = pl.Enum(["open", "confirmed"])
"""One byte a finding: there may be millions."""
STAMP_KEY = ("row_id", "rule_id", "field")
_CELL_SCHEMA: Schema = {name: CHANGE_SCHEMA[name] for name in CELL}
WANTED_SCHEMA: Schema = {"row_id": pl.UInt32, "field": pl.String, "new": pl.String}
_BY_SCHEMA: Schema = {"seq": pl.Int64, "who": pl.String, "when": pl.Datetime("us", "UTC"), "why": pl.String}

FEW = 4  # a check of every row costs less than one of a quarter of them with all that they touch
_BY_HAND = 100  # cells: up to here, a query takes longer than going through them
_AT_ONCE = 100_000  # cells of small steps that are looked at together

NET_SCHEMA: Schema = {
    "seq": pl.Int64,
    **CHANGE_SCHEMA,
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


def real_edits(
    frame: pl.DataFrame, handed: list[pl.DataFrame], contract: Contract
) -> list[pl.DataFrame] | None:
    """`row_id, field, old, new` of the cells of `handed` (one frame, WANTED_SCHEMA, taken out of the list)
    that really change, normalised, the last of each: a frame a field, rows ascending.

    None when a row or a field is not there. Whole columns at a time, and values once each: a block may have
    millions of cells, and then `field` is an Enum.
    """
    wanted = handed.pop()
    if wanted.height <= _BY_HAND and not any(wanted.get_column(name).null_count() for name in CELL):
        return _few_real_edits(frame, wanted, contract)
    short = pl.Enum(contract.field_names)
    by_field = wanted.partition_by("field", as_dict=True, maintain_order=True, include_key=False)
    del wanted
    parts = []
    for (name,) in list(by_field):
        once = by_field.pop((name,))
        if not _ascending(once["row_id"]):
            once = once.unique("row_id", keep="last", maintain_order=True).sort("row_id")
        where = places(frame, once["row_id"])
        if where is None or name not in contract.field_names:
            return None
        old, new = taken(frame[str(name)], where), _normalised(once["new"], str(name), contract)
        differ = old.ne_missing(new)
        cells = [column.filter(differ) for column in (once["row_id"], old.alias("old"), new.alias("new"))]
        cells.insert(1, pl.Series("field", [name], dtype=short).new_from_index(0, cells[0].len()))
        parts.append(pl.DataFrame(cells))
    if sum(part.height for part in parts) < MANY_CELLS:
        parts = [part.with_columns(pl.col("field").cast(pl.String)) for part in parts]
    return [part for part in parts if part.height]


def _few_real_edits(
    frame: pl.DataFrame, wanted: pl.DataFrame, contract: Contract
) -> list[pl.DataFrame] | None:
    """As `real_edits`, cell by cell: a query takes longer than a cell."""
    by_field: dict[str, dict[int, str | None]] = {}
    for row, name, new in zip(
        *(wanted.get_column(column).to_list() for column in WANTED_SCHEMA), strict=True
    ):
        by_field.setdefault(name, {})[row] = new
    parts = []
    for name, cells in by_field.items():
        rows = pl.Series("row_id", sorted(cells), dtype=pl.UInt32)
        where = places(frame, rows)
        if where is None or name not in contract.field_names:
            return None
        written = pl.Series("new", [cells[row] for row in rows.to_list()], dtype=pl.String)
        old, new = frame.get_column(name)[where].alias("old"), cleaned(written, contract.field(name))
        differ = [
            at for at, both in enumerate(zip(old.to_list(), new.to_list(), strict=True)) if both[0] != both[1]
        ]
        named = pl.Series("field", [name], dtype=pl.String).new_from_index(0, len(cells))
        if differ:
            parts.append(pl.DataFrame([rows, named, old, new])[pl.Series(differ, dtype=pl.UInt32)])
    return parts


def _ascending(row_ids: pl.Series) -> bool:
    return bool((row_ids.slice(1) > row_ids.head(max(row_ids.len() - 1, 0))).all())


def _normalised(values: pl.Series, field: str, contract: Contract) -> pl.Series:
    """What the mapping makes of such values; each distinct one is looked at once."""
    distinct = values.unique().drop_nulls()
    clean = normalise(pl.DataFrame({field: distinct}), contract).select("row_id", new=field)
    after = clean["new"]
    if after.len() < distinct.len():  # rows that are blank now are left out
        table = pl.DataFrame({"row_id": pl.int_range(1, distinct.len() + 1, dtype=pl.UInt32, eager=True)})
        after = table.join(clean, on="row_id", how="left", maintain_order="left")["new"]
    differs = distinct.ne_missing(after)
    return values.replace(distinct.filter(differs), after.filter(differs)) if differs.any() else values


def places(frame: pl.DataFrame, row_ids: pl.Series) -> pl.Series | None:
    """Positions of `row_ids` in `frame`, which is sorted by row id; None when one is not there."""
    held = frame.get_column("row_id")
    if held.len() and held[-1] - held[0] + 1 == held.len():  # no row is left out: most files have none
        if row_ids.len() <= _BY_HAND and not row_ids.null_count():
            first, last = held[0], held[-1]
            wanted = row_ids.to_list()
            inside = all(first <= row <= last for row in wanted)
            return (
                pl.Series(row_ids.name, [row - first for row in wanted], dtype=pl.UInt32) if inside else None
            )
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
    few = row_ids.len() <= _BY_HAND and not row_ids.null_count()
    rows = ids(*sorted(set(row_ids.to_list()))) if few else row_ids.unique().sort()
    where = places(frame, rows)
    if where is None:
        raise ValueError("a row to read is not in the frame")
    return frame if where.len() == frame.height else frame[where]


def taken(column: pl.Series, where: pl.Series) -> pl.Series:
    """The values at these positions, each given once; all of them, in order, are the column itself."""
    return column if _is_all(column, where) else column.gather(where)


def applied(frame: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """`frame` with column `new` of `cells` written in; every cell must exist. `frame` itself stays."""
    return written(frame, [cells])


def written(frame: pl.DataFrame, blocks: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The same of cells block after block, what comes later over what came before."""
    for block in blocks:
        columns = []
        for field, cells in _by_field(block):
            where = places(frame, cells["row_id"])
            if where is None:
                raise ValueError("a cell to write is not in the frame")
            columns.append(_with_values(frame[field], where, cells["new"]))
        frame = frame.with_columns(columns)
    return frame


def _by_field(cells: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    if cells.is_empty():
        return []
    if cells.height > _BY_HAND and cells["field"].n_unique() == 1:
        return [(str(cells["field"][0]), cells)]  # parted, they would be copied
    parts = cells.partition_by("field", as_dict=True, maintain_order=True)
    return [(str(field), part) for (field,), part in parts.items()]


def _with_values(column: pl.Series, where: pl.Series, new: pl.Series) -> pl.Series:
    return new.alias(column.name) if _is_all(column, where) else column.clone().scatter(where, new)


def _is_all(column: pl.Series, where: pl.Series) -> bool:
    return where.len() == column.len() and where.is_sorted()


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


def edits_of(steps: Iterable[Action], *, records: bool = False) -> pl.DataFrame:
    """All cells of these edits in order: CHANGE_SCHEMA with `seq` of the action, and `who, when, why` of the
    person: for what was carried from an earlier batch, those of the one who decided it there. With `records`,
    `record` too, of steps that have it."""
    columns = [*CHANGE_SCHEMA, *(["record"] if records else [])]
    parts = [
        cells.select(*columns, seq=pl.lit(step.seq, pl.Int64), **_author(step))
        for step in steps
        if (cells := step.cells) is not None
    ]
    more: Schema = {"record": pl.String} if records else {}
    return pl.concat(parts) if parts else pl.DataFrame(schema={**CHANGE_SCHEMA, **more, **_BY_SCHEMA})


def blocks_of(steps: Iterable[Action], *, back: bool = False) -> Iterator[pl.DataFrame]:
    """`seq` and CHANGE_SCHEMA of the cells of these edits in order, some at a time: a frame has each cell
    once, `old` as it is before these, `new` as it is after, and many cells are of one field only. With
    `back`, of these edits when they are undone in that order."""
    old, new = ("new", "old") if back else ("old", "new")
    few: list[pl.DataFrame] = []
    for step in steps:
        cells = (
            pl.lit(step.seq, pl.UInt32).alias("seq"),
            *CELL,
            pl.col(old).alias("old"),
            pl.col(new).alias("new"),
        )
        if step.size >= _AT_ONCE or sum(part.height for part in few) >= _AT_ONCE:
            yield from _together(few)
            few = []
        if step.size >= _AT_ONCE:
            yield from (block.select(cells) for block in step.blocks())
        elif (held := step.cells) is not None:
            few.append(held.select(cells))
    yield from _together(few)


def _together(parts: Sequence[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    if len(parts) == 1:
        yield parts[0]
    elif parts:
        net = pl.concat(parts).group_by(CELL, maintain_order=True)
        cells = net.agg(pl.col("old").first(), pl.col("seq", "new").last())
        yield cells.select("seq", *CHANGE_SCHEMA)


def rows_in(frame: pl.DataFrame, blocks: Iterable[pl.DataFrame]) -> pl.Series:
    """Ids of the rows of `frame` that these cells are in, once each, in order; all of them are there."""
    blocks = list(blocks)
    if sum(block.height for block in blocks) <= _BY_HAND:
        near = {row for block in blocks for row in block.get_column("row_id").to_list()}
        rows = pl.Series("row_id", sorted(near), dtype=pl.UInt32)
        if places(frame, rows) is None:
            raise ValueError("a row to write is not in the frame")
        return rows
    hit = pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    for block in blocks:
        where = places(frame, block["row_id"])
        if where is None:
            raise ValueError("a row to write is not in the frame")
        hit = hit.scatter(where, values=True)
    return frame["row_id"].filter(hit)


class Since(NamedTuple):
    """What differs since other edits held: `rows`, ids in order, and the cells as they were then, in `blocks`
    to be written over those of now."""

    rows: pl.Series
    blocks: list[pl.DataFrame]


def edited_since(history: History, seqs: Sequence[int], frame: pl.DataFrame) -> Since | None:
    """What differs since the time when the edits `seqs` held; None when one of these is gone."""
    steps = {step.seq: step for step in (*history.done, *history.undone) if step.kind in EDITS}
    then, now = set(seqs), {step.seq for step in history.of_kind(*EDITS)}
    if not steps.keys() >= then:
        return None
    # The first edits are the same ones: what was done since is taken back, then what was undone is done.
    back = blocks_of((steps[seq] for seq in sorted(now - then, reverse=True)), back=True)
    blocks = [*back, *blocks_of(steps[seq] for seq in sorted(then - now))]
    return Since(rows_in(frame, blocks), blocks)


def found_at_source(
    checker: RowChecker, history: History, base: pl.DataFrame, found: pl.DataFrame, index: GroupIndex
) -> pl.DataFrame | None:
    """What the rules say of `base`, the rows before any edit of `history`, from what they say with them: only
    the edited rows are checked again. None when these are so many that all would be."""
    since = edited_since(history, (), base)
    if since is None or since.rows.len() * FEW > base.height:
        return None
    return checker.recheck_with(base, found, since.rows, index).findings


def _author(step: Action) -> dict[str, pl.Expr]:
    if step.kind == "carry":
        return {"who": pl.col("by"), "when": pl.col("at"), "why": pl.col("because")}
    when = pl.lit(step.when).cast(pl.Datetime("us", "UTC"))
    return {"who": pl.lit(step.who), "when": when, "why": pl.lit(step.why)}


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
    seen: dict[str, pl.Series] = {}
    fresh = blocks_of(step for step in edits if step.seq not in sound)
    odd = [_first_that_differ(block, base, seen) for block in fresh]
    stale = pl.concat([pl.DataFrame(schema=_CELL_SCHEMA), *odd]).unique(maintain_order=True)
    if stale.height:
        for known in blocks_of(step for step in edits if step.seq in sound):
            stale = stale.join(known, on=CELL, how="anti", maintain_order="left")
    if stale.is_empty():
        return history, stale
    return history.mapped(lambda step: step.without_cells(stale)), stale


def _first_that_differ(cells: pl.DataFrame, base: pl.DataFrame, seen: dict[str, pl.Series]) -> pl.DataFrame:
    """Those of these cells that no edit wrote before (`seen`: field -> where one did), and of which `old` is
    not what `base` has; and all that are not there."""
    parts = []
    for field, part in _by_field(cells):
        where = _found_at(base, part["row_id"])
        if field not in base.columns:
            where = pl.repeat(None, part.height, dtype=pl.UInt32, eager=True)
        here, at = part.filter(where.is_not_null()), where.drop_nulls()
        parts.append(part.filter(where.is_null()).select(CELL))
        if here.is_empty():
            continue
        written = seen.setdefault(field, pl.repeat(value=False, n=base.height, dtype=pl.Boolean, eager=True))
        differs = ~written.gather(at) & taken(base[field], at).ne_missing(here["old"])
        parts.append(here.filter(differs).select(CELL))
        seen[field] = written.scatter(at, values=True)
    return pl.concat(parts) if parts else cells.select(CELL)


def _found_at(frame: pl.DataFrame, row_ids: pl.Series) -> pl.Series:
    """Positions of `row_ids` in `frame`, which is sorted by row id; null for those that are not there."""
    where = places(frame, row_ids)
    if where is not None:
        return where
    held = frame["row_id"].to_frame().with_row_index("at")
    return row_ids.alias("row_id").to_frame().join(held, on="row_id", how="left", maintain_order="left")["at"]


def with_state(found: pl.DataFrame, known: pl.DataFrame, confirmed: Sequence[str]) -> pl.DataFrame:
    """`found` with `state` (STATE): confirmed where its stamp in `known` is among `confirmed`."""
    if not confirmed:
        return found.with_columns(state=pl.lit("open", STATE))
    held = known.filter(pl.col("fingerprint").is_in(list(confirmed))).select(
        *(pl.col(key).cast(found.schema[key], strict=False) for key in STAMP_KEY),
        state=pl.lit("confirmed", STATE),
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
