"""To a colleague and back, through the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.bench import CellEdit
from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.export_dialog import Asked, ExportDialog
from desktop_app.ui.fix.return_dialog import ReturnDialog
from desktop_app.ui.fix.rounds import Rounds
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.core.rounds_parts import Colleague
from tests.ui.fix_parts import put_on_bench, small_batch

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Settle = Callable[[], None]
WORKBOOK = Asked("xlsx", only_view=False, to_confirm=True, identities="needed", whole_record=False)


@pytest.fixture
def page(session: Session, workspace: Workspace, window: MainWindow, settle: Settle) -> FixPage:
    put_on_bench(session, workspace, small_batch())
    window.show_page("fix")
    settle()
    found = window.findChild(FixPage)
    assert isinstance(found, FixPage)
    return found


def back(page: FixPage, path: Path, settle: Settle) -> ReturnDialog:
    rounds: Rounds = page.rounds
    rounds.bring_back(path)
    settle()
    settle()
    assert isinstance(rounds.dialog, ReturnDialog)
    return rounds.dialog


def value(page: FixPage, row_id: int, field: str) -> str | None:
    assert page.desk.bench is not None
    found: str | None = page.desk.bench.frame.filter(pl.col("row_id") == row_id)[field].item()
    return found


@pytest.fixture
def colleague(page: FixPage, tmp_path: Path, settle: Settle) -> Colleague:
    path = tmp_path / "constats.xlsx"
    page.rounds.export(WORKBOOK, path)
    settle()
    settle()
    return Colleague(path)


def test_the_dialog_asks_what_leaves(page: FixPage, settle: Settle, tmp_path: Path) -> None:
    page.rounds.ask_export()
    dialog = page.rounds.dialog
    assert isinstance(dialog, ExportDialog)
    asked: list[Asked] = []
    dialog.asked.disconnect()
    dialog.asked.connect(asked.append)
    dialog.choose("html")
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert asked == [Asked("html", only_view=False, to_confirm=True, identities="needed", whole_record=False)]
    page.rounds.export(asked[0], tmp_path / "a.html")
    settle()
    settle()
    assert "P002" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_conflicts_are_decided_one_by_one(page: FixPage, colleague: Colleague, settle: Settle) -> None:
    for row in (2, 3):
        colleague.write(row, "Sexe", "2")
    colleague.write(5, "Comportement", "3")
    colleague.save()
    page.desk.edit([CellEdit(2, "sexe", "1"), CellEdit(3, "sexe", "1")])
    settle()
    dialog = back(page, colleague.path, settle)
    assert dialog.conflicts.rowCount() == 2 and dialog.taken.rowCount() == 1
    assert not dialog.accept_button.isEnabled()
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert dialog.conflict_table is not None and dialog.conflict_table.currentIndex().row() == 1
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert dialog.accept_button.isEnabled()
    QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    settle()
    assert [value(page, row, "sexe") for row in (2, 3)] == ["2", "1"]
    assert value(page, 5, "comportement") == "3"
    page.desk.undo()
    settle()
    assert value(page, 5, "comportement") is None and value(page, 2, "sexe") == "1"


def test_a_correction_can_be_left_alone_by_keyboard(
    page: FixPage, colleague: Colleague, settle: Settle, qtbot: QtBot
) -> None:
    for row in (2, 3):
        colleague.write(row, "Sexe", "2")
    colleague.confirm(6, "GRA-04", "Confirmé par le clinicien")
    dialog = back(page, colleague.save(), settle)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    table = dialog.tabs.widget(0)
    assert table is not None
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert dialog.taken.taken == 1
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [value(page, row, "sexe") for row in (2, 3)] == ["7", "2"]
    assert page.desk.bench is not None and page.desk.bench.counts().confirmed == 1


def test_a_file_of_something_else_is_a_sentence(
    page: FixPage, session: Session, settle: Settle, tmp_path: Path
) -> None:
    told: list[str] = []
    session.failed.connect(lambda error: told.append(error.code))
    (tmp_path / "autre.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    page.rounds.bring_back(tmp_path / "autre.csv")
    settle()
    assert told == ["rounds.not_ours"]


def test_what_a_stranger_wrote_is_shown_as_it_is(page: FixPage, colleague: Colleague, settle: Settle) -> None:
    colleague.write(2, "Sexe", "<img src='x'>")
    colleague.write(2, "Remarque", "a\u202eb\n<b>c</b>")
    colleague.sign("<b>Dr</b>\u202e")
    dialog = back(page, colleague.save(), settle)
    line = dialog.taken.words(0)
    assert line[3:] == ("<IMGSRC='X'>", "ab <b>c</b>")
    tip = dialog.taken.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert "<IMG" not in tip and "&lt;IMG" in tip
    dialog.reject()
