"""A folder in which exports arrive: which files are new, and written to the end.

Nothing of a file is opened here; names, sizes and times are enough. What was seen is kept in the workspace,
so that a file is proposed once, also when it came while the program was closed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.workspace import Workspace

_NB = "\N{NO-BREAK SPACE}"
FOLDER, KNOWN = "watched_folder", "watched_known"  # settings
MOST_FILES = 5000
_TEXTS = {".csv", ".tsv", ".txt", ".dat"}
_WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
_STATISTICS = {".parquet", ".sas7bdat", ".xpt", ".sav", ".zsav", ".por", ".dta"}
KINDS = frozenset(_TEXTS | _WORKBOOKS | _STATISTICS | {".zip", ".gz"})
_UNFINISHED = ("~$", ".", "_tmp")
_LOOKING = Text("Examen du dossier surveillé", "Looking at the watched folder")

Sight = dict[str, tuple[int, int]]
"""File name -> size in bytes, time of the last change in nanoseconds."""


def look(folder: Path, progress: Progress = silent) -> Sight:
    """The files in `folder` itself that may be extracts. AppError when it cannot be listed."""
    seen: Sight = {}
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                progress(count, None, _LOOKING)
                if count >= MOST_FILES:
                    raise _too_many(folder)
                if not _wanted(entry.name):
                    continue
                stat = entry.stat(follow_symlinks=False)
                if S_ISREG(stat.st_mode) and stat.st_size:
                    seen[entry.name] = stat.st_size, stat.st_mtime_ns
    except OSError:
        raise _unreachable(folder) from None
    return seen


def arrived(now: Sight, before: Sight, known: Mapping[str, object]) -> list[str]:
    """New files that two looks saw alike: what is still being written changes in between."""
    return sorted(
        name
        for name, facts in now.items()
        if before.get(name) == facts and tuple(_pair(known.get(name))) != facts
    )


def watch(workspace: Workspace, folder: Path | None) -> None:
    """From now on files that come into `folder` are proposed; None: no more. What is there is not new.

    Raises AppError when the folder cannot be listed.
    """
    seen = look(folder) if folder is not None else {}
    with workspace.together():
        workspace.settings.put(FOLDER, "" if folder is None else str(folder.absolute()))
        workspace.settings.put(KNOWN, seen)


def watched(workspace: Workspace) -> Path | None:
    """The watched folder, if there is one."""
    named: str = workspace.settings.get(FOLDER, "")
    return Path(named) if named else None


def known(workspace: Workspace) -> dict[str, object]:
    """What was seen, proposed or opened before."""
    nothing: dict[str, object] = {}
    return workspace.settings.get(KNOWN, nothing)


def note(workspace: Workspace, now: Sight, names: list[str]) -> None:
    """These files are known from now on; those that are gone are forgotten."""
    kept = {name: facts for name, facts in known(workspace).items() if name in now}
    kept |= {name: list(now[name]) for name in names if name in now}
    workspace.settings.put(KNOWN, kept)


def _wanted(name: str) -> bool:
    """Programs write beside the file first: `~$extrait.xlsx`, `.extrait.csv.part`."""
    return Path(name).suffix.lower() in KINDS and not name.startswith(_UNFINISHED)


def _pair(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _unreachable(folder: Path) -> AppError:
    return AppError(
        "watched-unreachable",
        Text(
            f"Le dossier surveillé «{_NB}{folder.name}{_NB}» ne peut pas être lu.",
            f"The watched folder “{folder.name}” cannot be read.",
        ),
        Text(
            "Vérifiez qu’il existe et que le réseau répond, ou choisissez-en un autre dans les Réglages.",
            "Check that it exists and that the network answers, or choose another one in the Settings.",
        ),
    )


def _too_many(folder: Path) -> AppError:
    return AppError(
        "watched-too-many",
        Text(
            f"Le dossier «{_NB}{folder.name}{_NB}» contient plus de {MOST_FILES} fichiers.",
            f"The folder “{folder.name}” holds more than {MOST_FILES} files.",
        ),
        Text(
            "Choisissez un dossier qui ne reçoit que les exports.",
            "Choose a folder that receives the exports only.",
        ),
    )
