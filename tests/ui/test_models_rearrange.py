"""What an edit of few rows leaves on the page is what looking at everything again would show."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTreeView

from desktop_app.core.row_filter import Condition, Operator, RowFilter
from desktop_app.ui.models.causes import CausesModel
from desktop_app.ui.models.facets import FacetModel
from desktop_app.ui.models.rearrange import rearranged
from desktop_app.ui.models.row_facts import Files
from desktop_app.ui.models.selection import CAUSE, Selection, View, arrange, groups_of
from desktop_app.ui.models.snapshot import CASE_KEY, Renewed, Roots, Snapshot, renewed, take_snapshot
from validation_rules.contract import load_contract
from validation_rules.text import Text

CONTRACT = load_contract()

ROWS = 12
FRAME = pl.DataFrame(
    {
        "row_id": pl.Series(range(1, ROWS + 1), dtype=pl.UInt32),
        "sexe": [str(n % 3) for n in range(ROWS)],
        "topographie": ["C50.9", None, "C61.9"] * (ROWS // 3),
        "date_incidence": ["2020", "2021-05", None, "2020-01"] * (ROWS // 4),
        "sources": ["ACP+DC", None, "DC"] * (ROWS // 3),
    }
)
RULES = {
    "SEX-01": ("sexe", "error"),
    "SEX-02": ("sexe+topographie", "error"),
    "TIM-01": ("topographie", "confirm"),
}
FOUND_SCHEMA = {
    "row_id": pl.UInt32,
    **dict.fromkeys(("field", "rule_id", "severity", "value", "state"), pl.String),
}
ROOTS = Roots(
    pl.DataFrame({"row_id": [2, 3], "rule_id": ["SEX-01"] * 2, "field": ["sexe"] * 2, "root": ["recode"] * 2})
    .cast({"row_id": pl.UInt32}),
    {"recode": (Text("Un codage", "A coding"), Text("À revoir.", "To be seen again."))},
)  # fmt: skip
FILES = Files.of([("a.csv", 5), ("b.csv", 4)])
Case = tuple[int, str, str, str]
CASES = st.sets(st.tuples(st.integers(1, ROWS), st.sampled_from(sorted(RULES))), max_size=16)
STATES = st.sampled_from(["open", "confirmed"])
SELECTIONS = [
    Selection(),
    Selection({"rule_id": frozenset({"SEX-01"})}),
    Selection({"state": frozenset({"open"}), "year": frozenset({"2020"})}),
    Selection({"field": frozenset({"topographie"})}, text="c50"),
    Selection(rows=frozenset({2, 3, 5})),
    Selection({"root": frozenset({"recode"})}),
    Selection({"source": frozenset({"DC"}), "file": frozenset({"b.csv", ""})}),
    Selection(filter=RowFilter((Condition("sexe", Operator.IS, "9"),))),
    Selection(
        text="20", filter=RowFilter((Condition("topographie", Operator.FILLED),)), rows=frozenset({1, 6})
    ),
]


@st.composite
def findings(draw: st.DrawFn, keys: set[tuple[int, str]]) -> pl.DataFrame:
    lines = [(row, *RULES[rule][:1], rule, RULES[rule][1], draw(st.sampled_from("xy")), draw(STATES))
             for row, rule in sorted(keys)]  # fmt: skip
    return pl.DataFrame(lines, schema=FOUND_SCHEMA, orient="row")


def _content(view: View) -> object:
    cases = view.cases.select(*CASE_KEY, "severity", "value", "state", "root", "of_cause").sort(CASE_KEY)
    return cases.rows(), dict(view.counts), view.positions.to_list(), view.cases_in_all


def _contiguous(cases: pl.DataFrame, keys: tuple[str, ...]) -> bool:
    runs = cases.select(pl.struct(keys).rle_id()).to_series().n_unique()
    return runs == cases.select(keys).unique().height


def _texts(model: QAbstractItemModel, parent: QModelIndex | None = None) -> list[object]:
    """What a tree says, line by line, with what is below each."""
    above = QModelIndex() if parent is None else parent
    lines = (model.index(row, 0, above) for row in range(model.rowCount(above)))
    role = Qt.ItemDataRole.AccessibleTextRole
    return [(line.data(), line.data(role), _texts(model, line)) for line in lines]


class Trees:
    """The two lists of the page, every line opened: each view leaves them as it would be shown at first."""

    def __init__(self) -> None:
        self.causes, self.facets = CausesModel(CONTRACT, "fr"), FacetModel(CONTRACT, "fr")
        strict = QAbstractItemModelTester.FailureReportingMode.Fatal
        self._testers = [QAbstractItemModelTester(model, strict) for model in (self.causes, self.facets)]
        self._tree = QTreeView()
        self._tree.setModel(self.causes)

    def show(self, view: View) -> None:
        self._show(self.causes, self.facets, view)
        self._tree.expandAll()
        causes, facets = CausesModel(CONTRACT, "fr"), FacetModel(CONTRACT, "fr")
        self._show(causes, facets, view)
        assert _texts(self.causes) == _texts(causes)
        assert _texts(self.facets) == _texts(facets)

    def _show(self, causes: CausesModel, facets: FacetModel, view: View) -> None:
        causes.show(view.cases, ROOTS.texts, view.groups, view.changed)
        facets.show(view.counts, view.selection.chosen, ROOTS.texts)


@pytest.mark.parametrize("selection", SELECTIONS, ids=range(len(SELECTIONS)))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_few_rows_anew_are_all_rows_anew(qapp: Any, selection: Selection, data: st.DataObject) -> None:
    trees = Trees()
    first = data.draw(findings(data.draw(CASES)))
    before = take_snapshot(FRAME, first, roots=ROOTS, files=FILES)
    view = arrange(before, selection)
    trees.show(view)
    for _ in range(2):
        before, view = _edited(data, before, view)
        trees.show(view)


def test_a_tick_that_comes_to_a_finding_leaves_the_tree_as_it_is_opened(qapp: Any) -> None:
    lines = [(row, "sexe", "SEX-01", "error", "x", "open") for row in range(1, ROWS)]
    before = take_snapshot(FRAME, pl.DataFrame(lines, schema=FOUND_SCHEMA, orient="row"), files=FILES)
    view = arrange(before, Selection())
    model, tree = CausesModel(CONTRACT, "fr"), QTreeView()
    tree.setModel(model)
    model.show(view.cases, {}, view.groups)
    tree.expandAll()
    torn: list[object] = []
    for signal in (model.modelReset, model.rowsRemoved, model.rowsInserted):
        signal.connect(lambda *told: torn.append(told))
    left = pl.DataFrame(lines[1:], schema=FOUND_SCHEMA, orient="row")
    row = pl.Series("row_id", [1], dtype=pl.UInt32)
    after = rearranged(renewed(before, FRAME, left, row, frozenset({1}), Roots()), view)
    model.show(after.cases, {}, after.groups, after.changed)
    first = model.index(0, 0, model.index(0, 0, model.index(0, 0)))
    assert not torn
    assert tree.isExpanded(model.index(0, 0))
    assert model.at(first) is not None and model.at(first).state == "corrected"  # type: ignore[union-attr]


def _edited(data: st.DataObject, before: Snapshot, view: View) -> tuple[Snapshot, View]:
    rows = sorted(data.draw(st.sets(st.integers(1, ROWS), min_size=1, max_size=4)))
    ids = pl.Series("row_id", rows, dtype=pl.UInt32)
    near = pl.col("row_id").is_in(rows)
    held = before.cases.filter(~near & (pl.col("state") != "corrected")).select(FOUND_SCHEMA.keys())
    held = held.cast(FOUND_SCHEMA)  # type: ignore[arg-type]
    keys = {key for key in data.draw(CASES) if key[0] in rows}
    found = pl.concat([held, data.draw(findings(keys))]).sort("row_id", "rule_id", "field")
    frame = before.frame.with_columns(sexe=pl.when(near).then(pl.lit("9")).otherwise("sexe"))
    touched = frozenset(rows)
    whole = take_snapshot(frame, found, before.cases, touched, ROOTS, FILES)
    change = renewed(before, frame, found, ids, touched, ROOTS)
    after = change.after
    assert after.cases.equals(whole.cases)
    assert [after.marks.row(pos) for pos in range(ROWS)] == [whole.marks.row(pos) for pos in range(ROWS)]
    again = rearranged(change, view)
    assert again.groups == groups_of(again.cases)
    _same_in_many(change, found, ids, view, again)
    assert _content(again) == _content(arrange(whole, view.selection, keep=view))
    assert _contiguous(again.cases, ("group",)) and _contiguous(again.cases, CAUSE)
    return after, again


def _same_in_many(few: Renewed, found: pl.DataFrame, ids: pl.Series, view: View, shown: View) -> None:
    """What is done line by line for few cases is what is done by queries for many."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("relist._MOST_LINES", "snapshot._BY_HAND", "selection._COUNTED"):
            patch.setattr(f"desktop_app.ui.models.{name}", -1)
        many = renewed(few.before, few.after.frame, found, ids, frozenset(ids), ROOTS)
        again = rearranged(many, view)
    for one, other in ((many.after.cases, few.after.cases), (again.cases, shown.cases)):
        assert one.equals(other) and one.schema == other.schema
    assert many.after.marks.frame.equals(few.after.marks.frame)
    assert (again.groups, again.counts) == (shown.groups, shown.counts)
