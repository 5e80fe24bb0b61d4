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

    Read with the widest patterns and N4: what editions 7 and 8 accept has the same body there. MOL becomes M.
    """
    text = given(value).str.to_uppercase().str.replace(_CLOSING, "")
    if axis == "T":
        shorter = text.str.slice(0, text.str.len_chars() - 1)
        text = pl.when(text.str.contains("[0-9]M$")).then(shorter).otherwise(text)
    text = text.str.replace_all(_OTHER_BRACKETS, "")
    read = text.str.extract(f"^[YRAU]*[CP]?{axis}?({_BODIES[axis]})$", 1)
    return read.str.replace("MOL", "M", literal=True) if axis == "N" else read


def values_listed(cases: pl.DataFrame, schemas: str, values: str, timing: str, axis: str) -> pl.DataFrame:
    """`cases` once for each schema that they belong to and that lists values of the axis, as `values`.

    `cases` has the columns site (C50.4), histology (its first four characters count), sex, which leaves
    schemas out when it is 1 or 2, and any other. Tables: `schemas`, and the `values` that they list.
    """
    return _at_home(cases, _value_cells(schemas, values, timing, axis), "site")


def stages_given(cases: pl.DataFrame, schemas: str, uses: str, stages: str) -> pl.DataFrame:
    """`cases` once for each row of the stage tables that fits; `stages` are digits, or `NOTHING_SAID`.

    `cases` has the columns of `values_listed`, and timing, T, N and M (bodies). Tables: `schemas`, which
    stage tables they use (`uses`), and the stage tables (`stages`).
    """
    asked = _at_home(cases, _stage_cells(schemas, uses), "site", "timing").unique()
    parts = [asked.join(rows, on=["stage_table", *axes]) for axes, rows in _stage_rows(stages)]
    return pl.concat(part.select(*cases.columns, "stages") for part in parts)


def _at_home(cases: pl.DataFrame, cells: pl.DataFrame, *on: str) -> pl.DataFrame:
    """Cases joined to the cells that hold their site, histology and sex."""
    # C18.7 and C187 alike: contracts write a site with or without its dot.
    digits = pl.col("site").str.slice(1, 2) + pl.col("site").str.slice(-1, 1)
    histology = pl.col("histology").str.slice(0, 4)
    numbered = cases.with_columns(
        digits.cast(pl.Int16, strict=False).alias(" site"),
        histology.cast(pl.Int16, strict=False).alias(" histology"),
    )
    other_sex = pl.col("sex").is_in(["1", "2"]) & ~pl.col("sexes").str.contains(pl.col("sex"), literal=True)
    found = numbered.join(cells, left_on=[" site", *on[1:]], right_on=on)
    held = pl.col(" histology").is_between("low", "high") & ~other_sex.fill_null(value=False)
    return found.filter(held).drop(" site", " histology", "low", "high", "sexes")


@functools.lru_cache(maxsize=32)
def _value_cells(schemas: str, values: str, timing: str, axis: str) -> pl.DataFrame:
    """(site, low, high, sexes, values) for each site and range of histologies of a schema with a list."""
    listed = table(values).filter(pl.col("timing") == timing, pl.col("axis") == axis)
    lists = listed.select("schema", pl.col("values").str.split(","))
    return _schema_cells(schemas).join(lists, on="schema").drop("schema")


@functools.lru_cache(maxsize=8)
def _stage_cells(schemas: str, uses: str) -> pl.DataFrame:
    """(site, timing, low, high, sexes, stage_table): where a schema and its use of a stage table overlap."""
    ranges = _ranges(_ranges(table(uses), "sites", "from_site", "to_site"), "histologies", "from", "to")
    both = _schema_cells(schemas).join(ranges, on="schema")
    both = both.filter(pl.col("site").is_between("from_site", "to_site"))
    low, high = pl.max_horizontal("low", "from"), pl.min_horizontal("high", "to")
    cells = both.select("site", "timing", low.alias("low"), high.alias("high"), "sexes", "stage_table")
    return cells.filter(pl.col("low") <= pl.col("high")).unique()


@functools.lru_cache(maxsize=8)
def _schema_cells(name: str) -> pl.DataFrame:
    """(schema, site, low, high, sexes) for each site and range of histologies of a schema."""
    rows = _ranges(_ranges(table(name), "sites", "first", "last"), "histologies", "low", "high")
    sites = pl.int_ranges("first", pl.col("last") + 1, dtype=pl.Int16).alias("site")
    return rows.select("schema", sites, "low", "high", "sexes").explode("site")


@functools.lru_cache(maxsize=8)
def _stage_rows(name: str) -> list[tuple[list[str], pl.DataFrame]]:
    """The rows of stage tables with one value a cell, by the axes that they look at: * fits any value."""
    rows = table(name).rename({axis.lower(): axis for axis in AXES})
    for axis in AXES:
        rows = rows.with_columns(pl.col(axis).str.split(",")).explode(axis)
    parts = []
    wild = rows.with_columns((pl.col(axis) == _ANY).alias(f"any {axis}") for axis in AXES)
    for key, part in wild.partition_by([f"any {axis}" for axis in AXES], as_dict=True).items():
        looked_at = [axis for axis, is_any in zip(AXES, key, strict=True) if not is_any]
        parts.append((looked_at, part.select("stage_table", *looked_at, "stages")))
    return parts


def _ranges(rows: pl.DataFrame, column: str, low: str, high: str) -> pl.DataFrame:
    """`C180,C182-C189` as two rows with the ends of the range; blank holds everything."""
    exploded = rows.with_columns(pl.col(column).str.split(",")).explode(column)
    first = pl.col(column).str.extract(r"^C?(\d+)", 1).cast(pl.Int16)
    last = pl.col(column).str.extract(r"-C?(\d+)$", 1).cast(pl.Int16)
    ends = (first.fill_null(0).alias(low), last.fill_null(first).fill_null(9999).alias(high))
    return exploded.with_columns(ends).drop(column)
