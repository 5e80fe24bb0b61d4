"""Corrections of one month on the extract of the next: where they hold, and where the source is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.corrections import CorrectionLog
from desktop_app.core.months import carried_list
from desktop_app.core.months.before import previous_batch
from desktop_app.core.months.carrying import Carried, Tally, carry_over, outlook
from desktop_app.core.stages import Mapped, SourceFile
from desktop_app.core.workspace import Workspace, retention
from tests.core.bench_parts import batch, bench_of, new_batch

OCTOBER = [("P1", None, "C50.1"), ("P2", "7", "C61.9"), ("P3", "1", "C61.9"), ("P4", None, "C18.0")]


def extract(rows: Sequence[tuple[str | None, ...]], number: int) -> Mapped:
    """The extract of a month, a file of its own."""
    return replace(batch(rows), source=SourceFile(Path(f"{number}.csv"), f"{number:02}" * 32, 1000))


def month(
    workspace: Workspace, rows: Sequence[tuple[str | None, ...]], number: int
) -> tuple[Bench, Carried, str]:
    """A new batch with what earlier ones decided."""
    mapped = extract(rows, number)
    carried = outlook(workspace, mapped)
    batch_id = new_batch(workspace, mapped.source)
    carried = carry_over(workspace, batch_id, mapped, carried)
    return bench_of(workspace, batch_id, mapped), carried, batch_id


@pytest.fixture
def october(workspace: Workspace) -> Bench:
    """P1, P2 and P4 corrected, each once."""
    bench, carried, _ = month(workspace, OCTOBER, 10)
    assert carried.lines.is_empty() and not bench.can_undo
    bench.edit([CellEdit(1, "sexe", "2")], why="dossier relu")
    bench.edit([CellEdit(2, "sexe", "1"), CellEdit(4, "sexe", "9")])
    return bench


def sexes(bench: Bench) -> list[str | None]:
    return bench.frame["sexe"].to_list()


def test_it_holds_where_the_value_is_still_there_and_the_source_wins_elsewhere(
    workspace: Workspace, october: Bench
) -> None:
    november = [("P9", "1", "C61.9"), ("P4", "1", "C18.0"), ("P2", "1", "C61.9"), ("P1", None, "C50.9")]
    bench, carried, _ = month(workspace, november, 11)
    assert carried.tally == Tally(held=1, settled=1, differs=1) and carried.applied == 1
    assert sexes(bench) == ["1", "1", "1", "2"]
    told = carried.lines.select("row_id", "status", "old", "new", "now").rows()
    assert told == [
        (2, "differs", None, "9", "1"), (3, "settled", "7", "1", "1"), (4, "held", None, "2", None),
    ]  # fmt: skip


def test_who_decided_it_when_and_why_stays_with_it(workspace: Workspace, october: Bench) -> None:
    first = october.pending().row(0, named=True)
    bench, _, _ = month(workspace, OCTOBER[:1], 11)
    kept = bench.pending().row(0, named=True)
    assert kept["why"] == "dossier relu" and kept["when"] == first["when"] and kept["who"] == first["who"]
    again, _, _ = month(workspace, OCTOBER[:1], 12)
    assert again.pending().row(0, named=True) == kept


def test_it_is_one_step_undone_at_once_and_then_refused_for_good(
    workspace: Workspace, october: Bench
) -> None:
    bench, carried, batch_id = month(workspace, OCTOBER, 11)
    assert carried.applied == 3 and sexes(bench) == ["2", "1", "1", "9"]
    change = bench.undo()
    assert change is not None and change.label.fr == "Annulé\N{NO-BREAK SPACE}: Reprise de 3 corrections"
    assert sexes(bench) == [None, "7", "1", None]
    again = carry_over(workspace, batch_id, bench.mapped, outlook(workspace, bench.mapped, batch_id))
    assert again.applied == 0
    _, december, _ = month(workspace, OCTOBER, 12)
    assert december.lines.is_empty()


def test_redone_it_holds_next_month_too(workspace: Workspace, october: Bench) -> None:
    bench, _, _ = month(workspace, OCTOBER, 11)
    bench.undo()
    bench.redo()
    assert month(workspace, OCTOBER, 12)[1].applied == 3


def test_what_was_put_back_or_decided_anew_is_the_last_word(workspace: Workspace, october: Bench) -> None:
    bench, _, _ = month(workspace, OCTOBER, 11)
    bench.discard([(1, "sexe")])
    bench.edit([CellEdit(2, "sexe", "2")])
    december, carried, _ = month(workspace, OCTOBER, 12)
    assert sexes(december) == [None, "2", "1", "9"] and carried.applied == 2


def test_a_restart_and_a_second_check_carry_nothing_twice(workspace: Workspace, october: Bench) -> None:
    bench, _, batch_id = month(workspace, OCTOBER, 11)
    again = carry_over(workspace, batch_id, bench.mapped, outlook(workspace, bench.mapped, batch_id))
    assert again.applied == 0 and again.tally.held == 3
    assert len(CorrectionLog(workspace, batch_id).actions()) == 1
    assert sexes(bench_of(workspace, batch_id, bench.mapped)) == ["2", "1", "1", "9"]


def test_an_older_batch_is_not_changed_by_a_newer_one(workspace: Workspace, october: Bench) -> None:
    first = workspace.batches.list()[-1].id
    bench, _, _ = month(workspace, OCTOBER, 11)
    bench.edit([CellEdit(3, "sexe", "2")])
    assert outlook(workspace, october.mapped, first).lines.is_empty()


def test_rows_of_one_key_are_told_apart_by_their_values(workspace: Workspace) -> None:
    twins = [("P1", None, "C50.1"), ("P1", None, "C61.9"), ("P1", None, "C61.9"), (None, None, "C18.0")]
    bench, _, _ = month(workspace, twins, 10)
    bench.edit([CellEdit(1, "sexe", "2"), CellEdit(2, "sexe", "1"), CellEdit(4, "sexe", "9")])
    turned = [twins[3], twins[1], ("P5", None, "C18.0"), twins[2], twins[0], (None, None, "C18.1")]
    november, carried, _ = month(workspace, turned, 11)
    assert sexes(november) == ["9", "1", None, None, "2", None] and carried.applied == 3


def test_a_key_that_became_two_rows_is_left_to_a_person(workspace: Workspace, october: Bench) -> None:
    bench, carried, _ = month(workspace, [OCTOBER[0], OCTOBER[0], OCTOBER[3]], 11)
    assert carried.tally == Tally(held=1, twins=1, gone=1)
    assert sexes(bench) == [None, None, "9"]
    assert carried.lines["row_id"].to_list() == [1, 2, 3, None]
    told = carried_list.told(carried.applied, carried, 0).fr
    assert (
        "Pour 1 correction, plusieurs lignes" in told
        and "Pour 1 correction, l’enregistrement n’a pas" in told
    )


TWICE = [("P1", "7", "C50.1"), ("P1", "7", "C50.1"), ("P2", "1", "C61.9")]


@pytest.mark.parametrize("other", [TWICE[1], ("P1", "1", "C50.1")])
def test_a_row_that_was_one_of_two_and_is_alone_now_keeps_its_correction(
    workspace: Workspace, other: tuple[str, str, str]
) -> None:
    bench, _, _ = month(workspace, [TWICE[0], other, TWICE[2]], 10)
    bench.edit([CellEdit(1, "sexe", "2")])
    bench.withdraw([2], "same_tumour", kept=1)
    november, carried, _ = month(workspace, [TWICE[2], TWICE[0]], 11)
    assert carried.tally == Tally(held=1) and sexes(november) == ["1", "2"]
    assert november.withdrawn().is_empty()
    december, carried, _ = month(workspace, [TWICE[0], TWICE[2]], 12)
    assert carried.tally == Tally(held=1) and sexes(december) == ["2", "1"]


def test_a_withdrawn_row_of_two_that_has_changed_is_told(workspace: Workspace) -> None:
    bench, _, _ = month(workspace, TWICE, 10)
    bench.withdraw([2], "same_tumour", kept=1)
    changed = ("P1", "7", "C50.9")
    november, carried, _ = month(workspace, [TWICE[2], TWICE[0], changed], 11)
    assert november.withdrawn().is_empty()
    assert carried.withdrawals.select("row_id", "status").rows() == [(2, "differs"), (3, "differs")]
    assert "1 enregistrement retiré alors, mais avec d’autres valeurs" in carried_list.told(0, carried, 0).fr
    assert month(workspace, [TWICE[2], TWICE[0]], 12)[1].withdrawals.is_empty()


def test_rows_without_a_number_are_not_taken_for_one_withdrawn(workspace: Workspace) -> None:
    bench, _, _ = month(workspace, [(None, "1", "C50.1"), *TWICE], 10)
    bench.withdraw([1], "not_a_case")
    assert month(workspace, [(None, "1", "C50.9"), (None, "2", "C50.1")], 11)[1].withdrawals.is_empty()


def test_a_withdrawal_of_an_older_log_is_read_as_it_is(workspace: Workspace) -> None:
    bench, _, batch_id = month(workspace, TWICE, 10)
    bench.withdraw([2], "same_tumour", kept=1)
    log = CorrectionLog(workspace, batch_id)
    cells = log.actions()[-1].cells
    bench.undo()
    assert cells is not None
    log.append("withdraw", cells.drop("key"), why="same_tumour")
    assert bench_of(workspace, batch_id, extract(TWICE, 10)).withdrawn()["row_id"].to_list() == [2]
    assert month(workspace, TWICE, 11)[0].withdrawn()["row_id"].to_list() == [2]


def test_of_a_row_alone_now_the_last_word_counts(workspace: Workspace) -> None:
    bench, _, _ = month(workspace, TWICE, 10)
    bench.edit([CellEdit(1, "sexe", "2"), CellEdit(2, "sexe", "9")])
    november, carried, _ = month(workspace, TWICE[1:], 11)
    assert carried.tally == Tally(twins=2) and carried.lines["row_id"].to_list() == [1, 1]
    november.edit([CellEdit(1, "sexe", "2")])
    december, carried, _ = month(workspace, TWICE[1:], 12)
    assert carried.tally == Tally(held=1) and sexes(december) == ["2", "1"]
    december.discard([(1, "sexe")])
    assert month(workspace, TWICE[1:], 1)[1].applied == 0


def test_put_back_on_a_row_alone_now_it_is_not_carried_again(workspace: Workspace) -> None:
    bench, _, _ = month(workspace, TWICE, 10)
    bench.edit([CellEdit(1, "sexe", "2")])
    november, carried, _ = month(workspace, TWICE[1:], 11)
    assert carried.applied == 1
    november.discard([(1, "sexe")])
    assert month(workspace, TWICE[1:], 12)[1].applied == 0


def test_numbers_that_are_all_written_otherwise_are_told(workspace: Workspace, october: Bench) -> None:
    _, carried, _ = month(workspace, [(f"P0{row[0][1:]}", *row[1:]) for row in OCTOBER if row[0]], 11)
    told = carried_list.told(carried.applied, carried, 0)
    assert carried.mostly_gone and "Pour 3 corrections, l’enregistrement n’a pas été retrouvé" in told.fr
    assert "écrits autrement" in told.fr and "written otherwise" in told.en


def test_it_never_repeats_a_value_in_a_repr(workspace: Workspace, october: Bench) -> None:
    _, carried, _ = month(workspace, OCTOBER, 11)
    action = CorrectionLog(workspace, workspace.batches.list()[0].id).actions()[0]
    assert "P1" not in repr(action) and isinstance(action.cells, pl.DataFrame)
    assert "C50" not in repr(carried)


def test_a_withdrawn_record_is_withdrawn_again_while_it_is_what_it_was(workspace: Workspace) -> None:
    bench, _, _ = month(workspace, OCTOBER, 10)
    bench.withdraw([3, 4], "same_tumour")
    november = [("P4", "1", "C18.0"), OCTOBER[2], OCTOBER[0]]
    second, carried, batch_id = month(workspace, november, 11)
    assert carried.withdrawn == 1 and second.withdrawn()["row_id"].to_list() == [2]
    assert carried.withdrawals.select("row_id", "status", "why").rows() == [
        (1, "differs", "same_tumour"), (2, "held", "same_tumour"),
    ]  # fmt: skip
    again = carry_over(workspace, batch_id, second.mapped, outlook(workspace, second.mapped, batch_id))
    assert again.withdrawn == 0
    second.undo()
    assert month(workspace, november, 12)[1].withdrawn == 0


def test_reinstated_it_stays(workspace: Workspace) -> None:
    bench, _, _ = month(workspace, OCTOBER, 10)
    bench.withdraw([3], "same_tumour")
    bench.reinstate([3])
    third, carried, _ = month(workspace, OCTOBER, 11)
    assert carried.withdrawn == 0 and third.withdrawn().is_empty()


def test_a_batch_is_never_left_empty(workspace: Workspace) -> None:
    bench, _, _ = month(workspace, OCTOBER, 10)
    bench.withdraw([3], "same_tumour")
    second, carried, _ = month(workspace, OCTOBER[2:3], 11)
    assert carried.withdrawn == 0 and second.records == 1


def test_what_is_withdrawn_again_keeps_its_author_and_its_day(workspace: Workspace) -> None:
    workspace.set_person("Claire Durand")
    first = month(workspace, OCTOBER, 10)[0]
    first.withdraw([3], "same_tumour")
    then = first.withdrawn().row(0, named=True)
    workspace.set_person("Paul Martin")
    second = month(workspace, OCTOBER, 11)[0]
    again = second.withdrawn().row(0, named=True)
    assert (again["who"], again["when"], again["why"]) == (then["who"], then["when"], "same_tumour")
    assert "Claire Durand" in again["who"]
    third = month(workspace, OCTOBER, 12)[0]
    assert third.withdrawn()["who"].to_list() == [then["who"]]


def test_one_of_two_rows_of_a_key_stays_withdrawn_after_a_restart(workspace: Workspace) -> None:
    twins = [("P1", "1", "C50.1"), ("P1", "1", "C50.1"), ("P2", "1", "C61.9")]
    bench, _, batch_id = month(workspace, twins, 10)
    bench.withdraw([2], "same_record")
    assert bench_of(workspace, batch_id, bench.mapped).withdrawn()["row_id"].to_list() == [2]
    second, carried, _ = month(workspace, [twins[2], *twins[:2]], 11)
    assert carried.withdrawn == 1 and second.withdrawn()["row_id"].to_list() == [3]


def test_the_latest_word_counts_though_the_clock_was_set_back(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    month(workspace, OCTOBER, 10)[0].edit([CellEdit(1, "sexe", "1")])
    with monkeypatch.context() as patch:
        for module in ("batch_store", "correction_store"):
            patch.setattr(f"desktop_app.core.workspace.{module}.now", lambda: "2020-01-01T00:00:00+00:00")
        second, carried, second_id = month(workspace, OCTOBER, 11)
        assert carried.applied == 1
        second.edit([CellEdit(1, "sexe", "2")])
    third, _, third_id = month(workspace, OCTOBER, 12)
    assert third.frame["sexe"][0] == "2"
    before = previous_batch(workspace, third_id)
    assert before is not None and before.id == second_id
    assert [row.id for row in workspace.batches.list()][:2] == [third_id, second_id]
    assert retention.due(workspace, 24) == []
