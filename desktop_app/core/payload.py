"""The cells of one action as bytes, for the correction log.

Few cells are one Arrow file, as they always were. Of a block of many, each record is written once, in binary:
its digest is what cannot be compressed, and three cells of a row would write it three times.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

import polars as pl

from desktop_app.core.workspace.frames import from_bytes, to_bytes

_MAGIC = b"NAVCELL1"
_LENGTH = struct.Struct("<Q")
_MANY = 2_000
_OF_AN_EDIT = {"row_id", "field", "old", "new", "record"}
_FEW_VALUES = 8  # a column with so many times fewer values than cells is written as a dictionary


def packed(cells: pl.DataFrame) -> bytes:
    """EDIT_SCHEMA or STAMP_SCHEMA as bytes."""
    if cells.height < _MANY or set(cells.columns) != _OF_AN_EDIT:
        return to_bytes(cells)
    records = cells.select("row_id", "record").unique("row_id", maintain_order=True)
    records = records.with_columns(pl.col("record").str.decode("hex", strict=False))
    if records["record"].null_count():
        return to_bytes(cells)  # not digests
    body = to_bytes(cells.select("row_id", *(_short(cells[name]) for name in ("field", "old", "new"))))
    return _MAGIC + _LENGTH.pack(len(body)) + body + to_bytes(records)


def unpacked(content: bytes, schema: Mapping[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    """What `packed` was given; `schema`: EDIT_SCHEMA, for a block of many."""
    if not content.startswith(_MAGIC):
        return from_bytes(content)
    start = len(_MAGIC) + _LENGTH.size
    end = start + _LENGTH.unpack_from(content, len(_MAGIC))[0]
    body, digests = from_bytes(content[start:end]), from_bytes(content[end:])
    records = digests.with_columns(pl.col("record").bin.encode("hex")).sort("row_id")
    at = records["row_id"].search_sorted(body["row_id"])
    return body.with_columns(record=records["record"].gather(at)).select(
        pl.col(name).cast(kind) for name, kind in schema.items()
    )


def _short(values: pl.Series) -> pl.Series:
    few = values.n_unique() * _FEW_VALUES < values.len()
    return values.cast(pl.Categorical) if few else values
