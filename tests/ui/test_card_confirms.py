"""Confirming on the card: what is missing is said, and who confirmed, when and why."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.conftest import Settle
from tests.ui.fix_parts import page_alone
from tests.ui.journey_hands import CTRL, SHIFT, Key, press, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    """The card of row 6, which GRA-04 asks to confirm, with the keyboard in it."""
    made = page_alone(qtbot, session, workspace, settle)
    made.findings.select(made.findings.causes.find(6, "grade"))
    press(Key.Key_F4)
    return made


def test_confirming_asks_for_what_is_missing(page: FixPage, settle: Settle) -> None:
    box = page.card.confirm
    press(Key.Key_Return, CTRL, SHIFT)
    assert box.reason.hasFocus() and box.missing.isVisible() and box.missing.text()
    press(Key.Key_End)
    assert box.reason.currentData() == "other" and not box.missing.isVisible()
    press(Key.Key_Return, CTRL, SHIFT)
    assert box._note.hasFocus() and box.missing.isVisible()
    write("vu")
    assert not box.missing.isVisible()
    press(Key.Key_Return, CTRL, SHIFT)
    settle()
    assert page.session.bench is not None and page.session.bench.counts().confirmed == 1


def test_a_confirmed_finding_says_who_when_and_why(page: FixPage, session: Session, settle: Settle) -> None:
    press(Key.Key_Return, CTRL, SHIFT)
    page.desk.confirm([(6, "GRA-04")], "checked_record", "vu le 3")
    settle()
    settle()
    bench, before = page.session.bench, page.card.confirm.before
    assert bench is not None and page.card.case is not None and page.card.case.state == "confirmed"
    step = bench.confirmation_steps()[-1][0]
    reason = "Vérifié dans le dossier du patient"
    for told in (session.moment(step.when, "d MMM yyyy"), step.who, reason, "vu le 3"):
        assert before.isVisible() and told in before.text() and told in page.card.accessibleDescription()
    assert not page.card.confirm.missing.isVisible(), "it is confirmed, whoever did it and how"
    page.card.confirm.apply()  # taken back
    settle()
    settle()
    assert page.card.case.state == "open" and not before.isVisible()
