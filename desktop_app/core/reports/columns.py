"""Columns that indicators share, derived from contract rows: year, age, site, basis, delay."""

from __future__ import annotations

import polars as pl

from desktop_app.core.batches.zones import event_date

MICROSCOPIC = ("5", "6", "7", "7.1", "7.2", "7.3", "8")
CLINICAL = ("1", "2", "4")
SOLID = (pl.col("behaviour") == "3") & (pl.col("histology") < 9590)
ILL_DEFINED = ("C26", "C39", "C48", "C76", "C80")


def filled(name: str) -> pl.Expr:
    """A partial date as a Date: a missing day is the 15th, a missing month and day the 1st of July.

    The convention of rule DAT-04; null when the value is no date.
    """
    value = pl.col(name)
    whole = (
        pl.when(value.str.len_chars() == 10).then(value)
        .when(value.str.len_chars() == 7).then(value + "-15")
        .when(value.str.len_chars() == 4).then(value + "-07-01")
    )  # fmt: skip
    return whole.str.to_date("%Y-%m-%d", strict=False)


def age() -> pl.Expr:
    """Completed years at incidence from the two filled dates, else the stated age; null when unknown."""
    born, seen = filled("date_naissance"), filled("date_incidence")
    before = (seen.dt.month() * 100 + seen.dt.day()) < (born.dt.month() * 100 + born.dt.day())
    computed = seen.dt.year() - born.dt.year() - before.cast(pl.Int32)
    stated = pl.col("age_incidence").cast(pl.Int32, strict=False)
    return pl.coalesce(
        pl.when(computed.is_between(0, 121)).then(computed), pl.when(stated.is_between(0, 121)).then(stated)
    )


def holds_tumours(frame: pl.DataFrame) -> bool:
    """Whether the rows are tumours; of notifications, several are of one tumour and none can be counted."""
    read = (
        "date_incidence",
        "age_incidence",
        "topographie",
        "base_diagnostic",
        "stade",
        "date_enregistrement",
    )
    return set(read) <= set(frame.columns)


def dated(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a record of any kind: row_id, year."""
    name = event_date(frame.columns)
    value = pl.col(name) if name else pl.lit(None, pl.String)
    return frame.select("row_id", value.str.slice(0, 4).cast(pl.Int32, strict=False).alias("year"))


def derived(frame: pl.DataFrame) -> pl.DataFrame:
    """One row a record: year, age, sexe, site, basis, histology, behaviour, stage, sources, delay (days).

    `frame` holds contract rows (every field a String, null = blank). No identity column is kept.
    """
    return frame.select(
        "row_id",
        "sexe",
        pl.col("date_incidence").str.slice(0, 4).cast(pl.Int32, strict=False).alias("year"),
        age().alias("age"),
        pl.col("topographie").str.slice(0, 3).alias("site"),
        pl.col("base_diagnostic").alias("basis"),
        pl.col("morphologie").str.slice(0, 4).cast(pl.Int32, strict=False).alias("histology"),
        pl.col("comportement").alias("behaviour"),
        pl.col("stade").alias("stage"),
        (filled("date_enregistrement") - filled("date_incidence")).dt.total_days().alias("delay"),
    )
