"""The windows beside the page: records side by side, changes, confirmations, history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.fix_parts import put_on_bench, small_batch

Settle = Callable[[], None]


def twice() -> Mapped:
    """The small batch, in which rows 7 and 8 are one tumour of one patient; row 7 lacks the grade."""
    mapped = small_batch()
    last = pl.col("row_id") >= 7
    frame = mapped.frame.with_columns(
        numero_patient=pl.when(last).then(pl.lit("P900")).otherwise("numero_patient"),
        numero_tumeur=pl.when(pl.col("row_id") == 8).then(pl.lit("2")).otherwise("numero_tumeur"),
        date_naissance=pl.when(last).then(pl.lit("1950-01-20")).otherwise("date_naissance"),
        topographie=pl.when(pl.col("row_id") == 8).then(pl.lit("C50.4")).otherwise("topographie"),
        finess_diagnostic=pl.when(pl.col("row_id") == 8).then(pl.lit("380000067")).otherwise(None),
    )
    return replace(mapped, frame=frame)


@pytest.fixture
def page(window: MainWindow, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    put_on_bench(session, workspace, twice())
    window.show_page("fix")
    settle()
    found = window.findChild(FixPage)
    assert found is not None
    return found


def test_shot(page: FixPage, window: MainWindow, settle: Settle, qapp: QApplication) -> None:
    bench = page.desk.bench
    assert bench is not None
    print(bench.findings.filter(pl.col("row_id") >= 7))
    window.resize(1366, 768)
    number = page.findings.causes.number_of(7, "DUP-02", next(c for c in page.findings.causes._cases.filter(pl.col("rule_id")=="DUP-02")["field"]))
    page.findings.select(number)
    settle()
    for _ in range(5): qapp.processEvents()
    window.grab().save("/tmp/groups_card.png")
    page.windows.show_records(7, "DUP-02")
    settle()
    for _ in range(5): qapp.processEvents()
    page.windows.compare.grab().save("/tmp/groups_compare.png")
    page.windows.compare.same.complete.setChecked(True)
    page.windows.compare.same.button.click()
    settle()
    page.desk.edit([(2, "sexe", "2"), (3,"sexe","2")], "vu")
    settle()
    page.desk.confirm([(6, "GRA-04")], "checked_record")
    settle()
    page.windows.show_changes()
    settle()
    for _ in range(5): qapp.processEvents()
    for n, name in enumerate(("changes","confirmations","history")):
        page.windows.changes.tabs.setCurrentIndex(n)
        for _ in range(5): qapp.processEvents()
        page.windows.changes.grab().save(f"/tmp/groups_{name}.png")
    page.reset()
    page.desk.select(replace(page.desk.selection, all_rows=True))
    settle()
    for _ in range(5): qapp.processEvents()
    window.grab().save("/tmp/groups_page.png")
