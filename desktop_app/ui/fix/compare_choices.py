"""The two choices beside correcting: all of these records are right, or one of them is withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.fix.reason_box import ReasonBox
from desktop_app.ui.plain import PlainLabel
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.side_by_side import SideBySide


class KeepBox(QWidget):
    """Keep them all, with a reason. `asked` carries (reason, note)."""

    asked = Signal(str, str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        from desktop_app.core.corrections import CONFIRMATION_REASONS

        self._title, self._which = PlainLabel(), PlainLabel()
        self._title.setProperty("role", "section")
        self._which.setProperty("role", "muted")
        for label in (self._title, self._which):
            label.setWordWrap(True)
        self.reason = ReasonBox(CONFIRMATION_REASONS, language, self.tr("Why they are right as they are"))
        self.button = QPushButton()
        self.button.clicked.connect(self.apply)
        self.reason.changed.connect(self._changed)
        self.reason.entered.connect(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._title, self._which, self.reason, self.button):
            column.addWidget(widget)
        column.addStretch(1)

    def show_records(self, records: SideBySide | None) -> None:
        """Offers to keep these records as they are; hidden where that cannot be confirmed."""
        self.setVisible(records is not None and bool(records.keeps))
        if records is None or not records.keeps:
            return
        count = len(records.rows)
        self._title.setText(
            {
                "tumours": self.tr("They are %Ln different tumours: keep them all", "", count),
                "persons": self.tr("It is right: keep the %Ln records as they are", "", count),
                "records": self.tr("They are %Ln different events: keep them all", "", count),
            }[records.question]
        )
        rules = ", ".join(dict.fromkeys(rule for _, rule in records.keeps))
        self._which.setText(self.tr("Confirms {rules} on these rows.").format(rules=rules))
        self.button.setText(self.tr("Confirm %Ln finding(s)", "", len(records.keeps)))
        self._changed()

    def apply(self) -> None:
        """Confirms with the reason chosen."""
        if self.isVisible() and self.button.isEnabled():
            self.asked.emit(self.reason.reason, self.reason.note)

    def _changed(self) -> None:
        self.button.setEnabled(self.reason.whole)


class SameBox(QWidget):
    """Withdraw one. `asked` carries ([row], row kept, reason, note, whether to complete the row kept)."""

    asked = Signal(object, int, str, str, bool)

    def __init__(self, language: Language) -> None:
        super().__init__()
        from desktop_app.core.withdrawals import WITHDRAWAL_REASONS

        self._records: SideBySide | None = None
        self._title = PlainLabel()
        self._title.setProperty("role", "section")
        self._title.setWordWrap(True)
        self.out, self.kept = QComboBox(), QComboBox()
        self.out.setAccessibleName(self.tr("Record to withdraw"))
        self.kept.setAccessibleName(self.tr("Record to keep"))
        self.complete = QCheckBox()
        self.reason = ReasonBox(WITHDRAWAL_REASONS, language, self.tr("Why it is withdrawn"))
        self.button = QPushButton()
        self.button.clicked.connect(self.apply)
        self.out.currentIndexChanged.connect(self._fill_kept)
        self.kept.currentIndexChanged.connect(self._changed)
        self.reason.changed.connect(self._changed)
        self.reason.entered.connect(self.apply)
        form = QHBoxLayout()
        for words, box in ((self.tr("Withdraw"), self.out), (self.tr("same as"), self.kept)):
            form.addWidget(PlainLabel(words))
            form.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addLayout(form)
        for widget in (self.complete, self.reason, self.button):
            column.addWidget(widget)
        column.addStretch(1)

    def show_records(self, records: SideBySide | None) -> None:
        """Offers to withdraw one of these records; hidden where none can be another."""
        known = self._records
        self._records = records
        self.setVisible(records is not None and records.withdraws)
        if records is None or not records.withdraws:
            return
        self._title.setText(
            self.tr("It is the same tumour: withdraw one record")
            if records.question == "tumours"
            else self.tr("It is the same event, entered twice: withdraw one record")
        )
        self.reason.choose("same_tumour" if records.question == "tumours" else "same_record")
        if known is None or known.rows != records.rows:
            self.out.clear()
            # The later of two rows is the likelier copy; the choice stays the person's.
            for row in sorted(records.rows, reverse=True):
                self.out.addItem(self.tr("Row {row}").format(row=row), row)
        self._changed()

    def _fill_kept(self) -> None:
        if self._records is None:
            return
        self.kept.clear()
        for row in self._records.rows:
            if row != self.out.currentData():
                self.kept.addItem(self.tr("Row {row}").format(row=row), row)
        self._changed()

    def _changed(self) -> None:
        out, kept = self.out.currentData(), self.kept.currentData()
        if self._records is None or out is None or kept is None:
            self.button.setEnabled(False)
            return
        more = len(self._records.completed(kept, out))
        self.complete.setVisible(more > 0)
        self.complete.setText(
            self.tr("First fill %Ln blank field(s) of row {row} with its values", "", more).format(row=kept)
        )
        self.button.setText(self.tr("Withdraw row {row} from the batch").format(row=out))
        self.button.setEnabled(self.reason.whole)

    def apply(self) -> None:
        """Withdraws the record chosen."""
        if self.isVisible() and self.button.isEnabled():
            complete = self.complete.isChecked() and not self.complete.isHidden()
            self.asked.emit(
                [self.out.currentData()],
                self.kept.currentData(),
                self.reason.reason,
                self.reason.note,
                complete,
            )
