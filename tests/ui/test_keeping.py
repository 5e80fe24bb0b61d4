"""The window and its workspace: reading only, locking, backups, what cannot be opened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFormLayout, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace, open_secrets, unlocking
from desktop_app.core.workspace.backup import back_up, last_backup
from desktop_app.core.workspace.recovery import GOOD_FILE
from desktop_app.core.workspace.retention import purged
from desktop_app.ui.keep.dialogs import PassphraseDialog, PurgeDialog
from desktop_app.ui.keep.held import LockPage, TroublePage
from desktop_app.ui.keep.keeper import Keeper
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.batches import BatchesPage
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.pages.settings import SettingsPage
from desktop_app.ui.session import Session
from desktop_app.ui.start import Start
from tests.one_tumour import SOURCE
from tests.ui.fix_parts import put_on_bench, small_batch

Settle = Callable[[], None]
PHRASE = "quatre mots ordinaires ici"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace under PHRASE that no window has open."""
    folder = tmp_path / "elsewhere"
    with Workspace.open(folder, open_secrets(folder, lambda: PHRASE, keyring=False)) as workspace:
        workspace.batches.create(SOURCE, "rnc-tumeurs", "1.0.0", "{}", name="Lot d’octobre")
    monkeypatch.setenv("NAVETTE_PASSPHRASE", PHRASE)
    return folder


@pytest.fixture
def bare(window: MainWindow) -> Iterator[MainWindow]:
    """A window that has no workspace yet."""
    window.session.workspace = None
    yield window
    window.session.close()


def test_the_second_window_reads_and_says_who_writes(
    bare: MainWindow, elsewhere: Path, settle: Settle
) -> None:
    writer = Workspace.open(elsewhere, open_secrets(elsewhere, lambda: PHRASE))
    start = Start(bare, elsewhere)
    start.begin()
    settle()
    session = bare.session
    assert session.readonly and "déjà ouvert" in bare.banner.text and "lecture seule" in bare.banner.text
    bare.show_page("batches")
    page = bare.pages["batches"]
    assert isinstance(page, BatchesPage) and page.model.rowCount() == 1 and not page.new.isEnabled()
    session.keep_setting("theme", "dark")  # what is only looked at keeps nothing, and says nothing
    assert session.setting("theme", "") == ""
    writer.close()
    bare.banner.again.click()
    settle()
    assert not session.readonly and bare.banner.text == "" and page.new.isEnabled()


def test_nothing_can_be_corrected_while_reading(
    window: MainWindow, session: Session, workspace: Workspace, settle: Settle
) -> None:
    batch_id = workspace.batches.create(SOURCE, "rnc-tumeurs", "1.0.0", "{}").id
    with Workspace.open(workspace.folder, workspace.secrets, readonly=True) as reader:
        session.workspace = reader
        window.show_page("fix")
        put_on_bench(session, reader, small_batch(), batch_id)
        settle()
        page = window.pages["fix"]
        assert isinstance(page, FixPage) and page.outcome is not None
        assert page.grid.editTriggers() == page.grid.EditTrigger.NoEditTriggers
        page.desk.edit([(2, "sexe", "1")])
        settle()
        assert "lecture seule" in window.bar.text
        assert page.outcome.bench.frame["sexe"][1] == "7" and not workspace.corrections.of_batch(batch_id)
        session.workspace = workspace


