"""The sentences for archives, and for the formats of statistical programs and Web pages."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.errors import AppError
from validation_rules.text import Text


def archive_damaged(path: Path) -> AppError:
    """An archive cut short or spoilt."""
    return AppError(
        "archive-damaged",
        Text(
            f"L’archive « {path.name} » est tronquée ou endommagée.",
            f"The archive “{path.name}” is truncated or damaged.",
        ),
        Text(
            "Copiez-la de nouveau depuis l’original, ou extrayez-en le fichier et chargez-le.",
            "Copy it again from the original, or extract the file from it and load that.",
        ),
    )


def archive_locked(path: Path) -> AppError:
    """An archive behind a password, or packed in a way that cannot be read here."""
    return AppError(
        "archive-password",
        Text(
            f"L’archive « {path.name} » est protégée par un mot de passe.",
            f"The archive “{path.name}” is protected by a password.",
        ),
        Text(
            "Extrayez-en le fichier avec ce mot de passe, puis chargez le fichier extrait.",
            "Extract the file from it with that password, then load the extracted file.",
        ),
    )


def archive_bomb(path: Path) -> AppError:
    """An archive that would fill the memory once unpacked."""
    return AppError(
        "archive-too-big",
        Text(
            f"L’archive « {path.name} » se décompresse en un contenu démesuré et n’a pas été lue.",
            f"The archive “{path.name}” unpacks to an enormous content and was not read.",
        ),
        Text(
            "Vérifiez d’où elle vient ; si les données sont vraiment aussi nombreuses, extrayez le fichier "
            "et chargez-le.",
            "Check where it comes from; if there really is that much data, extract the file and load it.",
        ),
    )


def archive_empty(path: Path) -> AppError:
    """An archive without a file in it."""
    return AppError(
        "archive-empty",
        Text(f"L’archive « {path.name} » ne contient aucun fichier.", f"The archive “{path.name}” is empty."),
        Text("Refaites l’archive, ou chargez l’extraction elle-même.", "Make it again, or load the extract."),
    )


def archive_without(path: Path, member: str) -> AppError:
    """The file asked for is not in the archive."""
    return AppError(
        "archive-no-member",
        Text(
            f"L’archive « {path.name} » ne contient pas « {member} ».",
            f"The archive “{path.name}” does not hold “{member}”.",
        ),
        Text("Choisissez un des fichiers qu’elle contient.", "Choose one of the files that it holds."),
    )


def several_tables(path: Path, names: list[str]) -> AppError:
    """More than one file that may be the extract, and nobody to ask."""
    listed = ", ".join(names[:12])
    return AppError(
        "archive-several",
        Text(
            f"L’archive « {path.name} » contient plusieurs fichiers : {listed}.",
            f"The archive “{path.name}” holds several files: {listed}.",
        ),
        Text(
            "Choisissez-en un dans la fenêtre, ou extrayez le bon fichier et chargez-le.",
            "Choose one in the window, or extract the right file and load it.",
        ),
    )


def archive_in_archive(path: Path) -> AppError:
    """An archive inside the archive."""
    return AppError(
        "archive-nested",
        Text(
            f"L’archive « {path.name} » contient une autre archive.",
            f"The archive “{path.name}” holds another archive.",
        ),
        Text(
            "Extrayez-en le fichier de données, puis chargez-le.",
            "Extract the data file from it, then load that.",
        ),
    )


def statistical(path: Path, kind: Text) -> AppError:
    """A file of SAS, SPSS or Stata, or a Parquet file, that its reader does not take."""
    return AppError(
        "statistical-damaged",
        Text(
            f"« {path.name} » ressemble à {kind.fr}, mais il est tronqué, chiffré ou d’une version inconnue.",
            f"“{path.name}” looks like {kind.en}, but it is truncated, encrypted or of an unknown version.",
        ),
        Text(
            "Copiez-le de nouveau depuis l’original, ou exportez les données en CSV depuis le logiciel.",
            "Copy it again from the original, or export the data as CSV from the program.",
        ),
    )


def unreadable_column(path: Path, name: str, kind: str) -> AppError:
    """A column whose cells are no plain values, such as nested tables."""
    return AppError(
        "column-not-plain",
        Text(
            f"La colonne « {name} » de « {path.name} » ne contient pas de simples valeurs (type {kind}).",
            f"The column “{name}” of “{path.name}” does not hold plain values (type {kind}).",
        ),
        Text(
            "Exportez les données sans cette colonne, ou avec une valeur par cellule.",
            "Export the data without that column, or with one value a cell.",
        ),
    )


def no_table(path: Path) -> AppError:
    """A Web page without a table."""
    return AppError(
        "page-without-table",
        Text(
            f"« {path.name} » est une page Web sans tableau.",
            f"“{path.name}” is a Web page without a table.",
        ),
        Text("Exportez les données en CSV, pas en page Web.", "Export the data as CSV, not as a Web page."),
    )


def page_too_big(path: Path, limit: int) -> AppError:
    """A Web page too long to be read; `limit` in bytes."""
    mega = limit // 1024**2
    return AppError(
        "page-too-big",
        Text(
            f"« {path.name} » est une page Web de plus de {mega} Mo.",
            f"“{path.name}” is a Web page of over {mega} MB.",
        ),
        Text(
            "Exportez les données en CSV, ou ouvrez-la dans votre tableur et enregistrez-la en .xlsx.",
            "Export the data as CSV, or open it in your spreadsheet program and save it as .xlsx.",
        ),
    )
