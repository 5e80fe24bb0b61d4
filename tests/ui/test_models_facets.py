"""Facets of a row's source and file, of shared causes, and the free filter: what they show and count."""

from __future__ import annotations

from typing import Any

import polars as pl

from desktop_app.core.row_filter import Condition, Operator, RowFilter
from desktop_app.ui.models.facets import FacetModel
from desktop_app.ui.models.row_facts import Files
from desktop_app.ui.models.selection import Selection, View, arrange
from desktop_app.ui.models.snapshot import Roots, Snapshot, take_snapshot
from validation_rules.contract import load_contract
from validation_rules.text import Text

FRAME = pl.DataFrame(
    {
        "row_id": pl.Series([1, 2, 4, 7, 9], dtype=pl.UInt32),
        "sexe": ["1", "2", "7", "7", None],
        "sources": ["ACP+PMSI", "PMSI", None, "PMSI+PMSI", "DC"],
    }
)
FOUND = pl.DataFrame(
    [(1, "COD-sexe"), (2, "COD-sexe"), (4, "COD-sexe"), (7, "REQ-sexe")],
    schema=["row_id", "rule_id"],
    orient="row",
).with_columns(
    field=pl.lit("sexe"), severity=pl.lit("error"), value=pl.lit("x"), state=pl.lit("open"),
    row_id=pl.col("row_id").cast(pl.UInt32),
)  # fmt: skip
ROOTS = Roots(
    pl.DataFrame({"row_id": [1, 2], "rule_id": "COD-sexe", "field": "sexe", "root": "k"}).cast(
        {"row_id": pl.UInt32}
    ),
    {"k": (Text("cause", "cause"), Text("remède", "fix"))},
)
TWO = Files.of([("nord.csv", 3), ("sud.csv", 6)])


def taken(files: Files | None = TWO) -> Snapshot:
    return take_snapshot(FRAME, FOUND, roots=ROOTS, files=files)


def rows(view: View) -> list[int]:
    return FRAME["row_id"].gather(view.positions).to_list()


def test_a_row_with_two_sources_is_in_both_and_counted_once_in_each() -> None:
    view = arrange(taken(), Selection())
    assert dict(view.counts["source"]) == {"PMSI": 3, "ACP": 1, "": 1}
    assert rows(arrange(taken(), Selection({"source": frozenset({"PMSI"})}))) == [1, 2, 7]


def test_rows_know_their_file_without_findings_too() -> None:
    assert dict(arrange(taken(), Selection()).counts["file"]) == {"nord.csv": 2, "sud.csv": 2}
    south = Selection({"file": frozenset({"sud.csv"})}, all_rows=True)
    assert rows(arrange(taken(), south)) == [4, 7, 9]


def test_the_cause_that_findings_share_is_a_facet() -> None:
    assert dict(arrange(taken(), Selection()).counts["root"]) == {"k": 2, "": 2}
    assert rows(arrange(taken(), Selection({"root": frozenset({"k"})}))) == [1, 2]


def test_a_filter_looks_at_every_row_and_facets_count_inside_it() -> None:
    found = arrange(taken(), Selection(filter=RowFilter((Condition("sources", Operator.CONTAINS, "pmsi"),))))
    assert rows(found) == [1, 2, 7] and found.selection.narrowed
    assert dict(found.counts["rule_id"]) == {"COD-sexe": 2, "REQ-sexe": 1}
    blank = Selection(filter=RowFilter((Condition("sexe", Operator.BLANK),)))
    assert rows(arrange(taken(), blank)) == [9]


def test_facets_that_say_nothing_are_not_shown(qapp: Any) -> None:
    model = FacetModel(load_contract(), "fr")
    bare = take_snapshot(FRAME, FOUND)
    view = arrange(bare, Selection())
    model.show(view.counts, {}, bare.roots)
    assert not model.index_of("file").isValid() and not model.index_of("root").isValid()
    view = arrange(taken(), Selection())
    model.show(view.counts, {}, taken().roots)
    assert model.index_of("file", "nord.csv").isValid()
    assert model.index_of("root", "k").data() == "cause"
    assert model.index_of("source", "PMSI").data().startswith("PMSI – ")
