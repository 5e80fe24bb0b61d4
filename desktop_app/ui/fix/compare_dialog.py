"""The records of one finding side by side, and what can be done: keep them all, withdraw one, correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import tasks
from desktop_app.ui.fix.compare_choices import KeepBox, SameBox
from desktop_app.ui.fix.delegate import ValueDelegate
from desktop_app.ui.models.records import RecordsModel
from desktop_app.ui.plain import paragraph
from desktop_app.ui.widgets.room import open_at
from desktop_app.ui.widgets.table import plain_table
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.side_by_side import SideBySide
    from validation_rules.contract import Contract

Index = QModelIndex | QPersistentModelIndex
_WIDE, _HIGH = 170, 46  # in average characters, and in lines


class CompareDialog(QDialog):
    """Opens beside the batch and leaves the page behind it in use; Escape closes it.

    `edit_asked` carries cells; `confirm_asked` ([(row, rule)], reason, note); `withdraw_asked` ([row],
    reason, note, row kept, rule, cells that complete the row kept).
    """

    edit_asked = Signal(object)
    confirm_asked = Signal(object, str, str)
    withdraw_asked = Signal(object, str, str, int, str, object)

    def __init__(self, contract: Contract, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._contract, self._language = contract, language
        self.records: SideBySide | None = None
        self._waiting: list[SideBySide | None] = []  # what is shown once nothing is being typed
        self.setWindowTitle(self.tr("Records side by side"))
        self._title, self._why, self._gone = paragraph(role="section"), paragraph(), paragraph(role="muted")
        self.model = RecordsModel(contract, language, self)
        self.table = self._make_table()
        self.only = QCheckBox(self.tr("Only what &differs"))
        self.only.toggled.connect(self._again)
        self.take = QPushButton(self.tr("Put this &value in the other records"))
        self.take.clicked.connect(self._take)
        self.keep, self.same = KeepBox(language), SameBox(language)
        self.keep.asked.connect(self._keep)
        self.same.asked.connect(self._withdraw)
        self._lay_out()
        open_at(self, _WIDE, _HIGH)

    def _make_table(self) -> QTableView:
        table = plain_table(self.model, self.tr("Values of the records, field by field"))
        delegate = ValueDelegate(self._language, table)
        table.setItemDelegate(delegate)
        delegate.closeEditor.connect(self._typed)
        delegate.stepped.connect(self._step)
        table.setEditTriggers(
            QTableView.EditTrigger.DoubleClicked
            | QTableView.EditTrigger.EditKeyPressed
            | QTableView.EditTrigger.AnyKeyPressed
        )
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setAccessibleName(self.tr("Records"))
        table.verticalHeader().setAccessibleName(self.tr("Fields"))
        table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.selectionModel().currentChanged.connect(self._moved)
        self.model.edit_asked.connect(self.edit_asked)
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.only)
        line.addStretch(1)
        line.addWidget(self.take)
        choices = QHBoxLayout()
        choices.setSpacing(24)
        choices.addWidget(self.keep, 1)
        choices.addWidget(self.same, 1)
        for widget in (self._title, self._why):
            column.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addWidget(self._gone)
        column.addLayout(choices)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(self.tr("Close"))
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        for button in (self.take, self.keep.button, self.same.button):
            button.setAutoDefault(False)
        QShortcut(QKeySequence("Ctrl+Shift+V"), self, self._take)
        self.take.setToolTip(f"{self.take.text().replace('&', '')} (Ctrl+Shift+V)")

    def show_records(self, records: SideBySide | None) -> None:
        """Shows the records of a finding; None: it is settled, and what was shown stays to be read."""
        self._waiting = [records]
        if not self._typing() or self.model.alike(records):
            self._take_up()

    def _take_up(self) -> None:
        """Shows what waits."""
        records = self._waiting.pop()
        settled = records is None
        self._gone.setVisible(settled)
        self._gone.setText(self.tr("This finding is settled."))
        if records is not None:
            self.records = records
            rule = self._contract.rule(records.rule_id)
            self._title.setText(f"{rule.id}  {rule.title.in_(self._language)}")
            self._why.setText(records.why.in_(self._language))
        self.keep.show_records(records)
        self.same.show_records(records)
        self.table.setEnabled(not settled)
        self.only.setEnabled(not settled)
        if settled:
            self.take.setEnabled(False)
        else:
            self._again()

    def _typing(self) -> bool:
        return self.table.state() == QTableView.State.EditingState

    def _step(self, down: int, right: int) -> None:
        here = self.table.currentIndex()
        there = self.model.index(here.row() + down, here.column() + right)
        if there.isValid():
            self.table.setCurrentIndex(there)

    def _typed(self) -> None:
        # A turn later: the view may open the editor of the next cell, or still needs this one.
        tasks.soon(self, self._go_on)

    def _go_on(self) -> None:
        if self._typing():
            return
        if self._waiting:
            self._take_up()
        elif self.only.isChecked() and self._gone.isHidden():
            self._again()

    def focus(self) -> None:
        """The keyboard to the first field that differs."""
        for row in range(self.model.rowCount()):
            if self.model.line(row).differs:
                self.table.setCurrentIndex(self.model.index(row, 0))
                break
        self.table.setFocus()

    def _again(self) -> None:
        """The same records, where the cursor was."""
        here = self.model.cell(self.table.currentIndex())
        keep = here[1] if here is not None and self._typing() else ""
        self.model.show(self.records, self.only.isChecked(), keep)
        self.table.updateGeometries()  # the mark of what differs makes the names of fields wider
        place = QModelIndex() if here is None else self.model.place_of(*here)
        if place.isValid() and place != self.table.currentIndex():  # else its line is gone: on to the next
            self.table.setCurrentIndex(place)
        self._moved(self.table.currentIndex())

    def _moved(self, current: Index) -> None:
        cell = self.model.cell(current)
        self.take.setEnabled(
            cell is not None and self._gone.isHidden() and self.model.line(current.row()).differs
        )

    def _take(self) -> None:
        cell = self.model.cell(self.table.currentIndex())
        if cell is not None and self.records is not None and self.take.isEnabled():
            self.edit_asked.emit([tuple(edit) for edit in self.records.taken_from(cell[0], [cell[1]])])

    def _keep(self, reason: str, note: str) -> None:
        if self.records is not None:
            self.confirm_asked.emit(list(self.records.keeps), reason, note)

    def _withdraw(self, rows: list[int], kept: int, reason: str, note: str, complete: bool) -> None:
        if self.records is not None:
            cells = [tuple(edit) for edit in self.records.completed(kept, rows[0])] if complete else []
            self.withdraw_asked.emit(rows, reason, note, kept, self.records.rule_id, cells)
