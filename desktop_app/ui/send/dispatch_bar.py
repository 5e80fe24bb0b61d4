"""The foot of the letter: one sentence, the one button, then bytes and time left, then the receipt."""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from validation_rules.text import Text

STEPS = 1000
SURE_AFTER = 1.0  # seconds of sending before a time left is worth telling


class DispatchBar(QFrame):
    """Emits `primary`, `secondary` and `pause`; the page decides what the buttons mean."""

    primary = Signal()
    secondary = Signal()
    pause = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._begun, self._from = 0.0, 0
        self.setProperty("role", "card")
        self._icon, self._words, self._detail = PlainLabel(), PlainLabel(), PlainLabel()
        self._bar = QProgressBar()
        self.button, self.other, self.stop = QPushButton(), QPushButton(), QPushButton(self.tr("Pause"))
        self._lay_out()

    def _lay_out(self) -> None:
        line, words = QHBoxLayout(self), QVBoxLayout()
        line.setContentsMargins(20, 12, 16, 12)
        line.setSpacing(12)
        words.setSpacing(4)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "section")
        self._detail.setWordWrap(True)
        self._detail.setProperty("role", "muted")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Sending"))
        for widget in (self._words, self._detail, self._bar):
            words.addWidget(widget)
        line.addWidget(self._icon)
        line.addLayout(words, 1)
        self.button.setProperty("role", "primary")
        self.stop.setToolTip(
            self.tr("Stop for now; what was sent stays sent, and sending goes on from there")
        )
        for button, signal in (
            (self.other, self.secondary),
            (self.stop, self.pause),
            (self.button, self.primary),
        ):
            button.clicked.connect(signal)
            line.addWidget(button)

    def say(
        self, icon: str, token: str, words: str, detail: str = "", button: str = "", other: str = ""
    ) -> None:
        """A state in words with its shape; a button without words is not shown."""
        theme.set_icon(self._icon, icon, token, 24)
        self._words.setText(words)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        for widget, name in ((self.button, button), (self.other, other)):
            widget.setText(name)
            widget.setAccessibleName(name)
            widget.setVisible(bool(name))
        self._bar.hide()
        self.stop.hide()
        self.setAccessibleName(f"{words} {detail}")

    def under_way(self, words: str) -> None:
        """Work has begun: a bar and a way to pause."""
        self.say("busy", "accent", words)
        self._begun, self._from = 0.0, 0
        self._bar.setRange(0, 0)
        self._bar.show()
        self.stop.show()

    def hold(self, words: str, detail: str) -> None:
        """Still under way, but nothing moves: says why, and what will happen."""
        theme.set_icon(self._icon, "offline", "confirm", 24)
        self._words.setText(words)
        self._detail.setText(detail)
        self._detail.show()
        self._bar.setRange(0, 0)

    def progressed(self, done: int, total: int | None, what: Text) -> None:
        """Tells where the work is; for bytes, also how long it may still take."""
        theme.set_icon(self._icon, "busy", "accent", 24)
        self._words.setText(self._session.say(what))
        if not total:
            self._bar.setRange(0, 0)
            return
        self._bar.setRange(0, STEPS)
        self._bar.setValue(min(STEPS, done * STEPS // total))
        self._detail.setText(self._left(done, total))
        self._detail.setVisible(bool(self._detail.text()))

    def _left(self, done: int, total: int) -> str:
        now = time.monotonic()
        if not self._begun or done < self._from:
            self._begun, self._from = now, done
        spent, moved = now - self._begun, done - self._from
        count = self.tr("{done} of {total}").format(done=self._amount(done), total=self._amount(total))
        if spent < SURE_AFTER or not moved or done >= total:
            return count
        seconds = round((total - done) * spent / moved)
        return f"{count}, {self._duration(seconds)}"

    def _amount(self, value: int) -> str:
        """Bytes as the locale writes them; small numbers are records, not bytes."""
        if value < 10_000:
            return self._session.number(value)
        return self._session.size(value)

    def _duration(self, seconds: int) -> str:
        if seconds < 90:
            return self.tr("about {n} s left").format(n=max(seconds, 1))
        return self.tr("about {n} min left").format(n=round(seconds / 60))
