"""Rows, their groups, and what the rules say of them, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from validation_rules.group_index import GroupIndex


@dataclass(frozen=True, slots=True)
class Standing:
    """What belongs together of a batch: an edit replaces all of it.

    `frame`: `row_id` ascending, then every contract field. `index`: the groups of its rows. `found`: the
    findings as `Checker` gives them.
    """

    frame: pl.DataFrame
    index: GroupIndex
    found: pl.DataFrame
