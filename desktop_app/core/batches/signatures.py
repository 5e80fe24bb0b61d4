"""Signing and checking JSON documents: JWS (RFC 7515) with Ed25519 (RFC 9864), flattened JSON serialisation.

A document has exactly one spelling in bytes: a verifier refuses any other, so a hash of the document
stands for it and nobody can make a second one with the same content.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

if TYPE_CHECKING:
    from joserfc.jws import FlattenedJSONSerialization

_ALGORITHM = "Ed25519"
_MAX_CHAIN = 4


class _Sizes(JWSRegistry):
    """The library's limits fit tokens; documents here carry certificates and rows. `_parts` limits them."""

    max_header_length = 32 << 10
    max_payload_length = 2 << 30


_REGISTRY = _Sizes(algorithms=[_ALGORITHM])


class BadSignature(Exception):  # noqa: N818 - reads as what happened
    """The signature, the header or the spelling of a signed document does not hold."""


def sign(
    payload: bytes, key: Ed25519PrivateKey, kind: str, chain: tuple[x509.Certificate, ...] = ()
) -> bytes:
    """`payload` signed; `kind` goes to the header as `typ`, `chain` as `x5c` (leaf first)."""
    header: dict[str, Any] = {"alg": _ALGORITHM, "typ": kind}
    if chain:
        header["x5c"] = [base64.b64encode(item.public_bytes(Encoding.DER)).decode() for item in chain]
    made = jws.serialize_json({"protected": header}, payload, OKPKey.import_key(key), registry=_REGISTRY)
    return _spell(cast("dict[str, object]", made))


def verify(document: bytes, key: Ed25519PublicKey, kind: str, max_size: int = 1 << 20) -> bytes:
    """The payload; BadSignature when anything at all differs from what `key` signed."""
    parts = _parts(document, max_size)
    if _header(parts).get("typ") != kind:
        raise BadSignature
    try:
        done = jws.deserialize_json(
            cast("FlattenedJSONSerialization", parts), OKPKey.import_key(key), registry=_REGISTRY
        )
    except (JoseError, ValueError, TypeError):
        raise BadSignature from None
    return done.payload


def chain_of(document: bytes, max_size: int = 1 << 20) -> tuple[x509.Certificate, ...]:
    """The certificates that the document names, leaf first; not yet trusted. BadSignature when unreadable."""
    chain = _header(_parts(document, max_size)).get("x5c")
    if not isinstance(chain, list) or not 0 < len(chain) <= _MAX_CHAIN:
        raise BadSignature
    try:
        return tuple(x509.load_der_x509_certificate(base64.b64decode(item, validate=True)) for item in chain)
    except (ValueError, TypeError):
        raise BadSignature from None


def raw_public(key: Ed25519PublicKey) -> bytes:
    """The 32 bytes of the key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _parts(document: bytes, max_size: int) -> dict[str, str]:
    if len(document) > max_size:
        raise BadSignature
    try:
        parts = json.loads(document)
    except (ValueError, RecursionError):
        raise BadSignature from None
    if not isinstance(parts, dict) or set(parts) != {"payload", "protected", "signature"}:
        raise BadSignature
    if not all(isinstance(value, str) for value in parts.values()) or _spell(parts) != document:
        raise BadSignature
    # The last character of base64 has unused bits: without this, two spellings of one signature would pass.
    signature = parts["signature"]
    if base64.urlsafe_b64encode(_decode(signature)).rstrip(b"=").decode() != signature:
        raise BadSignature
    return parts


def _header(parts: dict[str, str]) -> dict[str, Any]:
    try:
        header = json.loads(_decode(parts["protected"]))
    except (ValueError, RecursionError):
        raise BadSignature from None
    if not isinstance(header, dict):
        raise BadSignature
    return header


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise BadSignature from None


def _spell(parts: dict[str, Any]) -> bytes:
    names = ("payload", "protected", "signature")
    return json.dumps({name: parts[name] for name in names}, separators=(",", ":")).encode()
