"""Day, month and year in three columns: proposed as one date, and read as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.mapping import apply_recipe, draft_recipe, parse_recipe
from desktop_app.core.stages import FixedColumn
from tests.core.test_mapping_draft import drafted, extract_of
from validation_rules.contract import load_contract

DAYS, MONTHS, YEARS = ["5", "17", "31", "08"], ["3", "12", "1", "06"], ["1950", "1949", "1961", "1972"]
NAMES = [
    ("jour_naiss", "mois_naiss", "annee_naiss", "date_naissance"),
    ("Naissance (jour)", "Naissance (mois)", "Naissance (année)", "date_naissance"),
    ("JJ_DIAG", "MM_DIAG", "AAAA_DIAG", "date_incidence"),
    ("birthDay", "birthMonth", "birthYear", "date_naissance"),
    ("JNAIS", "MNAIS", "ANAIS", "date_naissance"),
    ("incidence_day", "incidence_month", "incidence_year", "date_incidence"),
]


@pytest.mark.parametrize(("day", "month", "year", "field"), NAMES)
def test_three_columns_are_one_date(day: str, month: str, year: str, field: str) -> None:
    # The year comes first in the file: the order of the columns plays no part.
    guesses, columns = drafted({year: YEARS, day: DAYS, month: MONTHS, "sexe": ["1", "2", "1", "2"]})
    assert columns[day].field == field and columns[day].join == (month, year)
    assert {guesses[name].fields for name in (day, month, year)} == {(field,)}
    assert all(name in guesses[year].evidence.fr for name in (day, month, year))
    assert columns[month].targets == columns[year].targets == ()


def test_they_are_read_as_one() -> None:
    days, months = [*DAYS, "99", "", "9"], [*MONTHS, "4", "7", "99"]
    extract = extract_of(
        {"jour_naiss": days, "mois_naiss": months, "an_naiss": [*YEARS, "1955", "1956", "1957"]}
    )
    contract = load_contract()
    recipe = draft_recipe(extract, contract).recipe
    assert parse_recipe(recipe.to_json()) == recipe
    born = apply_recipe(extract, recipe, contract).frame["date_naissance"].to_list()
    assert born == ["1950-03-05", "1949-12-17", "1961-01-31", "1972-06-08", "1955-04", "1956-07", "1957"]


def test_month_and_year_alone() -> None:
    extract = extract_of({"mois_diagnostic": ["3", "12"], "annee_diagnostic": ["2019", "2020"]})
    contract = load_contract()
    frame = apply_recipe(extract, draft_recipe(extract, contract).recipe, contract).frame
    assert frame["date_incidence"].to_list() == ["2019-03", "2020-12"]


@pytest.mark.parametrize(
    "columns",
    [
        {"jour": DAYS, "mois": MONTHS, "annee": YEARS},  # of what?
        {
            "jour_naiss": ["51", "62", "77", "84"],
            "mois_naiss": ["19", "20", "21", "22"],
            "annee_naiss": YEARS,
        },
        {"date_naissance": ["05/03/1950"] * 4, "mois_naiss": MONTHS, "annee_naiss": YEARS},
        {"jour_naiss": DAYS, "mois_naiss": MONTHS},
    ],
)
def test_nothing_is_joined_without_reason(columns: dict[str, list[str]]) -> None:
    assert not any(column.join for column in drafted(columns)[1].values())


def test_zones_of_a_fixed_width_file_keep_their_place() -> None:
    extract = extract_of({"JNAIS": DAYS, "MNAIS": MONTHS, "ANAIS": YEARS})
    zones = (FixedColumn("JNAIS", 1, 2), FixedColumn("MNAIS", 3, 2), FixedColumn("ANAIS", 5, 4))
    extract = replace(extract, options=replace(extract.options, format="fixed_width", layout=zones))
    recipe = draft_recipe(extract, load_contract()).recipe
    assert [(column.start, column.length) for column in recipe.columns] == [(1, 2), (3, 2), (5, 4)]
    assert recipe.targets == ("date_naissance",)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dates(date(1900, 1, 1), date(2100, 12, 31)), min_size=3, max_size=8))
def test_any_dates(dates: list[date]) -> None:
    columns = {
        "jour_naiss": [str(day.day) for day in dates],
        "mois_naiss": [f"{day.month:02}" for day in dates],
        "annee_naiss": [str(day.year) for day in dates],
    }
    contract = load_contract()
    extract = extract_of(columns)
    recipe = draft_recipe(extract, contract).recipe
    born = apply_recipe(extract, recipe, contract).frame["date_naissance"].to_list()
    assert born == [day.isoformat() for day in dates]
