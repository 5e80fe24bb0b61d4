"""New files of the watched folder are proposed where a batch begins, opened with a click, or put away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.settings import SettingsPage

Settle = Callable[[], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "Exports"
    place.mkdir()
    put(place, "ancien.csv")
    return place


def put(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(f"Nom;Sexe\n{name};1\n", encoding="utf-8")
    return path


@pytest.fixture
def watching(window: MainWindow, folder: Path, settle: Settle) -> MainWindow:
    window.session.watch_folder(folder)
    settle()
    return window


def look_twice(window: MainWindow, settle: Settle) -> None:
    for _ in range(2):
        window.watching.look()
        settle()


def test_nothing_is_watched_before_someone_says_so(window: MainWindow) -> None:
    assert window.watching.folder is None and not window.watching._timer.isActive()
    assert not window.arrivals.isVisible()


def test_a_new_file_is_proposed_and_opened(watching: MainWindow, folder: Path, settle: Settle) -> None:
    new = put(folder, "novembre.csv")
    look_twice(watching, settle)
    assert watching.arrivals.isVisible() and "novembre.csv" in watching.arrivals._text.text()
    assert "ancien.csv" not in watching.arrivals._text.text()
    QTest.mouseClick(watching.arrivals.open, Qt.MouseButton.LeftButton)
    settle()
    assert watching.session.files == (new,) and watching.stack.currentWidget() is watching.pages["load"]
    watching.session.read()
    settle()
    look_twice(watching, settle)
    assert watching.watching.new == []


def test_several_new_files_can_be_one_batch(watching: MainWindow, folder: Path, settle: Settle) -> None:
    new = [put(folder, name) for name in ("a.csv", "b.csv")]
    look_twice(watching, settle)
    menu = watching.arrivals.open.menu()
    assert [action.text() for action in menu.actions()][:2] == ["a.csv", "b.csv"]
    menu.actions()[-1].trigger()
    settle()
    assert list(watching.session.files) == new


def test_files_that_are_not_wanted_are_not_proposed_again(
    watching: MainWindow, folder: Path, settle: Settle
) -> None:
    put(folder, "novembre.csv")
    look_twice(watching, settle)
    QTest.mouseClick(watching.arrivals.later, Qt.MouseButton.LeftButton)
    look_twice(watching, settle)
    assert not watching.arrivals.isVisible() and watching.watching.new == []


def test_nothing_is_proposed_in_the_midst_of_other_work(
    watching: MainWindow, folder: Path, settle: Settle
) -> None:
    put(folder, "novembre.csv")
    watching.show_page("settings")
    look_twice(watching, settle)
    assert not watching.arrivals.isVisible()
    watching.show_page("batches")
    assert watching.arrivals.isVisible()


def test_a_share_that_is_away_says_nothing_every_ten_seconds(
    watching: MainWindow, folder: Path, settle: Settle
) -> None:
    watching.bar.hide()
    folder.rename(folder.with_name("ailleurs"))
    look_twice(watching, settle)
    assert watching.bar.text == ""
    folder.with_name("ailleurs").rename(folder)
    put(folder, "novembre.csv")
    look_twice(watching, settle)
    assert watching.arrivals.isVisible()


def test_settings_tell_the_folder_and_end_the_watching(
    watching: MainWindow, folder: Path, settle: Settle
) -> None:
    watching.show_page("settings")
    page = watching.pages["settings"]
    assert isinstance(page, SettingsPage) and page.watched.text() == "Exports"
    QTest.mouseClick(page.drop_watched, Qt.MouseButton.LeftButton)
    settle()
    assert watching.watching.folder is None and not watching.watching._timer.isActive()
    assert not page.drop_watched.isVisible()


def test_recent_files_can_be_forgotten(window: MainWindow, folder: Path, settle: Settle) -> None:
    session = window.session
    session.open_file(folder / "ancien.csv")
    settle()
    session.read()
    settle()
    window.show_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage) and page.forget.isEnabled()
    QTest.mouseClick(page.forget, Qt.MouseButton.LeftButton)
    assert session.recent.groups() == [] and not page.forget.isEnabled()
