"""Which rows share a group key, held beside a frame so that an edit need not look at every row again."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
_BESIDE = "key "  # Before the name of a key: some bear the name of a field.


@dataclass(frozen=True, slots=True)
class GroupIndex:
    """The group keys of every row of one frame. It belongs to that frame and is replaced with it.

    `keys`: name of a key -> UInt64 as long as the frame, null for a row in no group.
    """

    keys: Mapping[str, pl.Series]

    def at(self, where: pl.Series) -> GroupIndex:
        """The index of some rows, by position."""
        rows = pl.DataFrame(dict(self.keys))[where]
        return GroupIndex({key.name: key for key in rows.iter_columns()})

    def with_rows(self, where: pl.Series, rows: GroupIndex, before: GroupIndex | None = None) -> GroupIndex:
        """The index of the frame in which the rows at `where` have become others. `before`: `at(where)`, when
        it is at hand."""
        before = before or self.at(where)
        changed = {n: key for n, key in rows.keys.items() if not key.equals(before.keys[n], null_equal=True)}
        # Most edits leave most keys as they are: a copy of each would cost more than the check.
        new = {name: self.keys[name].clone().scatter(where, key) for name, key in changed.items()}
        return GroupIndex({**self.keys, **new})

    def with_keys(self, others: GroupIndex) -> GroupIndex:
        """The index with these keys, of all rows; those that are equal stay the very same, and are held once
        while the index of before is still there."""
        new = {n: key for n, key in others.keys.items() if not key.equals(self.keys[n], null_equal=True)}
        return GroupIndex({**self.keys, **new})

    def without(self, where: pl.Series) -> GroupIndex:
        """The index when the rows at `where` are in no group."""
        return GroupIndex({name: key.clone().scatter(where, None) for name, key in self.keys.items()})

    def members(self, name: str, of: pl.Series) -> list[pl.Series]:
        """Positions of the rows that have one of these values of a key, in a few parts."""
        key, wanted = self.keys[name], of.drop_nulls().unique()
        if len(wanted) > _FEW_KEYS:
            return [key.is_in(wanted.implode()).fill_null(value=False).arg_true()]
        # A pass that compares is faster than one that looks up, and so is a choice of numbers at hand.
        places = _numbers(key.len())
        return [places.filter(key == value) for value in wanted]

    def among(self, name: str, of: pl.Series, rows: pl.Series) -> pl.Series:
        """Those of the rows at `rows` that have one of these values of a key."""
        return rows.filter(self.keys[name].gather(rows).is_in(of.drop_nulls().implode()))

    def shared(self, name: str) -> pl.Series:
        """Positions of the rows that are not alone under a key."""
        key = self.keys[name]
        ordered = key.drop_nulls().sort()
        several = ordered.filter(ordered == ordered.shift(1)).unique()
        if several.len() * _MANY_SHARED > key.len():
            return (key.is_duplicated() & key.is_not_null()).arg_true()
        # Most keys of a clean file have one row: a sort tells so in a third of the time.
        return key.is_in(several.implode()).arg_true()


@functools.lru_cache(maxsize=1)
def _numbers(rows: int) -> pl.Series:
    """0, 1, 2...: an edit follows another in the same frame."""
    return pl.int_range(rows, dtype=pl.UInt32, eager=True)


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
        self._every = tuple({key.meta.output_name(): key for key in keys.values()}.values())
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

    def mates(self, index: GroupIndex, rule: Rule, where: pl.Series) -> pl.Series:
        """Positions of the rows that share a key of `rule` with the rows at `where`, and these; sorted."""
        name = self._key_of[rule.id]
        found = index.members(name, index.keys[name].gather(where))
        return pl.concat([where.cast(pl.UInt32), *found]).unique().sort()

    def touched(
        self, index: GroupIndex, where: pl.Series, *keys: GroupIndex
    ) -> list[tuple[list[str], pl.Series]]:
        """Rules, by id, with the positions of the rows whose verdict can differ when the rows at `where` do;
        sorted. `keys`: the index of these rows alone, before and after."""
        rules: dict[str, list[str]] = {}
        for rule_id, name in self._key_of.items():
            rules.setdefault(name, []).append(rule_id)
        wanted = {name: pl.concat([of.keys[name] for of in keys]) for name in rules}
        parts: dict[str, list[pl.Series]] = {}
        for name in sorted(rules, key=lambda name: name in self._within):
            wider = parts.get(self._within.get(name, ""))
            # Who shares patient and tumour shares the patient: a look at these few spares one at all rows.
            parts[name] = (
                index.members(name, wanted[name])
                if wider is None
                else [index.among(name, wanted[name], rows) for rows in wider]
            )
        return [(ids, pl.concat([where, *parts[name]]).unique().sort()) for name, ids in rules.items()]

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
            where = narrowed(frame, rule, shared[name], index.keys[name]) if few is None else few[rule.id]
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
    return extended(frame.select(names), *usable) if bad else frame.select(names)
