"""Normalisation and the phonetic key: the published vectors, and what must hold for any name."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.identity import known_answer_test, normalisation
from desktop_app.core.identity.known_answers import differences, load_vectors
from desktop_app.core.identity.phonetics import sound

NAMES = st.text(st.characters(codec="utf-8"), max_size=40)


def test_published_vectors_hold() -> None:
    assert list(differences(load_vectors())) == []
    known_answer_test()


@pytest.mark.parametrize(
    "part", ["words", "sound", "surname_variants", "given_names", "nir", "commune", "full_date", "tokens"]
)
def test_a_build_that_computes_anything_else_is_refused(part: str) -> None:
    vectors: dict[str, Any] = copy.deepcopy(load_vectors())
    case = vectors[part][0]
    case.update(sha256="0" * 64) if part == "tokens" else case.update(out="AUTRE")
    with pytest.raises(AppError) as refused:
        known_answer_test(vectors)
    assert refused.value.code == "known-answer-test"
    assert part in refused.value.what.fr


def test_another_version_of_the_normaliser_is_refused() -> None:
    with pytest.raises(AppError):
        known_answer_test(load_vectors() | {"normaliser": "navette/normalisation/0"})


@given(NAMES)
def test_words_are_plain_and_stay_as_they_are(text: str) -> None:
    words = normalisation.words(text)
    assert all(word.isascii() and word.isalpha() and word.isupper() for word in words)
    assert normalisation.words(" ".join(words)) == words


@given(NAMES, NAMES)
def test_names_stay_few_and_never_empty(birth: str, used: str) -> None:
    surnames = normalisation.surname_variants(birth, used)
    assert len(surnames) <= 4
    assert len(set(surnames)) == len(surnames)
    assert all(surnames)
    assert len(normalisation.given_names(birth)) <= 2


@given(st.from_regex(r"[A-Z]{1,30}", fullmatch=True))
def test_a_name_always_sounds(name: str) -> None:
    assert sound(name)


@given(NAMES)
def test_nothing_typed_makes_numbers_and_dates_fail(text: str) -> None:
    assert len(normalisation.nir(text)) in (0, 13)
    assert len(normalisation.full_date(text)) in (0, 8)
    assert len(normalisation.commune(text)) in (0, 5)
    assert len(normalisation.postal_code(text)) in (0, 5)


@pytest.mark.parametrize(
    ("one", "other"),
    [("GAUTHIER", "GAUTIER"), ("PHILIPPE", "FILIPPE"), ("DUPONT", "DUPOND"), ("LEGOFF", "LEGOF")],
)
def test_names_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("MARTIN", "MARTINE"), ("BERNARD", "BERTRAND"), ("LOUIS", "LOUISE")]
)
def test_names_that_do_not_sound_alike_differ(one: str, other: str) -> None:
    assert sound(one) != sound(other)
