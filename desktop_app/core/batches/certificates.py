"""Site certificates: issued by the registry's authority, FINESS number in the subject's serialNumber."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop_app.core.batches.refusals import Refusal


def finess_of(certificate: x509.Certificate) -> str:
    """The FINESS number in the subject; Refusal `unknown-site` when there is none."""
    found = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if len(found) != 1:
        raise Refusal("unknown-site")
    return str(found[0].value)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, hexadecimal."""
    return certificate.fingerprint(SHA256()).hex()


def signing_key_of(
    chain: tuple[x509.Certificate, ...], authority: x509.Certificate, moment: datetime
) -> Ed25519PublicKey:
    """The key of the leaf, once the chain is shown to end at `authority` and to be in its period.

    Refusals: `unknown-site` (not issued by the authority), `certificate-period`, `bad-signature` (not a
    certificate for signing).
    """
    leaf = chain[0]
    try:
        leaf.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        raise Refusal("unknown-site") from None
    if not leaf.not_valid_before_utc <= moment <= leaf.not_valid_after_utc:
        raise Refusal("certificate-period")
    key = leaf.public_key()
    if not isinstance(key, Ed25519PublicKey) or _is_for_connecting(leaf):
        raise Refusal("bad-signature")
    return key


def _is_for_connecting(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.CLIENT_AUTH in usage
