"""A list of reasons and a note; some reasons say nothing without one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from validation_rules.text import Language, Text

LONGEST_NOTE = 500
NEEDS_NOTE = "other"


class ReasonBox(QWidget):
    """`changed` when what was chosen or written changes; `entered` on Enter in the note."""

    changed = Signal()
    entered = Signal()

    def __init__(self, reasons: Mapping[str, Text], language: Language, question: str) -> None:
        super().__init__()
        self.reasons, self.note_line = QComboBox(), QLineEdit()
        self.reasons.setAccessibleName(question)
        self.reasons.setPlaceholderText(self.tr("Choose a reason"))
        for code, words in reasons.items():
            self.reasons.addItem(words.in_(language), code)
        self.reasons.setCurrentIndex(-1)
        self.reasons.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.note_line.setMaxLength(LONGEST_NOTE)
        self.note_line.setPlaceholderText(self.tr("Note (optional, stays on this computer)"))
        self.note_line.setAccessibleName(self.tr("Note"))
        self.reasons.currentIndexChanged.connect(self.changed)
        self.note_line.textChanged.connect(self.changed)
        self.note_line.returnPressed.connect(self.entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.reasons)
        column.addWidget(self.note_line)

    @property
    def reason(self) -> str:
        """The code of the reason; empty while none is chosen."""
        return str(self.reasons.currentData() or "")

    @property
    def note(self) -> str:
        """What was written."""
        return self.note_line.text().strip()

    @property
    def whole(self) -> bool:
        """Whether a reason is chosen, and explained where it must be."""
        return bool(self.reason) and (self.reason != NEEDS_NOTE or bool(self.note))

    def choose(self, code: str) -> None:
        """Chooses a reason, when there is none yet."""
        if not self.reason:
            self.reasons.setCurrentIndex(self.reasons.findData(code))
