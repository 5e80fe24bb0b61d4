"""What leaves for a colleague: which rows, in which form, with which identities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desktop_app.core.rounds import Identities
    from desktop_app.ui.session import Session

FORMS = ("xlsx", "csv", "html")
_WIDE = 70  # in average characters


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked for."""

    form: str
    only_view: bool
    to_confirm: bool
    identities: Identities
    whole_record: bool


class ExportDialog(QDialog):
    """`asked` comes with the button; the name of the file is asked for afterwards."""

    asked = Signal(object)  # Asked

    def __init__(self, session: Session, in_view: int, narrowed: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Findings for a colleague"))
        self._groups: list[QButtonGroup] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        self._column = column
        self._form = self._choices(
            self.tr("Form"),
            (
                self.tr("Annotated workbook, to fill in and bring back (Excel, LibreOffice)"),
                self.tr("CSV file, to fill in and bring back"),
                self.tr("List to print, by institution"),
            ),
        )
        self._rows = self._choices(
            self.tr("Rows"),
            (self.tr("The %Ln row(s) in view", "", in_view), self.tr("All rows with an open finding")),
        )
        self._rows.button(0 if narrowed else 1).setChecked(True)
        self.to_confirm = QCheckBox(self.tr("Findings to confirm too, not only errors"))
        self.to_confirm.setChecked(True)
        self.whole = QCheckBox(self.tr("All clinical fields, not only those that the findings are about"))
        for box in (self.to_confirm, self.whole):
            column.addWidget(box)
        self._ask_identities()
        self._note()
        self._finish()
        self.setMinimumWidth(_WIDE * self.fontMetrics().averageCharWidth())

    def _choices(self, title: str, texts: Sequence[str]) -> QButtonGroup:
        head = PlainLabel(title)
        head.setProperty("role", "section")
        self._column.addWidget(head)
        group = QButtonGroup(self)
        for number, text in enumerate(texts):
            button = QRadioButton(text)
            button.setAccessibleDescription(title)
            group.addButton(button, number)
            self._column.addWidget(button)
        group.button(0).setChecked(True)
        return group

    def _ask_identities(self) -> None:
        head = PlainLabel(self.tr("Identities"))
        head.setProperty("role", "section")
        self.identities = QComboBox()
        self.identities.setAccessibleName(self.tr("Which identity fields leave"))
        for code, text in (
            ("needed", self.tr("The record’s number, and what a finding is about")),
            ("none", self.tr("None: no name, no number of the patient")),
            ("all", self.tr("All identity fields, to find the medical record")),
        ):
            self.identities.addItem(text, code)
        head.setBuddy(self.identities)
        self._column.addWidget(head)
        self._column.addWidget(self.identities)

    def _note(self) -> None:
        note = PlainLabel(
            self.tr(
                "The file holds health data and is not encrypted: send it only through secure messaging or a "
                "protected share, and delete it once it is brought back."
            )
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        self._column.addSpacing(4)
        self._column.addWidget(note)

    def _finish(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.go = QPushButton(self.tr("Choose the file…"))
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._accepted)
        buttons.rejected.connect(self.reject)
        self._column.addSpacing(4)
        self._column.addWidget(buttons)

    def choose(self, form: str) -> None:
        """Ticks a form."""
        self._form.button(FORMS.index(form)).setChecked(True)

    def _accepted(self) -> None:
        identities: Identities = self.identities.currentData()
        chosen = Asked(
            form=FORMS[max(self._form.checkedId(), 0)],
            only_view=self._rows.checkedId() == 0,
            to_confirm=self.to_confirm.isChecked(),
            identities=identities,
            whole_record=self.whole.isChecked(),
        )
        self.accept()
        self.asked.emit(chosen)
