from __future__ import annotations

from dataclasses import replace

import polars as pl

from desktop_app.ui.models.selection import Selection, Sort, arrange
from desktop_app.ui.models.snapshot import Mark, Snapshot, take_snapshot

FRAME = pl.DataFrame(
    {
        "row_id": pl.Series([1, 2, 4, 7, 9], dtype=pl.UInt32),
        "sexe": ["1", "2", "7", "7", None],
        "topographie": ["C53.9", "C50.9", "C61.9", None, "C50.9"],
        "age_incidence": ["70", "9", "100", None, "55"],
        "date_incidence": ["2021-03-04", "2021", "2020-01", None, "2020"],
        "finess_diagnostic": ["A", "A", "B", "B", None],
    }
)
FOUND = pl.DataFrame(
    [
        (1, "sexe+topographie", "SEX-01", "error", "1 / C53.9", "open"),
        (4, "sexe", "COD-sexe", "error", "7", "open"),
        (7, "sexe", "COD-sexe", "error", "7", "open"),
        (7, "topographie", "REQ-topographie", "error", "", "open"),
        (9, "sexe", "X-01", "confirm", "", "confirmed"),
    ],
    schema=["row_id", "field", "rule_id", "severity", "value", "state"],
    orient="row",
)


def snapshot() -> Snapshot:
    return take_snapshot(FRAME, FOUND)


def test_a_cell_carries_its_worst_mark_and_other_cells_none() -> None:
    marks = snapshot().marks
    assert marks.row(0) == {0: Mark.ERROR, 1: Mark.ERROR}
    assert marks.row(1) == {}
    assert marks.row(4) == {0: Mark.CONFIRMED}


def test_what_is_gone_is_told_as_corrected() -> None:
    after = take_snapshot(FRAME, FOUND.filter(pl.col("row_id") != 4), gone=snapshot().cases)
    assert after.cases.filter(pl.col("state") == "corrected")["row_id"].to_list() == [4]
    assert after.marks.row(2) == {}


def test_a_finding_that_comes_back_is_open_again() -> None:
    fixed = take_snapshot(FRAME, FOUND.filter(pl.col("row_id") != 4), gone=snapshot().cases)
    again = take_snapshot(FRAME, FOUND, gone=fixed.cases)
    assert again.cases.height == FOUND.height
    assert not again.cases.filter(pl.col("state") == "corrected").height


def test_rows_with_findings_come_in_file_order() -> None:
    assert arrange(snapshot(), Selection()).positions.to_list() == [0, 2, 3, 4]


def test_all_rows_on_demand() -> None:
    assert arrange(snapshot(), Selection(all_rows=True)).positions.to_list() == [0, 1, 2, 3, 4]


def test_numbers_are_sorted_as_numbers_and_blanks_come_last_both_ways() -> None:
    up = arrange(snapshot(), Selection(all_rows=True, sort=Sort("age_incidence", numeric=True)))
    down = arrange(snapshot(), Selection(all_rows=True, sort=Sort("age_incidence", True, numeric=True)))
    assert up.positions.to_list() == [1, 4, 0, 2, 3]
    assert down.positions.to_list() == [2, 0, 4, 1, 3]


def test_row_of_finds_every_row_under_any_order() -> None:
    for selection in (Selection(), Selection(all_rows=True, sort=Sort("topographie", True))):
        view = arrange(snapshot(), selection)
        assert [view.row_of(int(pos)) for pos in view.positions] == list(range(len(view.positions)))
    assert arrange(snapshot(), Selection()).row_of(1) is None


def test_a_facet_counts_inside_the_others_but_not_inside_itself() -> None:
    view = arrange(snapshot(), Selection({"rule_id": frozenset({"COD-sexe"})}))
    assert dict(view.counts["rule_id"]) == {"COD-sexe": 2, "SEX-01": 1, "REQ-topographie": 1, "X-01": 1}
    assert dict(view.counts["institution"]) == {"B": 2}
    assert dict(view.counts["field"]) == {"sexe": 2}


def test_the_facet_field_knows_findings_of_several_fields() -> None:
    view = arrange(snapshot(), Selection({"field": frozenset({"topographie"})}))
    assert view.positions.to_list() == [0, 3]


def test_rows_without_year_have_their_own_value() -> None:
    view = arrange(snapshot(), Selection({"year": frozenset({""})}))
    assert view.positions.to_list() == [3]


def test_year_filters_all_rows_too() -> None:
    view = arrange(snapshot(), Selection({"year": frozenset({"2021"})}, all_rows=True))
    assert view.positions.to_list() == [0, 1]


def test_search_looks_in_every_field_of_every_row_whatever_the_case() -> None:
    assert arrange(snapshot(), Selection(text=" c50.9")).positions.to_list() == [1, 4]
    assert arrange(snapshot(), Selection(text=".*")).positions.is_empty()


def test_a_chosen_value_stays_in_its_facet_at_zero() -> None:
    view = arrange(snapshot(), Selection({"rule_id": frozenset({"SEX-01"}), "year": frozenset({"2020"})}))
    assert ("SEX-01", 0) in view.counts["rule_id"]


def test_list_order_is_worst_first_then_most_frequent() -> None:
    cases = arrange(snapshot(), Selection()).cases
    assert cases["rule_id"].to_list() == ["COD-sexe", "COD-sexe", "REQ-topographie", "SEX-01", "X-01"]


def test_a_corrected_row_stays_in_view_until_it_is_asked_anew() -> None:
    selection = Selection({"rule_id": frozenset({"COD-sexe"}), "state": frozenset({"open"})})
    before = arrange(snapshot(), selection)
    after = take_snapshot(FRAME, FOUND.filter(pl.col("row_id") != 4), gone=snapshot().cases)
    kept = arrange(after, selection, keep=before)
    assert kept.positions.to_list() == [2, 3]
    assert set(kept.cases["state"]) == {"open", "corrected"}
    assert arrange(after, replace(selection)).positions.to_list() == [3]


def test_a_batch_without_findings_shows_its_rows() -> None:
    assert len(arrange(take_snapshot(FRAME, FOUND.clear()), Selection()).positions) == FRAME.height


def test_an_empty_batch_has_an_empty_view() -> None:
    view = arrange(take_snapshot(FRAME.clear(), FOUND.clear()), Selection())
    assert view.positions.is_empty() and view.cases.is_empty() and view.row_of(0) is None
