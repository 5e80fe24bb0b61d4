"""Where private keys live: the system keyring, or a file under a passphrase.

The choice is made once, when the workspace is new, and written in `secrets.json`; later openings follow it,
so that keys never seem lost because a keyring came or went.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.exchange import settle
from desktop_app.core.workspace.files import private_folder, write_whole
from validation_rules.text import Text

SECRETS_FILE = "secrets.json"
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_SECRET_BYTES = 256 * 1024


class SecretStore(Protocol):
    """Named secrets, each at most 256 KiB. What `put` was given is durable when it returns.

    Every method raises AppError when the keyring is locked or the file cannot be read or written.
    """

    def get(self, name: str) -> bytes | None:
        """The secret under `name`, or None."""

    def put(self, name: str, secret: bytes) -> None:
        """Store `secret` under `name`, in place of what was there."""

    def delete(self, name: str) -> None:
        """Forget `name`; nothing happens when it is unknown."""

    def names(self) -> list[str]:
        """The names in use, sorted."""


class Marker(BaseModel):
    """`secrets.json`: which store this workspace uses. Holds no secret in the clear.

    `workspace_id` names this workspace in the keyring, so that moving the folder loses nothing.
    """

    model_config = ConfigDict(extra="forbid")

    version: Literal[1] = 1
    store: Literal["keyring", "passphrase"]
    workspace_id: str = Field(pattern=r"^[0-9a-f-]{36}$")
    sealed: dict[str, str | int] | None = None


def open_secrets(
    folder: Path, passphrase: Callable[[], str] | None = None, keyring: bool = True
) -> SecretStore:
    """The secrets of the workspace in `folder`, made on first use.

    A new workspace uses the system keyring when a real one answers a round trip, else a file under the
    passphrase that `passphrase` returns (it is called only then). Plaintext and null keyrings are never used.
    With `keyring` False a new workspace always uses the passphrase (servers, demonstrations).
    Raises AppError: no keyring and no passphrase, wrong passphrase, locked keyring, damaged file.
    """
    marker = read_marker(folder)
    if marker is None:
        return _new_store(private_folder(folder), passphrase, keyring)
    if marker.store == "keyring":
        return _keyring_store(marker.workspace_id)
    return _passphrase_store(folder, marker, _asked(passphrase))


def _new_store(folder: Path, passphrase: Callable[[], str] | None, keyring: bool) -> SecretStore:
    from desktop_app.core.workspace.keyring_store import KeyringSecrets, working_keyring

    marker = Marker(store="keyring", workspace_id=str(uuid4()))
    backend = working_keyring() if keyring else None
    if backend is not None:
        write_marker(folder, marker)
        return KeyringSecrets(backend, marker.workspace_id)
    return _passphrase_store(folder, marker.model_copy(update={"store": "passphrase"}), _asked(passphrase))


def _keyring_store(workspace_id: str) -> SecretStore:
    from desktop_app.core.workspace.keyring_store import KeyringSecrets, keyring_unavailable, working_keyring

    backend = working_keyring()
    if backend is None:
        raise keyring_unavailable()
    return KeyringSecrets(backend, workspace_id)


def _passphrase_store(folder: Path, marker: Marker, passphrase: str) -> SecretStore:
    from desktop_app.core.workspace.passphrase_store import PassphraseSecrets

    return PassphraseSecrets(folder, marker, passphrase)


def _asked(passphrase: Callable[[], str] | None) -> str:
    if passphrase is None:
        raise AppError(
            "secrets.passphrase_needed",
            Text(
                "Aucun trousseau de clés du système n’est disponible pour ce dossier de travail.",
                "No system keyring is available for this workspace.",
            ),
            Text(
                "Donnez une phrase secrète : elle protégera les clés à la place du trousseau.",
                "Give a passphrase: it will protect the keys in place of the keyring.",
            ),
        )
    return passphrase()


def read_marker(folder: Path) -> Marker | None:
    """What `secrets.json` says, or None in a new folder. Raises AppError when it is damaged."""
    settle(folder)  # a restore that was cut: which keys are those of the folder is not settled before
    path = folder / SECRETS_FILE
    try:
        if not path.exists():
            return None
        if path.stat().st_size > MAX_FILE_BYTES:
            raise damaged_secrets()
        return Marker.model_validate(json.loads(path.read_bytes()))
    except (OSError, ValueError, ValidationError):
        raise damaged_secrets() from None


def write_marker(folder: Path, marker: Marker) -> None:
    """Replace `secrets.json` atomically."""
    write_whole(folder / SECRETS_FILE, marker.model_dump_json(indent=1).encode())


def check_size(name: str, secret: bytes) -> None:
    """Raises ValueError, naming the secret but never its content, when it is too long to keep."""
    if len(secret) > MAX_SECRET_BYTES:
        raise ValueError(f"secret {name!r} is longer than {MAX_SECRET_BYTES} bytes")


def damaged_secrets() -> AppError:
    """The error for a secrets file that cannot be read."""
    return AppError(
        "secrets.damaged",
        Text(
            f"Le fichier des clés « {SECRETS_FILE} » est endommagé ou illisible.",
            f"The key file “{SECRETS_FILE}” is damaged or cannot be read.",
        ),
        Text(
            "Remettez la dernière sauvegarde du dossier de travail. Sans elle, il faut un nouveau dossier et "
            "un nouvel enrôlement auprès du registre.",
            "Restore the last backup of the workspace folder. Without one, a new folder and a new enrolment "
            "with the registry are needed.",
        ),
    )
