"""A record without a finding, changed in a few values, and what is suggested for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from desktop_app.core.standing import Standing
from desktop_app.core.suggestions import Suggester, Suggestion
from desktop_app.core.suggestions.trial import Trial
from validation_rules.check import Checker
from validation_rules.contract import Contract, load_contract
from validation_rules.normalise import normalise

TODAY = date(2026, 11, 22)
Values = Mapping[str, str | None]


@cache
def checker(contract_id: str) -> Checker:
    """The rules of a contract, made once for all tests."""
    return Checker(load_contract(contract_id), TODAY)


@dataclass(frozen=True)
class Rows:
    """What `Suggester` asks of a batch, without a workspace."""

    contract: Contract
    standing: Standing
    today: date = TODAY


def rows_of(records: Sequence[Values], contract_id: str = "rnc-tumeurs") -> Rows:
    """The example record of the contract, once for each of `records`, with these values instead."""
    contract = load_contract(contract_id)
    key = contract.record_key[0]
    full = [{**contract.example, key: f"P{n:03}", **record} for n, record in enumerate(records, 1)]
    schema = dict.fromkeys(contract.field_names, pl.String)
    frame = normalise(pl.DataFrame([{f: r.get(f) for f in schema} for r in full], schema=schema), contract)
    rules = checker(contract_id)
    return Rows(contract, Standing(frame, rules.index(frame), rules.check(frame)))


def suggested(
    record: Values, rule_id: str, field: str | None = None, contract_id: str = "rnc-tumeurs"
) -> list[Suggestion]:
    """The suggestions for a finding of this one record, which must have it."""
    rows = rows_of([record], contract_id)
    return suggestions(rows, 1, rule_id, field)


def suggestions(rows: Rows, row_id: int, rule_id: str, field: str | None = None) -> list[Suggestion]:
    """The suggestions for a finding of a row, which must have it."""
    found = rows.standing.found.filter(
        pl.col("row_id") == row_id, pl.col("rule_id").cast(pl.String) == rule_id
    )
    fields = found["field"].cast(pl.String).to_list()
    assert fields, f"row {row_id} has no {rule_id}: {rows.standing.found.rows()}"
    return suggester(rows).suggest(row_id, rule_id, field or fields[0])


def suggester(rows: Rows) -> Suggester:
    """Compiling the rules costs more than most tests: done once."""
    return Suggester(rows, _trial(rows.contract.id))


@cache
def _trial(contract_id: str) -> Trial:
    return Trial(load_contract(contract_id), TODAY)


def new_values(made: Sequence[Suggestion]) -> list[dict[str, str | None]]:
    """What each would write."""
    return [one.new for one in made]
