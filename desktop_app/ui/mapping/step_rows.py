"""The steps of one column as lines in their order: what each does, its setting, how many rows it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.mapping.date_forms import DateForms
from desktop_app.ui.mapping.steps import offered, present
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.fitting import FittingLabel

if TYPE_CHECKING:
    from desktop_app.core.mapping import Column
    from desktop_app.ui.session import Session
    from validation_rules.contract import Contract, Field


class StepList(QWidget):
    """Tells what the person changes; the page makes the new recipe.

    `changed(step, value)`: value None takes the step away; for join and split it is (names, mark).
    `added(step)`: the person wants a step that is not there yet.
    """

    changed = Signal(str, object)
    added = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[str, tuple[str, ...], int] | None = None
        self._rows: dict[str, StepRow] = {}
        self.add = QPushButton(self.tr("&Add a step"))
        self.add.setProperty("role", "link")
        self.add.setAccessibleName(self.tr("Add a step"))
        theme.set_icon(self.add, "add", "accent", 14)
        self._menu = QMenu(self.add)
        self._menu.triggered.connect(self._add)
        self.add.setMenu(self._menu)
        self._title = FittingLabel(self.tr("Steps, in the order in which they are done"))
        self._title.setProperty("role", "section")
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.add)
        whole.addLayout(head)
        whole.addLayout(self._column)

    def show_column(self, field: Field, column: Column, headers: Sequence[str], contract: Contract) -> None:
        """The steps of a column; lines stay the same widgets while the steps do, so that typing goes on."""
        steps = present(column)
        shape = (field.name, steps, len(column.join) + len(column.fields))
        if shape != self._shown:
            self._make(steps, headers, contract)
            self._shown = shape
        for place, step in enumerate(steps, start=1):
            self._rows[step].show_step(place, column)
        self._menu.clear()
        for step in offered(field, column):
            action = self._menu.addAction(self.words(step))
            action.setData(step)
        self.add.setEnabled(not self._menu.isEmpty())

    def show_effects(self, effects: Mapping[str, int]) -> None:
        """In how many rows of the file each step changes something."""
        for step, row in self._rows.items():
            if step in effects:
                row.say(self.tr("changes %Ln row(s)", "", effects[step]))

    def row(self, step: str) -> StepRow:
        """The line of a step."""
        return self._rows[step]

    def words(self, step: str) -> str:
        """What a step does."""
        said = {
            "join": self.tr("Join several columns"),
            "split": self.tr("Split the cell over several fields"),
            "recode": self.tr("Recode local values"),
            "decimal_mark": self.tr("Decimal comma: 3,2 becomes 3.2"),
            "integer_code": self.tr("Codes written as numbers: 1,0 becomes 1"),
            "number_pad": self.tr("Leading zeros of codes kept as numbers"),
            "list_separator": self.tr("Lists: this mark becomes a plus sign"),
            "date_formats": self.tr("Forms of date, tried in order"),
        }
        return said[step]

    def _make(self, steps: Sequence[str], headers: Sequence[str], contract: Contract) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._rows = {step: self._row(step, headers, contract) for step in steps}
        for row in self._rows.values():
            row.changed.connect(self.changed)
            self._column.addWidget(row)

    def _row(self, step: str, headers: Sequence[str], contract: Contract) -> StepRow:
        words = self.words(step)
        if step == "join":
            return NamesRow(step, words, {header: header for header in headers})
        if step == "split":
            labels = {field.name: self._session.say(field.label) for field in contract.fields}
            return NamesRow(step, words, labels)
        makers = {"number_pad": PadRow, "list_separator": MarkRow, "date_formats": DatesRow}
        return makers.get(step, StepRow)(step, words)

    def _add(self, action: QAction) -> None:
        self.added.emit(str(action.data()))


class StepRow(QFrame):
    """A step without a setting: its number, what it does, its effect, and a button to take it away."""

    changed = Signal(str, object)

    def __init__(self, step: str, words: str) -> None:
        super().__init__()
        self.step = step
        self.setProperty("role", "step")
        self.number, self._effect = PlainLabel(), PlainLabel()
        self.number.setProperty("role", "muted")
        self._words = PlainLabel(words)
        self._words.setWordWrap(True)
        self._effect.setProperty("role", "small")
        remove = QToolButton()
        theme.set_icon(remove, "close", "muted", 14)
        remove.setAccessibleName(self.tr("Take this step away: {step}").format(step=words))
        remove.setToolTip(remove.accessibleName())
        remove.clicked.connect(self._remove)
        self.line = QHBoxLayout()
        self.line.setSpacing(6)
        for widget in (self.number, self._words):
            self.line.addWidget(widget, 1 if widget is self._words else 0)
        self.line.addWidget(self._effect)
        self.line.addWidget(remove)
        self.below = QVBoxLayout(self)
        self.below.setContentsMargins(8, 2, 2, 2)
        self.below.setSpacing(4)
        self.below.addLayout(self.line)
        self.setAccessibleName(words)

    def show_step(self, place: int, column: Column) -> None:
        """The step as the recipe has it; `place` counts from 1."""
        self.number.setText(f"{place}.")
        if self.step == "recode":
            self.setToolTip(self.tr("%Ln local value(s) have a code", "", len(column.recode)))

    def say(self, effect: str) -> None:
        """What the step changes in the file."""
        self._effect.setText(effect)

    def add_setting(self, widget: QWidget, name: str) -> None:
        """A setting between the words and the effect."""
        widget.setAccessibleName(name)
        widget.setToolTip(name)
        self.line.insertWidget(2, widget)

    def _remove(self) -> None:
        self.changed.emit(self.step, None)


class PadRow(StepRow):
    """How many digits a code has."""

    def __init__(self, step: str, words: str) -> None:
        super().__init__(step, words)
        self.width_box = QSpinBox()
        self.width_box.setRange(1, 40)
        self.width_box.setKeyboardTracking(False)
        self.add_setting(self.width_box, self.tr("Number of digits"))
        self.width_box.valueChanged.connect(self._tell)

    def show_step(self, place: int, column: Column) -> None:
        super().show_step(place, column)
        self.width_box.blockSignals(True)
        self.width_box.setValue(column.number_pad or 1)
        self.width_box.blockSignals(False)

    def _tell(self, width: int) -> None:
        self.changed.emit(self.step, width)


class MarkRow(StepRow):
    """The mark between the items of a list."""

    def __init__(self, step: str, words: str) -> None:
        super().__init__(step, words)
        self.mark = _mark_edit()
        self.add_setting(self.mark, self.tr("Mark between the items"))
        self.mark.editingFinished.connect(self._tell)

    def show_step(self, place: int, column: Column) -> None:
        super().show_step(place, column)
        if not self.mark.hasFocus():
            self.mark.setText(column.list_separator or "")

    def _tell(self) -> None:
        if self.mark.isModified() and self.mark.text():
            self.mark.setModified(False)
            self.changed.emit(self.step, self.mark.text())


class DatesRow(StepRow):
    """Forms of date in order, and what stands for an unknown day or month."""

    def __init__(self, step: str, words: str) -> None:
        super().__init__(step, words)
        self.forms = DateForms()
        self.forms.changed.connect(self._tell)
        self.forms.unknown_changed.connect(self._tell_unknown)
        self.below.addWidget(self.forms)

    def show_step(self, place: int, column: Column) -> None:
        super().show_step(place, column)
        self.forms.show_forms(column.date_formats, column.unknown_part or "")

    def _tell(self, forms: object) -> None:
        self.changed.emit(self.step, forms)

    def _tell_unknown(self, part: str) -> None:
        self.changed.emit("unknown_part", part or None)


class NamesRow(StepRow):
    """Names in order (columns to join, fields to split a cell over) and the mark between them."""

    def __init__(self, step: str, words: str, names: Mapping[str, str]) -> None:
        super().__init__(step, words)
        self._names = names
        self._column: Column | None = None
        self.combos: list[QComboBox] = []
        self.mark = _mark_edit()
        self.add_setting(self.mark, self.tr("Mark between the parts"))
        self.mark.editingFinished.connect(self._marked)
        self._more = QPushButton(self.tr("One more"))
        self._more.setProperty("role", "link")
        self._more.clicked.connect(self._one_more)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(2)
        self.below.addLayout(self._parts)

    def show_step(self, place: int, column: Column) -> None:
        super().show_step(place, column)
        self._column = column
        split = self.step == "split"
        now = column.fields if split else (*([column.header] if column.header else []), *column.join)
        if len(self.combos) != len(now):
            self._make(len(now))
        for combo, name in zip(self.combos, now, strict=True):
            combo.blockSignals(True)
            if combo.findData(name) < 0:
                combo.addItem(name, name)
            combo.setCurrentIndex(combo.findData(name))
            combo.blockSignals(False)
        if not self.mark.hasFocus():
            self.mark.setText((column.split or "") if split else column.join_with)

    def _make(self, count: int) -> None:
        while (item := self._parts.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old is not self._more:
                old.hide()
                old.deleteLater()
        self.combos = [QComboBox() for _ in range(count)]
        for place, combo in enumerate(self.combos, start=1):
            combo.setAccessibleName(self.tr("Part {number}").format(number=place))
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            if place > 1:
                combo.addItem(self.tr("take this part away"), "")
            for name, label in self._names.items():
                combo.addItem(label, name)
            combo.activated.connect(self._tell)
            self._parts.addWidget(combo)
        self._more.setVisible(count < 8)
        self._parts.addWidget(self._more)

    def _tell(self) -> None:
        names = tuple(dict.fromkeys(str(combo.currentData()) for combo in self.combos if combo.currentData()))
        mark = self.mark.text() or (" " if self.step == "join" else "/")
        self.changed.emit(self.step, (names, mark) if len(names) > 1 else None)

    def _marked(self) -> None:
        if self.mark.isModified():
            self.mark.setModified(False)
            self._tell()

    def _one_more(self) -> None:
        taken = {str(combo.currentData()) for combo in self.combos}
        free = next((name for name in self._names if name not in taken), None)
        if free is not None:
            names = (*(str(combo.currentData()) for combo in self.combos), free)
            self.changed.emit(self.step, (names, self.mark.text()))


def _mark_edit() -> QLineEdit:
    edit = QLineEdit()
    edit.setMaxLength(5)
    edit.setFixedWidth(7 * edit.fontMetrics().averageCharWidth())
    return edit
