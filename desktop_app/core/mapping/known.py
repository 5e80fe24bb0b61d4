"""The draft of files whose columns the reader made itself: what they are is known, not guessed.

Where a zone of the PMSI went is said as evidence. Columns that came along from another file are drafted as
those of any file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from desktop_app.core.extracts.pmsi.formats import FORMAT
from desktop_app.core.mapping import draft as guessed
from desktop_app.core.mapping.draft import ColumnGuess, Draft, Words
from desktop_app.core.mapping.profile import profile
from desktop_app.core.mapping.recipe import Column, Recipe
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract
from validation_rules.contract import Contract
from validation_rules.text import Text

_DAY = ("ddmmyyyy",)
_UNKNOWN_DAY = "00"
_LOCAL = Text(
    "Colonne de travail : elle aide à retrouver le séjour et ne part pas.",
    "A column to work with: it helps find the stay and does not leave.",
)


class Known(NamedTuple):
    """The field of a column, and where its values come from."""

    field: str | None
    origin: Text
    dates: bool = False


def _from(field: str, fr: str, en: str, *, dates: bool = False) -> Known:
    return Known(field, Text(fr, en), dates)


_PMSI: dict[str, Known] = {
    "IPP": _from("numero_patient", "Zone IPP du VID-HOSP.", "Zone IPP of VID-HOSP."),
    "N° notification": _from(
        "numero_notification",
        "Numéro administratif du séjour et code du diagnostic : le même le mois prochain.",
        "Administrative number of the stay and code of the diagnosis: the same next month.",
    ),
    "Matricule INS": _from(
        "matricule_ins",
        "VID-HOSP : INS, sinon numéro individuel et sa clé ; jamais le numéro de l’assuré.",
        "VID-HOSP: INS, else the individual number and its key; never the number of the insured.",
    ),
    "Sexe": _from("sexe", "Zone SEXE du RSS, sinon du VID-HOSP.", "Zone SEXE of the RSS, else of VID-HOSP."),
    "Date de naissance": _from(
        "date_naissance",
        "Zone DNAIS du RSS, sinon du VID-HOSP.",
        "Zone DNAIS of the RSS, else of VID-HOSP.",
        dates=True,
    ),
    "Code postal": _from("code_postal", "Zone CPRE du RSS.", "Zone CPRE of the RSS."),
    "N° séjour": _from("numero_document", "Zone NADL du RSS.", "Zone NADL of the RSS."),
    "Source": _from("type_source", "Tout séjour vient du PMSI.", "Every stay comes from the PMSI."),
    "Date d’entrée": _from(
        "date_evenement",
        "Entrée dans la première unité du séjour (DEUM).",
        "Entry into the first unit of the stay (DEUM).",
        dates=True,
    ),
    "Date de sortie": _from(
        "date_sortie",
        "Sortie de la dernière unité du séjour (DSUM).",
        "Discharge from the last unit of the stay (DSUM).",
        dates=True,
    ),
    "Mode de sortie": _from(
        "mode_sortie",
        "Mode de sortie de la dernière unité (MSUM).",
        "Discharge mode of the last unit (MSUM).",
    ),
    "FINESS": _from(
        "finess_etablissement", "Zone FINESS du RSS (inscription ePMSI).", "Zone FINESS of the RSS (ePMSI)."
    ),
    "Diagnostic CIM-10": _from(
        "diagnostic_cim10",
        "DP, DR et DA de tous les RUM du séjour, un code de tumeur par ligne.",
        "DP, DR and DA of every RUM of the stay, one tumour code a row.",
    ),
    "Rôle du diagnostic": _from(
        "role_diagnostic",
        "Le plus haut des rôles de ce code dans les RUM du séjour : DP, DR, puis DAS.",
        "The highest role of this code in the RUMs of the stay: DP, DR, then DAS.",
    ),
    "Actes CCAM": _from(
        "actes_ccam",
        "Actes de tous les RUM du séjour, par date.",
        "Procedures of every RUM of the stay, by date.",
    ),
    "Statut vital": _from(
        "statut_vital",
        "Décédé (2) quand le mode de sortie est 9, vivant (1) à toute autre sortie.",
        "Dead (2) when the discharge mode is 9, alive (1) at any other discharge.",
    ),
    "Date des dernières nouvelles": _from(
        "date_dernieres_nouvelles", "La date de sortie.", "The date of discharge.", dates=True
    ),
    **dict.fromkeys(("Pays", "RSS", "UM", "RUM", "Séances", "Ligne", "Rapprochement"), Known(None, _LOCAL)),
}


def draft_recipe(
    extract: Extract, contract: Contract, progress: Progress = silent, words: Words | None = None
) -> Draft:
    """As `draft.draft_recipe`; what the reader of the PMSI made is sure where the contract has its fields."""
    fields = {known.field for known in _PMSI.values() if known.field}
    if extract.options.format != FORMAT or not fields <= set(contract.field_names):
        return guessed.draft_recipe(extract, contract, progress, words)
    rest = [name for name in extract.columns if name not in _PMSI]
    others = guessed.draft_recipe(_only(extract, rest), contract, progress, words) if rest else None
    guesses = {guess.source: _without(guess, fields) for guess in (others.columns if others else ())}
    columns = {str(column.header): column for column in (others.recipe.columns if others else ())}
    for name in extract.columns:
        if name in _PMSI:
            guesses[name], columns[name] = _guess(extract, name), _column(name)
        elif not guesses[name].fields:
            columns[name] = Column(header=name)
    return Draft(
        _recipe(extract, contract, tuple(columns[name] for name in extract.columns)),
        tuple(guesses[name] for name in extract.columns),
    )


def _only(extract: Extract, names: list[str]) -> Extract:
    return replace(extract, frame=extract.frame.select("row_id", *names))


def _without(guess: ColumnGuess, taken: set[str]) -> ColumnGuess:
    """A column that came along fills no field that the PMSI fills."""
    return replace(guess, fields=(), confidence=0.0) if taken & set(guess.fields) else guess


def _guess(extract: Extract, name: str) -> ColumnGuess:
    known = _PMSI[name]
    fields = (known.field,) if known.field else ()
    return ColumnGuess(name, fields, 1.0 if fields else 0.0, known.origin, profile(extract, name).samples)


def _column(name: str) -> Column:
    known = _PMSI[name]
    if not known.dates:
        return Column(header=name, field=known.field)
    unknown = _UNKNOWN_DAY if known.field == "date_naissance" else None
    return Column(header=name, field=known.field, date_formats=_DAY, unknown_part=unknown)


def _recipe(extract: Extract, contract: Contract, columns: tuple[Column, ...]) -> Recipe:
    name = extract.source.path.name[:200]
    return Recipe(contract=contract.id, file=name, format=FORMAT, header_row=None, columns=columns)
