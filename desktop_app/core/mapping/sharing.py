"""A recipe as it can be given to a colleague: without a word that could be a patient's."""

from __future__ import annotations

from typing import NamedTuple

from desktop_app.core.mapping.drift import with_columns
from desktop_app.core.mapping.recipe import Column, Recipe
from validation_rules.contract import Contract, Field
from validation_rules.text import Text


class Shared(NamedTuple):
    """The recipe to give away, and what was taken out of it, each as a sentence without the values."""

    recipe: Recipe
    left_out: tuple[Text, ...]


def shareable(recipe: Recipe, contract: Contract) -> Shared:
    """Without the name of the file, the note, and values of names, numbers and dates that identify people.

    Codes are the words of a site and stay; a recode of a name would be a patient's.
    """
    personal = {field.name: field for field in contract.fields if _identifies(field)}
    columns = tuple(_without(column, personal) for column in recipe.columns)
    defaults = {name: value for name, value in recipe.defaults.items() if name not in personal}
    left_out = [
        _says(next(personal[name] for name in column.targets if name in personal))
        for column, after in zip(recipe.columns, columns, strict=True)
        if column.recode != after.recode
    ]
    left_out += [_says(personal[name]) for name in recipe.defaults if name in personal]
    if recipe.note:
        left_out.append(Text("La note n’est pas donnée.", "The note is not given away."))
    return Shared(with_columns(recipe, columns, defaults=defaults, file=None, note=None), tuple(left_out))


def _identifies(field: Field) -> bool:
    dated = field.zone == "identity" and field.logical_type in ("date", "partial_date")
    return field.classification == "direct_identifier" or dated


def _without(column: Column, personal: dict[str, Field]) -> Column:
    if column.recode and set(column.targets) & set(personal):
        return column.model_copy(update={"recode": {}})
    return column


def _says(field: Field) -> Text:
    return Text(
        f"Les valeurs de « {field.label.fr} » ne sont pas données : elles pourraient être d’un patient.",
        f"The values of “{field.label.en}” are not given away: they could be a patient’s.",
    )
