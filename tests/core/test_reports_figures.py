"""The report counts what its docstrings say, writes numbers as the language does, and names nobody."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.mapping import Recipe
from desktop_app.core.reports import Report, build_report, draw, render_html
from desktop_app.core.reports.numbers import number, percent, wilson
from desktop_app.core.stages import Checked, Mapped, SourceFile
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

TODAY = date(2026, 11, 22)
SVG = "{http://www.w3.org/2000/svg}"
ROWS = [
    {"numero_patient": "P1", "nom_naissance": "Zyxwv", "sexe": "1", "date_naissance": "1950-01-01",
     "date_incidence": "2024-03-01", "topographie": "C34.1", "morphologie": "8140", "comportement": "3",
     "base_diagnostic": "7", "stade": "2", "date_enregistrement": "2024-03-31", "statut_vital": "1"},
    {"numero_patient": "P1", "nom_naissance": "Zyxwv", "sexe": "2", "date_naissance": "1950-01-01",
     "date_incidence": "2024-03", "topographie": "C80.9", "morphologie": "8000", "comportement": "3",
     "base_diagnostic": "0", "stade": "9", "statut_vital": "2"},
    {"numero_patient": "P2", "nom_naissance": "Zyxwv", "sexe": "2", "date_naissance": "1960-06-01",
     "date_incidence": "2023-03-01", "topographie": "C50.1", "morphologie": "8500", "comportement": "3",
     "base_diagnostic": "7.1", "stade": "1", "date_enregistrement": "2023-04-10", "statut_vital": "1"},
    {"numero_patient": "P3", "nom_naissance": "<b>&", "sexe": "2", "age_incidence": "999",
     "date_incidence": "2023", "topographie": "C42.1", "morphologie": "9732", "comportement": "3",
     "base_diagnostic": "2", "statut_vital": "1"},
]  # fmt: skip


def checked(rows: list[dict[str, str]] = ROWS) -> Checked:
    contract = load_contract()
    frame = pl.DataFrame(
        [{"row_id": at} | row for at, row in enumerate(rows, 1)],
        schema={"row_id": pl.UInt32} | dict.fromkeys(contract.field_names, pl.String),
    )
    findings = pl.DataFrame(
        {"row_id": [3], "field": ["grade+comportement"], "rule_id": ["REQ-sexe"], "severity": ["confirm"],
         "value": [""], "state": ["confirmed"]},
        schema_overrides={"row_id": pl.UInt32},
    )  # fmt: skip
    recipe = Recipe.model_validate({"contract": "rnc-tumeurs", "format": "delimited", "columns": []})
    source = SourceFile(Path("Zyxwv.csv"), "0" * 64, 1)
    frame = normalise(frame, contract)
    return Checked(Mapped(source, recipe, contract, frame), frame, findings, TODAY)


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(checked())


@pytest.mark.parametrize(
    ("code", "part", "whole"),
    [("MV", 2, 4), ("DCO", 1, 4), ("PSU", 1, 4), ("STAGEC", 2, 3), ("UM", 1, 4), ("CLIN", 1, 4),
     ("AGEUNK", 1, 4), ("WARN", 1, 4), ("ERR", 0, 4)],
)  # fmt: skip
def test_shares_count_their_definition(report: Report, code: str, part: int, whole: int) -> None:
    figure = report.figure(code)
    assert (figure.numerator, figure.denominator) == (part, whole)
    assert figure.value == pytest.approx(100 * part / whole)


def test_timeliness_is_the_median_of_known_delays(report: Report) -> None:
    figure = report.figure("TIME")
    assert (figure.value, figure.denominator) == (35.0, 2)


def test_trend_goes_by_year_of_incidence(report: Report) -> None:
    assert [(point.year, point.value) for point in report.figure("MV").trend] == [(2023, 50.0), (2024, 50.0)]


def test_sex_ratio_is_men_over_women(report: Report) -> None:
    assert report.figure("SR").value == pytest.approx(1 / 3)


def test_persons_are_counted_once(report: Report) -> None:
    assert (report.records, report.persons, report.period) == (4, 3, ("2023", "2024"))


def test_an_empty_batch_has_figures_without_values() -> None:
    empty = build_report(checked([]))
    assert empty.figure("MV").value is None
    assert "–" in render_html(empty, "fr")


def test_wilson_is_the_published_interval() -> None:
    # Newcombe, Stat Med 1998;17:857-872, table I: 81 of 263.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 20)[0] == 0
    with pytest.raises(ValueError, match="at least one"):
        wilson(0, 0)


@given(st.integers(1, 10**6), st.data())
def test_wilson_holds_the_proportion(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high <= 1


def test_numbers_follow_the_language() -> None:
    assert number(48210.5, "fr", 1) == "48\N{NARROW NO-BREAK SPACE}210,5"
    assert percent(95.25, "fr") == "95,2\N{NO-BREAK SPACE}%"
    assert percent(95.25, "en") == "95.2%"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_holds_no_identity_and_no_outside_resource(report: Report, language: str) -> None:
    page = render_html(report, "fr" if language == "fr" else "en")
    assert f'<html lang="{language}">' in page
    assert "Zyxwv" not in page
    assert "<b>&" not in page
    assert "P1" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert not re.findall(r"(?:src|href)=|url\(|<script|@import", page)
    assert set(re.findall(r"https?://[^\"]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_every_chart_says_its_numbers(report: Report) -> None:
    for chart in report.charts:
        root = ElementTree.fromstring(draw(chart, "fr"))
        assert root.findtext(f"{SVG}title") == chart.title.fr
        described = root.findtext(f"{SVG}desc") or ""
        assert all(item.label.fr in described for item in chart.items)
