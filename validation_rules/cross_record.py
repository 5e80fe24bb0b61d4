"""Rules that see more than one record, named by the contract as `implementation`; see `cross_vocabulary`.

A row takes part only where the fields that the rule needs are usable and not blank. Every row that stands
against another one is found, once. All of it is whole columns at a time and grows with the number of rows,
even when a million of them share one key; see `relations`.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from validation_rules import levels, multiple_primaries
from validation_rules.contract import Rule
from validation_rules.cross_vocabulary import argument, field_of
from validation_rules.few import FEW
from validation_rules.relations import (
    AT,
    MARK,
    TOKEN,
    Claims,
    Near,
    Relation,
    Several,
    claims,
    codes,
    tokens,
)
from validation_rules.tables import table

Finder = Callable[[pl.DataFrame, Rule], pl.Series]
_ROW = pl.int_range(pl.len(), dtype=pl.UInt32).alias(AT)
_OFTEN = 2


def known_texts(rule: Rule, name: str) -> list[str]:
    """The texts that an argument of a rule names, or its default; none when it names none."""
    given = argument(rule, name)
    return [str(one) for one in given] if isinstance(given, tuple) else [] if given is None else [str(given)]


def number(rule: Rule, name: str) -> int:
    """The whole number that an argument of a rule gives, or its default; 0 when it gives none."""
    given = argument(rule, name)
    return given if isinstance(given, int) else 0


def _parts(frame: pl.DataFrame, rule: Rule, *parts: str) -> pl.DataFrame:
    """The fields that play these parts, under the names of the parts; null for a part that none plays."""
    named = {part: field_of(rule, part) for part in parts}
    return frame.select(
        (pl.col(name) if name else pl.lit(None, dtype=pl.String)).alias(part) for part, name in named.items()
    )


# repeated_key


def _fields_of(rule: Rule) -> tuple[pl.Expr, ...]:
    return tuple(pl.col(name) for name in rule.fields)


def _repeated_key(frame: pl.DataFrame, rule: Rule) -> Relation:
    rows = frame.select(rule.fields).with_row_index(AT).drop_nulls()
    return Claims.mutual(claims(rows.get_column(AT), tokens(rows, *rule.fields), rows.get_column(AT)))


# one_value_per_group


def shared_value(rule: Rule) -> pl.Expr:
    """The value that one person alone should have."""
    shared, length = pl.col(field_of(rule, "shared")), number(rule, "first_characters")
    return shared.str.head(length) if length else shared


def _shared(rule: Rule) -> tuple[pl.Expr, ...]:
    return (shared_value(rule),)


def _one_value_per_group(frame: pl.DataFrame, rule: Rule) -> Relation:
    rows = frame.select(
        _ROW, shared_value(rule).alias("shared"), pl.col(field_of(rule, "value")).alias("value")
    )
    rows = rows.drop_nulls()
    return Claims.mutual(
        claims(rows.get_column(AT), codes(rows.get_column("shared")), codes(rows.get_column("value")))
    )


# contradictory_values


def _group(rule: Rule) -> tuple[pl.Expr, ...]:
    return (pl.col(field_of(rule, "group")),)


def contradictions(rule: Rule) -> list[tuple[str, pl.Expr]]:
    """(field, value) of what must not differ; dates come once for each precision that they have."""
    group, dates, known = field_of(rule, "group"), known_texts(rule, "dates"), known_texts(rule, "known")
    compared = []
    for name in rule.fields:
        if name in dates:
            compared += [(name, at_precision(pl.col(name), length)) for length in (4, 7, 10)]
        elif name != group:
            compared.append(
                (name, pl.col(name).replace_strict(known, known, default=None) if known else pl.col(name))
            )
    return compared


def at_precision(value: pl.Expr, length: int) -> pl.Expr:
    """The first `length` characters of a date that has as many; else null."""
    return pl.when(value.str.len_bytes() >= length).then(value.str.head(length))


def _contradictory_values(frame: pl.DataFrame, rule: Rule) -> Relation:
    group = codes(frame.get_column(field_of(rule, "group")))
    at = frame.select(_ROW).to_series()
    values = frame.select(value.alias(str(place)) for place, (_, value) in enumerate(contradictions(rule)))
    if frame.height <= FEW:
        # Most values of few rows do not differ within a group, and one call tells so.
        differing = values.select(_differs(pl.all(), group).any()).row(0)
        values = values.select(n for n, differ in zip(values.columns, differing, strict=True) if differ)
    several = [coded for value in values if (coded := codes(value)).max() not in (None, 0)]
    return Several([Claims.mutual(claims(at, group, value)) for value in several])


# same_person


def letters(names: pl.Series) -> pl.Series:
    """Names in the letters A to Z: upper case, no accents, ligatures opened; null when nothing is left."""
    if names.len() <= FEW:
        return names.to_frame().select(letters_of(pl.first())).to_series()
    distinct = names.drop_nulls().unique()
    if 0 < distinct.len() * _OFTEN < names.len():  # Most names of many rows come again and again.
        return _letters(distinct).gather(names.cast(pl.Enum(distinct)).to_physical()).alias(names.name)
    return _letters(names)


def _letters(names: pl.Series) -> pl.Series:
    upper = names.str.to_uppercase()
    odd = upper.str.contains("[^A-Z]").fill_null(value=False)
    if not odd.any():
        return upper
    return upper.scatter(odd.arg_true(), upper.filter(odd).to_frame().select(_plain(pl.first())).to_series())


def letters_of(names: pl.Expr) -> pl.Expr:
    """`letters` of a few names."""
    return _plain(names.str.to_uppercase())


def _plain(upper: pl.Expr) -> pl.Expr:
    plain = upper.str.normalize("NFD")
    plain = plain.str.replace_all("Œ", "OE", literal=True).str.replace_all("Æ", "AE", literal=True)
    plain = plain.str.replace_all("[^A-Z]+", "")
    return pl.when(plain != "").then(plain)


def first_name(names: pl.Expr) -> pl.Expr:
    """The first of several given names."""
    return names.str.extract("^([^ ,]*)", 1)


def _first_name(names: pl.Series) -> pl.Series:
    if names.len() <= FEW:
        return names.to_frame().select(first_name(pl.first())).to_series()
    several = names.str.contains("[ ,]").fill_null(value=False)
    if not several.any():
        return names
    return names.clone().scatter(several.arg_true(), names.filter(several).str.extract("^([^ ,]*)", 1))


def _surname_and_birth(rule: Rule) -> tuple[pl.Expr, ...]:
    """Enough to bring few rows together; given names are cut and compared for those alone."""
    surname, birth, sex = (pl.col(field_of(rule, part)) for part in ("surname", "birth", "sex"))
    return surname.map_batches(letters, return_dtype=pl.String), birth, sex


def _same_person(frame: pl.DataFrame, rule: Rule) -> Relation:
    rows = _parts(frame, rule, "person", "surname", "given", "birth", "sex").with_row_index(AT)
    sex = pl.when(pl.col("sex").is_in(known_texts(rule, "sexes"))).then(pl.col("sex"))
    rows = rows.with_columns(at_precision(pl.col("birth"), 10), sex).drop_nulls()
    surname, given = letters(rows.get_column("surname")), letters(_first_name(rows.get_column("given")))
    rows = rows.with_columns(surname, given).drop_nulls()
    token = tokens(rows, "surname", "given", "birth", "sex")
    return Claims.mutual(claims(rows.get_column(AT), token, codes(rows.get_column("person"))))


# same_tumour, both_sides


def _patient(rule: Rule) -> tuple[pl.Expr, ...]:
    return (pl.col(field_of(rule, "patient")),)


def filled_date(value: pl.Expr) -> pl.Expr:
    """The day of a date: the 15th when the day is unknown, 1 July when the month is too; else null."""
    whole = value + pl.when(value.str.len_bytes() == 4).then(pl.lit("-07-01")).when(
        value.str.len_bytes() == 7
    ).then(pl.lit("-15")).otherwise(pl.lit(""))
    return whole.str.to_date("%Y-%m-%d", strict=False)


def side_of(rule: Rule, topography: pl.Expr, side: pl.Expr) -> pl.Expr:
    """1 or 2 for the two sides of a site that is expected to have one, else 0 (UInt8)."""
    sites = table("icdo_topography")
    paired = sites.filter(pl.col("side") == "expected").get_column("code").implode()
    first, second = known_texts(rule, "sides")[:2]
    told = pl.when(side == first).then(1).when(side == second).then(2).otherwise(0)
    return pl.when(topography.is_in(paired)).then(told).otherwise(0).fill_null(0).cast(pl.UInt8)


def _sides(rows: pl.DataFrame, rule: Rule) -> pl.Series:
    sides = side_of(rule, pl.col("topography"), pl.col("side"))
    return rows.select(sides.alias("side")).to_series()


def _alike(frame: pl.DataFrame, rule: Rule, *more: str) -> pl.DataFrame:
    """`at`, the parts, and `token` of patient, three-character category and four-digit histology."""
    needed = ("patient", "tumour", "topography", "morphology", *more)
    rows = _parts(frame, rule, *needed, *(() if "side" in more else ("side",)))
    rows = rows.with_row_index(AT).drop_nulls(needed)
    category, histology = pl.col("topography").str.head(3), pl.col("morphology").str.head(4)
    kinds = rows.select(pl.col("patient"), category, histology)
    return rows.with_columns(tokens(kinds, *kinds.columns), codes(rows.get_column("tumour")).alias(MARK))


def _same_tumour(frame: pl.DataFrame, rule: Rule) -> Relation:
    rows = _alike(frame, rule, "date").with_columns(day=filled_date(pl.col("date")).to_physical())
    rows = rows.with_columns(_sides(rows, rule)).drop_nulls("day")
    return Near(rows.select(AT, TOKEN, MARK, "day", "side"), number(rule, "days"))


def _both_sides(frame: pl.DataFrame, rule: Rule) -> Relation:
    rows = _alike(frame, rule, "side")
    rows = rows.with_columns(_sides(rows, rule).cast(pl.UInt64)).filter(pl.col("side") > 0)
    at, mark, token = (rows.get_column(name) for name in (AT, MARK, TOKEN))
    side = rows.get_column("side")
    return Claims(claims(at, token * 3 + side, mark), claims(at, token * 3 + (3 - side), mark))


# multiple_primaries


def tumour_parts(frame: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """The frame that `multiple_primaries.tumours` takes."""
    return _parts(frame, rule, "patient", "tumour", "topography", "morphology", "behaviour")


def _multiple_primaries(frame: pl.DataFrame, rule: Rule) -> Relation:
    verdict = {"one": multiple_primaries.counted_as_one, "undecided": multiple_primaries.undecided}
    parts, variant = tumour_parts(frame, rule), str(argument(rule, "variant"))
    return verdict[str(argument(rule, "verdict"))](parts, variant)


def _same_kind(rule: Rule) -> tuple[pl.Expr, ...]:
    topography, morphology = (pl.col(field_of(rule, part)) for part in ("topography", "morphology"))
    return (topography.str.head(3).hash(1) ^ morphology.str.head(4).hash(2),)


def _same_site_or_body(rule: Rule) -> tuple[pl.Expr, ...]:
    """Tumours of one site group, or two that are counted once in the whole body: Kaposi, haematological."""
    topography, morphology = (pl.col(field_of(rule, part)) for part in ("topography", "morphology"))
    whole_body = morphology >= str(multiple_primaries.KAPOSI_CODE)
    site = multiple_primaries.site_group(topography)
    return site.hash(1), pl.when(whole_body).then(pl.lit(0, dtype=pl.UInt64))


def _what_differs(rule: Rule) -> pl.Expr:
    """What must not be the same on all rows of a group for a rule to find any of them."""
    part = {"one_value_per_group": "value", "same_person": "person"}.get(str(rule.implementation))
    others = [name for name in rule.fields if name != field_of(rule, "group")] if part is None else []
    names = others or [field_of(rule, str(part))]
    return functools.reduce(operator.xor, (pl.col(name).hash(seed) for seed, name in enumerate(names)))


class _Way(NamedTuple):
    """How an implementation works: `key` gives the values that two rows must share before one can weigh on
    the other, `relation` says which rows of a frame stand against each other. `finer` are further hashes of
    which they must share one as well; with `differ`, a group whose rows are alike has no finding."""

    key: Callable[[Rule], tuple[pl.Expr, ...]]
    relation: Callable[[pl.DataFrame, Rule], Relation]
    finer: Callable[[Rule], tuple[pl.Expr, ...]] | None = None
    differ: bool = False


_WAYS: Mapping[str, _Way] = MappingProxyType(
    {
        "repeated_key": _Way(_fields_of, _repeated_key),
        "one_value_per_group": _Way(_shared, _one_value_per_group, differ=True),
        "contradictory_values": _Way(_group, _contradictory_values, differ=True),
        "same_person": _Way(_surname_and_birth, _same_person, differ=True),
        "same_tumour": _Way(_patient, _same_tumour, _same_kind),
        "both_sides": _Way(_patient, _both_sides, _same_kind),
        "multiple_primaries": _Way(_patient, _multiple_primaries, _same_site_or_body),
        **{name: _Way(levels.group, relation) for name, relation in levels.RELATIONS.items()},
    }
)


def relation(frame: pl.DataFrame, rule: Rule) -> Relation:
    """What a rule says between the rows of `frame`, which holds its fields (null where unusable)."""
    return _WAYS[str(rule.implementation)].relation(frame, rule)


def narrowed(frame: pl.DataFrame, rule: Rule, where: pl.Series, key: pl.Series) -> pl.Series:
    """Of the rows at `where`, which share a group, those that the rule can find: a few vector operations that
    spare it most groups. `key`: the group key of every row of `frame`. Values may be unusable: they are
    looked at as they stand, and the rule itself decides."""
    way = _WAYS[str(rule.implementation)]
    if way.finer is not None and where.len():
        shared = pl.lit(key.gather(where))
        met = pl.any_horizontal(_shared_by_several(shared ^ part) for part in way.finer(rule))
        where = where.filter(frame.select(rule.fields)[where].select(met).to_series())
    if way.differ and where.len():
        marks = frame.select(rule.fields)[where].select(_what_differs(rule).alias("mark"))
        rows = marks.with_columns(key.gather(where).alias("key"))
        mixed = rows.group_by("key").agg(pl.col("mark").min() != pl.col("mark").max()).filter("mark")
        where = where.filter(rows.get_column("key").is_in(mixed.get_column("key").implode()))
    return where


def worth_a_look(rule: Rule, key: pl.Expr) -> pl.Expr:
    """What `narrowed` says, of all the rows of a small frame in one expression. `key`: the group key."""
    way = _WAYS[str(rule.implementation)]
    found = _shared_by_several(key)
    if way.finer is not None:
        found &= pl.any_horizontal(_shared_by_several(key ^ part) for part in way.finer(rule))
    if way.differ:
        found &= _differs(_what_differs(rule), key)
    return found


def _differs(value: pl.Expr, group: pl.Expr | pl.Series) -> pl.Expr:
    return value.min().over(group) != value.max().over(group)


def _shared_by_several(token: pl.Expr) -> pl.Expr:
    return token.is_duplicated() & token.is_not_null()


def find(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """Where a rule fires: a Boolean series without null. `frame` holds its fields, null where unusable."""
    found = relation(frame, rule).found()
    fires = pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    return fires.scatter(found, values=True) if found.len() else fires


FINDERS: Mapping[str, Finder] = MappingProxyType(dict.fromkeys(_WAYS, find))
"""Name of an implementation -> what runs it."""


def group_key(rule: Rule) -> pl.Expr:
    """The group key of a rule, over a frame of contract fields: UInt64, null where the row is in no group.

    Two rows can weigh on each other's verdict only when they share this key; the verdict rests on
    the rule's fields and on what makes them unusable, all of it on the row itself. A key is a hash: rows that
    do not belong together may meet under one, which costs time and changes nothing. Its name is that of the
    values behind it, so that rules whose keys have one name share a key. It holds for one run of the program.
    """
    values, name = _WAYS[str(rule.implementation)].key(rule), _key_name(rule)
    if all(value.meta.is_column() for value in values):
        return _mixed(values).alias(name)
    named = [value.alias(str(place)) for place, value in enumerate(values)]
    return pl.struct(named).map_batches(_hashed, return_dtype=pl.UInt64).alias(name)


def columns_of(rule: Rule) -> frozenset[str]:
    """The fields whose values, as they stand, make up the group key of a rule; none when it is computed."""
    values = _WAYS[str(rule.implementation)].key(rule)
    plain = all(value.meta.is_column() for value in values)
    return frozenset(value.meta.output_name() for value in values) if plain else frozenset()


def leading(rule: Rule) -> str | None:
    """A field that has one value in all rows that share the group key of a rule, where that is plain."""
    first = _WAYS[str(rule.implementation)].key(rule)[0]
    return first.meta.output_name() if first.meta.is_column() else None


def _mixed(columns: Sequence[pl.Expr]) -> pl.Expr:
    """One hash for a row of columns, null where one of them is."""
    hashes = [column.hash(seed) for seed, column in enumerate(columns)]
    whole = pl.all_horizontal(column.is_not_null() for column in columns)
    return pl.when(whole).then(functools.reduce(operator.xor, hashes))


def _hashed(values: pl.Series) -> pl.Series:
    """The same for values that are computed: in one go, so that each is computed once."""
    columns = values.struct.unnest()
    return columns.select(_mixed([pl.col(name) for name in columns.columns])).to_series()


def _key_name(rule: Rule) -> str:
    key = _WAYS[str(rule.implementation)].key
    read = dict.fromkeys(name for value in key(rule) for name in value.meta.root_names())
    if key in (_patient, _group, _fields_of):
        return "+".join(read)
    return f"{rule.implementation} {'+'.join(read)} {rule.arguments.get('first_characters', '')}"
