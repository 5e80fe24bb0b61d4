"""Two batches side by side: the records that are new, those that are gone, and what changed in the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.corrections import Schema

if TYPE_CHECKING:
    from validation_rules.contract import Contract

CHANGE_SCHEMA: Schema = {
    "row_id": pl.UInt32,
    "row_before": pl.UInt32,
    "field": pl.String,
    "before": pl.String,
    "after": pl.String,
}
_BETWEEN, _ABSENT = "\x1f", "\x00"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the records of a batch in a later one.

    `added`: rows of the later one, `withdrawn`: rows of the earlier one (`row_id` and the contract's fields).
    `changes`: CHANGE_SCHEMA and the record key, a line a value that is another. `same`: records without one.
    """

    contract: Contract
    added: pl.DataFrame = field(repr=False)
    withdrawn: pl.DataFrame = field(repr=False)
    changes: pl.DataFrame = field(repr=False)
    same: int

    @property
    def changed(self) -> int:
        """How many records have a value that is another."""
        return self.changes["row_id"].n_unique()

    def by_field(self) -> list[tuple[str, int]]:
        """Fields with the number of records in which they changed, most first."""
        counts = self.changes.group_by("field").len().sort("len", "field", descending=[True, False])
        return list(counts.iter_rows())


def compare(before: pl.DataFrame, after: pl.DataFrame, contract: Contract) -> Comparison:
    """The rows of two batches of one contract (`row_id`, then the contract's fields), by their record key.

    Rows whose key is blank, or is not theirs alone in one of the two, are compared as wholes: they are the
    same, or they were added and withdrawn.
    """
    fields = contract.field_names
    old, new = _named(before, contract), _named(after, contract)
    twins = pl.concat([old.filter("twin")["name"], new.filter("twin")["name"]]).unique().implode()
    named = [_as_wholes(frame, fields, twins) for frame in (old, new)]
    pairs = named[1].join(named[0], on="name", how="inner", suffix="_before")
    gone = named[0].join(named[1], on="name", how="anti").select("row_id")
    come = named[1].join(named[0], on="name", how="anti").select("row_id")
    changes = _changes(before, after, pairs, contract)
    return Comparison(
        contract,
        after.join(come, on="row_id", how="semi").select("row_id", *fields),
        before.join(gone, on="row_id", how="semi").select("row_id", *fields),
        changes,
        pairs.height - changes["row_id"].n_unique(),
    )


def _named(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """`frame` with the `name` of each row, its record key, and whether that is not enough."""
    keys = [pl.col(name) for name in contract.record_key]
    name = pl.concat_str([key.fill_null(_ABSENT) for key in keys], separator=_BETWEEN)
    blank = pl.any_horizontal(key.is_null() for key in keys)
    named = frame.with_columns(name=name)
    return named.with_columns(twin=pl.col("name").is_duplicated() | blank)


def _as_wholes(frame: pl.DataFrame, fields: tuple[str, ...], twins: pl.Series) -> pl.DataFrame:
    """`row_id, name`: the name of a twin is all its values, and its place among those alike."""
    alone = frame.filter(~pl.col("name").is_in(twins)).select("row_id", "name")
    rows = frame.filter(pl.col("name").is_in(twins))
    values = pl.concat_str([pl.col(name).fill_null(_ABSENT) for name in fields], separator=_BETWEEN)
    whole = rows.select("row_id", name=values)
    nth = pl.int_range(pl.len(), dtype=pl.UInt32).over("name").cast(pl.String)
    return pl.concat([alone, whole.with_columns(pl.concat_str("name", nth, separator=_BETWEEN))])


def _changes(
    before: pl.DataFrame, after: pl.DataFrame, pairs: pl.DataFrame, contract: Contract
) -> pl.DataFrame:
    """A column at a time, so that two extracts of a million rows are never held twice."""
    at_new = _places(after, pairs["row_id"])
    at_old = _places(before, pairs["row_id_before"])
    keys = pairs.select("row_id", row_before="row_id_before").with_columns(
        after.select(contract.record_key)[at_new].get_columns()
    )
    parts = []
    for name in contract.field_names:
        if name in contract.record_key:
            continue
        old, new = before[name][at_old], after[name][at_new]
        other = old.ne_missing(new)
        if other.any():
            told = keys.filter(other).with_columns(
                field=pl.lit(name), before=old.filter(other), after=new.filter(other)
            )
            parts.append(told)
    columns = (*CHANGE_SCHEMA, *contract.record_key)
    if not parts:
        return pl.DataFrame(schema={**CHANGE_SCHEMA, **dict.fromkeys(contract.record_key, pl.String)})
    order = pl.Series(contract.field_names).to_frame("field").with_row_index("place")
    lines = pl.concat(parts).join(order, on="field", how="left").sort("row_id", "place")
    return lines.select(columns)


def _places(frame: pl.DataFrame, row_ids: pl.Series) -> pl.Series:
    numbered = frame.select("row_id").with_row_index("place")
    wanted = row_ids.to_frame("row_id")
    return wanted.join(numbered, on="row_id", how="left", maintain_order="left")["place"]
