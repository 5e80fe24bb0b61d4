"""A passphrase, asked for once or twice; and the list of what a purge would destroy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.problems import ProblemList

_WIDE = 62  # average characters


class PassphraseDialog(QDialog):
    """`given(passphrase)` once both spellings agree; a passphrase that exists is asked for once. With
    `replaces`, the one that the new one replaces is asked for first: `exchanged(old, new)`."""

    given = Signal(str)
    exchanged = Signal(str, str)

    def __init__(
        self,
        title: str,
        words: str,
        new: bool,
        parent: QWidget,
        may_be_empty: bool = False,
        replaces: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)  # with what was typed
        self._new, self._may_be_empty = new, may_be_empty
        column = QVBoxLayout(self)
        column.setSpacing(10)
        said = PlainLabel(words)
        said.setWordWrap(True)
        said.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDE)
        column.addWidget(said)
        self.old = self._field(column, self.tr("The passphrase of today")) if replaces else None
        self.phrase = self._field(column, self.tr("New passphrase") if replaces else self.tr("Passphrase"))
        self.again = self._field(column, self.tr("The same passphrase again")) if new else self.phrase
        self._problems = ProblemList("error")
        column.addWidget(self._problems)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Continue"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.submit)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        (self.old or self.phrase).setFocus()

    def _field(self, column: QVBoxLayout, words: str) -> QLineEdit:
        label, field = PlainLabel(words), QLineEdit()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(words)
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        return field

    def submit(self) -> None:
        """Hands it over, or says why not."""
        from desktop_app.core.workspace.passphrase_store import SHORTEST_PASSPHRASE

        phrase = self.phrase.text()
        short = self._new and len(phrase) < SHORTEST_PASSPHRASE and not (self._may_be_empty and not phrase)
        if self.again.text() != phrase:
            self._problems.show_sentences([self.tr("The two passphrases differ. Type the same one twice.")])
        elif short:
            self._problems.show_sentences(
                [self.tr("At least %Ln character(s), please.", "", SHORTEST_PASSPHRASE)]
            )
        else:
            self.accept()
            self.given.emit(phrase)
            if self.old is not None:
                self.exchanged.emit(self.old.text(), phrase)


class PurgeDialog(QDialog):
    """What would be destroyed, and that it cannot be undone; the button that does it is not the default."""

    def __init__(self, batches: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Destroy old identities"))
        column = QVBoxLayout(self)
        column.setSpacing(10)
        head = PlainLabel(
            self.tr(
                "The identities of %Ln batch(es) will be destroyed on this computer: names, values before "
                "and "
                "after each correction, notes, and which row was which record.",
                "",
                len(batches),
            )
        )
        head.setWordWrap(True)
        head.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDE)
        listed = QListWidget()
        listed.addItems(list(batches))
        listed.setAccessibleName(self.tr("Batches whose identities will be destroyed"))
        kept = PlainLabel(
            self.tr(
                "Receipts and confirmations stay. This cannot be undone, and these batches cannot be opened "
                "again. Backups made before are not reached: destroy them too."
            )
        )
        kept.setWordWrap(True)
        for widget in (head, listed, kept):
            column.addWidget(widget)
        buttons = QDialogButtonBox()
        stay = QPushButton(self.tr("Keep them"))
        self.destroy_them = QPushButton(self.tr("Destroy for ever"))
        self.destroy_them.setAutoDefault(False)
        stay.setDefault(True)
        buttons.addButton(stay, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.destroy_them, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        stay.setFocus()
