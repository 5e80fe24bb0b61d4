"""The engine gives what each rule gives alone, on the whole frame, in the plainest way."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules import check, evaluate, findings
from validation_rules.check import Checker
from validation_rules.columns import field_checks
from validation_rules.compile import masks_of
from validation_rules.contract import Contract, Lookup, Rule
from validation_rules.group_index import CrossChecks
from validation_rules.normalise import normalise
from validation_rules.sql import expression, names
from validation_rules.table_rules import FINDERS
from validation_rules.tables import table

TODAY = date(2026, 11, 22)
GARBAGE = ("", "X", "0", "99999", "é è", "2020-13-45")
Frame = pl.DataFrame
Unusable = dict[str, pl.Series]
Found = tuple[Rule, tuple[str, ...], pl.Series]


def _usable(frame: Frame, unusable: Unusable) -> Frame:
    return frame.with_columns(pl.when(~bad).then(name).alias(name) for name, bad in unusable.items())


def _with_vocabulary(frame: Frame, contract: Contract) -> Frame:
    """The frame with parameters, then each derived column and lookup as soon as what it reads is there."""
    day = dict(zip(contract.parameters, (TODAY.year, TODAY.month, TODAY.day), strict=False))
    frame = frame.with_columns(pl.lit(value, dtype=pl.Int16).alias(name) for name, value in day.items())
    derived, lookups = list(contract.derived), list(contract.lookups)
    while derived or lookups:
        has = frame.columns
        for column in [d for d in derived if names(expression(d.sql)).issubset(has)]:
            frame = frame.with_columns(expression(column.sql).alias(column.name))
            derived.remove(column)
        for lookup in [j for j in lookups if set(j.key.values()).issubset(frame.columns)]:
            frame = _looked_up(frame, lookup)
            lookups.remove(lookup)
    return frame


@functools.lru_cache(maxsize=64)
def _rows(name: str, key: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, str]]:
    right = table(name)
    return dict(zip(right.select(key).iter_rows(), right.iter_rows(named=True), strict=True))


def _looked_up(frame: Frame, lookup: Lookup) -> Frame:
    rows = _rows(lookup.table, tuple(lookup.key))
    found = [rows.get(key) or {} for key in frame.select(*lookup.key.values()).iter_rows()]
    columns = {name: [row.get(of) for row in found] for name, of in lookup.columns.items()}
    return frame.with_columns(pl.Series(n, values, dtype=pl.String) for n, values in columns.items())


def _fired(frame: Frame, contract: Contract) -> Iterator[tuple[int, str, str]]:
    unusable: Unusable = {}
    single: list[Found] = []
    for rule, name, fails in field_checks(contract):
        fires = frame.select(x=fails.fill_null(value=False)).to_series()
        single.append((rule, (name,), fires))
    for rule, fields, fires in single:
        _spoil(unusable, rule, fields[0], fires)
    yield from _findings(frame, single)
    done = {rule.id for rule, _, _ in single}
    left = [r for r in contract.rules if r.id not in done and (r.where or r.implementation in FINDERS)]
    while left:
        ready = [rule for rule in left if not {r.id for r in left}.intersection(rule.depends_on)]
        seen = _with_vocabulary(_usable(frame, unusable), contract)
        several = [found for rule in ready for found in _one_rule(seen, rule, dict(unusable))]
        yield from _findings(frame, several)
        for rule, fields, fires in several:
            _spoil(unusable, rule, fields[0] if rule.spoils == "*" else str(rule.spoils), fires)
        left = [rule for rule in left if rule not in ready]
    across = CrossChecks(contract)
    for rule, at in across.fired(frame, unusable, across.groups(frame)):
        for row in frame.get_column("row_id").gather(at):
            yield row, rule.id, "+".join(rule.fields)


def _one_rule(seen: Frame, rule: Rule, unusable: Unusable) -> Iterator[Found]:
    for mask in masks_of(rule):
        if rule.where:
            predicate = expression(rule.where, mask.fields[0] if rule.each else None)
            fires = seen.with_columns(x=predicate.fill_null(value=False)).get_column("x")
        else:
            fires = FINDERS[str(rule.implementation)](seen.select(mask.reads), rule)
        for name in (*rule.required, *(mask.fields if rule.each else ())):
            if name in unusable:
                fires = fires & ~unusable[name]
        yield rule, mask.fields, fires


def _spoil(unusable: Unusable, rule: Rule, name: str, fires: pl.Series) -> None:
    if rule.spoils:
        unusable[name] = unusable[name] | fires if name in unusable else fires


def _findings(frame: Frame, found: list[Found]) -> Iterator[tuple[int, str, str]]:
    for rule, fields, fires in found:
        for row in frame.get_column("row_id").filter(fires):
            yield row, rule.id, "+".join(fields)


CHANGES = st.lists(
    st.tuples(
        st.lists(st.integers(0, 10_000), max_size=4),
        st.dictionaries(st.integers(0, 10_000), st.sampled_from(GARBAGE), max_size=6),
    ),
    min_size=1,
    max_size=12,
)
ORDER = st.lists(st.integers(0, 11), min_size=1, max_size=40)


def _frame(contract: Contract, changes: list[tuple[list[int], dict[int, str]]], order: list[int]) -> Frame:
    """Few distinct rows, in some order: the example record with values of examples, blanks and garbage."""
    said = [example.values for rule in contract.rules for example in rule.examples]
    fields = contract.field_names
    rows = []
    for examples, cells in changes:
        row = dict(contract.example)
        for at in examples:
            row |= said[at % len(said)]
        rows.append(row | {fields[at % len(fields)]: value for at, value in cells.items()})
    schema = dict.fromkeys(fields, pl.String)
    return normalise(pl.DataFrame([rows[i % len(rows)] for i in order], schema=schema), contract)


@pytest.fixture(scope="module")
def terms(contract: Contract) -> Callable[[], Contract]:
    """The contract behind a short name: hypothesis prints the arguments of a failure, whole."""
    return lambda: contract


@contextmanager
def _engine(few_rows: int, few_lines: int, rows_a_part: int = 500_000) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "_ROWS_A_PART", rows_a_part)
        patch.setattr(findings, "_SORTED_AT_ONCE", 2 * rows_a_part)
        patch.setattr(evaluate, "FEW_ROWS", few_rows)
        patch.setattr(evaluate, "FEW_LINES", few_lines)
        yield


def _found(checker: Checker, frame: Frame) -> list[tuple[int, str, str]]:
    keys = checker.check(frame).select("row_id", "rule_id", "field")
    return sorted(keys.cast({"rule_id": pl.String, "field": pl.String}).rows())


@pytest.mark.parametrize(
    ("few_rows", "few_lines", "rows_a_part"),
    [(4_000, 4_096, 500_000), (0, 4_096, 500_000), (0, 0, 500_000), (0, 4_096, 3)],
    ids=["rows", "shared values", "no large crossing", "parts side by side"],
)
@settings(max_examples=12, deadline=None)
@given(changes=CHANGES, order=ORDER)
def test_engine_is_each_rule_alone(
    terms: Callable[[], Contract],
    checker: Checker,
    few_rows: int,
    few_lines: int,
    rows_a_part: int,
    changes: list[tuple[list[int], dict[int, str]]],
    order: list[int],
) -> None:
    frame = _frame(terms(), changes, order)
    with _engine(few_rows, few_lines, rows_a_part):
        assert _found(checker, frame) == sorted(set(_fired(frame, terms())))


def test_what_an_unusable_value_gave_is_forgotten(
    checker: Checker, records: Callable[..., Frame], contract: Contract
) -> None:
    frame = records({"ct": "éè"}, {"edition_tnm": "8", "cm": "1"})
    with _engine(0, 4_096):
        assert _found(checker, frame) == sorted(_fired(frame, contract))
