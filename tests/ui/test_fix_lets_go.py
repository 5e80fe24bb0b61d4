"""What was at hand is let go of when it is put away: a batch of a million rows is not held beside another."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.demo.large import write_large
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.fix_parts import page_alone, put_on_bench, small_batch


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Callable[[], None]) -> FixPage:
    """The page with its batch: a finding on the card, suggestions asked for, a cell corrected."""
    made = page_alone(qtbot, session, workspace, settle)
    made.walk(1)
    settle()
    made.desk.edit([(2, "sexe", "1")])
    settle()
    return made


def held(page: FixPage) -> list[weakref.ref[object]]:
    """The batch, and what was last seen of it."""
    assert page.session.bench is not None and page.outcome is not None
    seen = page.outcome.snapshot.marks, page.outcome.view.cases, page.outcome.corrections.lines
    return [weakref.ref(page.session.bench), *map(weakref.ref, seen)]


def left(references: list[weakref.ref[object]], settle: Callable[[], None]) -> list[object]:
    """What is still there of it once the window is at rest."""
    settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    gc.collect()
    return [reference() for reference in references if reference() is not None]


def test_nothing_holds_a_batch_that_was_put_away(page: FixPage, settle: Callable[[], None]) -> None:
    before = held(page)
    page.session.new_batch()
    assert not left(before, settle)


def test_nothing_holds_a_batch_once_another_is_at_hand(
    page: FixPage, workspace: Workspace, settle: Callable[[], None]
) -> None:
    before = held(page)
    put_on_bench(page.session, workspace, small_batch())
    assert not left(before, settle)
    assert page.outcome is not None and page.outcome.bench is page.session.bench


def test_a_batch_is_shown_again_after_one_was_put_away(
    page: FixPage, workspace: Workspace, settle: Callable[[], None]
) -> None:
    page.session.new_batch()
    settle()
    put_on_bench(page.session, workspace, small_batch())
    settle()
    assert page.model.rowCount()
    page.walk(1)
    assert page.card.case is not None


def test_nothing_holds_a_file_that_was_put_away(
    window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    session = window.session
    window.show_page("map")
    write_large(path := tmp_path / "a.csv", 30)
    session.open_file(path)
    settle()
    session.read()
    settle()
    assert session.extract is not None
    before: list[weakref.ref[object]] = [weakref.ref(session.extract.frame)]
    session.new_batch()
    assert not left(before, settle)
