"""What changed in a file since its recipe was made, and how the recipe would follow.

Nothing is changed silently: every drift says what it saw, and carries the recipe that would follow it, for a
person to accept; it carries none where the file alone cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as hidden
from typing import Literal

from desktop_app.core.mapping.apply import check_contract, fold, headers_of, match_headers
from desktop_app.core.mapping.recipe import Column, Recipe
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract
from validation_rules.contract import Contract
from validation_rules.text import Text

DriftKind = Literal["new", "gone", "renamed", "recoded", "form"]
COMPARING = Text("Comparaison avec la recette", "Comparing with the recipe")
# What a drift of each kind may change of a column.
_STEPS = (
    *("field", "fields", "split", "decimal_mark", "integer_code", "number_pad", "list_separator"),
    *("date_formats", "unknown_part"),
)
_PLACE = ("header", "index", "start", "length")
_READING = ("format", "separator", "quote", "header_row", "sheet")


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that changed.

    `header` is the column of the file (of the recipe, when it is gone; empty when it is the way to read the
    file that changed), `was` its header in the recipe when that is another, `field` the contract field that
    it fills or may fill. `values` are local values that the recipe does not know, most frequent first; those
    of an identity field are given by their outline only (`A` a letter, `9` a digit). `rows` is how many rows
    it touches, 0 when it is gone. `proposal` is the whole recipe with this one drift accepted, None when the
    file alone cannot tell.
    """

    kind: DriftKind
    header: str
    was: str | None
    field: str | None
    values: tuple[str, ...] = hidden(repr=False)
    rows: int
    say: Text
    proposal: Recipe | None = hidden(repr=False)


def drift(
    extract: Extract, recipe: Recipe, contract: Contract, progress: Progress = silent
) -> tuple[Drift, ...]:
    """What is new, gone, renamed, coded or written differently in `extract`, in the order of the file.

    Empty when the recipe fits. Raises AppError when the recipe is for another contract or names fields that
    the contract does not have; Cancelled through `progress`.
    """
    from desktop_app.core.mapping import drift_columns, drift_values

    check_contract(recipe, contract)
    moved = drift_columns.changed_columns(extract, recipe, contract, progress)
    followed = accept(recipe, [one for one in moved if one.kind == "renamed"])
    written = drift_values.changed_values(extract, followed, contract, progress)
    was = {one.header: one.was for one in moved if one.kind == "renamed"}
    places = {name: place for place, name in enumerate(extract.columns)}
    found = [*drift_columns.changed_reading(extract, recipe), *moved, *_with_was(written, was)]
    return tuple(sorted(found, key=lambda one: places.get(one.header, -1)))


def _with_was(drifts: Iterable[Drift], was: dict[str, str | None]) -> Iterable[Drift]:
    return (replace(one, was=was.get(one.header)) for one in drifts)


def accept(recipe: Recipe, drifts: Sequence[Drift]) -> Recipe:
    """The recipe with the proposals of these drifts; several compose, whatever their order.

    A drift without a proposal changes nothing, nor does one whose column is no longer in the recipe.
    """
    order = ("form", "gone", "renamed", "recoded", "new")
    changed = recipe
    for one in sorted(
        drifts, key=lambda one: (one.header != "", one.kind != "renamed", order.index(one.kind))
    ):
        if one.proposal is not None:
            changed = _accepted(changed, one, one.proposal)
    return changed


def _accepted(recipe: Recipe, one: Drift, proposal: Recipe) -> Recipe:
    if not one.header:
        stated = {name: getattr(proposal, name) for name in _READING}
        return with_columns(recipe, recipe.columns, **stated)
    if one.kind == "new":
        return _with_new(recipe, one, proposal)
    if one.kind == "gone":
        return without_header(recipe, one.header)
    if one.kind == "renamed":
        return _renamed(recipe, one, proposal)
    return _restepped(recipe, one, proposal)


def _with_new(recipe: Recipe, one: Drift, proposal: Recipe) -> Recipe:
    """The new column, in place of one that the proposal drops; unless it, or its field, is there already."""
    found = column_of(proposal, one.header)
    if found is None or column_of(recipe, one.header) is not None:
        return recipe
    rivals = [column for column in recipe.columns if set(column.targets) & set(found.targets)]
    if any(rival in proposal.columns for rival in rivals):
        return recipe
    return with_columns(recipe, (*(column for column in recipe.columns if column not in rivals), found))


def without_header(recipe: Recipe, header: str) -> Recipe:
    """The recipe that no longer reads a column; what joins it to others goes on with the others."""
    columns = []
    for column in recipe.columns:
        if column.header is not None and fold(column.header) == fold(header):
            continue
        if any(fold(name) == fold(header) for name in column.join):
            left = tuple(name for name in column.join if fold(name) != fold(header))
            if not left and column.header is None:
                continue
            column = column.model_copy(update={"join": left})
        columns.append(column)
    return with_columns(recipe, columns)


def _renamed(recipe: Recipe, one: Drift, proposal: Recipe) -> Recipe:
    """The column under its new name, and wherever it takes part in a join."""
    was, now = fold(one.was or ""), column_of(proposal, one.header)
    columns = []
    for column in recipe.columns:
        if column.header is not None and fold(column.header) == was:
            place = {name: getattr(now, name) for name in _PLACE} if now is not None else {}
            column = column.model_copy(update={**place, "header": one.header})
        elif column.header is not None and fold(column.header) == fold(one.header):
            continue  # it stood there as a column that does not leave
        if any(fold(name) == was for name in column.join):
            join = tuple(one.header if fold(name) == was else name for name in column.join)
            column = column.model_copy(update={"join": join})
        columns.append(column)
    return with_columns(recipe, columns)


def _restepped(recipe: Recipe, one: Drift, proposal: Recipe) -> Recipe:
    """The recode, or the other steps, of one column as the proposal has them."""
    now = next((column for column in proposal.columns if _is_about(column, one)), None)
    if now is None:
        return recipe
    names = ("recode",) if one.kind == "recoded" else _STEPS
    steps = {name: getattr(now, name) for name in names}
    columns = [
        column.model_copy(update=steps) if _is_about(column, one) else column for column in recipe.columns
    ]
    return with_columns(recipe, columns)


def _is_about(column: Column, one: Drift) -> bool:
    return bool(column.targets) and (one.field in column.targets if one.field else False)


def column_of(recipe: Recipe, header: str) -> Column | None:
    """The entry of a recipe for one header of the file."""
    return next((one for one in recipe.columns if one.header and fold(one.header) == fold(header)), None)


def with_columns(recipe: Recipe, columns: Iterable[Column], **stated: object) -> Recipe:
    """The recipe with other columns; every check of a recipe is made again."""
    kept = {name: getattr(recipe, name) for name in type(recipe).model_fields}
    checked = tuple(Column.model_validate(column.model_dump()) for column in columns)
    made = Recipe.model_validate({**kept, **stated, "columns": checked})
    made._folder = recipe._folder
    return made


def share_found(columns: Sequence[str], recipe: Recipe) -> float:
    """Share, 0 to 1, of the columns that the recipe reads by name which a file has; 0 of none."""
    wanted = {header for column in recipe.columns if column.targets for header in headers_of(column)}
    found, _ = match_headers(columns, wanted)
    return len(found) / len(wanted) if wanted else 0.0
