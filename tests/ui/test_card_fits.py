"""The card fits its pane, whatever the finding and however large the letters; Tab finds the scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui import theme
from desktop_app.ui.fix.card import FindingCard
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.plain import tool_tip
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.fitting import FittingButton, FittingLabel, breakable
from tests.ui.conftest import Settle
from tests.ui.fix_parts import batch_of, put_on_bench
from tests.ui.journey_hands import Key, press, tab_to

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
_PAGE = {1: 1366 - 183, 2: 1366 - 348}  # pixels beside the rail, which grows with the letters
LONG = "ACP" + "PMSIRCP" * 12  # one word, longer than the pane
WRONG: list[dict[str, str | None]] = [
    {"topographie": "C50.7"},
    {"topographie": "C50.7"},
    {"topographie": "C61.7", "sexe": "1", "lateralite": "0", "morphologie": "8140"},
    {"sources": LONG},
    {"sources": LONG},
    {"comportement": "2", "grade": "1"},
    {"comportement": "2", "grade": "1"},
    {"comportement": "2", "grade": "3"},
    {"grade": None},
    {"grade": None},
    {"numero_patient": "P001", "numero_tumeur": "2"},
]


@pytest.fixture(params=[1, 2], ids=["100 %", "200 %"])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    """How large the letters are; as they were afterwards."""
    before = QFont(qapp.font())
    if request.param > 1:
        larger = QFont(before)
        larger.setPointSizeF(before.pointSizeF() * request.param)
        qapp.setFont(larger)
        theme.apply(qapp, dark=False)
    yield request.param
    if request.param > 1:
        qapp.setFont(before)
        theme.apply(qapp, dark=False)


@pytest.fixture
def page(letters: int, qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    made = FixPage(session)
    qtbot.addWidget(made)
    made.resize(_PAGE[letters], 690)  # its part of a window of 1366 x 768
    put_on_bench(session, workspace, batch_of(dict(enumerate(WRONG, 1)), len(WRONG)))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    wait(settle)
    return made


def wait(settle: Settle) -> None:
    """Until what was asked for beside is told and laid out."""
    for _ in range(3):
        settle()
        QApplication.processEvents()


def cut_off(card: FindingCard) -> list[str]:
    """What of the card is beyond its pane, or narrower than its longest word."""
    view, inside = card.viewport(), card.widget()
    assert inside is not None
    found = [] if inside.width() == view.width() else [f"{inside.width()} pixels in {view.width()}"]
    for part in inside.findChildren(QWidget):
        if not part.isVisible():
            continue
        left = part.mapTo(view, QPoint()).x()
        small = isinstance(part, QLabel | FittingButton | QRadioButton) and part.width() < min(
            part.minimumSizeHint().width(), part.sizeHint().width()
        )
        if left < 0 or left + part.width() > view.width() or small:
            found.append(f"{type(part).__name__} {part.accessibleName()} at {left}, {part.width()} wide")
    return found


def test_no_finding_makes_the_card_wider_than_its_pane(page: FixPage, letters: int, settle: Settle) -> None:
    card, causes = page.card, page.findings.causes
    rules: dict[str, int] = {}
    ways = {card._sides.direction()}
    for number in range(len(causes)):
        if causes.case(number).rule_id in rules:
            continue
        page.findings.select(number)
        QApplication.processEvents()
        assert cut_off(card) == [], "before the suggestions"
        ways.add(card._sides.direction())
        wait(settle)
        assert card.case is not None and cut_off(card) == [], card.case
        rules[card.case.rule_id] = len(card.suggest.lines)
        for scope in card.correct._scopes.buttons():
            if scope.isVisible():
                scope.click()
                QApplication.processEvents()
                assert cut_off(card) == [], f"{card.case.rule_id}, {scope.text()}"
        ways.add(card._sides.direction())
    assert len(ways) == 1, "what jumps when a text comes late is pressed in the wrong place"
    assert {"GRA-01", "GRA-04", "COD-sources"} <= set(rules) and sum(rules.values()) >= 3
    # The page itself has room in the window, with the longest of its texts.
    assert page.minimumSizeHint().width() <= page.width() == _PAGE[letters]
    for control in (page.toolbar._search, page.toolbar.all_rows, card, page.summary):
        assert 0 < control.mapTo(page, QPoint(control.width(), 0)).x() <= page.width()


def select_rule(page: FixPage, rule_id: str, settle: Settle) -> None:
    causes = page.findings.causes
    page.findings.select(next(n for n in range(len(causes)) if causes.case(n).rule_id == rule_id))
    wait(settle)


@pytest.mark.parametrize("letters", [1], indirect=True)
def test_tab_leads_to_the_scope_that_holds(page: FixPage, settle: Settle) -> None:
    scopes = page.card.correct._scopes
    select_rule(page, "GRA-01", settle)
    press(Key.Key_F4)
    tab_to(scopes.button(0))
    press(Key.Key_Down)
    press(Key.Key_Down)
    assert scopes.checkedId() == 2
    select_rule(page, "GRA-04", settle)
    assert scopes.checkedId() == 0, "another finding, this row only"
    press(Key.Key_F4)
    tab_to(scopes.button(0))


@pytest.mark.parametrize("letters", [1], indirect=True)
def test_a_scope_that_is_settled_holds_no_more(page: FixPage, settle: Settle) -> None:
    scopes = page.card.correct._scopes
    select_rule(page, "GRA-01", settle)
    scopes.button(2).click()
    others = [row for row in (6, 7, 8) if page.card.case is not None and row != page.card.case.row_id]
    page.desk.edit([(row, "grade", "9") for row in others])
    wait(settle)
    assert scopes.button(2).isHidden() and scopes.checkedId() == 0


@pytest.mark.parametrize("letters", [2], indirect=True)
def test_another_finding_is_read_from_its_beginning(page: FixPage, settle: Settle) -> None:
    select_rule(page, "GRA-01", settle)
    bar = page.card.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.card.correct._scopes.button(2).click()
    wait(settle)
    assert bar.value() > 0, "what is about the same finding leaves it where it is"
    select_rule(page, "GRA-04", settle)
    assert bar.value() == 0


def test_what_has_no_room_is_cut_with_its_whole_text_on_hover(qapp: QApplication) -> None:
    page = QWidget()
    button, label = FittingButton(page), FittingLabel(parent=page)
    button.show_texts("All rows that hold this <b>value</b>", "All rows", hint="Ctrl+Enter")
    button.resize(button.sizeHint())
    button.grab()
    assert button.text() == "All rows that hold this <b>value</b>"
    button.resize(button.minimumSizeHint())
    button.grab()
    assert button.text() != "All rows that hold this <b>value</b>"
    assert button.accessibleName() == "All rows that hold this <b>value</b>"
    assert "&lt;b&gt;" in button.toolTip() and "Ctrl+Enter" in button.toolTip()
    label.setText("12 000 lignes, 521 constats à régler")
    for width, told in (
        (label.sizeHint().width(), ""),
        (60, tool_tip("12 000 lignes, 521 constats à régler")),
    ):
        label.resize(width, 20)
        label.grab()
        assert label.toolTip() == told


def test_only_words_longer_than_any_are_broken() -> None:
    text = "Édition de la classification internationale, électroencéphalogramme 2 – in situ"
    assert breakable(text) == text
    assert breakable(LONG).replace("\N{ZERO WIDTH SPACE}", "") == LONG != breakable(LONG)


@pytest.mark.parametrize("letters", [1], indirect=True)
def test_drop_downs_tell_their_whole_text(page: FixPage, settle: Settle) -> None:
    select_rule(page, "GRA-01", settle)
    for box in page.card.findChildren(QComboBox):
        if box.isVisible() and box.currentText():
            assert box.currentText() in box.toolTip()
