"""From a file to nothing that blocks, through the window alone: the way is one, the hands are two."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import polars as pl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.pages.map import MapPage
from desktop_app.ui.pages.send import SendPage
from tests.ui.journey_expert import Expert
from tests.ui.journey_hands import (
    CTRL,
    SHIFT,
    Key,
    choose,
    click,
    click_cell,
    overwrite,
    press,
    tab_to,
    write,
)

if TYPE_CHECKING:
    from desktop_app.ui.models.causes import Case

FILES = {
    "registre": "extrait.csv",
    "classeur": "extrait.xlsx",
    "largeur_fixe": "extrait.txt",
    "desordre": "extract.tsv",
}
_RULE_SCOPE = 2
_PRESSED_LOOK_MS = 150  # a button pressed by its letter acts after its pressed look
Settle = Callable[[], None]


class Journey:
    """Reads the screen and its models to decide; acts with the hands only."""

    def __init__(self, window: MainWindow, settle: Settle) -> None:
        self.window, self.session, self._settle = window, window.session, settle
        assert self.session.contract is not None
        self.expert = Expert(self.session.contract, self.session.today)
        self.corrected = self.confirmed = self.in_grid = self.by_scope = 0
        self.pictures: Path | None = None

    # the way

    def go(self) -> None:
        """Page after page."""
        self.load()
        self.settle()
        self.map()
        self.settle()
        assert self.shown() == "fix"
        self.begin_fixing()
        self.settle()
        self.picture("fix")
        self.fix_all()
        self.picture("fixed")
        self.to_send()
        self.settle()
        self.picture("send")

    def settle(self) -> None:
        """Until nothing is under way, and what was told is on the screen."""
        self._settle()
        QApplication.processEvents()
        self._settle()

    def shown(self) -> str:
        """The page in sight."""
        return next(
            key for key, page in self.window.pages.items() if page is self.window.stack.currentWidget()
        )

    def picture(self, name: str) -> None:
        if self.pictures is not None:
            self.window.grab().save(str(self.pictures / f"{name}.png"))

    @property
    def page(self) -> FixPage:
        return cast(FixPage, self.window.pages["fix"])

    def doubtful(self) -> list[str]:
        """The fields of which the program asks whether their column is the right one."""
        page = cast(MapPage, self.window.pages["map"])
        return [
            line.field.name for line in page.fields.lines() if line.source and line.confidence == "likely"
        ]

    def left(self) -> int:
        """How many findings still block."""
        return self.session.left()

    def fix_all(self) -> None:
        """One finding after the other, the worst first, until none is open."""
        for _ in range(1000):
            if not self.left():
                return
            case = self.next_case()
            before = self._state()
            if case.severity == "error":
                self.correct(case)
            else:
                self.confirm(case)
                self.confirmed += 1
            self.settle()
            assert self._state() != before, f"{case.rule_id} on row {case.row_id}: nothing came of it"
        raise AssertionError("the end is never reached")

    def _state(self) -> tuple[int, int]:
        bench = self.session.bench
        assert bench is not None
        return len(bench.history.done), self.left()

    def correct(self, case: Case) -> None:
        """By the card when one value of one field will do, for the whole rule at best; else in the grid."""
        bench, many = self.session.bench, case.rule_id.startswith("COD-") and self.has_rule_scope()
        assert bench is not None
        rows = [case.row_id]
        if many:
            of_rule = (pl.col("rule_id").cast(str) == case.rule_id) & (pl.col("state") == "open")
            rows += [row for row in bench.findings.filter(of_rule)["row_id"] if row != case.row_id]
        answer = self.expert.answer(bench.frame, bench.findings, rows, case.rule_id)
        self.corrected += 1
        in_grid = len(answer) > 1 or answer[0][0] not in case.fields or case.rule_id.startswith("REQ-")
        if in_grid and not many:
            self.in_grid += 1
            for field, value in answer:
                self.write_in_grid(case.row_id, field, value)
                self.settle()
        else:
            self.by_scope += many
            self.write_on_card(case, *answer[0], many=many)

    def has_rule_scope(self) -> bool:
        """Whether the card offers every finding of the rule at once."""
        return any(self.page.card.correct._scopes.button(n).isVisible() for n in (1, _RULE_SCOPE))

    def widest(self) -> int:
        """The widest scope that the card offers."""
        buttons = self.page.card.correct._scopes
        return max(n for n in range(3) if buttons.button(n).isVisible())

    # what the hands do

    @abstractmethod
    def load(self) -> None: ...

    @abstractmethod
    def map(self) -> None: ...

    @abstractmethod
    def begin_fixing(self) -> None: ...

    @abstractmethod
    def next_case(self) -> Case: ...

    @abstractmethod
    def write_on_card(self, case: Case, field: str, value: str | None, many: bool) -> None: ...

    @abstractmethod
    def write_in_grid(self, row_id: int, field: str, value: str | None) -> None: ...

    @abstractmethod
    def confirm(self, case: Case) -> None: ...

    @abstractmethod
    def to_send(self) -> None: ...


class ByKeyboard(Journey):
    """Nothing but keys."""

    def load(self) -> None:
        page = cast(LoadPage, self.window.pages["load"])
        press(Key.Key_Return, CTRL)
        self.settle()
        self.picture("load")
        if self.session.undecided:
            tab_to(page.question.buttons["dmy"])
            press(Key.Key_Space)
            self.settle()
        if self.shown() == "load":
            press(Key.Key_Return, CTRL)

    def map(self) -> None:
        page = cast(MapPage, self.window.pages["map"])
        self.picture("map")
        for _ in page.fields.lines():
            if not self.doubtful():
                break
            press(Key.Key_F8)  # fields that lack a column are on the way
            if page.panel.confirm.isVisible():
                press(Key.Key_F, Qt.KeyboardModifier.AltModifier)
                QTest.qWait(_PRESSED_LOOK_MS)
            self.settle()
        assert not self.doubtful()
        press(Key.Key_Return, CTRL)

    def begin_fixing(self) -> None:
        assert self.page.isAncestorOf(QApplication.focusWidget())

    def next_case(self) -> Case:
        press(Key.Key_F8)
        case = self.page.card.case
        assert case is not None and case.state == "open"
        return case

    def write_on_card(self, case: Case, field: str, value: str | None, many: bool) -> None:
        box = self.page.card.correct
        press(Key.Key_F4)
        if box._field.isVisible() and box._field.currentData() != field:
            tab_to(box._field, back=True)
            steps = box._field.findData(field) - box._field.currentIndex()
            press(Key.Key_Down if steps > 0 else Key.Key_Up, times=abs(steps))
            tab_to(box.editor)
        overwrite(value)
        if many:
            press(Key.Key_Escape) if QApplication.activePopupWidget() else None
            self.widen()
        press(Key.Key_Return, CTRL)

    def widen(self) -> None:
        """The widest scope that the card offers."""
        scopes = self.page.card.correct._scopes
        tab_to(scopes.checkedButton())
        for _ in range(2):
            if scopes.checkedId() != self.widest():
                press(Key.Key_Down)
        assert scopes.checkedId() == self.widest()

    def write_in_grid(self, row_id: int, field: str, value: str | None) -> None:
        press(Key.Key_G, CTRL)
        write(str(row_id))
        press(Key.Key_Return)
        grid = self.page.grid
        steps = self.page.model.column_of(field) - grid.currentIndex().column()
        press(Key.Key_Right if steps > 0 else Key.Key_Left, times=abs(steps))
        if value is None:
            press(Key.Key_Delete)
            return
        write(value)
        press(Key.Key_Escape) if QApplication.activePopupWidget() else None
        press(Key.Key_Return)

    def confirm(self, case: Case) -> None:
        card = self.page.card
        press(Key.Key_F4)
        if self.has_rule_scope():
            self.widen()
        tab_to(card.confirm.reason)
        press(Key.Key_Home)
        press(Key.Key_Return, CTRL, SHIFT)

    def to_send(self) -> None:
        if self.page.grid.hasFocus():
            press(Key.Key_F6)  # Tab goes from cell to cell there
        tab_to(self.page.summary.button, back=True)
        press(Key.Key_Space)


class ByMouse(Journey):
    """The mouse for all but the letters of a value."""

    def load(self) -> None:
        page = cast(LoadPage, self.window.pages["load"])
        click(page.go_on)
        self.settle()
        self.picture("load")
        if self.session.undecided:
            click(page.question.buttons["dmy"])
            self.settle()
        if self.shown() == "load":
            click(page.go_on)

    def map(self) -> None:
        page = cast(MapPage, self.window.pages["map"])
        self.picture("map")
        while self.doubtful():
            click(page.bench.next_button)
            if page.panel.confirm.isVisible():
                click(page.panel.confirm)
            self.settle()
        click(page.check_button)

    def begin_fixing(self) -> None:
        """Only what is open: what is settled goes away when the filter is applied again."""
        model = self.page.facets.tree.model()
        state = self.page.facets._model.index_of("state", "open")
        assert state.isValid() and model is state.model()
        click_cell(self.page.facets.tree, state)

    def next_case(self) -> Case:
        click(self.page.toolbar.refresh)
        self.settle()
        tree, causes = self.page.findings.tree, self.page.findings.causes
        if causes.rowCount() > 1:
            click_cell(tree, causes.index(1, 0))
        click_cell(tree, causes.index(0, 0))
        case = self.page.card.case
        assert case is not None and case.state == "open"
        return case

    def write_on_card(self, case: Case, field: str, value: str | None, many: bool) -> None:
        box = self.page.card.correct
        if box._field.isVisible() and box._field.currentData() != field:
            choose(box._field, box._field.findData(field))
        editor = box.editor
        if isinstance(editor, QComboBox) and value is not None and editor.findData(value) >= 0:
            choose(editor, editor.findData(value))
        else:
            line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
            assert isinstance(line, QLineEdit)
            click(line)
            overwrite(value)
            press(Key.Key_Escape) if QApplication.activePopupWidget() else None
        if many:
            click(box._scopes.button(self.widest()))
        click(box.button)

    def write_in_grid(self, row_id: int, field: str, value: str | None) -> None:
        grid = self.page.grid
        line = self.page.toolbar._row
        click(line)
        overwrite(str(row_id))
        press(Key.Key_Return)
        place = self.page.model.index(grid.currentIndex().row(), self.page.model.column_of(field))
        bar = grid.horizontalScrollBar()
        bar.setValue(bar.value() + grid.visualRect(place).left() - grid.viewport().width() // 2)
        click_cell(grid, place, double=True)
        overwrite(value)
        press(Key.Key_Escape) if QApplication.activePopupWidget() else None
        click(self.page.toolbar._search)  # leaving the cell writes it

    def confirm(self, case: Case) -> None:
        card = self.page.card
        if self.has_rule_scope():
            click(card.correct._scopes.button(self.widest()))
        choose(card.confirm.reason, 0)
        click(card.confirm.button)

    def to_send(self) -> None:
        click(self.page.summary.button)


def nothing_blocks(window: MainWindow) -> bool:
    """What the page Send says: it asks for the enrolment, or is ready; it never says that it is closed."""
    page = cast(SendPage, window.pages["send"])
    return page.isVisible() and page._act not in (page._go_fix,) and window.session.left() == 0
