"""Send: a letter to read before one button; then bytes and time left, and the verified receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks
from desktop_app.ui.send import work
from desktop_app.ui.send.dispatch_bar import DispatchBar
from desktop_app.ui.send.letter_view import LetterView
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from desktop_app.core.stages import Receipt
    from desktop_app.core.transport import Enrolment
    from desktop_app.core.workspace import OutboxEntry
    from desktop_app.ui.send.letter import Letter
    from validation_rules.text import Text

AGAIN_MS = 1_500
WAIT_MS = 300
WAITING = "Waiting for the registry"  # what the courier says while it waits, for an answer or to try again


class SendPage(QWidget):
    """The state is read from the workspace each time, so that a crash changes nothing of what is said."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.letter: Letter | None = None
        self._job: tasks.Job | None = None
        self._paused = False
        self._act: Callable[[], object] = self._send
        self._receipt = ""
        self._wait, self._again = self._timer(WAIT_MS, self.refresh), self._timer(AGAIN_MS, self._resume)
        self._empty = EmptyState(
            "send",
            self.tr("Nothing to send yet"),
            self.tr("Load, map and check a file: the batch leaves from here."),
        )
        self.view, self.bar = LetterView(session), DispatchBar(session)
        self._stack = QStackedWidget()
        self._lay_out()
        self.setFocusProxy(self.view.columns)  # reading comes before the button
        self.bar.primary.connect(self._press)
        self.bar.secondary.connect(self._save_receipt)
        self.bar.pause.connect(self.pause)
        session.changed.connect(self._changed)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Send")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr(
            "What leaves, for whom and in what form, before it leaves; then the registry’s receipt."
        )

    def _timer(self, interval: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        filled, inner, body, text = QWidget(), QVBoxLayout(), QWidget(), QVBoxLayout()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("The letter"))
        scroll.setProperty("framed", True)  # room for the mark of the keyboard, which would not be drawn else
        body.setObjectName("page")
        body.setLayout(text)
        text.setContentsMargins(24, 16, 24, 16)
        text.addWidget(self.view, 1)
        scroll.setWidget(body)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner.setContentsMargins(0, 0, 0, 12)
        inner.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.addWidget(self.bar)
        inner.addLayout(foot)
        filled.setLayout(inner)
        for widget in (self._empty, filled):
            self._stack.addWidget(widget)
        self._filled = filled
        column.addWidget(self._stack)

    # What is shown

    def refresh(self) -> None:
        """Says where the batch is, and writes the letter again while it has not left."""
        bench, workspace = self.session.bench, self.session.workspace
        if bench is None or workspace is None:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentWidget(self._filled)
        if self._job is not None:
            return
        self._receipt = ""
        sealed = work.sealed_id(workspace, self.session.batch)
        entry = workspace.outbox.get(sealed) if sealed else None
        if entry is not None and entry.state != "refused":
            self._show_entry(sealed, entry)
        elif left := self.session.left():
            self._show_blocked(left)
        elif self._enrolment() is None:
            self._show_stranger()
        else:
            self._show_ready(entry)
        if self.letter is None and not self._receipt:
            self._outline()

    def _outline(self) -> None:
        bench = self.session.bench
        if bench is not None:
            tasks.run(self, work.persons(bench), self._outlined, lane="io")

    def _outlined(self, persons: int) -> None:
        bench = self.session.bench
        if bench is not None and self.letter is None and not self._receipt:
            self.view.show_outline(bench.contract, bench.records, persons, self._enrolment())

    def _show_blocked(self, left: int) -> None:
        words = self.tr("Sending is closed: %Ln finding(s) still to be corrected or confirmed.", "", left)
        detail = self.tr("Errors are corrected; the others are corrected, or confirmed with a reason.")
        self._forget_letter()
        self._act = self._go_fix
        self.bar.say("error", "error", words, detail, self.tr("Go and fix them"))

    def _show_stranger(self) -> None:
        words = self.tr("This site is not enrolled with a registry yet.")
        detail = self.tr("Import the enrolment file that the registry gave you; nothing can leave before.")
        self._forget_letter()
        self._act = self._go_settings
        self.bar.say("key", "confirm", words, detail, self.tr("Open the settings"))

    def _show_ready(self, refused: OutboxEntry | None) -> None:
        bench, workspace = self.session.bench, self.session.workspace
        if self.letter is None and bench is not None and workspace is not None:
            self.bar.say("busy", "accent", self.tr("The letter is being written…"))
            job = work.letter(bench, workspace, date.today())
            tasks.run(self, job, self._written, self._unwritten, lane="io")
            return
        self._act = self._send
        count = self.letter.records if self.letter else 0
        words = self.tr("Ready to leave.")
        detail = self.tr("It is sealed on this computer; only the two recipients can open it.")
        if refused is not None:
            words = self.tr("The registry refused the last sending: {why}").format(why=self._why(refused))
            detail = self.tr("Once put right, it leaves as a new sending.")
        shape = ("error", "error") if refused is not None else ("send", "accent")
        self.bar.say(*shape, words, detail, self.tr("Send %Ln record(s)", "", count))

    def _show_entry(self, sealed: str, entry: OutboxEntry) -> None:
        if entry.state == "sent":
            self._show_sent(sealed)
            return
        self._act = self._resume
        words = self.tr("Sealed, waiting to go.")
        detail = self.tr("The batch is kept sealed on this computer; go on whenever you like.")
        if entry.state == "stopped":
            words = self.tr("Stopped: {why}").format(why=self._why(entry))
            detail = self.tr("Put it right, then go on: what was sent stays sent.")
        elif self._paused:
            words = self.tr("Paused at {done} of {total}.").format(
                done=self._size(entry.offset), total=self._size(entry.size)
            )
        elif entry.next_try is not None:
            seconds = max(0, round((entry.next_try - datetime.now(UTC)).total_seconds()))
            words = self.tr("The registry does not answer. Next try in %Ln second(s).", "", seconds)
        self.bar.say(
            "offline" if entry.next_try else "batches", "confirm", words, detail, self.tr("Go on sending")
        )

    def _show_sent(self, sealed: str) -> None:
        try:
            receipt = work.receipt_of(self.session.workspace, sealed)
        except AppError as error:
            self._show_distrust(self.session.say(error.todo))
            return
        if receipt is None:
            self._show_distrust("")
            return
        self._receipt, self._act, self.letter = receipt.jws, self._go_feedback, None
        words = self.tr("Sent. Receipt {number}, verified.").format(number=receipt.number)
        workspace = self.session.workspace
        answered = workspace is not None and workspace.feedback.get(sealed) is not None
        detail = (
            self.tr("The registry has answered: its feedback waits to be read.")
            if answered
            else self.tr("Nothing more to do: the registry links the batch, then its feedback comes.")
        )
        self._show_receipt(receipt)
        self.bar.say("done", "done", words, detail, self.tr("See the feedback"), self.tr("Save the receipt…"))

    def _show_receipt(self, receipt: Receipt) -> None:
        workspace, bench, enrolment = self.session.workspace, self.session.bench, self._enrolment()
        entry = workspace.outbox.get(receipt.batch_id) if workspace is not None else None
        if bench is not None and enrolment is not None and entry is not None:
            self.view.show_receipt(bench.contract, enrolment, receipt, entry.size)

    def _show_distrust(self, todo: str) -> None:
        words = self.tr("The receipt does not verify: the batch does not count as sent.")
        self.bar.say("error", "error", words, todo)

    def _size(self, value: int) -> str:
        return self.session.size(value)

    def _why(self, entry: OutboxEntry) -> str:
        """The reason of a stop or a refusal, from the sentences we know; else its code."""
        from desktop_app.core.batches.refusals import REASONS

        known = REASONS.get(entry.last_error or "")
        return self.session.say(known.what) if known is not None else str(entry.last_error or "")

    def _enrolment(self) -> Enrolment | None:
        from desktop_app.core.transport import load_enrolment

        return load_enrolment(self.session.workspace) if self.session.workspace is not None else None

    def _written(self, letter: Letter) -> None:
        self.letter = letter
        self.view.show_letter(letter)
        self.refresh()

    def _unwritten(self, error: AppError) -> None:
        self._act = self._retry
        what, todo = self.session.say(error.what), self.session.say(error.todo)
        self.bar.say("error", "error", what, todo, self.tr("Try again"))

    def _forget_letter(self) -> None:
        if self.letter is not None:
            self.letter = None
            self._outline()

    # What the person does

    def _press(self) -> None:
        self._act()

    def _retry(self) -> None:
        self.letter = None
        self.refresh()

    def _go_fix(self) -> None:
        self.session.go.emit("fix")

    def _go_settings(self) -> None:
        self.session.go.emit("settings")

    def _go_feedback(self) -> None:
        self.session.go.emit("feedback")

    def _send(self) -> None:
        session = self.session
        if session.bench is not None and session.workspace is not None and session.batch is not None:
            self._begin(work.send(session.bench, session.workspace, session.batch.id, date.today()))

    def _resume(self) -> None:
        if self._job is None and self.session.workspace is not None:
            self._begin(work.resume(self.session.workspace))

    def _begin(self, job: work.Work[Receipt | None]) -> None:
        self._paused = False
        self._again.stop()
        self.bar.under_way(self.tr("Preparing the batch"))
        self._job = self.session.under_way("send", tasks.run(self, job, self._sent, self._failed, lane="net"))
        self._job.progressed.connect(self._progressed)
        self._job.finished.connect(self._ended)

    def _progressed(self, done: int, total: int | None, what: Text) -> None:
        if self._job is None or self._job.cancelled:
            return
        waiting = self._retrying(what)
        if waiting:
            self.session.note_contact(False)
            self.bar.hold(waiting, self.tr("The batch is sealed and kept: it leaves by itself once it can."))
        else:
            self.bar.progressed(done, total, what)

    def _retrying(self, what: Text) -> str:
        """What to say while the registry does not answer; empty while it does."""
        workspace = self.session.workspace
        if workspace is None or what.en != WAITING:
            return ""
        entry = workspace.outbox.get(work.sealed_id(workspace, self.session.batch))
        if entry is None or entry.next_try is None:
            return ""
        left = max(0, round((entry.next_try - datetime.now(UTC)).total_seconds()))
        return self.tr("The registry does not answer. Next try in %Ln second(s).", "", left)

    def pause(self) -> None:
        """Stops for now: a sealed batch stays in the outbox, with what the registry already has."""
        if self._job is not None:
            self._paused = True
            self._job.cancel()

    def _sent(self, receipt: Receipt | None) -> None:
        self.session.note_contact(True)

    def _failed(self, error: AppError) -> None:
        self.session.fail(error)

    def _ended(self) -> None:
        self._job = None
        self.session.note_saved()
        self.session.changed.emit("outbox")
        self.refresh()

    def _save_receipt(self) -> None:
        word = self.tr("receipt")
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the receipt"),
            str(Path.home() / f"{word}-{self.session.today}.jws"),
            self.tr("Signed receipts (*.jws)"),
        )
        if chosen:
            self.save_receipt(Path(chosen))

    def save_receipt(self, path: Path) -> None:
        """Writes the signed receipt as it came."""
        job = work.save_receipt(self._receipt, path, self.session.own_files)
        tasks.run(self, job, self._saved, lane="io")

    def _saved(self, path: Path) -> None:
        self.session.message.emit(self.tr("The receipt is written: {name}").format(name=path.name))

    # When to look again

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _changed(self, change: str) -> None:
        if change in ("findings", "batch", "settings"):
            self.letter = None
        if self.isVisible() and change != "outbox":
            self._wait.start()
