"""Rules that see more than one record, named by the contract as `implementation`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import polars as pl

from validation_rules.contract import Rule

Finder = Callable[[pl.DataFrame, Rule], pl.Series]


def repeated_key(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """Where the values of the rule's fields, all there, occur on another row too.

    `frame` holds the fields of the rule, null where unusable. Returns a Boolean series without null.
    """
    whole = pl.all_horizontal(pl.col(name).is_not_null() for name in rule.fields)
    return frame.select(whole & pl.struct(rule.fields).is_duplicated()).to_series()


FINDERS: Mapping[str, Finder] = MappingProxyType({"repeated_key": repeated_key})
"""Name of an implementation -> what runs it."""


def groups(rule: Rule) -> tuple[pl.Expr, ...]:
    """The group keys of a rule, over a frame of contract fields: UInt64, null where the row is in no group.

    Two rows bear on each other only when they share one. Its name is that of the values behind it.
    """
    hashed = [pl.col(name).hash(seed) for seed, name in enumerate(rule.fields)]
    mixed = hashed[0]
    for one in hashed[1:]:
        mixed = mixed ^ one
    whole = pl.all_horizontal(pl.col(name).is_not_null() for name in rule.fields)
    return (pl.when(whole).then(mixed).alias("+".join(rule.fields)),)


def touched_groups(after: pl.DataFrame, before: pl.DataFrame, rows: pl.Series, by: str) -> pl.Series:
    """`row_id` of every row of `after` in a group (`by`) that held or holds one of `rows`, and these rows."""
    ids, keyed = rows.implode(), ("row_id", by)
    now, then = after.select(keyed), before.select(keyed)
    keys = pl.concat([f.filter(pl.col("row_id").is_in(ids)).get_column(by) for f in (then, now)])
    member = pl.col(by).is_in(keys.drop_nulls().unique().implode()).fill_null(value=False)
    return now.filter(member | pl.col("row_id").is_in(ids)).get_column("row_id")
