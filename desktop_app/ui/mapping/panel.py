"""The field at hand on the page Map: what it means, where it comes from, what its values become."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.mapping.detail import Detail
from desktop_app.ui.mapping.edits import column_for, default_for
from desktop_app.ui.mapping.model import Line
from desktop_app.ui.mapping.step_rows import StepList
from desktop_app.ui.mapping.trial import ColumnTrial, Tried
from desktop_app.ui.mapping.values import (
    BECOMES,
    ROWS,
    SUGGESTED,
    CodeDelegate,
    ValuesModel,
    chosen,
    type_ahead,
)
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.table import RowsModel, plain_table

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.ui.session import Session
    from validation_rules.contract import Contract


class FieldPanel(QFrame):
    """Tells what the person changes; the page makes the new recipe. The field is the one that is shown."""

    sourced = Signal(str)  # header ("" = no column)
    confirmed = Signal()  # the guess is right
    defaulted = Signal(str)  # value
    recoded = Signal(dict)  # local value -> code
    stepped = Signal(str, object)  # step, value; see StepList
    step_added = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field-panel")
        self.session = session
        self._label, self._definition = PlainLabel(), PlainLabel()
        self._facts, self._counts = PlainLabel(), PlainLabel()
        self.source, self.default = QComboBox(), QLineEdit()
        self.confirm = QPushButton(self.tr("Con&firm this column"))
        self.steps = StepList(session)
        self.values, self.rows = ValuesModel(session, self), RowsModel(self)
        self.table = self._make_table()
        self.row_table = plain_table(self.rows, self.tr("Rows of the file, before and after"))
        self.accept = QPushButton(self.tr("Accept"))
        self.accept_all = QPushButton()
        self._field, self._now = "", ""
        self._filled: tuple[str, tuple[str, ...], str] | None = None
        self._lay_out()
        self._connect()

    def show_line(
        self,
        line: Line,
        recipe: Recipe,
        headers: Sequence[str],
        contract: Contract,
        trial: ColumnTrial | None,
        detail: Detail,
    ) -> None:
        """Shows a field; `headers` are all columns of the file. What the person is typing is left alone."""
        say, field = self.session.say, line.field
        column = column_for(recipe, field.name)
        self._field = field.name
        self._label.setText(say(field.label))
        self._definition.setText(say(field.definition))
        self._facts.setText(self._said(line))
        self._fill_sources(headers, line.sources[0] if line.sources else "")
        self._form.setRowVisible(self.default, column is None)
        guessed = bool(line.sources) and line.confidence in ("likely", "choose")
        self._form.setRowVisible(self.confirm, guessed)
        if not self.default.hasFocus():
            self.default.setText(default_for(recipe, field.name))
        self.steps.setVisible(column is not None)
        if column is not None:
            self.steps.show_column(field, column, headers, contract)
        self._counts.setVisible(line.outcome is not None)
        self._counts.setText(self._counted(line))
        self.tabs.setVisible(trial is not None)
        self._show_rows(trial, contract)
        self.show_detail(line, detail)

    def show_detail(self, line: Line, detail: Detail) -> None:
        """The effects of the steps, and codes for values that the contract does not know."""
        self.steps.show_effects(detail.effects)
        self.values.show(line.field, _worth_showing(line), detail.suggested, detail.said)
        self.table.setColumnHidden(SUGGESTED, not detail.suggested)
        self.table.resizeColumnToContents(ROWS)
        self._offers.setVisible(bool(detail.suggested))
        self.accept_all.setText(self.tr("Accept the %Ln suggestion(s)", "", len(detail.suggested)))

    def choose(self) -> None:
        """Puts the cursor in the column chooser, ready to type a name."""
        self.source.setFocus()
        editor = self.source.lineEdit()
        if editor is not None:
            editor.selectAll()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 12, 0)
        column.setSpacing(6)
        self._label.setProperty("role", "title")
        self._facts.setProperty("role", "small")
        self._counts.setProperty("role", "section")
        for label in (self._label, self._definition, self._facts):
            label.setWordWrap(True)
            column.addWidget(label)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._set_up_source()
        self._add(self.tr("Your &column"), self.source)
        self.confirm.setAccessibleName(self.tr("Confirm this column"))
        self.confirm.setToolTip(self.tr("Say that the program's guess for this field is right (Alt+F)"))
        self._form.addRow(self.confirm)
        self._add(self.tr("&Same value for all rows"), self.default)
        column.addLayout(self._form)
        column.addWidget(self.steps)
        self._counts.setWordWrap(True)
        column.addWidget(self._counts)
        self.tabs = self._make_tabs()
        column.addWidget(self.tabs, 1)
        column.addStretch(0)

    def _make_tabs(self) -> QTabWidget:
        tabs, first = QTabWidget(), QWidget()
        inside = QVBoxLayout(first)
        inside.setContentsMargins(0, 6, 0, 0)
        self._offers = QWidget()
        line = QHBoxLayout(self._offers)
        line.setContentsMargins(0, 0, 0, 0)
        self.accept.setToolTip(self.tr("Give the value at hand the code that is suggested (Ctrl+Space)"))
        self.accept_all.setToolTip(self.tr("Give every value the code that is suggested (Ctrl+Shift+Space)"))
        for button in (self.accept, self.accept_all):
            line.addWidget(button)
        line.addStretch(1)
        inside.addWidget(self.table, 1)
        inside.addWidget(self._offers)
        tabs.addTab(first, self.tr("Values"))
        tabs.addTab(self.row_table, self.tr("Rows, before and after"))
        tabs.setAccessibleName(self.tr("What the column becomes"))
        tabs.setMinimumHeight(7 * self.table.verticalHeader().defaultSectionSize())
        self.row_table.verticalHeader().hide()
        return tabs

    def _add(self, words: str, widget: QComboBox | QLineEdit) -> None:
        label = PlainLabel(words)
        label.setBuddy(widget)
        label.setMinimumHeight(widget.sizeHint().height())
        widget.setAccessibleName(words.replace("&", ""))
        self._form.addRow(label, widget)

    def _set_up_source(self) -> None:
        type_ahead(self.source)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumContentsLength(16)
        self.source.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.source.setMaxVisibleItems(14)

    def _connect(self) -> None:
        self.source.activated.connect(self._chose)
        editor = self.source.lineEdit()
        if editor is not None:
            editor.editingFinished.connect(self._chose)
        self.confirm.clicked.connect(self.confirmed)
        self.default.editingFinished.connect(self._fixed)
        self.values.recoded.connect(self.recoded)
        self.steps.changed.connect(self.stepped)
        self.steps.added.connect(self.step_added)
        self.accept.clicked.connect(self._accept)
        self.accept_all.clicked.connect(self._accept_all)
        QShortcut(QKeySequence("Ctrl+Space"), self, self._accept)
        QShortcut(QKeySequence("Ctrl+Shift+Space"), self, self._accept_all)

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
        header.setMinimumSectionSize(9 * self.fontMetrics().averageCharWidth())
        return table

    def _fill_sources(self, headers: Sequence[str], now: str) -> None:
        same = (self._field, tuple(headers), now)
        if same == self._filled:
            return
        self._filled = same
        self.source.blockSignals(True)
        self.source.clear()
        self.source.addItem(self.tr("no column"), "")
        for header in headers:
            self.source.addItem(header, header)
        if now and now not in headers:
            self.source.addItem(self.tr("{column} (not in the file)").format(column=now), now)
        self.source.setCurrentIndex(max(0, self.source.findData(now)))
        self._now = now
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

    def _counted(self, line: Line) -> str:
        """How many rows are filled, how many of them change, and what finds no match."""
        outcome = line.outcome
        if outcome is None:
            return ""
        number = self.session.number
        said = [
            self.tr("Rows filled: {filled}, changed: {changed}.").format(
                filled=number(outcome.filled), changed=number(outcome.changed)
            )
        ]
        if outcome.unfit:
            words = self.tr("Without a match: {rows} rows, {values} different values.")
            said.append(words.format(rows=number(outcome.unfit), values=number(outcome.unfit_values)))
        else:
            said.append(self.tr("The contract knows every value."))
        if len(_worth_showing(line)) < outcome.distinct:
            said.append(self.tr("Not all values are listed: those without a match come first."))
        return " ".join(said)

    def _show_rows(self, trial: ColumnTrial | None, contract: Contract) -> None:
        if trial is None:
            self.rows.show([], [])
            return
        states = {"unfit": self.tr("no match"), "changed": self.tr("changed"), "same": self.tr("as it was")}
        after = [f"→ {self.session.say(contract.field(name).label)}" for name in trial.fields]
        rows = [
            [self.session.number(row.row), *row.before, *row.after, states[row.state]] for row in trial.rows
        ]
        self.rows.show([self.tr("Row"), *trial.headers, *after, self.tr("State")], rows)
        self.row_table.resizeColumnsToContents()

    def _chose(self) -> None:
        place = chosen(self.source)
        header = str(self.source.itemData(place) or "") if place >= 0 else self._now
        if header != self._now:
            self.sourced.emit(header)
        elif place < 0:  # typed, and no column or several are meant: back to what it was
            self.source.setCurrentIndex(max(0, self.source.findData(self._now)))

    def _fixed(self) -> None:
        if self.default.isModified():
            self.default.setModified(False)
            self.defaulted.emit(self.default.text().strip())

    def _accept(self) -> None:
        index = self.table.currentIndex()
        suggestion = self.values.suggestion(index.row()) if index.isValid() else None
        if suggestion is not None:
            self.recoded.emit({suggestion.local: suggestion.code})

    def _accept_all(self) -> None:
        if suggested := self.values.suggested:
            self.recoded.emit(suggested)

    def keep_row(self) -> Any:
        """The line of the values at hand, to come back to after an edit."""
        return self.table.currentIndex().row(), self.table.currentIndex().column(), self.table.hasFocus()

    def take_row(self, kept: Any) -> None:
        """Comes back to it."""
        row, column, focus = kept
        if 0 <= row < self.values.rowCount():
            self.table.setCurrentIndex(self.values.index(row, column))
        if focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _worth_showing(line: Line) -> Sequence[Tried]:
    """All values of a closed list; of free values those that do not fit, and a few that do."""
    tried = line.outcome.values if line.outcome is not None else ()
    if line.field.codes:
        return tried
    return [*(value for value in tried if not value.fits), *[value for value in tried if value.fits][:8]]
