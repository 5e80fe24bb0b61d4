"""Local values of a field and the code each becomes; the recodes of the recipe are edited here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui import theme
from desktop_app.ui.mapping.steps import recodable
from desktop_app.ui.mapping.trial import Tried
from desktop_app.ui.plain import tool_tip
from desktop_app.ui.widgets.table import TitledModel

if TYPE_CHECKING:
    from desktop_app.core.mapping.suggest import Suggestion
    from desktop_app.ui.session import Session
    from validation_rules.contract import Field

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LOCAL, ROWS, BECOMES, SUGGESTED = range(4)


class ValuesModel(TitledModel):
    """`recoded({local: code})` when the person gives local values other codes; empty = leave it as it is."""

    recoded = Signal(dict)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._values: Sequence[Tried] = ()
        self._suggested: Mapping[str, Suggestion] = {}
        self._said: Mapping[str, str] = {}
        self.field: Field | None = None

    def show(
        self,
        field: Field,
        values: Sequence[Tried],
        suggested: Mapping[str, Suggestion],
        said: Mapping[str, str] | None = None,
    ) -> None:
        """The values of one field; `suggested` are codes for those the contract does not know, `said` what
        the file itself says of its codes."""
        shown = (field, tuple(values), dict(suggested), dict(said or {}))
        if shown == (self.field, tuple(self._values), dict(self._suggested), dict(self._said)):
            return  # a reset would close the editor that the person is in
        self.beginResetModel()
        self.field, self._values, self._suggested, self._said = field, values, suggested, said or {}
        self.endResetModel()

    @property
    def suggested(self) -> dict[str, str]:
        """The codes that are suggested, by local value."""
        return {local: suggestion.code for local, suggestion in self._suggested.items()}

    def suggestion(self, row: int) -> Suggestion | None:
        """What is suggested for the value of a row."""
        return self._suggested.get(self._values[row].local)

    def height(self) -> int:
        return len(self._values)

    def titles(self) -> tuple[str, ...]:
        return self.tr("Your value"), self.tr("Rows"), self.tr("Becomes"), self.tr("Suggestion")

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        editable = index.column() == BECOMES and self.field is not None and recodable(self.field)
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value, column = self._values[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(value, column)
        if role == Qt.ItemDataRole.EditRole and column == BECOMES:
            return value.becomes
        if role == Qt.ItemDataRole.DecorationRole and column == BECOMES and not value.fits:
            return theme.icon("confirm", "confirm")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == ROWS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tool_tip(self._tip(value, column))
        return None

    def _text(self, value: Tried, column: int) -> str:
        if column == SUGGESTED:
            suggestion = self._suggested.get(value.local)
            return self.code(suggestion.code) if suggestion is not None else ""
        said = self._said.get(value.local)
        local = f"{value.local} – {said}" if said else value.local
        return (local, self._session.number(value.rows), self.code(value.becomes))[column]

    def _tip(self, value: Tried, column: int) -> str | None:
        suggestion = self._suggested.get(value.local)
        if column == SUGGESTED and suggestion is not None:
            return self._session.say(suggestion.why)
        if column == BECOMES and self.field is not None and not recodable(self.field):
            return self.tr("A recipe holds no value that could name a person: correct it at the station Fix.")
        if not value.fits:
            return self.tr("The contract does not know this value: choose a code (F2).")
        return value.local if column == LOCAL else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        now = self._values[index.row()]
        if str(value or "") != now.becomes:
            self.recoded.emit({now.local: str(value or "")})
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
        type_ahead(combo)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if not isinstance(editor, QComboBox):
            super().setModelData(editor, model, index)
        elif (place := chosen(editor)) >= 0:
            model.setData(index, editor.itemData(place))


def type_ahead(combo: QComboBox) -> None:
    """Typing any part of a choice finds it."""
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(combo.model(), combo)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    combo.setCompleter(completer)


def chosen(combo: QComboBox) -> int:
    """The choice that was picked or typed: whole, or the only one that holds what was typed; else -1."""
    now, typed = combo.currentIndex(), combo.currentText().strip()
    if now >= 0 and combo.itemText(now) == combo.currentText():
        return now
    found = (
        combo.findText(typed, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive),
        combo.findText(typed, Qt.MatchFlag.MatchFixedString),
        combo.findData(typed),
        combo.findData(typed.upper()),
    )
    exact = next((place for place in found if place >= 0), -1)
    if exact >= 0 or not typed:
        return exact
    texts = [combo.itemText(place).casefold() for place in range(combo.count())]
    alike = [place for place, text in enumerate(texts) if typed.casefold() in text]
    return alike[0] if len(alike) == 1 else -1
