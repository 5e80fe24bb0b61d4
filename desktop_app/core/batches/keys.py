"""Sealing to a recipient: HPKE (RFC 9180) with MLKEM768-X25519, HKDF-SHA256 and AES-256-GCM.

Keys travel as raw bytes: public = MLKEM768 (1184) then X25519 (32); private = seed (64) then scalar (32).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from desktop_app.core.errors import AppError
from validation_rules.text import Text

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
_KEM_PUBLIC, _KEM_SEED, _X25519 = 1184, 64, 32


class DoesNotOpen(Exception):  # noqa: N818 - reads as what happened
    """The key is not the recipient's, or the content or its context was altered."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A recipient's public key: all one needs to seal to it."""

    raw: bytes

    @property
    def key_id(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the key."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    def seal(self, content: bytes, info: bytes) -> bytes:
        """HPKE single-shot: encapsulated key, then ciphertext. `info` binds the context."""
        return _SUITE.encrypt(content, _public(self.raw), info=info)


@dataclass(frozen=True, slots=True, repr=False)
class OpeningKey:
    """A recipient's private key; its `repr` shows nothing."""

    raw: bytes

    @classmethod
    def generate(cls) -> OpeningKey:
        """A new key from the system's random source."""
        return cls(
            MLKEM768PrivateKey.generate().private_bytes_raw()
            + X25519PrivateKey.generate().private_bytes_raw()
        )

    @property
    def sealing_key(self) -> SealingKey:
        """The public half."""
        kem, curve = _split_private(self.raw)
        return SealingKey(kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw())

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """The content; DoesNotOpen when the key, the context or a byte differs."""
        try:
            return _SUITE.decrypt(sealed, hpke.MLKEM768X25519PrivateKey(*_split_private(self.raw)), info=info)
        except (InvalidTag, ValueError):
            raise DoesNotOpen from None


def _public(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    if len(raw) != _KEM_PUBLIC + _X25519:
        raise _bad_key()
    return hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(raw[:_KEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(raw[_KEM_PUBLIC:]),
    )


def _split_private(raw: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(raw) != _KEM_SEED + _X25519:
        raise _bad_key()
    return (
        MLKEM768PrivateKey.from_seed_bytes(raw[:_KEM_SEED]),
        X25519PrivateKey.from_private_bytes(raw[_KEM_SEED:]),
    )


def _bad_key() -> AppError:
    return AppError(
        "bad-key",
        Text(
            "Une clé de scellement n’a pas la bonne longueur.",
            "A sealing key does not have the right length.",
        ),
        Text("Refaites l’enrôlement avec un nouveau fichier.", "Enrol again with a new file."),
    )
