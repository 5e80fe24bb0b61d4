"""Findings told some rows at a time are those that all at once would be."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.ui.models import selection, snapshot
from desktop_app.ui.models.selection import Selection, View, arrange
from desktop_app.ui.models.snapshot import Snapshot, take_snapshot
from tests.ui.test_models_rearrange import CASES, FILES, FRAME, ROOTS, SELECTIONS, findings


def _taken(found: pl.DataFrame, gone: pl.DataFrame | None, wanted: Selection) -> tuple[Snapshot, View]:
    taken = take_snapshot(FRAME, found, gone, roots=ROOTS, files=FILES)
    return taken, arrange(taken, wanted)


@pytest.mark.parametrize("wanted", SELECTIONS, ids=range(len(SELECTIONS)))
@settings(max_examples=30, deadline=None)
@given(data=st.data(), at_once=st.integers(1, 5))
def test_parts_come_to_the_whole(wanted: Selection, data: st.DataObject, at_once: int) -> None:
    found = data.draw(findings(data.draw(CASES)))
    gone = data.draw(st.none() | CASES.flatmap(findings))
    whole, shown = _taken(found, gone, wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "_AT_ONCE", at_once)
        patch.setattr(selection, "_AT_ONCE", at_once)
        taken, view = _taken(found, gone, wanted)
    assert taken.cases.equals(whole.cases)
    assert taken.marks.frame.equals(whole.marks.frame)
    assert view.cases.equals(shown.cases)
    assert view.groups == shown.groups
    assert view.counts == shown.counts
    assert view.positions.equals(shown.positions)


def test_findings_on_rows_that_are_not_there_are_left_out_of_every_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = pl.DataFrame({"row_id": [0, 1, 5, 5, 99], "field": "sexe", "rule_id": [*"AABCA"]})
    found = found.with_columns(severity=pl.lit("error"), value=pl.lit("x"), state=pl.lit("open"))
    whole = take_snapshot(FRAME, found.cast({"row_id": pl.UInt32}))
    monkeypatch.setattr(snapshot, "_AT_ONCE", 1)
    taken = take_snapshot(FRAME, found.cast({"row_id": pl.UInt32}))
    assert taken.cases["row_id"].to_list() == [1, 5, 5]
    assert taken.cases.equals(whole.cases)
