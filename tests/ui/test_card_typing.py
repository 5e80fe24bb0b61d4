"""What is typed on the card and not written yet is never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.bench import Bench
from desktop_app.core.errors import AppError
from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.delegate import take_value
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.conftest import Settle
from tests.ui.fix_parts import page_alone
from tests.ui.journey_hands import CTRL, SHIFT, Key, overwrite, press, write
from validation_rules.text import Text

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


def test_what_was_refused_is_kept_as_what_was_not_asked_for(
    page: FixPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AppError("full", Text("Disque plein.", "Disk full."), Text("Libérez.", "Free some."))

    monkeypatch.setattr(Bench, "edit", refuse)
    press(Key.Key_F4)
    overwrite("4")
    press(Key.Key_Return, CTRL)
    settle()
    press(Key.Key_F8)
    press(Key.Key_F8, SHIFT)
    assert at_hand(page) == (2, "COD-sexe") and take_value(page.card.correct.editor) == "4"


def test_what_the_cell_has_by_now_is_not_told_as_unwritten(page: FixPage, settle: Settle) -> None:
    told: list[str] = []
    page.card.correct.kept.connect(told.append)
    press(Key.Key_F4)
    overwrite("8")
    page.desk.edit([(2, "sexe", "8")])  # in the grid, or side by side
    settle()
    press(Key.Key_F8)
    assert told == []


def test_another_value_of_the_list_is_not_the_one_typed_before(page: FixPage) -> None:
    correct = page.card.correct
    press(Key.Key_F4)
    overwrite("4")
    press(Key.Key_F8)
    press(Key.Key_F8, SHIFT)
    assert correct._from_before.isVisible()
    press(Key.Key_F4)
    press(Key.Key_Down)
    assert take_value(correct.editor) != "4" and not correct._from_before.isVisible()


def test_the_field_is_named_when_another_rule_is_about_the_same_cell(page: FixPage) -> None:
    assert page.card.case is not None and page.outcome is not None
    one, correct, snapshot = page.card.case, page.card.correct, page.outcome.snapshot
    correct.show_case(replace(one, field="sexe+grade", rule_id="other"), snapshot)
    assert correct._field.isVisible() and "Sexe" not in correct._field_name.text()
    correct.show_case(one, snapshot)
    assert not correct._field.isVisible() and "Sexe" in correct._field_name.text()
