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


def give(compare: CompareDialog, row_id: int, field: str, value: str) -> None:
    """A value typed into a cell and taken."""
    go_to(compare, row_id, field)
    compare.table.setFocus()
    write(value)
    press(Key.Key_Return)


def begin(compare: CompareDialog, row_id: int, field: str, letters: str) -> None:
    """The first letters of one."""
    go_to(compare, row_id, field)
    write(letters)


def line() -> QLineEdit:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit), focus
    return focus


def test_what_is_typed_stays_when_the_edit_before_it_is_done(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    give(compare, 7, "finess_diagnostic", "380000067")
    begin(compare, 8, "topographie", "C50.")
    editor = line()
    settle()
    settle()
    assert line() is editor and editor.text() == "C50.", "the outcome of the edit before is told around it"
    assert compare.model.place_of(7, "finess_diagnostic").data() == "380000067"
    write("8")
    press(Key.Key_Return)
    settle()
    assert bench_of(page).frame["topographie"][7] == "C50.8"
    assert bench_of(page).frame["finess_diagnostic"][6] == "380000067"


def test_lines_that_differ_no_more_go_away_around_what_is_typed(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    compare.only.click()
    give(compare, 7, "finess_diagnostic", "380000067")
    begin(compare, 8, "topographie", "C50.")
    settle()
    settle()
    assert line().text() == "C50." and compare.model.rowCount() == 2
    press(Key.Key_Escape)
    compare.only.click()
    assert compare.model.cell(compare.table.currentIndex()) == (8, "topographie")


def test_a_finding_that_is_settled_waits_for_what_is_typed(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    give(compare, 8, "date_incidence", "2022-03-04")
    begin(compare, 8, "topographie", "C50.")
    settle()
    settle()
    assert line().text() == "C50." and compare.isVisible()
    write("8")
    press(Key.Key_Return)
    settle()
    assert bench_of(page).frame["topographie"][7] == "C50.8"
    assert not compare.table.isEnabled() and compare._gone.isVisible()


def test_the_cursor_goes_on_to_what_differs_still(compare: CompareDialog, settle: Settle) -> None:
    compare.only.click()
    give(compare, 8, "topographie", "C50.9")  # as the other record has it
    settle()
    settle()
    here = compare.table.currentIndex()
    assert here.isValid() and compare.model.line(here.row()).differs


def test_a_value_that_is_taken_leads_to_the_next_field(compare: CompareDialog, settle: Settle) -> None:
    row = compare.model.place_of(8, "topographie").row()
    for key, step in ((Key.Key_Return, 1), (Key.Key_Down, 1), (Key.Key_Up, -1)):
        begin(compare, 8, "topographie", "C50.8")
        press(key)
        assert compare.table.currentIndex().row() == row + step, "at once: typing goes on there"
        settle()
        assert compare.table.currentIndex().row() == row + step
