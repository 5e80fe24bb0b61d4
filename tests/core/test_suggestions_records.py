"""Suggestions that rest on the INS number, on postal codes, and on the other rows of the batch."""

from __future__ import annotations

import pytest

from desktop_app.core.suggestions.number import completed
from tests.core.suggestion_parts import Values, new_values, rows_of, suggested, suggestions
from tests.core.test_suggestions_person import WOMAN
from tests.core.test_suggestions_tumour import BREAST, COLON

NUMBER = "250013818500107"  # of a woman born in January 1950
TEST, NIR, NIA = (f"1.2.250.1.213.1.4.{last}" for last in (10, 8, 9))
DEAD = {"base_diagnostic": "0", "sources": "DC", "morphologie": "8000", "grade": "9"}
CASES: list[tuple[Values, str, dict[str, str | None]]] = [
    ({"oid_ins": TEST, "matricule_ins": NUMBER}, "IDN-06", {"oid_ins": NIR}),
    ({"oid_ins": TEST, "matricule_ins": completed("7500138185001")}, "IDN-06", {"oid_ins": NIA}),
    ({"oid_ins": "NIR", "matricule_ins": NUMBER}, "FMT-oid_ins", {"oid_ins": NIR}),
    ({"date_naissance": None, "matricule_ins": NUMBER}, "REQ-date_naissance", {"date_naissance": "1950-01"}),
    ({"date_naissance": "1950-00-31", "matricule_ins": NUMBER}, "DAT-09", {"date_naissance": "1950-01"}),
    ({"date_naissance": "1938-01-15", "matricule_ins": NUMBER, "age_incidence": "83"}, "IDN-03",
     {"date_naissance": "1950-01-15", "age_incidence": "71"}),
    ({"code_postal": "13005", "commune_residence": "67138"}, "GEO-03", {"code_postal": "67117"}),
    ({"code_postal": None, "commune_residence": "38600"}, "GEO-01", {"commune_residence": "38169"}),
    ({"code_postal": "38600", "commune_residence": None}, "REQ-commune_residence",
     {"commune_residence": "38169"}),
    ({**COLON, "base_diagnostic": "2", "sources": "PMSI+RCP"}, "BAS-01", {"morphologie": "8000"}),
    ({**COLON, "base_diagnostic": "2", "sources": "PMSI", "pt": "T2", "edition_tnm": "8", "chirurgie": "1"},
     "BAS-01", {"morphologie": "8000"}),
    ({**COLON, **DEAD, "sources": "DC+PMSI", "statut_vital": "2", "date_incidence": "2024-01-02"}, "BAS-07",
     {"base_diagnostic": "9"}),
    ({**COLON, **DEAD, "statut_vital": "9", "date_incidence": "2020-01-02", "age_incidence": "69"}, "BAS-03",
     {"statut_vital": "2", "date_incidence": "2024-01-02", "age_incidence": "73"}),
    ({**COLON, "topographie": "C77.2", "lateralite": None}, "SIT-02", {"topographie": "C80.9"}),
    ({**COLON, "comportement": "6", "ct": "T2", "edition_tnm": "8"}, "ICO-05", {"comportement": "3"}),
    ({**BREAST, "lateralite": "4"}, "LAT-03", {"lateralite": "1"}),
    ({**COLON, "lateralite": "D"}, "COD-lateralite", {"lateralite": "0"}),
    ({"date_incidence": "FIN2021"}, "FMT-date_incidence", {"date_incidence": "2021"}),
    ({"date_incidence": "MARS2021"}, "FMT-date_incidence", {"date_incidence": "2021-03"}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "rule_id", "expected"), CASES)
def test_the_value_that_the_record_tells_comes_first(
    record: Values, rule_id: str, expected: dict[str, str | None]
) -> None:
    assert new_values(suggested({**WOMAN, **record}, rule_id))[:1] == [expected]


@pytest.mark.parametrize(
    ("record", "rule_id"),
    [
        ({"oid_ins": TEST, "matricule_ins": "2500138185001"}, "IDN-06"),  # no key: nothing proves the number
        ({"oid_ins": TEST, "matricule_ins": None}, "IDN-06"),
        ({"code_postal": "13005", "commune_residence": "75056"}, "GEO-03"),  # Paris has many postal codes
        ({**COLON, "greffe_csh": "1"}, "TRT-02"),
        ({"date_dernieres_nouvelles": "2012-01-02", "date_incidence": "2011-05-06"}, "VIT-03"),
        ({"date_naissance": None, "matricule_ins": "250013818500100"}, "REQ-date_naissance"),
    ],
)
def test_what_no_value_tells_is_not_guessed(record: Values, rule_id: str) -> None:
    told = new_values(suggested({**WOMAN, **record}, rule_id))
    assert [one for one in told if "commune_residence" not in one] == []


