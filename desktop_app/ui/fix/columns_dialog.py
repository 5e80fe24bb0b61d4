"""Choose the columns of the grid: shown or not, their order, how many stay in place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.fix.lines import AiryLines
from desktop_app.ui.models.columns import MOST_FROZEN, ColumnSet
from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.widgets.room import open_at
from validation_rules.text import Language

if TYPE_CHECKING:
    from collections.abc import Collection

    from validation_rules.contract import Contract

_WIDE, _HIGH = 64, 30  # in average characters, and in lines
_NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """What is ticked is seen in the grid at once: `chosen(ColumnSet)`. Leaves the page in use."""

    chosen = Signal(object)

    def __init__(
        self,
        contract: Contract,
        columns: ColumnSet,
        with_findings: Collection[str],
        language: Language,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self._found = with_findings
        self._filling = False
        self.columns = columns
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Columns of the grid"))
        self.search, self.list, self.frozen = QLineEdit(), QListWidget(), QSpinBox()
        self._prepare()
        self._lay_out()
        self._fill(columns.shown[0])
        open_at(self, _WIDE, _HIGH)

    def _prepare(self) -> None:
        self.search.setPlaceholderText(self.tr("Search a field"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.list.setAccessibleName(self.tr("Fields, in the order of the grid; Space shows or hides one"))
        self.list.setItemDelegate(AiryLines(self.list))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.itemChanged.connect(self._take)
        self.list.model().rowsMoved.connect(self._take)
        self.frozen.setRange(0, MOST_FROZEN)
        self.frozen.setValue(self.columns.frozen)
        self.frozen.setAccessibleName(self.tr("Columns that stay in place"))
        self.frozen.setToolTip(
            self.tr("Fewer stay in place while they would take more than half of the grid.")
        )
        self.frozen.valueChanged.connect(self._freeze)
        for keys, slot in (("Alt+Up", self.move_up), ("Alt+Down", self.move_down)):
            QShortcut(QKeySequence(keys), self, slot)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        moves, quick = QHBoxLayout(), QHBoxLayout()
        for line, label, keys, slot in (
            (moves, self.tr("Move up"), "Alt+↑", self.move_up),
            (moves, self.tr("Move down"), "Alt+↓", self.move_down),
            (quick, self.tr("Show all"), "", self.show_all),
            (quick, self.tr("Only those with findings"), "", self.show_found),
            (quick, self.tr("As at first"), "", self.reset),
        ):
            button = QPushButton(label)
            button.setAutoDefault(False)
            if keys:
                button.setToolTip(f"{label} ({keys})")
            button.clicked.connect(slot)
            line.addWidget(button)
        moves.addStretch(1)
        held = PlainLabel(self.tr("Columns that stay in place"))
        held.setBuddy(self.frozen)
        moves.addWidget(held)
        moves.addWidget(self.frozen)
        column.addLayout(quick)
        column.addLayout(moves)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def show_all(self) -> None:
        """Every field, those that were hidden at their place."""
        made = self.columns
        for name in made.hidden:
            made = made.with_shown(name)
        self._put(made)

    def show_found(self) -> None:
        """The columns in place, and those in which a finding of the selection lies."""
        held = self.columns.shown[: self.columns.frozen]
        wanted = [name for name in self.columns.every if name in self._found or name in held]
        made = self.columns
        for name in wanted:
            made = made.with_shown(name)
        self._put(made.without([name for name in made.shown if name not in wanted]))

    def reset(self) -> None:
        """Everything in the order of the contract; widths stay as they are."""
        self._put(replace(ColumnSet.first(self.columns.every), widths=self.columns.widths))

    def move_up(self) -> None:
        """The current field one place forward."""
        self._move(-1)

    def move_down(self) -> None:
        """The current field one place back."""
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        there = row + step
        if row < 0 or not 0 <= there < self.list.count():
            return
        self._filling = True
        item = self.list.takeItem(row)
        self.list.insertItem(there, item)
        self.list.setCurrentRow(there)
        self._filling = False
        self._take()

    def _put(self, columns: ColumnSet) -> None:
        here = self.list.currentItem()
        self.columns = columns
        self._fill(here.data(_NAME) if here is not None else None)
        self.frozen.setValue(columns.frozen)
        self.chosen.emit(columns)

    def _fill(self, current: str | None) -> None:
        """Shown fields in their order, each hidden one where it would come back."""
        self._filling = True
        self.list.clear()
        order = self.columns
        for name in order.hidden:
            order = order.with_shown(name)
        for name in order.shown:
            item = QListWidgetItem(self._contract.field(name).label.in_(self._language))
            item.setData(_NAME, name)
            item.setToolTip(tool_tip(name))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            shown = name in self.columns.shown
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if name == current:
                self.list.setCurrentItem(item)
        self._filling = False
        self._narrow(self.search.text())

    def _take(self) -> None:
        """From the list to the grid; the last column cannot be hidden."""
        if self._filling:
            return
        items = [self.list.item(row) for row in range(self.list.count())]
        shown = tuple(item.data(_NAME) for item in items if item.checkState() == Qt.CheckState.Checked)
        if not shown:
            self._put(self.columns)
            return
        self.columns = replace(self.columns, shown=shown).with_frozen(self.columns.frozen)
        self.chosen.emit(self.columns)

    def _freeze(self, count: int) -> None:
        if count != self.columns.frozen:
            self.columns = self.columns.with_frozen(count)
            self.chosen.emit(self.columns)

    def _narrow(self, text: str) -> None:
        wanted = text.strip().lower()
        for row in range(self.list.count()):
            item = self.list.item(row)
            words = f"{item.text()} {item.data(_NAME)}".lower()
            item.setHidden(wanted not in words)
