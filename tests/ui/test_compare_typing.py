"""Records side by side while one types: what an edit before it brings does not disturb the hand."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.ui.fix.compare_dialog import CompareDialog
from desktop_app.ui.pages.fix import FixPage
from tests.ui.conftest import Settle
from tests.ui.journey_hands import Key, press, write
from tests.ui.test_groups_windows import bench_of, compare, page

__all__ = ["compare", "page"]


def go_to(compare: CompareDialog, row_id: int, field: str) -> None:
    compare.table.setCurrentIndex(compare.model.place_of(row_id, field))


def line() -> QLineEdit:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit), focus
    return focus


def enter() -> None:
    press(Key.Key_Return)
    QApplication.processEvents()  # a line gives its value a turn after Enter, before the next key can come


def test_what_is_typed_stays_when_the_edit_before_it_is_done(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    go_to(compare, 7, "finess_diagnostic")
    write("380000067")
    enter()
    go_to(compare, 8, "topographie")
    write("C50.")
    editor = line()
    settle()
    settle()
    assert line() is editor and editor.text() == "C50.", "the outcome of the edit before is told around it"
    assert compare.model.place_of(7, "finess_diagnostic").data() == "380000067"
    write("8")
    enter()
    settle()
    assert bench_of(page).frame["topographie"][7] == "C50.8"
    assert bench_of(page).frame["finess_diagnostic"][6] == "380000067"


def test_lines_that_differ_no_more_go_away_around_what_is_typed(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    compare.only.click()
    go_to(compare, 7, "finess_diagnostic")
    compare.table.setFocus()
    write("380000067")
    enter()
    go_to(compare, 8, "topographie")
    write("C50.")
    settle()
    settle()
    assert line().text() == "C50." and compare.model.rowCount() == 2
    press(Key.Key_Escape)
    compare.only.click()
    assert compare.model.cell(compare.table.currentIndex()) == (8, "topographie")


def test_a_finding_that_is_settled_waits_for_what_is_typed(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    go_to(compare, 8, "date_incidence")
    write("2022-03-04")
    enter()
    go_to(compare, 8, "topographie")
    write("C50.")
    settle()
    settle()
    assert line().text() == "C50." and compare.isVisible()
    write("8")
    enter()
    settle()
    assert bench_of(page).frame["topographie"][7] == "C50.8"
    assert not compare.table.isEnabled() and compare._gone.isVisible()
