"""How a cell of the grid is painted and edited."""

from __future__ import annotations

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
_BAR = 3
_ICON = 12
_PAD = 6
_BESIDE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


class ValueDelegate(QStyledItemDelegate):
    """Edits a value, wherever it stands in a table: a list where its field has codes (`FIELD_ROLE`)."""

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
        # A drop-down inside a cell takes Enter for itself; here Enter means: take this value and move on.
        if isinstance(editor, QComboBox) and _is_enter(event) and not editor.view().isVisible():
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.SubmitModelCache)
            return True
        return super().eventFilter(editor, event)


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


def _is_enter(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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
    completer = box.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return box


def put_value(editor: QWidget, value: str) -> None:
    """Shows a value in an editor of `value_editor`."""
    if isinstance(editor, QComboBox):
        found = editor.findData(value)
        editor.setCurrentIndex(found)
        if found < 0:
            editor.setEditText(value)
        line = editor.lineEdit()
        if line is not None:
            line.selectAll()
    elif isinstance(editor, QLineEdit):
        editor.setText(value)


def take_value(editor: QWidget) -> str:
    """The value in an editor of `value_editor`: the code, not the words beside it."""
    if isinstance(editor, QComboBox):
        text = editor.currentText().strip()
        found = editor.findText(text)
        return str(editor.itemData(found)) if found >= 0 else text
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""
