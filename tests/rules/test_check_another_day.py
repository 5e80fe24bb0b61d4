"""What was found one day, and what another day makes of it: as a whole check of that day."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules.check import Checker
from validation_rules.contract import available_contracts, load_contract
from validation_rules.normalise import normalise
from validation_rules.partial import rules_of_the_day

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
DATES = st.sampled_from([None, "1999", "2026-11", "2026-11-22", "2026-11-23", "2031-02-30", "x"])


@pytest.mark.parametrize("name", available_contracts())
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_another_day_is_a_whole_check_of_that_day(name: str, data: st.DataObject) -> None:
    contract = load_contract(name)
    dated = [field.name for field in contract.fields if "date" in field.name or "annee" in field.name]
    rows = [
        {**contract.example, **{field: data.draw(DATES) for field in dated}}
        for _ in range(data.draw(st.integers(1, 6)))
    ]
    schema = dict.fromkeys(contract.field_names, pl.String)
    frame = normalise(pl.DataFrame(rows, schema=schema), contract)
    then, now = (Checker(contract, data.draw(DAYS)) for _ in range(2))
    assert now.another_day(frame, then.check(frame)).equals(now.check(frame))


def test_the_rules_that_look_at_the_day_are_told() -> None:
    contract = load_contract("rnc-tumeurs")
    told = rules_of_the_day(contract)
    assert {"DAT-03"} <= told and len(told) < len(contract.rules) / 10
    looking = {rule.id for rule in contract.rules if "aujourdhui" in str(rule.where)}
    assert looking <= told
