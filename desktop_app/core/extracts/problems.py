"""The sentences for a file that is not what it seems: what happened, and what to do."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.errors import AppError
from validation_rules.text import Text


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


def from_os(path: Path, error: OSError) -> AppError:
    """The sentence for an error of the operating system."""
    if isinstance(error, FileNotFoundError):
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


def binary(path: Path, kind: Text) -> AppError:
    """Not text and not a workbook; `kind` says what it looks like."""
    return AppError(
        "file-binary",
        Text(
            f"« {path.name} » n’est pas un tableau : c’est {kind.fr}.",
            f"“{path.name}” is not a table: it is {kind.en}.",
        ),
        Text(
            "Exportez les données en CSV ou en classeur .xlsx, puis chargez ce fichier-là.",
            "Export the data as CSV or as an .xlsx workbook, then load that file.",
        ),
    )


def wrong_extension(path: Path, extension: str, content: Text, todo: Text) -> AppError:
    """The name promises one kind of file and the content is another."""
    return AppError(
        "file-wrong-extension",
        Text(
            f"« {path.name} » porte l’extension {extension} mais contient {content.fr}.",
            f"“{path.name}” is named {extension} but holds {content.en}.",
        ),
        todo,
    )


def encrypted(path: Path) -> AppError:
    """A workbook behind a password."""
    return AppError(
        "workbook-password",
        Text(
            f"Le classeur « {path.name} » est protégé par un mot de passe.",
            f"The workbook “{path.name}” is protected by a password.",
        ),
        Text(
            "Ouvrez-le dans votre tableur, retirez le mot de passe (Fichier, Informations, Protéger), "
            "enregistrez, puis chargez-le de nouveau.",
            "Open it in your spreadsheet program, remove the password (File, Info, Protect), "
            "save it, then load it again.",
        ),
    )


def damaged(path: Path) -> AppError:
    """A workbook cut short or spoilt."""
    return AppError(
        "workbook-damaged",
        Text(
            f"Le classeur « {path.name} » est tronqué ou endommagé.",
            f"The workbook “{path.name}” is truncated or damaged.",
        ),
        Text(
            "Copiez-le de nouveau depuis l’original ; s’il ne s’ouvre pas non plus dans un tableur, "
            "refaites l’export.",
            "Copy it again from the original; if no spreadsheet program can open it, export it again.",
        ),
    )


def bomb(path: Path) -> AppError:
    """A workbook that would fill the memory once unpacked."""
    return AppError(
        "workbook-too-big",
        Text(
            f"Le classeur « {path.name} » déclare un contenu démesuré et n’a pas été ouvert.",
            f"The workbook “{path.name}” declares an enormous content and was not opened.",
        ),
        Text(
            "Vérifiez d’où il vient ; exportez les données en CSV si elles sont vraiment aussi nombreuses.",
            "Check where it comes from; export the data as CSV if there really is that much.",
        ),
    )


def no_sheet(path: Path, sheet: str, names: list[str]) -> AppError:
    """The sheet asked for is not in the workbook."""
    listed = ", ".join(names[:12])
    return AppError(
        "workbook-no-sheet",
        Text(
            f"« {path.name} » n’a pas de feuille « {sheet} ». Ses feuilles : {listed}.",
            f"“{path.name}” has no sheet “{sheet}”. Its sheets: {listed}.",
        ),
        Text("Choisissez une de ces feuilles.", "Choose one of these sheets."),
    )


def long_line(path: Path, line: int, limit: int) -> AppError:
    """A record that never ends; `limit` in bytes."""
    mega = limit // 1024**2
    return AppError(
        "line-too-long",
        Text(
            f"Dans « {path.name} », l’enregistrement qui commence à la ligne {line} dépasse {mega} Mo.",
            f"In “{path.name}”, the record that starts on line {line} is over {mega} MB.",
        ),
        Text(
            "Un guillemet ouvert n’est sans doute pas refermé, ou les fins de ligne manquent : choisissez "
            "« aucun » pour le guillemet, ou refaites l’export.",
            "A quote was probably opened and never closed, or line ends are missing: choose “none” for the "
            "quote, or export the file again.",
        ),
    )


def too_wide(path: Path, columns: int, limit: int) -> AppError:
    """More columns than any table of cases has."""
    return AppError(
        "too-many-columns",
        Text(
            f"« {path.name} » aurait {columns} colonnes ; Navette en lit {limit} au plus.",
            f"“{path.name}” would have {columns} columns; Navette reads {limit} at most.",
        ),
        Text(
            "Les fins de ligne manquent sans doute, ou le séparateur n’est pas le bon : refaites l’export, "
            "ou choisissez un autre séparateur.",
            "Line ends are probably missing, or the separator is wrong: export the file again, or choose "
            "another separator.",
        ),
    )


def not_decodable(path: Path, encoding: str, line: int) -> AppError:
    """Bytes that the encoding does not allow."""
    return AppError(
        "encoding-wrong",
        Text(
            f"La ligne {line} de « {path.name} » contient des octets qui ne sont pas du {encoding}.",
            f"Line {line} of “{path.name}” holds bytes that are not {encoding}.",
        ),
        Text(
            "Choisissez un autre encodage (Windows-1252 est le plus courant), ou refaites l’export.",
            "Choose another encoding (Windows-1252 is the most common), or export the file again.",
        ),
    )


def unknown_encoding(encoding: str) -> AppError:
    """An encoding that the product does not read."""
    return AppError(
        "encoding-unknown",
        Text(
            f"L’encodage « {encoding[:40]} » n’est pas pris en charge.",
            f"The encoding “{encoding[:40]}” is not supported.",
        ),
        Text("Choisissez-en un dans la liste.", "Choose one from the list."),
    )


def no_header(path: Path, row: int) -> AppError:
    """The header row asked for lies beyond the end, or is blank."""
    return AppError(
        "header-missing",
        Text(
            f"« {path.name} » n’a pas d’en-tête à la ligne {row}.",
            f"“{path.name}” has no header on row {row}.",
        ),
        Text("Choisissez la ligne qui porte le nom des colonnes.", "Choose the row that names the columns."),
    )


def no_layout(path: Path) -> AppError:
    """Fixed width, and nothing says where the zones are."""
    return AppError(
        "layout-missing",
        Text(
            f"« {path.name} » est à largeur fixe et son dessin d’enregistrement manque.",
            f"“{path.name}” is fixed width and its record layout is missing.",
        ),
        Text(
            "Placez à côté le dessin d’enregistrement (CSV : zone, début, longueur), ou choisissez-le.",
            "Put the record layout beside it (CSV: zone, start, length), or choose it.",
        ),
    )


def bad_layout(name: str, reason: Text) -> AppError:
    """A layout that cannot be used."""
    return AppError(
        "layout-wrong",
        Text(
            f"Le dessin d’enregistrement « {name} » ne convient pas : {reason.fr}.",
            f"The record layout “{name}” cannot be used: {reason.en}.",
        ),
        Text(
            "Il lui faut une ligne par zone, avec son nom, son début (à partir de 1) et sa longueur.",
            "It needs one line a zone, with its name, its start (from 1) and its length.",
        ),
    )


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
