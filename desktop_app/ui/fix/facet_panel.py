"""The pane of facets: tick what is to be seen, with the counts of what is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.fix.lines import AiryLines
from desktop_app.ui.models.facets import FacetModel
from desktop_app.ui.models.selection import FACETS, View
from desktop_app.ui.plain import PlainLabel
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract
    from validation_rules.text import Text

_OPEN_AT_FIRST = ("state", "severity", "rule_id")


class FacetPanel(QWidget):
    """`toggled(facet, value)` tells what was ticked or unticked."""

    toggled = Signal(str, str)

    def __init__(self, contract: Contract, language: Language) -> None:
        super().__init__()
        self._model = FacetModel(contract, language, self)
        self.tree = _FacetTree(self._model)
        self.tree.setAccessibleName(self.tr("Filters"))
        self._open = {facet: facet in _OPEN_AT_FIRST for facet in FACETS}
        self._model.toggled.connect(self.toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = PlainLabel(self.tr("Filters"))
        title.setProperty("role", "section")
        title.setContentsMargins(12, 8, 8, 8)
        title.setBuddy(self.tree)
        self._amount = PlainLabel()
        self._amount.setProperty("role", "muted")
        self._amount.setContentsMargins(12, 0, 8, 6)
        column.addWidget(title)
        column.addWidget(self._amount)
        column.addWidget(self.tree, 1)
        self.tree.expanded.connect(self._note_open)
        self.tree.collapsed.connect(self._note_closed)

    def show_view(self, view: View, roots: Mapping[str, tuple[Text, Text]] | None = None) -> None:
        """Shows the counts of a view; what was open stays open, the cursor stays where it was."""
        shown, every = (QLocale().toString(count) for count in (view.cases.height, view.cases_in_all))
        self._amount.setText(
            self.tr("{cases} of {all} findings").format(cases=shown, all=every)
            if view.cases.height != view.cases_in_all
            else self.tr("All %Ln finding(s)", "", view.cases_in_all)
        )
        here = self.tree.currentIndex()
        cursor = self._model.at(here) if here.isValid() else None
        scrolled = self.tree.verticalScrollBar().value()
        self._model.show(view.counts, view.selection.chosen, roots)
        self.tree.make_room(max((n for values in view.counts.values() for _, n in values), default=0))
        self.tree.blockSignals(True)
        for facet, is_open in self._open.items():
            if (place := self._model.index_of(facet)).isValid():
                self.tree.setExpanded(place, is_open)
        self.tree.blockSignals(False)
        if cursor is not None:
            self.tree.setCurrentIndex(self._model.index_of(*cursor))
        self.tree.verticalScrollBar().setValue(scrolled)

    def _note_open(self, index: QModelIndex) -> None:
        self._open[self._model.at(index)[0]] = True

    def _note_closed(self, index: QModelIndex) -> None:
        self._open[self._model.at(index)[0]] = False


class _FacetTree(QTreeView):
    """A click anywhere on a line ticks it; so do Space and Enter."""

    def __init__(self, model: FacetModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(True)
        self.setIndentation(10)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_OneTick(self))
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionBehavior(QTreeView.SelectionBehavior.SelectRows)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.make_room(0)
        self.clicked.connect(self._toggle)

    def make_room(self, most: int) -> None:
        """Room for the longest count and no more: the names need it."""
        widest = self.fontMetrics().horizontalAdvance(QLocale().toString(max(most, 100)))
        self.header().resizeSection(1, widest + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if not index.parent().isValid():
            first = index.siblingAtColumn(0)
            self.setExpanded(first, not self.isExpanded(first))
            return
        self.model().setData(index.siblingAtColumn(0), None, Qt.ItemDataRole.CheckStateRole)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)


class _OneTick(AiryLines):
    """Leaves the tick to the tree: the box itself would tick a second time."""

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        return False
