"""Numbers of persons, places and institutions: keys, silences, and the words of the card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.explain import explain

Fires = Callable[..., set[str]]
Records = Callable[..., pl.DataFrame]

DIGITS = st.sampled_from("0123456789")
NUMBERS = st.builds(
    lambda sex, birth, department, rest: sex + birth + department + rest,
    st.sampled_from("123478"),
    st.text(DIGITS, min_size=4, max_size=4),
    st.text(DIGITS, min_size=2, max_size=2) | st.sampled_from(["2A", "2B"]),
    st.text(DIGITS, min_size=6, max_size=6),
)
INSTITUTIONS = st.builds(
    lambda department, rest: department + rest,
    st.text(DIGITS, min_size=2, max_size=2) | st.sampled_from(["2A", "2B"]),
    st.text(DIGITS, min_size=6, max_size=6),
)


def _key(number: str) -> int:
    return 97 - int(number.replace("2A", "19").replace("2B", "18")) % 97


def _luhn(number: str) -> int:
    digits = [int({"A": "1", "B": "2"}.get(c, c)) for c in reversed(number)]
    return sum(d if place % 2 == 0 else sum(divmod(2 * d, 10)) for place, d in enumerate(digits)) % 10


def test_published_numbers(shared: Path, fired: Fires) -> None:
    vectors = pl.read_csv(shared / "reference" / "french_ids" / "nir_test_vectors.csv", infer_schema=False)
    for number, valid, note in vectors.iter_rows():
        about = fired(matricule_ins=number) & {"IDN-01", "FMT-matricule_ins"}
        well_formed = "key" in note or valid == "1"
        assert about == (set() if valid == "1" else {"IDN-01" if well_formed else "FMT-matricule_ins"})


@settings(max_examples=10, deadline=None)
@given(number=NUMBERS)
def test_one_key_of_a_hundred_is_right(checker: Checker, records: Records, number: str) -> None:
    frame = records(*({"matricule_ins": f"{number}{key:02d}"} for key in range(100)))
    found = checker.check(frame).filter(pl.col("rule_id") == "IDN-01")
    assert set(range(1, 101)) - set(found["row_id"]) == {_key(number) + 1}


@settings(max_examples=10, deadline=None)
@given(body=INSTITUTIONS)
def test_one_digit_of_ten_is_right(checker: Checker, records: Records, body: str) -> None:
    frame = records(*({"finess_traitement": f"{body}{key}"} for key in range(10)))
    found = checker.check(frame).filter(pl.col("rule_id") == "FIN-02")
    assert set(range(1, 11)) - set(found["row_id"]) == {k + 1 for k in range(10) if not _luhn(f"{body}{k}")}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"matricule_ins": "2500369123901", "commune_naissance": "69999"}, {"GEO-04"}),
        ({"commune_residence": "69999", "code_postal": "75011"}, {"GEO-01"}),
        ({"commune_residence": "69381", "code_postal": "75011"}, {"GEO-02", "GEO-03"}),
        ({"statut_identite": "VALI", "matricule_ins": "25003"}, {"FMT-matricule_ins"}),
        ({"matricule_ins": "1510469123901", "sexe": "F"}, {"COD-sexe", "IDN-03", "IDN-04"}),
        ({"matricule_ins": "2510469123901", "date_naissance": "1950-02-30"}, {"DAT-09"}),
        ({"nom_naissance": "X", "nom_utilise": "TEST", "prenoms": "?"}, {"IDN-08", "FMT-prenoms"}),
        ({"finess_diagnostic": "69990001"}, {"FMT-finess_diagnostic"}),
    ],
)
def test_one_cause_one_finding(fired: Fires, change: dict[str, str], expected: set[str]) -> None:
    assert fired(**change, age_incidence="") == expected


def test_placeholder_names_are_told_one_by_one(checker: Checker, records: Records) -> None:
    found = checker.check(records({"nom_naissance": "X", "nom_utilise": "X", "prenoms": "Jean"}))
    assert found.select(pl.col("field").cast(pl.String)).to_series().to_list() == [
        "nom_naissance",
        "nom_utilise",
    ]


def test_the_card_names_the_commune_in_force(contract: Contract) -> None:
    card = explain(contract, "GEO-02", {"commune_residence": "69381"}, "fr")
    assert "69123 (Lyon)" in card.message and card.fix.startswith("Écrivez 69123")
