"""A filter passes what a plain reading of its words would."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.row_filter import Operator, RowFilter, condition, expression, operators_of, told
from validation_rules.contract import load_contract

CONTRACT = load_contract()
FRAME = pl.DataFrame(
    {
        "row_id": pl.Series(range(1, 7), dtype=pl.UInt32),
        "topographie": ["C50.9", "C50.4", "C18.0", None, "C61.9", "C509"],
        "age_incidence": ["9", "70", "100", None, "x", "69"],
        "date_incidence": ["2021", "2021-03", "2021-03-04", None, "2020-12-31", "2022-01"],
        "nom_naissance": ["D'ÉTÉ", "LE GOFF", "MARTIN", None, "Martin", "A.B"],
    }
)


def rows(*conditions: tuple[str, Operator, str], any_of: bool = False) -> list[int]:
    made = tuple(condition(CONTRACT, *each) for each in conditions)
    return FRAME.filter(expression(RowFilter(made, any_of)))["row_id"].to_list()


@pytest.mark.parametrize(
    ("field", "operator", "value", "found"),
    [
        ("topographie", Operator.IS, "c50.9", [1]),
        ("topographie", Operator.IS_NOT, "C50.9", [2, 3, 4, 5, 6]),
        ("topographie", Operator.CONTAINS, "50.", [1, 2]),
        ("topographie", Operator.LACKS, "c50", [3, 4, 5]),
        ("topographie", Operator.BEGINS, "c50", [1, 2, 6]),
        ("topographie", Operator.ENDS, ".9", [1, 5]),
        ("topographie", Operator.ONE_OF, "C50.4 ; c18.0\nC99.9", [2, 3]),
        ("topographie", Operator.BLANK, "", [4]),
        ("topographie", Operator.FILLED, "", [1, 2, 3, 5, 6]),
        ("topographie", Operator.PATTERN, r"^C50\.[0-9]$", [1, 2]),
        ("age_incidence", Operator.AT_LEAST, "70", [2, 3]),
        ("age_incidence", Operator.AT_MOST, "69,5", [1, 6]),
        ("date_incidence", Operator.AT_LEAST, "03/2021", [1, 2, 3, 6]),
        ("date_incidence", Operator.AT_MOST, "2021", [1, 2, 3, 5]),
        ("date_incidence", Operator.AT_MOST, "03/03/2021", [1, 2, 5]),
        ("date_incidence", Operator.IS, "4/3/2021", [3]),
        ("nom_naissance", Operator.IS, "martin", [3, 5]),
        ("nom_naissance", Operator.CONTAINS, "été", [1]),
        ("nom_naissance", Operator.CONTAINS, ".", [6]),
    ],
)
def test_what_an_operator_finds(field: str, operator: Operator, value: str, found: list[int]) -> None:
    assert rows((field, operator, value)) == found


def test_all_or_any() -> None:
    both = (("topographie", Operator.BEGINS, "C50"), ("age_incidence", Operator.AT_LEAST, "70"))
    assert rows(*both) == [2]
    assert rows(*both, any_of=True) == [1, 2, 3, 6]
    assert rows() == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("field", "operator", "value", "code"),
    [
        ("topographie", Operator.IS, "  ", "filter.no_value"),
        ("age_incidence", Operator.AT_LEAST, "vieux", "filter.no_number"),
        ("age_incidence", Operator.AT_LEAST, "nan", "filter.no_number"),
        ("topographie", Operator.PATTERN, "C50(", "filter.no_pattern"),
    ],
)
def test_a_condition_that_says_nothing_is_refused(
    field: str, operator: Operator, value: str, code: str
) -> None:
    with pytest.raises(AppError) as refused:
        condition(CONTRACT, field, operator, value)
    assert refused.value.code == code


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=5), st.sampled_from([o for o in Operator if o is not Operator.PATTERN]))
def test_any_text_is_taken_literally_and_never_raises(text: str, operator: Operator) -> None:
    for field in ("topographie", "nom_naissance"):
        try:
            made = condition(CONTRACT, field, operator, text)
        except AppError as refused:
            assert refused.code == "filter.no_value" and not text.strip()
            continue
        assert FRAME.select(expression(RowFilter((made,)))).to_series().null_count() == 0


def test_a_repr_holds_no_value() -> None:
    assert "EXEMPLE" not in repr(condition(CONTRACT, "nom_naissance", Operator.IS, "EXEMPLE"))


def test_words_of_a_condition() -> None:
    made = condition(CONTRACT, "sexe", Operator.IS, "1")
    assert told(made, CONTRACT).fr == "Sexe est «\u00a01\u00a0»"
    assert operators_of(CONTRACT.field("sexe"))[0] is Operator.IS
    assert set(operators_of(CONTRACT.field("sexe"))) == set(Operator)


def test_a_value_longer_than_any_cell_is_refused_and_a_long_list_is_not() -> None:
    with pytest.raises(AppError, match="no_value"):
        condition(CONTRACT, "topographie", Operator.CONTAINS, "x" * 1001)
    assert rows(("topographie", Operator.ONE_OF, ";".join(f"C{n}" for n in range(9999)) + ";c61.9")) == [5, 6]
