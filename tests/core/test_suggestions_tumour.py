"""Suggestions for site, histology, behaviour, stage, follow-up: what a coder would write."""

from __future__ import annotations

import pytest

from tests.core.suggestion_parts import Values, new_values, suggested

BLANK: dict[str, str | None] = dict.fromkeys(
    ("ct", "cn", "cm", "pt", "pn", "pm", "edition_tnm", "stade", "systeme_stade", "grade", "age_incidence")
)
COLON = BLANK | {"topographie": "C18.2", "morphologie": "8140", "lateralite": "0", "sexe": "1"}
BREAST = COLON | {"topographie": "C50.4", "morphologie": "8500", "lateralite": "1", "sexe": "2"}
STAGED = BREAST | {
    "date_incidence": "2014-03-04", "edition_tnm": "7", "edition_cimo": "3.1", "ct": "2", "cn": "0",
    "cm": "0", "systeme_stade": "cS", "base_diagnostic": "7", "date_naissance": "1950-01-15",
}  # fmt: skip
CASES: list[tuple[Values, str, dict[str, str | None]]] = [
    (BREAST | {"topographie": "C50.7"}, "ICO-01", {"topographie": "C50.9"}),
    (BREAST | {"topographie": "C43.5", "lateralite": "9", "morphologie": "8720"}, "ICO-01",
     {"topographie": "C44.5"}),
    (COLON | {"morphologie": "8410"}, "SIT-01", {"morphologie": "8140"}),
    (BREAST | {"morphologie": "5800"}, "ICO-02", {"morphologie": "8500"}),
    (BREAST | {"comportement": "0", "grade": "2"}, "ICO-03", {"comportement": "3"}),
    (BREAST | {"edition_cimo": "3.2", "date_incidence": "2005-06-11"}, "ICO-04", {"edition_cimo": "3"}),
    (COLON | {"comportement": "6"}, "ICO-05", {"topographie": "C80.9", "comportement": "3"}),
    (BREAST | {"topographie": "C80.9", "morphologie": "8520", "lateralite": None}, "ICO-06",
     {"topographie": "C50.9"}),
    (BREAST | {"topographie": "C53.9", "morphologie": "8070", "lateralite": "0", "sexe": "9"}, "SEX-06",
     {"sexe": "2"}),
    (COLON | {"topographie": "C61.9", "sexe": "2", "matricule_ins": None}, "SEX-02", {"sexe": "1"}),
    (COLON | {"lateralite": "1"}, "LAT-02", {"lateralite": "0"}),
    (BREAST | {"lateralite": "0"}, "LAT-01", {"lateralite": "9"}),
    (BREAST | {"comportement": "2", "grade": "2", "pt": "IS", "edition_tnm": "8"}, "GRA-01", {"grade": "9"}),
    (COLON | {"base_diagnostic": "6", "date_incidence": "2024-03-03"}, "BAS-02", {"base_diagnostic": "7.2"}),
    (COLON | {"base_diagnostic": "2", "sources": "ACP+RCP"}, "BAS-01", {"base_diagnostic": "7"}),
    (STAGED | {"stade": "4"}, "STA-03", {"stade": "2"}),
    (STAGED | {"stade": "1", "cm": "1"}, "STA-01", {"stade": "4"}),
    (STAGED | {"stade": "2", "systeme_stade": None}, "STA-04", {"systeme_stade": "cS"}),
    (STAGED | {"edition_tnm": None}, "TNM-03", {"edition_tnm": "7"}),
    (STAGED | {"edition_tnm": "8"}, "TNM-04", {"edition_tnm": "7"}),
    (STAGED | {"cm": "X"}, "TNM-01", {"cm": None}),
    (STAGED | {"cn": "O"}, "TNM-01", {"cn": "0"}),
    (STAGED | {"ct": "T2N0M0", "cn": None, "cm": None}, "TNM-01", {"ct": "2", "cn": "0", "cm": "0"}),
    (STAGED | {"ct": "pT2", "pt": None, "chirurgie": "3"}, "TNM-01", {"ct": None, "pt": "PT2"}),
    (STAGED | {"pt": "2", "chirurgie": "0"}, "TNM-05", {"pt": None}),
    (COLON | {"statut_vital": "1", "cause_deces": "C18.9", "date_dernieres_nouvelles": "2024-01-02"},
     "VIT-02",
     {"statut_vital": "2"}),
    (COLON | {"chirurgie": "0", "chimiotherapie": "2"}, "TRT-01", {"chimiotherapie": "1"}),
]  # fmt: skip


@pytest.mark.parametrize(("record", "rule_id", "expected"), CASES)
def test_the_value_that_a_coder_would_write_comes_first(
    record: Values, rule_id: str, expected: dict[str, str | None]
) -> None:
    assert new_values(suggested(record, rule_id))[:1] == [expected]


def test_no_histology_of_a_group_that_has_nothing_in_common() -> None:
    assert suggested(COLON | {"morphologie": "9450"}, "SIT-01") == []


def test_what_would_ask_for_a_confirmation_comes_after_and_says_so() -> None:
    male = BREAST | {"topographie": "C53.9", "lateralite": "0", "morphologie": "8070", "sexe": "1",
                     "matricule_ins": "1500138185001", "date_naissance": "1950-01-15"}  # fmt: skip
    made = suggested(male, "SEX-01")
    assert new_values(made) == [{"sexe": "2"}] and made[0].adds == ("IDN-02",)


def test_the_european_contract_has_them_too() -> None:
    record = {"topo": "C507", "sex": "2", "morpho": "8500"}
    assert new_values(suggested(record, "JE-01A", contract_id="encr-incidence"))[:1] == [{"topo": "C509"}]
