"""Brings cell values to the one spelling that the rules read."""

from __future__ import annotations

import polars as pl

from validation_rules.contract import Contract, Field

ROW_ID = "row_id"
# White space of Unicode, and the invisible characters that copying from a web page leaves behind.
_SPACES = r"[\s\x{200B}\x{2060}\x{FEFF}\x{180E}]+"


def normalise(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The frame as rules read it: `row_id` UInt32, then every contract field as String, null = blank.

    `row_id` is kept when the frame has it, else counted from 1. Unknown columns are left out, absent ones are
    null, rows without any value are dropped. Doing it twice changes nothing. Source of the steps: contract
    rnc-tumeurs, definition of REQ.
    """
    if ROW_ID in frame.columns:
        row_ids = frame.get_column(ROW_ID).cast(pl.UInt32)
    else:
        row_ids = pl.int_range(1, frame.height + 1, dtype=pl.UInt32, eager=True).alias(ROW_ID)
    columns = [
        _column(frame.get_column(field.name), field)
        if field.name in frame.columns
        else pl.Series(field.name, [None], dtype=pl.String).new_from_index(0, frame.height)
        for field in contract.fields
    ]
    return drop_blank_rows(pl.DataFrame([row_ids, *columns]), contract)


def drop_blank_rows(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Without the rows whose every field is null: they are not records."""
    names = contract.field_names
    if any(frame.get_column(name).null_count() == 0 for name in names):
        return frame
    return frame.filter(~pl.all_horizontal(pl.col(name).is_null() for name in names))


def _column(values: pl.Series, field: Field) -> pl.Series:
    """Cleans the distinct values and puts the changed ones back: most columns hold few, most are clean."""
    if values.dtype != pl.String:
        values = values.cast(pl.String)
    distinct = values.unique().drop_nulls()
    cleaned = distinct.to_frame().select(_clean(pl.col(field.name), field)).to_series()
    changed = cleaned.ne_missing(distinct)
    if not changed.any():
        return values
    return values.replace(distinct.filter(changed), cleaned.filter(changed))


def _clean(value: pl.Expr, field: Field) -> pl.Expr:
    value = value.str.normalize("NFC").str.replace_all(_SPACES, " " if field.free_text else "")
    # Upper-casing, and closing a gap, can undo the composition of a letter and its accent.
    value = value.str.strip_chars(" ") if field.free_text else value.str.to_uppercase()
    value = value.str.normalize("NFC")
    for pattern, by in field.rewrites:
        value = value.str.replace(pattern, by)
    spelled = {code.upper(): code for code in field.codes if code.upper() != code}
    if spelled:
        value = value.replace(spelled)
    return pl.when(value != "").then(value)
