"""Settings, what is kept on this computer: folder, copies and backups, retention, locking."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks
from desktop_app.ui.keep import work
from desktop_app.ui.keep.dialogs import PassphraseDialog, PurgeDialog
from desktop_app.ui.plain import PlainLabel, folded
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.cards import card_form, card_row
from desktop_app.ui.widgets.fitting import FittingLabel

if TYPE_CHECKING:
    from desktop_app.core.workspace import BatchRow
    from desktop_app.core.workspace.retention import Purged

YEARS = (0, 12, 24, 36, 60, 120)  # months of retention offered; 0: never
MINUTES_OFFERED = (0, 5, 10, 15, 30, 60)


class KeepCard(QFrame):
    """One card of the page Settings; every change is kept at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._due: list[BatchRow] = []
        self.folder, self._old = FittingLabel(), PlainLabel()
        self._copied, self._saved = PlainLabel(), PlainLabel()
        self.show_folder = QPushButton(self.tr("Show the folder"))
        self.save = QPushButton(self.tr("Back up…"))
        self.bring_back = QPushButton(self.tr("Restore…"))
        self.retention, self.lock_after = self._combo(), self._combo()
        self.destroy_old = QPushButton(self.tr("Destroy identities…"))
        self.forget = QPushButton(self.tr("Forget the recent files"))
        self.forget.setToolTip(self.tr("Empty the list on the page Load; the files themselves stay"))
        self.lock_phrase = QPushButton(self.tr("Passphrase to unlock…"))
        self.change_phrase = QPushButton(self.tr("Change the passphrase…"))
        self._lay_out()
        self._fill()
        self._connect()

    def refresh(self) -> None:
        """Says it again from the session."""
        from desktop_app.core.workspace import retention, unlocking

        session, workspace = self.session, self.session.workspace
        opened, writable = workspace is not None, workspace is not None and not session.readonly
        self.folder.setText(str(workspace.folder) if workspace is not None else "")
        for combo, key, default in (
            (self.retention, retention.MONTHS, retention.DEFAULT_MONTHS),
            (self.lock_after, unlocking.MINUTES, unlocking.DEFAULT_MINUTES),
        ):
            combo.setCurrentIndex(max(0, combo.findData(session.setting(key, default))))
            combo.setEnabled(writable)
        self.show_folder.setEnabled(opened)
        for button in (self.save, self.bring_back, self.destroy_old):
            button.setEnabled(writable)
        self.forget.setEnabled(writable and bool(session.recent.groups()))
        self._show_copies()
        self._show_lock()
        if workspace is not None:
            tasks.run(self, work.due(workspace), self._have_due, self._no_due, lane="watch")

    def _show_copies(self) -> None:
        workspace = self.session.workspace
        if workspace is None:
            return
        from desktop_app.core.workspace.backup import last_backup
        from desktop_app.core.workspace.recovery import copied_at

        copied, saved = copied_at(workspace.folder), last_backup(workspace)
        self._copied.setText(self._moment(copied))
        self._saved.setText(self._moment(saved))

    def _moment(self, when: datetime | None) -> str:
        return self.tr("never") if when is None else self.session.moment(when)

    def _show_lock(self) -> None:
        from desktop_app.core.workspace.unlocking import guarded_by_passphrase

        workspace, secrets = self.session.workspace, self.session.secrets
        own = workspace is not None and secrets is not None and not guarded_by_passphrase(workspace.folder)
        guarded = workspace is not None and secrets is not None and not own
        self.lock_phrase.setVisible(own)
        self.change_phrase.setVisible(guarded)
        self.change_phrase.setEnabled(guarded and not self.session.readonly)

    def _have_due(self, rows: list[BatchRow]) -> None:
        self._due = rows
        self.destroy_old.setEnabled(bool(rows) and not self.session.readonly)
        self._old.setText(
            self.tr("%Ln batch(es) older than that", "", len(rows)) if rows else self.tr("No batch is older")
        )

    def _no_due(self, error: AppError) -> None:
        self._have_due([])

    def _combo(self) -> QComboBox:
        combo = QComboBox()
        combo.setMinimumWidth(self.fontMetrics().averageCharWidth() * 28)
        return combo

    def _lay_out(self) -> None:
        form = card_form(self, self.tr("What is kept on this computer"))
        for label, widgets in (
            (self.tr("Workspace, encrypted"), (self.folder, self.show_folder)),
            (self.tr("List of files"), (self.forget,)),
            (self.tr("Last good copy, on this disk"), (self._copied,)),
            (self.tr("Last backup, elsewhere"), (self._saved, self.save, self.bring_back)),
            (self.tr("&Keep identities"), (self.retention, self._old, self.destroy_old)),
            (self.tr("Loc&k the window"), (self.lock_after, self.lock_phrase, self.change_phrase)),
        ):
            self._row(form, label, *widgets)
        said = folded(
            self.tr(
                "Batches, corrections, receipts and recipes stay here. Identities are only destroyed once "
                "you "
                "agree; receipts never are."
            ),
            "muted",
        )
        said.setMinimumHeight(said.fontMetrics().lineSpacing() * 2 + 4)
        form.addRow(said)

    def _row(self, form: QFormLayout, words: str, *widgets: QWidget) -> None:
        place, line = QWidget(), QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        for widget in widgets:
            widget.ensurePolished()  # its height is that of the style sheet, known only then
            line.addWidget(widget)
        line.addStretch(1)
        place.setLayout(line)
        if not isinstance(widgets[0], QPushButton):  # a button says itself what it does
            widgets[0].setAccessibleName(words.replace("&", ""))
        place.setMinimumHeight(place.sizeHint().height())
        card_row(form, words, place, widgets[0])

    def _fill(self) -> None:
        for months in YEARS:
            words = self.tr("%Ln year(s)", "", months // 12) if months else self.tr("Always")
            self.retention.addItem(words, months)
        for minutes in MINUTES_OFFERED:
            words = self.tr("After %Ln minute(s) without use", "", minutes) if minutes else self.tr("Never")
            self.lock_after.addItem(words, minutes)

    def _connect(self) -> None:
        self.show_folder.clicked.connect(self._open_folder)
        self.forget.clicked.connect(self._forget)
        self.save.clicked.connect(self._ask_backup)
        self.bring_back.clicked.connect(self._ask_restore)
        self.retention.activated.connect(self._set_retention)
        self.lock_after.activated.connect(self._set_lock)
        self.destroy_old.clicked.connect(self._ask_purge)
        self.lock_phrase.clicked.connect(self._ask_lock_phrase)
        self.change_phrase.clicked.connect(self._ask_other_phrase)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))

    def _forget(self) -> None:
        self.session.recent.forget()

    def _set_retention(self) -> None:
        from desktop_app.core.workspace.retention import MONTHS

        self.session.keep_setting(MONTHS, self.retention.currentData())

    def _set_lock(self) -> None:
        from desktop_app.core.workspace.unlocking import MINUTES

        self.session.keep_setting(MINUTES, self.lock_after.currentData())

    def _ask_backup(self) -> None:
        from desktop_app.core.workspace.backup import SUFFIX, suggested_name

        kind = self.tr("Backups of Navette (*{suffix})").format(suffix=SUFFIX)
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Back up the workspace"), suggested_name(datetime.now()), kind
        )
        if not name:
            return
        target = Path(name if name.endswith(SUFFIX) else name + SUFFIX)
        words = self.tr(
            "This passphrase opens the backup, on this computer or another one. Write it down in a safe "
            "place: "
            "without it nobody can read the backup."
        )
        dialog = PassphraseDialog(self.tr("Passphrase of the backup"), words, True, self)
        dialog.given.connect(lambda phrase: self.back_up(target, phrase))
        dialog.open()

    def back_up(self, target: Path, passphrase: str) -> None:
        """Writes the backup off the UI thread."""
        if self.session.workspace is not None:
            job = work.back_up(self.session.workspace, target, passphrase)
            tasks.run(self, job, self._backed_up, label=self.tr("Backing up"), lane="io")

    def _backed_up(self, target: Path) -> None:
        self.refresh()
        self.session.message.emit(self.tr("Backup written: {file}").format(file=target))

    def _ask_restore(self) -> None:
        ask_restore(self.session, self)

    def _ask_purge(self) -> None:
        names = [f"{self.session.moment(row.changed, 'd MMM yyyy')}  {row.name}" for row in self._due]
        dialog = PurgeDialog(names, self)
        # What is named is destroyed, and nothing that becomes due while the person reads.
        dialog.accepted.connect(partial(self.purge, [row.id for row in self._due]))
        dialog.open()

    def purge(self, ids: list[str]) -> None:
        """Destroys the identities of these batches; one on the bench is put away first."""
        workspace = self.session.workspace
        if workspace is None or not ids:
            return
        if self.session.batch is not None and self.session.batch.id in ids:
            self.session.new_batch()
        job = work.purge(workspace, ids)
        tasks.run(self, job, self._purged, label=self.tr("Destroying identities"), lane="io")

    def _purged(self, done: Purged) -> None:
        from desktop_app.core.workspace.retention import in_words

        self.session.changed.emit("settings")
        self.session.changed.emit("batch")
        self.session.message.emit(self.session.say(in_words(done)))

    def _ask_lock_phrase(self) -> None:
        words = self.tr(
            "When the window has locked itself, this passphrase shows it again. Leave it empty to unlock "
            "with "
            "a click; the session of this computer then protects you."
        )
        dialog = PassphraseDialog(self.tr("Passphrase to unlock"), words, True, self, may_be_empty=True)
        dialog.given.connect(self._set_lock_phrase)
        dialog.open()

    def _set_lock_phrase(self, phrase: str) -> None:
        if self.session.secrets is not None:
            job = work.set_lock(self.session.secrets, phrase)
            tasks.run(self, job, self._lock_phrase_set, label=self.tr("Keeping the passphrase"), lane="io")

    def _ask_other_phrase(self) -> None:
        words = self.tr(
            "This workspace opens with a passphrase, which also unlocks the window. Copies and backups made "
            "before keep the one they have."
        )
        dialog = PassphraseDialog(self.tr("Change the passphrase"), words, True, self, replaces=True)
        dialog.exchanged.connect(self.change)
        dialog.open()

    def change(self, old: str, new: str) -> None:
        """The workspace opens with `new` from now on, if `old` is right."""
        if self.session.secrets is not None:
            job = work.change_passphrase(self.session.secrets, old, new)
            tasks.run(self, job, self._changed, label=self.tr("Changing the passphrase"), lane="io")

    def _changed(self, done: None) -> None:
        self.session.message.emit(
            self.tr("Done. This workspace opens with the new passphrase, and no longer with the old one.")
        )

    def _lock_phrase_set(self, done: None) -> None:
        self.session.changed.emit("settings")
        self.session.message.emit(self.tr("Kept. It is asked for when the window has locked itself."))


def ask_restore(session: Session, parent: QWidget) -> None:
    """Which backup, and its passphrase; `session.restore` carries both."""
    from desktop_app.core.workspace.backup import SUFFIX

    kind = QCoreApplication.translate("KeepCard", "Backups of Navette (*{suffix})").format(suffix=SUFFIX)
    name, _ = QFileDialog.getOpenFileName(
        parent, QCoreApplication.translate("KeepCard", "Restore a backup"), "", kind
    )
    if not name:
        return
    words = QCoreApplication.translate(
        "KeepCard",
        "The workspace of the backup takes the place of the one in this folder, which is put aside and not "
        "deleted. Give the passphrase chosen when the backup was made.",
    )
    dialog = PassphraseDialog(
        QCoreApplication.translate("KeepCard", "Restore a backup"), words, False, parent
    )
    dialog.given.connect(lambda phrase: session.restore.emit(Path(name), phrase))
    dialog.open()
