"""A recipe tried on the distinct values of an extract: what each local value becomes, and what fits no code.

Trying a few hundred distinct values takes a moment where a million rows take seconds, and goes through the
`apply_recipe`: what is shown is what will happen.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.mapping import Recipe, apply_recipe
from desktop_app.core.stages import Extract

if TYPE_CHECKING:
    from validation_rules.contract import Contract, Field

MOST_VALUES = 300


@dataclass(frozen=True, slots=True)
class Distinct:
    """The most frequent values of every source column, side by side in one small extract.

    `counts`: column -> {value: rows}. `complete`: columns with no more than MOST_VALUES distinct values.
    """

    extract: Extract
    counts: Mapping[str, Mapping[str, int]]
    complete: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """One local value: in how many rows it stands, what it becomes, whether the contract knows that."""

    local: str
    rows: int
    becomes: str
    fits: bool


def distinct(extract: Extract) -> Distinct:
    """Counts the values of every column; blank cells are left out."""
    counts: dict[str, dict[str, int]] = {}
    kinds: dict[str, list[int]] = {}
    complete: set[str] = set()
    for name in extract.columns:
        column = _with_kind(extract, name).drop_nulls("value")
        tally = column.group_by("value").agg(pl.len().alias("rows"), pl.col("kind").first())
        top = tally.sort("rows", "value", descending=[True, False]).head(MOST_VALUES)
        counts[name] = dict(zip(top["value"].to_list(), top["rows"].to_list(), strict=True))
        kinds[name] = top["kind"].to_list()
        if tally.height <= MOST_VALUES:
            complete.add(name)
    return Distinct(_side_by_side(extract, counts, kinds), counts, frozenset(complete))


def _with_kind(extract: Extract, name: str) -> pl.DataFrame:
    kind = (
        extract.kinds[name] if extract.kinds is not None else pl.repeat(0, extract.frame.height, eager=True)
    )
    # Cells are compared after trimming, as recodes are; what is blank after that is no value.
    value = extract.frame[name].str.strip_chars().replace("", None)
    return pl.DataFrame({"value": value, "kind": kind.cast(pl.UInt8)})


def _side_by_side(
    extract: Extract, counts: Mapping[str, Mapping[str, int]], kinds: Mapping[str, list[int]]
) -> Extract:
    height = max([1, *(len(values) for values in counts.values())])
    cells = {name: [*values, *[None] * (height - len(values))] for name, values in counts.items()}
    rows = pl.Series("row_id", range(1, height + 1), pl.UInt32)
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)).insert_column(0, rows)
    grid = {name: [*codes, *[0] * (height - len(codes))] for name, codes in kinds.items()}
    small = pl.DataFrame(grid, schema=dict.fromkeys(grid, pl.UInt8)) if extract.kinds is not None else None
    return dataclasses.replace(extract, frame=frame, kinds=small)


def try_recipe(values: Distinct, recipe: Recipe, contract: Contract) -> dict[str, list[Tried]]:
    """For every mapped field, its local values with what they become; what does not fit comes first."""
    try:
        mapped = apply_recipe(values.extract, recipe, contract).frame
    except AppError:
        return {}  # a recipe in the middle of a change; the check itself will say what is wrong
    by_row = {row["row_id"]: row for row in mapped.iter_rows(named=True)}
    tried: dict[str, list[Tried]] = {}
    for column in recipe.columns:
        header = column.header
        if header in values.counts and not column.join:
            for name in column.targets:
                field = contract.field(name)
                tried[name] = _tried(values.counts[str(header)], by_row, field)
    return tried


def _tried(
    counts: Mapping[str, int], by_row: Mapping[int, Mapping[str, str | None]], field: Field
) -> list[Tried]:
    rows = [
        _one(local, count, by_row.get(number, {}).get(field.name), field)
        for number, (local, count) in enumerate(counts.items(), start=1)
    ]
    return sorted(rows, key=lambda row: row.fits)


def _one(local: str, count: int, becomes: str | None, field: Field) -> Tried:
    return Tried(local, count, becomes or "", becomes is None or fits(field, becomes))


def fits(field: Field, value: str) -> bool:
    """Whether the contract knows the value: in the closed list, else of the field's form."""
    if field.codes:
        parts = value.split(field.separator) if field.separator else [value]
        return all(part in field.codes for part in parts)
    return field.pattern is None or re.fullmatch(field.pattern, value) is not None
