"""What is said of a backup."""

from __future__ import annotations

import errno
from datetime import datetime
from pathlib import Path

from desktop_app.core.errors import AppError
from validation_rules.text import Text

WRITING = Text("Écriture de la sauvegarde", "Writing the backup")
READING = Text("Lecture de la sauvegarde", "Reading the backup")
_AGAIN = Text(
    "Choisissez une autre sauvegarde ; rien n’a été modifié ici.",
    "Choose another backup; nothing was changed here.",
)


def put_back(made: datetime) -> Text:
    """The workspace is that of a backup."""
    return Text(
        f"Le dossier de travail est celui de la sauvegarde du {made.astimezone():%d/%m/%Y à %H:%M}. Ce qui y "
        "était est mis de côté dans le même dossier.",
        f"The workspace is that of the backup of {made.astimezone():%d/%m/%Y at %H:%M}. What was there is "
        f"put "
        "aside in the same folder.",
    )


def unusable() -> AppError:
    """It is no backup of this program, or a damaged one."""
    return AppError(
        "backup.unusable",
        Text(
            "Ce fichier n’est pas une sauvegarde de Navette, ou il est endommagé.",
            "This file is not a backup of Navette, or it is damaged.",
        ),
        _AGAIN,
    )


def too_new() -> AppError:
    """A later version of the program wrote it."""
    return AppError(
        "backup.too_new",
        Text(
            "Cette sauvegarde a été faite par une version plus récente de Navette.",
            "This backup was made by a later version of Navette.",
        ),
        Text("Installez cette version, ou une plus récente.", "Install that version, or a later one."),
    )


def wrong_passphrase() -> AppError:
    """The passphrase does not open it, or a part of it was exchanged."""
    return AppError(
        "backup.wrong_passphrase",
        Text("La phrase secrète n’ouvre pas cette sauvegarde.", "The passphrase does not open this backup."),
        Text(
            "C’est celle qui a été choisie le jour de la sauvegarde. Essayez encore ; rien n’a été "
            "modifié ici.",
            "It is the one chosen on the day of the backup. Try again; nothing was changed here.",
        ),
    )


def inside(folder: Path) -> AppError:
    """A backup beside what it is a backup of is lost with it."""
    return AppError(
        "backup.inside",
        Text(
            f"Cet endroit est dans le dossier de travail lui-même (« {folder} ») : les deux seraient perdus "
            "ensemble.",
            f"This place is in the workspace folder itself (“{folder}”): both would be lost together.",
        ),
        Text(
            "Choisissez un autre disque, une clé USB ou un partage du réseau.",
            "Choose another disk, a USB key or a network share.",
        ),
    )


def not_written(error: OSError, target: Path) -> AppError:
    """The place refuses the file."""
    return _refused("backup.not_written", error, target.parent)


def not_read_back() -> AppError:
    """What the place gives back is not what was written there."""
    return AppError(
        "backup.not_read_back",
        Text(
            "La sauvegarde a été écrite, mais elle ne se relit pas : elle n’a pas été gardée.",
            "The backup was written, but it cannot be read back: it was not kept.",
        ),
        Text(
            "Recommencez sur un autre disque ou une autre clé : celui-ci est peut-être défaillant.",
            "Try again on another disk or key: this one may be failing.",
        ),
    )


def not_restored(error: OSError, folder: Path) -> AppError:
    """The folder refuses what is taken out, or the backup cannot be read."""
    return _refused("backup.not_restored", error, folder)


def _refused(code: str, error: OSError, folder: Path) -> AppError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return AppError(
            code,
            Text(
                f"Le disque de « {folder} » est plein : rien n’y a été laissé.",
                f"The disk of “{folder}” is full: nothing was left there.",
            ),
            Text(
                "Libérez de la place, ou choisissez un autre disque.", "Free space, or choose another disk."
            ),
        )
    if isinstance(error, FileNotFoundError):
        return AppError(
            code,
            Text("Ce fichier ou ce dossier n’existe pas.", "This file or folder does not exist."),
            Text("Vérifiez son chemin.", "Check its path."),
        )
    return AppError(
        code,
        Text(
            f"Navette ne peut pas lire ou écrire ici : « {folder} ».",
            f"Navette cannot read or write here: “{folder}”.",
        ),
        Text(
            "Vérifiez vos droits, ou choisissez un autre endroit.", "Check your rights, or choose elsewhere."
        ),
    )
