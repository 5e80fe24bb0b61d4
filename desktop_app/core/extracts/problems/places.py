"""The sentences for a file that cannot be reached, or not be read to its end."""

from __future__ import annotations

import errno
from pathlib import Path

from desktop_app.core.errors import AppError
from validation_rules.text import Text

_GONE = frozenset(
    {
        errno.ENODEV,
        errno.ENXIO,
        errno.ESTALE,
        errno.ENOTCONN,
        errno.EHOSTDOWN,
        errno.ENETUNREACH,
        errno.ECONNRESET,
    }
)


def missing(path: Path) -> AppError:
    """No file is there, or no longer."""
    return AppError(
        "file-missing",
        Text(f"Le fichier « {path.name} » est introuvable.", f"The file “{path.name}” cannot be found."),
        Text(
            "Vérifiez qu’il n’a pas été déplacé ou renommé, puis choisissez-le de nouveau.",
            "Check that it was not moved or renamed, then choose it again.",
        ),
    )


def folder(path: Path) -> AppError:
    """A folder where a file is expected."""
    return AppError(
        "file-is-folder",
        Text(f"« {path.name} » est un dossier.", f"“{path.name}” is a folder."),
        Text("Choisissez le fichier d’extraction qu’il contient.", "Choose the extract file inside it."),
    )


def forbidden(path: Path) -> AppError:
    """The system refuses to let the file be read."""
    return AppError(
        "file-forbidden",
        Text(
            f"« {path.name} » ne peut pas être lu : accès refusé.", f"“{path.name}” cannot be read: denied."
        ),
        Text(
            "Fermez-le s’il est ouvert dans un autre logiciel, ou demandez le droit de le lire.",
            "Close it if another program has it open, or ask for the right to read it.",
        ),
    )


def unreadable(path: Path) -> AppError:
    """The disk or the network stopped answering."""
    return AppError(
        "file-unreadable",
        Text(f"La lecture de « {path.name} » s’est interrompue.", f"Reading “{path.name}” was cut short."),
        Text(
            "Vérifiez le disque ou le réseau, copiez le fichier sur ce poste, puis recommencez.",
            "Check the disk or the network, copy the file to this computer, then try again.",
        ),
    )


def gone(path: Path) -> AppError:
    """The medium was pulled out, or the share was closed, while the file was being read."""
    return AppError(
        "file-gone",
        Text(
            f"« {path.name} » n’est plus accessible : la clé ou le disque a été retiré, ou le partage "
            "réseau s’est fermé pendant la lecture.",
            f"“{path.name}” can no longer be reached: the stick or disk was removed, or the network share "
            "was closed while it was being read.",
        ),
        Text(
            "Rebranchez le support ou reconnectez le partage, copiez le fichier sur ce poste, puis "
            "recommencez.",
            "Plug the medium in or connect the share again, copy the file to this computer, then try again.",
        ),
    )


def stalled(path: Path, seconds: int) -> AppError:
    """Not a byte has come for that long."""
    return AppError(
        "file-stalled",
        Text(
            f"« {path.name} » n’arrive plus : rien n’a pu en être lu depuis {seconds} secondes.",
            f"“{path.name}” no longer comes: nothing of it could be read for {seconds} seconds.",
        ),
        Text(
            "Le partage réseau ou le support ne répond pas : vérifiez-le, copiez le fichier sur ce poste, "
            "puis recommencez.",
            "The network share or the medium does not answer: check it, copy the file to this computer, then "
            "try again.",
        ),
    )


def not_a_file(path: Path) -> AppError:
    """A pipe, a device or a socket."""
    return AppError(
        "file-special",
        Text(
            f"« {path.name} » n’est pas un fichier ordinaire (canal, périphérique ou prise réseau).",
            f"“{path.name}” is not an ordinary file (a pipe, a device or a socket).",
        ),
        Text(
            "Enregistrez les données dans un fichier, puis choisissez celui-ci.",
            "Save the data to a file, then choose that one.",
        ),
    )


def cut_short(path: Path, error: OSError) -> AppError:
    """The sentence for an error of the operating system in the midst of reading."""
    if error.errno in _GONE or not path.exists():
        return gone(path)
    return from_os(path, error)


def from_os(path: Path, error: OSError) -> AppError:
    """The sentence for an error of the operating system."""
    if isinstance(error, FileNotFoundError) or error.errno in (errno.ELOOP, errno.ENAMETOOLONG):
        return missing(path)
    if isinstance(error, IsADirectoryError):
        return folder(path)
    return forbidden(path) if isinstance(error, PermissionError) else unreadable(path)


def changed(path: Path) -> AppError:
    """The file changed while it was being read."""
    return AppError(
        "file-changed",
        Text(
            f"« {path.name} » a changé pendant la lecture.", f"“{path.name}” changed while it was being read."
        ),
        Text(
            "Attendez la fin de l’export ou de la copie, puis recommencez.",
            "Wait until the export or the copy is finished, then try again.",
        ),
    )


def empty(path: Path) -> AppError:
    """Nothing in it."""
    return AppError(
        "file-empty",
        Text(f"« {path.name} » est vide.", f"“{path.name}” is empty."),
        Text("Refaites l’export depuis le logiciel d’origine.", "Export it again from the source program."),
    )


def no_rows(path: Path) -> AppError:
    """A header, and nothing under it."""
    return AppError(
        "file-no-rows",
        Text(
            f"« {path.name} » contient un en-tête mais aucune ligne de données.",
            f"“{path.name}” has a header but no data row.",
        ),
        Text(
            "Vérifiez les critères de l’export, ou la ligne d’en-tête choisie.",
            "Check the criteria of the export, or the header row that was chosen.",
        ),
    )


def too_big(path: Path, limit: int) -> AppError:
    """Over the limit of size; `limit` in bytes."""
    mega = limit // 1024**2
    return AppError(
        "file-too-big",
        Text(f"« {path.name} » dépasse {mega} Mo.", f"“{path.name}” is over {mega} MB."),
        Text(
            "Découpez l’extraction par année d’incidence et chargez chaque partie ; la commande "
            "« navette check » contrôle un texte de toute taille.",
            "Split the extract by year of incidence and load each part; the command “navette check” checks a "
            "text of any size.",
        ),
    )


def not_in_batches(path: Path) -> AppError:
    """A workbook where only text can be read in batches."""
    return AppError(
        "file-not-in-batches",
        Text(
            f"« {path.name} » est un classeur : il se lit d’un seul tenant.",
            f"“{path.name}” is a workbook: it is read as a whole.",
        ),
        Text("Exportez les données en CSV.", "Export the data as CSV."),
    )
