"""A column of a recipe tried on the distinct cells of a file: what each becomes, and what is unknown."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import polars as pl

from desktop_app.core.mapping.apply import fill, headers_of
from desktop_app.core.mapping.recipe import Column
from desktop_app.core.stages import Extract
from validation_rules.contract import Contract, Field
from validation_rules.normalise import normalise

MOST_VALUES = 5_000
LOCAL, ROWS = "\0local", "\0rows"
_KIND = "\0kind"


def tried(extract: Extract, column: Column, sources: Mapping[str, str], contract: Contract) -> pl.DataFrame:
    """One line a distinct cell that is not blank, most frequent first, at most `MOST_VALUES`.

    Columns: `LOCAL` String (the trimmed cell; several joined by a blank), `ROWS` UInt32, and every field that
    the column fills, as String and normalised. `sources` is what `match_headers` found for its headers.
    """
    names = list(dict.fromkeys(sources[header] for header in headers_of(column)))
    names = names or [extract.columns[(column.index or 1) - 1]]
    small, lines = _distinct(extract, names)
    filled = dict(fill(small, column, sources))
    frame = pl.DataFrame([small.frame.get_column("row_id"), *filled.values()])
    values = normalise(frame, contract).select("row_id", *filled)
    return lines.join(values, on="row_id", how="left", maintain_order="left").drop("row_id")


def _distinct(extract: Extract, names: list[str]) -> tuple[Extract, pl.DataFrame]:
    frame = extract.frame.select(names)
    kinds = extract.kinds if extract.kinds is not None and len(names) == 1 else None
    if kinds is not None and names[0] in kinds.columns:
        frame = frame.with_columns(kinds.get_column(names[0]).alias(_KIND))
    local = pl.concat_str(
        [pl.col(name).str.strip_chars() for name in names], separator=" ", ignore_nulls=True
    )
    top = (
        frame.group_by(pl.all())
        .agg(pl.len().cast(pl.UInt32).alias(ROWS))
        .with_columns(local.str.strip_chars().alias(LOCAL))
        .filter(pl.col(LOCAL) != "")
        .sort([ROWS, LOCAL], descending=[True, False])
        .head(MOST_VALUES)
        .with_row_index("row_id", offset=1)
    )
    marks = top.select(pl.col(_KIND).alias(names[0])) if _KIND in top.columns else None
    small = dataclasses.replace(extract, frame=top.select("row_id", *names), kinds=marks)
    return small, top.select("row_id", LOCAL, ROWS)


def known(field: Field) -> pl.Expr:
    """Whether the contract knows the value of `field`: in its list, else of its form; true when blank."""
    value = pl.col(field.name)
    if field.codes and field.separator:
        listed = value.str.split(field.separator).list
        return listed.eval(pl.element().is_in(list(field.codes))).list.all().fill_null(value=True)
    if field.codes:
        return value.is_in(list(field.codes)).fill_null(value=True)
    patterns = [field.pattern, *(variant.pattern for variant in field.variants)]
    accepted = [value.str.contains(pattern) for pattern in patterns if pattern]
    return pl.any_horizontal(accepted).fill_null(value=True) if accepted else pl.lit(value=True)
