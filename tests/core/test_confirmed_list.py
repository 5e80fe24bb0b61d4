"""The list of confirmations: what holds, what has lapsed and why, taken back from there, and as CSV."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

import polars as pl
import pytest

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.confirmed import exported, listed, why_not
from desktop_app.core.corrections import CorrectionLog
from desktop_app.core.plain_cells import plain_cell
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import SMALL, TODAY, PlainChecker, batch, bench_of, contract, new_batch


def numbered(rows: list[tuple[str | None, ...]], first: int = 1) -> Mapped:
    """A batch whose records have numbers of their own."""
    mapped = batch(rows)
    numbers = pl.int_range(first, first + len(rows)).cast(pl.String)
    return replace(mapped, frame=mapped.frame.with_columns(numero_tumeur=numbers))


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """T-2 confirmed on row 1, T-3 on rows 1 and 2."""
    made = bench_of(workspace, new_batch(workspace), numbered(list(SMALL)))
    made.confirm([(1, "T-2")], "other", "=vu avec le médecin")
    made.confirm([(1, "T-3"), (2, "T-3")], "checked_record")
    return made


def lines(bench: Bench) -> list[tuple[object, ...]]:
    return listed(bench).select("row_id", "rule_id", "state", "cause", "changed").rows()


def test_they_hold(bench: Bench) -> None:
    assert lines(bench) == [
        (row, rule, "holds", None, None) for row, rule in ((1, "T-2"), (1, "T-3"), (2, "T-3"))
    ]
    assert listed(bench)["reason"].to_list() == ["other", "checked_record", "checked_record"]
    bench.revoke([(1, "T-3")])
    assert [line[:2] for line in lines(bench)] == [(1, "T-2"), (2, "T-3")]


def test_a_lapse_names_the_field_that_changed(bench: Bench) -> None:
    bench.edit([CellEdit(1, "sexe", "9"), CellEdit(4, "topographie", "C53.9")])
    assert lines(bench) == [
        (1, "T-3", "lapsed", "values", "sexe"),
        (2, "T-3", "holds", None, None),
        (1, "T-2", "settled", None, None),
    ]
    line = listed(bench).row(0, named=True)
    assert why_not(line, contract()).fr == "a changé depuis\N{NO-BREAK SPACE}: Sexe"


def test_confirmed_anew_it_is_listed_once(bench: Bench) -> None:
    bench.edit([CellEdit(1, "sexe", "9")])
    bench.confirm([(1, "T-3")], "checked_clinician")
    assert [line[:3] for line in lines(bench)][:2] == [(1, "T-3", "holds"), (2, "T-3", "holds")]
    bench.edit([CellEdit(1, "sexe", "1")])
    assert (1, "T-3", "holds", None, None) in lines(bench) and len(lines(bench)) == 3


def test_a_withdrawn_record_and_a_new_version(workspace: Workspace, bench: Bench) -> None:
    bench.withdraw([1], "same_tumour")
    assert {line for line in lines(bench) if line[0] == 1} == {
        (1, "T-2", "settled", "withdrawn", None), (1, "T-3", "settled", "withdrawn", None),
    }  # fmt: skip
    bench.undo()
    rules = tuple(replace(one, version=2) if one.id == "T-2" else one for one in contract().rules)
    mapped = replace(numbered(list(SMALL)), contract=replace(contract(), rules=rules))
    later = Bench(mapped, PlainChecker(), TODAY, CorrectionLog(workspace, bench._log.batch_id))
    later.replay()
    assert (1, "T-2", "lapsed", "rule", None) in lines(later)


def test_those_of_earlier_batches(workspace: Workspace, bench: Bench) -> None:
    rows: list[tuple[str | None, ...]] = [("P1", "3", "C53.9"), ("P1", "2", "C50.1")]
    later = bench_of(workspace, new_batch(workspace), numbered(rows))
    given = listed(later)
    assert given["earlier"].all() and lines(later) == [
        (1, "T-3", "lapsed", "values", "sexe"),
        (2, "T-3", "holds", None, None),
        (1, "T-2", "settled", None, None),
    ]  # fmt: skip
    assert later.revoke_given(given).cells == 3 and listed(later).is_empty()
    assert listed(bench_of(workspace, later._log.batch_id, numbered(rows))).is_empty()
    later.undo()
    assert listed(later).equals(given)
    elsewhere = bench_of(workspace, new_batch(workspace), numbered([("P9", "1", "C61.9")]))
    assert set(listed(elsewhere)["state"]) == {"absent"} and listed(elsewhere)["row_id"].null_count() == 3
    assert elsewhere.revoke_given(listed(elsewhere)).rows == ()


def test_what_has_lapsed_is_taken_back_for_good(workspace: Workspace, bench: Bench) -> None:
    bench.edit([CellEdit(1, "sexe", "9")])
    bench.revoke_given(listed(bench).filter(pl.col("state") == "lapsed"))
    bench.edit([CellEdit(1, "sexe", "1")])
    states = dict(bench.findings.filter(pl.col("rule_id") == "T-3").select("row_id", "state").rows())
    assert states == {1: "open", 2: "confirmed"}


def test_the_csv_holds_no_formula(bench: Bench) -> None:
    text = exported(listed(bench), contract(), "fr")
    rows = list(csv.reader(StringIO(text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")), delimiter=";"))
    assert rows[0][:4] == ["Ligne", "Règle", "Champs", "État"] and len(rows) == 4
    assert rows[1][:4] == ["1", "T-2", "Sexe + Topographie CIM-O", "en vigueur"]
    assert rows[1][6] == "'=vu avec le médecin"
    assert [plain_cell(text)[0] for text in ("=1", "+1", "-1", "@a", "\tx", "\rx")] == ["'"] * 6


def test_the_step_that_confirms_a_finding_as_it_is_now(bench: Bench) -> None:
    held = {line["rule_id"]: line["field"] for line in listed(bench).iter_rows(named=True)}
    step = bench.confirmation_of(1, "T-2", held["T-2"])
    assert step is not None and (step.why, step.note) == ("other", "=vu avec le médecin")
    bench.edit([CellEdit(1, "sexe", "9")])
    assert bench.confirmation_of(1, "T-3", held["T-3"]) is None, "lapsed"
    assert bench.confirmation_of(2, "T-3", held["T-3"]) is not None
    bench.revoke([(2, "T-3")])
    assert bench.confirmation_of(2, "T-3", held["T-3"]) is None
