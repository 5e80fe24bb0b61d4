"""Reference tables that contracts name: small CSV files of the product's own."""

from __future__ import annotations

import functools
from pathlib import Path

import polars as pl

from validation_rules.contract import ContractError
from validation_rules.text import Text

_FOLDER = Path(__file__).parent / "reference"


def table_names() -> tuple[str, ...]:
    """Every table at hand."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.csv")))


def table_path(name: str) -> Path:
    """The CSV file of a reference table. Raises `ContractError`."""
    if name not in table_names():
        raise ContractError(
            Text(
                f"Le contrat nomme une table de référence inconnue : {name}.",
                f"The contract names an unknown reference table: {name}.",
            )
        )
    return _FOLDER / f"{name}.csv"


@functools.lru_cache(maxsize=32)
def table(name: str) -> pl.DataFrame:
    """A reference table; every column is String, an empty cell is null. Raises `ContractError`."""
    return pl.read_csv(table_path(name), infer_schema=False)
