"""Rules of one record over reference tables that a lookup cannot express, named as `implementation`.

Both rules here belong to the TNM: which values a site and histology may take, and which stage they give. The
tables are asked once for each combination of values that occurs, never row by row. Arguments name the fields
by their role and the tables of each edition: an edition is added by its tables and their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import polars as pl

from validation_rules.contract import ContractError, Rule
from validation_rules.tables import table
from validation_rules.text import Text
from validation_rules.tnm import AXES, NOTHING_SAID, body, given, stages_given, values_listed

Finder = Callable[[pl.DataFrame, Rule], pl.Series]
"""From the fields of the rule, null where unusable, to where it fires: Boolean, without null, as long. For a
rule that looks at its fields one by one, that field comes first in the frame, and a blank gives nothing."""

Words = Callable[[pl.DataFrame, Rule], Text]
"""From one record as a finder gets it to what the tables expect of it."""

_TIMINGS = ("clinical", "pathological")
_NOT_KNOWN = Text("…", "…")


def value_not_listed(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """Where a T, N or M value is in no list of the schemas that the record's site and histology belong to.

    Silent where no schema has a list for the axis. Arguments: `edition`, `site`, `histology`, `sex` (a field
    each), `clinical` and `pathological` (three fields each: T, N, M); `editions`, `schemas`, `values` (for
    each edition its code in the field and its tables).
    """
    fires = _nowhere(frame)
    for edition, *tables in _tables(rule, "schemas", "values"):
        if not _is_in_use(frame, rule, edition):
            continue
        rows, at = _value_rows(frame, rule, edition)
        if at.is_empty():
            continue
        listed = _lists(rows, frame.columns[0], rule, tables)
        accepted = listed.group_by(rows.columns).agg(pl.col("values").list.contains(pl.col("body")).any())
        fires = _marked(fires, rows, at, accepted.filter(~pl.col("values")))
    return fires


def stage_not_given(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """Where the stage is none of those that the stage tables give for T, N and M.

    Silent where they give none, or say that the combination has none. Arguments: those of `value_not_listed`
    but `values`; `stage` and `system` (a field each), `stages_known` (codes of stages that can be held to a
    table), `clinical_systems` and `pathological_systems` (codes); `stage_uses`, `stage_tables` (tables).
    """
    fires = _nowhere(frame)
    for edition, *tables in _tables(rule, "schemas", "stage_uses", "stage_tables"):
        if not _is_in_use(frame, rule, edition):
            continue
        rows, at = _stage_rows(frame, rule, edition)
        if at.is_empty():
            continue
        right = pl.col("stages").str.contains(pl.col("stage"), literal=True)
        sound = (right | (pl.col("stages") == NOTHING_SAID)).any()
        given = _stages(rows, tables).group_by(rows.columns).agg(sound.alias("sound"))
        fires = _marked(fires, rows, at, given.filter(~pl.col("sound")))
    return fires


FINDERS: Mapping[str, Finder] = MappingProxyType(
    {"tnm_value_not_listed": value_not_listed, "tnm_stage_not_given": stage_not_given}
)
"""Name of an implementation -> what runs it, on any part of a frame."""


_ONE_FIELD = ("edition", "site", "histology", "sex", "stage", "system")
_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tnm_value_not_listed": (
            "edition",
            "site",
            "histology",
            "sex",
            *_TIMINGS,
            "editions",
            "schemas",
            "values",
        ),
        "tnm_stage_not_given": (
            *_ONE_FIELD,
            *_TIMINGS,
            *("stages_known", "clinical_systems", "pathological_systems"),
            *("editions", "schemas", "stage_uses", "stage_tables"),
        ),
    }
)
_TABLES = ("schemas", "values", "stage_uses", "stage_tables")


def check_table_arguments(rule: Rule) -> None:
    """Raises `ContractError` when a rule of this module lacks an argument, or one does not fit."""
    wanted = _NAMES.get(str(rule.implementation), ())
    reads = (*rule.fields, *rule.required, *rule.optional)
    for name in wanted:
        if name not in rule.arguments:
            raise _wrong(name)
        words = _words(rule, name)
        of_fields = name in (*_ONE_FIELD, *_TIMINGS)
        count = len(AXES) if name in _TIMINGS else 1 if name in _ONE_FIELD else len(words)
        if len(words) != count or (of_fields and not set(words) <= set(reads)):
            raise _wrong(name)
        if name in _TABLES and len(words) != len(_words(rule, "editions")):
            raise _wrong(name)
        for word in words if name in _TABLES else ():
            table(word)


def _wrong(argument: str) -> ContractError:
    return ContractError(
        Text(
            f"l’argument « {argument} » manque ou ne convient pas",
            f"the argument “{argument}” is missing or does not fit",
        )
    )


def values_expected(record: pl.DataFrame, rule: Rule) -> Text:
    """The values that the record's schemas list for the field that comes first, as « 0, 1, 1A »."""
    for edition, *tables in _tables(rule, "schemas", "values"):
        rows, _ = _value_rows(record, rule, edition)
        lists = _lists(rows, record.columns[0], rule, tables).get_column("values")
        if lists.len():
            words = ", ".join(dict.fromkeys(lists.explode()))
            return Text(words, words)
    return _NOT_KNOWN


