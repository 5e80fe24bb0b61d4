"""Rules of files that hold one figure per group and level: a count per year, sex and age, say.

The fields of such a rule are those of the group, then the level. What a row is told depends on nothing
outside the rows that share its first field, so that an edit has only these to look at again. One hole, one
finding: it is told on one row, not on every row of the group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from validation_rules.contract import Rule
from validation_rules.relations import AT, OTHER, TOKEN, Relation, codes

_LEVEL, _BEFORE = "level", "before"
# Below this level classes may be narrower than above: many files tell the first year of life apart.
_WIDE_FROM = 5


def missing_level(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """The first row of each group that lacks a level.

    The levels expected are those of the argument `levels`, else all those of the rows that share the first
    field of the rule. Returns positions, as the other two.
    """
    *group, level = rule.fields
    rows = frame.select(*group, level).with_row_index(AT).drop_nulls()
    found = rows.group_by(group).agg(pl.col(AT).min(), pl.col(level).n_unique().alias("has"))
    listed = rule.arguments.get("levels")
    if isinstance(listed, list | tuple):
        known = rows.filter(pl.col(level).is_in(list(listed)))
        has = known.group_by(group).agg(pl.col(level).n_unique().alias("has"))
        found = found.drop("has").join(has, on=group, how="left")
        lacking = found.filter(pl.col("has").fill_null(0) < len(listed))
    else:
        expected = rows.group_by(group[0]).agg(pl.col(level).n_unique().alias("expected"))
        lacking = found.join(expected, on=group[0]).filter(pl.col("has") < pl.col("expected"))
    return lacking.get_column(AT)


def level_gap(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """The row that follows a hole in the levels of its group, or that begins them too late.

    Levels are whole numbers, single or the first of a class: they begin at 0 or 1, and go on by the step that
    is most common in the group; below 5, by any step that does not pass over 5.
    """
    *group, level = rule.fields
    rows = _numbered(frame, group, level).sort(*group, _LEVEL, AT).unique([*group, _LEVEL], keep="first")
    rows = rows.sort(*group, _LEVEL).with_columns(pl.col(_LEVEL).shift(1).over(group).alias(_BEFORE))
    step = (pl.col(_LEVEL) - pl.col(_BEFORE)).alias("step")
    steps = rows.with_columns(step).filter(pl.col(_BEFORE) >= _WIDE_FROM)
    usual = steps.group_by(group).agg(pl.col("step").mode().min().alias("usual"))
    rows = rows.with_columns(step).join(usual, on=group, how="left")
    begins_late = pl.col(_BEFORE).is_null() & (pl.col(_LEVEL) > 1)
    early = pl.col(_BEFORE) < _WIDE_FROM
    passes_over = early & (pl.col(_LEVEL) > _WIDE_FROM)
    jumps = ~early & (pl.col("step") != pl.col("usual"))
    gaps = rows.filter((begins_late | passes_over | jumps).fill_null(value=False))
    return gaps.get_column(AT)


def out_of_order(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """Each row whose level, a whole number, is lower than that of the row of its group before it."""
    *group, level = rule.fields
    rows = _numbered(frame, group, level)
    late = rows.filter(pl.col(_LEVEL) < pl.col(_LEVEL).shift(1).over(group))
    return late.get_column(AT)


def _numbered(frame: pl.DataFrame, group: list[str], level: str) -> pl.DataFrame:
    """The rows whose values are all there, in file order: group, level as a number, and place."""
    number = pl.col(level).cast(pl.Int64, strict=False).alias(_LEVEL)
    return frame.select(*group, number).with_row_index(AT).drop_nulls()


@dataclass(frozen=True, slots=True)
class Lone:
    """Rows that were found by what their whole group holds, or lacks: none stands against another one.

    `rows` are positions; `tokens` holds the group of every row of the frame, null where it is in none.
    """

    rows: pl.Series
    tokens: pl.Series

    def found(self) -> pl.Series:
        """As `relations.Relation`."""
        return self.rows

    def partners(self, at: pl.Series, most: int) -> pl.DataFrame:
        """As `relations.Relation`: there is none."""
        return pl.DataFrame(schema={AT: pl.UInt32, OTHER: pl.UInt32})

    def circles(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """As `relations.Relation`: a finding rests on all the rows of its group."""
        members = self.tokens.alias(TOKEN).to_frame().with_row_index(AT).drop_nulls()
        firing = members.filter(pl.col(AT).is_in(self.rows.implode()))
        return firing, members.join(firing, on=TOKEN, how="semi").select(TOKEN, AT)


def _lone(find: Callable[[pl.DataFrame, Rule], pl.Series]) -> Callable[[pl.DataFrame, Rule], Relation]:
    def relation(frame: pl.DataFrame, rule: Rule) -> Relation:
        return Lone(find(frame, rule), codes(frame.get_column(rule.fields[0])))

    return relation


def group(rule: Rule) -> tuple[pl.Expr, ...]:
    """What two rows must share before one can weigh on the other: the first field of the rule."""
    return (pl.col(rule.fields[0]),)


RELATIONS: Mapping[str, Callable[[pl.DataFrame, Rule], Relation]] = MappingProxyType(
    {
        "missing_level": _lone(missing_level),
        "level_gap": _lone(level_gap),
        "out_of_order": _lone(out_of_order),
    }
)
"""Name of an implementation -> what says which rows of a frame it finds."""
