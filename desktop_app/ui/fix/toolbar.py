"""The line above the panes: how much is in view, undo and redo, search, go to a row."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIntValidator, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.fix.desk import Outcome
from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.naming import announce

_TYPING_MS = 350
_MARGINS = (12, 4, 12, 4)
_TELLING_MS = 8000


class Toolbar(QWidget):
    """`searched` comes when typing pauses; `row_wanted` with Enter."""

    searched = Signal(str)
    row_wanted = Signal(int)

    def __init__(self, session: Session, *more: QToolButton) -> None:
        super().__init__()
        self._session = session
        self._more = more
        self.undo = _tool("undo", self.tr("Undo"), "Ctrl+Z")
        self.redo = _tool("redo", self.tr("Redo"), "Ctrl+Y")
        self.refresh = _tool("refresh", self.tr("Apply the filter again"), "F5")
        self.filter = _tool("filter", self.tr("Filter"), "Ctrl+Shift+L")
        self.replace = _tool("replace", self.tr("Find and replace"), "Ctrl+H")
        self.compact = QAction(self.tr("Compact rows"), self)
        self.compact.setCheckable(True)
        self.columns = QAction(self.tr("Columns…"), self)
        self._look = _tool("columns", self.tr("Columns and rows of the grid"), "Ctrl+Shift+K")
        self._look.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._look.addActions([self.columns, self.compact])
        self.reset = QPushButton(self.tr("Show everything"))
        self.reset.setProperty("role", "link")
        self.all_rows = QCheckBox(self.tr("Rows without findings too"))
        self._amount, self._news = PlainLabel(), PlainLabel()
        self._news.setProperty("role", "muted")
        self._news.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._search, self._row = QLineEdit(), QLineEdit()
        self._prepare_lines()
        self._typing, self._telling = QTimer(self), QTimer(self)
        for timer, slot in ((self._typing, self._tell_search), (self._telling, self._news.clear)):
            timer.setSingleShot(True)
            timer.timeout.connect(slot)
        self._lay_out()

    def _prepare_lines(self) -> None:
        digit = self.fontMetrics().horizontalAdvance("0")
        self._search.setPlaceholderText(self.tr("Search (Ctrl+F)"))
        self._search.setAccessibleName(self.tr("Search in every field"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(18 * digit)
        self._search.textChanged.connect(self._typed)
        self._search.returnPressed.connect(self._tell_search)
        self._row.setPlaceholderText(self.tr("Row (Ctrl+G)"))
        self._row.setAccessibleName(self.tr("Go to row"))
        self._row.setValidator(QIntValidator(1, 2_000_000_000, self))
        self._row.setFixedWidth(14 * digit)
        self._row.returnPressed.connect(self._tell_row)

    def _lay_out(self) -> None:
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(*_MARGINS)
        left, right = QHBoxLayout(), QHBoxLayout()
        for half in (left, right):
            half.setSpacing(8)
        self._halves.addLayout(left, 1)
        self._halves.addLayout(right)
        for button in (self.undo, self.redo, self.refresh, *self._more):
            left.addWidget(button)
        left.addSpacing(4)
        left.addWidget(self._amount)
        left.addWidget(self.reset)
        left.addWidget(self._news, 1)
        for widget in (self.all_rows, self._look, self.filter, self.replace, self._row, self._search):
            right.addWidget(widget)
        right.insertStretch(0, 1)
        self._left, self._right = left, right

    def minimumSizeHint(self) -> QSize:
        height = super().minimumSizeHint().height()
        return QSize(max(self._needed()) + _MARGINS[0] + _MARGINS[2], height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_line()

    def _break_line(self) -> None:
        """In two lines where one has no room: every control stays in sight."""
        one = sum(self._needed()) + 8 <= self.width() - _MARGINS[0] - _MARGINS[2]
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if one else directions.TopToBottom)

    def _needed(self) -> tuple[int, int]:
        """Pixels of the two halves; their layouts learn only later that a text has changed."""
        return least(self._left), least(self._right)

    def show_outcome(self, outcome: Outcome) -> None:
        """How many rows are in view, and what can be undone."""
        view = outcome.view
        number = self._session.number
        rows, every = number(len(view.positions)), number(view.rows_in_all)
        selection = view.selection
        if len(view.positions) == view.rows_in_all:
            words = self.tr("All %Ln row(s)", "", view.rows_in_all)
        elif selection.narrowed or selection.all_rows:
            words = self.tr("{rows} of {all} rows")
        else:
            words = self.tr("{rows} of {all} rows, those with a finding")
        self._amount.setText(words.format(rows=rows, all=every))
        self._amount.setToolTip(
            self.tr("{cases} of {all} findings").format(
                cases=number(view.cases.height), all=number(view.cases_in_all)
            )
        )
        self.reset.setEnabled(view.selection.narrowed or view.selection.sort is not None)
        self.undo.setEnabled(outcome.can_undo)
        self.redo.setEnabled(outcome.can_redo)
        self._break_line()

    def tell(self, sentence: str) -> None:
        """A short piece of news that goes away by itself."""
        room = max(self._news.width(), 1)
        self._news.setText(self.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, room))
        self._news.setToolTip(tool_tip(sentence))
        self._news.setAccessibleName(sentence)
        announce(self._news, sentence)
        self._telling.start(_TELLING_MS)

    def set_compact(self, compact: bool) -> None:
        """Ticks the box."""
        self.compact.setChecked(compact)

    def clear_search(self) -> None:
        """Empties the search without telling."""
        self._search.blockSignals(True)
        self._search.clear()
        self._search.blockSignals(False)
        self._typing.stop()

    def ask_row(self) -> None:
        """The keyboard to the row number."""
        self._row.setFocus()
        self._row.selectAll()

    def ask_search(self) -> None:
        """The keyboard to the search."""
        self._search.setFocus()
        self._search.selectAll()

    def _typed(self) -> None:
        self._typing.start(_TYPING_MS)

    def _tell_search(self) -> None:
        self._typing.stop()
        self.searched.emit(self._search.text())

    def _tell_row(self) -> None:
        if self._row.text():
            self.row_wanted.emit(int(self._row.text()))


def least(half: QHBoxLayout) -> int:
    """Pixels that a half needs by what its widgets say now. To make the layout forget what it knew and ask
    it again would lay out the page anew, which asks for the least size, and so on without an end."""
    widths, blank = [], 0
    for place in range(half.count()):
        item = half.itemAt(place)
        widget = None if item is None else item.widget()
        if widget is not None and not widget.isHidden():
            widths.append(_least_of(widget))
        elif item is not None and widget is None:
            blank += item.minimumSize().width()  # nothing is left free beside what is free itself
    return sum(widths) + blank + half.spacing() * max(len(widths) - 1, 0)


def _least_of(widget: QWidget) -> int:
    """The width below which a layout does not press a widget."""
    policy = widget.sizePolicy().horizontalPolicy()
    least = 0
    if policy != QSizePolicy.Policy.Ignored:
        least = widget.minimumSizeHint().width()
        if not policy.value & QSizePolicy.PolicyFlag.ShrinkFlag.value:
            least = max(least, widget.sizeHint().width())
    return max(min(least, widget.maximumWidth()), widget.minimumWidth())


def _tool(icon: str, name: str, keys: str) -> QToolButton:
    button = QToolButton()
    theme.set_icon(button, icon, "text", 18)
    button.setAccessibleName(name)
    button.setToolTip(f"{name} ({keys})")
    return button
