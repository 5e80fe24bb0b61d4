"""What a recheck gives is what a whole check gives, whatever was edited."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from validation_rules import check, findings
from validation_rules.check import Checker
from validation_rules.contract import Contract

EDITS = st.one_of(
    st.tuples(st.just("numero_patient"), st.sampled_from(["A", "B", "C", "D", None])),
    st.tuples(st.just("numero_tumeur"), st.sampled_from(["1", "2", None])),
    st.tuples(st.just("sexe"), st.sampled_from(["1", "2", "9", "X", None])),
    st.tuples(st.just("topographie"), st.sampled_from(["C50.4", "C61.9", "C99.9", "C5", None])),
    st.tuples(st.just("morphologie"), st.sampled_from(["8140", "9823", "8999", "x", None])),
    st.tuples(st.just("edition_cimo"), st.sampled_from(["3", "3.2", "4", "5", None])),
    st.tuples(st.just("date_incidence"), st.sampled_from(["2020", "2020-02-30", "1940-01-01", None])),
    st.tuples(st.just("matricule_ins"), st.sampled_from(["2500369123001", "250036912300179", "25", None])),
    st.tuples(st.just("nom_naissance"), st.sampled_from(["DUPONTA", "Duponta", "DURAND", "?", None])),
    st.tuples(st.just("prenoms"), st.sampled_from(["ANNE", "Anne, Lise", "LISE", None])),
    st.tuples(st.just("date_naissance"), st.sampled_from(["1950-03-12", "1950", "1950-13", "1951-01", None])),
    st.tuples(st.just("comportement"), st.sampled_from(["3", "2", "7", None])),
    st.tuples(st.just("lateralite"), st.sampled_from(["1", "2", "9", "D", None])),
)
CELLS = st.lists(st.tuples(st.integers(1, 8), EDITS), min_size=1, max_size=4)


def _edited(frame: pl.DataFrame, cells: list[tuple[int, tuple[str, str | None]]]) -> pl.DataFrame:
    for row, (field, value) in cells:
        new = pl.when(pl.col("row_id") == row).then(pl.lit(value, dtype=pl.String)).otherwise(pl.col(field))
        frame = frame.with_columns(new.alias(field))
    return frame


@settings(max_examples=15, deadline=None)
@given(first=CELLS, second=CELLS)
def test_recheck_is_check(
    checker: Checker,
    records: Callable[..., pl.DataFrame],
    first: list[tuple[int, tuple[str, str | None]]],
    second: list[tuple[int, tuple[str, str | None]]],
) -> None:
    named = ({"numero_patient": patient, "nom_naissance": f"DUPONT{patient}"} for patient in "AABBCCDE")
    numbered = ({**one, "numero_tumeur": "12121212"[place]} for place, one in enumerate(named))
    before = _edited(records(*numbered), first)
    after = _edited(before, second)
    rows = {row for row, _ in second}
    expected = checker.check(after)
    assert_frame_equal(checker.recheck(after, checker.check(before), rows, before), expected)
    # There and back again by the index that the first recheck left.
    there = checker.recheck_with(after, checker.check(before), rows, checker.index(before))
    back = checker.recheck_with(before, there.findings, rows, there.index)
    assert_frame_equal(back.findings, checker.check(before))
    again = checker.recheck_with(after, back.findings, rows, back.index)
    assert_frame_equal(again.findings, expected)
    # Told which fields differ, it looks at the rules that they touch alone, and says the same.
    fields = {field for _, (field, _) in second}
    told = checker.recheck_with(after, checker.check(before), rows, checker.index(before), fields)
    assert_frame_equal(told.findings, expected)
    undone = checker.recheck_with(before, told.findings, rows, told.index, fields)
    assert_frame_equal(undone.findings, checker.check(before))
    assert_frame_equal(checker.check_rows(after, expected["row_id"].unique()), expected)


@settings(max_examples=15, deadline=None)
@given(first=CELLS, second=CELLS)
def test_a_recheck_of_most_rows_is_a_check(
    checker: Checker,
    records: Callable[..., pl.DataFrame],
    first: list[tuple[int, tuple[str, str | None]]],
    second: list[tuple[int, tuple[str, str | None]]],
) -> None:
    before = _edited(records(*({"numero_patient": patient} for patient in "AABBCCDE")), first)
    after = _edited(before, second)
    found, index, rows = checker.check(before), checker.index(before), {row for row, _ in second}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "_MANY_ROWS", 0)
        patch.setattr(check, "_MOST", 8)
        patch.setattr(findings, "_SORTED_AT_ONCE", 5)
        whole = checker.recheck_with(after, found, rows, index)
        told = checker.recheck_with(after, found, rows, index, {field for _, (field, _) in second})
        back = checker.recheck_with(before, told.findings, rows, told.index)
    assert_frame_equal(whole.findings, checker.check(after))
    assert_frame_equal(told.findings, checker.check(after))
    assert_frame_equal(back.findings, found)


def test_recheck_leaves_other_rows_alone(checker: Checker, records: Callable[..., pl.DataFrame]) -> None:
    before = records(*({"numero_patient": patient} for patient in "AABC"))
    after = _edited(before, [(4, ("sexe", "X"))])
    planted = checker.check(before).with_columns(value=pl.lit("kept"))
    rechecked = checker.recheck(after, planted, [4], before)
    assert rechecked.get_column("value").to_list() == ["kept", "kept", "X"]


def test_recheck_accepts_extra_columns(checker: Checker, records: Callable[..., pl.DataFrame]) -> None:
    before = records({"sexe": "X"})
    findings = checker.check(before).with_columns(state=pl.lit("open"))
    assert checker.recheck(_edited(before, [(1, ("sexe", "2"))]), findings, [1], before).height == 0


def test_a_row_made_blank_is_no_record(checker: Checker, records: Callable[..., pl.DataFrame]) -> None:
    before = records({"numero_patient": "A"}, {"numero_patient": "A"})
    gone = pl.when(pl.col("row_id") == 1).then(None).otherwise(pl.exclude("row_id")).name.keep()
    after = before.with_columns(gone)
    assert checker.recheck(after, checker.check(before), [1], before).height == 0


def test_a_row_that_becomes_a_record_or_stops_being_one_is_checked_whole(
    checker: Checker, records: Callable[..., pl.DataFrame]
) -> None:
    full = records({"numero_patient": "A"}, {"numero_patient": "B"})
    names = [name for name in full.columns if name not in ("row_id", "sexe")]
    second = pl.col("row_id") == 2
    only_sex = full.with_columns(pl.when(~second).then(pl.col(name)).alias(name) for name in names)
    blank = _edited(only_sex, [(2, ("sexe", None))])
    for before, after in ((only_sex, blank), (blank, only_sex)):
        told = checker.recheck_with(after, checker.check(before), [2], checker.index(before), ["sexe"])
        assert_frame_equal(told.findings, checker.check(after))


def test_any_field_by_itself(
    checker: Checker, contract: Contract, records: Callable[..., pl.DataFrame]
) -> None:
    before = records({"numero_patient": "A"}, {"numero_patient": "A", "numero_tumeur": "2"})
    findings, index = checker.check(before), checker.index(before)
    for name in contract.field_names:
        for value in (None, "9"):
            after = _edited(before, [(1, (name, value))])
            told = checker.recheck_with(after, findings, [1], index, [name])
            assert_frame_equal(told.findings, checker.check(after))
