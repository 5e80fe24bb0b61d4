"""The cells of one action as bytes, for the correction log.

Few cells are one Arrow file, as they always were. A block of many is written field by field, each a column of
rows (as distances, which pack well), of values before and of values after; the names of its records are
written once a row, as the words that they are digests of: these shrink, and nobody waits for the digests.

`NAVCELL1` is the form of blocks that was written before: it is read for ever, and written no more.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from desktop_app.core.workspace.frames import from_bytes, to_bytes

MANY_CELLS = 2_000
"""Cells from which on an edit is a block: written field by field, and not held in memory."""
_FIRST_FORM, _FORM = b"NAVCELL1", b"NAVCELL2"
_LENGTH = struct.Struct("<Q")
_FEW_VALUES = 8  # a column with so many times fewer values than cells is written as a dictionary


def packed(cells: pl.DataFrame) -> bytes:
    """EDIT_SCHEMA or STAMP_SCHEMA as bytes, whatever the order of the lines."""
    return to_bytes(cells)


def packed_block(blocks: Sequence[pl.DataFrame], names: pl.DataFrame) -> bytes:
    """The cells of an edit as bytes.

    `blocks`: `row_id, field, old, new`, one field each, rows ascending. `names`: `row_id` ascending, `key`
    (the text that the record's name is the SHA-256 of) or, where that is null, `record`, the name itself.
    """
    fields = [str(block["field"][0]) for block in blocks]
    parts = [json.dumps({"fields": fields}).encode(), _names_written(names)]
    for block in blocks:
        values = (_short(block[name]) for name in ("old", "new"))
        parts.append(to_bytes(pl.DataFrame([_distances(block["row_id"]), *values])))
    return _FORM + b"".join(_LENGTH.pack(len(part)) + part for part in parts)


def blocks_in(content: bytes) -> Iterator[pl.DataFrame]:
    """The cells of an edit, field by field, in the columns that `packed_block` was given; an action that
    carries has its further columns too. The record of each is left out."""
    if not content.startswith(_FORM):
        whole = _of_first_form(content) if content.startswith(_FIRST_FORM) else from_bytes(content)
        yield from whole.drop("record").partition_by("field", maintain_order=True)
        return
    head, _, *parts = _parts(content)
    for name, part in zip(json.loads(head)["fields"], parts, strict=True):
        cells = from_bytes(part)
        yield cells.select(
            pl.col("row_id").cum_sum(),
            pl.lit(name, pl.String).alias("field"),
            pl.col("old", "new").cast(pl.String),
        )


def unpacked(content: bytes, schema: Mapping[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    """The cells of an action with the names of their records; `schema`: EDIT_SCHEMA, for a block of many."""
    if content.startswith(_FIRST_FORM):
        return _of_first_form(content).select(pl.col(name).cast(kind) for name, kind in schema.items())
    if not content.startswith(_FORM):
        return from_bytes(content)
    names = _names_read(bytes(_parts(content)[1]))
    at = [names["row_id"].search_sorted(block["row_id"]) for block in blocks_in(content)]
    cells = pl.concat(blocks_in(content)).with_columns(record=names["record"].gather(pl.concat(at)))
    return cells.select(pl.col(name).cast(kind) for name, kind in schema.items())


def records_of(names: pl.DataFrame) -> pl.Series:
    """The name of each record of `names`, see `packed_block`."""
    plain = names["key"].is_not_null()
    return names["record"].scatter(plain.arg_true(), digests(names["key"].filter(plain)))


def digests(texts: pl.Series) -> pl.Series:
    """SHA-256 of each text, as hex."""
    sha256 = hashlib.sha256
    hashed = [sha256(text).digest() for text in texts.cast(pl.Binary).to_list()]
    return pl.Series("digest", hashed, dtype=pl.Binary).bin.encode("hex")


def _names_written(names: pl.DataFrame) -> bytes:
    told = names.select(pl.col("key"), pl.col("record").str.decode("hex"))
    return to_bytes(told.insert_column(0, _distances(names["row_id"])))


def _names_read(content: bytes) -> pl.DataFrame:
    """`row_id, record`, by row."""
    names = from_bytes(content).with_columns(pl.col("row_id").cum_sum(), pl.col("record").bin.encode("hex"))
    return names.select("row_id", record=records_of(names))


def _of_first_form(content: bytes) -> pl.DataFrame:
    start = len(_FIRST_FORM) + _LENGTH.size
    end = start + _LENGTH.unpack_from(content, len(_FIRST_FORM))[0]
    body, named = from_bytes(content[start:end]), from_bytes(content[end:])
    records = named.with_columns(pl.col("record").bin.encode("hex")).sort("row_id")
    at = records["row_id"].search_sorted(body["row_id"])
    return body.with_columns(pl.col("field", "old", "new").cast(pl.String), records["record"].gather(at))


def _parts(content: bytes) -> list[bytes]:
    parts, at = [], len(_FORM)
    while at < len(content):
        (length,) = _LENGTH.unpack_from(content, at)
        at += _LENGTH.size
        parts.append(content[at : at + length])
        at += length
    return parts


def _distances(row_ids: pl.Series) -> pl.Series:
    return (row_ids - row_ids.shift(1, fill_value=0)).alias("row_id")


def _short(values: pl.Series) -> pl.Series:
    few = values.n_unique() * _FEW_VALUES < values.len()
    return values.cast(pl.Categorical) if few else values
