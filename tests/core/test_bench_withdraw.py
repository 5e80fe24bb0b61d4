"""A record taken out of the batch: no rule sees it, it is not sealed, and it can come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.corrections import CorrectionLog
from desktop_app.core.errors import AppError
from desktop_app.core.identity import LinkageKey, pseudonymise
from desktop_app.core.stages import Mapped
from desktop_app.core.withdrawals import WITHDRAWAL_REASONS
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import RECIPE, SOURCE, TODAY, new_batch
from validation_rules.check import Checker
from validation_rules.contract import load_contract
from validation_rules.normalise import normalise

KEY = LinkageKey("k1", b"\x11" * 32, date(2000, 1, 1), date(2099, 12, 31))
TWICE = [
    {"numero_tumeur": "1"},
    {"numero_tumeur": "2"},
    {"numero_patient": "P2", "nom_naissance": "DURAND"},
]


def batch(records: list[dict[str, str]]) -> Mapped:
    contract = load_contract()
    rows = [{**contract.example, **record} for record in records]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(contract.field_names, pl.String))
    return Mapped(SOURCE, RECIPE, contract, normalise(frame, contract))


def found(bench: Bench) -> set[tuple[int, str]]:
    return set(bench.findings.select("row_id", pl.col("rule_id").cast(pl.String)).rows())


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """One tumour entered twice."""
    made = Bench.start(workspace, new_batch(workspace), batch(TWICE), TODAY)
    assert {(1, "DUP-02"), (2, "DUP-02")} <= found(made)
    return made


def test_the_finding_goes_and_the_record_is_not_sealed(bench: Bench) -> None:
    change = bench.withdraw([2], "same_tumour", kept=1, rule_id="DUP-02")
    assert (change.rows, change.cells, bench.counts().withdrawn) == ((2,), 1, 1)
    assert change.looked is not None and change.looked.to_list() == [1, 2]
    assert not {rule for _, rule in found(bench)} & {"DUP-02", "MPT-01"}
    assert bench.checked().frame["row_id"].to_list() == [1, 3] and bench.frame.height == 3
    line = bench.withdrawn().row(0, named=True)
    assert (line["row_id"], line["kept"], line["rule_id"], line["why"]) == (2, 1, "DUP-02", "same_tumour")
    assert len(line["fingerprint"]) == len(line["content"]) == 64


def test_it_comes_back_by_undo_and_by_hand_also_after_a_restart(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    bench = Bench.start(workspace, batch_id, batch(TWICE), TODAY)
    before = found(bench)
    bench.withdraw([1, 2], "not_a_case")
    again = Bench.start(workspace, batch_id, batch(TWICE), TODAY)
    assert again.withdrawn()["row_id"].to_list() == [1, 2] and found(again) == found(bench)
    assert again.reinstate([1, 3]).rows == (1,)
    again.undo()
    again.undo()
    assert found(again) == before and again.withdrawn().is_empty() and again.reinstate([1]).seq is None


def test_a_withdrawn_record_can_be_edited_and_is_checked_when_it_is_back(bench: Bench) -> None:
    bench.withdraw([2], "same_tumour")
    bench.edit([CellEdit(2, "sexe", "7"), CellEdit(3, "sexe", "7")])
    assert (2, "COD-sexe") not in found(bench) and (3, "COD-sexe") in found(bench)
    bench.reinstate([2])
    assert (2, "COD-sexe") in found(bench)


def test_what_is_refused(bench: Bench) -> None:
    with pytest.raises(AppError, match="note_needed"):
        bench.withdraw([2], "other", " ")
    with pytest.raises(AppError, match="unknown_cell"):
        bench.withdraw([9], "same_tumour")
    with pytest.raises(AppError, match="nothing_left"):
        bench.withdraw([1, 2, 3], "same_tumour")
    with pytest.raises(ValueError, match="reason"):
        bench.withdraw([1], "because")
    assert not bench.can_undo
    bench.withdraw([2], "same_tumour")
    assert bench.withdraw([2], "same_tumour").seq is None
    assert all(text.fr and text.en for text in WITHDRAWAL_REASONS.values())


def test_a_row_that_holds_another_record_now_stays_in(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    Bench.start(workspace, batch_id, batch(TWICE), TODAY).withdraw([2, 3], "same_tumour")
    mapped = batch([*TWICE[:2], TWICE[2] | {"numero_patient": "P9"}])
    again = Bench.start(workspace, batch_id, mapped, TODAY)
    assert again.withdrawn()["row_id"].to_list() == [2] and again.stale.rows() == [(3, None)]


def test_a_confirmation_rests_on_the_records_that_are_left(workspace: Workspace) -> None:
    three = [{"numero_tumeur": n, "morphologie": m} for n, m in (("1", "8500"), ("2", "8480"), ("3", "8010"))]
    bench = Bench.start(workspace, new_batch(workspace), batch(three), TODAY)
    bench.withdraw([3], "not_a_case")
    pairs = sorted(pair for pair in found(bench) if pair[1].startswith("MPT"))
    bench.confirm(pairs, "checked_record")
    bench.reinstate([3])
    state = dict(bench.findings.select("rule_id", "state").cast(pl.String).iter_rows())
    assert state["MPT-01"] == "open"
    bench.undo()
    states = bench.findings.filter(pl.col("rule_id").cast(pl.String).is_in([rule for _, rule in pairs]))
    assert set(states["state"]) == {"confirmed"}


ROWS = 6
values = {
    "numero_patient": ("P1", "P2", None),
    "numero_tumeur": ("1", "2"),
    "topographie": ("C50.9", "C50.4", "C18.2"),
    "date_naissance": ("1950-01-15", "1951-02-16"),
}
cells = st.sampled_from(sorted(values)).flatmap(
    lambda name: st.builds(CellEdit, st.integers(1, ROWS), st.just(name), st.sampled_from(values[name]))
)
acts = st.one_of(
    st.tuples(st.just("edit"), st.lists(cells, min_size=1, max_size=3)),
    st.tuples(st.sampled_from(["withdraw", "reinstate"]), st.sets(st.integers(1, ROWS), min_size=1)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(acts, min_size=1, max_size=6), data=st.data())
def test_findings_are_those_of_the_records_left(
    workspace: Workspace, steps: list[tuple[str, object]], data: st.DataObject
) -> None:
    """Against a whole check by the real rules of what is left, after each step and after a leap back."""
    mapped = batch([{"numero_tumeur": str(n)} for n in range(ROWS)])
    checker, batch_id = _CHECKER, new_batch(workspace)
    bench = Bench(mapped, checker, TODAY, CorrectionLog(workspace, batch_id))
    bench.replay()
    seqs = [0]
    for kind, what in steps:
        if kind == "withdraw" and len(what | set(bench.withdrawn()["row_id"])) == ROWS:  # type: ignore[operator]
            continue
        args = [what] if kind != "withdraw" else [what, "same_tumour"]
        change = getattr(bench, kind)(*args)
        seqs += [change.seq] if change.seq is not None else []
        _same(bench, checker)
    bench.go_to(data.draw(st.sampled_from(seqs)))
    _same(bench, checker)
    later = Bench(mapped, checker, TODAY, CorrectionLog(workspace, batch_id))
    later.replay()
    assert later.findings.equals(bench.findings) and later.withdrawn().equals(bench.withdrawn())


_CHECKER = Checker(load_contract(), TODAY)


def _same(bench: Bench, checker: Checker) -> None:
    assert bench.findings.drop("state").equals(checker.check(bench.kept()))


def test_a_leap_is_one_look_and_one_transaction(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    bench = Bench.start(workspace, batch_id, batch(TWICE), TODAY)
    for sex in "129":
        bench.edit([CellEdit(3, "sexe", sex)])
    bench.withdraw([1], "same_tumour")
    change = bench.go_to(1)
    assert change is not None and change.label.fr == "Annulé\N{NO-BREAK SPACE}: 3 étapes"
    assert change.rows == (1, 3) and bench.frame["sexe"][2] == "1" and bench.withdrawn().is_empty()
    assert bench.go_to(1) is None and len(bench.history.undone) == 3
    assert bench.go_to(3) is not None and bench.frame["sexe"][2] == "9"
    with pytest.raises(KeyError):
        bench.go_to(99)
    again = Bench.start(workspace, batch_id, batch(TWICE), TODAY)
    assert [step.seq for step in again.history.undone] == [4] and again.frame["sexe"][2] == "9"
    assert replace(again.counts(), withdrawn=0) == again.counts()


def test_what_is_pseudonymised_holds_no_withdrawn_record(bench: Bench) -> None:
    bench.withdraw([2], "same_tumour", kept=1, rule_id="DUP-02")
    open_ones = bench.checked().blocking().select("row_id", pl.col("rule_id").cast(pl.String)).rows()
    bench.confirm(open_ones, "checked_record")
    data = pseudonymise(bench.checked(), KEY, b"\x07" * 32)
    assert data.reverse["row_id"].sort().to_list() == [1, 3]
    assert (data.clinical.height, data.linkage.height, data.persons) == (2, 2, 2)
