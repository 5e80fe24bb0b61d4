"""How far two records agree on seven things, told by which templates share a token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from desktop_app.core.batches.tokens import PRESENCE, TEMPLATES, Part

NONE: Final = "none"
MISSING: Final = "missing"

# Best level first; a level is reached when a template that holds one of its parts agrees.
_BY_PARTS: Final[Mapping[str, tuple[tuple[str, tuple[Part, ...]], ...]]] = {
    "surname": (
        ("exact", ("surname",)),
        ("one_letter", ("surname_less",)),
        ("start", ("surname_4",)),
        ("sound", ("surname_sound", "sounds_unordered")),
    ),
    "given": (
        ("exact", ("given",)),
        ("one_letter", ("given_less",)),
        ("sound", ("given_sound", "sounds_unordered")),
        ("start", ("given_3",)),
        ("initial", ("given_1",)),
    ),
    "date": (
        ("exact", ("date",)),
        ("swapped", ("year_unordered",)),
        ("two_parts", ("year_month", "year_day", "month_day")),
        ("year", ("year",)),
    ),
    "commune": (("exact", ("commune",)),),
    "postal": (("exact", ("postal",)),),
    "nir": (("exact", ("nir",)),),
}

COMPARISONS: Final[Mapping[str, tuple[str, ...]]] = {
    "surname": ("exact", "one_letter", "start", "sound", NONE),
    "given": ("exact", "one_letter", "sound", "start", "initial", NONE),
    "date": ("exact", "swapped", "two_parts", "same_month", "year", NONE),
    "sex": ("exact", NONE),
    "commune": ("exact", NONE),
    "postal": ("exact", NONE),
    "nir": ("exact", NONE),
}
"""Comparison -> its levels, best first; `missing` (one side says nothing) comes on top and weighs nothing."""


def levels(pairs: pl.DataFrame) -> pl.DataFrame:
    """Add one String column per comparison.

    `pairs`: mask UInt64, presence_a and presence_b UInt8, sexe and birth_month of either side (`_a`, `_b`).
    """
    both = pl.col("presence_a") & pl.col("presence_b")
    columns = {name: _seen(name) for name in _BY_PARTS} | {"sex": _sex()}
    return pairs.with_columns(
        pl.when(both & (1 << PRESENCE.index(name)) == 0).then(pl.lit(MISSING)).otherwise(level).alias(name)
        for name, level in columns.items()
    )


def _seen(comparison: str) -> pl.Expr:
    level = _months() if comparison == "date" else pl.lit(NONE)
    for name, parts in reversed(_BY_PARTS[comparison]):
        level = pl.when(_agree(parts)).then(pl.lit(name)).otherwise(level)
    return level


def _agree(parts: tuple[Part, ...]) -> pl.Expr:
    bits = sum(1 << bit for bit, template in enumerate(TEMPLATES) if set(parts) & set(template.parts))
    return pl.col("mask") & pl.lit(bits, pl.UInt64) != 0


def _months() -> pl.Expr:
    """No date template agrees: month and year of birth, which travel in clear, still tell something."""
    a, b = pl.col("birth_month_a"), pl.col("birth_month_b")
    same_year = a.str.head(4) == b.str.head(4)
    return (
        pl.when((a == b).fill_null(False)).then(pl.lit("same_month"))
        .when(same_year.fill_null(False)).then(pl.lit("year"))
        .otherwise(pl.lit(NONE))
    )  # fmt: skip


def _sex() -> pl.Expr:
    same = (pl.col("sexe_a") == pl.col("sexe_b")).fill_null(False)
    return pl.when(same).then(pl.lit("exact")).otherwise(pl.lit(NONE))
