"""Proof that it is the same person who comes back to a window that locked itself."""

from __future__ import annotations

import hmac
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.passphrase_store import (
    PassphraseSecrets,
    Sealed,
    refuse_short,
    wrong_passphrase,
)
from desktop_app.core.workspace.secrets import open_secrets, read_marker
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.workspace.secrets import SecretStore

_CHECK = "window-lock"
MINUTES, DEFAULT_MINUTES = "lock_after_minutes", 15  # 0: never


def asks_passphrase(folder: Path, secrets: SecretStore) -> bool:
    """Whether something must be typed: the keys are under a passphrase, or the person has set one."""
    return guarded_by_passphrase(folder) or secrets.get(_CHECK) is not None


def guarded_by_passphrase(folder: Path) -> bool:
    """Whether the workspace itself opens with a passphrase, which then unlocks the window too."""
    marker = read_marker(folder)
    return marker is not None and marker.store == "passphrase"


def set_passphrase(secrets: SecretStore, passphrase: str) -> None:
    """From now on the window unlocks with `passphrase`; empty: with a click. AppError when it is short."""
    if not passphrase:
        secrets.delete(_CHECK)
        return
    refuse_short(passphrase)
    seal = Sealed(salt=os.urandom(16).hex())
    held = {"salt": seal.salt, "key": seal.derive(passphrase).hex()}
    secrets.put(_CHECK, json.dumps(held).encode())


def change_passphrase(secrets: SecretStore, old: str, new: str) -> None:
    """Puts a workspace that opens with the passphrase `old` under `new`. AppError: see
    `PassphraseSecrets.change`, or `secrets.no_passphrase` where a keyring holds the keys."""
    if not isinstance(secrets, PassphraseSecrets):
        raise AppError(
            "secrets.no_passphrase",
            Text(
                "Ce dossier de travail n’a pas de phrase secrète : ses clés sont dans le trousseau du "
                "système.",
                "This workspace has no passphrase: its keys are in the system keyring.",
            ),
            Text(
                "Il s’ouvre avec votre session sur cet ordinateur ; il n’y a rien à changer.",
                "It opens with your session on this computer; there is nothing to change.",
            ),
        )
    secrets.change(old, new)


def unlock(folder: Path, secrets: SecretStore, passphrase: str) -> None:
    """Returns when the window may show its pages again. AppError `secrets.wrong_passphrase`; some 0.1 s."""
    if guarded_by_passphrase(folder):
        open_secrets(folder, lambda: passphrase)
        return
    kept = secrets.get(_CHECK)
    if kept is None:
        return
    try:
        held = json.loads(kept)
        key = Sealed(salt=held["salt"]).derive(passphrase)
        right = hmac.compare_digest(key, bytes.fromhex(held["key"]))
    except (ValueError, KeyError, TypeError):
        raise AppError("secrets.damaged", *_damaged()) from None
    if not right:
        raise wrong_passphrase()


def _damaged() -> tuple[Text, Text]:
    return (
        Text(
            "Ce qui vérifie la phrase de verrouillage est illisible.",
            "What checks the unlocking passphrase cannot be read.",
        ),
        Text("Fermez Navette, puis rouvrez-le.", "Close Navette, then open it again."),
    )
