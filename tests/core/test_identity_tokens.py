"""Tokens: layout, what gives the same ones, and what must never show in them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.batches.tokens import (
    PRESENCE_OFFSET,
    SLOT_COUNT,
    TEMPLATES,
    TOKEN_BYTES,
    TOKENS_LENGTH,
)
from desktop_app.core.errors import AppError
from desktop_app.core.identity import LinkageKey
from desktop_app.core.identity.encoding import Encoder, values
from desktop_app.core.identity.padding import site_padding, zeros
from desktop_app.core.identity.person import Identity, parts_of

KEY = LinkageKey("k1", b"\x11" * 32, date(2026, 1, 1), date(2027, 12, 31))
OTHER = LinkageKey("k1", b"\x12" * 32, date(2026, 1, 1), date(2027, 12, 31))
ENCODER = Encoder(KEY)
PERSON = Identity(
    "253072B07300470", "Le Goff", "Müller", "Anne-Marie, Rose", "2", "1953-07-21", "2B073", "20200"
)
TEXT = st.none() | st.text(max_size=30)
ANYONE = st.builds(Identity, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)


def slots(tokens: bytes) -> list[bytes]:
    return [tokens[at : at + TOKEN_BYTES] for at in range(0, PRESENCE_OFFSET, TOKEN_BYTES)]


def shared(one: Identity, other: Identity) -> set[str]:
    """Templates that the two share a token of."""
    left, right = slots(ENCODER.tokens(one)), slots(ENCODER.tokens(other))
    return {
        t.name
        for t in TEMPLATES
        if set(left[t.first_slot : t.first_slot + t.slots])
        & set(right[t.first_slot : t.first_slot + t.slots])
    }


def filled(person: Identity) -> list[bytes]:
    """The tokens that are not padding."""
    return [token for token in slots(Encoder(KEY, zeros).tokens(person)) if any(token)]


def test_the_layout_is_that_of_the_specification() -> None:
    assert (len(TEMPLATES), SLOT_COUNT, TOKENS_LENGTH) == (38, 159, 1273)
    assert len({t.name for t in TEMPLATES}) == 38
    assert len(set(KEY.subkeys().values())) == 38


@given(ANYONE)
@settings(max_examples=50, deadline=None)
def test_every_person_gives_the_same_number_of_bytes(person: Identity) -> None:
    tokens = ENCODER.tokens(person)
    assert len(tokens) == TOKENS_LENGTH
    assert len(set(slots(tokens))) == SLOT_COUNT
    for template in TEMPLATES:
        assert len(list(values(template, parts_of(person)))) <= template.slots


@pytest.mark.parametrize(
    "spelled",
    [
        PERSON._replace(nom_naissance="LE-GOFF", nom_utilise="MULLER"),
        PERSON._replace(nom_naissance="legoff ", prenoms="ANNE – MARIE,ROSE"),
        PERSON._replace(prenoms="Anné-Marîe Rose", matricule_ins="253072B073004"),
    ],
)
def test_accents_case_and_hyphens_give_the_same_name_tokens(spelled: Identity) -> None:
    exact = {t.name for t in TEMPLATES if set(t.parts) <= {"surname", "given", "date", "nir", "sex"}}
    assert exact <= shared(PERSON, spelled)


def test_the_same_person_typed_alike_gives_the_same_tokens() -> None:
    alike = PERSON._replace(nom_utilise="MULLER", prenoms="ANNE-MARIE ROSE", nom_naissance="LE GOFF")
    assert filled(PERSON) == filled(alike)


SITE = Encoder(KEY, site_padding(b"\x07" * 32))
OTHER_SITE = Encoder(KEY, site_padding(b"\x08" * 32))


@given(ANYONE)
@settings(max_examples=30, deadline=None)
def test_a_site_pads_a_person_alike_every_month_and_no_other_site_does(person: Identity) -> None:
    here, there = SITE.tokens(person), OTHER_SITE.tokens(person)
    assert here == SITE.tokens(person)
    assert len(set(slots(here))) == SLOT_COUNT
    assert set(slots(here)) & set(slots(there)) == set(filled(person))


def test_padding_is_not_told_from_tokens_by_what_a_correction_changes() -> None:
    moved = PERSON._replace(code_postal="20290")
    before, after = slots(SITE.tokens(PERSON)), slots(SITE.tokens(moved))
    for template in TEMPLATES:
        slot = slice(template.first_slot, template.first_slot + template.slots)
        if "postal" in template.parts:
            assert not set(before[slot]) & set(after[slot])
        else:
            assert before[slot] == after[slot]


@given(ANYONE, ANYONE)
@settings(max_examples=50, deadline=None)
def test_two_people_of_a_site_share_no_padding(one: Identity, other: Identity) -> None:
    if filled(one) != filled(other):
        assert set(slots(SITE.tokens(one))) & set(slots(SITE.tokens(other))) <= set(filled(one))


def test_people_without_a_name_share_no_padding() -> None:
    one, other = Identity(date_naissance="1950-03-12"), Identity(date_naissance="1951-03-12")
    assert not set(slots(SITE.tokens(one))) & set(slots(SITE.tokens(other)))


@given(ANYONE, ANYONE)
@settings(max_examples=30, deadline=None)
def test_under_another_key_nothing_is_equal(one: Identity, other: Identity) -> None:
    assert not set(slots(ENCODER.tokens(one))) & set(slots(Encoder(OTHER).tokens(other)))


def test_no_byte_of_an_identity_shows() -> None:
    tokens = ENCODER.tokens(PERSON)
    for word in (b"GOFF", b"MULLER", b"ANNE", b"1953", b"253072B", b"20200"):
        assert word not in tokens


def test_used_name_and_birth_name_meet() -> None:
    married = PERSON._replace(nom_naissance="MULLER", nom_utilise=None)
    assert "surname+given+date" in shared(PERSON, married)


def test_one_letter_missing_meets() -> None:
    slip = PERSON._replace(nom_naissance="Le Gof", nom_utilise=None)
    assert "surname_less+given+date" in shared(PERSON, slip)


def test_swapped_names_and_swapped_day_and_month_meet() -> None:
    person = Identity(nom_naissance="Martin", prenoms="Paul", date_naissance="1950-03-12")
    assert shared(person, person._replace(nom_naissance="Paul", prenoms="Martin")) == {
        "sounds_unordered+date"
    }
    assert "surname_sound+given_sound+year_unordered" in shared(
        person, person._replace(date_naissance="1950-12-03")
    )


def test_an_incomplete_date_counts_as_missing() -> None:
    partial = shared(PERSON, PERSON._replace(date_naissance="1953-07"))
    assert partial
    assert not any("date" in name or "year" in name or "month" in name for name in partial)


def test_a_key_says_what_it_is() -> None:
    header = KEY.header()
    assert (header.key_id, header.check_value) == ("k1", KEY.check_value)
    assert len(KEY.check_value) == 8
    assert OTHER.check_value != KEY.check_value
    assert "11" * 4 not in repr(KEY)


def test_a_key_that_is_not_the_announced_one_is_refused() -> None:
    wrong = LinkageKey("k1", b"\x13" * 32, KEY.period_start, KEY.period_end, KEY.check_value)
    with pytest.raises(AppError) as refused:
        wrong.require(date(2026, 6, 1))
    assert refused.value.code == "linkage-key-mismatch"


def test_a_key_out_of_its_period_is_refused() -> None:
    with pytest.raises(AppError) as refused:
        KEY.require(date(2028, 1, 1))
    assert refused.value.code == "linkage-key-period"


def test_a_short_key_is_no_key() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        LinkageKey("k1", b"short", KEY.period_start, KEY.period_end)
