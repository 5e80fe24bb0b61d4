"""Patterns that repeat one class are checked as letters and their number, with the same answers."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules.columns import _REPEATED, _matches

NAME = r"^([^\W_]|[ '’-]){1,5}$"
CODE = r"^[0-9A]{1,3}$"
LETTERS = st.text(alphabet=st.sampled_from("aZé1_ -'’\n;A0̈"), max_size=8)


@settings(max_examples=25, deadline=None)
@given(values=st.lists(st.none() | LETTERS | st.text(max_size=7), max_size=20))
@pytest.mark.parametrize("pattern", [NAME, CODE])
def test_same_answers_as_the_pattern_itself(pattern: str, values: list[str | None]) -> None:
    frame = pl.DataFrame({"v": pl.Series(values, dtype=pl.String)})
    both = frame.select(split=_matches(pl.col("v"), pattern), whole=pl.col("v").str.contains(pattern))
    assert both["split"].equals(both["whole"].alias("split"), null_equal=True)


@pytest.mark.parametrize(
    "pattern",
    [r"^(ab|[c]){1,5}$", r"^[a\]{1,3}$", r"^([a]|\b){1,3}$", r"^[a]{0,3}$", r"^[a]{1,3}", "^.{1,20}$"],
)
def test_other_patterns_stay_whole(pattern: str) -> None:
    assert _REPEATED.fullmatch(pattern) is None
    assert _REPEATED.fullmatch(NAME) is not None
