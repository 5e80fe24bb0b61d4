"""Receipts, feedback and every document from outside: believed only when all holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.batches import (
    OpeningKey,
    open_feedback,
    seal_feedback,
    sign_receipt,
    verify_receipt,
    wire,
)
from desktop_app.core.batches.identifiers import new_batch_id
from desktop_app.core.batches.refusals import REASONS, Refusal
from desktop_app.core.errors import AppError

KEY, SITE, BATCH, SHA = Ed25519PrivateKey.generate(), OpeningKey.generate(), new_batch_id(), "ab" * 32
PINNED = [Ed25519PrivateKey.generate().public_key(), KEY.public_key()]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def receipt(batch_id: str = BATCH) -> bytes:
    body = wire.ReceiptBody(
        format="navette/receipt/1",
        batch_id=batch_id,
        manifest_sha256=SHA,
        number="2026-000001",
        received=NOW,
        verdict="accepted",
        records=3,
        persons=2,
    )
    return sign_receipt(body, KEY)


def feedback() -> wire.FeedbackBody:
    line = wire.OutcomeLine(record_id="r1", outcome="known_person", other_sources=2)
    return wire.FeedbackBody(
        format="navette/feedback/1",
        batch_id=BATCH,
        site="750712184",
        created=NOW,
        outcomes=[line],
        findings=[],
        indicators=[wire.Indicator(code="MV", own=90.0, median=92.5, sites=2)],
    )


def test_a_receipt_verifies_for_its_batch_only() -> None:
    assert verify_receipt(receipt(), PINNED, BATCH, SHA).number == "2026-000001"
    for batch_id, sha in ((new_batch_id(), SHA), (BATCH, "cd" * 32)):
        with pytest.raises(AppError, match="receipt-other-batch"):
            verify_receipt(receipt(), PINNED, batch_id, sha)


def test_a_receipt_by_anyone_else_is_forged() -> None:
    with pytest.raises(AppError, match="receipt-forged"):
        verify_receipt(receipt(), PINNED[:1], BATCH, SHA)


@given(at=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_a_receipt_changed_anywhere_is_forged(at: int, flip: int) -> None:
    changed = bytearray(receipt())
    changed[at % len(changed)] ^= flip
    with pytest.raises(AppError, match="receipt-forged"):
        verify_receipt(bytes(changed), PINNED, BATCH, SHA)


def test_feedback_opens_for_its_site_and_batch_only() -> None:
    sealed = seal_feedback(feedback(), KEY, SITE.sealing_key)
    assert open_feedback(sealed, SITE, PINNED, BATCH, "750712184") == feedback()
    for key, pinned, batch_id, code in (
        (OpeningKey.generate(), PINNED, BATCH, "feedback-closed"),
        (SITE, PINNED, new_batch_id(), "feedback-closed"),
        (SITE, PINNED[:1], BATCH, "feedback-forged"),
    ):
        with pytest.raises(AppError, match=code):
            open_feedback(sealed, key, pinned, batch_id, "750712184")


@given(at=st.integers(0, 100_000), flip=st.integers(1, 255))
def test_feedback_changed_anywhere_stays_closed(at: int, flip: int) -> None:
    changed = bytearray(seal_feedback(feedback(), KEY, SITE.sealing_key))
    changed[at % len(changed)] ^= flip
    with pytest.raises(AppError, match="feedback-closed"):
        open_feedback(bytes(changed), SITE, PINNED, BATCH, "750712184")


@given(
    st.binary(max_size=200) | st.recursive(st.just(b""), lambda inner: inner.map(lambda x: b"[" + x + b"]"))
)
def test_noise_is_a_bad_document(noise: bytes) -> None:
    with pytest.raises(AppError, match="bad-document"):
        wire.parse(wire.EnrolmentRequest, noise)


@pytest.mark.parametrize(
    "noise", [b"[" * 100_000, b'{"a":' * 17 + b"1" + b"}" * 17, b'"' + b"x" * (2 << 20) + b'"']
)
def test_what_is_too_deep_or_too_long_is_not_parsed(noise: bytes) -> None:
    with pytest.raises(AppError, match="size"):
        wire.parse(wire.Manifest, noise)


def test_a_bad_document_never_repeats_what_it_holds() -> None:
    with pytest.raises(AppError) as caught:
        wire.parse(wire.Site, b'{"finess": "DUPONT JEAN", "name": "x"}')
    assert "DUPONT" not in caught.value.sentence("fr") + str(caught.value)


def test_every_document_has_a_closed_json_schema() -> None:
    schemas = wire.json_schema()
    assert "Manifest" in schemas
    assert all(schema["additionalProperties"] is False for schema in schemas.values())  # type: ignore[index]


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_refusal_says_what_and_what_to_do_in_both_languages(code: str) -> None:
    refusal = Refusal(code)
    assert wire.parse(wire.Problem, refusal.problem().json_bytes()) == refusal.problem()
    assert all(sentence.endswith(".") for sentence in (*refusal.what, *refusal.todo))
