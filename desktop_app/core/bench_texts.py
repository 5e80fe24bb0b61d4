"""The sentences of the bench: what an action did, and why one is refused. No cell value is in them."""

from __future__ import annotations

from desktop_app.core.errors import AppError
from validation_rules.text import Text

STEPS = Text("{n} étapes", "{n} steps")
TURNS = {"undo": Text("Annulé : {fr}", "Undone: {en}"), "redo": Text("Rétabli : {fr}", "Redone: {en}")}
LABELS_ONE = {
    "confirm": Text("Confirmation de {rule}, ligne {row}", "Confirmation of {rule}, row {row}"),
    "carry": Text("Reprise d’une correction, ligne {row}", "Correction carried over, row {row}"),
    "revoke": Text(
        "Confirmation retirée pour {rule}, ligne {row}", "Confirmation of {rule} revoked, row {row}"
    ),
    "withdraw": Text("Retrait de l’enregistrement de la ligne {row}", "Record of row {row} withdrawn"),
    "reinstate": Text("Retour de l’enregistrement de la ligne {row}", "Record of row {row} reinstated"),
}
LABELS_MANY = {
    "edit": Text("Correction de {n} cellules", "Correction of {n} cells"),
    "carry": Text("Reprise de {n} corrections", "{n} corrections carried over"),
    "confirm": Text("Confirmation de {n} constats", "Confirmation of {n} findings"),
    "revoke": Text("Confirmation de {n} constats retirée", "Confirmation of {n} findings revoked"),
    "withdraw": Text("Retrait de {n} enregistrements", "{n} records withdrawn"),
    "reinstate": Text("Retour de {n} enregistrements", "{n} records reinstated"),
}


def not_confirmable() -> AppError:
    """Somebody confirms an error."""
    return AppError(
        "corrections.not_confirmable",
        Text(
            "Une erreur ne peut pas être confirmée : la valeur est impossible.",
            "An error cannot be confirmed: the value is impossible.",
        ),
        Text(
            "Corrigez-la ; seuls les constats « à confirmer » acceptent une confirmation.",
            "Correct it; only findings “to confirm” accept a confirmation.",
        ),
    )


def unknown_cell() -> AppError:
    """A row or a field that is not there."""
    return AppError(
        "corrections.unknown_cell",
        Text(
            "Une des cellules à modifier n’existe pas dans ce lot ; rien n’a été modifié.",
            "One of the cells to change does not exist in this batch; nothing was changed.",
        ),
        Text(
            "Vérifiez l’étendue du bloc collé, puis recommencez.",
            "Check the extent of the pasted block, then try again.",
        ),
    )


def other_source() -> AppError:
    """The file behind a batch was changed or replaced."""
    return AppError(
        "corrections.other_source",
        Text(
            "Le fichier n’est plus celui pour lequel ce lot a été préparé : son contenu a changé.",
            "The file is no longer the one this batch was prepared from: its content has changed.",
        ),
        Text(
            "Remettez le fichier d’origine pour continuer ce lot, ou préparez un nouveau lot avec celui-ci.",
            "Put the original file back to go on with this batch, or prepare a new batch from this one.",
        ),
    )


def note_needed() -> AppError:
    """A reason that says nothing by itself."""
    return AppError(
        "corrections.note_needed",
        Text("Cette raison demande une précision.", "This reason needs a few words more."),
        Text(
            "Écrivez en quelques mots ce qui a été vérifié, sans nommer le patient.",
            "Write in a few words what was checked, without naming the patient.",
        ),
    )
