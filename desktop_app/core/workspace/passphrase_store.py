"""Secrets in a file under a passphrase: Argon2id (RFC 9106) to AES-256-GCM (NIST SP 800-38D)."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import threading
import unicodedata
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.secrets import Marker, check_size, damaged_secrets, write_marker
from validation_rules.text import Text

SHORTEST_PASSPHRASE = 10
_SECRETS = TypeAdapter(dict[str, str])


class Sealed(BaseModel):
    """The sealed part of `secrets.json`. Costs are bounded: a forged file must not exhaust the computer.

    The defaults are the second recommended option of RFC 9106 section 4. `checksum` is SHA-256 over the other
    fields: it tells a damaged file from a wrong passphrase, and guards nothing else.
    """

    model_config = ConfigDict(extra="forbid")

    kdf: Literal["argon2id"] = "argon2id"
    memory_kib: int = Field(default=65536, ge=8192, le=1048576)
    iterations: int = Field(default=3, ge=1, le=16)
    lanes: int = Field(default=4, ge=1, le=16)
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    nonce: str = Field(default="", pattern=r"^([0-9a-f]{24})?$")
    content: str = ""
    checksum: str = ""

    def summed(self) -> str:
        """The checksum that fits the other fields."""
        return hashlib.sha256(self.model_dump_json(exclude={"checksum"}).encode()).hexdigest()

    def bound(self, workspace_id: str) -> bytes:
        """What the seal is bound to: nobody can swap costs, salt or workspace under it."""
        costs = f"{self.kdf}|{self.memory_kib}|{self.iterations}|{self.lanes}"
        return f"navette/secrets/1|{workspace_id}|{costs}|{self.salt}".encode()

    def derive(self, passphrase: str) -> bytes:
        """The 32-byte key. NFKC first: the same keys typed on another system must give the same bytes."""
        kdf = Argon2id(
            salt=bytes.fromhex(self.salt),
            length=32,
            iterations=self.iterations,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return kdf.derive(unicodedata.normalize("NFKC", passphrase).encode())


class PassphraseSecrets:
    """A SecretStore in `secrets.json`; every change replaces the file whole."""

    def __init__(self, folder: Path, marker: Marker, passphrase: str) -> None:
        self._folder = folder
        self._marker = marker
        self._lock = threading.Lock()
        if marker.sealed is None:
            refuse_short(passphrase)
            self._seal = Sealed(salt=os.urandom(16).hex())
            self._key = self._seal.derive(passphrase)
            self._secrets: dict[str, str] = {}
            self._write({})
        else:
            self._seal = _read_seal(marker.sealed)
            self._key = self._seal.derive(passphrase)
            self._secrets = self._open()

    def get(self, name: str) -> bytes | None:
        held = self._secrets.get(name)
        return None if held is None else b64decode(held)

    def put(self, name: str, secret: bytes) -> None:
        check_size(name, secret)
        with self._lock:
            self._write(self._secrets | {name: b64encode(secret).decode()})

    def delete(self, name: str) -> None:
        with self._lock:
            if name in self._secrets:
                self._write({key: held for key, held in self._secrets.items() if key != name})

    def names(self) -> list[str]:
        return sorted(self._secrets)

    def change(self, old: str, new: str) -> None:
        """From now on `new` opens them, and `old` no more; whole or not at all.

        Raises AppError: `secrets.passphrase_short`, `secrets.wrong_passphrase`, a disk that refuses.
        """
        refuse_short(new)
        with self._lock:
            if not hmac.compare_digest(self._seal.derive(old), self._key):
                raise wrong_passphrase()
            before = self._seal, self._key
            self._seal = Sealed(salt=os.urandom(16).hex())
            self._key = self._seal.derive(new)
            try:
                self._write(self._secrets)
            except BaseException:
                self._seal, self._key = before
                raise

    def _write(self, secrets: dict[str, str]) -> None:
        nonce = os.urandom(12)
        bound = self._seal.bound(self._marker.workspace_id)
        content = AESGCM(self._key).encrypt(nonce, json.dumps(secrets).encode(), bound)
        fields = {"nonce": nonce.hex(), "content": b64encode(content).decode()}
        seal = self._seal.model_copy(update=fields)
        seal.checksum = seal.summed()
        write_marker(self._folder, self._marker.model_copy(update={"sealed": seal.model_dump()}))
        self._secrets = secrets

    def _open(self) -> dict[str, str]:
        try:
            nonce, content = bytes.fromhex(self._seal.nonce), b64decode(self._seal.content, validate=True)
            plain = AESGCM(self._key).decrypt(nonce, content, self._seal.bound(self._marker.workspace_id))
        except InvalidTag:
            raise wrong_passphrase() from None
        except ValueError:
            raise damaged_secrets() from None
        return _SECRETS.validate_json(plain)


def _read_seal(sealed: dict[str, str | int]) -> Sealed:
    try:
        seal = Sealed.model_validate(sealed)
    except ValidationError:
        raise damaged_secrets() from None
    if seal.checksum != seal.summed():
        raise damaged_secrets()
    return seal


def refuse_short(passphrase: str) -> None:
    """Raises AppError `secrets.passphrase_short` when it is too easy to guess."""
    if len(passphrase) >= SHORTEST_PASSPHRASE:
        return
    raise AppError(
        "secrets.passphrase_short",
        Text("Cette phrase secrète est trop courte.", "This passphrase is too short."),
        Text(
            f"Choisissez au moins {SHORTEST_PASSPHRASE} caractères, par exemple cinq mots sans lien.",
            f"Choose at least {SHORTEST_PASSPHRASE} characters, for example five unrelated words.",
        ),
    )


def wrong_passphrase() -> AppError:
    """The error for a passphrase that does not fit."""
    return AppError(
        "secrets.wrong_passphrase",
        Text("La phrase secrète n’est pas la bonne.", "The passphrase is not the right one."),
        Text(
            "Essayez encore ; vérifiez le verrouillage des majuscules et la disposition du clavier.",
            "Try again; check caps lock and the keyboard layout.",
        ),
    )
