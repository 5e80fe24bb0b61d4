"""What is typed on the card and not written yet is never lost."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.delegate import take_value
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.conftest import Settle
from tests.ui.fix_parts import page_alone
from tests.ui.journey_hands import CTRL, SHIFT, Key, overwrite, press, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    return page_alone(qtbot, session, workspace, settle)


def at_hand(page: FixPage) -> tuple[int, str]:
    assert page.card.case is not None
    return page.card.case.row_id, page.card.case.rule_id


def test_lists_that_arrive_leave_what_is_typed(page: FixPage, settle: Settle) -> None:
    press(Key.Key_F8)
    press(Key.Key_F4)
    overwrite("xy")
    editor = page.card.correct.editor
    page.desk.edit([(2, "sexe", "2")])  # an action on another finding ends while one types
    settle()
    settle()
    assert page.card.correct.editor is editor and editor.hasFocus()
    write("z")
    assert take_value(editor) == "xyz" and page.card.correct.button.isEnabled()


def test_a_value_that_nobody_touched_follows_the_batch(page: FixPage, settle: Settle) -> None:
    editor = page.card.correct.editor
    page.desk.edit([(2, "sexe", "8")])
    settle()
    settle()
    assert at_hand(page) == (2, "COD-sexe") and page.card.correct.editor is editor
    assert take_value(editor) == "8" and not page.card.correct.button.isEnabled()


def test_what_is_typed_waits_where_one_left_it(page: FixPage, settle: Settle) -> None:
    correct, told = page.card.correct, list[str]()
    page.session.news.connect(told.append)
    press(Key.Key_F4)
    overwrite("4")
    press(Key.Key_F8)
    assert at_hand(page) == (3, "COD-sexe") and take_value(correct.editor) == "7"
    assert "Sexe" in told[0] and "2" in told[0]
    assert correct.editor.hasFocus() and correct._from_before.text() == told[0]
    press(Key.Key_F8, SHIFT)
    assert take_value(correct.editor) == "4" and "Sexe" not in correct._from_before.text()
    assert correct._from_before.text() in correct.editor.accessibleDescription()
    press(Key.Key_Return, CTRL)
    settle()
    settle()
    assert page.model.value(0, page.model.column_of("sexe")) == "4"
    assert not correct._from_before.isVisible()


def test_what_was_typed_over_another_value_is_not_put_back(page: FixPage, settle: Settle) -> None:
    press(Key.Key_F4)
    overwrite("4")
    press(Key.Key_F8)
    page.desk.edit([(2, "sexe", "8")])
    settle()
    settle()
    page.grid.go_to(2, "sexe")
    assert at_hand(page) == (2, "COD-sexe") and take_value(page.card.correct.editor) == "8"


def test_a_cell_without_a_finding_loses_nothing_either(page: FixPage) -> None:
    told: list[str] = []
    page.session.news.connect(told.append)
    press(Key.Key_F4)
    overwrite("4")
    page.grid.go_to(6, "date_naissance")
    assert page.card.case is None and told[0] in page.card._hint.text()
    page.grid.go_to(2, "sexe")
    assert take_value(page.card.correct.editor) == "4"
