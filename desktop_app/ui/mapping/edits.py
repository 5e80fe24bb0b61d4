"""Changes of a recipe as plain functions: each takes a recipe and returns a new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from desktop_app.core.mapping import Column, Recipe
from desktop_app.core.mapping.apply import headers_of
from desktop_app.ui.mapping.steps import first_value

if TYPE_CHECKING:
    from desktop_app.core.mapping import Draft
    from validation_rules.contract import Field

Entry = dict[str, Any]  # a column as recipe.md writes it
_PLACE = ("start", "length")


def column_for(recipe: Recipe, field: str) -> Column | None:
    """The column that fills `field`, or None."""
    return next((column for column in recipe.columns if field in column.targets), None)


def default_for(recipe: Recipe, field: str) -> str:
    """The value every row gets in `field` without a column; empty when there is none."""
    return recipe.defaults.get(field, "")


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


def set_recodes(recipe: Recipe, field: str, codes: Mapping[str, str]) -> Recipe:
    """Each local value becomes its code; an empty code leaves the value as it is."""

    def change(entry: Entry) -> None:
        recode = {**(entry.get("recode") or {}), **codes}
        _put(entry, "recode", {local: code for local, code in recode.items() if code})

    return _edited_column(recipe, field, change)


def set_step(recipe: Recipe, field: str, step: str, value: Any) -> Recipe:
    """A step of the column gets its value, as recipe.md writes it; None or an empty one takes it away."""

    def change(entry: Entry) -> None:
        if step == "date_formats" and not value:
            entry.pop("unknown_part", None)
        _put(entry, step, list(value) if isinstance(value, tuple) else value)

    return _edited_column(recipe, field, change)


def set_join(recipe: Recipe, field: str, headers: Sequence[str], mark: str) -> Recipe:
    """The column reads these columns, in order, with `mark` between the cells; one alone is not joined."""

    def change(entry: Entry) -> None:
        for key in ("index", "join", "join_with", *(_PLACE if len(headers) > 1 else ())):
            entry.pop(key, None)
        entry["header"] = headers[0]
        if len(headers) > 1:
            entry |= {"join": list(headers[1:]), "join_with": mark}

    return _edited_column(recipe, field, change)


def set_split(recipe: Recipe, field: str, fields: Sequence[str], mark: str) -> Recipe:
    """Each cell is cut at `mark` into these fields, taken from other columns; one alone is not split."""

    def change(document: Entry) -> None:
        kept: list[Entry] = []
        for entry in document["columns"]:
            if field in _targets(entry):
                entry = {
                    key: value for key, value in entry.items() if key not in ("field", "fields", "split")
                }
                parts = {"fields": list(fields), "split": mark} if len(fields) > 1 else {"field": fields[0]}
                kept.append({**entry, **parts})
            elif not set(fields) & set(_targets(entry)):
                kept.append(entry)
        document["columns"] = kept
        document["defaults"] = {
            name: value for name, value in (document.get("defaults") or {}).items() if name not in fields
        }

    return _edited(recipe, change)


def change_step(recipe: Recipe, field: str, step: str, value: Any) -> Recipe:
    """A step as the screen gives it: names and a mark for join and split, None to take it away."""
    column = column_for(recipe, field)
    if column is None:
        return recipe
    if step == "join":
        names, mark = value or (tuple(headers_of(column))[:1], "")
        return set_join(recipe, field, names, mark)
    if step == "split":
        names, mark = value or ((field,), "")
        return set_split(recipe, field, names, mark)
    return set_step(recipe, field, step, value)


def add_step(
    recipe: Recipe, field: Field, step: str, headers: Sequence[str], fields: Sequence[str]
) -> Recipe:
    """A step more, with a likely setting; `fields` are those of the contract, in order."""
    column = column_for(recipe, field.name)
    if column is None:
        return recipe
    if step == "join":
        now = tuple(headers_of(column)) or tuple(headers[:1])
        used = {name for other in recipe.columns if other.targets for name in headers_of(other)}
        return set_join(recipe, field.name, (*now, _following(headers, now[-1], used)), " ")
    if step == "split":
        taken = {name for other in recipe.columns for name in other.targets}
        return set_split(recipe, field.name, (field.name, _following(fields, field.name, taken)), "/")
    return set_step(recipe, field.name, step, first_value(step, field))


def _following(names: Sequence[str], name: str, taken: set[str]) -> str:
    """The first free name after `name`, else the first free one, else any other."""
    place = names.index(name) + 1 if name in names else 0
    order = [*names[place:], *names[:place]]
    return next((one for one in order if one not in taken), next(one for one in order if one != name))


def is_date_form(form: str) -> bool:
    """Whether a recipe may hold this form of date."""
    try:
        Column.model_validate({"header": "x", "field": "x", "date_formats": [form]})
    except ValidationError:
        return False
    return True


def _drafted(recipe: Recipe, field: str, header: str, draft: Draft | None) -> Entry:
    whole = [*(_entries(draft.recipe) if draft is not None else ()), *_entries(recipe)]
    known: list[Entry] = [entry for entry in whole if entry.get("header") == header]
    drafted: Entry | None = next((entry for entry in known if field in _targets(entry)), None)
    if drafted is not None:
        return drafted
    place: Entry = {key: known[0][key] for key in _PLACE if key in known[0]} if known else {}
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
