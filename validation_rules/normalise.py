"""Brings cell values to the one spelling that the rules read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import polars as pl

from validation_rules.contract import Contract, Field
from validation_rules.progress import Progress, silent
from validation_rules.text import Text

ROW_ID = "row_id"
# White space of Unicode, and the invisible characters that copying from a web page leaves behind.
_SPACES = r"[\s\x1C-\x1F\x{200B}\x{2060}\x{FEFF}\x{180E}]+"
# What cleaning can change: anything but printable ASCII, and lower case or spaces where they do not stay.
_SUSPECT = r"[^!-`{-~]"
_SUSPECT_FREE_TEXT = r"[^ -~]|^ | $|  "
_GROUP = 12
_FEW_ROWS = 1_000
_CLEANING = Text("Lecture des valeurs", "Reading the values")


def normalise(frame: pl.DataFrame, contract: Contract, progress: Progress | None = None) -> pl.DataFrame:
    """The frame as rules read it: `row_id` UInt32, then every contract field as String, null = blank.

    `row_id` is kept when the frame has it, else counted from 1. Unknown columns are left out, absent ones are
    null, rows without any value are dropped. Doing it twice changes nothing. `progress` is told the columns
    done. Source of the steps: contract
    rnc-tumeurs, definition of REQ.
    """
    if ROW_ID in frame.columns:
        row_ids = frame.get_column(ROW_ID).cast(pl.UInt32)
    else:
        row_ids = pl.int_range(1, frame.height + 1, dtype=pl.UInt32, eager=True).alias(ROW_ID)
    present = [field for field in contract.fields if field.name in frame.columns]
    texts = frame.select(pl.col(field.name).cast(pl.String) for field in present)
    done = itertools.count(0, _GROUP)

    def tick() -> None:
        (progress or silent)(next(done), len(present), _CLEANING)

    cleaned = {column.name: column for column in _clean_columns(texts, present, tick)}
    blank = pl.Series("", [None], dtype=pl.String).new_from_index(0, frame.height)
    # Columns without any value, of which most extracts have several, are one and the same in memory.
    held = {name: column for name, column in cleaned.items() if column.null_count() < column.len()}
    columns = [held.get(name, blank.alias(name)) for name in contract.field_names]
    return drop_blank_rows(pl.DataFrame([row_ids, *columns]), contract)


def cleaned(values: pl.Series, field: Field) -> pl.Series:
    """What `normalise` makes of a few values of one field (String), each by itself; null = blank."""
    suspect = re.compile(_SUSPECT_FREE_TEXT if field.free_text else _SUSPECT)
    plain = not field.rewrites and not _spellings(field)
    if plain and not any(value == "" or suspect.search(value) for value in values.drop_nulls().to_list()):
        return values
    return (
        values.to_frame(field.name).select(_clean(pl.col(field.name), field)).to_series().alias(values.name)
    )


def drop_blank_rows(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Without the rows whose every field is null: they are not records."""
    names = contract.field_names
    if any(frame.get_column(name).null_count() == 0 for name in names):
        return frame
    return frame.filter(~pl.all_horizontal(pl.col(name).is_null() for name in names))


def _clean_columns(frame: pl.DataFrame, fields: list[Field], tick: Callable[[], None]) -> Iterator[pl.Series]:
    """Cleans the distinct values, many columns at a time, and puts the changed ones in their place.

    Most columns hold few distinct values, most of them clean: those columns are handed on as they are.
    """
    if frame.height <= _FEW_ROWS:
        yield from frame.select(_clean(pl.col(field.name), field) for field in fields).get_columns()
        return
    for start in range(0, len(fields), _GROUP):
        tick()
        group = fields[start : start + _GROUP]
        found = frame.select(_to_clean(field).implode() for field in group)
        for field in group:
            old = found.get_column(field.name)[0].rename(field.name)
            new = old.to_frame().select(_clean(pl.col(field.name), field)).to_series()
            changed = new.ne_missing(old)
            values = frame.get_column(field.name)
            yield values.replace(old.filter(changed), new.filter(changed)) if changed.any() else values


def _to_clean(field: Field) -> pl.Expr:
    """The distinct values that may need cleaning. Names and numbers of people are nearly all distinct: there,
    telling the suspect ones first costs a tenth of finding the distinct ones."""
    value = pl.col(field.name)
    if field.classification == "direct_identifier" and not field.rewrites and not field.codes:
        suspect = _SUSPECT_FREE_TEXT if field.free_text else _SUSPECT
        value = value.filter(value.str.contains(suspect) | (value == ""))
    return value.unique().drop_nulls()


def _spellings(field: Field) -> dict[str, str]:
    return {code.upper(): code for code in field.codes if code.upper() != code}


def _clean(value: pl.Expr, field: Field) -> pl.Expr:
    value = value.str.normalize("NFC").str.replace_all(_SPACES, " " if field.free_text else "")
    # Upper-casing, and closing a gap, can undo the composition of a letter and its accent.
    value = value.str.strip_chars(" ") if field.free_text else value.str.to_uppercase()
    value = value.str.normalize("NFC")
    for pattern, by in field.rewrites:
        value = value.str.replace(pattern, by)
    spelled = _spellings(field)
    if spelled:
        value = value.replace(spelled)
    return pl.when(value != "").then(value)
