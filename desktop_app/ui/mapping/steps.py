"""The steps of a column in the order that every recipe has, which suit a field, and what each changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.mapping import Recipe, apply_recipe
from desktop_app.core.mapping.content import code_width
from desktop_app.ui.mapping.trial import Distinct, alone_in, by_name, distinct_rows, sources_of

if TYPE_CHECKING:
    from desktop_app.core.mapping import Column
    from validation_rules.contract import Contract, Field

# The order is part of the recipe's definition: the same file gives the same rows in the window, on the
# command line and at a colleague's.
VALUE_STEPS = ("recode", "decimal_mark", "integer_code", "number_pad", "list_separator", "date_formats")
STEPS = ("join", "split", *VALUE_STEPS)
DATE_FORMS = (
    *("dd/mm/yyyy", "mm/yyyy", "yyyy", "iso", "cell", "yyyymmdd", "ddmmyyyy"),
    *("mm/dd/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", "yyyy/mm/dd"),
)


def present(column: Column) -> tuple[str, ...]:
    """The steps that a column has, in their order."""
    return tuple(step for step in STEPS if _has(column, step))


def _has(column: Column, step: str) -> bool:
    return bool(column.fields) if step == "split" else bool(getattr(column, step))


def offered(field: Field, column: Column) -> tuple[str, ...]:
    """The steps that suit the field and are not there yet."""
    dated = field.logical_type in ("date", "partial_date")
    suits = {
        "join": True,
        "split": not dated,
        "recode": False,  # made by giving a value its code
        "decimal_mark": not dated and not field.free_text,
        "integer_code": not dated and not field.free_text,
        "number_pad": not dated and not field.free_text,
        "list_separator": field.separator is not None,
        "date_formats": dated,
    }
    return tuple(step for step in STEPS if suits[step] and not _has(column, step))


def first_value(step: str, field: Field) -> Any:
    """What a step starts with when it is added."""
    values: dict[str, Any] = {
        "decimal_mark": ",",
        "integer_code": True,
        "number_pad": code_width(field) or 2,
        "list_separator": ";",
        "date_formats": ("dd/mm/yyyy", "mm/yyyy", "yyyy"),
    }
    return values[step]


def recodable(field: Field) -> bool:
    """Whether local values of the field may be written in a recipe: never those that name a person."""
    return field.classification != "direct_identifier" and field.logical_type not in ("date", "partial_date")


def effects(values: Distinct, recipe: Recipe, column: Column, contract: Contract) -> dict[str, int]:
    """Step -> how many rows of the file it changes; empty while the column cannot be read."""
    headers = sources_of(column, values.headers)
    if not headers or any(name not in values.groups for name in headers):
        return {}
    groups, small = distinct_rows(values, headers)
    column, rows, changed = by_name(column, headers), groups.get_column("rows"), {}
    try:
        before = apply_recipe(small, alone_in(recipe, _up_to(column, 0)), contract).frame
        for place, step in enumerate(VALUE_STEPS, start=1):
            if _has(column, step):
                after = apply_recipe(small, alone_in(recipe, _up_to(column, place)), contract).frame
                changed[step] = _differing(before, after, column.targets, rows)
                before = after
    except AppError:
        return {}
    return changed


def _up_to(column: Column, place: int) -> Column:
    """The column with its first `place` value steps only."""
    left_out = dict.fromkeys(VALUE_STEPS[place:])
    empty = {name: _empty(column, name) for name in left_out}
    return column.model_copy(update=empty)


def _empty(column: Column, name: str) -> Any:
    return type(column).model_fields[name].get_default(call_default_factory=True)


def _differing(before: pl.DataFrame, after: pl.DataFrame, names: tuple[str, ...], rows: pl.Series) -> int:
    """In how many rows of the file some field differs; `row_id` counts the distinct rows from 1."""
    counts = pl.DataFrame(
        {"row_id": pl.int_range(1, len(rows) + 1, dtype=pl.UInt32, eager=True), "rows": rows}
    )
    old = counts.join(before.select("row_id", *names), on="row_id", how="left")
    both = old.join(after.select("row_id", *names), on="row_id", how="left", suffix="\N{UNIT SEPARATOR}")
    differs = pl.any_horizontal(
        pl.col(name).ne_missing(pl.col(name + "\N{UNIT SEPARATOR}")) for name in names
    )
    return int(both.filter(differs).get_column("rows").sum())
