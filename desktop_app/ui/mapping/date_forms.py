"""Forms of date as a list that can be put in another order, added to and taken from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.mapping.edits import is_date_form
from desktop_app.ui.mapping.steps import DATE_FORMS
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.flow import FlowLayout

_UNKNOWN = "99"


class DateForms(QWidget):
    """`changed(forms)` with a tuple in the new order; `unknown_changed(part)`, empty for none."""

    changed = Signal(object)
    unknown_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[str, ...] = ()
        self.chips: list[QPushButton] = []
        self._flow = FlowLayout(gap=4)
        self._add = QPushButton(self.tr("Add a form"))
        self._add.setProperty("role", "chip")
        theme.set_icon(self._add, "add", "accent", 12)
        self.other = QLineEdit()
        self.other.setPlaceholderText(self.tr("another form: dd.mm.yyyy"))
        self.other.setAccessibleName(self.tr("Another form of date"))
        self.unknown = QLineEdit()
        self.unknown.setMaxLength(2)
        self.unknown.setFixedWidth(6 * self.fontMetrics().averageCharWidth())
        self.unknown.setPlaceholderText(_UNKNOWN)
        self._fault = PlainLabel()
        self._fault.setProperty("role", "confirm")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._lay_out()
        self.other.returnPressed.connect(self._take_other)
        self.unknown.editingFinished.connect(self._tell_unknown)

    def show_forms(self, forms: Sequence[str], unknown: str) -> None:
        """The forms of the recipe, and what stands there for an unknown day or month."""
        if tuple(forms) != self._forms:
            focus = next((place for place, chip in enumerate(self.chips) if chip.hasFocus()), None)
            self._forms = tuple(forms)
            self._make()
            if focus is not None and self.chips:
                self.chips[min(focus, len(self.chips) - 1)].setFocus()
        if not self.unknown.hasFocus():
            self.unknown.setText(unknown)

    def example(self, form: str) -> str:
        """A form with a date that shows it."""
        if form == "cell":
            return self.tr("date cell of a workbook")
        if form == "iso":
            return self.tr("ISO: 2026-12-31")
        written = {"dd": "31", "mm": "12", "yyyy": "2026"}
        shown = form
        for part, by in written.items():
            shown = shown.replace(part, by)
        return f"{self._spelled(form)} ({shown})"

    def _spelled(self, form: str) -> str:
        """`dd/mm/yyyy` in the letters of the language."""
        day, month, year = self.tr("dd"), self.tr("mm"), self.tr("yyyy")
        return (
            form.replace("yyyy", "\1")
            .replace("mm", "\2")
            .replace("dd", day)
            .replace("\2", month)
            .replace("\1", year)
        )

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._flow)
        line = QHBoxLayout()
        words = PlainLabel(self.tr("&Unknown day or month written"))
        words.setBuddy(self.unknown)
        self.unknown.setAccessibleName(self.tr("Unknown day or month written"))
        for widget in (self.other, words, self.unknown):
            line.addWidget(widget, 1 if widget is self.other else 0)
        whole.addLayout(line)
        whole.addWidget(self._fault)

    def _make(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old is not self._add:
                old.hide()
                old.deleteLater()
        self.chips = [self._chip(place, form) for place, form in enumerate(self._forms)]
        before, menu = self._add.menu(), self._menu_of_others()
        self._add.setMenu(menu)
        if before is not None:
            before.deleteLater()
        for chip in (*self.chips, self._add):
            self._flow.addWidget(chip)
            chip.show()

    def _chip(self, place: int, form: str) -> QPushButton:
        chip = QPushButton(f"{place + 1}. {self.example(form)}")
        chip.setProperty("role", "chip")
        chip.setAccessibleName(chip.text())
        menu = QMenu(chip)
        for words, move in (
            (self.tr("Try earlier"), -1),
            (self.tr("Try later"), 1),
            (self.tr("Take away"), 0),
        ):
            action = menu.addAction(words)
            action.setData((place, move))
            action.setEnabled(move == 0 or 0 <= place + move < len(self._forms))
        menu.triggered.connect(self._move)
        chip.setMenu(menu)
        return chip

    def _menu_of_others(self) -> QMenu:
        menu = QMenu(self._add)
        for form in DATE_FORMS:
            if form not in self._forms:
                action = menu.addAction(self.example(form))
                action.setData(form)
        menu.triggered.connect(self._take)
        return menu

    def _move(self, action: QAction) -> None:
        place, move = action.data()
        forms = list(self._forms)
        form = forms.pop(place)
        if move:
            forms.insert(place + move, form)
        self.changed.emit(tuple(forms))

    def _take(self, action: QAction) -> None:
        self.changed.emit((*self._forms, str(action.data())))

    def _take_other(self) -> None:
        """A form typed in the letters of either language."""
        form = self.other.text().strip().lower().replace("jj", "dd").replace("aaaa", "yyyy")
        right = is_date_form(form)
        words = self.tr("A form is written with dd, mm and yyyy, each once, and a mark between them.")
        self._fault.setText(words)
        self._fault.setVisible(not right)
        if right and form not in self._forms:
            self.other.clear()
            self.changed.emit((*self._forms, form))

    def _tell_unknown(self) -> None:
        if self.unknown.isModified():
            self.unknown.setModified(False)
            part = self.unknown.text().strip()
            if not part or all(letter in "0123456789Xx?" for letter in part):
                self.unknown_changed.emit(part)
