"""Who had the keyboard has it again: after the lock, after another page; and a finding is chosen again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.core.workspace import Workspace
from desktop_app.ui.keep.held import LockPage
from desktop_app.ui.keep.keeper import Keeper
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.conftest import Settle
from tests.ui.fix_parts import put_on_bench, small_batch
from tests.ui.journey_hands import CTRL, Key, click, press


@pytest.fixture
def page(window: MainWindow, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    session.secrets = workspace.secrets
    put_on_bench(session, workspace, small_batch())
    window.go("fix")
    settle()
    found = window.pages["fix"]
    assert isinstance(found, FixPage) and found.findings.tree.hasFocus()
    return found


def lock_and_come_back(window: MainWindow, settle: Settle) -> None:
    keeper = Keeper(window)
    settle()
    keeper.lock()
    assert window.findChild(LockPage) is not None and keeper.locked
    keeper._unlocked(None)
    QApplication.processEvents()
    assert not keeper.locked


def test_after_the_lock_the_keyboard_is_where_it_was(
    window: MainWindow, page: FixPage, settle: Settle
) -> None:
    page.grid.setFocus()
    lock_and_come_back(window, settle)
    assert page.grid.hasFocus()
    press(Key.Key_F8)
    assert page.card.case is not None and page.card.case.row_id == 3, "the keys of the page work"


def test_what_had_it_may_be_gone(window: MainWindow, page: FixPage, settle: Settle) -> None:
    keeper = Keeper(window)
    settle()
    page.card.correct.editor.setFocus()
    keeper.lock()
    page.desk.edit([(2, "sexe", "2"), (3, "sexe", "2"), (5, "comportement", "3"), (6, "grade", "9")])
    settle()
    settle()
    keeper._unlocked(None)
    assert page.card.correct.isHidden() and page.findings.tree.hasFocus()


@pytest.mark.parametrize("way", ["keys", "mouse"])
def test_a_page_that_one_comes_back_to(window: MainWindow, page: FixPage, way: str, settle: Settle) -> None:
    page.grid.setFocus()
    for key in ("batches", "fix"):
        if way == "mouse":
            click(window.rail._buttons[key])
        else:
            press(Key.Key_3 if key == "fix" else Key.Key_7, CTRL)
        settle()
        assert window.pages[key].isVisible()
    assert page.grid.hasFocus()


@pytest.mark.parametrize("way", ["click", "enter"])
def test_the_finding_at_hand_is_chosen_again(page: FixPage, way: str) -> None:
    tree = page.findings.tree
    page.findings.select(page.findings.causes.find(3, "sexe"))
    page.grid.go_to(6, "date_naissance")  # no finding there: the card is empty, the line stays current
    assert page.card.case is None
    if way == "click":
        QTest.mouseClick(
            tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(tree.currentIndex()).center()
        )
    else:
        tree.setFocus()
        press(Key.Key_Return)
    assert page.card.case is not None and page.card.case.row_id == 3
    assert page.grid.at_hand() == (3, "sexe")


def test_opening_a_line_is_not_choosing_it(page: FixPage) -> None:
    tree = page.findings.tree
    page.findings.select(0)
    tree.setCurrentIndex(page.findings.causes.index(0, 0))
    page.grid.go_to(6, "date_naissance")
    line = tree.visualRect(tree.currentIndex())
    QTest.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(line.left() - 8, line.center().y())
    )
    assert page.card.case is None
