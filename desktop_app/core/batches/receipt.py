"""The registry's signed word that a batch has arrived; the app says “sent” only once this verifies."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop_app.core.batches import wire
from desktop_app.core.batches.signatures import BadSignature, sign, verify
from desktop_app.core.errors import AppError
from desktop_app.core.stages import Receipt
from validation_rules.text import Text

RECEIPT_KIND = "navette-receipt+jws"
MAX_RECEIPT = 64 << 10


def sign_receipt(body: wire.ReceiptBody, key: Ed25519PrivateKey) -> bytes:
    """The receipt as a JWS."""
    return sign(body.json_bytes(), key, RECEIPT_KIND)


def verify_receipt(
    jws: bytes, keys: Sequence[Ed25519PublicKey], batch_id: str, manifest_sha256: str
) -> Receipt:
    """The receipt, checked against the pinned registry keys and the batch at hand.

    AppError `receipt-forged` when no pinned key signed it, `receipt-other-batch` when it is about another.
    """
    body = wire.parse(
        wire.ReceiptBody, verify_with_any(jws, keys, RECEIPT_KIND, MAX_RECEIPT, "receipt-forged")
    )
    if (body.batch_id, body.manifest_sha256) != (batch_id, manifest_sha256) or body.received.tzinfo is None:
        raise distrust("receipt-other-batch")
    return Receipt(
        body.batch_id,
        body.manifest_sha256,
        body.number,
        body.received,
        body.verdict,
        body.records,
        body.persons,
        jws.decode("ascii"),
    )


def verify_with_any(
    document: bytes, keys: Sequence[Ed25519PublicKey], kind: str, max_size: int, code: str
) -> bytes:
    """The payload under the first of `keys` that signed it; AppError `code` when none did."""
    for key in keys:
        try:
            return verify(document, key, kind, max_size)
        except BadSignature:
            continue
    raise distrust(code)


_SENTENCES = {
    "receipt-forged": Text(
        "Le reçu n’est pas signé par le registre.", "The receipt is not signed by the registry."
    ),
    "receipt-other-batch": Text("Le reçu est celui d’un autre lot.", "The receipt is that of another batch."),
    "receipt-verdict": Text(
        "Le reçu ne dit pas que le lot est accepté.",
        "The receipt does not say that the batch is accepted.",
    ),
    "feedback-forged": Text(
        "Ce retour n’est pas signé par le registre.", "This feedback is not signed by the registry."
    ),
    "feedback-closed": Text(
        "Ce retour ne s’ouvre pas avec la clé de ce site.",
        "This feedback does not open with this site’s key.",
    ),
    "feedback-other-batch": Text(
        "Ce retour est celui d’un autre lot.", "This feedback is that of another batch."
    ),
}


def distrust(code: str) -> AppError:
    """The error of a document from the registry that cannot be believed."""
    return AppError(
        code,
        _SENTENCES[code],
        Text(
            "Il n’est pas pris en compte. Prévenez le registre : quelqu’un peut se faire passer pour lui.",
            "It is not taken into account. Tell the registry: someone may be posing as it.",
        ),
    )
