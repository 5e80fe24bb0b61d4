"""The pane of findings, grouped by rule and cause; beside it the corrections made so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.fix.lines import AiryLines
from desktop_app.ui.models.causes import CASE_ROLE, Case, CausesModel
from desktop_app.ui.models.corrections import CorrectionsModel
from desktop_app.ui.models.selection import View
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.fitting import FittingButton
from desktop_app.ui.widgets.table import plain_table
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.bench_net import Net
    from validation_rules.contract import Contract

Index = QModelIndex | QPersistentModelIndex


class _Tree(QTreeView):
    """`again` is a click on the words of the line that is current: moving there would tell nothing."""

    again = Signal(QModelIndex)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        before, place = self.currentIndex(), event.position().toPoint()
        super().mousePressEvent(event)
        here = self.indexAt(place)
        on_words = here.isValid() and self.visualRect(here).contains(place)  # not on what opens the line
        if on_words and here == before and event.button() == Qt.MouseButton.LeftButton:
            self.again.emit(here)


class FindingsPanel(QWidget):
    """`chosen` carries the finding that became current; `discard_asked` the cells to put back."""

    chosen = Signal(object)
    discard_asked = Signal(object)

    def __init__(self, contract: Contract, language: Language) -> None:
        super().__init__()
        self.causes = CausesModel(contract, language, self)
        self.corrections = CorrectionsModel(contract, language, self)
        self._number: int | None = None
        self._placing = False
        self.tree = self._make_tree()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.setAccessibleName(self.tr("Findings and corrections"))
        self._tabs.tabBar().setAccessibleName(self._tabs.accessibleName())
        self._nothing = PlainLabel()
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(12, 8, 8, 8)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._tabs.addTab(self._make_list(), self.tr("Findings"))
        self._tabs.addTab(self._make_history(language), self.tr("Corrections"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tabs)

    def _make_tree(self) -> _Tree:
        tree = _Tree()
        tree.setModel(self.causes)
        tree.setHeaderHidden(True)
        tree.setUniformRowHeights(True)
        tree.setItemDelegate(AiryLines(tree))
        tree.setIndentation(16)
        tree.setFrameShape(QTreeView.Shape.NoFrame)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.setAccessibleName(self.tr("Findings, worst first"))
        tree.selectionModel().currentChanged.connect(self._tell)
        tree.again.connect(self._tell_again)
        tree.activated.connect(self._tell_again)
        tree.verticalScrollBar().valueChanged.connect(self._fetch)
        return tree

    def _make_list(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._nothing)
        column.addWidget(self.tree, 1)
        return page

    def _make_history(self, language: Language) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 4)
        self.history = plain_table(self.corrections, self.tr("Corrections of this batch, newest first"))
        self.history.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.history.setFrameShape(QTableView.Shape.NoFrame)
        self.history.verticalHeader().hide()
        self.history.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.history.horizontalHeader().setStretchLastSection(True)
        digit = self.fontMetrics().horizontalAdvance("0")
        for number, characters in enumerate((8, 20, 14, 14, 12, 16)):
            self.history.setColumnWidth(number, characters * digit)
        self._discard, self.all_changes = FittingButton(), FittingButton()
        self._discard.show_texts(self.tr("Take this correction back"))
        self.all_changes.show_texts(self.tr("All changes… (Ctrl+Shift+H)"))
        self._discard.clicked.connect(self._ask_discard)
        self._discard.setEnabled(False)
        self.history.selectionModel().currentRowChanged.connect(self._history_moved)
        # Their words must not widen the pane at the cost of the card.
        line = QHBoxLayout()
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(self._discard)
        line.addWidget(self.all_changes)
        line.addStretch(1)
        column.addWidget(self.history, 1)
        column.addLayout(line)
        return page

    def show_view(self, view: View, roots: Mapping[str, tuple[Text, Text]]) -> None:
        """Shows the findings of a view; what was open and current stays so. `roots` names shared causes."""
        opened = self._expanded()
        current = self.current()
        self._number = None
        scrolled = self.tree.verticalScrollBar().value()
        self.tree.selectionModel().blockSignals(True)
        self.causes.show(view.cases, roots, view.groups, view.changed)
        for row in range(self.causes.rowCount()):
            if self.causes.group_name(row) in opened:
                self.tree.expand(self.causes.index(row, 0))
        self.tree.selectionModel().blockSignals(False)
        self._nothing.setText(
            self.tr("No finding in this selection: widen the filters to see others.")
            if view.cases_in_all
            else self.tr("No finding in this batch.")
        )
        self._nothing.setVisible(not len(self.causes))
        self.tree.setVisible(bool(len(self.causes)))
        if current is not None:
            self.select(self.causes.number_of(current.row_id, current.rule_id, current.field), scroll=False)
            self.tree.verticalScrollBar().setValue(scrolled)

    def show_corrections(self, corrected: Net) -> None:
        """Shows the corrections in force, with their number on the tab."""
        self.corrections.show(corrected)
        self._discard.setEnabled(False)
        count = corrected.height
        self._tabs.setTabText(1, self.tr("Corrections (%Ln)", "", count) if count else self.tr("Corrections"))

    def current(self) -> Case | None:
        """The finding the cursor is on; on a group, its first."""
        return None if self._number is None else self.causes.case(self._number)

    def select(self, number: int | None, scroll: bool = True) -> None:
        """Puts the cursor on a finding, opening what hides it."""
        self._number = number
        if number is None:
            self.tree.clearSelection()
            return
        self._placing = True
        index = self.causes.index_of(number)
        self.tree.setCurrentIndex(index)
        if scroll:
            self.tree.scrollTo(index)
        self._placing = False
        self.chosen.emit(self.causes.case(number))

    def walk(self, step: int) -> bool:
        """To the next or previous open finding; False when none is left."""
        start = -1 if step > 0 else len(self.causes)
        number = self.causes.walk(start if self._number is None else self._number, step)
        if number is None:
            return False
        self._tabs.setCurrentIndex(0)
        self.select(number)
        return True

    def focus(self) -> None:
        """The keyboard to the list that is shown."""
        (self.tree if self._tabs.currentIndex() == 0 else self.history).setFocus()

    def _expanded(self) -> set[str]:
        lines = range(self.causes.rowCount())
        return {
            self.causes.group_name(row) for row in lines if self.tree.isExpanded(self.causes.index(row, 0))
        }

    def _tell(self, current: Index) -> None:
        number = current.data(CASE_ROLE) if current.isValid() else None
        if number is not None and not self._placing:
            self._number = int(number)
            self.chosen.emit(self.causes.case(self._number))

    def _tell_again(self, line: Index) -> None:
        """The finding at hand, be it below a line too long to lay out; else that of the line."""
        if self._number is not None and self.causes.index_of(self._number) == line:
            self.chosen.emit(self.causes.case(self._number))
        else:
            self._tell(line)

    def _fetch(self, value: int) -> None:
        """Lines beyond a page come when the last ones are reached."""
        if value < self.tree.verticalScrollBar().maximum():
            return
        last = self.tree.indexAt(self.tree.viewport().rect().bottomLeft())
        while last.isValid():
            last = last.parent()
            if last.isValid() and self.causes.canFetchMore(last):
                self.causes.fetchMore(last)
                return

    def _history_moved(self, current: Index) -> None:
        self._discard.setEnabled(current.isValid())

    def _ask_discard(self) -> None:
        index = self.history.currentIndex()
        if index.isValid():
            self.discard_asked.emit([self.corrections.cell(index.row())])
