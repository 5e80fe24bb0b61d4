"""The page of a rule, from the card of a finding; the rules of a site in the settings and in the lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.flow import with_site_rules
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.rule_dialog import RuleDialog
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.pages.settings import SettingsPage
from desktop_app.ui.session import Session
from tests.ui.fix_parts import page_alone, small_batch
from validation_rules.contract import load_contract

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
RULES = """\
kind: SiteRules
apiVersion: v1
id: essai
version: 1.0.0
contract: rnc-tumeurs
rules:
- id: SITE-VIVANT
  severity: error
  type: sql
  query: SELECT COUNT(*) FROM tumeur WHERE statut_vital = '1'
  customProperties:
  - {property: fields, value: statut_vital}
  - {property: title, value: Vivant}
  - {property: message, value: 'Statut {statut_vital}.'}
"""
Settle = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    return page_alone(qtbot, session, workspace, settle)


def opened(page: QWidget) -> RuleDialog:
    return page.findChildren(RuleDialog)[-1]


def test_the_card_opens_the_page_of_its_rule(qtbot: QtBot, page: FixPage) -> None:
    page.card.about_rule.setFocus()
    QTest.keyClick(page.card.about_rule, Qt.Key.Key_Space)
    dialog = opened(page)
    with qtbot.waitExposed(dialog):
        pass
    assert page.card.case is not None and dialog.page.rule_id == page.card.case.rule_id
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {dialog.page.title, dialog.page.why, dialog.page.fix, dialog.page.message} <= words
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_exact_condition_is_folded_away(qtbot: QtBot, page: FixPage) -> None:
    dialog = RuleDialog(load_contract(), "DAT-01", "fr", page)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert not dialog.condition.isVisible()
    QTest.keyClick(dialog.fold, Qt.Key.Key_Space)
    assert dialog.condition.isVisible()
    assert dialog.examples is not None and dialog.examples.model().rowCount() == len(dialog.page.examples)
    dialog.close()


def test_everything_in_it_has_a_name_and_is_reached_by_tab(qtbot: QtBot, page: FixPage) -> None:
    dialog = RuleDialog(load_contract(), "SEX-01", "fr", page)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    reached = set()
    for _ in range(12):
        focused = dialog.focusWidget()
        if focused is not None:
            reached.add(focused)
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        QApplication.processEvents()
    assert {dialog.examples, dialog.fold} <= reached
    assert any(isinstance(widget, QPushButton) and widget.text() == "Fermer" for widget in reached) or any(
        isinstance(widget, QPushButton) and widget.text() == "Close" for widget in reached
    )
    for widget in reached:
        assert widget.accessibleName() or getattr(widget, "text", lambda: "")(), widget
    dialog.close()


def _with_rules(workspace: Workspace, tmp_path: Path) -> Mapped:
    from dataclasses import replace

    from desktop_app.core.flow import keep_site_rules

    path = tmp_path / "regles.yaml"
    path.write_text(RULES, encoding="utf-8")
    keep_site_rules(workspace, path)
    rows = small_batch()
    return replace(rows, contract=with_site_rules(rows.contract, workspace))


def test_findings_of_the_site_are_shown_marked_and_do_not_block(
    qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    made = page_alone(qtbot, session, workspace, settle, _with_rules(workspace, tmp_path))
    assert made.summary.sentence.startswith("3")
    assert session.bench is not None and session.bench.counts().advice == 8
    blocking = session.bench.checked().blocking()
    assert session.left() == blocking.height > 0
    assert not blocking["rule_id"].cast(pl.String).str.starts_with("SITE-").any()
    found = session.bench.findings
    case = next(row for row in found.iter_rows(named=True) if row["rule_id"] == "SITE-VIVANT")
    assert case["severity"] == "error"
    dialog = RuleDialog(session.bench.contract, "SITE-VIVANT", "fr", made)
    assert dialog.page.site
    dialog.close()


def test_the_settings_name_the_file(
    qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle, tmp_path: Path
) -> None:
    made = SettingsPage(session)
    qtbot.addWidget(made)
    path = tmp_path / "regles.yaml"
    path.write_text(RULES, encoding="utf-8")
    assert not made.drop_rules.isVisibleTo(made)
    session.set_site_rules(path)
    settle()
    assert made.site_rules.text() == "regles.yaml" and made.drop_rules.isVisibleTo(made)
    assert with_site_rules(load_contract(), workspace).site_rules == ("SITE-VIVANT",)
    path.write_text(RULES.replace("SITE-", "DAT-"), encoding="utf-8")
    with qtbot.waitSignal(session.failed) as told:
        session.set_site_rules(path)
    assert told.args is not None and "SITE-" in told.args[0].what.fr
    made.drop_rules.click()
    settle()
    assert not made.drop_rules.isVisibleTo(made)
    assert with_site_rules(load_contract(), workspace).site_rules == ()
