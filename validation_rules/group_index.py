"""Which rows share a group key, held beside a frame so that an edit need not look at every row again."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from validation_rules.contract import Contract, Rule
from validation_rules.cross_pairs import PairedRules
from validation_rules.cross_record import (
    FINDERS,
    columns_of,
    find,
    group_key,
    leading,
    narrowed,
    worth_a_look,
)
from validation_rules.few import extended, selected

_FEW_KEYS = 16
_MANY_SHARED = 10
_FEW_ROWS = 4_000
_MOST_MOVED = 1_000  # rows of a key: with more of them, it is written anew
_BESIDE = "key "  # Before the name of a key: some bear the name of a field.


@dataclass(frozen=True, slots=True)
class GroupIndex:
    """The group keys of every row of one frame. It belongs to that frame and is replaced with it.

    `held`: name of a key -> UInt64 as long as the frame, null for a row in no group. `moved`: name of a key,
    position -> the key of a row that has another one by now: a copy of a million keys would cost more than
    the check of the cell that changed one.
    """

    held: Mapping[str, pl.Series]
    moved: Mapping[str, Mapping[int, int | None]] = field(default_factory=dict)

    @property
    def keys(self) -> dict[str, pl.Series]:
        """Every key as it is, by name."""
        return {name: self.key(name) for name in self.held}

    def key(self, name: str) -> pl.Series:
        """A key as it is; a copy where some rows have moved."""
        column, moved = self.held[name], self.moved.get(name)
        if not moved:
            return column
        values = pl.Series(list(moved.values()), dtype=pl.UInt64)
        return column.clone().scatter(pl.Series(list(moved), dtype=pl.UInt32), values)

    def of(self, name: str, where: pl.Series) -> pl.Series:
        """A key of some rows, by position."""
        moved = self.moved.get(name)
        if not moved or where.is_empty():
            return self.held[name][where]
        if where.len() > _FEW_ROWS:
            return self.key(name)[where]
        values = self.held[name][where].to_list()
        now = [moved.get(at, value) for at, value in zip(where.to_list(), values, strict=True)]
        return pl.Series(name, now, dtype=pl.UInt64)

    def at(self, where: pl.Series) -> GroupIndex:
        """The index of some rows, by position."""
        return GroupIndex({name: self.of(name, where) for name in self.held})

    def with_rows(self, where: pl.Series, rows: GroupIndex, before: GroupIndex | None = None) -> GroupIndex:
        """The index of the frame in which the rows at `where` have become others. `before`: `at(where)`, when
        it is at hand."""
        before = before or self.at(where)
        # Most edits leave most keys as they are: a copy of each would cost more than the check.
        changed = {name: key for name, key in rows.held.items() if not _same(key, before.held[name])}
        held, moved = dict(self.held), dict(self.moved)
        for name, key in changed.items():
            if where.len() + len(moved.get(name, {})) <= _MOST_MOVED:
                moved[name] = {
                    **moved.get(name, {}),
                    **dict(zip(where.to_list(), key.to_list(), strict=True)),
                }
            else:
                held[name] = self._own(name).scatter(where, key)
                moved.pop(name, None)
        return GroupIndex(held, moved)

    def with_keys(self, others: GroupIndex) -> GroupIndex:
        """The index with these keys, of all rows; those that are equal stay the very same, and are held once
        while the index of before is still there."""
        new = {
            name: key for name, key in others.keys.items() if not key.equals(self.key(name), null_equal=True)
        }
        moved = {name: rows for name, rows in self.moved.items() if name not in new}
        return GroupIndex({**self.held, **new}, moved)

    def without(self, where: pl.Series) -> GroupIndex:
        """The index when the rows at `where` are in no group."""
        return GroupIndex({name: self._own(name).scatter(where, None) for name in self.held})

    def _own(self, name: str) -> pl.Series:
        """A key as it is, to write into."""
        return self.key(name) if self.moved.get(name) else self.held[name].clone()

    def members(self, name: str, of: pl.Series) -> list[pl.Series]:
        """Positions of the rows that have one of these values of a key, in a few parts."""
        wanted = of.drop_nulls().unique() if of.len() > _FEW_KEYS else of
        if wanted.len() > _FEW_KEYS:
            return [self.key(name).is_in(wanted.implode()).fill_null(value=False).arg_true()]
        # A pass that compares is faster than one that looks up, and so is a choice of numbers at hand.
        column, places = self.held[name], _numbers(self.held[name].len())
        values = dict.fromkeys(value for value in wanted.to_list() if value is not None)
        parts = [places.filter(column == value) for value in values]
        moved = self.moved.get(name)
        if not moved:
            return parts
        come = [at for at, value in moved.items() if value in values]
        return [*(_but(part, moved) for part in parts), pl.Series(come, dtype=pl.UInt32)]

    def among(self, name: str, of: pl.Series, rows: pl.Series) -> pl.Series:
        """Those of the rows at `rows` that have one of these values of a key."""
        held = self.of(name, rows)
        if rows.len() + of.len() > _FEW_ROWS:
            return rows.filter(held.is_in(of.drop_nulls().implode()))
        wanted = {value for value in of.to_list() if value is not None}
        found = [at for at, value in zip(rows.to_list(), held.to_list(), strict=True) if value in wanted]
        return pl.Series(found, dtype=pl.UInt32)

    def shared(self, name: str) -> pl.Series:
        """Positions of the rows that are not alone under a key."""
        key = self.key(name)
        ordered = key.drop_nulls().sort()
        several = ordered.filter(ordered == ordered.shift(1)).unique()
        if several.len() * _MANY_SHARED > key.len():
            return (key.is_duplicated() & key.is_not_null()).arg_true()
        # Most keys of a clean file have one row: a sort tells so in a third of the time.
        return key.is_in(several.implode()).arg_true()


def _but(places: pl.Series, moved: Mapping[int, object]) -> pl.Series:
    """These positions, without those that have moved."""
    if places.len() <= _FEW_ROWS:
        return pl.Series([at for at in places.to_list() if at not in moved], dtype=pl.UInt32)
    return places.filter(~places.is_in(pl.Series(list(moved), dtype=pl.UInt32).implode()))


def _same(one: pl.Series, other: pl.Series) -> bool:
    if one.len() <= _FEW_ROWS:
        return one.to_list() == other.to_list()
    return one.equals(other, null_equal=True)


@functools.lru_cache(maxsize=1)
def _numbers(rows: int) -> pl.Series:
    """0, 1, 2...: an edit follows another in the same frame."""
    return pl.int_range(rows, dtype=pl.UInt32, eager=True)


def together(places: Sequence[pl.Series]) -> pl.Series:
    """The positions in any of these (UInt32), once each, in order."""
    if sum(part.len() for part in places) > _FEW_ROWS:
        return pl.concat(places).unique().sort()
    return pl.Series(sorted({at for part in places for at in part.to_list()}), dtype=pl.UInt32)


class Groups(NamedTuple):
    """`shared`: name of a key -> positions of the rows that are not alone under it."""

    of: GroupIndex
    shared: Mapping[str, pl.Series]


class CrossChecks:
    """The rules over several records of one contract."""

    def __init__(self, contract: Contract) -> None:
        self.rules = tuple(r for r in contract.rules if r.kind == "custom" and r.implementation in FINDERS)
        keys = {rule.id: group_key(rule) for rule in self.rules}
        self._key_of = {rule_id: key.meta.output_name() for rule_id, key in keys.items()}
        self._rules_of: dict[str, list[str]] = {}
        for rule_id, key_name in self._key_of.items():
            self._rules_of.setdefault(key_name, []).append(rule_id)
        self._keys = {key.meta.output_name(): key for key in keys.values()}
        self._every = tuple(self._keys.values())
        self._leading = {self._key_of[rule.id]: name for rule in self.rules if (name := leading(rule))}
        self._within = self._wider_keys()
        self._looks = tuple(
            worth_a_look(rule, pl.col(_BESIDE + self._key_of[rule.id])).alias(rule.id) for rule in self.rules
        )
        self._paired = PairedRules(self.rules)

    def _wider_keys(self) -> dict[str, str]:
        """Name of a key -> that of another one which rows that share the first share too."""
        columns = {self._key_of[rule.id]: columns_of(rule) for rule in self.rules}
        plain = {name: of for name, of in columns.items() if of}
        return {name: wider for name, of in plain.items() for wider, fewer in plain.items() if fewer < of}

    def index(self, frame: pl.DataFrame) -> GroupIndex:
        """The group keys of a frame of contract fields. Work on strings: once per frame, then by rows."""
        return GroupIndex({column.name: column for column in selected(frame, *self._every).iter_columns()})

    def index_after(self, frame: pl.DataFrame, fields: frozenset[str], before: GroupIndex) -> GroupIndex:
        """The same of a few rows, of which `before` was the index until these fields became others."""
        # A row without a key may be one that was kept out of every group: its keys are all made again.
        same = {
            name: before.held[name]
            for name, key in self._keys.items()
            if fields.isdisjoint(key.meta.root_names()) and not before.held[name].null_count()
        }
        others = [key for name, key in self._keys.items() if name not in same]
        made = selected(frame, *others).iter_columns() if others else ()
        return GroupIndex({**same, **{column.name: column for column in made}})

    def mates(self, index: GroupIndex, rule: Rule, where: pl.Series) -> pl.Series:
        """Positions of the rows that share a key of `rule` with the rows at `where`, and these; sorted."""
        name = self._key_of[rule.id]
        found = index.members(name, index.of(name, where))
        return pl.concat([where.cast(pl.UInt32), *found]).unique().sort()

    def touched(
        self, index: GroupIndex, where: pl.Series, *keys: GroupIndex
    ) -> list[tuple[list[str], pl.Series]]:
        """Rules, by id, with the positions of the rows whose verdict can differ when the rows at `where` do;
        sorted. `keys`: the index of these rows alone, before and after."""
        rules = self._rules_of
        wanted = {name: pl.concat([of.key(name) for of in keys]) for name in rules}
        parts: dict[str, list[pl.Series]] = {}
        for name in sorted(rules, key=lambda name: name in self._within):
            wider = parts.get(self._within.get(name, ""))
            # Who shares patient and tumour shares the patient: a look at these few spares one at all rows.
            parts[name] = (
                index.members(name, wanted[name])
                if wider is None
                else [index.among(name, wanted[name], rows) for rows in wider]
            )
        return [(ids, together([where, *parts[name]])) for name, ids in rules.items()]

    def by_pairs(self, frame: pl.DataFrame) -> bool:
        """Whether a frame is so small that every two of its rows are looked at, and no key is needed."""
        return self._paired.take(frame.height)

    def groups(self, frame: pl.DataFrame, index: GroupIndex | None = None) -> Groups:
        """What `fired` needs of a frame beside the verdicts on single rows. `index`: its own, if at hand."""
        if self.by_pairs(frame):
            return Groups(GroupIndex({}), {})
        if index is None:
            index = self._shared_keys(frame)
        if frame.height <= _FEW_ROWS:
            return Groups(index, {})
        return Groups(index, {name: index.shared(name) for name in dict.fromkeys(self._key_of.values())})

    def _shared_keys(self, frame: pl.DataFrame) -> GroupIndex:
        """The index, perhaps without keys of rows that are alone under them."""
        near = {name: _beside_their_like(frame.get_column(name)) for name in set(self._leading.values())}
        keys = {}
        for key in self._every:
            name = key.meta.output_name()
            where = near.get(self._leading.get(name, ""))
            if where is not None:
                few = frame.select(*set(key.meta.root_names()))[where].select(key).to_series()
                none = pl.Series(name, [None], dtype=pl.UInt64).new_from_index(0, frame.height)
                keys[name] = none.scatter(where, few)
        others = [key for key in self._every if key.meta.output_name() not in keys]
        return GroupIndex({**keys, **{column.name: column for column in frame.select(others).iter_columns()}})

    def fired(
        self, frame: pl.DataFrame, spoilt: Mapping[str, pl.Series], groups: Groups
    ) -> Iterator[tuple[Rule, pl.Series]]:
        """Each rule, and the positions where it fires, ascending. `spoilt`: field -> where its value must not
        be read.

        Rows alone under their keys cannot be found; only the others are looked at.
        """
        index, shared = groups
        if self.by_pairs(frame):
            found = self._paired.found(_read(frame, spoilt, self._paired.fields))
            yield from ((rule, found[rule.id]) for rule in self.rules)
            return
        few = self._of_few(frame, index) if frame.height <= _FEW_ROWS else None
        for rule in self.rules:
            name = self._key_of[rule.id]
            where = narrowed(frame, rule, shared[name], index.key(name)) if few is None else few[rule.id]
            if where.len():
                where = where.filter(find(readable(frame, spoilt, rule.fields, where), rule))
            yield rule, where

    def _of_few(self, frame: pl.DataFrame, index: GroupIndex) -> dict[str, pl.Series]:
        """Rule, by id, to the positions worth a look in a small frame: told for all rules in one query."""
        keys = [key.alias(_BESIDE + name) for name, key in index.keys.items()]
        looks = frame.with_columns(keys).select(self._looks)
        return {look.name: look.arg_true() for look in looks.iter_columns()}


def _beside_their_like(values: pl.Series) -> pl.Series | None:
    """Positions of the rows that have the value of a neighbour, blanks apart, in a column that is in order.

    Many extracts come in the order of the patients: those that are there once need no hash. None when the
    column is in no order, or when most rows have such a neighbour.
    """
    if values.len() <= _FEW_ROWS or not values.head(_FEW_ROWS).drop_nulls().is_sorted():
        return None
    held = values.drop_nulls() if values.null_count() else values
    if not held.is_sorted():
        return None
    marks = held.hash()  # Two values may have one: a row too many then has a key.
    as_before = (marks == marks.shift(1)).fill_null(value=False)
    near = (as_before | as_before.shift(-1, fill_value=False)).arg_true()
    if near.len() * _MANY_SHARED > values.len():
        return None
    return near if held is values else values.is_not_null().arg_true().gather(near)


def readable(
    frame: pl.DataFrame, spoilt: Mapping[str, pl.Series], names: tuple[str, ...], where: pl.Series
) -> pl.DataFrame:
    """These fields of the rows at `where`, null where they are unusable."""
    bad = {name: spoilt[name].gather(where) for name in names if name in spoilt}
    return _read(frame.select(names)[where], bad, names)


def _read(frame: pl.DataFrame, spoilt: Mapping[str, pl.Series], names: tuple[str, ...]) -> pl.DataFrame:
    """These fields, null where they are unusable."""
    bad = [spoilt[name].alias(name) for name in names if name in spoilt and spoilt[name].any()]
    usable = (pl.when(~mask).then(pl.col(mask.name)).alias(mask.name) for mask in bad)
    read = pl.DataFrame([frame.get_column(name) for name in names])
    return extended(read, *usable) if bad else read
