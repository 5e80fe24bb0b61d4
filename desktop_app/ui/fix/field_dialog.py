"""Everything about one field: definition, form, codes, and the rules that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.fix.rule_dialog import RuleDialog
from desktop_app.ui.models.field_words import leaves_words, required_words, rules_reading
from desktop_app.ui.plain import paragraph
from desktop_app.ui.widgets.room import open_at
from desktop_app.ui.widgets.table import RowsModel, plain_table
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract, Field

_WIDE, _HIGH = 92, 34  # in average characters, and in lines
_FEW_CODES = 12


class FieldDialog(QDialog):
    """Opens beside the grid and leaves the page in use; Escape closes it."""

    def __init__(self, contract: Contract, name: str, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self._contract = contract
        self._language: Language = language
        self.field: Field = contract.field(name)
        self._rules = rules_reading(contract, name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Field {field}").format(field=self.field.label.in_(language)))
        self.codes, self.rules = self._make_codes(), self._make_rules()
        self._lay_out()
        open_at(self, _WIDE, _HIGH)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        column.addWidget(paragraph(self.field.label.in_(self._language), "title"))
        column.addWidget(paragraph(self._facts(), "muted"))
        for words in (self.field.definition, self.field.form):
            if words.in_(self._language).strip():
                column.addWidget(paragraph(words.in_(self._language)))
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName(self.tr("Codes and rules"))
        tabs.tabBar().setAccessibleName(tabs.accessibleName())
        if self.codes is not None:
            tabs.addTab(self.codes, self.tr("Codes (%Ln)", "", len(self.field.codes)))
        tabs.addTab(self.rules, self.tr("Rules (%Ln)", "", len(self._rules)))
        column.addWidget(tabs, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _facts(self) -> str:
        """Name, whether it must be filled in, what stands for unknown, in which form it leaves."""
        field = self.field
        facts = [field.name, required_words(field), leaves_words(field)]
        if field.unknown_value:
            facts.append(self.tr("Unknown: {value}").format(value=field.unknown_value))
        if field.bounds is not None:
            least, most = field.bounds
            facts.append(self.tr("From {least} to {most}").format(least=least, most=most))
        return " · ".join(facts)

    def _make_codes(self) -> QWidget | None:
        field = self.field
        if not field.codes:
            return None
        self._lines = [
            [code, field.code_labels[code].in_(self._language) if code in field.code_labels else ""]
            for code in field.codes
        ]
        self._model = RowsModel(self)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search a code or its meaning"))
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_codes)
        self.search.setVisible(len(field.codes) > _FEW_CODES)
        table = plain_table(self._model, self.tr("Codes of the field"))
        _stretch_last(table)
        line = QHBoxLayout()
        line.addWidget(self.search)
        column.addLayout(line)
        column.addWidget(table, 1)
        self._show_codes("")
        return page

    def _show_codes(self, text: str) -> None:
        wanted = text.strip().lower()
        lines = [line for line in self._lines if wanted in " ".join(line).lower()]
        self._model.show([self.tr("Code"), self.tr("Meaning")], lines)

    def _make_rules(self) -> QTableView:
        model = RowsModel(self)
        words = {
            "error": self.tr("Error"),
            "confirm": self.tr("To confirm"),
            "info": self.tr("For information"),
        }
        model.show(
            [self.tr("Rule"), self.tr("Severity"), self.tr("What it says")],
            [[rule.id, words[rule.severity], rule.title.in_(self._language)] for rule in self._rules],
        )
        table = plain_table(model, self.tr("Rules that read the field; Enter opens one"))
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        _stretch_last(table)
        table.activated.connect(self._open_rule)
        return table

    def _open_rule(self, index: QModelIndex) -> None:
        RuleDialog(self._contract, self._rules[index.row()].id, self._language, self).show()


def _stretch_last(table: QTableView) -> None:
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    table.setColumnWidth(0, 16 * table.fontMetrics().averageCharWidth())
