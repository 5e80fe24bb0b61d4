"""From an Extract to contract rows: the recipe, its draft from the file itself, its application."""

from __future__ import annotations

from desktop_app.core.mapping.apply import apply_recipe
from desktop_app.core.mapping.draft import ColumnGuess, Draft
from desktop_app.core.mapping.drift import Drift, accept
from desktop_app.core.mapping.known import draft_recipe
from desktop_app.core.mapping.recipe import Column, Recipe, import_options, load_recipe, parse_recipe
from desktop_app.core.mapping.shape import shape_of
from desktop_app.core.mapping.suggest import Suggestion, suggest_codes

__all__ = [
    "Column",
    "ColumnGuess",
    "Draft",
    "Drift",
    "Recipe",
    "Suggestion",
    "accept",
    "apply_recipe",
    "draft_recipe",
    "import_options",
    "load_recipe",
    "parse_recipe",
    "shape_of",
    "suggest_codes",
]
