"""Records packed in memory, with a hash of the key of each beside them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from validation_rules.findings import ROW_ID

_SMALL = 64 * 1024
_CELL = 16  # bytes that a cell takes besides its text


class _Pack(NamedTuple):
    hashes: pl.Series
    packed: bytes

    @classmethod
    def of(cls, records: pl.DataFrame, hashes: pl.Series) -> _Pack:
        stream = io.BytesIO()
        # Steps between numbers that follow one another pack into next to nothing.
        steps = pl.col(ROW_ID) - pl.col(ROW_ID).shift(1, fill_value=0)
        records.with_columns(steps).rechunk().write_ipc(stream, compression="zstd")
        return cls(hashes.rechunk(), stream.getvalue())

    @property
    def size(self) -> int:
        return len(self.packed) + int(self.hashes.estimated_size())

    def records(self) -> pl.DataFrame:
        return pl.read_ipc(io.BytesIO(self.packed)).with_columns(pl.col(ROW_ID).cum_sum())


@dataclass(slots=True)
class Packs:
    """Records in the order in which they came: any columns, and `row_id` UInt64, ascending.

    `size` is what they take, `raw` what they take once unpacked, in bytes.
    """

    rows: int = 0
    raw: int = 0
    size: int = 0
    _packs: list[_Pack] = field(default_factory=list)

    def put(self, records: pl.DataFrame, hashes: pl.Series) -> None:
        """Packs records of one more part. `hashes`: the hash of the key of each (UInt32).

        A pack of few records is mostly headings: it is made anew with those that follow.
        """
        if not records.height:
            return
        self.rows += records.height
        self.raw += int(records.estimated_size()) + _CELL * records.height * records.width
        if self._packs and len(self._packs[-1].packed) < _SMALL:
            last = self._packs.pop()
            self.size -= last.size
            records = pl.concat([last.records(), records])
            hashes = pl.concat([last.hashes, hashes])
        self._packs.append(_Pack.of(records, hashes))
        self.size += self._packs[-1].size

    def hashes(self) -> pl.Series:
        """Those of all records."""
        return pl.concat([pl.Series([], dtype=pl.UInt32), *(pack.hashes for pack in self._packs)])

    def most_alike(self) -> int:
        """The number of records under the most frequent hash."""
        ordered = self.hashes().sort()
        return int(ordered.rle().struct.field("len").max() or 0)  # type: ignore[arg-type]

    def emptied(self, wanted: pl.Series | None = None) -> Iterator[tuple[pl.DataFrame, pl.Series]]:
        """The records and their hashes, part after part; only those that are `wanted` (Boolean, one for each
        record). Each pack goes as it is unpacked."""
        packs, self._packs = self._packs[::-1], []
        self.rows = self.raw = self.size = 0
        before = 0
        while packs:
            pack = packs.pop()
            mine = None if wanted is None else wanted.slice(before, pack.hashes.len())
            before += pack.hashes.len()
            if mine is None or mine.all():
                yield pack.records(), pack.hashes
            elif mine.any():
                yield pack.records().filter(mine), pack.hashes.filter(mine)


def not_alone(keys: pl.Series) -> pl.Series:
    """Which keys (unsigned integers) are there more than once; a null never is."""
    ordered = keys.drop_nulls().sort()
    several = ordered.filter(ordered == ordered.shift(1)).unique()
    # A sort and a look-up of the few take less room than a count of all.
    return keys.is_in(several.implode()).fill_null(value=False)
