"""The words of a finding."""

from __future__ import annotations

import re

import pytest

from validation_rules.contract import Contract, load_contract
from validation_rules.explain import explain
from validation_rules.text import Language


def test_card_names_values_with_their_label(contract: Contract) -> None:
    card = explain(contract, "SEX-01", {"sexe": "1", "topographie": "C53.9"}, "fr")
    assert "1 (masculin)" in card.message and "C53.9" in card.message
    assert card.title and card.why and card.fix and card.source


def test_blank_is_said(contract: Contract) -> None:
    card = explain(contract, "GRA-04", {"grade": None, "comportement": "3"}, "en")
    assert "blank" in card.message and "{" not in card.message


def test_rule_over_one_field_at_a_time(contract: Contract) -> None:
    values = {"date_naissance": "1950", "date_incidence": "2062-01-02"}
    card = explain(contract, "DAT-03", values, "fr", field="date_incidence")
    assert card.message.startswith("Date d’incidence") and "2062-01-02" in card.message


def test_code_list_is_in_the_fix(contract: Contract) -> None:
    assert "2 (décédé)" in explain(contract, "COD-statut_vital", {"statut_vital": "3"}, "fr").fix


def test_braces_in_a_value_stay(contract: Contract) -> None:
    assert "{0}" in explain(contract, "COD-sexe", {"sexe": "{0}"}, "en").message


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_rule_speaks(contract: Contract, language: Language) -> None:
    for rule in contract.rules:
        card = explain(contract, rule.id, dict.fromkeys(rule.fields, "7"), language)
        assert not re.search(r"[{}]", card.title + card.message + card.why + card.fix), rule.id


def test_unknown_rule(contract: Contract) -> None:
    with pytest.raises(KeyError):
        explain(contract, "XXX-99", {}, "fr")


@pytest.mark.parametrize(
    ("rule_id", "values", "end"),
    [
        ("GRA-03", {"grade": "6", "morphologie": "9714"}, "Grades allowed: 4, 5, 7, or 9."),
        ("ICO-04", {"morphologie": "8500", "comportement": "3"}, "that have this code: 3, 3.1, 3.2."),
        ("ICO-04", {"morphologie": "8077", "comportement": "0"}, "that have this code: 3.1, 3.2."),
        ("ICO-04", {"morphologie": "8077", "comportement": "6"}, "that have this code: 3, 3.1, 3.2."),
        ("ICO-04", {"morphologie": "9999"}, "that have this code: –."),
    ],
)
def test_a_message_says_what_the_tables_hold(
    contract: Contract, rule_id: str, values: dict[str, str], end: str
) -> None:
    assert explain(contract, rule_id, values, "en").message.endswith(end)


def test_no_source_speaks_french_to_an_english_reader() -> None:
    french = re.compile(r"\b(contrôles?|contrat|des|du|de la|et|règles|listes?|jeu|OMS|CIRC|CIM)\b")
    for name in ("rnc-tumeurs", "rnc-notifications", "encr-incidence", "encr-mortality"):
        for rule in load_contract(name).rules:
            told = rule.source.en.replace("Agence du numérique en santé", "")
            assert not french.search(told), (rule.id, told)
