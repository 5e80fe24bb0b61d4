"""The sentences for a file whose content is not what it seems."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.errors import AppError
from validation_rules.text import Text


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


def far_cell(path: Path) -> AppError:
    """A few cells far from the table make a sheet of millions of empty ones."""
    return AppError(
        "workbook-far-cell",
        Text(
            f"Dans « {path.name} », quelques cellules très éloignées du tableau donnent à une feuille des "
            "millions de cellules vides.",
            f"In “{path.name}”, a few cells far away from the table give a sheet millions of empty cells.",
        ),
        Text(
            "Dans votre tableur, supprimez les lignes et les colonnes qui suivent le tableau, enregistrez, "
            "puis chargez-le de nouveau ; ou exportez la feuille en CSV.",
            "In your spreadsheet program, delete the rows and columns after the table, save, then load it "
            "again; or export the sheet as CSV.",
        ),
    )


def hostile(path: Path) -> AppError:
    """A part of a workbook declares entities, which no spreadsheet program writes."""
    return AppError(
        "workbook-hostile",
        Text(
            f"Le classeur « {path.name} » contient des déclarations qu’aucun tableur n’écrit ; il n’a pas "
            "été ouvert.",
            f"The workbook “{path.name}” holds declarations that no spreadsheet program writes; it was not "
            "opened.",
        ),
        Text(
            "Vérifiez d’où il vient et prévenez votre service informatique ; demandez un nouvel export.",
            "Check where it comes from and tell your IT department; ask for a new export.",
        ),
    )


def not_computed(path: Path, cells: int, first: str) -> AppError:
    """Formulas without a result: the program that wrote the workbook did not compute them."""
    return AppError(
        "workbook-not-computed",
        Text(
            f"Dans « {path.name} », {cells} formules sont sans résultat (la première en {first}) : elles "
            "n’ont jamais été calculées.",
            f"In “{path.name}”, {cells} formulas have no result (the first in {first}): they were never "
            "computed.",
        ),
        Text(
            "Ouvrez le classeur dans votre tableur, enregistrez-le, puis chargez-le de nouveau.",
            "Open the workbook in your spreadsheet program, save it, then load it again.",
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


def open_quote(path: Path, line: int) -> AppError:
    """A quote that nothing closes before the file ends."""
    return AppError(
        "quote-open",
        Text(
            f"Dans « {path.name} », un guillemet ouvert dans l’enregistrement de la ligne {line} n’est "
            "jamais refermé : tout ce qui suit serait lu comme une seule cellule.",
            f"In “{path.name}”, a quote opened in the record on line {line} is never closed: all that "
            "follows would be read as one cell.",
        ),
        Text(
            "Corrigez cette ligne dans le logiciel d’origine, ou choisissez « aucun » pour le guillemet.",
            "Correct that line in the source program, or choose “none” for the quote.",
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
