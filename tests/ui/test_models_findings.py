from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from desktop_app.core.bench_net import Net, no_lines
from desktop_app.core.corrections import Action, History
from desktop_app.ui.models.causes import PAGE, CausesModel
from desktop_app.ui.models.corrections import CorrectionsModel
from desktop_app.ui.models.facets import FacetModel
from desktop_app.ui.models.selection import Selection, View, arrange
from desktop_app.ui.models.snapshot import Roots, take_snapshot
from validation_rules.contract import load_contract
from validation_rules.text import Text

MANY = 3 * PAGE + 7
FRAME = pl.DataFrame({"row_id": pl.int_range(1, MANY + 3, dtype=pl.UInt32, eager=True)}).with_columns(
    sexe=pl.lit("7")
)


def found() -> pl.DataFrame:
    """COD-sexe on every row with one value; REQ-grade-like findings of many causes would be the same."""
    same = FRAME.head(MANY).select(
        "row_id", field=pl.lit("sexe"), rule_id=pl.lit("COD-sexe"), value=pl.lit("7")
    )
    other = FRAME.tail(2).select(
        "row_id",
        field=pl.lit("sexe+topographie"),
        rule_id=pl.lit("SEX-01"),
        value=pl.col("row_id").cast(pl.String),
    )
    return pl.concat([same, other]).with_columns(severity=pl.lit("error"), state=pl.lit("open"))


def view() -> View:
    return arrange(take_snapshot(FRAME, found()), Selection())


@pytest.fixture
def causes(qapp: Any) -> CausesModel:
    made = CausesModel(load_contract(), "fr")
    made.show(view().cases)
    return made


def test_it_is_a_proper_tree(causes: CausesModel, qtmodeltester: ModelTester) -> None:
    causes.show(view().cases.tail(12))
    qtmodeltester.check(causes)  # type: ignore[no-untyped-call]


def test_rules_come_worst_first_with_all_their_findings_counted(causes: CausesModel) -> None:
    assert causes.rowCount() == 2
    digits = "".join(filter(str.isdigit, causes.index(0, 0).data()))
    assert digits == str(MANY)


def test_findings_that_share_a_cause_are_one_line_whatever_their_rules(qapp: Any) -> None:
    both = found()
    roots = Roots(
        both.select("row_id", "rule_id", "field", root=pl.lit("default|sexe")),
        {"default|sexe": (Text("Défaut faux", "Wrong default"), Text("Changez-le", "Change it"))},
    )
    made = CausesModel(load_contract(), "fr")
    snapshot = take_snapshot(FRAME, both, roots=roots)
    made.show(arrange(snapshot, Selection()).cases, snapshot.roots)
    assert made.rowCount() == 1
    assert "Défaut faux" in made.index(0, 0).data()
    assert "Changez-le" in made.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert {made.case(n).rule_id for n in range(len(made))} == {"COD-sexe", "SEX-01"}


def test_a_cause_of_one_row_is_a_leaf_and_one_of_many_opens(causes: CausesModel) -> None:
    many, single = causes.index(0, 0), causes.index(1, 0)
    assert causes.rowCount(many) == 1 and causes.hasChildren(causes.index(0, 0, many))
    assert causes.rowCount(single) == 2 and not causes.hasChildren(causes.index(0, 0, single))


def test_lines_come_by_pages_and_a_far_one_is_told_by_its_cause(causes: CausesModel) -> None:
    cause = causes.index(0, 0, causes.index(0, 0))
    assert causes.rowCount(cause) == PAGE
    index = causes.index_of(PAGE + 3)
    case = causes.at(index)
    assert index.parent() == cause and case is not None and case.row_id == PAGE + 4
    assert causes.index_of(MANY - 1) == cause


def test_walking_skips_what_is_settled_and_goes_around(causes: CausesModel) -> None:
    cases = view().cases.tail(4).with_columns(state=pl.Series(["open", "corrected", "confirmed", "open"]))
    causes.show(cases)
    assert causes.walk(0, 1) == 3 and causes.walk(3, 1) == 0 and causes.walk(0, -1) == 3
    causes.show(cases.with_columns(state=pl.lit("confirmed")))
    assert causes.walk(0, 1) is None


def test_a_cell_finds_its_finding(causes: CausesModel) -> None:
    assert causes.find(MANY + 1, "topographie") == MANY
    assert causes.find(MANY + 1, "grade") is None
    assert causes.number_of(5, "COD-sexe", "sexe") == 4


def test_facets_are_a_proper_tree_and_tell_what_is_ticked(qapp: Any, qtmodeltester: ModelTester) -> None:
    model = FacetModel(load_contract(), "fr")
    shown = view()
    model.show(shown.counts, {"rule_id": frozenset({"SEX-01"})})
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    told: list[tuple[str, str]] = []
    model.toggled.connect(lambda facet, value: told.append((facet, value)))
    ticked = model.index_of("rule_id", "SEX-01")
    assert ticked.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.setData(model.index_of("rule_id", "COD-sexe"), None, Qt.ItemDataRole.CheckStateRole)
    assert told == [("rule_id", "COD-sexe")]
    assert model.index_of("rule_id", "none") == QModelIndex()


def test_corrections_are_listed_newest_first(qapp: Any, qtmodeltester: ModelTester) -> None:
    model = CorrectionsModel(load_contract(), "fr")
    when = datetime(2026, 11, 22, 9, tzinfo=UTC)
    source = FRAME.with_columns(grade=pl.lit(None, pl.String))
    places = pl.int_range(source.height, eager=True)
    frame = source.with_columns(
        sexe=pl.when(places == 3).then(pl.lit("1")).otherwise("sexe"),
        grade=pl.when(places == 8).then(pl.lit("2")),
    )
    steps = tuple(Action(seq, seq, "edit", None, "moi", when, "", "", 1) for seq in (1, 2))
    lines = pl.DataFrame([(1, 4, "sexe"), (2, 9, "grade")], schema=no_lines(source).schema, orient="row")
    model.show(Net(lines, source, frame, History(steps)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert model.cell(0) == (9, "grade")
    assert model.index(1, 3).data() == "1"
    assert "2026" in model.index(0, 5).data() or "26" in model.index(0, 5).data()
