"""The page of a rule, as the documents have it: what it asks, why, examples, and its exact condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.plain import paragraph
from desktop_app.ui.widgets.badge import SeverityBadge
from desktop_app.ui.widgets.room import open_at
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table
from validation_rules.pages import Page, rule_page
from validation_rules.text import Language

if TYPE_CHECKING:
    from validation_rules.contract import Contract

_WIDE, _HIGH = 100, 42  # in average characters, and in lines
_MOST_LINES = 8


class RuleDialog(QDialog):
    """Opens beside the finding and leaves the page behind it in use; Escape closes it."""

    def __init__(self, contract: Contract, rule_id: str, language: Language, parent: QWidget) -> None:
        super().__init__(parent)
        self.page: Page = rule_page(contract, rule_id, language)
        self._severity = contract.rule(rule_id).severity
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Rule {rule}").format(rule=rule_id))
        self.examples, self.fold, self.condition = self._make_examples(), self._make_fold(), QWidget()
        self._lay_out()
        open_at(self, _WIDE, _HIGH)
        self.fold.setFocus()

    def _lay_out(self) -> None:
        inside, scroll = QWidget(), QScrollArea()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        self._head(column)
        self._words(column)
        if self.examples is not None:
            column.addWidget(paragraph(self.tr("Examples"), "section"))
            column.addWidget(self.examples)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._fill_condition()
        column.addWidget(self.condition)
        column.addStretch(1)
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 12, 12)
        outer.addWidget(scroll, 1)
        outer.addWidget(buttons)

    def _head(self, column: QVBoxLayout) -> None:
        page = self.page
        column.addWidget(SeverityBadge(self._severity, page.severity), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(paragraph(page.title, "title"))
        mark = self.tr("rule of the site, never sent") if page.site else page.family
        told = self.tr("{rule}, version {version}, {family}")
        column.addWidget(
            paragraph(told.format(rule=page.rule_id, version=page.version, family=mark), "muted")
        )

    def _words(self, column: QVBoxLayout) -> None:
        page = self.page
        fields = "\n".join(f"{label} ({name})" for name, label in page.fields)
        for title, words in (
            (self.tr("What it says"), page.message),
            (self.tr("Why it matters"), page.why),
            (self.tr("What to do"), page.fix),
            (self.tr("Fields it reads"), fields),
            (self.tr("Where it comes from"), page.source),
        ):
            if words:
                column.addWidget(paragraph(title, "section"))
                column.addWidget(paragraph(words))

    def _make_examples(self) -> QTableView | None:
        page = self.page
        if not page.examples:
            return None
        columns = [self.tr("Verdict"), *page.columns]
        verdicts = {True: self.tr("found"), False: self.tr("accepted")}
        rows = [[verdicts[example.fails], *example.cells] for example in page.examples]
        model = RowsModel(self)
        model.show(columns, rows)
        table = plain_table(model, self.tr("Examples"))
        table.verticalHeader().hide()
        fit_columns(table, columns, rows)
        line = table.verticalHeader().defaultSectionSize()
        lines = min(len(rows), _MOST_LINES) + 2
        table.setFixedHeight(lines * line + 8)
        return table

    def _make_fold(self) -> QPushButton:
        fold = QPushButton(self.tr("Exact condition"))
        fold.setProperty("role", "link")
        fold.setCheckable(True)
        fold.setAutoDefault(False)
        fold.setToolTip(self.tr("Shows or hides the condition that the computer evaluates"))
        fold.toggled.connect(self._unfold)
        return fold

    def _fill_condition(self) -> None:
        column = QVBoxLayout(self.condition)
        column.setContentsMargins(0, 0, 0, 0)
        sql = QPlainTextEdit(self.page.predicate)
        sql.setReadOnly(True)
        sql.setTabChangesFocus(True)
        sql.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        sql.setAccessibleName(self.tr("Exact condition"))
        shown = min(
            _MOST_LINES, 2 + len(self.page.predicate) // (_WIDE - 16) + self.page.predicate.count("\n")
        )
        sql.setFixedHeight(shown * sql.fontMetrics().lineSpacing() + 16)
        column.addWidget(sql)
        for name, meaning in self.page.terms:
            column.addWidget(paragraph(f"{name}  {meaning.replace('`', '')}", "muted"))
        self.condition.hide()

    def _unfold(self, shown: bool) -> None:
        self.condition.setVisible(shown)
