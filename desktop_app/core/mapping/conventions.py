"""What the person, or the file as a whole, says of dates and numbers, put into a drafted recipe."""

from __future__ import annotations

import polars as pl

from desktop_app.core.extracts.columns import ColumnLook
from desktop_app.core.extracts.conventions import DateOrders, date_orders
from desktop_app.core.mapping.recipe import Column, Recipe
from desktop_app.core.stages import DateOrder, Extract

_DECIMAL = r"^\s*[+-]?\d+,\d+\s*$"


def with_conventions(recipe: Recipe, extract: Extract, orders: DateOrders) -> Recipe:
    """The draft with its day and month in the order that the person chose, else the one that is proven.

    A column that says nothing itself follows the others of its file. A decimal mark that the person chose
    holds for all columns.
    """
    columns = tuple(_column(column, extract, orders) for column in recipe.columns)
    return recipe if columns == recipe.columns else recipe.model_copy(update={"columns": columns})


def orders_in(extract: Extract, recipe: Recipe) -> DateOrders:
    """What the dates that a recipe reads tell of day and month, from all rows."""
    read = [column.header for column in recipe.columns if column.targets and column.date_formats]
    looks = [ColumnLook(extract, name) for name in read if name in extract.columns]
    found = {look.name: look.dates_in_figures() for look in looks}
    return date_orders({name: pairs for name, pairs in found.items() if pairs})


def undecided_dates(recipe: Recipe, extract: Extract, orders: DateOrders) -> tuple[str, ...]:
    """The columns of the recipe whose dates can be read two ways while nobody said which."""
    if extract.options.date_order is not None:
        return ()
    used = {column.header for column in recipe.columns if column.targets and column.date_formats}
    return tuple(name for name in orders.undecided if name in used)


def _column(column: Column, extract: Extract, orders: DateOrders) -> Column:
    if not column.targets or column.header is None:
        return column
    changes: dict[str, object] = {}
    order = extract.options.date_order or orders.of(column.header)
    if order is not None and column.date_formats:
        forms = tuple(dict.fromkeys(in_order(form, order) for form in column.date_formats))
        changes |= {"date_formats": forms} if forms != column.date_formats else {}
    mark = extract.options.decimal_mark
    if mark == "." and column.decimal_mark == ",":
        changes["decimal_mark"] = None
    if mark == "," and column.decimal_mark is None and _has_commas(extract, column.header):
        changes["decimal_mark"] = ","
    return column.model_copy(update=changes) if changes else column


def in_order(form: str, order: DateOrder) -> str:
    """A date form with day and month in that order; others stay."""
    for mark in "/.-":
        forms = {"dmy": f"dd{mark}mm{mark}yyyy", "mdy": f"mm{mark}dd{mark}yyyy"}
        if form in forms.values():
            return forms[order]
    return form


def _has_commas(extract: Extract, header: str) -> bool:
    if header not in extract.columns:
        return False
    look = ColumnLook(extract, header)
    return not look.tally.filter(pl.col("value").str.contains(_DECIMAL)).is_empty()
