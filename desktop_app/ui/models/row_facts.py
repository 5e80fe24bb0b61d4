"""What a row tells beside its findings: year, institution, sources, and the file that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

FACTS = ("year", "institution", "source", "file")
"""The facts that are facets; `source` holds codes joined by `+`."""
_FIELDS = ("date_incidence", "finess_diagnostic", "sources")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one extract in order: their names, and the last row id of each. None: one file alone."""

    names: tuple[str, ...] = ()
    lasts: tuple[int, ...] = ()

    @classmethod
    def of(cls, parts: Sequence[tuple[str, int]]) -> Files:
        """From the name and the number of data rows of each file."""
        lasts: list[int] = []
        for _, rows in parts:
            lasts.append((lasts[-1] if lasts else 0) + rows)
        return cls(tuple(name for name, _ in parts), tuple(lasts))


def facts(files: Files, columns: Sequence[str]) -> list[pl.Expr]:
    """An expression for each of `FACTS` over a frame of rows with these columns; null where a row does not
    tell. `row_id` must be among them when there are files."""
    return [
        year_of(columns).alias("year"),
        _column(columns, "finess_diagnostic").alias("institution"),
        _column(columns, "sources").alias("source"),
        _file(files).alias("file"),
    ]


def read_by_facts(columns: Sequence[str]) -> list[str]:
    """The columns that `facts` reads, of those that there are."""
    return ["row_id", *(name for name in _FIELDS if name in columns)]


def year_of(columns: Sequence[str]) -> pl.Expr:
    """Year of incidence as text, null when the date does not begin with one."""
    return _column(columns, "date_incidence").str.extract(r"^(\d{4})", 1)


def _file(files: Files) -> pl.Expr:
    if not files.names:
        return pl.lit(None, pl.String)
    named = pl.lit(None, pl.String)
    for name, last in reversed(list(zip(files.names, files.lasts, strict=True))):
        named = pl.when(pl.col("row_id") <= last).then(pl.lit(name)).otherwise(named)
    return named


def _column(columns: Sequence[str], name: str) -> pl.Expr:
    return pl.col(name) if name in columns else pl.lit(None, pl.String)
