"""Rows, their groups, and what the rules say of them, at one moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from validation_rules.group_index import GroupIndex


def _none() -> pl.Series:
    return pl.Series("row_id", [], dtype=pl.UInt32)


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """What belongs together of a batch: an edit replaces all of it.

    `frame`: `row_id` ascending, then every contract field. `index`: the groups of its rows. `found`: the
    findings as `Checker` gives them. `withdrawn`: ids of the rows that are no records of the batch any more.
    """

    frame: pl.DataFrame
    index: GroupIndex
    found: pl.DataFrame
    withdrawn: pl.Series = field(default_factory=_none)

    def records(self) -> pl.DataFrame:
        """The rows that are records."""
        if self.withdrawn.is_empty():
            return self.frame
        return self.frame.filter(~pl.col("row_id").is_in(self.withdrawn.implode()))
