"""Looking into columns on the UI thread, without a query.

A query waits for the threads of Polars, which may be at work on the whole batch for another thread, and lets
the interpreter go, which another thread may then keep for a while. What is here does neither.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set

import polars as pl


def place(ascending: pl.Series, value: int) -> int:
    """Where `value` is among ascending numbers without a null, or would be."""
    return bisect_left(ascending, value)


def found_at(ascending: pl.Series, value: int) -> int | None:
    """Where `value` is among ascending numbers; None when it is not there."""
    at = place(ascending, value)
    return at if at < len(ascending) and ascending[at] == value else None


def places_where(mask: pl.Series) -> pl.Series:
    """UInt32, the positions where a Boolean column is true."""
    return pl.int_range(len(mask), dtype=pl.UInt32, eager=True).filter(mask)


class RowSet(Set[int]):
    """Row ids, asked for one by one. A column: a set of a million Python numbers takes 90 MiB and a while."""

    __slots__ = ("ids",)

    def __init__(self, ids: pl.Series) -> None:
        """`ids`: ascending, once each."""
        self.ids = ids

    @classmethod
    def _from_iterable(cls, it: Iterable[int]) -> RowSet:  # type: ignore[override]
        return cls(pl.Series("row_id", sorted(set(it)), dtype=pl.UInt32))

    def __contains__(self, row_id: object) -> bool:
        return isinstance(row_id, int) and found_at(self.ids, row_id) is not None

    def __iter__(self) -> Iterator[int]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)
