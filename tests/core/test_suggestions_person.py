"""Suggestions for identities, dates and places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.suggestion_parts import Values, new_values, rows_of, suggested, suggestions

WOMAN: Values = {
    "sexe": "2", "date_naissance": "1950-01-15", "commune_naissance": None, "matricule_ins": None,
    "topographie": "C18.2", "morphologie": "8140", "lateralite": "0", "age_incidence": None,
    "date_incidence": "2021-03-04", "date_dernieres_nouvelles": "2024-01-02", "date_enregistrement": None,
    "statut_vital": "1", "cause_deces": None, "grade": "2", "base_diagnostic": "7",
}  # fmt: skip
CASES: list[tuple[Values, str, dict[str, str | None]]] = [
    ({"matricule_ins": "250013818500100"}, "IDN-01", {"matricule_ins": "250013818500107"}),
    ({"matricule_ins": "150013818500107"}, "IDN-01", {"matricule_ins": "250013818500107"}),
    ({"matricule_ins": "1500138185001"}, "IDN-02", {"sexe": "1"}),
    ({"matricule_ins": "2510138185001"}, "IDN-03", {"date_naissance": "1951-01-15"}),
    ({"matricule_ins": "2500438185001"}, "IDN-04", {"date_naissance": "1950-04-15"}),
    ({"matricule_ins": "2500438185001", "date_naissance": "1950-01-04"}, "IDN-04",
     {"date_naissance": "1950-04-01"}),
    ({"matricule_ins": "2500138185001", "commune_naissance": "69123"}, "IDN-05",
     {"commune_naissance": "38185"}),
    ({"statut_identite": "VALI"}, "IDN-07", {"statut_identite": "PROV"}),
    ({"nom_utilise": "XXX"}, "IDN-08", {"nom_utilise": None}),
    ({"prenoms": "C0RINNE"}, "IDN-08", {"prenoms": "CORINNE"}),
    ({"commune_residence": "14615", "code_postal": None}, "GEO-02", {"commune_residence": "14371"}),
    ({"commune_naissance": "20900", "matricule_ins": "2500138185001"}, "GEO-04",
     {"commune_naissance": "38185"}),
    ({"date_incidence": "2021-25-03"}, "DAT-09", {"date_incidence": "2021-03-25"}),
    ({"date_incidence": "2021-03-00"}, "DAT-09", {"date_incidence": "2021-03"}),
    ({"date_incidence": "2021-04-31"}, "DAT-09", {"date_incidence": "2021-04-30"}),
    ({"age_incidence": "17"}, "DAT-04", {"age_incidence": "71"}),
    ({"date_naissance": "2050-01-15"}, "DAT-03", {"date_naissance": "1950-01-15"}),
    ({"date_incidence": "1921-03-04", "age_incidence": "71"}, "DAT-01", {"date_incidence": "2021-03-04"}),
    ({"date_dernieres_nouvelles": "2021-02-10"}, "DAT-02", {"date_dernieres_nouvelles": "2021-10-02"}),
    ({"date_dernieres_nouvelles": "2020-12-25"}, "DAT-02",
     {"date_incidence": "2020-12-25", "date_dernieres_nouvelles": "2021-03-04"}),
    ({"base_diagnostic": "0", "statut_vital": "2", "sources": "DC"}, "BAS-04",
     {"date_incidence": "2024-01-02"}),
    ({"date_naissance": "15/01/1950"}, "FMT-date_naissance", {"date_naissance": "1950-01-15"}),
    ({"date_incidence": "44259"}, "FMT-date_incidence", {"date_incidence": "2021-03-04"}),
    ({"date_incidence": "4-MARS-2021"}, "FMT-date_incidence", {"date_incidence": "2021-03-04"}),
    ({"date_incidence": "2O21-O3-O4"}, "FMT-date_incidence", {"date_incidence": "2021-03-04"}),
    ({"matricule_ins": "2.50.01.38.185.001.07"}, "FMT-matricule_ins", {"matricule_ins": "250013818500107"}),
    ({"topographie": "182"}, "FMT-topographie", {"topographie": "C18.2"}),
    ({"topographie": "C18"}, "FMT-topographie", {"topographie": "C18.9"}),
    ({"topographie": "C18,2"}, "FMT-topographie", {"topographie": "C18.2"}),
    ({"morphologie": "8140/3", "comportement": None}, "FMT-morphologie",
     {"morphologie": "8140", "comportement": "3"}),
    ({"commune_residence": "1053"}, "FMT-commune_residence", {"commune_residence": "01053"}),
    ({"age_incidence": "71ANS"}, "FMT-age_incidence", {"age_incidence": "71"}),
    ({"sources": "ACP/RCP"}, "FMT-sources", {"sources": "ACP+RCP"}),
    ({"sources": "ACP+XYZ"}, "COD-sources", {"sources": "ACP"}),
    ({"sexe": "F"}, "COD-sexe", {"sexe": "2"}),
    ({"statut_vital": "VIVANTE"}, "COD-statut_vital", {"statut_vital": "1"}),
    ({"base_diagnostic": "7.0"}, "COD-base_diagnostic", {"base_diagnostic": "7"}),
    ({"statut_identite": "PROVISOIRE"}, "COD-statut_identite", {"statut_identite": "PROV"}),
    ({"nom_naissance": "D`EXEMPLE"}, "FMT-nom_naissance", {"nom_naissance": "D'EXEMPLE"}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "rule_id", "expected"), CASES)
def test_the_value_that_the_record_tells_comes_first(
    record: Values, rule_id: str, expected: dict[str, str | None]
) -> None:
    assert new_values(suggested({**WOMAN, **record}, rule_id))[:1] == [expected]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["2A004", "2B033", "38185", "75056"]), st.integers(1, 999), st.integers(0, 98))
def test_the_key_of_any_number(place: str, serial: int, key: int) -> None:
    body = f"25001{place}{serial:03}"
    right = 97 - int(body.replace("2A", "19").replace("2B", "18")) % 97
    given_key = (right + 1 + key) % 100
    if given_key == right:
        given_key = (right + 1) % 100
    record = {**WOMAN, "sexe": "9", "matricule_ins": f"{body}{given_key:02}"}
    assert {"matricule_ins": f"{body}{right:02}"} in new_values(suggested(record, "IDN-01"))


def test_an_institution_of_the_batch_that_differs_by_one_character() -> None:
    good = {**WOMAN, "finess_diagnostic": "690783154"}
    rows = rows_of([good, good, {**WOMAN, "finess_diagnostic": "690783145"}])
    wrong = rows.standing.found.filter(rows.standing.found["rule_id"].cast(str) == "FIN-01")[
        "row_id"
    ].to_list()
    assert wrong == [3]
    assert new_values(suggestions(rows, 3, "FIN-01"))[:1] == [{"finess_diagnostic": "690783154"}]


def test_what_the_other_rows_of_the_patient_say() -> None:
    same = {**WOMAN, "numero_patient": "P9"}
    rows = rows_of([{**same, "numero_tumeur": str(n)} for n in (1, 2)]
                   + [{**same, "numero_tumeur": "3", "date_naissance": "1950-01-16"}])  # fmt: skip
    assert new_values(suggestions(rows, 3, "IDN-10"))[:1] == [{"date_naissance": "1950-01-15"}]
    assert new_values(suggestions(rows, 1, "IDN-10")) == [], "one row does not outweigh two"


def test_values_of_a_person_are_in_no_repr() -> None:
    made = suggested({**WOMAN, "matricule_ins": "250013818500100"}, "IDN-01")[0]
    assert "2500" not in repr(made) and "2500" not in made.name.fr
