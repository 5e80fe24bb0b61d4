"""Whole columns at a time on a few rows, in one thread.

The engine gives each expression of a call to another thread. On a few rows the way there and back takes four
times as long as the work; an edit makes some two hundred such calls.
"""

from __future__ import annotations

import polars as pl

FEW = 4_000


def selected(frame: pl.DataFrame, *columns: pl.Expr | str) -> pl.DataFrame:
    """`frame.select`."""
    return frame.select_seq(columns) if frame.height <= FEW else frame.select(columns)


def extended(frame: pl.DataFrame, *columns: pl.Expr) -> pl.DataFrame:
    """`frame.with_columns`."""
    if not columns:
        return frame
    return frame.with_columns_seq(columns) if frame.height <= FEW else frame.with_columns(columns)


def picked(frame: pl.DataFrame, holds: pl.Expr) -> pl.DataFrame:
    """`frame.filter` for when few rows are left, of however many."""
    return frame[frame.select_seq(holds).to_series().arg_true()]
