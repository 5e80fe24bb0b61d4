"""Rows kept aside: read, counted, shown, exportable; in the batch again as soon as the person says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

import polars as pl

from desktop_app.core.extracts.frames import CELLS
from desktop_app.core.plain_cells import csv_lines, plain_column
from desktop_app.core.saving import own_files, save_text
from desktop_app.core.stages import Extract

# Above this share of the rows, short rows are how the export writes blank last cells, not accidents.
HABIT = 0.05
_FEW = 20
_AT_ONCE = 50_000  # rows put in words at a time


def set_aside(extract: Extract) -> Extract:
    """The extract without the rows that its options keep aside; those are in `aside`.

    When that would leave nothing, or less than half, the header or the separator is wrong rather than the
    rows: then they all stay, and `odd` still tells of them.
    """
    ids = _ragged(extract) + list(extract.options.aside_rows)
    inside = extract.frame.get_column("row_id").is_in(ids) if ids else pl.Series([False])
    taken = int(inside.sum())
    if not taken or taken > extract.frame.height / 2:
        return extract
    kinds = extract.kinds.filter(~inside) if extract.kinds is not None else None
    frame, aside = extract.frame.filter(~inside), _with_cells(extract, extract.frame.filter(inside))
    extra = _extra_left(extract, frame)
    frame = frame.select(frame.columns[: frame.width - (extract.extra - extra)])
    return replace(extract, frame=frame, kinds=kinds, aside=aside, extra=extra)


def ragged_kept(extract: Extract) -> int:
    """How many rows with too few or too many cells are in the table all the same."""
    if extract.odd is None:
        return extract.ragged
    return extract.frame.join(extract.odd, on="row_id", how="semi").height


def short_by_habit(extract: Extract) -> bool:
    """Whether so many rows lack their last cells that the export seems to write them so."""
    return len(_short(extract)) > max(_FEW, HABIT * extract.frame.height)


def export_aside(extract: Extract, target: Path) -> int:
    """Writes the rows kept aside as CSV (UTF-8, semicolon) and says how many. Text that a spreadsheet would
    take for a formula gets an apostrophe. Raises AppError when it cannot be written, or is the extract."""
    aside = extract.aside
    if aside is None:
        return 0
    names = aside.columns[2:]
    plain = aside.select("row_id", CELLS, *map(plain_column, names))
    lines = (
        part.write_csv(include_header=False, separator=";", line_terminator="\r\n", quote_style="non_numeric")
        for part in plain.iter_slices(_AT_ONCE)
    )
    save_text(target, chain(csv_lines(("row_id", "cells", *names), ()), lines), own_files(extract))
    return aside.height


def _width(extract: Extract) -> int:
    return len(extract.columns) - extract.extra


def _short(extract: Extract) -> list[int]:
    if extract.odd is None:
        return []
    return extract.odd.filter(pl.col("cells") < _width(extract)).get_column("row_id").to_list()


def _ragged(extract: Extract) -> list[int]:
    if extract.odd is None or extract.options.ragged == "keep":
        return []
    ids: list[int] = extract.odd.get_column("row_id").to_list()
    if extract.options.ragged == "auto" and short_by_habit(extract):
        short = set(_short(extract))
        return [each for each in ids if each not in short]
    return ids


def _with_cells(extract: Extract, rows: pl.DataFrame) -> pl.DataFrame:
    """CELLS after `row_id`: as counted in the file, or the width of the table for a whole row."""
    usual = pl.lit(_width(extract), dtype=pl.UInt32)
    if extract.odd is None:
        counted = rows.with_columns(usual.alias(CELLS))
    else:
        odd = extract.odd.rename({"cells": CELLS})
        counted = rows.join(odd, on="row_id", how="left", maintain_order="left")
        counted = counted.with_columns(pl.col(CELLS).fill_null(usual))
    return counted.select("row_id", CELLS, *rows.columns[1:])


def _extra_left(extract: Extract, frame: pl.DataFrame) -> int:
    """How many of the columns beyond the header some row still fills."""
    names = extract.frame.columns[extract.frame.width - extract.extra :] if extract.extra else []
    filled = [place for place, name in enumerate(names, 1) if frame.get_column(name).count()]
    return max(filled, default=0)
