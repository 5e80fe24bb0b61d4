"""Pairs of records with their levels of agreement, their bits, and what agrees in words of the wire."""

from __future__ import annotations

import polars as pl

from registry_endpoint.linkage.candidates import masks_of, presence_of, sharing_any, tokens_of
from registry_endpoint.linkage.levels import COMPARISONS, MISSING, NONE, levels
from registry_endpoint.linkage.model import Model


def candidate_pairs(nodes: pl.DataFrame, model: Model) -> pl.DataFrame:
    """Every pair that shares a token and has a new node: `a`, `b`, levels, `bits`, `different`, `agreeing`.

    `nodes`: node UInt32, tokens, sexe, birth_month, new Boolean.
    """
    pairs = sharing_any(nodes.filter("new"), nodes)
    return scored(pairs, nodes, model)


def given_pairs(pairs: pl.DataFrame, nodes: pl.DataFrame, model: Model) -> pl.DataFrame:
    """The same columns for given pairs (`a`, `b`), also those that share no token."""
    ends = pl.concat([pairs["a"], pairs["b"]]).unique().implode()
    return scored(masks_of(pairs, tokens_of(nodes.filter(pl.col("node").is_in(ends)))), nodes, model)


def scored(pairs: pl.DataFrame, nodes: pl.DataFrame, model: Model) -> pl.DataFrame:
    """`bits`, `different` and `agreeing` of pairs (`a`, `b`, `mask`)."""
    sides = nodes.select("node", "sexe", "birth_month", presence=presence_of(pl.col("tokens")))
    for end in ("a", "b"):
        named = sides.rename({name: f"{name}_{end}" for name in sides.columns})
        pairs = pairs.join(named, left_on=end, right_on=f"node_{end}")
    return levels(pairs).select(
        "a", "b", model.bits().alias("bits"), model.different().alias("different"), _agreeing()
    )


def _agreeing() -> pl.Expr:
    told = [
        pl.when(~pl.col(name).is_in([NONE, MISSING])).then(pl.concat_str(pl.lit(f"{name}="), pl.col(name)))
        for name in COMPARISONS
    ]
    return pl.concat_str(told, separator=" ", ignore_nulls=True).alias("agreeing")
