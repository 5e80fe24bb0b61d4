"""The window around the pages: rail, status, messages, progress, settings, passphrase, language."""

from __future__ import annotations

import base64
import json
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.core.bench_types import CellEdit
from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.core.workspace import Workspace
from desktop_app.ui import i18n, tasks, theme
from desktop_app.ui.look import Look
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.page_makers import MAKERS
from desktop_app.ui.pages.batches import BatchesPage, receipt_number
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.pages.settings import SettingsPage
from desktop_app.ui.pages.unlock import UnlockPage
from desktop_app.ui.session import Session
from desktop_app.ui.start import Start
from desktop_app.ui.widgets.rail import StationButton
from tests.ui.conftest import read_and_check
from validation_rules.text import Text

Settle = Callable[[], None]
ERROR = AppError("X", Text("Cela n’a pas marché.", "It failed."), Text("Recommencez.", "Try again."))
SMALL = "N° patient;N° tumeur;Nom de naissance;Sexe\nP1;1;DUPONT;1\nP2;1;MARTIN;2\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "petit.csv"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def checked(window: MainWindow, small: Path, settle: Settle) -> MainWindow:
    session = window.session
    session.open_file(small)
    settle()
    read_and_check(session, settle)
    return window


def test_every_page_opens_and_has_a_purpose_in_words(window: MainWindow, settle: Settle) -> None:
    for key in MAKERS:
        window.show_page(key)
        settle()
        window._help()
        assert len(window.bar.text) > 20, key


def test_closed_stations_say_why(window: MainWindow) -> None:
    stations = {station.key: station for station in window.session.stations()}
    assert [key for key, station in stations.items() if station.state == "closed"][:2] == ["map", "fix"]
    assert all(station.why for station in stations.values() if station.state == "closed")
    button = window.findChild(StationButton, "rail-fix")
    assert button is not None and button.isEnabled() and stations["fix"].why in button.toolTip()


def test_ctrl_and_a_digit_goes_to_a_station(window: MainWindow) -> None:
    for digit, key in ((Qt.Key.Key_1, "load"), (Qt.Key.Key_2, "map"), (Qt.Key.Key_8, "settings")):
        QTest.keyClick(window, digit, Qt.KeyboardModifier.ControlModifier)
        assert window.stack.currentWidget() is window.pages[key]


def test_the_rail_counts_what_is_left(checked: MainWindow) -> None:
    station = {station.key: station for station in checked.session.stations()}["fix"]
    assert station.state == "attention" and station.count == checked.session.left() > 0
    assert {station.key: station for station in checked.session.stations()}["send"].why


def test_an_error_is_shown_in_place_and_can_be_closed(window: MainWindow) -> None:
    window.session.fail(ERROR)
    assert window.bar.text == ERROR.sentence("fr")
    window.bar.findChildren(QAbstractButton)[0].click()
    assert window.bar.text == ""


def test_long_work_shows_a_strip_that_cancels(window: MainWindow, qtbot: QtBot, settle: Settle) -> None:
    def work(progress: Progress) -> None:
        while True:
            progress(3, 10, Text("Lecture", "Reading"))
            time.sleep(0.005)

    owner = QObject()
    tasks.run(owner, work, lambda value: None, label="Lecture")
    assert not window.strip.isVisible()
    qtbot.waitUntil(window.strip.isVisible, timeout=3000)
    window.strip.cancel()
    settle()
    assert not window.strip.isVisible()


def test_a_batch_is_taken_up_where_it_was_left(checked: MainWindow, settle: Settle) -> None:
    session = checked.session
    assert session.bench is not None
    findings = session.bench.findings.height
    session.new_batch()
    checked.show_page("batches")
    page = checked.pages["batches"]
    assert isinstance(page, BatchesPage) and page.model.rowCount() == 1
    assert page.model.index(0, 0).data() == "Lot de novembre 2026"
    page.table.setFocus()
    page.resume.click()
    settle()
    assert session.bench is not None and session.bench.findings.height == findings
    assert session.preview is not None and session.preview.columns[0] == "N° patient"


def test_the_list_of_batches_tells_the_latest_correction(checked: MainWindow, settle: Settle) -> None:
    session = checked.session
    checked.show_page("batches")
    page = checked.pages["batches"]
    assert isinstance(page, BatchesPage)
    before = page.model.batch(0).touched
    checked.show_page("fix")
    assert session.bench is not None
    session.bench.edit([CellEdit(1, "sexe", "2")])
    checked.show_page("batches")
    assert page.model.batch(0).touched > before and page.table.currentIndex().row() == 0


def test_advice_leaves_with_the_next_action_that_succeeds_and_an_error_stays(
    checked: MainWindow, settle: Settle
) -> None:
    page = checked.pages["fix"]
    assert isinstance(page, FixPage)
    checked.go("fix")
    settle()
    page.grid.clearSelection()
    page.grid.blocks.copy()
    assert "bloc" in checked.bar.text
    page.desk.edit([(1, "sexe", "2")])
    settle()
    assert not checked.bar.text
    page.grid.blocks.copy()
    checked.session.fail(ERROR)
    page.desk.undo()
    settle()
    assert "Cela" in checked.bar.text


