"""The name under which the record of an extract is known again in the next one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.corrections import record_hashes, record_keys

if TYPE_CHECKING:
    from validation_rules.contract import Contract

# Between values no cell can hold: normalised cells have no control characters.
_BETWEEN, _ABSENT = "\x1f", "\x00"
_TWIN = "twin"
_MOST_ALIKE = 3
_AT_ONCE = 50_000


def record_names(frame: pl.DataFrame, contract: Contract, twins: pl.DataFrame) -> pl.DataFrame:
    """`row_id, record` of the rows of `frame`, as the source has them: a hash of their record key.

    `twins`: as `twin_records` gives it for the whole extract.
    """
    plain = frame.select("row_id", plain=record_hashes(frame, contract))
    named = plain.join(twins, on="row_id", how="left", maintain_order="left")
    return named.select("row_id", record=pl.coalesce("record", "plain"))


def record_texts(frame: pl.DataFrame, contract: Contract, twins: pl.DataFrame) -> pl.DataFrame:
    """`row_id, key, record` of these rows: the text of which the name is the digest, or else the name itself.

    For many rows at once: texts are there at once, digests take a second for a million.
    """
    plain = pl.DataFrame([frame.get_column("row_id"), record_keys(frame, contract).alias("key")])
    if twins.is_empty():
        none = pl.Series("record", [None], dtype=pl.String).new_from_index(0, plain.height)
        return plain.with_columns(none)
    named = plain.join(twins, on="row_id", how="left", maintain_order="left")
    return named.with_columns(key=pl.when(pl.col("record").is_null()).then("key"))


def twin_records(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """`row_id, record` of the rows whose record key does not tell them: another has it too, or it is blank.

    Their name covers all their values, and their place among those that are alike in everything: the same
    row is known again as long as it stays as it is.
    """
    keys = [pl.col(name) for name in contract.record_key]
    blank = pl.any_horizontal(key.is_null() for key in keys)
    # The hash finds the few candidates in a tenth of the time; they are then compared as they are.
    near = frame.filter(pl.struct(keys).hash().is_duplicated() | blank)
    rows = near.filter(pl.struct(keys).is_duplicated() | blank)
    texts = rows.select("row_id", text=_whole(contract))
    nth = texts.select(pl.int_range(pl.len(), dtype=pl.UInt32).over("text")).to_series()
    hashed = map(_twin_name, map(_hashed, texts["text"]), nth)
    return texts.select("row_id", record=pl.Series(list(hashed), dtype=pl.String))


def known_as_twins(rows: pl.DataFrame, contract: Contract, names: pl.Series) -> pl.DataFrame:
    """`row_id, record` of those of these rows that have one of `names` if they were one of some rows alike in
    everything."""
    wanted, found = set(names), []
    for part in rows.iter_slices(_AT_ONCE):  # the texts of all rows would fill the memory
        for row, text in part.select("row_id", _whole(contract)).iter_rows():
            hashed = _hashed(text)
            each = (_twin_name(hashed, nth) for nth in range(_MOST_ALIKE))
            found += [(row, name) for name in each if name in wanted]
    return pl.DataFrame(found, schema={"row_id": pl.UInt32, "record": pl.String}, orient="row")


def _whole(contract: Contract) -> pl.Expr:
    values = [pl.col(name).fill_null(_ABSENT) for name in contract.field_names]
    return pl.concat_str(values, separator=_BETWEEN).alias("text")


def _hashed(text: str) -> hashlib._Hash:
    return hashlib.sha256(text.encode())


def _twin_name(hashed: hashlib._Hash, nth: int) -> str:
    whole = hashed.copy()
    whole.update(f"{_BETWEEN}{nth}{_BETWEEN}{_TWIN}".encode())
    return whole.hexdigest()
