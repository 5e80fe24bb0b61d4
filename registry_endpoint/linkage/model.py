"""The Fellegi-Sunter model: what each level of agreement weighs, in bits, and where the thresholds are."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from registry_endpoint.linkage.levels import COMPARISONS, MISSING, NONE

WEIGHTS: Final = Path(__file__).with_name("weights.json")

GUARD: Final = -18.0
AUTO: Final = 18.0
REVIEW: Final = 0.0
RUNNER_UP: Final = 3.0
DIFFERENT: Final = -6.0
"""At or below this, two records are certainly two people, and no group may hold both."""


@dataclass(frozen=True, slots=True)
class Model:
    """`weights`: comparison -> level -> bits, log2(m / u). `odds`: pairs per true match in training."""

    weights: Mapping[str, Mapping[str, float]]
    odds: float

    def size_correction(self, left: int, right: int, expected: float | None = None) -> float:
        """Bits by which both thresholds rise for `left` x `right` records with `expected` matches.

        log2(left x right / expected) against the size of training. `expected` is by default half of the
        smaller side. Never negative: a small file must not make weak evidence strong.
        """
        matches = max(expected if expected is not None else min(left, right) / 2, 1.0)
        return max(0.0, math.log2(max(left * right, 1) / matches / self.odds))

    def bits(self) -> pl.Expr:
        """Sum of the weights of the level columns, with the two guards (Float64).

        Given names that contradict (twins, families): a household shares its places too, so these then
        count nothing in favour. Same number while both names contradict: someone else's number.
        """
        contradicted = pl.col("given") == NONE
        weights = {name: self._weight(name) for name in COMPARISONS}
        for place in ("commune", "postal"):
            weights[place] = (
                pl.when(contradicted).then(weights[place].clip(upper_bound=0)).otherwise(weights[place])
            )
        borrowed = contradicted & (pl.col("surname") == NONE) & (pl.col("nir") == "exact")
        guards = (contradicted.cast(pl.Float64) + borrowed.cast(pl.Float64)) * GUARD
        return pl.sum_horizontal(*weights.values(), guards)

    def different(self) -> pl.Expr:
        """True for two certainly different people: too little agrees, or twins (all but the given name)."""
        twins = (pl.col("given") == NONE) & (pl.col("surname") == "exact") & (pl.col("date") == "exact")
        return (self.bits() <= DIFFERENT) | twins

    def _weight(self, comparison: str) -> pl.Expr:
        table = {**self.weights[comparison], MISSING: 0.0}
        return pl.col(comparison).replace_strict(table, return_dtype=pl.Float64)


@cache
def trained_model() -> Model:
    """The committed weights. Raises ValueError when they do not cover every level."""
    document = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights = document["weights"]
    if {name: set(levels) for name, levels in weights.items()} != {n: set(c) for n, c in COMPARISONS.items()}:
        raise ValueError("weights.json does not cover the levels of agreement")
    return Model(weights, document["pairs_per_match"])
