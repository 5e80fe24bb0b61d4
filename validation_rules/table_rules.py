"""Rules of one record over reference tables that a lookup cannot express, named as `implementation`.

Both rules here belong to the TNM: which values a site and histology may take, and which stage they give. The
tables are asked once for each combination of values that occurs, never row by row. Arguments name the fields
by their role and the tables of each edition: an edition is added by its tables and their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import polars as pl

from validation_rules.contract import Rule
from validation_rules.text import Text
from validation_rules.tnm import AXES, NOTHING_SAID, body, given, schemas_of, stages_of, value_lists

Finder = Callable[[pl.DataFrame, Rule], pl.Series]
"""From the fields of the rule, null where unusable, to where it fires: Boolean, without null, as long. For a
rule that looks at its fields one by one, that field comes first in the frame."""

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
    for edition, schemas, values in _tables(rule, "schemas", "values"):
        rows = _value_rows(frame, rule, edition)
        cases = _cases(rows)
        listed = _listed(cases, frame.columns[0], rule, schemas, values)
        accepted = pl.col("values").list.contains(pl.col("body")).any()
        wrong = listed.group_by("case").agg(accepted).filter(~pl.col("values"))
        fires |= _at(rows, cases, wrong, frame.height)
    return fires


def stage_not_given(frame: pl.DataFrame, rule: Rule) -> pl.Series:
    """Where the stage is none of those that the stage tables give for T, N and M.

    Silent where they give none, or say that the combination has none. Arguments: those of `value_not_listed`
    but `values`; `stage` and `system` (a field each), `stages_known` (codes of stages that can be held to a
    table), `clinical_systems` and `pathological_systems` (codes); `stage_uses`, `stage_tables` (tables).
    """
    fires = _nowhere(frame)
    for edition, *tables in _tables(rule, "schemas", "stage_uses", "stage_tables"):
        rows = _stage_rows(frame, rule, edition)
        cases = _cases(rows)
        found = _given_stages(cases, tables)
        given_one = pl.col("stages").str.contains(pl.col("stage"), literal=True).any()
        silent = (pl.col("stages") == NOTHING_SAID).any()
        wrong = found.group_by("case").agg((given_one | silent).alias("sound")).filter(~pl.col("sound"))
        fires |= _at(rows, cases, wrong, frame.height)
    return fires


FINDERS: Mapping[str, Finder] = MappingProxyType(
    {"tnm_value_not_listed": value_not_listed, "tnm_stage_not_given": stage_not_given}
)
"""Name of an implementation -> what runs it, on any part of a frame."""


def values_listed(record: pl.DataFrame, rule: Rule) -> Text:
    """The values that the record's schemas list for the field that comes first, as « 0, 1, 1A »."""
    for edition, schemas, values in _tables(rule, "schemas", "values"):
        cases = _cases(_value_rows(record, rule, edition))
        listed = _listed(cases, record.columns[0], rule, schemas, values).get_column("values")
        if listed.len():
            words = ", ".join(dict.fromkeys(listed.explode()))
            return Text(words, words)
    return _NOT_KNOWN


def stages_given(record: pl.DataFrame, rule: Rule) -> Text:
    """The stages that the tables give for the record, as « 1 ou 2 »."""
    for edition, *tables in _tables(rule, "schemas", "stage_uses", "stage_tables"):
        stages = _given_stages(_cases(_stage_rows(record, rule, edition)), tables).get_column("stages")
        digits = sorted(set("".join(stages)))
        if digits:
            return Text(" ou ".join(digits), " or ".join(digits))
    return _NOT_KNOWN


WORDS: Mapping[str, Words] = MappingProxyType(
    {"tnm_value_not_listed": values_listed, "tnm_stage_not_given": stages_given}
)
"""Name of an implementation -> what fills the place `{expected}` in the texts of its rules."""


def _value_rows(frame: pl.DataFrame, rule: Rule, edition: str) -> pl.DataFrame:
    """The rows to look at, with the columns that cases are made of."""
    value = given(pl.col(frame.columns[0]))
    rows = frame.lazy().with_row_index("row").filter(_of_edition(rule, edition), value.is_not_null())
    return rows.select("row", *_where(rule), value.alias("value")).collect()


