"""Writing small files so that a power cut leaves the old one or the new one, never half of either."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop_app.core.errors import AppError
from validation_rules.text import Text

# Left when a page could not be read: the next opening reads every page before it trusts the file.
SUSPECT_FILE = "workspace.suspect"


def private_folder(folder: Path) -> Path:
    """`folder`, made if it lacks, closed to other users of the computer where the system knows how.

    Raises AppError when it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise cannot_write(folder) from None
    return folder


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by `content` atomically, on disk when this returns, readable by the owner alone.

    `content` must already be safe to lie on a disk: the neighbour file that is renamed holds it too.
    Raises AppError when the folder does not accept it.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError:
        raise cannot_write(path.parent) from None


def sync_file(path: Path) -> None:
    """What was written of `path` is on disk. Raises OSError."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """The names in `folder` are on disk. Raises OSError."""
    if sys.platform == "win32":
        return  # NTFS journals the rename; a folder cannot be opened for fsync there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def cannot_write(folder: Path) -> AppError:
    """The error for a folder that cannot be written to."""
    return AppError(
        "workspace.folder_not_writable",
        Text(
            "Navette ne peut pas écrire dans le dossier « {folder} ».",
            "Navette cannot write to the folder “{folder}”.",
        ).format(folder=folder),
        Text(
            "Vérifiez la place libre et vos droits sur ce dossier, ou choisissez-en un autre.",
            "Check the free space and your rights on this folder, or choose another workspace folder.",
        ),
    )
