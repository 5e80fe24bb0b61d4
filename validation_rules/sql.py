"""SQL predicates of a contract as Polars expressions."""

from __future__ import annotations

import polars as pl
from polars.exceptions import PolarsError

from validation_rules.contract import ContractError
from validation_rules.text import Text

PROPERTY = "${property}"


def expression(sql: str, field: str | None = None) -> pl.Expr:
    """The Polars expression of a SQL one; `${property}` is replaced by `field`. Raises `ContractError`."""
    text = sql.replace(PROPERTY, field) if field else sql
    try:
        return pl.sql_expr(text)
    except PolarsError as error:
        raise ContractError(
            Text(
                f"Ce SQL du contrat n’est pas compris : {sql[:200]}",
                f"This SQL of the contract is not understood: {sql[:200]}",
            )
        ) from error


def names(expr: pl.Expr) -> frozenset[str]:
    """The columns that an expression reads."""
    return frozenset(expr.meta.root_names())
