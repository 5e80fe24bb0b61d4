"""What was read, as one line of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from desktop_app.core.extracts.survey import Survey


class Figures(QObject):
    """An object for the sake of its sentences: only those of objects have plural forms."""

    def line(self, survey: Survey) -> str:
        """« 12 000 lignes, 48 colonnes, 0 ligne vide, 2 lignes de côté, 0 doublon. »"""
        said = [
            self.tr("%Ln row(s)", "", survey.rows),
            self.tr("%Ln column(s)", "", survey.columns),
            self.tr("%Ln blank row(s)", "", survey.blank_rows),
            self.tr("%Ln row(s) kept aside", "", survey.aside),
            self.tr("%Ln duplicate row(s)", "", survey.duplicates),
        ]
        return f"{', '.join(said)}."
