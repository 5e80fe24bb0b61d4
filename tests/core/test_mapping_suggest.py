"""Codes suggested for local words, from the contract's labels, with a reason; none where it is a toss-up."""

from __future__ import annotations

import pytest

from desktop_app.core.mapping import suggest_codes
from validation_rules.contract import load_contract


def codes(field: str, *words: str) -> dict[str, str]:
    return {one.local: one.code for one in suggest_codes(load_contract().field(field), words)}


@pytest.mark.parametrize(
    ("field", "word", "code"),
    [
        ("base_diagnostic", "Histologie de la tumeur primitive", "7.1"),
        ("base_diagnostic", "Histologie d'une métastase", "7.2"),
        ("base_diagnostic", "7 - Histologie", "7"),
        ("base_diagnostic", "Cytologie", "5"),
        ("base_diagnostic", "07", "7"),
        ("base_diagnostic", "7,10", "7.1"),
        ("comportement", "Malin primitif", "3"),
        ("comportement", "Bénin", "0"),
        ("grade", "Bien différenciée", "1"),
        ("grade", "G3", "3"),
        ("lateralite", "Bilatérale", "4"),
        ("lateralite", "1=droite", "1"),
        ("statut_vital", "2 - Décédé", "2"),
        ("stade", "IIIB", "3"),
        ("chirurgie", "Oui, intervention chirurgicale", "3"),
        ("statut_identite", "Identité qualifiée", "VALI"),
        ("edition_cimo", "CIM-O-3.2 (2019)", "3.2"),
        ("sexe", "Femme", "2"),
    ],
)
def test_a_word_close_to_a_label(field: str, word: str, code: str) -> None:
    assert codes(field, word) == {word: code}


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("base_diagnostic", "zz"),
        ("comportement", "malignant"[:3]),
        ("chirurgie", "prévue"),
        ("sexe", "D"),  # one letter, which means nothing by itself
        ("lateralite", "2 - droite"),  # the code and the words contradict one another
        ("radiotherapie", "Oui, avant ou après la chirurgie"),
        ("topographie", "Sein"),
    ],
)
def test_what_could_be_anything_gets_no_suggestion(field: str, word: str) -> None:
    assert codes(field, word) == {}


def test_a_denial_is_never_taken_for_what_it_denies() -> None:
    assert codes("greffe_csh", "non", "oui") == {"non": "0", "oui": "1"}
    assert codes("grade", "Non différencié").get("Non différencié") != "1"


def test_the_contracts_own_codes_need_none_and_reasons_are_given() -> None:
    (one,) = suggest_codes(load_contract().field("sexe"), ["1", "2", "Féminin"])
    assert (
        (one.local, one.code) == ("Féminin", "2") and "féminin" in one.why.fr and 0.6 <= one.confidence <= 1
    )
    assert "Féminin" not in repr(one)


def test_what_the_file_says_of_its_codes_counts_first() -> None:
    field, said = load_contract().field("sexe"), {"1": "Femme", "2": "Homme", "8": "Inconnu"}
    found = {one.local: one.code for one in suggest_codes(field, ["1", "2", "8", "M"], said)}
    assert {name: found[name] for name in "128"} == {"1": "2", "2": "1", "8": "9"}
    same = suggest_codes(field, ["1", "2"], {"1": "Homme", "2": "Femme"})
    assert same == ()
