"""The part of the card that offers what the program computed: one key or click takes it for this row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.suggestions import Cell, Suggestion
from desktop_app.ui import theme
from desktop_app.ui.fix.scope import Scope
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.fitting import FittingButton, as_wide_as_the_pane, breakable
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract

_AT_FIRST = 3
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class SuggestBox(QWidget):
    """`asked` carries the cells (row_id, field, new) and the way they were found; `spread_asked` a suggestion
    and the scope for which the person wants to see it first."""

    asked = Signal(object, str)
    spread_asked = Signal(object, object)

    def __init__(self, contract: Contract, language: Language) -> None:
        super().__init__()
        self._contract = contract
        self._language: Language = language
        self._lines: list[SuggestionLine] = []
        self._title = PlainLabel(self.tr("Suggestions (F7)"))
        self._title.setProperty("role", "section")
        self._title.setWordWrap(True)
        self._more = FittingButton()
        self._more.setProperty("role", "link")
        self._more.clicked.connect(self._show_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._title)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(self.tr("Suggestions"))
        self.setSizePolicy(as_wide_as_the_pane())
        self.hide()

    @property
    def lines(self) -> Sequence[SuggestionLine]:
        """One for each suggestion, best first."""
        return self._lines

    def clear(self) -> None:
        """Nothing is suggested."""
        self.show_suggestions([], {})

    def show_suggestions(self, suggestions: Sequence[Suggestion], counts: dict[Scope, int]) -> None:
        """Offers these; `counts` are the open findings that each scope holds."""
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = [
            SuggestionLine(self._contract, self._language, one, counts, self) for one in suggestions
        ]
        for number, line in enumerate(self._lines):
            line.taken.connect(self._take)
            line.spread_asked.connect(self.spread_asked)
            # In its place first: shown without a parent it would be a window, and take the keyboard away.
            self._column.insertWidget(self._column.count() - 1, line)
            line.setVisible(number < _AT_FIRST)
        hidden = len(self._lines) - _AT_FIRST
        self._more.show_texts(self.tr("%Ln more suggestion(s)", "", max(hidden, 0)))
        self._more.setVisible(hidden > 0)
        self.setVisible(bool(self._lines))

    def focus(self) -> bool:
        """The keyboard to the best suggestion; False when there is none."""
        if not self._lines:
            return False
        self._lines[0].button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _KEYS.get(Qt.Key(event.key()))
        shown = [line.button for line in self._lines if line.isVisible()]
        here = next((number for number, button in enumerate(shown) if button.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
        else:
            shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, suggestion: Suggestion) -> None:
        cells = [(suggestion.row_id, cell.field, cell.new) for cell in suggestion.cells]
        self.asked.emit(cells, suggestion.name.in_(self._language))

    def _show_all(self) -> None:
        for line in self._lines:
            line.show()
        self._more.hide()
        self._lines[_AT_FIRST].button.setFocus(Qt.FocusReason.OtherFocusReason)


class SuggestionLine(QWidget):
    """One suggestion: what it writes, why, and for which rows."""

    taken = Signal(object)
    spread_asked = Signal(object, object)

    def __init__(
        self,
        contract: Contract,
        language: Language,
        suggestion: Suggestion,
        counts: dict[Scope, int],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        self._contract = contract
        self._language: Language = language
        self.button, self.more = FittingButton(self), QToolButton(self)
        self._fill_button()
        self._fill_menu(counts)
        why = PlainLabel(breakable(self._why()))
        why.setWordWrap(True)
        why.setProperty("role", "muted")
        why.setSizePolicy(as_wide_as_the_pane())
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.button, 1)
        head.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(why)

    def _fill_button(self) -> None:
        cells = self.suggestion.cells
        told = "; ".join(self._change(cell) for cell in cells)
        name = self.suggestion.name.in_(self._language)
        hint = self.tr("Write for this row: {change}").format(change=told)
        if len(cells) == 1:
            self.button.show_texts(self._values(cells[0]), "→ " + self._with_meaning(cells[0]), hint=hint)
        else:
            self.button.show_texts(name[:1].upper() + name[1:], hint=hint)
        self.button.setAccessibleName(told)
        self.button.setAccessibleDescription(self._why())
        self.button.clicked.connect(self._clicked)

    def _fill_menu(self, counts: dict[Scope, int]) -> None:
        theme.set_icon(self.more, "down", "text", 16)
        self.more.setProperty("role", "menu")
        self.more.setAccessibleName(self.tr("This suggestion for other rows"))
        self.more.setToolTip(self.tr("This suggestion for other rows, seen first"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        same, rule = counts.get(Scope.SAME, 0), counts.get(Scope.RULE, 0)
        texts = {
            Scope.SAME: self.tr("All %Ln row(s) with these values…", "", same),
            Scope.RULE: self.tr("All %Ln finding(s) of this rule…", "", rule),
        }
        for scope, text in texts.items():
            if counts.get(scope, 0) > 1 and (scope is Scope.SAME or rule != same or len(menu.actions()) == 0):
                action = menu.addAction(text)
                action.setData(scope)
                action.triggered.connect(self._spread)
        self.more.setMenu(menu)
        self.more.setHidden(not menu.actions())

    def _change(self, cell: Cell) -> str:
        label = self._contract.field(cell.field).label.in_(self._language)
        return self.tr("{field}: {change}").format(field=label, change=self._values(cell))

    def _values(self, cell: Cell) -> str:
        return f"{cell.old or self.tr('blank')} → {self._with_meaning(cell)}"

    def _with_meaning(self, cell: Cell) -> str:
        if cell.new is None:
            return self.tr("blank")
        meaning = self._contract.field(cell.field).code_labels.get(cell.new)
        return f"{cell.new} – {meaning.in_(self._language)}" if meaning else cell.new

    def _why(self) -> str:
        cells = self.suggestion.cells
        fields = [self._contract.field(cell.field).label.in_(self._language) for cell in cells]
        head = fields[0] if len(cells) == 1 else "; ".join(self._change(cell) for cell in cells)
        parts = [f"{head}. {self.suggestion.why.in_(self._language)}"]
        if self.suggestion.adds:
            rules = ", ".join(self.suggestion.adds)
            parts.append(self.tr("Then there is something to confirm: {rules}.").format(rules=rules))
        return " ".join(parts)

    def _clicked(self) -> None:
        self.taken.emit(self.suggestion)

    def _spread(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.spread_asked.emit(self.suggestion, action.data())
