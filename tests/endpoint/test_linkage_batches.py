"""Linking batch after batch: corrections, persons that turn out to be one, rehashing, sizes."""

from __future__ import annotations

import polars as pl
import pytest

from desktop_app.core.batches.tokens import PRESENCE_OFFSET, TOKEN_BYTES
from registry_endpoint.linkage import link, rehash
from registry_endpoint.linkage.groups import Groups
from registry_endpoint.linkage.model import trained_model
from tests.endpoint.linkage_people import ANNE, ENCODER, NOBODY, PAUL, UNIT_KEY, Unit, zone


def test_a_corrected_record_replaces_its_tokens_and_keeps_its_person() -> None:
    unit = Unit()
    unit.receive("A", {"a": ANNE})
    before = unit.person("a")
    unit.receive("A", {"a": PAUL})
    assert unit.person("a") == before
    unit.receive("B", {"anne": ANNE, "paul": PAUL})
    assert unit.person("paul") == before
    assert unit.person("anne") != before


def test_a_corrected_record_leaves_a_person_that_others_carry() -> None:
    unit = Unit()
    unit.receive("A", {"a": ANNE})
    unit.receive("B", {"b": ANNE})
    unit.receive("B", {"b": PAUL})
    assert unit.person("a") != unit.person("b")


def test_the_same_batch_again_changes_nothing() -> None:
    unit = Unit()
    unit.receive("A", {"a": ANNE, "b": PAUL})
    before = unit.persons.sort("record_id")
    unit.receive("A", {"a": ANNE, "b": PAUL})
    assert unit.persons.sort("record_id").equals(before)


def test_a_new_record_can_show_that_two_persons_are_one() -> None:
    birth = ANNE._replace(
        nom_utilise=None, matricule_ins=None, prenoms="Anne", date_naissance=None, code_postal=None
    )
    used = ANNE._replace(nom_naissance="Muller", commune_naissance=None, prenoms="Anne", matricule_ins=None)
    unit = Unit()
    unit.receive("A", {"birth": birth})
    unit.receive("B", {"used": used})
    apart = unit.person("birth") != unit.person("used")
    result = unit.receive("C", {"both": ANNE})
    assert apart
    changed = set(result.persons["record_id"]) - {"both"}
    assert unit.person("used") == unit.person("both")
    assert changed <= {"birth", "used"}


def test_stored_tokens_are_of_no_use_with_the_sites_key() -> None:
    sent = ENCODER.tokens(ANNE)
    frame = pl.DataFrame({"record_id": ["a"], "tokens": [sent], "sexe": ["2"], "birth_month": ["1953-07"]})
    stored = rehash(frame, UNIT_KEY)["tokens"][0]
    assert len(stored) == len(sent)
    assert stored[PRESENCE_OFFSET:] == sent[PRESENCE_OFFSET:]
    cut = [
        {t[at : at + TOKEN_BYTES] for at in range(0, PRESENCE_OFFSET, TOKEN_BYTES)} for t in (stored, sent)
    ]
    assert not cut[0] & cut[1]


@pytest.mark.parametrize("tokens", [b"", b"\0" * 1272, None])
def test_tokens_of_another_length_are_refused(tokens: bytes | None) -> None:
    frame = pl.DataFrame(
        {"record_id": ["a"], "tokens": [tokens]}, schema={"record_id": pl.String, "tokens": pl.Binary}
    )
    with pytest.raises(ValueError, match="length"):
        rehash(frame, UNIT_KEY)


def test_an_empty_batch_is_linked_to_nobody() -> None:
    result = link(zone("A", {}), zone("A", {}), NOBODY)
    assert result.persons.is_empty()
    assert result.pairs.is_empty()


def test_thresholds_rise_with_the_size_and_never_fall_below_the_fixed_ones() -> None:
    model = trained_model()
    assert model.size_correction(10, 10) == 0
    assert model.size_correction(40_000, 4_000_000) > model.size_correction(20_000, 2_000_000) > 5
    assert model.size_correction(20_000, 20_000, 20_000 * 20_000 / model.odds) == pytest.approx(0, abs=0.01)


def test_a_group_never_holds_two_different_people() -> None:
    groups = Groups(different=[(1, 3)])
    assert groups.join(1, 2)
    assert not groups.join(2, 3)
    assert groups.of(3) == {3}
    assert groups.join(3, 4)
    assert not groups.join(4, 1)
    assert sorted(map(len, groups.all())) == [2, 2]