def stages_expected(record: pl.DataFrame, rule: Rule) -> Text:
    """The stages that the tables give for the record, as « 1 ou 2 »."""
    for edition, *tables in _tables(rule, "schemas", "stage_uses", "stage_tables"):
        rows, _ = _stage_rows(record, rule, edition)
        stages = sorted(set("".join(_stages(rows, tables).get_column("stages"))))
        if stages:
            return Text(" ou ".join(stages), " or ".join(stages))
    return _NOT_KNOWN


WORDS: Mapping[str, Words] = MappingProxyType(
    {"tnm_value_not_listed": values_expected, "tnm_stage_not_given": stages_expected}
)
"""Name of an implementation -> what fills the place `{expected}` in the texts of its rules."""


def _is_in_use(frame: pl.DataFrame, rule: Rule, edition: str) -> bool:
    """Whether a row is of this edition: of the few that an edit is about none may be."""
    return bool((frame.get_column(_word(rule, "edition")) == edition).any())


def _value_rows(frame: pl.DataFrame, rule: Rule, edition: str) -> tuple[pl.DataFrame, pl.Series]:
    """The rows to look at, with the columns that cases are made of, and their places in the frame."""
    value = frame.columns[0]
    of_edition = frame.get_column(_word(rule, "edition")) == edition
    at = (of_edition & frame.get_column(value).is_not_null()).arg_true()
    return frame[at].select(*_home(rule), pl.col(value).alias("value")), at


def _stage_rows(frame: pl.DataFrame, rule: Rule, edition: str) -> tuple[pl.DataFrame, pl.Series]:
    """As `_value_rows`: M is that of the other timing when its own is blank; all three must be there."""
    system, stage = pl.col(_word(rule, "system")), pl.col(_word(rule, "stage"))
    clinical = system.is_in(_words(rule, "clinical_systems"))
    timed = clinical | system.is_in(_words(rule, "pathological_systems"))
    known = timed & stage.is_in(_words(rule, "stages_known"))
    of_edition = (frame.get_column(_word(rule, "edition")) == edition).arg_true()
    told = frame[of_edition].with_columns(of_edition.alias("at")).filter(known)
    (ct, cn, cm), (pt, pn, pm) = ([given(pl.col(n)) for n in _words(rule, timing)] for timing in _TIMINGS)
    rows = told.select(
        *_home(rule),
        stage.alias("stage"),
        timing=pl.when(clinical).then(pl.lit(_TIMINGS[0])).otherwise(pl.lit(_TIMINGS[1])),
        t=pl.when(clinical).then(ct).otherwise(pt),
        n=pl.when(clinical).then(cn).otherwise(pn),
        m=pl.when(clinical).then(pl.coalesce(cm, pm)).otherwise(pl.coalesce(pm, cm)),
    )
    return rows, told.get_column("at")


def _lists(rows: pl.DataFrame, field: str, rule: Rule, tables: list[str]) -> pl.DataFrame:
    """The distinct rows and their body, once for each list of values that they are held to."""
    timing = next(timing for timing in _TIMINGS if field in _words(rule, timing))
    axis = AXES[_words(rule, timing).index(field)]
    cases = rows.unique().with_columns(body(pl.col("value"), axis).alias("body"))
    schemas, values = tables
    return values_listed(cases.filter(given(pl.col("value")).is_not_null()), schemas, values, timing, axis)


def _stages(rows: pl.DataFrame, tables: list[str]) -> pl.DataFrame:
    """The distinct rows, once for each row of the stage tables that fits."""
    schemas, uses, stage_tables = tables
    read = [body(pl.col(axis.lower()), axis).alias(axis) for axis in AXES]
    cases = rows.drop_nulls(["t", "n", "m"]).unique().with_columns(read)
    return stages_given(cases, schemas, uses, stage_tables)


def _home(rule: Rule) -> Iterator[pl.Expr]:
    for role in ("site", "histology", "sex"):
        yield pl.col(_word(rule, role)).alias(role)


def _nowhere(frame: pl.DataFrame) -> pl.Series:
    return pl.Series("fires", [False]).new_from_index(0, frame.height)


def _marked(fires: pl.Series, rows: pl.DataFrame, at: pl.Series, wrong: pl.DataFrame) -> pl.Series:
    """`fires`, true also at the places of the rows that are among `wrong`."""
    if wrong.is_empty():
        return fires
    hit = rows.with_columns(at.alias("at")).join(wrong, on=rows.columns, how="semi", nulls_equal=True)
    return fires.scatter(hit.get_column("at"), True)


def _tables(rule: Rule, *roles: str) -> Iterator[tuple[str, ...]]:
    """For each edition, its code and the tables of these roles."""
    return zip(_words(rule, "editions"), *(_words(rule, role) for role in roles), strict=True)


def _words(rule: Rule, argument: str) -> list[str]:
    value = rule.arguments[argument]
    return [str(part) for part in value] if isinstance(value, tuple) else [str(value)]


def _word(rule: Rule, argument: str) -> str:
    return _words(rule, argument)[0]
