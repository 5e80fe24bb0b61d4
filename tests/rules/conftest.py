"""What the tests of the rules share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl
import pytest

from validation_rules.check import Checker
from validation_rules.contract import Contract, load_contract
from validation_rules.normalise import normalise

Fires = Callable[..., set[str]]


@pytest.fixture(scope="session")
def contract() -> Contract:
    return load_contract("rnc-tumeurs@1.0.0")


@pytest.fixture(scope="session")
def checker(contract: Contract) -> Checker:
    return Checker(contract, date(2026, 11, 22))


@pytest.fixture(scope="session")
def records(contract: Contract) -> Callable[..., pl.DataFrame]:
    """Builds a normalised frame of example records, of as many persons, each changed in a few values."""

    def build(*changes: Mapping[str, str]) -> pl.DataFrame:
        rows = [
            {**contract.example, "numero_patient": f"P{i}", "nom_naissance": f"DUPONT{chr(64 + i)}", **change}
            for i, change in enumerate(changes, 1)
        ]
        schema = dict.fromkeys(contract.field_names, pl.String)
        return normalise(pl.DataFrame(rows, schema=schema), contract)

    return build


@pytest.fixture(scope="session")
def fired(checker: Checker, records: Callable[..., pl.DataFrame]) -> Fires:
    """The ids of the rules that fire on the example record with some values changed."""

    def ids(**change: str) -> set[str]:
        return set(checker.check(records(change)).get_column("rule_id").cast(pl.String))

    return ids
