"""Feedback documents: signed by the registry, then sealed to the site that sent the batch."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop_app.core.batches import wire
from desktop_app.core.batches.keys import DoesNotOpen, OpeningKey, SealingKey
from desktop_app.core.batches.receipt import distrust, verify_with_any
from desktop_app.core.batches.signatures import sign

FEEDBACK_KIND = "navette-feedback+jws"
MAX_FEEDBACK = 1 << 30


def feedback_info(batch_id: str, finess: str) -> bytes:
    """The HPKE context: feedback on another batch, or for another site, does not open."""
    return "|".join(("navette/feedback/1", batch_id, finess)).encode()


def seal_feedback(body: wire.FeedbackBody, key: Ed25519PrivateKey, site: SealingKey) -> bytes:
    """`body` signed by the registry and sealed to the site."""
    signed = sign(body.json_bytes(), key, FEEDBACK_KIND)
    return site.seal(signed, feedback_info(body.batch_id, body.site))


def open_feedback(
    sealed: bytes, key: OpeningKey, registry: Sequence[Ed25519PublicKey], batch_id: str, finess: str
) -> wire.FeedbackBody:
    """The document. AppError `feedback-closed`, `feedback-forged`, `feedback-other-batch`, `bad-document`."""
    try:
        signed = key.open(sealed, feedback_info(batch_id, finess))
    except DoesNotOpen:
        raise distrust("feedback-closed") from None
    payload = verify_with_any(signed, registry, FEEDBACK_KIND, MAX_FEEDBACK, "feedback-forged")
    body = wire.parse(wire.FeedbackBody, payload, MAX_FEEDBACK)
    if (body.batch_id, body.site) != (batch_id, finess):
        raise distrust("feedback-other-batch")
    return body
