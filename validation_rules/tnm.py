"""T, N and M as registries write them, and what the tables of an edition say of them.

A value is read by its body: pT1b(m), 1b and ypT1b have the body 1B. The contract spells the same reading in
SQL, for the rules that are predicates; a test holds both together. Sites are numbers here (C50.4 is 504), as
are histologies, since the tables give ranges of both. Source: contract rnc-tumeurs, TNM-01, TNM-02, STA-03.
"""

from __future__ import annotations

import functools

import polars as pl

from validation_rules.tables import table

AXES = ("T", "N", "M")
NOTHING_SAID = "-"
"""Among the stages of a table: whatever else it gives, the combination has no stage to hold a record to."""

_CLOSING = r"\((?:(?:M|[2-9]|[1-9][0-9]+)(?:,IS)?|SN|F)\)$"
_OTHER_BRACKETS = r"[()\[\]]|['’]S"
_BODIES = {"T": "IS.*|[A01234X].*", "N": "[0123X].*|4", "M": "[01X].*"}
_ANY = "*"


def given(value: pl.Expr) -> pl.Expr:
    """The value as written; 88 (not applicable) is read as blank."""
    return pl.when(value != "88").then(value)


def body(value: pl.Expr, axis: str) -> pl.Expr:
    """The body of a T, N or M value (`axis`) in upper case; null when it is blank or cannot be read.

    Read with the widest patterns and N4: what editions 7 and 8 accept has the same body with theirs. MOL
    becomes M.
    """
    text = given(value).str.to_uppercase().str.replace(_CLOSING, "")
    if axis == "T":
        shorter = text.str.slice(0, text.str.len_chars() - 1)
        text = pl.when(text.str.contains("[0-9]M$")).then(shorter).otherwise(text)
    text = text.str.replace_all(_OTHER_BRACKETS, "")
    read = text.str.extract(f"^[YRAU]*[CP]?{axis}?({_BODIES[axis]})$", 1)
    return read.str.replace("MOL", "M", literal=True) if axis == "N" else read


def schemas_of(cases: pl.DataFrame, name: str) -> pl.DataFrame:
    """(case, site, histology, schema) of each schema of table `name` that a case belongs to.

    `cases` has the columns case, site (C50.4), histology (its first four characters count) and sex, which
    leaves schemas out when it is 1 or 2.
    """
    number = pl.col("site").str.replace_all(r"[C.]", "")
    numbered = cases.select(
        "case",
        "sex",
        number.cast(pl.Int16, strict=False),
        pl.col("histology").str.slice(0, 4).cast(pl.Int16, strict=False),
    )
    known = pl.col("sex").is_in(["1", "2"]).fill_null(value=False)
    for_sex = ~known | pl.col("sexes").is_null() | pl.col("sexes").str.contains(pl.col("sex"), literal=True)
    found = numbered.join(_schema_cells(name), on="site").filter(_holds("histology") & for_sex)
    return found.select("case", "site", "histology", "schema").unique()


def value_lists(name: str, timing: str, axis: str) -> pl.DataFrame:
    """(schema, values) of a table of valid values; `values` is a list of bodies."""
    rows = table(name).filter(pl.col("timing") == timing, pl.col("axis") == axis)
    return rows.select("schema", pl.col("values").str.split(","))


def stages_of(cases: pl.DataFrame, schemas: str, uses: str, stages: str) -> pl.DataFrame:
    """(case, stages) for each row of the stage tables that fits; `stages` are digits, or `NOTHING_SAID`.

    `cases` has the columns of `schemas_of`, and timing, T, N and M (bodies). Tables: `schemas`, which stage
    tables they use (`uses`), and the stage tables (`stages`).
    """
    use = schemas_of(cases, schemas).join(cases.select("case", "timing"), on="case")
    use = use.join(_stage_uses(uses), on=["schema", "timing"]).filter(_holds("site") & _holds("histology"))
    asked = use.select("case", "stage_table").unique().join(cases.select("case", *AXES), on="case")
    parts = [
        asked.join(rows, on=["stage_table", *axes]).select("case", "stages")
        for axes, rows in _stage_rows(stages)
    ]
    return pl.concat(parts)


@functools.lru_cache(maxsize=8)
def _schema_cells(name: str) -> pl.DataFrame:
    """One row for each site and range of histologies of a schema."""
    rows = _with_ranges(_with_ranges(table(name), "sites", "site"), "histologies", "histology")
    sites = pl.int_ranges("site_low", pl.col("site_high") + 1, dtype=pl.Int16).alias("site")
    return rows.with_columns(sites).drop("site_low", "site_high").explode("site")


@functools.lru_cache(maxsize=8)
def _stage_uses(name: str) -> pl.DataFrame:
    return _with_ranges(_with_ranges(table(name), "sites", "site"), "histologies", "histology")


@functools.lru_cache(maxsize=8)
def _stage_rows(name: str) -> list[tuple[list[str], pl.DataFrame]]:
    """The rows of stage tables with one value a cell, by the axes that they look at: * fits any value."""
    rows = table(name).rename({"t": "T", "n": "N", "m": "M"})
    for axis in AXES:
        rows = rows.with_columns(pl.col(axis).str.split(",")).explode(axis)
    parts = []
    wild = rows.with_columns((pl.col(axis) == _ANY).alias(f"any {axis}") for axis in AXES)
    for key, part in wild.partition_by([f"any {axis}" for axis in AXES], as_dict=True).items():
        looked_at = [axis for axis, is_any in zip(AXES, key, strict=True) if not is_any]
        parts.append((looked_at, part.select("stage_table", *looked_at, "stages")))
    return parts


def _with_ranges(rows: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """`C180,C182-C189` as two rows with the ends of the range; blank holds everything."""
    exploded = rows.with_columns(pl.col(column).str.split(",")).explode(column)
    low = pl.col(column).str.extract(r"^C?(\d+)", 1).cast(pl.Int16)
    high = pl.col(column).str.extract(r"-C?(\d+)$", 1).cast(pl.Int16)
    ends = (low.fill_null(0).alias(f"{name}_low"), high.fill_null(low).fill_null(9999).alias(f"{name}_high"))
    return exploded.with_columns(ends).drop(column)


def _holds(name: str) -> pl.Expr:
    return pl.col(name).is_between(f"{name}_low", f"{name}_high")
