"""The list of findings after an edit of few cells: what `rearrange` does by queries, line by line.

A query costs more than the work on a handful of lines, and an edit made some thirty. Only what is read of the
whole list is read in whole columns.
"""

from __future__ import annotations

from collections import Counter
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from desktop_app.ui.models.selection import CAUSE, Group, groups_of
from desktop_app.ui.models.snapshot import CASE_KEY, CODE
from validation_rules.splice import numbers, spliced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from desktop_app.ui.models.selection import View

_MOST_LINES = 200
_MOST_CAUSES = 12  # each is a pass over the list:
_MOST_COMPARED = 1_200_000  # more of them where it is short
# With the group: what must be the same for a finding to keep its place.
_LIKE = (*CASE_KEY, "severity", "value")
_MADE = ("group", "of_cause")  # columns of the list that a snapshot has not

Cause = tuple[str, ...]


class _Line(NamedTuple):
    """A finding that is listed, or to be: all its values, and what they tell."""

    values: tuple[Any, ...]
    like: tuple[Any, ...]
    cause: Cause
    pos: int
    left: bool
    rooted: bool


class _Put(NamedTuple):
    """The finding `line` comes before the line `at` of the list, which it is itself when it `stays`; several
    that come to one place do so by `turn`."""

    at: int
    stays: bool
    turn: int
    line: int


def relisted(
    view: View, where: pl.Series, shown: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[Group, ...]] | None:
    """The list of a view, and its groups, with the cases `shown` in place of the lines `where`, which are all
    those of some rows; the very same when nothing in it is another. None when it is not for here: many lines,
    or a finding that begins a group."""
    cases = view.cases
    if where.len() + shown.height > _MOST_LINES:
        return None
    columns = [name for name in cases.columns if name not in _MADE]
    fresh = pl.DataFrame([shown.get_column(name) for name in columns])
    old, new, places = _lines(cases[where], columns), _lines(fresh, columns), where.to_list()
    held = {line.like: place for line, place in zip(old, places, strict=True)}
    stay = sorted((held[line.like], number) for number, line in enumerate(new) if line.like in held)
    if len(stay) == len(new) and [new[number].values for _, number in stay] == [line.values for line in old]:
        return cases, view.groups
    causes = {line.cause for line in (*old, *new)}
    if len(causes) > _MOST_CAUSES and len(causes) * cases.height > _MOST_COMPARED:
        return None
    among = _Places(cases, set(places))
    come = _coming(among, new, stay)
    if come is None:
        return None
    order = sorted([*come, *(_Put(place, True, 0, number) for place, number in stay)])
    counted = Counter({cause: among.of(*cause).len() for cause in causes})
    counted.subtract(line.cause for line in old)
    counted.update(line.cause for line in new)
    few = _few(fresh, [put.line for put in order], new, counted, cases)
    at = pl.Series([put.at for put in order], dtype=pl.Int64)
    whole = spliced(_with_counts(cases, among, counted), where, few, at)
    return whole, _groups(view, whole, old, new)


def _lines(cases: pl.DataFrame, columns: Sequence[str]) -> list[_Line]:
    place = {name: number for number, name in enumerate(columns)}
    lines = []
    for values in pl.DataFrame([cases.get_column(name) for name in columns]).rows():
        root, rule = values[place["root"]], values[place["rule_id"]]
        cause = (rule if root is None else root, *(values[place[name]] for name in CAUSE[1:]))
        like = (*(values[place[name]] for name in _LIKE), cause[0])
        left = values[place["state"]] == "open"
        lines.append(_Line(values, like, cause, values[place["pos"]], left, root is not None))
    return lines


class _Places:
    """Where the lines of a cause are in the list. `gone`: places that are taken out of it."""

    def __init__(self, cases: pl.DataFrame, gone: set[int]) -> None:
        self._cases, self._gone = cases, gone
        self._every = numbers(cases.height)
        self._masks: dict[tuple[str, str], pl.Series] = {}
        self._found: dict[Cause, pl.Series] = {}

    def of(self, *cause: str) -> pl.Series:
        """Those of the lines of a group, or of one cause in it; ascending."""
        if cause not in self._found:
            masks = [self._mask(name, word) for name, word in zip(CAUSE, cause, strict=False)]
            self._found[cause] = self._every.filter(reduce(and_, masks))
        return self._found[cause]

    def _mask(self, name: str, word: str) -> pl.Series:
        if (name, word) not in self._masks:
            self._masks[name, word] = self._cases.get_column(name) == word
        return self._masks[name, word]

    def last(self, *cause: str) -> list[int]:
        """The last of them that is not taken out, if there is one."""
        found = self.of(*cause)
        for place in range(found.len() - 1, -1, -1):
            if found[place] not in self._gone:
                return [int(found[place])]
        return []


def _coming(among: _Places, new: Sequence[_Line], stay: Sequence[tuple[int, int]]) -> list[_Put] | None:
    """Where those of the new lines go that do not stay: after the last of their cause, or of their group.
    None when there is none of the group."""
    staying = {number for _, number in stay}
    ways = []
    for number, line in enumerate(new):
        if number in staying:
            continue
        alike = [place for place, other in stay if new[other].cause == line.cause]
        of_group = [place for place, other in stay if new[other].cause[0] == line.cause[0]]
        of_cause = [*alike, *among.last(*line.cause)]
        of_group += among.last(line.cause[0])
        if not of_group:
            return None
        # What joins a cause comes before what joins its rule.
        ways.append((not of_cause, line.cause, line.pos, number, max(of_cause or of_group)))
    return [_Put(last + 1, False, turn, number) for turn, (*_, number, last) in enumerate(sorted(ways), 1)]


def _few(
    fresh: pl.DataFrame,
    order: Sequence[int],
    new: Sequence[_Line],
    counted: Mapping[Cause, int],
    cases: pl.DataFrame,
) -> pl.DataFrame:
    """These lines in this order, with the columns that the list has."""
    lines = [new[number] for number in order]
    group = pl.Series("group", [line.cause[0] for line in lines], dtype=pl.String).cast(CODE)
    of_cause = [counted[line.cause] for line in lines]
    made = pl.Series("of_cause", of_cause, dtype=cases.get_column("of_cause").dtype)
    return fresh[pl.Series(order, dtype=pl.UInt32)].hstack([group, made])


def _with_counts(cases: pl.DataFrame, among: _Places, counted: Mapping[Cause, int]) -> pl.DataFrame:
    """The list, before anything is put in, with the number of lines that each cause will have."""
    column = cases.get_column("of_cause").clone()
    for cause, count in counted.items():
        held = among.of(*cause)
        if held.len() and column[held[0]] != count:
            column = column.scatter(held, count)
    return cases.with_columns(column)


def _groups(view: View, cases: pl.DataFrame, old: Sequence[_Line], new: Sequence[_Line]) -> tuple[Group, ...]:
    """The groups of the list. Those of one rule are of one severity and in one piece: they are where they
    were, and only counted."""
    if any(line.rooted for line in (*old, *new)):
        return groups_of(cases)
    size = Counter(line.cause[0] for line in new)
    size.subtract(line.cause[0] for line in old)
    left = Counter(line.cause[0] for line in new if line.left)
    left.subtract(line.cause[0] for line in old if line.left)
    counted = (
        group._replace(size=group.size + size[group.name], left=group.left + left[group.name])
        for group in view.groups
    )
    return tuple(group for group in counted if group.size)
