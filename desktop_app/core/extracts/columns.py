"""One column of an extract as the search for damage sees it: its distinct values with their rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property

import polars as pl

from desktop_app.core.extracts.conventions import DATE
from desktop_app.core.stages import Extract

NUMBER_KIND, DATE_KIND = 1, 2
FORM_SAMPLE = 20_000
_MOST_FORMS, _LONGEST_FORM = 12, 24
# Rows that are damaged alike must not make their form a usual one, even in a file of a few dozen rows.
_RARE, _COVERED = 0.06, 0.85
WRITTEN_DATE = r"^\s*(?:\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}|\d{4}-\d{2}(?:-\d{2})?)(?:[ T].*)?\s*$"


class ColumnLook:
    """`cells` String, one a row; `kinds` UInt8 as in Extract, None for text files."""

    def __init__(self, extract: Extract, name: str) -> None:
        self.name = name
        self.cells = extract.frame.get_column(name)
        self.row_ids = extract.frame.get_column("row_id")
        known = extract.kinds is not None and name in extract.kinds.columns
        self.kinds = extract.kinds.get_column(name) if known and extract.kinds is not None else None

    @cached_property
    def tally(self) -> pl.DataFrame:
        """Distinct cells with their number of rows: `value` String, `count` UInt32; no blank ones."""
        counted = self.cells.alias("value").drop_nulls().value_counts()
        return counted.filter(pl.col("value").str.strip_chars() != "")

    @cached_property
    def filled(self) -> int:
        """Rows that hold something."""
        return int(self.tally.get_column("count").sum())

    def matching(self, pattern: str) -> pl.DataFrame:
        """The part of the tally whose values match."""
        return self.tally.filter(pl.col("value").str.contains(pattern))

    def share(self, pattern: str) -> float:
        """Share of the filled rows whose value matches."""
        return int(self.matching(pattern).get_column("count").sum()) / max(1, self.filled)

    def rows_of(self, values: pl.DataFrame) -> pl.Series:
        """The numbers of the rows that hold one of these values (a part of the tally)."""
        wanted = values.get_column("value")
        if wanted.is_empty():
            return self.row_ids.head(0)
        return self.row_ids.filter(self.cells.is_in(wanted.implode()))

    def rows_of_kind(self, kind: int) -> pl.Series:
        """The numbers of the rows whose cell is of that kind; none for text files."""
        return self.row_ids.head(0) if self.kinds is None else self.row_ids.filter(self.kinds == kind)

    def cells_of_kind(self, kind: int) -> pl.Series:
        """The cells of that kind; none for text files."""
        return self.cells.head(0) if self.kinds is None else self.cells.filter(self.kinds == kind)

    @cached_property
    def kind_shares(self) -> tuple[float, float]:
        """Shares of real number cells and real date cells among the filled ones."""
        if self.kinds is None:
            return 0.0, 0.0
        return tuple(int((self.kinds == kind).sum()) / max(1, self.filled) for kind in (1, 2))  # type: ignore[return-value]

    @cached_property
    def dates(self) -> float:
        """Share of the filled rows that hold a date, real or written."""
        return self.share(WRITTEN_DATE)

    def dates_in_figures(self) -> list[tuple[str, int]]:
        """The dates with day and month in figures, each with its rows; the others count for their share."""
        found = self.matching(f"^(?:{DATE.pattern.replace(chr(92) + '2', '[/.-]')})$")
        if found.is_empty():
            return []
        counted = int(found.get_column("count").sum())
        return [*found.iter_rows(), ("", self.filled - counted)]

    @cached_property
    def usual_forms(self) -> frozenset[str]:
        """The forms that nearly all cells have; none when the column has no such habit."""
        sample = self.cells.head(FORM_SAMPLE).drop_nulls()
        forms = sample.to_frame("value").select(form().alias("form")).filter(pl.col("form") != "")
        tallied = forms.get_column("form").value_counts(sort=True)
        usual = tallied.filter(pl.col("count") >= _RARE * forms.height).head(_MOST_FORMS)
        covered = int(usual.get_column("count").sum()) / max(1, forms.height)
        return frozenset(usual.get_column("form")) if covered >= _COVERED else frozenset()


def form(column: str = "value") -> pl.Expr:
    """The form of a value: every digit 9, every run of letters a, the rest as it is."""
    plain = pl.col(column).str.strip_chars().str.head(_LONGEST_FORM)
    return plain.str.replace_all(r"\d", "9").str.replace_all(r"\p{L}+", "a")


def named(name: str, words: Collection[str]) -> bool:
    """Whether one of the words of a header is among these."""
    return any(word in words for word in re.split(r"[\W_]+", name.casefold()))
