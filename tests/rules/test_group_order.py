"""Records in the order of their patients: fewer keys are needed, and the findings are the same."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validation_rules import group_index
from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.normalise import normalise

PATIENTS = st.lists(
    st.sampled_from(["P1", "P2", "P2 ", "P30", "é", None, *"ABCDEFGHIJKLMNOPQRSTUV"]), min_size=1, max_size=40
)


@pytest.fixture(scope="module")
def terms(contract: Contract) -> Callable[[], Contract]:
    return lambda: contract


@settings(max_examples=25, deadline=None)
@given(patients=PATIENTS, ordered=st.booleans(), most=st.sampled_from([1, 100]))
def test_same_findings_in_any_order(
    terms: Callable[[], Contract],
    checker: Checker,
    patients: list[str | None],
    ordered: bool,
    most: int,
) -> None:
    if ordered:
        present = iter(sorted(patient for patient in patients if patient is not None))
        patients = [None if patient is None else next(present) for patient in patients]
    cells = {**terms().example, "numero_patient": pl.Series(patients, dtype=pl.String)}
    frame = normalise(pl.DataFrame(cells), terms())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(group_index, "_FEW_ROWS", 0)
        patch.setattr(group_index, "_MANY_SHARED", most)
        found = checker.check(frame)
        assert found.equals(checker.check(frame, None, checker.index(frame)))


def test_keys_of_those_alone_are_left_out(checker: Checker, contract: Contract) -> None:
    patients = [f"P{at - (at == 700):05}" for at in range(5_000)]
    frame = normalise(pl.DataFrame({**contract.example, "numero_patient": patients}), contract)
    groups = checker.across.groups(frame)
    assert groups.of.keys["numero_patient"].drop_nulls().len() == 2
    assert groups.shared["numero_patient"].to_list() == [699, 700]
    assert checker.index(frame).keys["numero_patient"].null_count() == 0