def test_a_sent_batch_tells_its_receipt(checked: MainWindow) -> None:
    session = checked.session
    assert session.workspace is not None and session.batch is not None
    payload = base64.urlsafe_b64encode(b'{"number": "R-2026-000017"}').decode().rstrip("=")
    session.workspace.receipts.put(session.batch.id, json.dumps({"payload": payload}))
    session.workspace.batches.set_state(session.batch.id, "sent")
    checked.show_page("batches")
    session.changed.emit("outbox")
    page = checked.pages["batches"]
    assert isinstance(page, BatchesPage)
    assert "R-2026-000017" in page.model.index(0, 3).data()
    assert receipt_number("not a receipt") == ""


def test_a_changed_source_is_refused_with_a_sentence(
    checked: MainWindow, small: Path, settle: Settle
) -> None:
    session = checked.session
    assert session.batch is not None
    batch_id = session.batch.id
    session.new_batch()
    small.write_text(SMALL + "P3;1;DURAND;1\n", encoding="utf-8")
    session.open_batch(batch_id)
    settle()
    assert session.bench is None and "changé" in checked.bar.text
    small.unlink()
    session.open_batch(batch_id)
    settle()
    assert "plus à l’endroit" in checked.bar.text


def test_settings_are_kept_at_once(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    QTest.keyClicks(page.person, "Camille Roux")
    QTest.keyClick(page.person, Qt.Key.Key_Return)
    assert window.session.workspace is not None
    assert window.session.workspace.person() == "Camille Roux"


def test_colours_and_language_follow_the_settings(
    qapp: QApplication, window: MainWindow, qtbot: QtBot
) -> None:
    Look(qapp, window)
    window.session.keep_setting("theme", "dark")
    assert theme.is_dark()
    window.session.keep_setting("theme", "light")
    assert not theme.is_dark()
    window.session.set_language("en")
    qtbot.waitUntil(lambda: window._title.text() == "Batches", timeout=2000)
    window.session.set_language("fr")
    qtbot.waitUntil(lambda: window._title.text() == "Lots", timeout=2000)


def test_without_a_keyring_a_passphrase_is_asked_in_the_window(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    session = window.session
    session.workspace = None
    start = Start(window, tmp_path / "elsewhere")
    start.begin()
    settle()
    page = window.findChild(UnlockPage)
    assert page is not None and page.isVisible() and not window.rail.isEnabled()
    fields = [field for field in page.findChildren(QLineEdit) if field.isVisible()]
    for field in fields:
        QTest.keyClicks(field, "quatre mots ordinaires ici")
    QTest.keyClick(fields[-1], Qt.Key.Key_Return)
    settle()
    opened: Workspace | None = session.workspace
    assert opened is not None and window.rail.isEnabled()
    opened.close()


@pytest.fixture
def all_pages(checked: MainWindow, settle: Settle) -> Iterator[MainWindow]:
    for key in MAKERS:
        checked.show_page(key)
        settle()
    yield checked


def test_every_control_has_a_name_for_those_who_do_not_see_it(all_pages: MainWindow) -> None:
    nameless = [
        f"{type(widget).__name__} in {type(page).__name__}"
        for page in (*all_pages.pages.values(), all_pages)
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page) and _is_control(widget) and not _spoken(widget)
    ]
    assert nameless == []


def _is_control(widget: QWidget) -> bool:
    if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.objectName().startswith("qt_"):
        return False
    # The parts of a combo box, a spin box or a view speak with the name of their owner; popups likewise.
    owner = widget.parentWidget()
    while owner is not None and not owner.isWindow():
        if isinstance(owner, QComboBox | QAbstractSpinBox | QAbstractItemView | QTabWidget):
            return False
        owner = owner.parentWidget()
    popup = widget.window().windowType() == Qt.WindowType.Popup
    return not popup and not isinstance(widget, QLabel)


def _spoken(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_tab_visits_the_controls_of_a_page(window: MainWindow) -> None:
    window.show_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    page.language.setFocus()
    for expected in (page.colours, page.person):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is expected


@pytest.mark.parametrize("path", sorted(i18n.FOLDER.glob("*_fr.ts")), ids=lambda path: path.stem)
def test_every_sentence_has_a_finished_french_translation(path: Path) -> None:
    unfinished = []
    for message in ElementTree.parse(path).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        words = "".join(translation.itertext()).strip()
        if translation.get("type") == "unfinished" or not words:
            unfinished.append(message.findtext("source"))
    assert unfinished == []
    assert path.with_suffix(".qm").is_file()


def test_no_sentence_of_the_window_was_forgotten_by_its_group(qapp: QApplication, session: Session) -> None:
    i18n.install(qapp, "fr")
    assert QCoreApplication.translate("Stations", "Load") == "Charger"
    assert QCoreApplication.translate("StatusBar", "%Ln row(s)", "", 48_210) == "48\u202f210 lignes"


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    for name in theme.icon_names():
        assert not theme.pixmap(name, "text", 16).isNull()


def test_the_window_tells_when_it_is_on_the_screen(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.go("batches")
    with qtbot.waitSignal(window.painted, timeout=5000):  # what starts everything else
        window.show()
