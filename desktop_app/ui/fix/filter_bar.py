"""The free filter above the panes: field, operator, value; as many conditions as one likes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import AppError
from desktop_app.core.row_filter import Condition, Operator, RowFilter, condition, operators_of
from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.widgets.fitting import FittingBox
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract

MOST_CONDITIONS = 8  # more would push the grid off the screen
_TYPING_MS = 400
_LEAST = 14  # characters of a name, an operator or a value


class FilterBar(QFrame):
    """`filtered(RowFilter)` comes when typing pauses; a condition that is not complete is left out."""

    filtered = Signal(object)

    def __init__(self, contract: Contract, language: Language) -> None:
        super().__init__()
        self._contract = contract
        self._language: Language = language
        self._lines: list[_Line] = []
        self._told = RowFilter()
        self._error = PlainLabel()
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.apply)
        self.any_of = QComboBox()
        self.any_of.addItems([self.tr("All of these hold"), self.tr("At least one of these holds")])
        self.any_of.setAccessibleName(self.tr("How the conditions are joined"))
        self.any_of.currentIndexChanged.connect(self.apply)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 4, 12, 6)
        self._column.setSpacing(4)
        foot = QHBoxLayout()
        self._add = QPushButton(self.tr("Add a condition"))
        self._add.setProperty("role", "link")
        self._add.clicked.connect(self._one_more)
        close = QPushButton(self.tr("Take the filter away"))
        close.setProperty("role", "link")
        close.clicked.connect(self.clear)
        for widget in (self.any_of, self._add, close):
            widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            foot.addWidget(widget)
        foot.addWidget(self._error, 1)
        foot.addStretch(0)
        self._column.addLayout(foot)

    @property
    def rows(self) -> RowFilter:
        """The filter told last."""
        return self._told

    def open(self, field: str | None = None) -> None:
        """Shows the bar, with a condition to fill in when there is none; the keyboard goes there."""
        if not self._lines:
            self._put(field)
        self.show()
        self._lines[-1].value.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self, field: str, operator: Operator, value: str = "") -> None:
        """One more condition, in force at once; in the place of an empty one."""
        if self._lines and self._lines[-1].empty:
            self._drop(self._lines[-1])
        if len(self._lines) < MOST_CONDITIONS:
            self._put(field, operator, value)
        self.show()
        self.apply()

    def clear(self, tell: bool = True) -> None:
        """Takes every condition away and closes the bar."""
        for line in list(self._lines):
            self._drop(line)
        self._error.hide()
        self.hide()
        if tell:
            self.apply()
        else:
            self._typing.stop()
            self._told = RowFilter()

    def apply(self) -> None:
        """Tells the filter if it is another one."""
        self._typing.stop()
        made: list[Condition] = []
        self._error.hide()
        for line in self._lines:
            if line.empty:
                continue
            try:
                made.append(condition(self._contract, *line.content))
            except AppError as error:
                self._error.setText(error.sentence(self._language))
                self._error.show()
                return
        rows = RowFilter(tuple(made), any_of=self.any_of.currentIndex() == 1 and len(made) > 1)
        if rows != self._told:
            self._told = rows
            self.filtered.emit(rows)

    def _one_more(self) -> None:
        self._put()
        self._lines[-1].field.setFocus()

    def _put(self, field: str | None = None, operator: Operator | None = None, value: str = "") -> None:
        line = _Line(self._contract, self._language, field, operator, value)
        line.changed.connect(self._typing.start)
        line.settled.connect(self.apply)
        line.remove.clicked.connect(partial(self._remove, line))
        self._lines.append(line)
        self._column.insertWidget(len(self._lines) - 1, line)
        self._refresh()

    def _remove(self, line: _Line) -> None:
        self._drop(line)
        if not self._lines:
            self.hide()
        self.apply()

    def _drop(self, line: _Line) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._refresh()

    def _refresh(self) -> None:
        self.any_of.setVisible(len(self._lines) > 1)
        self._add.setEnabled(len(self._lines) < MOST_CONDITIONS)


class _Line(QWidget):
    """One condition. `changed` while it is typed, `settled` with Enter or another operator."""

    changed = Signal()
    settled = Signal()

    def __init__(
        self,
        contract: Contract,
        language: Language,
        field: str | None,
        operator: Operator | None,
        value: str,
    ) -> None:
        super().__init__()
        self._contract = contract
        self._language: Language = language
        # The longest name of the contract would leave no room to the value.
        self.field, self.operator = FittingBox(letters=_LEAST), FittingBox(letters=_LEAST)
        self.value = QLineEdit(value)
        self.field.setAccessibleName(self.tr("Field of the condition"))
        self.operator.setAccessibleName(self.tr("How the field is compared"))
        self.value.setAccessibleName(self.tr("Value to compare with"))
        self.value.setClearButtonEnabled(True)
        self.value.setMinimumWidth(_LEAST * self.fontMetrics().averageCharWidth())
        for each in contract.fields:
            self.field.addItem(each.label.in_(language), each.name)
        self.field.setMaxVisibleItems(24)
        if field is not None:
            self.field.setCurrentIndex(max(self.field.findData(field), 0))
        self.remove = QToolButton()
        theme.set_icon(self.remove, "close")
        self.remove.setAccessibleName(self.tr("Take this condition away"))
        self.remove.setToolTip(self.remove.accessibleName())
        self._fill_operators()
        if operator is not None:
            self.operator.setCurrentIndex(self.operator.findData(operator))
        self._show_value()
        self._connect()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.field, 2)
        line.addWidget(self.operator, 2)
        line.addWidget(self.value, 3)
        line.addWidget(self.remove)

    def _connect(self) -> None:
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.operator.currentIndexChanged.connect(self._operator_chosen)
        self.value.textChanged.connect(self.changed)
        self.value.returnPressed.connect(self.settled)

    @property
    def content(self) -> tuple[str, Operator, str]:
        """Field, operator, value."""
        return self.field.currentData(), self.operator.currentData(), self.value.text()

    @property
    def empty(self) -> bool:
        """Nothing to compare with yet."""
        _, operator, value = self.content
        return operator.takes_value and not value.strip()

    def _fill_operators(self) -> None:
        kept = self.operator.currentData()
        self.operator.blockSignals(True)
        self.operator.clear()
        for operator in operators_of(self._contract.field(self.field.currentData())):
            self.operator.addItem(operator.text.in_(self._language), operator)
        self.operator.setCurrentIndex(max(self.operator.findData(kept), 0))
        self.operator.blockSignals(False)

    def _show_value(self) -> None:
        self.value.setEnabled(self.operator.currentData().takes_value)
        field = self._contract.field(self.field.currentData())
        words = [f"{code} = {label.in_(self._language)}" for code, label in field.code_labels.items()]
        self.value.setToolTip(tool_tip("\n".join(words[:20])))
        self.value.setPlaceholderText(field.form.in_(self._language))

    def _field_chosen(self) -> None:
        self._fill_operators()
        self._show_value()
        self.settled.emit()

    def _operator_chosen(self) -> None:
        self._show_value()
        self.settled.emit()
