"""Confirmations of other extracts: those that hold here, and those that lapsed because something changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.confirmed import listed

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench


def confirmed_before(bench: Bench) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The confirmations of other batches that hold here, and those that lapsed: `confirmed.LISTED_SCHEMA`.

    Those that lapsed ask a person to look again: a value that the rule reads has changed, or the rule.
    """
    earlier = listed(bench).filter(pl.col("earlier"))
    return tuple(earlier.filter(pl.col("state") == state) for state in ("holds", "lapsed"))  # type: ignore[return-value]