def _stage_rows(frame: pl.DataFrame, rule: Rule, edition: str) -> pl.DataFrame:
    """As `_value_rows`: M is that of the other timing when its own is blank; all three must be there."""
    system, stage = pl.col(_word(rule, "system")), pl.col(_word(rule, "stage"))
    clinical = system.is_in(_words(rule, "clinical_systems"))
    timed = clinical | system.is_in(_words(rule, "pathological_systems"))
    (ct, cn, cm), (pt, pn, pm) = ([given(pl.col(n)) for n in _words(rule, timing)] for timing in _TIMINGS)
    rows = frame.lazy().with_row_index("row")
    rows = rows.filter(_of_edition(rule, edition), timed, stage.is_in(_words(rule, "stages_known")))
    values = {
        "T": pl.when(clinical).then(ct).otherwise(pt),
        "N": pl.when(clinical).then(cn).otherwise(pn),
        "M": pl.when(clinical).then(pl.coalesce(cm, pm)).otherwise(pl.coalesce(pm, cm)),
    }
    timing = pl.when(clinical).then(pl.lit(_TIMINGS[0])).otherwise(pl.lit(_TIMINGS[1])).alias("timing")
    return (
        rows.select("row", *_where(rule), timing, stage.alias("stage"), **values).drop_nulls(AXES).collect()
    )


def _listed(cases: pl.DataFrame, field: str, rule: Rule, schemas: str, values: str) -> pl.DataFrame:
    """(case, body, values) for each schema of a case that has a list for the axis of `field`."""
    timing = next(timing for timing in _TIMINGS if field in _words(rule, timing))
    axis = AXES[_words(rule, timing).index(field)]
    read = cases.select("case", body(pl.col("value"), axis).alias("body"))
    places = schemas_of(cases, schemas).join(value_lists(values, timing, axis), on="schema")
    return places.join(read, on="case").select("case", "body", "values")


def _given_stages(cases: pl.DataFrame, tables: list[str]) -> pl.DataFrame:
    """(case, stage, stages) for each row of the stage tables that fits."""
    schemas, uses, stage_tables = tables
    read = cases.with_columns(body(pl.col(axis), axis).alias(axis) for axis in AXES)
    return stages_of(read, schemas, uses, stage_tables).join(cases.select("case", "stage"), on="case")


def _where(rule: Rule) -> Iterator[pl.Expr]:
    for role in ("site", "histology", "sex"):
        yield pl.col(_word(rule, role)).alias(role)


def _of_edition(rule: Rule, edition: str) -> pl.Expr:
    return pl.col(_word(rule, "edition")) == edition


def _nowhere(frame: pl.DataFrame) -> pl.Series:
    return pl.Series("fires", [False]).new_from_index(0, frame.height)


def _cases(rows: pl.DataFrame) -> pl.DataFrame:
    """The distinct combinations of values, numbered in `case`."""
    return rows.drop("row").unique().with_row_index("case")


def _at(rows: pl.DataFrame, cases: pl.DataFrame, wrong: pl.DataFrame, height: int) -> pl.Series:
    """True on the rows whose case is one of `wrong`, in a frame of `height` rows."""
    if wrong.is_empty():
        return pl.Series("fires", [False]).new_from_index(0, height)
    keys = [name for name in cases.columns if name != "case"]
    hit = rows.join(cases.join(wrong, on="case", how="semi"), on=keys, how="semi", nulls_equal=True)
    places = pl.int_range(height, dtype=pl.UInt32, eager=True)
    return places.is_in(hit.get_column("row").implode()).alias("fires")


def _tables(rule: Rule, *roles: str) -> Iterator[tuple[str, ...]]:
    """For each edition, its code and the tables of these roles."""
    return zip(_words(rule, "editions"), *(_words(rule, role) for role in roles), strict=True)


def _words(rule: Rule, argument: str) -> list[str]:
    value = rule.arguments[argument]
    return [str(part) for part in value] if isinstance(value, tuple) else [str(value)]


def _word(rule: Rule, argument: str) -> str:
    return _words(rule, argument)[0]
