"""One record that no rule has anything against, and what a batch made of such records needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.core.mapping import Recipe
from desktop_app.core.stages import SourceFile

TODAY = date(2026, 11, 22)
SOURCE = SourceFile(Path("novembre.csv"), "cd" * 32, 1000)
RECIPE = Recipe.model_validate_json(
    '{"contract": "rnc-tumeurs", "format": "delimited", "columns": [{"header": "Sexe", "field": "sexe"}]}'
)
GOOD: dict[str, str | None] = {
    "numero_tumeur": "1",
    "nom_naissance": "EXEMPLE",
    "prenoms": "INVENTE",
    "sexe": "2",
    "date_naissance": "1950-01-15",
    "commune_residence": "38185",
    "date_incidence": "2021-03-04",
    "topographie": "C50.9",
    "morphologie": "8500",
    "comportement": "3",
    "edition_cimo": "3.2",
    "base_diagnostic": "7",
    "lateralite": "1",
    "grade": "2",
    "statut_vital": "1",
    "date_dernieres_nouvelles": "2024-01-02",
    "sources": "ACP",
    "finess_diagnostic": None,
}
