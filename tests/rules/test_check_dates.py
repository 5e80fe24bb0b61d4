"""Dates and ages against Python's own calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules.check import Checker
from validation_rules.contract import Contract

Records = Callable[..., pl.DataFrame]

NUMBERS = st.tuples(st.integers(0, 2030), st.integers(0, 14), st.integers(0, 33))
PARTIAL = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(date(1900, 1, 1), date(2026, 11, 22)),
    st.sampled_from([4, 7, 10]),
)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _rules(checker: Checker, frame: pl.DataFrame) -> list[set[str]]:
    found = checker.check(frame).select("row_id", pl.col("rule_id").cast(pl.String))
    groups = dict(found.group_by("row_id").agg("rule_id").iter_rows())
    return [set(groups.get(row, [])) for row in frame.get_column("row_id")]


@settings(max_examples=12, deadline=None)
@given(days=st.lists(NUMBERS, min_size=1, max_size=40))
def test_impossible_dates_are_those_of_the_calendar(
    checker: Checker, records: Records, days: list[tuple[int, int, int]]
) -> None:
    frame = records(*({"date_enregistrement": f"{y:04}-{m:02}-{d:02}"} for y, m, d in days))
    assert ["DAT-09" not in r for r in _rules(checker, frame)] == [_exists(*day) for day in days]


@settings(max_examples=12, deadline=None)
@given(pairs=st.lists(st.tuples(PARTIAL, PARTIAL), min_size=1, max_size=40))
def test_order_is_told_at_the_coarser_precision(
    checker: Checker, records: Records, pairs: list[tuple[str, str]]
) -> None:
    frame = records(*({"date_naissance": a, "date_incidence": b, "age_incidence": ""} for a, b in pairs))
    expected = [b[: len(a)] < a[: len(b)] for a, b in pairs]
    assert ["DAT-01" in r for r in _rules(checker, frame)] == expected


@settings(max_examples=12, deadline=None)
@given(triples=st.lists(st.tuples(PARTIAL, PARTIAL, st.integers(0, 121)), min_size=1, max_size=40))
def test_age_written_against_age_computed(
    checker: Checker, records: Records, triples: list[tuple[str, str, int]]
) -> None:
    frame = records(
        *({"date_naissance": a, "date_incidence": b, "age_incidence": str(n)} for a, b, n in triples)
    )
    expected = [_age_differs(*triple) for triple in triples]
    assert ["DAT-04" in r for r in _rules(checker, frame)] == expected


def _filled(partial: str) -> tuple[int, int, int]:
    year, *rest = (int(part) for part in partial.split("-"))
    month, day = (*rest, 15)[:2] if rest else (7, 1)
    return year, month, day


def _age_differs(birth: str, incidence: str, written: int) -> bool:
    if incidence[: len(birth)] < birth[: len(incidence)]:
        return False
    born, found = _filled(birth), _filled(incidence)
    age = max(0, found[0] - born[0] - (found[1:] < born[1:]))
    return abs(written - age) > (0 if len(birth) == len(incidence) == 10 else 1)


@settings(max_examples=12, deadline=None)
@given(days=st.lists(PARTIAL, min_size=1, max_size=40), today=st.dates(date(1950, 1, 1), date(2026, 1, 1)))
def test_future_is_after_the_day_cut_to_the_precision(
    contract: Contract, records: Records, days: list[str], today: date
) -> None:
    frame = records(*({"date_dernieres_nouvelles": day} for day in days))
    found = Checker(contract, today).check(frame)
    late = found.filter(pl.col("rule_id") == "DAT-03", pl.col("field") == "date_dernieres_nouvelles")
    expected = [row for row, day in enumerate(days, 1) if day > today.isoformat()[: len(day)]]
    assert late.get_column("row_id").to_list() == expected
