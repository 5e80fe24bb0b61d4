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


def keys(rule: Rule) -> tuple[pl.Expr, ...]:
    """Expressions over the fields of a rule: records bear on each other only where all of them are equal.

    A record on which one of them is null takes no part.
    """
    return tuple(pl.col(name) for name in rule.fields)


def touched_groups(after: pl.DataFrame, before: pl.DataFrame, rows: pl.Series, by: str) -> pl.Series:
    """`row_id` of every row of `after` in a group (`by`) that held or holds one of `rows`, and these rows."""
    ids, keyed = rows.implode(), ("row_id", by)
    now, then = after.select(keyed), before.select(keyed)
    keys = pl.concat([f.filter(pl.col("row_id").is_in(ids)).get_column(by) for f in (then, now)])
    member = pl.col(by).is_in(keys.drop_nulls().unique().implode()).fill_null(value=False)
    return now.filter(member | pl.col("row_id").is_in(ids)).get_column("row_id")