def test_a_pathological_t_is_microscopic_proof() -> None:
    record = {**COLON, "base_diagnostic": "2", "sources": "PMSI", "pt": "T2", "edition_tnm": "8"}
    made = suggested({**WOMAN, **record, "chirurgie": "1"}, "BAS-01")
    assert {"base_diagnostic": "7"} in new_values(made)
    assert next(one for one in made if "base_diagnostic" in one.new).adds == ("BAS-06",)


def test_a_key_that_cannot_be_read() -> None:
    told = new_values(suggested({**WOMAN, "matricule_ins": "2500138185001?"}, "FMT-matricule_ins"))
    assert told == [{"matricule_ins": NUMBER[:13]}, {"matricule_ins": NUMBER}]


@pytest.mark.parametrize(
    ("number", "whole"),
    [("2500138185001", NUMBER), ("2A00138185001", None), (NUMBER, None), ("", None), (None, None)],
)
def test_the_key_of_a_number_without_one(number: str | None, whole: str | None) -> None:
    assert completed(number) == whole


def test_the_key_of_a_number_of_corsica() -> None:
    assert completed("250012A004001") == "250012A004001" + f"{97 - 2500119004001 % 97:02}"


def two(one: Values, other: Values) -> list[Values]:
    return [{**WOMAN, "numero_patient": "P9", "numero_tumeur": "1", **one},
            {**WOMAN, "numero_patient": "P9", "numero_tumeur": "2", "topographie": "C34.1",
             "lateralite": "1", **other}]  # fmt: skip


PAIRS: list[tuple[Values, Values, str, dict[str, str | None] | None]] = [
    ({"nom_naissance": None}, {"nom_naissance": "EXEMPLE"}, "REQ-nom_naissance",
     {"nom_naissance": "EXEMPLE"}),
    ({"sexe": None}, {}, "REQ-sexe", {"sexe": "2"}),
    ({"prenoms": "INCONNU"}, {"prenoms": "ANNE"}, "IDN-08", {"prenoms": "ANNE"}),
    ({"statut_identite": "VALI"}, {"matricule_ins": NUMBER}, "IDN-07", {"matricule_ins": NUMBER}),
    ({"date_dernieres_nouvelles": "2012-05-06", "date_incidence": "2011-05-06"}, {}, "VIT-03",
     {"date_dernieres_nouvelles": "2024-01-02"}),
    ({"statut_vital": "2", "date_dernieres_nouvelles": None}, {"statut_vital": "2"}, "VIT-01",
     {"date_dernieres_nouvelles": "2024-01-02"}),
    ({"greffe_csh": "1"}, {"greffe_csh": "1", "topographie": "C42.1", "morphologie": "9861",
                           "lateralite": "0", "grade": "9"}, "TRT-02", {"greffe_csh": "0"}),
    ({"greffe_csh": "1"}, {"greffe_csh": "0", "topographie": "C42.1", "morphologie": "9861",
                           "lateralite": "0", "grade": "9"}, "TRT-02", None),
    ({**BREAST, "lateralite": "4"}, {"topographie": "C50.2", "morphologie": "8520", "lateralite": "2"},
     "LAT-03", {"lateralite": "1"}),
    ({"numero_patient": None, "matricule_ins": NUMBER}, {"matricule_ins": NUMBER[:13]}, "REQ-numero_patient",
     {"numero_patient": "P9"}),
    ({"numero_patient": "P8", "matricule_ins": NUMBER}, {"matricule_ins": NUMBER[:13]}, "IDN-09",
     {"numero_patient": "P9"}),
    ({"numero_patient": "P8", "matricule_ins": NUMBER}, {"matricule_ins": NUMBER, "numero_tumeur": "1"},
     "IDN-09", {"numero_patient": "P9", "numero_tumeur": "2"}),
    ({"numero_patient": "P8", "matricule_ins": NUMBER, "prenoms": "ANNE"},
     {"matricule_ins": NUMBER, "prenoms": "ELSA"}, "IDN-09", None),
    ({"numero_patient": "P8", "matricule_ins": NUMBER, "date_naissance": "1961-01-15",
      "statut_identite": "VALI"}, {"matricule_ins": NUMBER}, "IDN-09",
     {"matricule_ins": None, "statut_identite": "PROV"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "rule_id", "expected"), PAIRS)
def test_what_another_row_tells(
    one: Values, other: Values, rule_id: str, expected: dict[str, str | None] | None
) -> None:
    told = new_values(suggestions(rows_of(two(one, other)), 1, rule_id))
    assert told[:1] == ([] if expected is None else [expected])
