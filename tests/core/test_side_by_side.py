"""The records of a finding side by side: what differs, and the choices that exist."""

from __future__ import annotations

import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.side_by_side import SideBySide, comparable, side_by_side
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import TODAY, new_batch
from tests.core.test_bench_withdraw import batch
from validation_rules.contract import load_contract

ONE = {"numero_tumeur": "1", "grade": ""}
TWO = {"numero_tumeur": "2", "topographie": "C50.9", "grade": "2"}


def bench_of(workspace: Workspace, *records: dict[str, str]) -> Bench:
    return Bench.start(workspace, new_batch(workspace), batch(list(records)), TODAY)


def compared(bench: Bench, row: int, rule: str) -> SideBySide:
    found = side_by_side(bench, row, rule)
    assert found is not None
    return found


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """One tumour of a breast twice, the second with the quadrant and the grade."""
    return bench_of(workspace, ONE, TWO, {"numero_patient": "P9", "nom_naissance": "AUTRE"})


def test_what_differs_is_marked_and_what_the_rule_reads_comes_first(bench: Bench) -> None:
    both = compared(bench, 1, "DUP-02")
    assert (both.rows, both.question, both.withdraws) == ((1, 2), "tumours", True)
    read = load_contract().rule("DUP-02").fields
    assert (
        tuple(line.field for line in both.lines if line.read)
        == read
        == tuple(line.field for line in both.lines[: len(read)])
    )
    assert [line.field for line in both.lines if line.differs] == ["numero_tumeur", "topographie", "grade"]
    assert both.line("topographie").values == ("C50.4", "C50.9")
    assert compared(bench, 2, "DUP-02").rows == (2, 1) and "C50" not in repr(both)


def test_keeping_both_confirms_all_that_asks_the_same(bench: Bench) -> None:
    both = compared(bench, 1, "DUP-02")
    assert set(both.keeps) == {(row, rule) for row in (1, 2) for rule in ("DUP-02", "MPT-01")}
    bench.confirm(both.keeps, "checked_pathology")
    assert compared(bench, 1, "DUP-02").keeps == () and bench.counts().confirmed == 4


def test_another_circle_is_not_confirmed_along(workspace: Workspace) -> None:
    late = TWO | {"numero_tumeur": "3", "date_incidence": "2023-01-01", "morphologie": "8480"}
    bench = bench_of(workspace, ONE, TWO, late)
    assert {rule for _, rule in compared(bench, 1, "DUP-02").keeps} == {"DUP-02"}
    assert compared(bench, 1, "MPT-01").rows == (1, 2, 3)


def test_what_the_kept_record_would_lose(bench: Bench) -> None:
    both = compared(bench, 1, "DUP-02")
    assert both.completed(1, 2) == [CellEdit(1, "grade", "2")] and both.completed(2, 1) == []
    assert both.taken_from(2, ["topographie"]) == [CellEdit(1, "topographie", "C50.9")]
    bench.withdraw([2], "same_tumour", kept=1, rule_id="DUP-02")
    assert side_by_side(bench, 1, "DUP-02") is None and side_by_side(bench, 2, "DUP-02") is None


def test_two_identities_under_one_number(workspace: Workspace) -> None:
    bench = bench_of(
        workspace, {"numero_tumeur": "1"}, {"numero_tumeur": "2", "date_naissance": "1951-02-03"}
    )
    both = compared(bench, 1, "IDN-10")
    assert (both.question, both.withdraws, both.keeps) == ("persons", False, ())
    bench.edit(both.taken_from(1, ["date_naissance"]))
    assert side_by_side(bench, 1, "IDN-10") is None


def test_the_same_key_twice(workspace: Workspace) -> None:
    both = compared(bench_of(workspace, ONE, ONE), 2, "KEY-01")
    assert (both.question, both.withdraws, both.keeps) == ("records", True, ())
    assert not any(line.differs for line in both.lines)


def test_rules_of_one_record_have_no_side() -> None:
    contract = load_contract()
    assert comparable(contract, "MPT-02") and not comparable(contract, "SEX-01")
