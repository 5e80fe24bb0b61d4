"""Suggestions on the card, by keyboard and by mouse; for many rows they are seen first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.scope import Scope
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.fix_parts import batch_of, page_alone

Settle = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
WRONG: list[dict[str, str | None]] = [
    {"topographie": "C50.7"},
    {"topographie": "C50.7"},
    {"topographie": "C61.7", "sexe": "1", "lateralite": "0", "morphologie": "8140"},
    {"edition_cimo": None},
    {"sources": None},
]


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    mapped = batch_of(dict(enumerate(WRONG, 1)), len(WRONG))
    return page_alone(qtbot, session, workspace, settle, mapped)


def go_to(page: FixPage, row_id: int, field: str, settle: Settle) -> None:
    page.grid.go_to(row_id, field)
    settle()
    settle()


def site(page: FixPage) -> list[str | None]:
    assert page.session.bench is not None
    return page.session.bench.frame["topographie"].to_list()


def test_f7_and_enter_take_the_suggestion_for_the_row_alone(
    qtbot: QtBot, page: FixPage, settle: Settle
) -> None:
    go_to(page, 1, "topographie", settle)
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_F7)
    line = page.card.suggest.lines[0]
    assert page.focusWidget() is line.button and "C50.9" in line.button.accessibleName()
    QTest.keyClick(line.button, Qt.Key.Key_Space)
    settle()
    assert site(page)[:3] == ["C50.9", "C50.7", "C61.7"]
    assert page.session.bench is not None
    assert page.session.bench.pending()["why"].to_list() == ["partie de l’organe non précisée"]


def test_a_click_takes_it_and_undo_takes_it_back(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    go_to(page, 1, "topographie", settle)
    QTest.mouseClick(page.card.suggest.lines[0].button, Qt.MouseButton.LeftButton)
    settle()
    assert site(page)[0] == "C50.9"
    page.desk.undo()
    settle()
    assert site(page)[0] == "C50.7"


@pytest.mark.parametrize(("scope", "left"), [(Scope.SAME, ["C61.7"]), (Scope.RULE, [])])
def test_many_rows_are_seen_first(
    qtbot: QtBot, page: FixPage, settle: Settle, scope: Scope, left: list[str]
) -> None:
    go_to(page, 1, "topographie", settle)
    line = page.card.suggest.lines[0]
    action = next(action for action in line.more.menu().actions() if action.data() is scope)
    action.trigger()
    settle()
    dialog = page.suggesting.dialog
    assert dialog is not None and dialog.spread is not None
    assert site(page)[:3] == ["C50.7", "C50.7", "C61.7"], "nothing is written before it was seen"
    assert dialog.spread.changes()["count"].sum() == 3 - len(left)
    QTest.keyClick(dialog.button, Qt.Key.Key_Return)
    settle()
    assert [value for value in site(page) if str(value).endswith(".7")] == left


def test_escape_leaves_everything_as_it_is(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    go_to(page, 1, "topographie", settle)
    page.card.suggest.lines[0].more.menu().actions()[0].trigger()
    settle()
    assert page.suggesting.dialog is not None
    QTest.keyClick(page.suggesting.dialog, Qt.Key.Key_Escape)
    settle()
    assert site(page)[:3] == ["C50.7", "C50.7", "C61.7"]


def test_arrows_walk_the_suggestions(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    go_to(page, 4, "edition_cimo", settle)
    lines = page.card.suggest.lines
    assert len(lines) > 1
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_F7)
    QTest.keyClick(lines[0].button, Qt.Key.Key_Down)
    assert page.focusWidget() is lines[1].button
    QTest.keyClick(lines[1].button, Qt.Key.Key_Up)
    assert page.focusWidget() is lines[0].button


def test_without_a_suggestion_nothing_is_offered_and_f7_goes_to_the_value(
    qtbot: QtBot, page: FixPage, settle: Settle
) -> None:
    go_to(page, 5, "sources", settle)
    assert page.card.suggest.isHidden() and not page.card.suggest.lines
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_F7)
    assert page.focusWidget() is page.card.correct.editor


def test_a_row_that_was_just_corrected_has_no_stale_suggestion(
    qtbot: QtBot, page: FixPage, settle: Settle
) -> None:
    go_to(page, 1, "topographie", settle)
    page.model.edit_asked.emit([(1, "topographie", "C50.1")])
    settle()
    settle()
    assert not page.card.suggest.lines


def test_a_number_without_its_key_can_take_it(page: FixPage, settle: Settle) -> None:
    """No rule asks for the key of a number of 13 characters: the field itself offers it."""
    bench = page.session.bench
    assert bench is not None
    page.desk.edit([(5, "matricule_ins", "1500138185001"), (5, "sexe", "2")], "")
    settle()
    go_to(page, 5, "matricule_ins", settle)
    box = page.card.correct
    assert page.card.case is not None and page.card.case.rule_id == "IDN-02"
    assert box.complete.isVisible() and box.complete.text().endswith("150013818500157")
    box.complete.setFocus()
    QTest.keyClick(box.complete, Qt.Key.Key_Space)
    assert box.complete.isHidden() and box.editor.hasFocus()
    box.apply()
    settle()
    assert bench.frame["matricule_ins"][4] == "150013818500157"


def test_other_values_are_offered_no_key(page: FixPage, settle: Settle) -> None:
    go_to(page, 1, "topographie", settle)
    assert page.card.case is not None and page.card.correct.complete.isHidden()
