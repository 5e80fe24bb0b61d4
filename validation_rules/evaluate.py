"""Runs a plan over some rows: where each rule fires, and which values cannot be read.

Each column has a home: the space where its values are few, or the rows. What reads columns of one home is
computed there; of several, on their crossing while that is small, and on the rows otherwise. Few rows are not
worth coding: everything is at home on them, so that each level is one call.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeVar

import polars as pl

from validation_rules.compile import Column, Join, Mask, Plan
from validation_rules.few import extended, selected
from validation_rules.single import Alone, alone, takes
from validation_rules.spaces import (
    SAMPLE,
    Space,
    crossed,
    distinct_at_least,
    encoded,
    numbered,
    projected,
    sampled,
    size,
)

FEW_ROWS = 4_000
FEW_LINES = 4_096
_ROWS_A_LINE = 4
_GROUP = 12

_Node = TypeVar("_Node", Mask, Column, Join)


class _Fired(NamedTuple):
    """`lines` are the marked ones of `space`; None when some of their rows are not in `rows`."""

    mask: Mask
    rows: pl.Series
    space: Space
    lines: pl.Series | None


def _largest(rows: int) -> int:
    """How many lines a space of so many rows may have."""
    return max(FEW_LINES, rows // _ROWS_A_LINE)


class Evaluation:
    """One pass of a plan over a part of a normalised frame; `alone` tells what was found on it by columns.

    `unusable` grows on the way: field -> Boolean series, where its value must not be read.
    """

    def __init__(self, plan: Plan, part: pl.DataFrame, alone: Alone, tick: Callable[[], None]) -> None:
        self.unusable: dict[str, pl.Series] = {}
        self._plan = plan
        self._part = part
        self._tick = tick
        self._rows = Space(extended(part, *plan.parameters), None)
        self._home = dict.fromkeys(self._rows.table.columns, self._rows)
        self._coded = part.height > FEW_ROWS
        self._largest = _largest(part.height)
        self._alone = alone
        self._narrow: dict[tuple[Space, tuple[str, ...]], Space] = {}
        self._joint: dict[tuple[Space, ...], Space] = {}
        self._blank: frozenset[str] = frozenset()
        if self._coded:
            self._code(part)
        else:
            columns = (part.get_column(name) for name in plan.fields)
            self._blank = frozenset(c.name for c in columns if c.null_count() == part.height)

    @staticmethod
    def looks_alone(plan: Plan, frame: pl.DataFrame, rows: int) -> Alone:
        """What is found on a frame by columns, before it is looked at in parts of so many rows."""
        return alone(plan, frame, _largest(rows)) if rows > FEW_ROWS else Alone()

    @staticmethod
    def ticks(plan: Plan, rows: int) -> int:
        """How often `tick` is called for so many rows."""
        return len(plan.layers) + 2 + (-(-len(plan.read) // _GROUP) if rows > FEW_ROWS else 0)

    def _code(self, part: pl.DataFrame) -> None:
        read = [name for name in self._plan.read if name not in self._alone.names]
        distinct = distinct_at_least(sampled(part.select(read), SAMPLE))
        for start in range(0, len(self._plan.read), _GROUP):
            group = self._plan.read[start : start + _GROUP]
            self._home |= encoded(part.select(name for name in group if name in distinct))
            self._tick()
        day = Space(pl.select(self._plan.parameters), lambda: pl.zeros(part.height, pl.UInt32, eager=True))
        self._home |= dict.fromkeys(day.table.columns, day)

    def fired(self) -> Iterator[tuple[Mask, pl.Series]]:
        """Each rule that fires, with the positions of its rows, UInt32; without what `alone` tells."""
        names, told = self._alone
        by_column = [_Fired(mask, rows, self._rows, None) for mask, rows in told if rows.len()]
        fired = self._fires([mask for mask in self._plan.first if not takes(names, mask)])
        yield from ((one.mask, one.rows) for one in fired)
        self._spoil([*by_column, *fired])
        self._derive(None)
        for layer in self._plan.layers:
            fired = self._fires(layer)
            yield from ((one.mask, one.rows) for one in fired)
            if spoilt := self._spoil(fired):
                self._derive(self._plan.after(spoilt))
        self._tick()

    # Where the rules of a layer fire.

    def _fires(self, masks: Sequence[Mask]) -> list[_Fired]:
        self._tick()
        found = []
        for space, group in self._placed(mask for mask in masks if mask.mute not in self._blank):
            lines = _lines(space.table, group)
            marked = [mask for mask in group if lines.get_column(mask.name).any()]
            for mask, rows in _marked_rows(space, lines, marked):
                readable = self._readable(mask, rows)
                whole = lines.get_column(mask.name) if readable.len() == rows.len() else None
                if readable.len():
                    found.append(_Fired(mask, readable, space, whole))
        return found

    def _readable(self, mask: Mask, rows: pl.Series) -> pl.Series:
        for name in mask.needs:
            if name in self.unusable:
                rows = rows.filter(~self.unusable[name].gather(rows))
        return rows

    # What they make unusable.

    def _spoil(self, fired: Iterable[_Fired]) -> Collection[str]:
        """Takes out the values that cannot be read any more; returns the fields that had some."""
        by_field: dict[str, list[_Fired]] = {}
        for one in fired:
            if one.mask.spoilt:
                by_field.setdefault(one.mask.spoilt, []).append(one)
        for name, several in by_field.items():
            self._spoil_field(name, several)
        if self._coded and by_field:
            # What comes from them is computed again, perhaps elsewhere: no old copy stays on the rows.
            coded = [name for name in by_field if not self._home[name].is_rows]
            self._rows.table = self._rows.table.drop(*coded, *self._plan.after(by_field), strict=False)
        return by_field.keys()

    def _spoil_field(self, name: str, fired: Sequence[_Fired]) -> None:
        home, height = self._home[name], self._rows.table.height
        bad = pl.Series([False]).new_from_index(0, height)
        bad = bad.scatter(pl.concat([one.rows for one in fired]), values=True)
        self.unusable[name] = bad | self.unusable[name] if name in self.unusable else bad
        if name in self._plan.alone:
            return
        if home.is_rows:
            home.table = _without(home.table, name, bad)
            return
        lines = [one.lines for one in fired if one.lines is not None and one.space is home]
        if len(lines) == len(fired):
            table = _without(home.table.select(name), name, reduce(or_, lines))
            self._home[name] = Space(table, home.codes)
        else:
            self._home[name] = _moved(home, name, bad)

    # Derived columns and lookups.

    def _derive(self, names: Collection[str] | None) -> None:
        """Computes the derived and looked up columns, or those of `names`."""
        for level in self._plan.levels:
            wanted = [c for c in level.columns if names is None or c.name in names]
            for space, group in self._placed(wanted):
                space.table = extended(space.table, *(column.expression for column in group))
                self._settle([column.name for column in group], space)
            joins = [j for j in level.joins if names is None or any(name in names for name in j.gives)]
            for space, some in self._placed(joins):
                space.table = _joined(space.table, some)
                self._settle([name for join in some for name in join.gives], space)

    def _settle(self, names: Collection[str], home: Space) -> None:
        self._home |= dict.fromkeys(names, home)
        if home.is_rows and self._coded:
            columns = home.table.select(names)
            texts = columns.select(pl.col(pl.String))
            self._home |= numbered(columns.drop(texts.columns))
            self._home |= encoded(texts.select(*distinct_at_least(sampled(texts, SAMPLE))))

    # Where to compute something.

    def _placed(self, nodes: Iterable[_Node]) -> Iterator[tuple[Space, list[_Node]]]:
        """Groups of nodes and the space whose table has all that they read."""
        together: dict[frozenset[Space], list[_Node]] = {}
        for node in nodes:
            together.setdefault(self._homes(node), []).append(node)
        on_rows: list[_Node] = []
        for homes, group in together.items():
            if space := self._common(homes, group):
                yield space, group
                continue
            for node in group:
                if space := self._common(homes, [node]):
                    yield space, [node]
                else:
                    on_rows.append(node)
        if on_rows:
            self._bring_to_rows(name for node in on_rows for name in node.reads)
            yield self._rows, on_rows

    def _homes(self, node: _Node) -> frozenset[Space]:
        if not self._coded or (isinstance(node, Mask) and node.finder):
            return frozenset({self._rows})
        return frozenset(self._home[name] for name in node.reads)

    def _common(self, homes: frozenset[Space], nodes: Iterable[_Node]) -> Space | None:
        """The space of what nodes read; None for the rows, also when their crossing would be too large."""
        if self._rows in homes or not homes:
            return None
        if len(homes) == 1:
            return next(iter(homes))
        names = sorted({name for node in nodes for name in node.reads})
        narrow = tuple(sorted((self._narrowed(home, names) for home in homes), key=lambda s: -s.table.height))
        if size(narrow) > self._largest:
            return None
        if narrow not in self._joint:
            self._joint[narrow] = crossed(narrow)
        return self._joint[narrow]

    def _narrowed(self, home: Space, names: Iterable[str]) -> Space:
        key = home, tuple(name for name in names if self._home[name] is home)
        if key not in self._narrow:
            self._narrow[key] = projected(*key)
        return self._narrow[key]

    def _bring_to_rows(self, names: Iterable[str]) -> None:
        missing = [name for name in dict.fromkeys(names) if name not in self._rows.table.columns]
        brought = (self._on_rows(name).alias(name) for name in missing)
        self._rows.table = extended(self._rows.table, *brought)

    def _on_rows(self, name: str) -> pl.Expr:
        if name not in self._part.columns:
            home = self._home[name]
            return pl.lit(home.table.get_column(name)).gather(pl.lit(home.codes))
        written, bad = pl.lit(self._part.get_column(name)), self.unusable.get(name)
        return written if bad is None else pl.when(~bad).then(written)


def _lines(table: pl.DataFrame, masks: Iterable[Mask]) -> pl.DataFrame:
    """Among others, a Boolean column a mask, without null, as long as the table."""
    predicates = [mask.predicate for mask in masks if mask.predicate is not None]
    # The first column keeps the height when no predicate reads any.
    computed = selected(table, pl.nth(0), *predicates)
    found = {m.name: m.finder(table.select(m.reads), m.rule) for m in masks if m.finder}
    return computed.with_columns(**found) if found else computed


def _marked_rows(
    space: Space, lines: pl.DataFrame, masks: Sequence[Mask]
) -> Iterator[tuple[Mask, pl.Series]]:
    if space.is_rows or not masks:
        yield from ((mask, lines.get_column(mask.name).arg_true()) for mask in masks)
        return
    yield from zip(masks, space.marked(lines.select(mask.name for mask in masks)), strict=True)


def _joined(table: pl.DataFrame, joins: Iterable[Join]) -> pl.DataFrame:
    if table.height <= FEW_LINES:
        return extended(table, *(column for join in joins for column in join.expressions))
    for join in joins:
        table = table.drop(join.gives, strict=False)
        table = table.join(
            join.right, left_on=join.reads, right_on=join.on, how="left", maintain_order="left"
        )
    return table


def _without(table: pl.DataFrame, name: str, lines: pl.Series) -> pl.DataFrame:
    return table.with_columns(pl.when(~lines).then(pl.col(name)).alias(name))


def _moved(home: Space, name: str, rows: pl.Series) -> Space:
    """The space of a field, these rows moved to a line without a value."""
    values = home.table.select(name)
    blank = pl.lit(values.height, dtype=pl.UInt32)
    codes = pl.select(pl.when(rows).then(blank).otherwise(home.codes)).to_series()
    return Space(pl.concat([values, values.clear(1)]), codes)
