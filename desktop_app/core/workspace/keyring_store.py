"""Secrets in the system keyring: Secret Service, KWallet, macOS Keychain, Windows Credential Locker."""

from __future__ import annotations

import importlib
import json
import secrets as random
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.secrets import check_size
from validation_rules.text import Text

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "Navette"
# Windows Credential Locker holds 2,560 bytes an entry and stores UTF-16: 1,280 characters.
CHUNK = 1000
# A list of what is trusted, not of what is refused: a new plaintext backend must not slip in.
_REAL = ("keyring.backends.SecretService", "keyring.backends.libsecret", "keyring.backends.kwallet",
         "keyring.backends.macOS", "keyring.backends.Windows")  # fmt: skip
_INDEX = "index"
_FOREIGN_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney.wrappers", "DBusErrorResponse"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)


def working_keyring() -> KeyringBackend | None:
    """The first real keyring, in the person's own order, that gives back what it was given; else None."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    backends = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    real = (backend for backend in backends if type(backend).__module__.startswith(_REAL))
    return next((backend for backend in real if _answers(backend)), None)


def _answers(backend: KeyringBackend) -> bool:
    name, value = f"probe/{random.token_hex(8)}", random.token_hex(16)
    try:
        with _failures_named():
            backend.set_password(SERVICE, name, value)
            same = backend.get_password(SERVICE, name) == value
            backend.delete_password(SERVICE, name)
    except AppError:
        return False
    return same


class KeyringSecrets:
    """A SecretStore in the keyring. Entries: `<workspace id>/<name>` and, when long, numbered chunks.

    A keyring cannot list its entries, so an entry of our own holds the names.
    """

    def __init__(self, backend: KeyringBackend, workspace_id: str) -> None:
        self._backend = backend
        self._workspace = workspace_id
        self._lock = threading.RLock()

    def get(self, name: str) -> bytes | None:
        with self._lock, _failures_named():
            held = self._read(f"secret/{name}")
            if held is None:
                return None
            turn, count = _head(held)
            parts = [self._read(f"part/{name}/{turn}/{number}") for number in range(count)]
            return _joined(parts)

    def put(self, name: str, secret: bytes) -> None:
        check_size(name, secret)
        text = b64encode(secret).decode()
        parts = [text[start : start + CHUNK] for start in range(0, len(text), CHUNK)]
        with self._lock, _failures_named():
            before = self._read(f"secret/{name}")
            turn = random.token_hex(4)
            # Parts first, under a turn of their own, then the head: a cut in between leaves the old secret.
            for number, part in enumerate(parts):
                self._write(f"part/{name}/{turn}/{number}", part)
            self._list(add=name)
            self._write(f"secret/{name}", f"{turn}:{len(parts)}")
            self._forget_parts(name, before)

    def delete(self, name: str) -> None:
        with self._lock, _failures_named():
            before = self._read(f"secret/{name}")
            if before is None:
                return
            self._backend.delete_password(SERVICE, f"{self._workspace}/secret/{name}")
            self._forget_parts(name, before)
            self._list(remove=name)

    def names(self) -> list[str]:
        with self._lock, _failures_named():
            known = json.loads(self._read(_INDEX) or "[]")
            return sorted(name for name in known if self._read(f"secret/{name}") is not None)

    def _list(self, add: str = "", remove: str = "") -> None:
        known = set(json.loads(self._read(_INDEX) or "[]"))
        wanted = (known | {add} if add else known) - {remove}
        if wanted != known:
            self._write(_INDEX, json.dumps(sorted(wanted)))

    def _forget_parts(self, name: str, head: str | None) -> None:
        turn, count = _head(head) if head is not None else ("", 0)
        for number in range(count):
            entry = f"part/{name}/{turn}/{number}"
            if self._read(entry) is not None:
                self._backend.delete_password(SERVICE, f"{self._workspace}/{entry}")

    def _read(self, entry: str) -> str | None:
        return self._backend.get_password(SERVICE, f"{self._workspace}/{entry}")

    def _write(self, entry: str, text: str) -> None:
        self._backend.set_password(SERVICE, f"{self._workspace}/{entry}", text)


def _head(held: str) -> tuple[str, int]:
    turn, _, count = held.partition(":")
    return turn, int(count)


def _joined(parts: list[str | None]) -> bytes:
    whole = [part for part in parts if part is not None]
    if len(whole) != len(parts):
        raise ValueError("a part of the secret is missing")
    return b64decode("".join(whole), validate=True)


@contextmanager
def _failures_named() -> Iterator[None]:
    """Every way a keyring fails, as one sentence: the backends share no exception of their own."""
    from keyring.errors import InitError, KeyringLocked

    try:
        yield
    except (KeyringLocked, InitError):
        raise _locked() from None
    except _backend_errors():
        raise keyring_unavailable() from None


def _backend_errors() -> tuple[type[Exception], ...]:
    """What the backends let through. Theirs are named here when their library is installed on this system."""
    from keyring.errors import KeyringError

    found: list[type[Exception]] = [KeyringError, OSError, RuntimeError, ValueError]
    for module, name in _FOREIGN_ERRORS:
        with suppress(ImportError, AttributeError):
            found.append(getattr(importlib.import_module(module), name))
    return tuple(found)


def _locked() -> AppError:
    return AppError(
        "secrets.keyring_locked",
        Text("Le trousseau de clés du système est verrouillé.", "The system keyring is locked."),
        Text("Déverrouillez-le, puis recommencez.", "Unlock it, then try again."),
    )


def keyring_unavailable() -> AppError:
    """The error for a keyring that held the keys of this workspace and no longer answers."""
    return AppError(
        "secrets.keyring_unavailable",
        Text(
            "Le trousseau de clés du système, qui garde les clés de ce dossier de travail, ne répond pas.",
            "The system keyring, which holds the keys of this workspace, does not answer.",
        ),
        Text(
            "Ouvrez votre session habituelle, déverrouillez le trousseau, puis recommencez.",
            "Log in as usual on this computer, unlock the keyring, then try again.",
        ),
    )
