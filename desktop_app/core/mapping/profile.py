"""What the cells of a column look like, from a sample of its distinct values. Values stay in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from desktop_app.core.stages import Extract

SAMPLE_ROWS = 20_000
SAMPLE_VALUES = 400
_SAMPLES = 5
_NUMBER, _DATE = 1, 2


@dataclass(frozen=True, slots=True)
class Profile:
    """One source column. `values` are trimmed, most frequent first, with their number of rows in `counts`.

    Real date cells are counted in `dates` and are not among the values. `filled` is the share of rows that
    hold something, `rows` their number, `distinct` that of distinct values in the sample; `numbers` and
    `dates` are shares of real number and date cells among the filled ones (workbooks only). `title` is what
    the file calls the column in words, and `said` what it says of its codes (statistical files only).
    """

    name: str
    filled: float
    distinct: int
    rows: int
    numbers: float
    dates: float
    samples: tuple[str, ...] = field(repr=False)
    values: tuple[str, ...] = field(repr=False)
    counts: tuple[int, ...] = field(repr=False)
    title: str = ""
    said: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def total(self) -> int:
        """Rows that the kept values stand for."""
        return sum(self.counts)

    def share(self, accepted: list[bool]) -> float:
        """Share of rows whose value is accepted; `accepted` goes with `values`."""
        kept = sum(count for count, yes in zip(self.counts, accepted, strict=True) if yes)
        return kept / max(1, self.total) * (1 - self.dates)


def profile(extract: Extract, name: str) -> Profile:
    """The profile of one column, from the first `SAMPLE_ROWS` rows."""
    cells = extract.frame.get_column(name).head(SAMPLE_ROWS)
    trimmed = cells.str.strip_chars()
    holds = (trimmed != "").fill_null(value=False)
    filled, written = trimmed.filter(holds), trimmed.filter(holds & ~_dates(extract, name, len(cells)))
    counts = written.alias("value").value_counts(sort=True)
    top = counts.sort(["count", "value"], descending=[True, False]).head(SAMPLE_VALUES)
    numbers, dates = _kinds(extract, name, len(filled))
    return Profile(
        name,
        len(filled) / max(1, len(cells)),
        counts.height,
        len(filled),
        numbers,
        dates,
        tuple(filled.unique(maintain_order=True).head(_SAMPLES).to_list()),
        tuple(top.get_column("value").to_list()),
        tuple(top.get_column("count").to_list()),
        extract.titles.get(name, ""),
        extract.labels.get(name, {}),
    )


def _dates(extract: Extract, name: str, rows: int) -> pl.Series:
    """True where a cell is a real date."""
    if extract.kinds is None or name not in extract.kinds.columns:
        return pl.Series([False]).new_from_index(0, rows)
    return extract.kinds.get_column(name).head(rows) == _DATE


def _kinds(extract: Extract, name: str, filled: int) -> tuple[float, float]:
    if extract.kinds is None or name not in extract.kinds.columns:
        return 0.0, 0.0
    kinds = extract.kinds.get_column(name).head(SAMPLE_ROWS)
    return int((kinds == _NUMBER).sum()) / max(1, filled), int((kinds == _DATE).sum()) / max(1, filled)


def distinct_words(extract: Extract, name: str, limit: int = 300) -> list[str]:
    """Every distinct trimmed value of a column, from all its rows; none when there are more than `limit`."""
    cells: pl.Series = extract.frame.get_column(name).unique().drop_nulls().str.strip_chars().unique()
    words = [value for value in cells.to_list() if value]
    return sorted(words) if len(words) <= limit else []
