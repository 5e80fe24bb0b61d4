"""Changes of a recipe as plain functions: each takes a recipe and returns a new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.core.mapping import Column, Recipe

if TYPE_CHECKING:
    from desktop_app.core.mapping import Draft

Entry = dict[str, Any]  # a column as recipe.md writes it


def column_for(recipe: Recipe, field: str) -> Column | None:
    """The column that fills `field`, or None."""
    return next((column for column in recipe.columns if field in column.targets), None)


def default_for(recipe: Recipe, field: str) -> str:
    """The value every row gets in `field` without a column; empty when there is none."""
    return recipe.defaults.get(field, "")


def unused(recipe: Recipe, headers: Sequence[str]) -> list[str]:
    """Source columns that fill nothing: they do not leave this computer."""
    used = {name for column in recipe.columns if column.targets for name in (*column.join, column.header)}
    return [header for header in headers if header not in used]


def assign(recipe: Recipe, field: str, header: str | None, draft: Draft | None = None) -> Recipe:
    """`field` is filled from `header` (None: from nothing).

    What the program drafted for this pair (recodes, date forms, splitting) comes along.
    """

    def change(document: Entry) -> None:
        columns = [entry for entry in document["columns"] if field not in _targets(entry)]
        if header is not None:
            drafted = _drafted(recipe, field, header, draft)
            taken = set(_targets(drafted))
            columns = [*(entry for entry in columns if not taken & set(_targets(entry))), drafted]
            (document.get("defaults") or {}).pop(field, None)
            document["ignored"] = [name for name in document.get("ignored") or [] if name != header]
        document["columns"] = [entry for entry in columns if _targets(entry) or entry.get("header") != header]

    return _edited(recipe, change)


def set_default(recipe: Recipe, field: str, value: str) -> Recipe:
    """Every row gets `value` in `field`; an empty value takes the default away."""

    def change(document: Entry) -> None:
        defaults = dict(document.get("defaults") or {})
        defaults.pop(field, None)
        if value:
            defaults[field] = value
        document["defaults"] = defaults

    return _edited(recipe, change)


def set_recode(recipe: Recipe, field: str, local: str, code: str) -> Recipe:
    """The local value `local` becomes `code`; an empty code leaves it as it is."""

    def change(entry: Entry) -> None:
        recode = dict(entry.get("recode") or {})
        recode.pop(local, None)
        if code:
            recode[local] = code
        _put(entry, "recode", recode)

    return _edited_column(recipe, field, change)


def set_date_forms(recipe: Recipe, field: str, forms: Sequence[str]) -> Recipe:
    """The forms of date that are accepted, in order."""
    return _edited_column(recipe, field, lambda entry: _put(entry, "date_formats", list(forms)))


def _drafted(recipe: Recipe, field: str, header: str, draft: Draft | None) -> Entry:
    whole = [*(_entries(draft.recipe) if draft is not None else ()), *_entries(recipe)]
    known: list[Entry] = [entry for entry in whole if entry.get("header") == header]
    drafted: Entry | None = next((entry for entry in known if field in _targets(entry)), None)
    if drafted is not None:
        return drafted
    place: Entry = {key: known[0][key] for key in ("start", "length") if key in known[0]} if known else {}
    return {"header": header, **place, "field": field}


def _entries(recipe: Recipe) -> list[Entry]:
    entries: list[Entry] = json.loads(recipe.to_json())["columns"]
    return entries


def _targets(entry: Entry) -> list[str]:
    return [name for name in (entry.get("field"), *(entry.get("fields") or ())) if name]


def _put(entry: Entry, key: str, value: Any) -> None:
    entry.pop(key, None)
    if value:
        entry[key] = value


def _edited_column(recipe: Recipe, field: str, change: Callable[[Entry], None]) -> Recipe:
    def edit(document: Entry) -> None:
        for entry in document["columns"]:
            if field in _targets(entry):
                change(entry)

    return _edited(recipe, edit)


def _edited(recipe: Recipe, change: Callable[[Entry], None]) -> Recipe:
    document = json.loads(recipe.to_json())
    change(document)
    return Recipe.model_validate(document)
