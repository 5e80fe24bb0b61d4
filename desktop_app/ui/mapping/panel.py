"""The field at hand on the page Map: what it means, where it comes from, what its values become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
)

from desktop_app.ui.mapping.edits import column_for, default_for
from desktop_app.ui.mapping.model import Line
from desktop_app.ui.mapping.trial import Tried
from desktop_app.ui.mapping.values import BECOMES, CodeDelegate, ValuesModel
from desktop_app.ui.widgets.table import plain_table

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.ui.session import Session

DATE_FORMS = ("dd/mm/yyyy", "mm/yyyy", "yyyy", "yyyymmdd", "ddmmyyyy", "iso", "cell")


class FieldPanel(QFrame):
    """Tells what the person changes; the page makes the new recipe."""

    sourced = Signal(str, str)  # field, header ("" = no column)
    defaulted = Signal(str, str)  # field, value
    recoded = Signal(str, str, str)  # field, local value, code
    dated = Signal(str, str)  # field, date forms joined by ", "

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("field-panel")
        self.session = session
        self._field = ""
        self._label, self._definition, self._facts = QLabel(), QLabel(), QLabel()
        self.source, self.default, self.dates = QComboBox(), QLineEdit(), QLineEdit()
        self.values = ValuesModel(session, self)
        self._values_title = QLabel()
        self.table = self._make_table()
        self._lay_out()
        self.source.activated.connect(self._chose)
        self.default.editingFinished.connect(self._fixed)
        self.dates.editingFinished.connect(self._dated)
        self.values.recoded.connect(self._recoded)

    def show_line(self, line: Line, recipe: Recipe, headers: Sequence[str], tried: Sequence[Tried]) -> None:
        """Shows a field; `headers` are all columns of the file."""
        say, field = self.session.say, line.field
        self._field = field.name
        self._label.setText(say(field.label))
        self._definition.setText(say(field.definition))
        self._facts.setText(self._said(line))
        column = column_for(recipe, field.name)
        self._fill_sources(headers, column.header or "" if column is not None else "")
        self.default.setText(default_for(recipe, field.name))
        self.default.setEnabled(column is None)
        dated = column is not None and field.logical_type in ("date", "partial_date")
        self._form.setRowVisible(self.dates, dated)
        self._form.setRowVisible(self.default, column is None)
        self.dates.setText(", ".join(column.date_formats if column is not None else ()))
        self.values.show(field, _worth_showing(line, tried))
        self._values_title.setVisible(bool(tried))
        self._values_title.setText(self._counted(line, tried))
        self.table.setVisible(bool(tried))
        self.table.resizeColumnToContents(1)

    def choose(self) -> None:
        """Puts the cursor in the column chooser, ready to type a name."""
        self.source.setFocus()
        editor = self.source.lineEdit()
        if editor is not None:
            editor.selectAll()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(8)
        self._label.setProperty("role", "title")
        self._facts.setProperty("role", "small")
        self._values_title.setProperty("role", "section")
        for label in (self._label, self._definition, self._facts):
            label.setWordWrap(True)
            column.addWidget(label)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._set_up_source()
        self._add(self.tr("Your &column"), self.source)
        self._add(self.tr("&Same value for all rows"), self.default)
        self._add(self.tr("&Date forms, in order"), self.dates)
        self.dates.setToolTip(self.tr("Among: {forms}").format(forms=", ".join(DATE_FORMS)))
        column.addSpacing(4)
        column.addLayout(self._form)
        column.addSpacing(4)
        column.addWidget(self._values_title)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def _add(self, words: str, widget: QComboBox | QLineEdit) -> None:
        label = QLabel(words)
        label.setBuddy(widget)
        label.setMinimumHeight(widget.sizeHint().height())
        widget.setAccessibleName(words.replace("&", ""))
        self._form.addRow(label, widget)

    def _set_up_source(self) -> None:
        self.source.setEditable(True)
        self.source.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(16)
        self.source.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.source.setMaxVisibleItems(14)
        completer = QCompleter(self.source.model(), self.source)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.source.setCompleter(completer)

    def _make_table(self) -> QTableView:
        table = plain_table(self.values, self.tr("Values of this column"))
        table.setItemDelegateForColumn(BECOMES, CodeDelegate(self.values, table))
        triggers = QTableView.EditTrigger
        table.setEditTriggers(
            triggers.EditKeyPressed
            | triggers.DoubleClicked
            | triggers.SelectedClicked
            | triggers.AnyKeyPressed
        )
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(BECOMES, QHeaderView.ResizeMode.Stretch)
        return table

    def _fill_sources(self, headers: Sequence[str], now: str) -> None:
        self.source.blockSignals(True)
        self.source.clear()
        self.source.addItem(self.tr("no column"), "")
        for header in headers:
            self.source.addItem(header, header)
        self.source.setCurrentIndex(max(0, self.source.findData(now)))
        self.source.blockSignals(False)

    def _said(self, line: Line) -> str:
        field = line.field
        required = {
            "yes": self.tr("Required."),
            "no": self.tr("Optional."),
            "conditional": self.tr("Required in some cases."),
        }
        leaves = {
            "site_pseudonym": self.tr("Leaves as a pseudonym of your site."),
            "linkage_tokens": self.tr("Never leaves: only irreversible linkage tokens do."),
            "linkage_tokens+month": self.tr("Leaves as linkage tokens, and as month and year."),
            "as_is": self.tr("Leaves as it is."),
            "dropped": self.tr("Never leaves this computer."),
        }
        said = [required[field.required], leaves[field.leaves_site_as]]
        if line.evidence:
            said.append(self.tr("Why this column: {evidence}").format(evidence=line.evidence))
        return " ".join(said)

    def _counted(self, line: Line, tried: Sequence[Tried]) -> str:
        if not line.unfit:
            return self.tr("Values: all are known to the contract")
        unknown = sum(not value.fits for value in tried)
        words = self.tr("Values the contract does not know: {unknown} (rows: {rows})")
        number = self.session.number
        return words.format(unknown=number(unknown), rows=number(line.unfit))

    def _chose(self) -> None:
        self.sourced.emit(self._field, str(self.source.currentData() or ""))

    def _fixed(self) -> None:
        if self.default.isModified():
            self.default.setModified(False)
            self.defaulted.emit(self._field, self.default.text().strip())

    def _dated(self) -> None:
        if self.dates.isModified():
            self.dates.setModified(False)
            self.dated.emit(self._field, self.dates.text())

    def _recoded(self, local: str, code: str) -> None:
        self.recoded.emit(self._field, local, code)


def _worth_showing(line: Line, tried: Sequence[Tried]) -> Sequence[Tried]:
    """All values of a closed list; of free values those that do not fit, and a few that do."""
    return (
        tried if line.field.codes else [*(v for v in tried if not v.fits), *[v for v in tried if v.fits][:8]]
    )
