"""Send says why it is closed and what leaves, and “sent” once the receipt verifies; Feedback follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.core.transport import enrol, save_enrolment
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.feedback import FeedbackPage
from desktop_app.ui.pages.send import SendPage
from desktop_app.ui.session import Session
from tests.ui.send_parts import load, registry

Settle = Callable[[], None]


def page(window: MainWindow, settle: Settle) -> SendPage:
    window.show_page("send")
    settle()
    return cast(SendPage, window.pages["send"])


def said(shown: SendPage) -> str:
    return shown.bar.accessibleName()


def test_without_a_batch_it_says_what_it_is_for(window: MainWindow, settle: Settle) -> None:
    shown = page(window, settle)
    assert not shown.bar.isVisible()
    assert shown.purpose()


def test_a_finding_left_closes_it_and_leads_back(
    window: MainWindow, session: Session, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    load(session, tmp_path, sexe="7")
    shown = page(window, settle)
    assert "L’envoi est fermé" in said(shown)
    assert shown.bar.button.text() == "Aller les corriger"
    with qtbot.waitSignal(session.go) as gone:
        shown.bar.button.click()
    assert gone.args == ["fix"]


def test_a_site_that_is_not_enrolled_is_led_to_the_settings(
    window: MainWindow, session: Session, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    load(session, tmp_path)
    shown = page(window, settle)
    assert "pas encore enrôlé" in said(shown)
    assert shown.view.columns.model().rowCount() > 40
    with qtbot.waitSignal(session.go) as gone:
        shown.bar.button.click()
    assert gone.args == ["settings"]


def test_every_control_has_a_name(
    window: MainWindow, session: Session, settle: Settle, tmp_path: Path
) -> None:
    load(session, tmp_path)
    shown = page(window, settle)
    visible = [button for button in shown.findChildren(QAbstractButton) if button.isVisible()]
    assert all(button.accessibleName() or button.text() for button in visible)


def test_from_the_letter_to_the_feedback(
    window: MainWindow, session: Session, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    workspace = session.workspace
    assert workspace is not None
    with registry(tmp_path / "registry", tmp_path / "enrolment.json"):
        save_enrolment(workspace, enrol(tmp_path / "enrolment.json", workspace.secrets, workspace.folder))
        load(session, tmp_path)
        shown = page(window, settle)
        assert shown.letter is not None
        assert "Zyxwv" not in str(shown.letter)
        assert shown.view.linkage.model().rowCount() == 3
        assert "12" in shown.bar.button.text()
        shown.bar.button.click()
        settle()
        assert said(shown).startswith("Envoyé. Reçu")
        shown.save_receipt(tmp_path / "receipt.jws")
        settle()
        assert (tmp_path / "receipt.jws").stat().st_size > 100
        window.show_page("feedback")
        answers = cast(FeedbackPage, window.pages["feedback"])
        qtbot.waitUntil(lambda: _answered(answers, settle), timeout=30_000)
        assert dict(answers.answers[0].counts())["new_person"] == 12
        assert answers.rows.model().rowCount() == 12
    assert session.batch is not None
    assert workspace.batches.get(session.batch.id).state == "answered"


def _answered(answers: FeedbackPage, settle: Settle) -> bool:
    answers.look()
    settle()
    return bool(answers.answers)


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_follows_both_themes(window: MainWindow, settle: Settle, dark: bool) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui import theme

    shown = page(window, settle)
    theme.apply(cast(QApplication, QApplication.instance()), dark)
    assert not shown.grab().isNull()
