"""The part of the card that corrects: which field, which value, for which rows, before and after."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.suggestions import completion
from desktop_app.ui.fix.delegate import put_value, take_value, value_editor
from desktop_app.ui.fix.scope import Plan, Scope, counted, plan
from desktop_app.ui.models.causes import Case
from desktop_app.ui.models.snapshot import Snapshot
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.fitting import FittingBox, WrappingRadio, breakable
from desktop_app.ui.widgets.naming import name_field
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract

_LONGEST_WHY = 500
_Cell = tuple[int, str]  # row_id, field


class CorrectBox(QWidget):
    """Holds the one primary button of the page. `asked` carries the cells to write, and why.

    A value is written by the button alone: what is typed and not written is put aside when one goes to
    another cell (`kept` says so), and put back when one returns.
    """

    asked = Signal(object, str)
    scope_changed = Signal(object)
    kept = Signal(str)

    def __init__(self, contract: Contract, language: Language) -> None:
        super().__init__()
        self._contract = contract
        self._language: Language = language
        self._filling = False
        self._case: Case | None = None
        self._whole = ""
        self._cell: _Cell | None = None  # where the editor stands
        self._base = self._put = ""  # the value of the cell, and how the editor tells it
        self._handed: str | None = None  # what was asked to be written
        self._aside: dict[_Cell, tuple[str, str]] = {}  # value of the cell, what was typed over it
        self._snapshot: Snapshot | None = None
        self._field = FittingBox()
        name_field(self._field, self.tr("Field to correct"))
        self._field.currentIndexChanged.connect(self._show_cell)
        self._field_name = PlainLabel()
        self._editor: QWidget = QLineEdit()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._scopes = QButtonGroup(self)
        self._change = PlainLabel()
        self._change.setWordWrap(True)
        self._from_before = PlainLabel()
        self.complete = QPushButton()
        self.why = QLineEdit()
        self.button = QPushButton(self.tr("Correct"))
        self._lay_out()

    def _lay_out(self) -> None:
        self._field_name.setProperty("role", "section")
        self._field_name.setWordWrap(True)
        for box in (self._field, self._editor, self.button):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for widget in (self._field_name, self._field, self._editor):
            self._column.addWidget(widget)
        self._from_before.setWordWrap(True)
        self._from_before.setProperty("role", "muted")
        self._from_before.hide()
        self._column.addWidget(self._from_before)
        self.complete.setProperty("role", "link")
        self.complete.clicked.connect(self._take_completion)
        self.complete.hide()
        self._column.addWidget(self.complete, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._make_scopes())
        self._change.setProperty("role", "muted")
        self._column.addWidget(self._change)
        self.why.setMaxLength(_LONGEST_WHY)
        self.why.setPlaceholderText(self.tr("Why (optional, stays on this computer)"))
        self.why.setAccessibleName(self.tr("Why it is corrected"))
        self.why.returnPressed.connect(self.apply)
        self._column.addWidget(self.why)
        self.button.setProperty("role", "primary")
        self.button.setToolTip(self.tr("Write the new value (Ctrl+Enter)"))
        self.button.clicked.connect(self.apply)
        self._column.addWidget(self.button)

    def _make_scopes(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        for number, scope in enumerate(Scope):
            button = WrappingRadio()
            button.setProperty("scope", scope.value)
            self._scopes.addButton(button, number)
            column.addWidget(button)
        self._choose_scope(0)
        self._scopes.idToggled.connect(self._scope_toggled)
        return box

    @property
    def scope(self) -> Scope:
        """To which rows it applies."""
        return list(Scope)[max(self._scopes.checkedId(), 0)]

    @property
    def editor(self) -> QWidget:
        """Where the new value is typed or chosen."""
        return self._editor

    def show_case(self, case: Case, snapshot: Snapshot, field: str | None = None) -> None:
        """Offers to correct a finding; `field` is the one the person came from."""
        same = self._case is not None and (case.row_id, case.rule_id) == (
            self._case.row_id,
            self._case.rule_id,
        )
        self._case, self._snapshot = case, snapshot
        if not same:
            self._choose_scope(0)
        wanted = field or (self._field.currentData() if same else None)
        self._filling = True  # one cell, once all is there
        if [self._field.itemData(place) for place in range(self._field.count())] != case.fields:
            self._field.clear()
            for name in case.fields:
                self._field.addItem(self._contract.field(name).label.in_(self._language), name)
        self._field.setCurrentIndex(max(self._field.findData(wanted), 0))
        self._filling = False
        self._field.setVisible(len(case.fields) > 1)
        self._name_scopes(case, snapshot)
        self._show_cell()

    def leave(self, snapshot: Snapshot | None = None) -> None:
        """Nothing is corrected here now; `snapshot` is what holds by then."""
        self._snapshot = snapshot or self._snapshot
        self._put_aside()
        self._case = self._cell = None

    def _name_scopes(self, case: Case, snapshot: Snapshot) -> None:
        same = counted(snapshot, case, Scope.SAME)
        rule = counted(snapshot, case, Scope.RULE)
        texts = (
            self.tr("This row only"),
            self.tr("All %Ln row(s) with these values", "", same),
            self.tr("All %Ln finding(s) of this rule", "", rule),
        )
        for number, (text, count) in enumerate(zip(texts, (2, same, rule), strict=True)):
            self._scopes.button(number).setText(text)
            self._scopes.button(number).setVisible(count > 1)
        self._scopes.button(2).setVisible(rule > 1 and rule != same)
        if self._scopes.button(max(self._scopes.checkedId(), 0)).isHidden():  # what it named is settled
            self._choose_scope(0)

    def _choose_scope(self, number: int) -> None:
        # Qt moves the stop of the Tab key only when a person chooses: else Tab leads to the choice before.
        self._scopes.button(number).setChecked(True)
        for button in self._scopes.buttons():
            strong, weak = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(strong if button.isChecked() else weak)

    def _show_cell(self) -> None:
        name = str(self._field.currentData() or "")
        if not name or self._snapshot is None or self._case is None or self._filling:
            return
        cell = self._case.row_id, name
        label = self._contract.field(name).label.in_(self._language)
        single = self._field.count() == 1
        self._field_name.setText(
            self.tr("Correct: {field}").format(field=label) if single else self.tr("Correct")
        )
        if cell == self._cell:
            self._follow_value(cell)
        else:
            words = self._put_aside()
            self._cell = cell
            self._new_editor(name)
            self._put_back(cell, words)
        self._tell_change()

    def _new_editor(self, name: str) -> None:
        field = self._contract.field(name)
        label = field.label.in_(self._language)
        fresh = value_editor(field, self._language, self)
        name_field(fresh, self.tr("New value of {field}").format(field=label))
        fresh.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._column.replaceWidget(self._editor, fresh)
        before, self._editor = self._editor, fresh
        fresh.show()  # at once: the next key may want the keyboard in it
        if before.hasFocus():
            fresh.setFocus(Qt.FocusReason.OtherFocusReason)
        before.hide()
        before.deleteLater()
        self._follow_focus()
        line = fresh.lineEdit() if isinstance(fresh, QComboBox) else fresh
        if isinstance(line, QLineEdit):
            line.textChanged.connect(self._text_changed)
            line.returnPressed.connect(self.apply)

    def _follow_value(self, cell: _Cell) -> None:
        """The same cell after something was done to the batch: what is being typed in it stays."""
        value, typed = self._value(cell), take_value(self._editor)
        if value != self._base and typed in (self._put, self._handed):
            self._show_value(value)
        self._base = value

    def _put_aside(self) -> str:
        """Keeps what was typed where the editor stands; the words that say so, empty where there is nothing
        to say."""
        if self._cell is None:
            return ""
        typed, value = take_value(self._editor), self._value(self._cell)
        if typed in (self._put, value):
            return ""
        self._aside[self._cell] = self._base, typed
        if typed == self._handed or value != self._base:
            return ""  # it is being written, which may be refused; or it was typed over another value
        row, name = self._cell
        label = self._contract.field(name).label.in_(self._language)
        words = self.tr("What you typed in {field}, row {row}, is kept but not written.")
        words = words.format(field=label, row=row)
        self.kept.emit(words)
        return words

    def _put_back(self, cell: _Cell, news: str) -> None:
        """The value of a cell, and over it what was typed there before, unless the cell has changed since;
        beside it that, or else the `news`."""
        value = self._value(cell)
        self._show_value(value)
        base, typed = self._aside.pop(cell, (value, self._put))
        again = base == value and typed != self._put
        if again:
            put_value(self._editor, typed)
            news = self.tr("You typed this value before: it is kept, but not written yet.")
        self._tell_from_before(news)

    def _tell_from_before(self, words: str = "") -> None:
        self._from_before.setText(breakable(words))
        self._from_before.setVisible(bool(words))
        use = self._editor.accessibleName() if isinstance(self._editor, QComboBox) else ""
        self._editor.setAccessibleDescription(f"{use} {words}".strip())

    def _text_changed(self) -> None:
        self._tell_from_before()
        self._tell_change()

    def _show_value(self, value: str) -> None:
        put_value(self._editor, value)
        self._base, self._put, self._handed = value, take_value(self._editor), None
        if isinstance(self._editor, QLineEdit) and self._editor.hasFocus():
            self._editor.selectAll()  # as where the keyboard is taken to it: the next letter replaces

    def _follow_focus(self) -> None:
        """Every choice of rows has its place: one that Tab passes over now may hold a moment later."""
        for one, next_one in pairwise([self._field, self._editor, self.complete, *self._scopes.buttons()]):
            QWidget.setTabOrder(one, next_one)

    def _value(self, cell: _Cell) -> str:
        row_id, field = cell
        pos = None if self._snapshot is None else self._snapshot.position(row_id)
        return "" if pos is None or self._snapshot is None else str(self._snapshot.frame[field][pos] or "")

    def plan(self) -> Plan | None:
        """What the button would do now."""
        if self._snapshot is None or self._case is None or self._snapshot.position(self._case.row_id) is None:
            return None
        new = take_value(self._editor) or None
        return plan(self._snapshot, self._case, self.scope, str(self._field.currentData()), new)

    def apply(self) -> None:
        """Asks for the correction that is shown."""
        planned = self.plan()
        if planned is not None and len(planned.rows):
            self._handed = take_value(self._editor)
            self._tell_from_before()
            self.asked.emit(planned.cells(), self.why.text().strip())
            self.why.clear()

    def _scope_toggled(self, _number: int, checked: bool) -> None:
        if checked:
            self._tell_change()
            self.scope_changed.emit(self.scope)

    def _tell_completion(self) -> None:
        """A value that is right and can be made whole, as an INS number without its key."""
        told = completion(self._contract, str(self._field.currentData() or ""), take_value(self._editor))
        self.complete.setVisible(told is not None)
        if told is not None:
            self._whole = told.value
            self.complete.setText(self.tr("With its key: {value}").format(value=told.value))
            self.complete.setToolTip(told.why.in_(self._language))
            self.complete.setAccessibleDescription(told.why.in_(self._language))

    def _take_completion(self) -> None:
        put_value(self._editor, self._whole)
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_change(self) -> None:
        self._tell_completion()
        planned = self.plan()
        changes = planned is not None and len(planned.rows) > 0
        self.button.setEnabled(changes)
        self._change.setText(
            breakable(self._words(planned)) if planned is not None and changes else self.tr("No change yet")
        )

    def _words(self, planned: Plan) -> str:
        blank = self.tr("blank")
        new = planned.new or blank
        if len(planned.rows) == 1:
            return self.tr("{old} → {new}").format(old=planned.before[0][0] or blank, new=new)
        old = ", ".join(f"{value or blank} ({count})" for value, count in planned.before)
        if planned.more > 0:
            old = self.tr("{values} and %Ln other value(s)", "", planned.more).format(values=old)
        return self.tr("{old} → {new}, on %Ln row(s)", "", len(planned.rows)).format(old=old, new=new)
