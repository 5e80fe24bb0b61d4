"""Changes of a recipe as plain functions: each takes a recipe and returns a new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.core.mapping import Recipe

if TYPE_CHECKING:
    from desktop_app.core.mapping import Draft

Column = dict[str, Any]


def columns_of(recipe: Recipe) -> list[Column]:
    """The columns as recipe.md writes them."""
    return list(json.loads(recipe.to_json()).get("columns", []))


def targets(column: Column) -> list[str]:
    """The contract fields a column fills."""
    return [name for name in (column.get("field"), *(column.get("fields") or ())) if name]


def column_for(recipe: Recipe, field: str) -> Column | None:
    """The column that fills `field`, or None."""
    return next((column for column in columns_of(recipe) if field in targets(column)), None)


def default_for(recipe: Recipe, field: str) -> str:
    """The value every row gets in `field` without a column; empty when there is none."""
    return str((json.loads(recipe.to_json()).get("defaults") or {}).get(field, ""))


def unused(recipe: Recipe, headers: Sequence[str]) -> list[str]:
    """Source columns that fill nothing: they do not leave this computer."""
    used: set[str] = set()
    for column in columns_of(recipe):
        if targets(column):
            used.update(column.get("join") or (), (str(column.get("header")),))
    return [header for header in headers if header not in used]


def assign(recipe: Recipe, field: str, header: str | None, draft: Draft | None = None) -> Recipe:
    """`field` is filled from `header` (None: from nothing).

    What the program drafted for this pair (recodes, date forms, splitting) comes along.
    """

    def change(document: dict[str, Any]) -> None:
        columns = [column for column in document.get("columns", []) if field not in targets(column)]
        if header is not None:
            drafted = _drafted(recipe, draft, field, header)
            others = set(targets(drafted)) - {field}
            kept = [column for column in columns if not others & set(targets(column))]
            columns = [*kept, drafted]
            (document.get("defaults") or {}).pop(field, None)
            document["ignored"] = [name for name in document.get("ignored") or [] if name != header]
        document["columns"] = [
            column for column in columns if targets(column) or column.get("header") != header
        ]

    return _edited(recipe, change)


def set_default(recipe: Recipe, field: str, value: str) -> Recipe:
    """Every row gets `value` in `field`; an empty value takes the default away."""

    def change(document: dict[str, Any]) -> None:
        defaults = dict(document.get("defaults") or {})
        defaults.pop(field, None)
        if value:
            defaults[field] = value
        document["defaults"] = defaults

    return _edited(recipe, change)


def set_recode(recipe: Recipe, field: str, local: str, code: str) -> Recipe:
    """The local value `local` becomes `code`; an empty code leaves it as it is."""

    def change(column: Column) -> None:
        recode = dict(column.get("recode") or {})
        recode.pop(local, None)
        if code:
            recode[local] = code
        _put(column, "recode", recode)

    return _edited_column(recipe, field, change)


def set_date_forms(recipe: Recipe, field: str, forms: Sequence[str]) -> Recipe:
    """The forms of date that are accepted, in order."""
    return _edited_column(recipe, field, lambda column: _put(column, "date_formats", list(forms)))


def _drafted(recipe: Recipe, draft: Draft | None, field: str, header: str) -> Column:
    drafted = [column for column in columns_of(recipe) if column.get("header") == header]
    if draft is not None:
        drafted = [column for column in columns_of(draft.recipe) if column.get("header") == header] + drafted
    for column in drafted:
        if field in targets(column):
            return column
    place: Column = (
        {key: drafted[0][key] for key in ("start", "length") if key in drafted[0]} if drafted else {}
    )
    return {"header": header, **place, "field": field}


def _put(column: Column, key: str, value: Any) -> None:
    column.pop(key, None)
    if value:
        column[key] = value


def _edited_column(recipe: Recipe, field: str, change: Callable[[Column], None]) -> Recipe:
    def edit(document: dict[str, Any]) -> None:
        for column in document.get("columns", []):
            if field in targets(column):
                change(column)

    return _edited(recipe, edit)


def _edited(recipe: Recipe, change: Callable[[dict[str, Any]], None]) -> Recipe:
    document = json.loads(recipe.to_json())
    change(document)
    return Recipe.model_validate(document)
