"""What was read, as one line of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from desktop_app.core.extracts.survey import Survey

translate = QCoreApplication.translate


def in_figures(survey: Survey) -> str:
    """« 12 000 lignes, 48 colonnes, 0 ligne vide, 2 lignes de côté, 0 doublon. »"""
    said = [
        translate("Figures", "%Ln row(s)", "", survey.rows),
        translate("Figures", "%Ln column(s)", "", survey.columns),
        translate("Figures", "%Ln blank row(s)", "", survey.blank_rows),
        translate("Figures", "%Ln row(s) kept aside", "", survey.aside),
        translate("Figures", "%Ln duplicate row(s)", "", survey.duplicates),
    ]
    return f"{', '.join(said)}."
