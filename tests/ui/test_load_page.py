"""The page Load: what is guessed is shown, can be changed, and leads on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.session import CONTRACT, Session
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.drop import DropZone

Settle = Callable[[], None]
SMALL = "N° patient;Nom de naissance;Sexe;Topographie\nP1;DUPONT;M;C61.9\nP2;ÉLUARD;F;C50.4\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "petit.csv"
    path.write_text(SMALL, encoding="cp1252")
    return path


@pytest.fixture
def page(load_page: LoadPage) -> LoadPage:
    return load_page


def chips(page: LoadPage) -> dict[str, Chip]:
    QApplication.processEvents()  # a layout shows what it was given a moment later
    return {chip.key: chip for chip in page.findChildren(Chip) if chip.isVisibleTo(page)}


def test_a_dropped_file_is_previewed_with_its_guesses(page: LoadPage, small: Path, settle: Settle) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(small))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(QPoint(20, 20)), action, mime, button, Qt.KeyboardModifier.NoModifier)
    page.findChildren(DropZone)[0].dropEvent(event)
    settle()
    assert page.session.preview is not None
    assert page.session.preview.columns == ("N° patient", "Nom de naissance", "Sexe", "Topographie")
    assert {"encoding", "separator", "header_row"} <= set(chips(page))


def test_a_changed_guess_is_read_again_at_once(page: LoadPage, small: Path, settle: Settle) -> None:
    page.open(small)
    settle()
    menu = chips(page)["separator"].menu()
    other = next(action for action in menu.actions() if action.data() == ",")
    other.trigger()
    settle()
    preview = page.session.preview
    assert preview is not None and preview.options.separator == ","
    assert page.session.options == {"separator": ","}


def test_a_chip_tells_its_evidence(page: LoadPage, small: Path, settle: Settle) -> None:
    page.open(small)
    settle()
    chip = chips(page)["encoding"]
    chip.looked.emit("encoding")
    assert chip.accessibleDescription()
    shown = [label.text() for label in page.findChildren(QLabel)]
    assert any(chip.accessibleDescription() in text for text in shown)


def test_a_file_that_is_not_one_gets_a_sentence(
    page: LoadPage, window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    empty = tmp_path / "vide.csv"
    empty.write_bytes(b"")
    page.open(empty)
    settle()
    assert window.bar.isVisible() and window.bar.text
    assert page.session.preview is None


def test_recent_files_are_offered(page: LoadPage, small: Path, settle: Settle) -> None:
    page.open(small)
    settle()
    page.read()
    settle()
    page.session.new_batch()
    assert page.session.recent_files() == [small]


def test_the_window_title_never_holds_the_file_name(
    page: LoadPage, window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "DUPONT Jeanne.csv"
    path.write_text(SMALL, encoding="utf-8")
    page.open(path)
    settle()
    assert "DUPONT" not in window.windowTitle()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("registre/extrait.csv", 12_000),
        ("classeur/extrait.xlsx", 3_000),
        ("largeur_fixe/extrait.txt", 2_000),
        ("desordre/extract.tsv", 2_000),
    ],
)
def test_the_samples_load_with_one_button(
    page: LoadPage, shared: Path, qtbot: QtBot, settle: Settle, name: str, rows: int
) -> None:
    page.open(shared / "samples" / name)
    settle()
    QTest.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    settle()
    extract = page.session.extract
    assert extract is not None and extract.frame.height == rows


def test_what_a_file_holds_is_chosen_and_kept(
    page: LoadPage, session: Session, settle: Settle, small: Path
) -> None:
    page.open(small)
    settle()
    assert "rnc-tumeurs" in chips(page)["contract"].evidence
    chips(page)["contract"].picked.emit("contract", "rnc-notifications")
    settle()
    assert session.contract is not None and session.contract.id == "rnc-notifications"
    assert session.setting(CONTRACT, "") == "rnc-notifications" and session.extract is None
    assert "rnc-notifications" in chips(page)["contract"].evidence
    page.read()
    settle()
    assert session.draft is not None and session.draft.recipe.contract_id == "rnc-notifications"
