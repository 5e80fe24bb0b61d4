"""Local values of a field and the code each becomes; the recodes of the recipe are edited here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui import theme
from desktop_app.ui.mapping.trial import Tried

if TYPE_CHECKING:
    from desktop_app.ui.session import Session
    from validation_rules.contract import Field

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LOCAL, ROWS, BECOMES = range(3)


class ValuesModel(QAbstractTableModel):
    """`recoded(local, code)` when the person gives a local value another code; empty = leave it as it is."""

    recoded = Signal(str, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._values: Sequence[Tried] = ()
        self.field: Field | None = None

    def show(self, field: Field, values: Sequence[Tried]) -> None:
        """The values of one field."""
        self.beginResetModel()
        self.field, self._values = field, values
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._values)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Your value"), self.tr("Rows"), self.tr("Becomes"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == BECOMES else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = self._values[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (value.local, self._session.number(value.rows), self.code(value.becomes))[index.column()]
        if role == Qt.ItemDataRole.EditRole and index.column() == BECOMES:
            return value.becomes
        if role == Qt.ItemDataRole.DecorationRole and index.column() == BECOMES and not value.fits:
            return theme.icon("confirm", "confirm")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == ROWS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole and not value.fits:
            return self.tr("The contract does not know this value: choose a code (F2).")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.recoded.emit(self._values[index.row()].local, str(value or ""))
        return True

    def code(self, code: str) -> str:
        """A code with its words, when the contract has words for it."""
        label = self.field.code_labels.get(code) if self.field is not None else None
        return f"{code} – {self._session.say(label)}" if label is not None else code


class CodeDelegate(QStyledItemDelegate):
    """Edits a code with the list of the contract; typing finds it by code or by words."""

    def __init__(self, model: ValuesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self._model.field
        if field is None or not field.codes:
            editor = super().createEditor(parent, option, index)
            editor.setAccessibleName(self.tr("Becomes"))
            return editor
        combo = QComboBox(parent)
        combo.setAccessibleName(self.tr("Code of the contract"))
        combo.addItem(self.tr("leave as it is"), "")
        for code in field.codes:
            combo.addItem(self._model.code(code), code)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)