def test_a_damaged_workspace_without_a_copy_offers_a_backup(
    bare: MainWindow, elsewhere: Path, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    with Workspace.open(elsewhere, open_secrets(elsewhere, lambda: PHRASE)) as workspace:
        back_up(workspace, tmp_path / "b", PHRASE)
    for path in (elsewhere / "workspace.db", elsewhere / GOOD_FILE):
        path.write_bytes(path.read_bytes()[:5000])
    start = Start(bare, elsewhere)
    start.begin()
    settle()
    page = bare.findChild(TroublePage)
    assert page is not None and page.isVisible() and not bare.rail.isEnabled()
    words = [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert words == ["Réessayer", "Restaurer une sauvegarde…"]
    bare.session.restore.emit(tmp_path / "b", PHRASE)
    settle()
    workspace_now = bare.session.workspace
    assert workspace_now is not None and [row.name for row in workspace_now.batches.list()] == [
        "Lot d’octobre"
    ]
    assert bare.rail.isEnabled()


def test_what_was_put_back_is_told(bare: MainWindow, elsewhere: Path, settle: Settle) -> None:
    path = elsewhere / "workspace.db"
    path.write_bytes(path.read_bytes()[:5000])
    Start(bare, elsewhere).begin()
    settle()
    assert "endommagée" in bare.bar.text and bare.session.workspace is not None


@pytest.fixture
def keeper(window: MainWindow, session: Session, workspace: Workspace, settle: Settle) -> Keeper:
    session.secrets = workspace.secrets
    made = Keeper(window)
    settle()
    return made


def test_a_window_left_alone_locks_and_comes_back(
    window: MainWindow, session: Session, keeper: Keeper, settle: Settle
) -> None:
    assert session.secrets is not None
    unlocking.set_passphrase(session.secrets, PHRASE)
    session.changed.emit("settings")
    window.show_page("settings")
    settle()
    keeper.beat()
    assert not keeper.locked and keeper.minutes() == 15  # on unless someone says otherwise
    keeper._last = time.monotonic() - 16 * 60
    keeper.beat()
    page = window.findChild(LockPage)
    assert keeper.locked and page is not None and page.isVisible()
    assert not window.pages["settings"].isVisible() and not window.rail.isEnabled()
    for phrase, locked in (("pas la bonne phrase", True), (PHRASE, False)):
        QTest.keyClicks(page._phrase, phrase)
        QTest.keyClick(page._phrase, Qt.Key.Key_Return)
        settle()
        assert keeper.locked is locked
    assert window.pages["settings"].isVisible() and window.rail.isEnabled()


def test_a_key_or_a_click_keeps_it_open(window: MainWindow, session: Session, keeper: Keeper) -> None:
    keeper._last = time.monotonic() - 16 * 60
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    keeper.beat()
    assert not keeper.locked


def test_it_never_locks_where_the_site_does_not_want_it(keeper: Keeper, session: Session) -> None:
    session.keep_setting(unlocking.MINUTES, 0)
    keeper._last = time.monotonic() - 10**6
    keeper.beat()
    assert not keeper.locked


def test_dialogs_are_hidden_too(window: MainWindow, keeper: Keeper, settle: Settle, qtbot: QtBot) -> None:
    dialog = PurgeDialog(["a"], window)
    qtbot.addWidget(dialog)
    dialog.show()
    keeper.lock()
    assert not dialog.isVisible()
    page = window.findChild(LockPage)
    assert page is not None
    page.button.click()
    settle()
    assert dialog.isVisible() and not keeper.locked


def test_the_copy_is_made_beside_the_work(workspace: Workspace, keeper: Keeper, settle: Settle) -> None:
    workspace.settings.put("a", 1)
    keeper.copy()
    settle()
    assert (workspace.folder / GOOD_FILE).exists() and not workspace.copy_wanted


def test_settings_back_up_and_destroy_old_identities(
    window: MainWindow, session: Session, workspace: Workspace, tmp_path: Path, settle: Settle
) -> None:
    session.secrets = workspace.secrets
    old = workspace.batches.create(SOURCE, "rnc-tumeurs", "1.0.0", "{}", name="Ancien").id
    with workspace.database.write() as run:
        run("UPDATE batch SET created = '2020-01-01T00:00:00+00:00', changed = '2020-01-01T00:00:00+00:00'")
    window.show_page("settings")
    settle()
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    card = page.keeping
    assert card.destroy_old.isEnabled() and "1" in card._old.text()
    card.back_up(tmp_path / "b.navette-backup", PHRASE)
    settle()
    assert (tmp_path / "b.navette-backup").exists() and last_backup(workspace) is not None
    assert "jamais" not in card._saved.text()
    card.destroy_old.click()
    dialog = card.findChild(PurgeDialog)
    assert dialog is not None and old not in purged(workspace)
    later = workspace.batches.create(SOURCE, "rnc-tumeurs", "1.0.0", "{}", name="Dû entre-temps").id
    with workspace.database.write() as run:
        run("UPDATE batch SET created = '2020-01-01T00:00:00+00:00'")
        run("UPDATE batch SET changed = created")
    card.refresh()
    settle()
    dialog.destroy_them.click()
    settle()
    assert set(purged(workspace)) == {old} and "détruites" in window.bar.text
    assert later not in purged(workspace) and card.destroy_old.isEnabled()


def test_a_new_passphrase_is_typed_twice(window: MainWindow, qtbot: QtBot) -> None:
    dialog = PassphraseDialog("t", "w", True, window)
    qtbot.addWidget(dialog)
    given: list[str] = []
    dialog.given.connect(given.append)
    for first, second in (("court", "court"), (PHRASE, "autre"), (PHRASE, PHRASE)):
        dialog.phrase.setText(first)
        dialog.again.setText(second)
        dialog.submit()
    assert given == [PHRASE]


def test_the_passphrase_of_a_workspace_is_changed(
    bare: MainWindow, elsewhere: Path, settle: Settle, qtbot: QtBot
) -> None:
    start = Start(bare, elsewhere)
    start.begin()
    settle()
    bare.go("settings")
    settle()
    page = bare.pages["settings"]
    assert isinstance(page, SettingsPage)
    card = page.keeping
    assert card.change_phrase.isVisible() and not card.lock_phrase.isVisible()
    new = "cinq autres mots sans lien"
    told: list[str] = []
    bare.session.message.connect(told.append)
    for old, known in (("pas la bonne phrase", PHRASE), (PHRASE, new)):
        card.change_phrase.click()
        dialog = bare.findChildren(PassphraseDialog)[-1]
        assert dialog.old is not None
        for field, words in ((dialog.old, old), (dialog.phrase, new), (dialog.again, new)):
            QTest.keyClicks(field, words)
        dialog.submit()
        settle()
        assert open_secrets(elsewhere, lambda phrase=known: phrase).names()  # type: ignore[misc]
    assert len(told) == 1


def test_the_state_that_is_read_says_of_when_it_is(window: MainWindow, session: Session) -> None:
    workspace = session.workspace
    assert workspace is not None
    with Workspace.open(workspace.folder, workspace.secrets, readonly=True) as reader:
        reader.as_of = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
        session.workspace = reader
        window.banner.refresh()
        assert "22 nov. 2026" in window.banner.text
        session.workspace = workspace
        window.banner.refresh()
    assert window.banner.text == ""


def test_long_names_are_whole_or_told_on_hover(window: MainWindow, settle: Settle, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    window.show_page("settings")
    settle()
    page = window.pages["settings"]
    assert isinstance(page, SettingsPage)
    state, folder = page.enrolled, page.keeping.folder
    state.setText("Registre des cancers du Val d'Orne et des cantons du Nord, " * 3)
    folder.setText("/partages/" + "registre-des-cancers/" * 12)
    qtbot.waitUntil(
        lambda: state.height() >= state.heightForWidth(state.width()) > 2 * state.fontMetrics().height()
    )
    folder.grab()
    line, form = folder.parentWidget(), page.keeping.findChild(QFormLayout)
    assert form is not None and line is not None
    label = form.labelForField(line)
    assert label is not None and not label.geometry().intersects(line.geometry())
    assert folder.text() in folder.toolTip()
