"""The contracts of the European call against the facts of its layout, and their rules on real calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules.check import Checker
from validation_rules.contract import Contract, load_contract
from validation_rules.normalise import normalise

FILES = ("incidence", "mortality", "population", "lifetable")
TODAY = date(2026, 11, 22)
Found = set[tuple[int, str]]


def found(name: str, *rows: dict[str, str]) -> Found:
    """(row, rule id) of the findings on example rows, each changed in a few values."""
    terms = load_contract(f"encr-{name}")
    filled = [{**terms.example, **row} for row in rows]
    frame = normalise(pl.DataFrame(filled, schema=dict.fromkeys(terms.field_names, pl.String)), terms)
    findings = Checker(terms, TODAY).check(frame)
    return set(findings.select("row_id", pl.col("rule_id").cast(pl.String)).iter_rows())


def figures(*rows: tuple[str, str, str, str], of: str = "number_of_residents") -> list[dict[str, str]]:
    names = ("calendar_year", "sex", "age_unit", of)
    return [dict(zip(names, row, strict=True)) for row in rows]


def population(ages: list[int], sexes: str = "12", years: str = "2020") -> list[dict[str, str]]:
    cells = [(y, s, str(a), "100") for y in years.split() for s in sexes for a in ages]
    return figures(*cells)


@pytest.fixture
def layout(shared: Path) -> Callable[[str], pl.DataFrame]:
    listed = pl.read_csv(shared / "reference" / "jrc_encr" / "call_for_data_layout.csv", infer_schema=False)
    return lambda name: listed.filter(pl.col("dataset") == name).sort(pl.col("order").cast(pl.Int16))


@pytest.mark.parametrize("name", FILES)
def test_columns_are_those_of_the_call_in_its_order(layout: Callable[[str], pl.DataFrame], name: str) -> None:
    terms, listed = load_contract(f"encr-{name}"), layout(name)
    assert list(terms.export_names) == listed["variable"].to_list()
    assert terms.export_separator == ";"
    required = [f.required == "yes" for f in terms.fields]
    assert required == [core == "yes" for core in listed["core_variable"]]


def test_code_lists_are_those_of_the_call(shared: Path, layout: Callable[[str], pl.DataFrame]) -> None:
    lists = pl.read_csv(shared / "reference" / "jrc_encr" / "code_lists.csv", infer_schema=False)
    by_name = {name[0]: set(part["code"]) for name, part in lists.group_by("list")}
    terms = load_contract("encr-incidence")
    for variable, values in layout("incidence").select("variable", "values").iter_rows():
        field = next(f for f in terms.fields if f.export_name == variable)
        if values and values.startswith("code_lists:") and " or " not in values:
            # Code 3 of the vital status is NORDCAN's own.
            assert set(field.codes) == by_name[values.split(":")[1]] - (
                {"3"} if variable == "Vit_stat" else set()
            )
    both = by_name["basis_1999"] | {code for code in by_name["basis_2022"] if "." not in code}
    assert set(terms.field("bod").codes) == both


def test_nothing_of_the_pseudonyms_is_outside_the_identity_zone() -> None:
    terms = load_contract("encr-incidence")
    assert {"pat", "tum", "mob", "yob", "sex", "geo_code", "geo_label"} == set(terms.identity_fields)
    for name in ("mortality", "population", "lifetable"):
        assert load_contract(f"encr-{name}").identity_fields == ()


DAYS = st.dates(date(1950, 1, 1), date(2026, 11, 22))


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.tuples(DAYS, st.integers(0, 25_000), st.booleans(), st.booleans()), min_size=1, max_size=40)
)
def test_a_survival_counted_on_the_calendar_never_contradicts_its_months(
    cases: list[tuple[date, int, bool, bool]],
) -> None:
    rows = []
    for number, (start, days, month, last_month) in enumerate(cases):
        end = min(start + timedelta(days=days), TODAY)
        rows.append(
            {
                "tum": f"T{number}", "yob": "9999", "mob": "99", "age": "999", "morpho": "8000",
                "topo": "C809", "moi": f"{start:%m}" if month else "99", "yoi": f"{start:%Y}",
                "mof": f"{end:%m}" if last_month else "99", "yof": f"{end:%Y}",
                "surv_time": str((end - start).days), "grade": "9",
            }
        )  # fmt: skip
    assert not {rule for _, rule in found("incidence", *rows)} & {"JE-06A", "JE-04B", "JE-04D", "JE-04E"}


@settings(max_examples=20, deadline=None)
@given(DAYS, st.integers(0, 20_000))
def test_a_survival_beyond_the_last_possible_day_is_told(start: date, days: int) -> None:
    end = min(start + timedelta(days=days), TODAY)
    first = start.replace(day=1)
    last = (end.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    row = {"yob": "9999", "mob": "99", "age": "999", "moi": f"{start:%m}", "yoi": f"{start:%Y}",
           "mof": f"{end:%m}", "yof": f"{end:%Y}", "topo": "C809", "morpho": "8000"}  # fmt: skip
    most = (last - first).days
    fires = found("incidence", row | {"surv_time": str(most)}, row | {"tum": "B", "surv_time": str(most + 1)})
    assert [n for n, rule in sorted(fires) if rule == "JE-06A"] == [2]


@settings(max_examples=20, deadline=None)
@given(st.dates(date(1930, 1, 1), date(2020, 1, 1)), st.integers(0, 36_000))
def test_the_true_age_never_contradicts_the_months(birth: date, days: int) -> None:
    day = min(birth + timedelta(days=days), TODAY)
    age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    row = {"mob": f"{birth:%m}", "yob": f"{birth:%Y}", "moi": f"{day:%m}", "yoi": f"{day:%Y}", "yof": "9999",
           "mof": "99", "surv_time": "99999", "topo": "C809", "morpho": "8000"}  # fmt: skip
    rules = {
        rule for _, rule in found("incidence", row | {"age": str(age)}, row | {"age": "999", "tum": "B"})
    }
    assert not rules & {"JE-05", "JE-04A", "JE-04C"}


def test_a_tumour_twice_is_told_on_both_rows_whoever_the_patient() -> None:
    assert found("incidence", {}, {"pat": "N2"}, {"pat": "N3", "tum": "N3"}) == {(1, "JE-02"), (2, "JE-02")}


def test_two_tumours_of_a_person_that_are_one() -> None:
    same, later = {"tum": "N3", "morpho": "8140"}, {"tum": "N4", "topo": "C341", "morpho": "8070"}
    assert found("incidence", {}, same, later) == {(1, "JE-19A"), (2, "JE-19A")}


def test_a_bad_code_silences_what_reads_it() -> None:
    assert found("incidence", {"topo": "C999", "sex": "1"}) == {(1, "JE-01A")}
    assert found("incidence", {"topo": "C50.4"}) == {(1, "FMT-topo")}
    assert found("incidence", {"yof": "2019", "surv_time": "10"}) == {(1, "JE-04B")}
    assert found("incidence", {"yob": "2021", "mob": "01", "age": "70"}) == {(1, "JE-04A")}


def test_a_whole_population_has_no_finding() -> None:
    assert found("population", *population(list(range(100)), years="2019 2020")) == set()
    assert found("population", *population([0, *range(5, 90, 5)])) == set()
    assert found("population", *population([0, 1, *range(5, 90, 5)])) == set()
    assert found("population", *population(list(range(1, 19)))) == set()


def test_population_told_once_where_something_lacks() -> None:
    rows = population([0, 1, 2, 3, 4, 5, 6, 7, 8])
    missing = [row for n, row in enumerate(rows) if n != 16]  # age 7 of the other sex
    assert found("population", *missing) == {(10, "EP-05")}
    assert found("population", *population([0, 1, 2], sexes="1")) == {(1, "EP-06")}
    assert found("population", *population([2, 3, 4])) == {(1, "EP-07")}
    assert found("population", *population([0, 5, 10, 20])) == {(4, "EP-07")}
    assert found("population", *population([0, 10, 20])) == {(2, "EP-07")}


def test_population_figures_and_order() -> None:
    rows = population([0, 1, 2, 3])
    rows[1] |= {"number_of_residents": "-4"}
    rows[2] |= {"number_of_residents": "0"}
    rows[3] |= {"number_of_residents": "3.5"}
    assert found("population", *rows) == {(2, "EP-03"), (3, "EP-04"), (4, "FMT-number_of_residents")}
    swapped = population([0, 1, 2])
    swapped[0], swapped[1] = swapped[1], swapped[0]
    assert found("population", *swapped) == {(2, "EP-08")}
    assert found("population", *population([0, 1]), population([0])[0]) >= {(1, "EP-01"), (5, "EP-01")}


def test_life_table_probabilities() -> None:
    values = ["0.003", "8e-05", "0", "1.01", "0,5"]
    rows = figures(*(("2020", s, str(a), v) for s in "12" for a, v in enumerate(values)),
                   of="all_causes_death_probability")  # fmt: skip
    told = found("lifetable", *rows)
    assert told == {(4, "EL-03"), (5, "FMT-all_causes_death_probability"), (9, "EL-03"),
                    (10, "FMT-all_causes_death_probability")}  # fmt: skip


def test_mortality_cells() -> None:
    rows: list[dict[str, str]] = [{"age_unit": str(a)} for a in (50, 55, 60)]
    assert found("mortality", *rows) == set()
    assert found("mortality", *rows, rows[0]) == {(1, "EM-01"), (4, "EM-01"), (4, "EM-06")}
    assert found("mortality", {"calendar_year": "2027"}, {"sex": "1", "cause_of_death": "C53"}) == {
        (1, "EM-02"),
        (2, "EM-04"),
    }
    assert found("mortality", {"number_of_deaths": "-1"}, {"age_unit": "999"}) == {(1, "EM-03")}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("12"), st.integers(0, 7), st.sampled_from(["2019", "2020"])),
                min_size=1, max_size=30), st.data())  # fmt: skip
def test_an_edited_figure_is_checked_as_if_the_file_were_new(
    cells: list[tuple[str, int, str]], data: st.DataObject
) -> None:
    terms: Contract = load_contract("encr-population")
    rows = figures(*((year, sex, str(age), "10") for sex, age, year in cells))
    schema = dict.fromkeys(terms.field_names, pl.String)
    before = normalise(pl.DataFrame(rows, schema=schema), terms)
    place = data.draw(st.integers(0, len(rows) - 1))
    rows[place] = rows[place] | {"age_unit": str(data.draw(st.integers(0, 7)))}
    rows[place] |= {"calendar_year": data.draw(st.sampled_from(["2019", "2020"]))}
    after = normalise(pl.DataFrame(rows, schema=schema), terms)
    checker = Checker(terms, TODAY)
    again = checker.recheck(after, checker.check(before), [place + 1], before)
    assert again.equals(checker.check(after))
