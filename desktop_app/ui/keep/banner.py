"""The line that stays while the workspace can only be looked at: why, as of when, and a way out."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session


class ReadingBanner(QFrame):
    """Hidden while everything can be changed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "message")
        self.setProperty("severity", "confirm")
        self.setObjectName("reading-banner")
        icon, self._text = PlainLabel(), PlainLabel()
        theme.set_icon(icon, "lock", "confirm", 18)
        self._text.setWordWrap(True)
        self.again = QPushButton(self.tr("Try to open it for writing"))
        self.again.clicked.connect(session.reopen)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(12)
        line.addWidget(icon)
        line.addWidget(self._text, 1)
        line.addWidget(self.again)
        self.refresh()

    @property
    def text(self) -> str:
        """The sentence shown, empty while the banner is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def refresh(self) -> None:
        """Says it again from the session."""
        session = self._session
        self.setVisible(session.readonly)
        if not session.readonly or session.workspace is None:
            return
        why, as_of = session.reading_why, session.workspace.as_of
        words = [session.say(why)] if why is not None else []
        words.append(self.tr("Open for reading only: nothing can be changed here."))
        if as_of is not None:
            words.append(self.tr("You see its state of {moment}.").format(moment=session.moment(as_of)))
        self._text.setText(" ".join(words))
        self.setAccessibleName(self._text.text())
