"""The changes that hold: old value, new value, who, when, why; one, many or all of a rule are taken back."""

from __future__ import annotations

from typing import Any

import polars as pl
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton

from desktop_app.core.change_set import change_set, of_rule, reason_words, rules_of
from desktop_app.ui.fix.lists import LinesList
from desktop_app.ui.models.causes import rule_name
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from validation_rules.contract import Contract


class ChangesList(LinesList):
    """`discard_asked` carries cells (row_id, field) and rows whose record comes back."""

    discard_asked = Signal(object, object)

    def __init__(self, session: Session, contract: Contract) -> None:
        super().__init__(session)
        self._contract = contract
        self._changes = pl.DataFrame()
        self.rule = QComboBox()
        self.rule.setAccessibleName(self.tr("Changes of one rule"))
        self.rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.rule.setMinimumContentsLength(36)
        self.rule.currentIndexChanged.connect(self._narrow)
        label = PlainLabel(self.tr("&Rule"))
        label.setBuddy(self.rule)
        self.amount = PlainLabel()
        self.amount.setProperty("role", "muted")
        for widget in (label, self.rule, self.amount):
            self.top.addWidget(widget)
        self.top.addStretch(1)
        self.discard, self.discard_all = QPushButton(), QPushButton()
        self.discard.clicked.connect(self._discard)
        self.discard_all.clicked.connect(self._discard_all)
        for button in (self.discard, self.discard_all):
            button.setAutoDefault(False)
            self.bottom.addWidget(button)
        self.bottom.addStretch(1)
        nothing = self.tr("Nothing was changed yet: what you correct or withdraw is listed here.")
        self.build(self.tr("Changes of this batch, latest first"), self._columns(), nothing)
        self.chosen_changed()

    def _columns(self) -> list[tuple[str, str, int]]:
        return [
            ("row_id", self.tr("Row"), 9),
            ("field", self.tr("Field"), 24),
            ("old", self.tr("Before"), 18),
            ("new", self.tr("After"), 24),
            ("rules", self.tr("Rule"), 14),
            ("who", self.tr("Who"), 14),
            ("when", self.tr("When"), 18),
            ("why", self.tr("Why"), 20),
        ]

    def show_changes(self, pending: pl.DataFrame, withdrawn: pl.DataFrame, settled: pl.DataFrame) -> None:
        """Shows what holds; `settled`: the findings that are there no more."""
        self._changes = change_set(pending, withdrawn, settled)
        held = self.rule.currentData()
        self.rule.blockSignals(True)
        self.rule.clear()
        self.rule.addItem(self.tr("All rules"), "")
        for rule_id, count in rules_of(self._changes):
            name = rule_name(self._contract, rule_id, self.session.language)
            self.rule.addItem(f"{name} ({self.session.number(count)})", rule_id)
        self.rule.setCurrentIndex(max(self.rule.findData(held), 0))
        self.rule.blockSignals(False)
        self.offer(self._changes.height > 0)
        self._narrow()

    def _narrow(self) -> None:
        rule_id = self.rule.currentData()
        lines = of_rule(self._changes, rule_id) if rule_id else self._changes
        self.show_lines(lines)
        number = self.session.number
        self.amount.setText(
            self.tr("{shown} of {all}").format(shown=number(lines.height), all=number(self._changes.height))
        )
        self.chosen_changed()

    def chosen_changed(self) -> None:
        """The buttons say how many lines they are about."""
        chosen = len(self.table.selectionModel().selectedRows())
        self.discard.setText(
            self.tr("Take back the %Ln selected", "", chosen)
            if chosen
            else self.tr("Take back the selection")
        )
        self.discard.setEnabled(chosen > 0)
        shown = self.model.frame.height
        self.discard_all.setText(self.tr("Take back all %Ln shown", "", shown))
        self.discard_all.setEnabled(shown > 0)

    def _discard(self) -> None:
        self._ask(self.chosen())

    def _discard_all(self) -> None:
        self._ask(self.model.frame)

    def _ask(self, lines: pl.DataFrame) -> None:
        if lines.height:
            cells = lines.filter(pl.col("field").is_not_null()).select("row_id", "field")
            records = lines.filter(pl.col("field").is_null())["row_id"]
            self.discard_asked.emit(cells.rows(), records.to_list())

    def words(self, line: dict[str, Any], name: str) -> str:
        """A value, or what happened to the record, in words."""
        value, field = line[name], line["field"]
        if name == "when":
            return self.moment(value)
        if name == "field":
            label = None if field is None else self._contract.field(field).label
            return self.tr("The whole record") if label is None else label.in_(self.session.language)
        if name in ("old", "new") and field is not None:
            return value or self.tr("blank")
        if name == "old":
            return self.tr("in the batch")
        if name == "new":
            kept = line["kept"]
            return self.tr("withdrawn, same as row {row}").format(row=kept) if kept else self.tr("withdrawn")
        if name == "why":
            words = reason_words("withdraw" if field is None else "edit", value or "")
            return ". ".join(part for part in (words.in_(self.session.language), line["note"]) if part)
        return "" if value is None else str(value)
