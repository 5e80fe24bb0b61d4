"""Confirmations: of what may be confirmed, with a reason, for as long as nothing they rest on changes."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.confirmed import listed
from desktop_app.core.corrections import CONFIRMATION_REASONS, CorrectionLog, values_read
from desktop_app.core.errors import AppError
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import (
    SMALL,
    TODAY,
    PlainChecker,
    batch,
    bench_of,
    contract,
    new_batch,
    rule,
    verdicts,
)


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """A small batch: T-2 on row 1, T-3 on rows 1 and 2."""
    return bench_of(workspace, new_batch(workspace))


def test_a_confirmed_finding_no_longer_blocks(bench: Bench) -> None:
    change = bench.confirm([(1, "T-2"), (1, "T-3"), (2, "T-3")], "checked_record")
    assert change.cells == 3 and bench.counts().confirmed == 3
    assert bench.checked().blocking()["rule_id"].to_list() == ["T-1"]
    kept = bench.checked().confirmations
    assert [(one.row_id, one.rule_id, one.reason) for one in kept] == [
        (1, "T-2", "checked_record"), (1, "T-3", "checked_record"), (2, "T-3", "checked_record"),
    ]  # fmt: skip
    assert len({one.fingerprint for one in kept}) == 3


def test_the_same_again_is_nothing_and_revoking_opens_it(bench: Bench) -> None:
    bench.confirm([(1, "T-2")], "checked_record")
    assert bench.confirm([(1, "T-2")], "checked_record").seq is None
    assert bench.revoke([(1, "T-2")]).cells == 1 and bench.revoke([(1, "T-2")]).seq is None
    assert (1, "T-2", "open") in verdicts(bench)
    bench.undo()
    assert (1, "T-2", "confirmed") in verdicts(bench)


def test_an_error_cannot_be_confirmed(bench: Bench) -> None:
    with pytest.raises(AppError, match="not_confirmable"):
        bench.confirm([(1, "T-2"), (3, "T-1")], "checked_record")
    assert not bench.can_undo


def test_a_reason_is_known_and_other_needs_words(bench: Bench) -> None:
    with pytest.raises(ValueError, match="reason"):
        bench.confirm([(1, "T-2")], "because")
    with pytest.raises(AppError, match="note_needed"):
        bench.confirm([(1, "T-2")], "other", " ")
    bench.confirm([(1, "T-2")], "other", "vu avec le médecin")
    assert bench.checked().confirmations[0].note == "vu avec le médecin"
    assert all(text.fr and text.en for text in CONFIRMATION_REASONS.values())


def test_it_lapses_when_a_value_changes_and_holds_again_when_it_is_back(bench: Bench) -> None:
    bench.confirm([(1, "T-3"), (2, "T-3")], "checked_record")
    bench.edit([CellEdit(1, "sexe", "9"), CellEdit(2, "topographie", "C61.9")])
    assert (1, "T-3", "open") in verdicts(bench) and (2, "T-3", "confirmed") in verdicts(bench)
    bench.edit([CellEdit(1, "sexe", "1")])
    assert (1, "T-3", "confirmed") in verdicts(bench)


def test_a_finding_that_another_row_takes_away_and_brings_back(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    bench = bench_of(workspace, batch_id)
    bench.confirm([(2, "T-3")], "checked_record")
    bench.edit([CellEdit(1, "sexe", "2")])
    assert bench.findings.filter(pl.col("rule_id") == "T-3").is_empty()
    again = bench_of(workspace, batch_id)
    again.undo()
    assert (2, "T-3", "confirmed") in verdicts(again) and (1, "T-3", "open") in verdicts(again)


def moved(mapped: Mapped) -> Mapped:
    """Next month: the same records, on other rows."""
    return replace(mapped, frame=mapped.frame.reverse().with_columns(pl.col("row_id").reverse() + 100))


def test_it_holds_next_month_for_the_same_record_and_values(workspace: Workspace) -> None:
    bench_of(workspace, new_batch(workspace)).confirm([(1, "T-2")], "checked_pathology")
    november = new_batch(workspace)
    bench = bench_of(workspace, november, moved(batch(SMALL)))
    assert (104, "T-2", "confirmed") in verdicts(bench)
    bench.revoke([(104, "T-2")])
    assert (104, "T-2", "open") in verdicts(bench_of(workspace, november, moved(batch(SMALL))))


def test_it_lapses_with_a_new_version_of_the_rule(workspace: Workspace) -> None:
    batch_id = new_batch(workspace)
    bench_of(workspace, batch_id).confirm([(1, "T-2")], "checked_record")
    rules = tuple(replace(one, version=2) if one.id == "T-2" else one for one in contract().rules)
    mapped = replace(batch(SMALL), contract=replace(contract(), rules=rules))
    later = Bench(mapped, PlainChecker(), TODAY, CorrectionLog(workspace, batch_id))
    later.replay()
    assert (1, "T-2", "open") in verdicts(later)


def test_what_a_rule_reads() -> None:
    plain = replace(rule("R", "confirm", "sexe", "topographie"), optional=("age",))
    assert values_read(plain, "sexe+topographie") == ("sexe", "topographie", "age")
    one_by_one = replace(rule("R", "confirm", "ct", "pt"), required=("ct", "pt", "edition_tnm"), each=True)
    assert values_read(one_by_one, "pt") == ("pt", "edition_tnm")


def states(bench: Bench) -> dict[int, str]:
    """row -> state of its finding of T-2."""
    return {row: state for row, rule_id, state in verdicts(bench) if rule_id == "T-2"}


@pytest.mark.parametrize("numbers", [("P1", "P1"), (None, None)])
def test_of_two_rows_under_one_number_only_one_is_confirmed(
    workspace: Workspace, numbers: tuple[str | None, str | None]
) -> None:
    rows = [(number, "1", "C53.9") for number in numbers] + [("P3", "1", "C53.9")]
    mapped = batch(rows)
    bench = bench_of(workspace, new_batch(workspace), mapped)
    bench.confirm([(2, "T-2"), (3, "T-2")], "checked_record")
    assert states(bench) == {1: "open", 2: "confirmed", 3: "confirmed"}
    bench.replay()
    assert states(bench) == {1: "open", 2: "confirmed", 3: "confirmed"}
    later = bench_of(workspace, new_batch(workspace), mapped)
    assert states(later) == {1: "open", 2: "confirmed", 3: "confirmed"}


def test_a_number_corrected_to_that_of_another_row_confirms_only_one(workspace: Workspace) -> None:
    mapped = batch([("P1", "1", "C53.9"), ("P2", "1", "C53.9"), ("P3", "1", "C53.9")])
    bench = bench_of(workspace, new_batch(workspace), mapped)
    bench.confirm([(1, "T-2")], "checked_record")
    bench.edit([CellEdit(2, "numero_patient", "P1")])
    assert states(bench) == {1: "confirmed", 2: "open", 3: "open"}
    bench.confirm([(2, "T-2")], "checked_record")
    bench.revoke([(1, "T-2")])
    assert states(bench) == {1: "open", 2: "confirmed", 3: "open"}


def test_what_was_confirmed_once_is_open_on_both_rows_of_now(workspace: Workspace) -> None:
    bench = bench_of(workspace, new_batch(workspace), batch([("P1", "1", "C53.9"), ("P3", "1", "C53.9")]))
    bench.confirm([(1, "T-2"), (2, "T-2")], "checked_record")
    twice = batch([("P1", "1", "C53.9"), ("P1", "1", "C53.9"), ("P3", "1", "C53.9")])
    later = bench_of(workspace, new_batch(workspace), twice)
    assert states(later) == {1: "open", 2: "open", 3: "confirmed"}
    told = listed(later).select("row_id", "state", "cause").rows()
    assert told == [(1, "lapsed", "shared"), (2, "lapsed", "shared"), (3, "holds", None)]


def test_under_a_number_of_its_own_the_fingerprint_is_the_one_of_before(workspace: Workspace) -> None:
    bench = bench_of(workspace, new_batch(workspace), batch([("P9", "1", "C53.9")]))
    bench.confirm([(1, "T-2")], "checked_record")
    (held,) = bench.known_stamps()["fingerprint"]
    assert held == "52364edab34d1da0c65aeb6d5c9e10754a9a0e91b2fa8e5211646196505826c0"
