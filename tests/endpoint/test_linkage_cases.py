"""Who is linked, who goes to review, who stays apart: one invented case a test."""

from __future__ import annotations

import pytest

from desktop_app.core.identity.person import Identity
from tests.endpoint.linkage_people import ANNE, PAUL, Unit, decision


@pytest.mark.parametrize(
    "other",
    [
        ANNE,
        ANNE._replace(nom_naissance="LE-GOFF", nom_utilise=None, prenoms="ANNE"),
        ANNE._replace(nom_naissance="Muller", nom_utilise="Muller"),
        ANNE._replace(matricule_ins=None),
        ANNE._replace(nom_naissance="Le Gof", matricule_ins=None),
        ANNE._replace(date_naissance="1953-07-12", code_postal=None),
        ANNE._replace(commune_naissance=None, code_postal="75011"),
    ],
)
def test_the_same_person_is_linked(other: Identity) -> None:
    unit = Unit()
    unit.receive("A", {"a": ANNE})
    assert decision(unit.receive("B", {"b": other}), "b", "a") == "link"
    assert unit.person("a") == unit.person("b")


@pytest.mark.parametrize(
    "other",
    [
        PAUL,
        ANNE._replace(matricule_ins="150016212345634", prenoms="Jean", sexe="1", date_naissance="1950-01-05"),
        ANNE._replace(
            matricule_ins=None, date_naissance="1971-02-02", commune_naissance="13055", code_postal="13001"
        ),
    ],
)
def test_other_people_stay_apart(other: Identity) -> None:
    unit = Unit()
    unit.receive("A", {"a": ANNE})
    assert decision(unit.receive("B", {"b": other}), "b", "a") != "link"
    assert unit.person("a") != unit.person("b")


def test_twins_are_never_linked() -> None:
    unit = Unit()
    unit.receive("A", {"a": PAUL})
    result = unit.receive("B", {"b": PAUL._replace(prenoms="Marc")})
    assert decision(result, "b", "a") == "review"
    assert unit.person("a") != unit.person("b")


def test_each_twin_finds_itself() -> None:
    twins = {"paul": PAUL, "marc": PAUL._replace(prenoms="Marc")}
    unit = Unit()
    unit.receive("A", twins)
    unit.receive("B", {f"{name} again": twin for name, twin in twins.items()})
    assert unit.person("paul") == unit.person("paul again")
    assert unit.person("marc") == unit.person("marc again")
    assert unit.person("paul") != unit.person("marc")


def test_brother_and_sister_in_one_house_stay_apart() -> None:
    sister = PAUL._replace(prenoms="Claire", sexe="2", date_naissance="1979-05-02")
    unit = Unit()
    unit.receive("A", {"a": PAUL})
    assert decision(unit.receive("B", {"b": sister}), "b", "a") != "link"


def test_someone_elses_number_does_not_link() -> None:
    borrower = PAUL._replace(matricule_ins=ANNE.matricule_ins)
    unit = Unit()
    unit.receive("A", {"a": ANNE})
    assert decision(unit.receive("B", {"b": borrower}), "b", "a") != "link"


def test_two_tumours_of_one_patient_are_one_person_without_a_pair() -> None:
    unit = Unit()
    result = unit.receive("A", {"tumour 1": ANNE, "tumour 2": ANNE})
    assert result.pairs.is_empty()
    assert unit.person("tumour 1") == unit.person("tumour 2")


def test_both_tumours_are_told_of_a_person_known_elsewhere() -> None:
    unit = Unit()
    unit.receive("A", {"a1": ANNE, "a2": ANNE})
    result = unit.receive("B", {"b1": ANNE, "b2": ANNE})
    assert sorted(result.pairs["record_a"]) == ["b1", "b2"]
    assert len({unit.person(record) for record in ("a1", "a2", "b1", "b2")}) == 1


def test_next_months_tumour_joins_the_patient() -> None:
    unit = Unit()
    unit.receive("A", {"first": ANNE})
    unit.receive("A", {"second": ANNE})
    assert unit.person("first") == unit.person("second")


def test_two_namesakes_as_good_as_each_other_go_to_review() -> None:
    vague = PAUL._replace(commune_naissance=None, code_postal=None)
    here = {
        "x": PAUL,
        "y": PAUL._replace(commune_naissance="13055", code_postal="13001", prenoms="Paul, Marc"),
    }
    unit = Unit()
    unit.receive("A", {"x": here["x"]})
    unit.receive("C", {"y": here["y"]})
    if unit.person("x") != unit.person("y"):
        result = unit.receive("B", {"b": vague})
        assert decision(result, "b", "x") == "review"
        assert decision(result, "b", "y") == "review"
