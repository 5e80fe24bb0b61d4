"""The linkage key that sites share, and the subkeys that tokens are hashed under."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop_app.core.batches.tokens import NORMALISER, SPECIFICATION, TEMPLATES
from desktop_app.core.errors import AppError
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.stages import LinkageHeader

KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class LinkageKey:
    """One linkage key of the registry: `master` is 32 bytes, the period's two days are included.

    `expected_check_value` is the one the registry stated when it handed the key out, if it did.
    Raises ValueError when `master` has another length.
    """

    key_id: str
    master: bytes = field(repr=False)
    period_start: date
    period_end: date
    expected_check_value: str | None = None

    def __post_init__(self) -> None:
        if len(self.master) != KEY_BYTES:
            raise ValueError(f"a linkage key has {KEY_BYTES} bytes")

    @property
    def check_value(self) -> str:
        """First 4 bytes of HMAC-SHA-256(root, "KCV"), as 8 hexadecimal digits."""
        return hmac.digest(self._root(), b"KCV", "sha256")[:4].hex()

    def header(self) -> LinkageHeader:
        """What travels with the tokens, so that nobody compares tokens of two keys."""
        from desktop_app.core.stages import LinkageHeader

        return LinkageHeader(SPECIFICATION, NORMALISER, self.key_id, self.check_value)

    def require(self, day: date) -> None:
        """Refuse a key that is not the one the registry meant, or is not of its period on `day`: AppError."""
        if self.expected_check_value not in (None, self.check_value):
            raise _wrong_key(self.key_id)
        if not self.period_start <= day <= self.period_end:
            raise _out_of_period(self)

    def subkeys(self) -> dict[str, bytes]:
        """One key of 32 bytes per template, by template name (HKDF-Expand under the root)."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

        root = self._root()
        return {t.name: HKDFExpand(SHA256(), KEY_BYTES, info=t.name.encode()).derive(root) for t in TEMPLATES}

    def _root(self) -> bytes:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        info = "\x1f".join((SPECIFICATION, NORMALISER, self.key_id)).encode()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self.master)


class KeyedHash:
    """HMAC-SHA-256 under one key (at most 64 bytes), its two padded states kept: twice as fast as `hmac`."""

    def __init__(self, key: bytes) -> None:
        block = key.ljust(64, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def digest(self, message: bytes) -> bytes:
        """The 32 bytes of the HMAC (RFC 2104)."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(message)
        outer.update(inner.digest())
        return outer.digest()


def _wrong_key(key_id: str) -> AppError:
    return AppError(
        "linkage-key-mismatch",
        Text(
            f"La clé d’appariement « {key_id} » de ce poste n’est pas celle que le registre a annoncée.",
            f"The linkage key “{key_id}” on this computer is not the one the registry announced.",
        ),
        Text(
            "Rien n’a été pseudonymisé. Demandez au registre de renvoyer la clé, puis recommencez.",
            "Nothing was pseudonymised. Ask the registry to send the key again, then try again.",
        ),
    )


def _out_of_period(key: LinkageKey) -> AppError:
    start, end = key.period_start, key.period_end
    return AppError(
        "linkage-key-period",
        Text(
            f"La clé d’appariement « {key.key_id} » sert du {start:%d/%m/%Y} au {end:%d/%m/%Y}, "
            "pas aujourd’hui.",
            f"The linkage key “{key.key_id}” is for {start} to {end}, not for today.",
        ),
        Text(
            "Vérifiez la date de l’ordinateur ; si elle est juste, demandez la clé en cours au registre.",
            "Check the date of the computer; if it is right, ask the registry for the current key.",
        ),
    )
