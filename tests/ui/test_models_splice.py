"""Few lines in place of others, and looking into columns without a query."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.ui.models.lookup import RowSet, found_at, place, places_where
from validation_rules.splice import lines_of, replaced, spliced

NUMBERS = st.sets(st.integers(0, 60), max_size=12).map(sorted)


def ids(numbers: list[int]) -> pl.Series:
    return pl.Series("row_id", numbers, dtype=pl.UInt32)


@settings(max_examples=25, deadline=None)
@given(held=NUMBERS, gone=NUMBERS, come=NUMBERS)
def test_lines_leave_and_come_where_they_belong(held: list[int], gone: list[int], come: list[int]) -> None:
    frame = pl.DataFrame(
        {"row_id": ids(held), "new": [False] * len(held)}, schema_overrides={"new": pl.Boolean}
    )
    few = pl.DataFrame({"new": [True] * len(come), "row_id": ids(come)}, schema_overrides={"new": pl.Boolean})
    out = lines_of(ids(gone), frame["row_id"])
    made = spliced(frame, out, few, frame["row_id"].search_sorted(few["row_id"]))
    wanted = sorted([(n, False) for n in held if n not in gone] + [(n, True) for n in come],
                    key=lambda line: (line[0], not line[1]))  # fmt: skip
    assert made.rows() == wanted


@settings(max_examples=25, deadline=None)
@given(held=NUMBERS, wanted=st.integers(0, 61))
def test_a_place_is_found_as_a_query_finds_it(held: list[int], wanted: int) -> None:
    column = ids(held)
    assert place(column, wanted) == sum(number < wanted for number in held)
    assert found_at(column, wanted) == (held.index(wanted) if wanted in held else None)
    assert places_where(column == wanted).to_list() == [at for at, n in enumerate(held) if n == wanted]
    assert (wanted in RowSet(column)) == (wanted in held) and list(RowSet(column)) == held


@settings(max_examples=25, deadline=None)
@given(held=NUMBERS, gone=NUMBERS, come=NUMBERS, many=st.booleans())
def test_what_comes_takes_the_place_of_what_goes(
    held: list[int], gone: list[int], come: list[int], many: bool
) -> None:
    times = 600 if many else 1  # many lines are merged, few are put between slices
    frame = pl.DataFrame({"row_id": ids([n for n in held for _ in range(times)])})
    few = pl.DataFrame({"row_id": ids([n for n in come if n in gone or n not in held])})
    made = replaced(frame, lines_of(ids(gone), frame["row_id"]), few, "row_id")
    assert made["row_id"].to_list() == sorted(
        [n for n in frame["row_id"] if n not in gone] + few["row_id"].to_list()
    )
    out = lines_of(ids(gone), frame["row_id"])
    assert replaced(frame, out, frame[out], "row_id") is frame
