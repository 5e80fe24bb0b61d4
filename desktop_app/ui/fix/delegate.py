"""How a cell of the grid is painted and edited."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_app.ui import theme
from desktop_app.ui.models.grid import FIELD_ROLE, GridModel
from desktop_app.ui.models.snapshot import Mark
from desktop_app.ui.widgets.fitting import FittingBox
from validation_rules.text import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from validation_rules.contract import Field

Index = QModelIndex | QPersistentModelIndex
_LOOKS = {  # mark -> icon, token of bar and icon, token of the cell
    Mark.ERROR: ("error", "error", "error_cell"),
    Mark.CONFIRM: ("confirm", "confirm", "confirm_cell"),
    Mark.INFO: ("info", "info", "info_cell"),
    Mark.CONFIRMED: ("done", "done", "background"),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GIVEN = "navetteGiven"  # the value that an editor was opened with
_WORD = 3  # letters from which the beginning of a word says which code is meant
_BAR = 3
_ICON = 12
_PAD = 6
_BESIDE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class ValueDelegate(QStyledItemDelegate):
    """Edits a value, wherever it stands in a table: a list where its field has codes (`FIELD_ROLE`)."""

    stepped = Signal(int, int)  # the value is taken: the cursor goes on by so many rows and columns

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language: Language = language

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field: Field = index.data(FIELD_ROLE)
        editor = value_editor(field, self._language, parent)
        editor.setStyleSheet("border-radius: 0; padding: 0 4px; min-height: 0")
        editor.setAccessibleName(field.label.in_(self._language))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Every edit tells all values anew; what is being typed elsewhere must not be overwritten by it.
        if editor.property("navetteFilled"):
            return
        editor.setProperty("navetteFilled", True)
        put_value(editor, str(index.data(Qt.ItemDataRole.EditRole) or ""))
        if isinstance(editor, QLineEdit):
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, take_value(editor), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = QRect(option.rect)
        rect.setWidth(max(rect.width(), editor.sizeHint().width() if isinstance(editor, QComboBox) else 0))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # At once: Qt would take the value of a line only when it has time, and what is typed meanwhile,
        # for the next row, would land in this cell.
        step = _step_of(editor, event)
        if step is None:
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.stepped.emit(*step)
        return True


class CellDelegate(ValueDelegate):
    """A wrong cell has a bar at its left, an underline and an icon; its text keeps the text colour."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(language, parent)
        self._icons: dict[tuple[str, int, float], QPixmap] = {}
        self._tokens: theme.Tokens | None = None
        self._colours: Mapping[str, QColor] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Asked of the model itself: through the index, each question takes as long as the painting.
        model = index.model()
        if not isinstance(model, GridModel):
            return
        cell = model.look(index.row(), index.column())
        paint = self._paint()
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, paint["selection"])
        elif cell.mark is not None:
            painter.fillRect(rect, paint[_LOOKS[cell.mark][2]])
        right = rect.right() - _PAD
        if cell.mark is not None:
            right = self._paint_mark(painter, rect, cell.mark) - 2
        if cell.pending:
            right = self._paint_icon(painter, rect, right, "refresh", "muted") - 2
        painter.setPen(paint["muted" if cell.pending or cell.withdrawn else "text"])
        if cell.withdrawn:
            struck = QFont(painter.font())
            struck.setStrikeOut(True)
            painter.setFont(struck)
        if cell.value:
            left, room = rect.left() + _PAD, right - rect.left() - _PAD
            text = option.fontMetrics.elidedText(cell.value, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, rect.top(), room, rect.height(), _BESIDE, text)
        self._paint_cursor(painter, rect, option, index)
        painter.restore()

    def _paint(self) -> Mapping[str, QColor]:
        """The colours of the theme applied now, by their token."""
        tokens = theme.current()
        if tokens is not self._tokens:
            self._tokens = tokens
            self._colours = {name: QColor(value) for name, value in tokens.as_dict().items()}
        return self._colours

    def _paint_cursor(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """The frame of the current cell stays, thinner, when the keyboard is in another pane."""
        view = option.widget
        if not isinstance(view, QAbstractItemView) or view.currentIndex() != index:
            return
        proxy = view.focusProxy()
        here = view.hasFocus() or (proxy is not None and proxy.hasFocus())
        painter.setPen(QPen(self._colours["accent"], 2 if here else 1))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_mark(self, painter: QPainter, rect: QRect, mark: Mark) -> int:
        icon, token, _ = _LOOKS[mark]
        colour = self._colours[token]
        if mark is not Mark.CONFIRMED:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), colour)
            painter.setPen(colour)
            painter.drawLine(rect.left() + _BAR, rect.bottom() - 2, rect.right() - 1, rect.bottom() - 2)
        return self._paint_icon(painter, rect, rect.right() - 4, icon, token)

    def _paint_icon(self, painter: QPainter, rect: QRect, right: int, name: str, token: str) -> int:
        ratio = painter.device().devicePixelRatioF()
        key = (name, self._colours[token].rgba(), ratio)
        if key not in self._icons:
            self._icons[key] = theme.pixmap(name, token, _ICON, ratio)
        left = right - _ICON
        painter.drawPixmap(left, rect.center().y() - _ICON // 2, self._icons[key])
        return left

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        return str(value or "")


def _step_of(editor: QObject, event: QEvent) -> tuple[int, int] | None:
    """Where a key that ends the typing leads: Enter down, with Shift up, and the arrows up and down."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return None
    if isinstance(editor, QComboBox):  # its arrows choose; an open list takes Enter for itself
        if editor.view().isVisible() or event.key() not in _ENTER:
            return None
    elif event.key() not in (*_ENTER, Qt.Key.Key_Down, Qt.Key.Key_Up):
        return None
    back = event.key() == Qt.Key.Key_Up or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return (-1 if back else 1), 0


def value_editor(field: Field, language: Language, parent: QWidget | None = None) -> QWidget:
    """A drop-down where the cell holds one code of a closed list (typing is free), else a line."""
    if not field.codes or field.separator:
        return QLineEdit(parent)
    box = FittingBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for code in field.codes:
        label = field.code_labels.get(code)
        box.addItem(f"{code} – {label.in_(language)}" if label else code, code)
    box.setCurrentIndex(-1)
    # Qt's own would write the rest of a code that nobody typed; `_meant` finds words instead.
    box.setCompleter(None)  # type: ignore[arg-type]
    return box


def put_value(editor: QWidget, value: str) -> None:
    """Shows a value in an editor of `value_editor`."""
    if isinstance(editor, QComboBox):
        found = editor.findData(value)
        editor.setCurrentIndex(found)
        if found < 0:
            editor.setEditText(value)
        editor.setProperty(_GIVEN, value)
        line = editor.lineEdit()
        if line is not None:  # all of it selected, and its beginning, where the code is, in sight
            line.end(False)
            line.home(True)
    elif isinstance(editor, QLineEdit):
        editor.setText(value)


def take_value(editor: QWidget) -> str:
    """The value in an editor of `value_editor`: the code, not the words beside it."""
    if isinstance(editor, QComboBox):
        return _meant(editor, editor.currentText().strip())
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


def _meant(box: QComboBox, text: str) -> str:
    """The code that was typed: itself or its whole line in any case, or the beginning of a word that only
    one line has. Else the text as it was typed, which the rules judge."""
    if text == box.property(_GIVEN):
        return text  # nobody typed it: a look into a cell changes nothing
    typed = _bare(text)
    lines = [(str(box.itemData(each)), box.itemText(each)) for each in range(box.count())]
    for code, line in lines:
        if text in (code, line):
            return code
    for code, line in lines:
        if typed in (_bare(code), _bare(line)):
            return code
    if len(typed) < _WORD or not typed.isalpha():
        return text
    meant = [code for code, line in lines if any(word.startswith(typed) for word in _words(line))]
    return meant[0] if len(meant) == 1 else text


def _words(line: str) -> list[str]:
    return re.findall(r"\w+", _bare(line))


def _bare(text: str) -> str:
    """Without accents and capitals."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
