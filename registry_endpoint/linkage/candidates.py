"""Which records may be the same person: those that share a token, and the templates they share."""

from __future__ import annotations

from typing import Final

import polars as pl

from desktop_app.core.batches.tokens import (
    PRESENCE_OFFSET,
    SLOT_COUNT,
    TEMPLATES,
    TOKEN_BYTES,
    Template,
)

LARGEST_BUCKET: Final = 120
"""A token that more records carry says too little, and would cost the square of their number."""

_TEMPLATE_OF_SLOT: Final = [bit for bit, template in enumerate(TEMPLATES) for _ in range(template.slots)]


def sharing_any(new: pl.DataFrame, everyone: pl.DataFrame) -> pl.DataFrame:
    """`sharing` of every slot of `new` with every slot of `everyone` (both: `node`, `tokens`).

    One template after the other, since tokens of two templates are under two keys: memory is that of the
    widest template, not of all 159 slots.
    """
    found = [
        sharing(_tokens_of(new, template, bit), _tokens_of(everyone, template, bit))
        for bit, template in enumerate(TEMPLATES)
    ]
    return pl.concat(found).group_by("a", "b").agg(pl.col("mask").sum())


def _tokens_of(nodes: pl.DataFrame, template: Template, bit: int) -> pl.DataFrame:
    """`tokens_of`, for the slots of one template only."""
    part = (
        pl.col("tokens")
        .bin.slice(template.offset, template.slots * TOKEN_BYTES)
        .bin.reinterpret(dtype=pl.Array(pl.UInt64, template.slots))
    )
    slots = nodes.select("node", part.alias("token")).explode("token", empty_as_null=False)
    return slots.with_columns(template=pl.lit(bit, pl.UInt8))


def tokens_of(nodes: pl.DataFrame) -> pl.DataFrame:
    """`node`, `tokens` (Binary) -> one row a slot: `node`, `token` UInt64, `template` UInt8."""
    whole = (
        pl.col("tokens").bin.slice(0, PRESENCE_OFFSET).bin.reinterpret(dtype=pl.Array(pl.UInt64, SLOT_COUNT))
    )
    slots = nodes.select("node", whole.alias("token")).explode("token", empty_as_null=False)
    templates = pl.Series("template", _TEMPLATE_OF_SLOT * nodes.height, pl.UInt8)
    return slots.with_columns(templates)


def presence_of(tokens: pl.Expr) -> pl.Expr:
    """The presence flags (UInt8) at the end of the tokens."""
    return tokens.bin.slice(PRESENCE_OFFSET, 1).bin.reinterpret(dtype=pl.UInt8)


def sharing(left: pl.DataFrame, everyone: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a node of `left` and any other node that share a token.

    Both as `tokens_of` gives them; `everyone` includes `left`. Columns `a`, `b` UInt32 and `mask` UInt64,
    bit t set when a token of `TEMPLATES[t]` is shared. A pair of two nodes of `left` occurs once, `a` < `b`.
    Tokens that over `LARGEST_BUCKET` nodes carry are left out.
    """
    right = everyone.join(left.select("token").unique(), on="token", how="semi")
    telling = right.group_by("token").len().filter(pl.col("len").is_between(2, LARGEST_BUCKET))
    left, right = (side.join(telling, on="token", how="semi") for side in (left, right))
    both = left.join(right.drop("template"), on="token")
    inside = pl.col("node_right").is_in(left["node"].unique().implode())
    once = pl.when(inside).then(pl.col("node") < pl.col("node_right")).otherwise(pl.lit(True))
    return _masks(both.filter(once).select(a="node", b="node_right", template="template"))


def masks_of(pairs: pl.DataFrame, tokens: pl.DataFrame) -> pl.DataFrame:
    """The same columns for given pairs (`a`, `b`), also those that share no token (`mask` 0)."""
    ours = pairs.join(tokens, left_on="a", right_on="node")
    shared = ours.join(tokens.drop("template"), left_on=["b", "token"], right_on=["node", "token"])
    masks = _masks(shared.select("a", "b", "template"))
    return pairs.join(masks, on=["a", "b"], how="left").with_columns(pl.col("mask").fill_null(0))


def _masks(shared: pl.DataFrame) -> pl.DataFrame:
    bits = pl.lit(pl.Series([1 << bit for bit in range(len(TEMPLATES))], dtype=pl.UInt64))
    masks = shared.unique().group_by("a", "b").agg(bits.gather(pl.col("template")).sum().alias("mask"))
    return masks.with_columns(
        pl.col("mask").cast(pl.UInt64)
    )  # of no pair at all, the library forgets the type
