"""Where the registry keeps things. One folder a function, each with its own keys and its own database.

The office (sites, uploads, receipts) opens no zone. The linkage unit and the warehouse each open their own
zone with their own key, and neither module is given the other's folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.batches.keys import OpeningKey, SealingKey
from desktop_app.core.errors import AppError
from validation_rules.text import Text


@dataclass(frozen=True, slots=True)
class Folder:
    """The registry's folder, by function."""

    root: Path

    @property
    def authority(self) -> Path:
        """Certificates, the registry's signing key, the linkage keys handed to sites."""
        return self.root / "authority"

    @property
    def office(self) -> Path:
        """Sites, uploads, receipts, feedback."""
        return self.root / "office"

    @property
    def uploads(self) -> Path:
        """Batch files as they arrive."""
        return self.office / "uploads"

    @property
    def linkage_unit(self) -> Path:
        """What the linkage unit holds."""
        return self.root / "linkage_unit"

    @property
    def warehouse(self) -> Path:
        """What the warehouse holds."""
        return self.root / "warehouse"

    @property
    def address(self) -> Path:
        """The address at which the endpoint last listened."""
        return self.office / "address.json"

    def require(self) -> None:
        """AppError `no-registry` when the folder was never initialised."""
        if not (self.authority / "ca.pem").is_file():
            raise AppError(
                "no-registry",
                Text("Ce dossier ne contient pas de registre.", "This folder holds no registry."),
                Text("Créez-le d’abord avec --init.", "Create it first with --init."),
            )


def private_folder(folder: Path) -> None:
    """Make `folder` for the eyes of the registry's own account only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def write_private(path: Path, content: bytes) -> None:
    """Write a secret for the owner's eyes only, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def make_recipient(folder: Path) -> None:
    """Give a function its key pair, once."""
    if not (folder / "opening.key").exists():
        key = OpeningKey.generate()
        write_private(folder / "opening.key", key.raw)
        write_private(folder / "sealing.key", key.sealing_key.raw)


def opening_key(folder: Path) -> OpeningKey:
    """The private key of the function that owns `folder`."""
    return OpeningKey((folder / "opening.key").read_bytes())


def sealing_key(folder: Path) -> SealingKey:
    """The public key of the function that owns `folder`."""
    return SealingKey((folder / "sealing.key").read_bytes())
