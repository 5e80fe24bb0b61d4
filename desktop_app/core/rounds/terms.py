"""The words of the files that go out, how cells are made safe, and the sentences of refusals."""

from __future__ import annotations

import re

from desktop_app.core.errors import AppError
from validation_rules.text import Text, grouped

REFERENCE = Text("Repère Navette", "Navette reference")
ROW = Text("Ligne", "Row")
SAID = Text("Constats", "Findings")
NOTE = Text("Remarque", "Remark")
SEVERITY = Text("Gravité", "Severity")
RULE = Text("Règle", "Rule")
FIELD = Text("Champ", "Field")
FIELDS = Text("Champs", "Fields")
VALUE = Text("Valeur", "Value")
NEW = Text("Nouvelle valeur", "New value")
WRONG = Text("Ce qui ne va pas", "What is wrong")
FIX = Text("Que faire", "What to do")
REASON = Text("Juste tel quel : motif", "Right as it is: reason")
DETAILS = Text("Précision", "Details")
INSTITUTION = Text("Établissement", "Institution")
YOUR_NAME = Text("Votre nom", "Your name")
EMPTY = Text("(vide)", "(blank)")

SHEET_ROWS = Text("À corriger", "To correct")
SHEET_FINDINGS = Text("Constats", "Findings")
SHEET_HELP = Text("Mode d’emploi", "Instructions")
SHEET_CODES = Text("Codes", "Codes")

SEVERITIES = {
    "error": Text("Erreur", "Error"),
    "confirm": Text("À confirmer", "To confirm"),
    "info": Text("Information", "Information"),
}

_SPACES = re.compile(r"\s+")
LONGEST_CELL = 32_000  # a workbook holds 32,767 characters in a cell
# What XML cannot hold; a workbook with one of these does not open.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Marks that turn the writing direction.
_STEERS = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Excel reads _x0041_ inside a text as the character of that number.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NOT_COMPUTED = "\ue000="  # what a formula without a result is read as; nobody types it
EXCEL_ERRORS = ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "#VALEUR!", "#NOM?")


def plain(text: str) -> str:
    """A title or a choice as it is recognised: another kind of space or apostrophe makes no difference."""
    return _SPACES.sub(" ", text.replace("’", "'")).strip().casefold()


def one_line(text: str) -> str:
    """What a stranger wrote, without what could turn or break a line that shows it."""
    return _SPACES.sub(" ", _STEERS.sub("", _ILLEGAL.sub("", text))).strip()


def names(text: str, title: Text) -> bool:
    """Whether a text is this title, in either language."""
    return plain(text) in (plain(title.fr), plain(title.en))


def cell_text(value: str | None) -> str:
    """A value as it stands in a cell of a workbook: text, of a length and of characters that it can hold."""
    text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", value or "")
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def escaped(text: str) -> str:
    """A text as Excel's own escapes write it, so that it reads back as it is."""
    return _ESCAPE.sub("_x005F_", text)


def too_many(rows: int, most: int) -> AppError:
    """More rows than a workbook with comments carries."""
    count, limit = grouped(rows), grouped(most)
    return AppError(
        "rounds.too_many",
        Text(
            f"{count.fr} lignes sont à revoir : un classeur annoté en porte {limit.fr} au plus.",
            f"{count.en} rows are to be looked at: an annotated workbook holds {limit.en} at most.",
        ),
        Text(
            "Choisissez un établissement ou une règle, ou exportez en CSV.",
            "Choose one institution or one rule, or export as CSV.",
        ),
    )


def nothing_to_ask() -> AppError:
    """No finding is left in what was chosen."""
    return AppError(
        "rounds.nothing",
        Text("Il n’y a aucun constat ouvert dans ce choix.", "There is no open finding in this selection."),
        Text(
            "Élargissez le choix ; les constats corrigés ou confirmés ne partent pas.",
            "Widen the selection; findings corrected or confirmed do not go out.",
        ),
    )


def not_ours() -> AppError:
    """A file without a single mark."""
    return AppError(
        "rounds.not_ours",
        Text(
            f"Ce fichier n’a pas la colonne « {REFERENCE.fr} » : il ne vient pas d’un export de Navette.",
            f"This file lacks the column “{REFERENCE.en}”: it does not come from an export of Navette.",
        ),
        Text(
            "Choisissez le classeur ou le fichier CSV que votre collègue a rempli, sans changer ses "
            "titres de "
            "colonnes.",
            "Choose the workbook or the CSV file that your colleague filled in, with its column "
            "titles as they "
            "were.",
        ),
    )


def no_mark() -> AppError:
    """A file with our columns, of which the marks were taken away."""
    return AppError(
        "rounds.no_mark",
        Text(
            f"La colonne « {REFERENCE.fr} » de ce fichier ne contient aucun repère lisible.",
            f"The column “{REFERENCE.en}” of this file holds no reference that can be read.",
        ),
        Text(
            "Demandez à votre collègue de remplir le fichier exporté sans vider cette colonne.",
            "Ask your colleague to fill in the exported file without emptying that column.",
        ),
    )


def other_batch(name: str | None) -> AppError:
    """A file that left from another batch, or from another workspace."""
    if name is None:
        return AppError(
            "rounds.other_workspace",
            Text("Ce fichier vient d’un autre espace de travail.", "This file comes from another workspace."),
            Text(
                "Importez-le sur l’ordinateur d’où il est parti.",
                "Import it on the computer that it left from.",
            ),
        )
    return AppError(
        "rounds.other_batch",
        Text(f"Ce fichier est parti du lot « {name} ».", f"This file left from the batch “{name}”."),
        Text("Ouvrez ce lot, puis importez le fichier.", "Open that batch, then import the file."),
    )


def too_large(limit: int) -> AppError:
    """More than anybody fills in by hand."""
    size = limit >> 20
    return AppError(
        "rounds.too_large",
        Text(
            f"Ce fichier est trop grand pour un retour de collègue (plus de {size} Mo, ou trop de lignes).",
            f"This file is too large for what a colleague sends back (over {size} MB, or too many rows).",
        ),
        Text(
            "Vérifiez que c’est bien le fichier qui avait été exporté.",
            "Check that it is the file that was exported.",
        ),
    )
