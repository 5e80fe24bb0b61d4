"""Fix: the grid, the facets, the findings and the card of one finding; nothing blocks when it is done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.ui import tasks
from desktop_app.ui.fix.card import FindingCard
from desktop_app.ui.fix.desk import Desk, Outcome, Written
from desktop_app.ui.fix.facet_panel import FacetPanel
from desktop_app.ui.fix.findings_panel import FindingsPanel
from desktop_app.ui.fix.grid_tools import GridTools
from desktop_app.ui.fix.grid_view import GridView
from desktop_app.ui.fix.keys import Pane, bind, cycle
from desktop_app.ui.fix.layout import keep_first, keep_sizes, put_together, restore_sizes
from desktop_app.ui.fix.rounds import Rounds
from desktop_app.ui.fix.suggesting import Suggesting
from desktop_app.ui.fix.summary import Summary
from desktop_app.ui.fix.toolbar import Toolbar
from desktop_app.ui.fix.windows import Windows
from desktop_app.ui.models.causes import Case
from desktop_app.ui.models.grid import GridModel
from desktop_app.ui.models.selection import Selection
from desktop_app.ui.months.menu import Months
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop_app.core.bench import Bench
    from validation_rules.contract import Contract


class FixPage(QWidget):
    """Empty until a batch is checked; then the panes, each a part of `desktop_app.ui.fix`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.desk = Desk(session, self)
        self.rounds = Rounds(session, self.desk, self)
        self.months = Months(session, self.desk, self)
        self.windows = Windows(session, self.desk, self)
        self.outcome: Outcome | None = None
        self._led = False
        self._new = True  # nothing was shown of the batch at hand
        self._fresh: QWidget | None = None
        self._ahead: tuple[Contract, Iterator[QWidget | None]] | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(EmptyState("fix", self.title(), self.purpose()))
        self._connect_desk()
        self._make_keys()
        session.changed.connect(self._changed)
        session.rows_wanted.connect(self._take_rows)
        self.refresh()

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Fix")

    def purpose(self) -> str:
        """What the page is for, in one line; with a batch at hand, its keys."""
        if self.outcome is not None:
            return self.tr(
                "F8 and Shift+F8: next and previous finding. F7: what is suggested. F4: its new "
                "value, Ctrl+Enter: correct, "
                "Ctrl+Shift+Enter: confirm. F6: next pane. Ctrl+F: search. Ctrl+G: row. Ctrl+Z: undo. "
                "In the grid: type to replace, Ctrl+V to paste a block, Ctrl+D to fill down, "
                "Ctrl+H: find and replace, Ctrl+Shift+L: filter, Ctrl+F1: about the field."
            )
        return self.tr(
            "Once a batch is mapped, what is wrong in it is listed here: correct it, or confirm it."
        )

    def refresh(self) -> None:
        """Takes up the batch of the session, or shows what the page is for."""
        bench = self.session.bench
        if bench is None:
            self._put_away()
        elif bench is not self.desk.bench:
            self._take_up(bench)

    def _changed(self, change: str) -> None:
        if change in ("batch", "findings", "mapping"):
            self.refresh()

    # the panes

    def _put_away(self) -> None:
        """Lets go of the batch."""
        for holder in (self.desk, self.windows, self.months, self.rounds):
            holder.close()
        if self._fresh is not None:
            self._fresh.deleteLater()
        held = self.outcome is not None or self._fresh is not None
        self.outcome = self._fresh = None
        self._stack.setCurrentIndex(0)
        if held:
            # The panes hold the batch, which may be large, as long as no others take their place.
            keep_first(self._stack)
            tasks.soon(self, self._replace_panes)

    def _replace_panes(self) -> None:
        if self.make_ahead():
            tasks.soon(self, self._replace_panes)

    def _take_up(self, bench: Bench) -> None:
        keep_first(self._stack)
        self.desk.close()
        self.months.close()
        self.outcome, self._new = None, True
        known, steps = self._ahead or (None, iter(()))
        if known is not bench.contract:
            steps = self._make_panes(bench.contract)
        self._ahead = None
        # Made now, shown with the first outcome: both at once would hold the window for longer than a blink.
        self._fresh = next(page for page in steps if page is not None)
        self.tools.take_up()
        self.desk.open(bench)

    def make_ahead(self) -> bool:
        """Makes one more part of the panes while no batch is at hand; False when there is none to make."""
        contract = self.session.contract
        if self.desk.bench is not None or contract is None:
            return False
        if self._ahead is None:
            self._ahead = contract, self._make_panes(contract)
        known, steps = self._ahead
        page = next(steps)
        if page is not None:
            self._ahead = known, iter((page,))
        return page is None

    def _make_panes(self, contract: Contract) -> Iterator[QWidget | None]:
        """Part after part, so that the window can live in between; the last one is the page itself."""
        language = self.session.language
        page = QWidget(self)  # styled as a part of the window from the beginning
        page.hide()  # or it would lie over the empty page when that is shown
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.model = GridModel(contract, language, page)  # ends with its page: it holds a batch
        self.grid = GridView(language)
        self.grid.open(self.model)
        yield None
        self.facets = FacetPanel(contract, language)
        self.findings = FindingsPanel(contract, language)
        yield None
        self.card = FindingCard(contract, language)
        yield None
        self.toolbar = Toolbar(self.session, self.months.make_button(), self.rounds.make_button())
        self.summary = Summary(self.session)
        yield None
        self.tools = GridTools(self.session, self.desk, self.grid, self.toolbar)
        self._connect_panes()
        yield None
        column.addWidget(self.toolbar)
        column.addWidget(self.tools.filter_bar)
        lists = self.summary, self.findings
        self._panes = yield from put_together(column, self.facets, self.grid, lists, self.card)
        restore_sizes(self.session, self._panes)
        self.tools.bind(page)
        yield page

    def _connect_panes(self) -> None:
        self.model.edit_asked.connect(self.desk.edit)
        self.model.block_asked.connect(self.desk.write)
        self.grid.told.connect(self.session.message)
        self.grid.current_cell.connect(self._cell_chosen)
        self.facets.toggled.connect(self._toggle_facet)
        self.findings.chosen.connect(self._case_chosen)
        self.findings.discard_asked.connect(self.desk.discard)
        self.suggesting = Suggesting(self.desk, self.card, self.session)
        self.suggesting.taken.connect(self.findings.focus)
        self.card.correct.asked.connect(self.desk.edit)
        self.card.correct.kept.connect(self.session.news)
        self.card.confirm.confirmed.connect(self.desk.confirm)
        self.card.confirm.revoked.connect(self.desk.revoke)
        self.windows.bind(self.grid, self.tools, self.card, self.findings)
        self.card.mapping_wanted.connect(lambda: self.session.go.emit("map"))
        # What was just answered goes away from the card; the keyboard goes on in the list.
        self.card.correct.asked.connect(self.findings.focus)
        self.card.confirm.confirmed.connect(self.findings.focus)
        self.toolbar.undo.clicked.connect(self.desk.undo)
        self.toolbar.redo.clicked.connect(self.desk.redo)
        self.toolbar.refresh.clicked.connect(self.desk.refresh)
        self.toolbar.reset.clicked.connect(self.reset)
        self.tools.reset_asked.connect(self.reset)
        self.toolbar.searched.connect(self._search)
        self.toolbar.all_rows.toggled.connect(self._show_all_rows)
        self.summary.button.clicked.connect(self._go_on)

    def _connect_desk(self) -> None:
        self.desk.written.connect(self._written)
        self.desk.shown.connect(self._shown)
        self.desk.refreshed.connect(self._refreshed)
        self.desk.pending.connect(self._pending)
        self.desk.failed.connect(self.session.fail)

    # what comes from the desk

    def _shown(self, outcome: Outcome) -> None:
        here = None if self.outcome is None else self.grid.at_hand()
        self.outcome = outcome
        self.model.show(outcome.snapshot, outcome.view)
        self.grid.show_sort(outcome.view.selection.sort)
        if here is not None:
            self._led = True
            self.grid.go_to(*here)
            self._led = False
        self._in_turn(outcome, self._tell_lists, self._tell_card, self._bring_up, self._choose_first)

    def _in_turn(self, outcome: Outcome, *parts: Callable[[Outcome], None]) -> None:
        """Shows the rest of an outcome part after part, unless a later one is there by then."""

        def show(part: Callable[[Outcome], None]) -> None:
            if outcome is self.outcome:
                part(outcome)

        tasks.soon(self, *(partial(show, part) for part in parts))

    def _bring_up(self, outcome: Outcome) -> None:
        if self._fresh is not None:
            self._stack.addWidget(self._fresh)
            self._stack.setCurrentIndex(1)
            self._fresh = None

    def _choose_first(self, outcome: Outcome) -> None:
        first, self._new = self._new, False
        if first:
            self.findings.focus()
        if self.card.case is None and self.grid.at_hand() is None and len(self.findings.causes):
            self.findings.select(0)  # who stands on a cell without a finding is not led away from it
        if first:
            self._take_rows()

    def _take_rows(self) -> None:
        """Shows only the rows that another page asks for, until everything is asked for again."""
        rows, bench = self.session.rows_to_show, self.session.bench
        if rows and self.outcome is not None and bench is self.desk.bench:
            self.session.rows_to_show = ()
            self.toolbar.clear_search()
            self.tools.clear()
            self.desk.select(Selection(rows=frozenset(rows)))
            self.grid.setFocus()

    def _written(self, written: Written) -> None:
        if self.outcome is not None:
            self.model.refresh(written.snapshot, written.change.looked)

    def _refreshed(self, outcome: Outcome) -> None:
        self.outcome = outcome
        looked = None if outcome.change is None else outcome.change.looked
        self.model.refresh(outcome.snapshot, looked, outcome.view)
        self.session.note_saved()
        self._in_turn(outcome, self._tell_panes)
        tasks.soon(self, partial(self._tell_change, outcome))  # the others must know, whatever comes after it

    def _tell_change(self, outcome: Outcome) -> None:
        self.session.changed.emit("findings")
        if outcome.change is not None and outcome.change.seq is not None:
            self.session.news.emit(self.session.say(outcome.change.label))

    def _tell_panes(self, outcome: Outcome) -> None:
        self._tell_lists(outcome)
        self._tell_card(outcome)

    def _tell_lists(self, outcome: Outcome) -> None:
        self._led = True
        self.facets.show_view(outcome.view, outcome.snapshot.roots)
        self.findings.show_view(outcome.view, outcome.snapshot.roots)
        self.findings.show_corrections(outcome.corrections)
        self._led = False
        self.toolbar.show_outcome(outcome)
        self.tools.show_outcome(outcome)
        self.summary.show_outcome(outcome)

    def _tell_card(self, outcome: Outcome) -> None:
        self._show_card(None if self.card.case is None else self.findings.causes.again(self.card.case))

    def _show_card(self, case: Case | None, field: str | None = None) -> None:
        if case is None or self.outcome is None:
            self.card.clear()
        else:
            batch = self.session.batch
            options = None if batch is None else batch.options
            origin = None if options is None else options.place_of(case.row_id)
            others = self.windows.others(case)
            self.card.show_case(case, self.outcome.snapshot, field, others, origin)

    def _pending(self, cells: dict[tuple[int, str], str | None]) -> None:
        if self.outcome is not None:
            self.model.set_pending(cells)

    # what the person does

    def _case_chosen(self, case: Case) -> None:
        """A line of the list: its cell in the grid, its words on the card."""
        if self._led:
            return
        self._led = True
        self.grid.go_to(case.row_id, case.fields[0])
        self._led = False
        self._show_card(case)

    def _cell_chosen(self, row_id: int, field: str) -> None:
        """A cell of the grid: its worst finding in the list and on the card."""
        if self._led:
            return
        number = self.findings.causes.find(row_id, field)
        if number is None:
            self.card.clear()
            return
        self._led = True
        self.findings.select(number)
        self._led = False
        self._show_card(self.findings.causes.case(number), field)

    def walk(self, step: int) -> None:
        """To the next (1) or previous (-1) finding that is open."""
        if self.outcome is not None and not self.findings.walk(step):
            self.session.advice.emit(self.tr("No open finding is left in this selection."))

    def reset(self) -> None:
        """Shows everything again, in the order of the file."""
        self.toolbar.clear_search()
        self.tools.clear()
        self.desk.select(Selection(all_rows=self.desk.selection.all_rows))

    def _toggle_facet(self, facet: str, value: str) -> None:
        self.desk.select(self.desk.selection.toggled(facet, value))

    def _search(self, text: str) -> None:
        self.desk.select(replace(self.desk.selection, text=text))

    def _show_all_rows(self, wanted: bool) -> None:
        self.desk.select(replace(self.desk.selection, all_rows=wanted))

    def _go_on(self) -> None:
        self.session.go.emit("send")

    # keys

    def _make_keys(self) -> None:
        keys: list[tuple[str, Callable[[], None]]] = [
            ("F8", partial(self.walk, 1)),
            ("Shift+F8", partial(self.walk, -1)),
            ("F6", partial(self._cycle, 1)),
            ("Shift+F6", partial(self._cycle, -1)),
            ("F5", self.desk.refresh),
            ("F4", self._edit_on_card),
            ("Ctrl+Z", self.desk.undo),
            ("Ctrl+Y", self.desk.redo),
            ("Ctrl+Shift+Z", self.desk.redo),
            ("Ctrl+G", self._ask_row),
            ("Ctrl+F", self._ask_search),
        ]
        bind(self, keys)

    def _ask_row(self) -> None:
        if self.outcome is not None:
            self.toolbar.ask_row()

    def _ask_search(self) -> None:
        if self.outcome is not None:
            self.toolbar.ask_search()

    def _edit_on_card(self) -> None:
        if self.outcome is not None and self.card.case is not None:
            self.card.correct.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _cycle(self, step: int) -> None:
        """The keyboard to the next pane."""
        if self.outcome is None:
            return
        panes: list[Pane] = [
            (self.facets, self.facets.tree.setFocus),
            (self.grid, self.grid.setFocus),
            (self.findings, self.findings.focus),
            (self.card, self._edit_on_card),
        ]
        cycle(self.focusWidget(), panes, step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._stack.currentIndex() == 1:
            self.findings.focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.outcome is not None:
            keep_sizes(self.session, self._panes)
