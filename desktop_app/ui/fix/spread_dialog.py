"""One suggestion for many rows: what would change, before and after, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.core.suggestions import Spread, Suggester, Suggestion
from desktop_app.ui import tasks
from desktop_app.ui.fix.scope import Scope
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.room import open_at
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.ui.models.causes import Case

_WIDE, _HIGH = 108, 24  # in average characters, and in lines
_LINES = 200
_STEPS = 1000


class SpreadDialog(QDialog):
    """Works it out in the background; `asked` carries the cells (row_id, field, new) and the way they were
    found. Escape leaves everything as it is."""

    asked = Signal(object, str)

    def __init__(
        self,
        suggester: Suggester,
        language: Language,
        suggestion: Suggestion,
        case: Case,
        rows: pl.Series,
        scope: Scope,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._contract = suggester.contract
        self._language: Language = language
        self._name = suggestion.name.in_(language)
        self.spread: Spread | None = None
        self._words, self._bar = PlainLabel(), QProgressBar()
        self._model = RowsModel(self)
        self._table = plain_table(self._model, self.tr("Before and after"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.button = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out(scope)

        def work(progress: Progress) -> Spread:
            same = scope is Scope.SAME
            return suggester.spread(suggestion, case.rule_id, case.field, rows, same, progress)

        self._job = tasks.run(self, work, self._found, self._failed, lane="look")
        self._job.progressed.connect(self._progressed)
        self.finished.connect(self._job.cancel)

    def _lay_out(self, scope: Scope) -> None:
        titles = {
            Scope.SAME: self.tr("All rows with these values"),
            Scope.RULE: self.tr("All findings of this rule"),
        }
        self.setWindowTitle(titles.get(scope, ""))
        self._words.setWordWrap(True)
        self._words.setText(self.tr("Each row is tried on the rules…"))
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._table.verticalHeader().hide()
        self.button.setProperty("role", "primary")
        self.button.setEnabled(False)
        self.button.setText(self.tr("Correct"))
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._buttons.accepted.connect(self._accept)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        title = PlainLabel(self._name[:1].upper() + self._name[1:])
        title.setProperty("role", "section")
        for widget in (title, self._words, self._bar):
            column.addWidget(widget)
        column.addWidget(self._table, 1)
        column.addWidget(self._buttons)
        open_at(self, _WIDE, _HIGH)

    def _progressed(self, done: int, total: int | None, _what: Text) -> None:
        if total:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(done * _STEPS // total)

    def _found(self, spread: Spread) -> None:
        self.spread = spread
        self._bar.hide()
        self._words.setText(self._told(spread))
        self.button.setText(self.tr("Correct %Ln row(s)", "", spread.rows))
        self.button.setEnabled(spread.rows > 0)
        self._fill(spread)
        if spread.rows:
            self.button.setFocus()

    def _failed(self, error: AppError) -> None:
        self._bar.hide()
        self._words.setText(f"{error.what.in_(self._language)} {error.todo.in_(self._language)}")

    def _told(self, spread: Spread) -> str:
        if not spread.rows:
            return self.tr("No row can be corrected this way.")
        parts = [self.tr("%Ln row(s) would be corrected; nothing is written yet.", "", spread.rows)]
        left = spread.asked - spread.rows
        if left:
            parts.append(
                self.tr(
                    "%Ln row(s) stay as they are: no value, more than one value, or another error.",
                    "",
                    left,
                )
            )
        if spread.adds:
            parts.append(self.tr("%Ln row(s) would then have something to confirm.", "", spread.adds))
        return " ".join(parts)

    def _fill(self, spread: Spread) -> None:
        blank = self.tr("blank")
        number = self.locale().toString
        changes = spread.changes(_LINES)
        rows = [
            [self._contract.field(field).label.in_(self._language), old or blank, new or blank, number(count)]
            for field, old, new, count in changes.iter_rows()
        ]
        columns = [self.tr("Field"), self.tr("Before"), self.tr("After"), self.tr("Rows")]
        self._model.show(columns, rows)
        fit_columns(self._table, columns, rows)

    def _accept(self) -> None:
        if self.spread is not None and self.spread.rows:
            self.asked.emit(self.spread.cells.select("row_id", "field", "new"), self._name)
            self.accept()
