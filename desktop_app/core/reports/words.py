"""The sentences of the report."""

from __future__ import annotations

from typing import Final

from desktop_app.core.reports.model import Figure
from desktop_app.core.reports.numbers import number, percent
from validation_rules.text import Language, Text

PAGE: Final[dict[str, Text]] = {
    "title": Text("Rapport qualité", "Quality report"),
    "records": Text("enregistrements", "records"),
    "persons": Text("personnes", "persons"),
    "corrections": Text("corrections", "corrections"),
    "period": Text("années d’incidence", "years of incidence"),
    "checked": Text("Contrôlé le", "Checked on"),
    "contract": Text("Contrat", "Contract"),
    "figures": Text("Indicateurs", "Indicators"),
    "pictures": Text("Répartitions", "Distributions"),
    "findings": Text("Constats", "Findings"),
    "none": Text("Aucun constat.", "No findings."),
    "rule": Text("Règle", "Rule"),
    "severity": Text("Gravité", "Severity"),
    "open": Text("à traiter", "open"),
    "confirmed": Text("confirmés", "confirmed"),
    "data": Text("Les chiffres de ce graphique", "The numbers of this chart"),
    "interval": Text("intervalle à 95 %", "95% interval"),
    "median": Text("médiane nationale", "national median"),
    "no_median": Text("médiane nationale : pas encore connue", "national median: not known yet"),
    "receipt": Text("Reçu du registre", "Receipt of the registry"),
    "not_sent": Text("Ce lot n’a pas encore été envoyé.", "This batch has not been sent yet."),
    "outcomes": Text("Retours du registre", "Feedback of the registry"),
    "outcome": Text("Retour", "Outcome"),
    "count": Text("nombre", "count"),
    "methods": Text("Définitions et sources", "Definitions and sources"),
    "indicator": Text("Indicateur", "Indicator"),
    "value": Text("Valeur", "Value"),
    "definition": Text("Définition", "Definition"),
    "source": Text("Source", "Source"),
    "method": Text(
        "Intervalles de Wilson (J Am Stat Assoc 1927;22:209-212) pour les pourcentages, statistiques d’ordre"
        " pour la médiane, logarithme pour le rapport hommes / femmes.",
        "Wilson intervals (J Am Stat Assoc 1927;22:209-212) for percentages, order statistics for the median,"
        " logarithm for the male to female ratio.",
    ),
    "privacy": Text(
        "Ce rapport ne contient que des nombres : aucun nom, aucun numéro, aucune date d’une personne."
        " Les petits effectifs sont montrés ; il est destiné au site qui l’a produit.",
        "This report holds counts only: no name, number or date of a person."
        " Small counts are shown; it is meant for the site that made it.",
    ),
}  # fmt: skip

SEVERITIES: Final[dict[str, Text]] = {
    "error": Text("erreur", "error"),
    "confirm": Text("à confirmer", "to confirm"),
    "info": Text("information", "information"),
}


def figure_value(figure: Figure, language: Language) -> str:
    """The figure as it is printed: « 95,3 % », « 184 jours », "1.12"; a dash when nothing was counted."""
    return value_text(figure, figure.value, language)


def value_text(figure: Figure, value: float | None, language: Language) -> str:
    """A value in the unit of `figure`."""
    if value is None:
        return "–"
    if figure.unit == "percent":
        return percent(value, language)
    if figure.unit == "days":
        return number(value, language) + ("\N{NO-BREAK SPACE}jours" if language == "fr" else " days")
    return number(value, language, 2)


def interval_text(figure: Figure, language: Language) -> str:
    """« 94,1 à 96,3 % »; empty when there is no interval."""
    if figure.low is None or figure.high is None:
        return ""
    joint = " à " if language == "fr" else " to "
    digits = {"percent": 1, "days": 0, "ratio": 2}[figure.unit]
    return number(figure.low, language, digits) + joint + value_text(figure, figure.high, language)


def counts_text(figure: Figure, language: Language) -> str:
    """« 1 134 sur 1 191 »; the number of records alone for a median."""
    whole = number(figure.denominator, language)
    if figure.unit == "percent" and figure.numerator is not None:
        joint = " sur " if language == "fr" else " of "
        return number(figure.numerator, language) + joint + whole
    return whole + (" cas" if language == "fr" else " cases")
