"""What is wrong with a recipe, as a sentence; the values that it holds are never repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from desktop_app.core.errors import AppError
from validation_rules.text import Text

_KINDS = {
    "missing": Text("il manque « {place} »", "“{place}” is missing"),
    "extra_forbidden": Text("la clé « {place} » est inconnue", "the key “{place}” is unknown"),
    "string_type": Text("« {place} » doit être un texte", "“{place}” must be a text"),
    "int_type": Text("« {place} » doit être un nombre entier", "“{place}” must be a whole number"),
    "bool_type": Text("« {place} » doit être true ou false", "“{place}” must be true or false"),
    "dict_type": Text("« {place} » doit être un objet", "“{place}” must be an object"),
    "model_type": Text("« {place} » doit être un objet", "“{place}” must be an object"),
    "tuple_type": Text("« {place} » doit être une liste", "“{place}” must be a list"),
    "literal_error": Text("« {place} » doit être {expected}", "“{place}” must be {expected}"),
    "string_too_long": Text("« {place} » est trop long", "“{place}” is too long"),
    "string_too_short": Text("« {place} » est vide", "“{place}” is empty"),
    "too_long": Text("« {place} » a trop d’entrées", "“{place}” has too many entries"),
    "greater_than_equal": Text("« {place} » doit valoir au moins {ge}", "“{place}” must be at least {ge}"),
    "less_than_equal": Text("« {place} » doit valoir au plus {le}", "“{place}” must be at most {le}"),
}
_MISSHAPEN = Text("« {place} » n’a pas la forme attendue", "“{place}” does not have the expected form")


class RecipeFault(ValueError):  # noqa: N818 - what pydantic carries out of a validator
    """A fault that no single entry shows; `text` says it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def first_fault(error: ValidationError) -> Text:
    """Where the first fault is, and what it is."""
    fault = error.errors(include_url=False, include_input=False)[0]
    own = fault.get("ctx", {}).get("error")
    place = _place(fault)
    if isinstance(own, RecipeFault):
        return Text(f"{place} : {own.text.fr}", f"{place}: {own.text.en}") if place else own.text
    limits: Mapping[str, Any] = fault.get("ctx", {})
    known = {name: limits[name] for name in ("ge", "le", "expected") if name in limits}
    known["expected"] = str(known.get("expected", "")).replace(" or ", ", ")
    return _KINDS.get(fault["type"], _MISSHAPEN).format(place=place or "recipe", **known)


def _place(fault: ErrorDetails) -> str:
    steps = [step + 1 if isinstance(step, int) else str(step)[:60] for step in fault["loc"]]
    if "recode" in steps:
        steps = steps[: steps.index("recode") + 1]  # what follows is a local value, perhaps a patient's
    return " → ".join(map(str, steps))


def refused(name: str, what: Text) -> AppError:
    """The error for a recipe that cannot be used."""
    return AppError(
        "recipe-wrong",
        Text(
            f"La recette « {name} » ne convient pas : {what.fr}.",
            f"The recipe “{name}” is not usable: {what.en}.",
        ),
        Text(
            "Corrigez-la, ou refaites l’association des colonnes à l’écran.",
            "Correct it, or map the columns again on the screen.",
        ),
    )
