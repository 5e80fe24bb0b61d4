"""SQLite's failures as sentences. Its own texts stay inside: they could quote what was being written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from desktop_app.core.errors import AppError
from desktop_app.core.workspace.files import SUSPECT_FILE, cannot_write
from validation_rules.text import Text


@contextmanager
def named_failures(folder: Path) -> Iterator[None]:
    """Turn what SQLite raises about the disk, the key or the file into an AppError; bugs pass through."""
    try:
        yield
    except apsw.FullError:
        raise disk_full(folder) from None
    except (apsw.ReadOnlyError, apsw.PermissionsError):
        raise cannot_write(folder) from None
    except apsw.NotADBError:
        raise wrong_key(folder) from None
    except apsw.CorruptError:
        with suppress(OSError):
            (folder / SUSPECT_FILE).touch()
        raise damaged(folder) from None
    except (apsw.BusyError, apsw.LockedError):
        raise busy() from None
    except (apsw.CantOpenError, apsw.IOError):
        raise cannot_write(folder) from None


def disk_full(folder: Path) -> AppError:
    """No room left; nothing of the action was kept."""
    return AppError(
        "workspace.disk_full",
        Text(
            "Le disque du dossier de travail « {folder} » est plein ; cette action n’a pas été enregistrée.",
            "The disk of the workspace “{folder}” is full; this action was not saved.",
        ).format(folder=folder),
        Text("Libérez de la place, puis recommencez.", "Free some space, then try again."),
    )


def wrong_key(folder: Path) -> AppError:
    """The file is there and the key does not open it: another keyring, or a damaged first page."""
    return AppError(
        "workspace.wrong_key",
        Text(
            "La clé à disposition n’ouvre pas le dossier de travail « {folder} », "
            "ou le début de sa base est endommagé.",
            "The key at hand does not open the workspace “{folder}”, or its beginning is damaged.",
        ).format(folder=folder),
        Text(
            "Ouvrez la session et le trousseau avec lesquels il a été créé, "
            "ou remettez la dernière sauvegarde.",
            "Use the session and keyring it was made with, or restore the last backup.",
        ),
    )


def damaged(folder: Path) -> AppError:
    """A page fails its authentication tag, or the structure is broken."""
    return AppError(
        "workspace.damaged",
        Text(
            "La base du dossier de travail « {folder} » est endommagée.",
            "The database of the workspace “{folder}” is damaged.",
        ).format(folder=folder),
        Text(
            "Ne la modifiez plus ; remettez la dernière sauvegarde et signalez-le. L’extrait d’origine, lui, "
            "est intact.",
            "Leave it as it is; restore the last backup and report it. The original extract is untouched.",
        ),
    )


def too_new(folder: Path) -> AppError:
    """A later version of the program wrote it."""
    return AppError(
        "workspace.too_new",
        Text(
            "Le dossier de travail « {folder} » a été écrit par une version plus récente de Navette.",
            "The workspace “{folder}” was written by a later version of Navette.",
        ).format(folder=folder),
        Text("Installez cette version, ou une plus récente.", "Install that version, or a later one."),
    )


def too_old(folder: Path) -> AppError:
    """An earlier version wrote it, and reading alone cannot bring it up to date."""
    return AppError(
        "workspace.too_old",
        Text(
            "Le dossier de travail « {folder} » date d’une version antérieure de Navette.",
            "The workspace “{folder}” comes from an earlier version of Navette.",
        ).format(folder=folder),
        Text(
            "Ouvrez-le une fois en écriture : il sera mis à jour.",
            "Open it once for writing: it will be brought up to date.",
        ),
    )


def busy() -> AppError:
    """Another program holds the file (a backup, a virus scanner)."""
    return AppError(
        "workspace.busy",
        Text(
            "Un autre programme occupe la base du dossier de travail.",
            "Another program is using the workspace database.",
        ),
        Text("Attendez un instant, puis recommencez.", "Wait a moment, then try again."),
    )


def read_only() -> AppError:
    """A change was asked of a workspace opened for reading."""
    return AppError(
        "workspace.read_only",
        Text(
            "Le dossier de travail est ouvert en lecture seule ; rien n’a été modifié.",
            "The workspace is open for reading only; nothing was changed.",
        ),
        Text(
            "Fermez l’autre fenêtre de Navette, puis rouvrez ce dossier.",
            "Close the other Navette window, then open this folder again.",
        ),
    )


def missing(folder: Path) -> AppError:
    """There is no workspace to read."""
    return AppError(
        "workspace.missing",
        Text(
            "Il n’y a pas de dossier de travail dans « {folder} ».",
            "There is no workspace in “{folder}”.",
        ).format(folder=folder),
        Text("Choisissez un autre dossier.", "Choose another folder."),
    )


def no_copy(folder: Path) -> AppError:
    """Someone works in it on another computer, and there is no copy to look at yet."""
    return AppError(
        "workspace.no_copy",
        Text(
            "Le dossier de travail « {folder} » est ouvert sur un autre poste, et aucune copie n’est encore "
            "prête "
            "pour la lecture.",
            "The workspace “{folder}” is open on another computer, and there is no copy to read yet.",
        ).format(folder=folder),
        Text(
            "Une copie est faite toutes les dix minutes : attendez un peu, puis réessayez.",
            "A copy is made every ten minutes: wait a little, then try again.",
        ),
    )


def lost(folder: Path) -> AppError:
    """The keys say that a database was made here, and it is gone or empty."""
    return AppError(
        "workspace.lost",
        Text(
            "La base du dossier de travail « {folder} » a disparu ou est vide : les lots, les corrections et "
            "les reçus y étaient.",
            "The database of the workspace “{folder}” is gone or empty: it held the batches, the corrections "
            "and the receipts.",
        ).format(folder=folder),
        Text(
            "Remettez la dernière sauvegarde de ce dossier. Sans elle, repartez d’un nouveau dossier et "
            "demandez au registre un nouveau fichier d’enrôlement.",
            "Restore the last backup of this folder. Without one, begin with a new folder and ask the "
            "registry for a new enrolment file.",
        ),
    )
