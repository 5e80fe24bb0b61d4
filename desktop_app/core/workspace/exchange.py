"""One workspace in the place of another, whole or not at all.

All that is to come is made ready and on disk in the folder `workspace.restoring`. Then a list of what is to
be put aside is written: before it, nothing of the old workspace was touched; from then on only names change,
and whoever opens the folder next finishes what a cut has left.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.files import private_folder, sync_folder, write_whole
from desktop_app.core.workspace.lock import WriterLock
from validation_rules.text import Text

READY_FOLDER = "workspace.restoring"
LIST_FILE = "workspace.exchange.json"
ASIDE = "workspace.aside-"  # what was put aside begins with it; a purge removes it
_NAMES = TypeAdapter(dict[str, str])


def make_ready(folder: Path) -> Path:
    """An empty place for what is to come; under the writer's lock."""
    discard(folder)
    return private_folder(folder / READY_FOLDER)


def discard(folder: Path) -> None:
    """Remove what was made ready and never took its place; nothing happens once the exchange is decided."""
    if not decided(folder):
        shutil.rmtree(folder / READY_FOLDER, ignore_errors=True)


def decided(folder: Path) -> bool:
    """Whether an exchange is to be finished."""
    return (folder / LIST_FILE).exists()


def decide(folder: Path, replaced: dict[str, str]) -> tuple[str, ...]:
    """From now on what is ready takes the place of the files `replaced` (name -> the end of its name once
    aside); `finish` does it.

    Returns the names under which those that are there will be. Raises AppError: nothing was touched.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    there = {old: f"{ASIDE}{stamp}{end}" for old, end in replaced.items() if (folder / old).exists()}
    try:
        write_whole(folder / LIST_FILE, _NAMES.dump_json(there))
    except AppError:
        with suppress(OSError):
            (folder / LIST_FILE).unlink(missing_ok=True)
        raise
    return tuple(there.values())


def finish(folder: Path) -> None:
    """Do what was decided, or go on where that was cut; under the writer's lock. Nothing happens without.

    Raises AppError `backup.unfinished` when a file would not be renamed.
    """
    if not decided(folder):
        return
    ready = folder / READY_FOLDER
    try:
        aside = _NAMES.validate_json((folder / LIST_FILE).read_bytes())
        for old, new in aside.items():
            if (folder / old).exists() and not (folder / new).exists():
                (folder / old).replace(folder / new)
        folders = [folder]
        for path in sorted(ready.rglob("*")):
            target = folder / path.relative_to(ready)
            if path.is_dir():
                folders.append(private_folder(target))
            else:
                path.replace(target)
        for place in folders:
            sync_folder(place)
        (folder / LIST_FILE).unlink()
        sync_folder(folder)
    except (OSError, ValidationError):
        raise _unfinished(folder) from None
    discard(folder)


def settle(folder: Path) -> None:
    """The same for whoever holds no lock yet. Raises AppError `workspace.in_use` while it is under way."""
    if decided(folder):
        lock = WriterLock(folder)
        try:
            finish(folder)
        finally:
            lock.release()


def _unfinished(folder: Path) -> AppError:
    return AppError(
        "backup.unfinished",
        Text(
            f"La restauration n’est pas achevée : un fichier de « {folder} » n’a pas pu être renommé. Rien "
            f"n’est perdu : ce qui y était est gardé sous des noms qui commencent par « {ASIDE} » ; ce qui "
            f"vient de la sauvegarde attend dans « {READY_FOLDER} ».",
            f"The restore is not finished: a file of “{folder}” could not be renamed. Nothing is lost: what "
            f"was there is kept under names that begin with “{ASIDE}”, what comes from the backup waits in "
            f"“{READY_FOLDER}”.",
        ),
        Text(
            "Fermez les programmes qui utilisent ce dossier, puis rouvrez Navette : elle sera achevée, et le "
            "dossier s’ouvrira avec la phrase secrète de la sauvegarde.",
            "Close the programs that use this folder, then open Navette again: it will be finished, and the "
            "folder will open with the passphrase of the backup.",
        ),
    )
