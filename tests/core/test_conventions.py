"""How dates and numbers are written: proven by the values, or left open, never guessed silently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.conventions import (
    Votes,
    date_guess,
    date_orders,
    date_votes,
    number_guesses,
    shown_as,
)
from desktop_app.core.extracts.survey import survey
from desktop_app.core.mapping import draft_recipe
from desktop_app.core.mapping.conventions import in_order, undecided_dates, with_conventions
from desktop_app.core.stages import ImportOptions
from validation_rules.contract import load_contract

PLAIN = ImportOptions("delimited", "utf-8", ";")


def counts(*values: str) -> list[tuple[str, int]]:
    return [(value, 1) for value in values]


def test_what_a_date_proves() -> None:
    dates = counts("25/12/2020", "12/25/2020", "03/04/2020", "03/03/2020", "99/99/1960", "00/05/1960", "x")
    assert date_votes(dates) == Votes(1, 1, 1)


@given(st.dates(), st.sampled_from(["/", "-", "."]))
def test_a_proof_is_never_false(day, mark) -> None:  # type: ignore[no-untyped-def]
    written = f"{day.day:02}{mark}{day.month:02}{mark}{day.year:04}"
    votes = date_votes(counts(written))
    assert votes.month_first == 0 and bool(votes.day_first) == (day.day > 12)


def test_a_column_that_says_nothing_follows_the_others_of_its_file() -> None:
    orders = date_orders({"diag": counts("25/12/2020"), "naiss": counts("03/04/1960")})
    assert orders.of("naiss") == "dmy" and orders.undecided == ()


def test_columns_that_disagree_leave_the_third_open() -> None:
    orders = date_orders({"a": counts("25/12/2020"), "b": counts("12/25/2020"), "c": counts("03/04/1960")})
    assert (orders.of("a"), orders.of("b"), orders.of("c")) == ("dmy", "mdy", None)
    assert orders.undecided == ("c",)
    guess = date_guess(orders, whole=True)
    assert guess is not None and guess.value == "" and guess.confidence < 0.5


def test_undecided_dates_are_asked_for() -> None:
    guess = date_guess(date_orders({"naiss": counts("03/04/1960")}), whole=True)
    assert guess is not None and guess.value == "" and set(guess.choices) == {"dmy", "mdy"}
    assert "naiss" in guess.evidence.fr and "1960" not in guess.evidence.fr


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("3,2", "7,15"), {"decimal_mark": ","}),
        (("3.2", "C34.1"), {"decimal_mark": "."}),
        (("12 345", "1 000 000,5"), {"decimal_mark": ",", "thousands_mark": " "}),
        (("1.234.567",), {"thousands_mark": "."}),
        (("1'234",), {"thousands_mark": "'"}),
        (("C50.4", "01/02/2020", "8140/3"), {}),
    ],
)
def test_marks_are_guessed_from_what_they_can_only_be(
    values: tuple[str, ...], expected: dict[str, str]
) -> None:
    found = number_guesses({"x": counts(*values)})
    assert {guess.option: guess.value for guess in found} == expected


def test_three_digits_after_a_mark_are_doubtful() -> None:
    found = {guess.option: guess for guess in number_guesses({"x": counts("1.234", "2.500")})}
    assert all(guess.confidence <= 0.5 for guess in found.values())
    assert found["thousands_mark"].value == ""


def test_how_a_cell_is_read_changes_with_the_choice() -> None:
    month, day = replace(PLAIN, date_order="mdy"), replace(PLAIN, date_order="dmy")
    assert shown_as("03/04/2026", month, None) == "2026-03-04"
    assert shown_as("03/04/2026", day, None) == "2026-04-03"
    assert shown_as("03/04/2026", PLAIN, None) == "?"
    assert shown_as("25/12/2026", month, "dmy") == "?"
    assert shown_as("1 234,5", replace(PLAIN, thousands_mark=" ", decimal_mark=","), None) == "1234.5"
    assert shown_as("C50.4", replace(PLAIN, thousands_mark=".", decimal_mark=","), None) is None


def dated(folder: Path, *dates: str) -> Path:
    path = folder / "a.csv"
    rows = "".join(f"P{i};{day};M;C61.9\n" for i, day in enumerate(dates))
    path.write_text(f"N° patient;Date de naissance;Sexe;Topographie\n{rows}", encoding="utf-8")
    return path


def test_the_answer_goes_into_the_recipe(tmp_path: Path) -> None:
    extract = open_extract(dated(tmp_path, "03/04/1960", "05/06/1961"))
    recipe, orders = draft_recipe(extract, load_contract("rnc-tumeurs")).recipe, survey(extract).orders
    assert undecided_dates(recipe, extract, orders) == ("Date de naissance",)
    answered = replace(extract, options=replace(extract.options, date_order="mdy"))
    assert undecided_dates(recipe, answered, orders) == ()
    settled = with_conventions(recipe, answered, orders)
    assert settled.columns[1].date_formats[0] == "mm/dd/yyyy"
    assert with_conventions(
        settled, replace(answered, options=replace(extract.options, date_order="dmy")), orders
    )


def test_a_proven_order_needs_no_question(tmp_path: Path) -> None:
    extract = open_extract(dated(tmp_path, "03/14/1960", "05/06/1961"))
    recipe, orders = draft_recipe(extract, load_contract("rnc-tumeurs")).recipe, survey(extract).orders
    assert undecided_dates(recipe, extract, orders) == ()
    assert with_conventions(recipe, extract, orders).columns[1].date_formats[0] == "mm/dd/yyyy"


def test_forms_keep_their_mark() -> None:
    assert in_order("dd-mm-yyyy", "mdy") == "mm-dd-yyyy"
    assert in_order("mm/dd/yyyy", "dmy") == "dd/mm/yyyy"
    assert in_order("yyyymmdd", "mdy") == "yyyymmdd"


def test_a_thousands_mark_is_taken_out_where_it_is_sure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("zone;pop;note\nA;12 345;vu le 3 100\nB;1 000 200;x\nC;77;y\n", encoding="utf-8")
    assert detect(path).options.thousands_mark == " "
    frame = open_extract(path).frame
    assert frame.get_column("pop").to_list() == ["12345", "1000200", "77"]
    assert frame.get_column("note").to_list()[0] == "vu le 3 100"
    kept = open_extract(path, detect(path, {"thousands_mark": None}).options).frame
    assert kept.get_column("pop").to_list()[0] == "12 345"


@pytest.mark.parametrize(
    ("name", "order"),
    [("registre/extrait.csv", "dmy"), ("classeur/extrait.xlsx", "dmy"), ("desordre/extract.tsv", None)],
)
def test_the_samples_are_decided_by_themselves(shared: Path, name: str, order: str | None) -> None:
    extract = open_extract(shared / "samples" / name)
    orders = survey(extract).orders
    assert orders.common == order and orders.undecided == () and orders.mixed == ()
