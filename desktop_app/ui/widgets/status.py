"""The status bar: rows and findings, the last contact, the key in use, when everything was last saved."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.fitting import FittingLabel
from desktop_app.ui.widgets.naming import announce

_TELLING_MS = 8000


class StatusBar(QWidget):
    """Always four short sentences, each with a shape; never colour alone. Between them, for a while, the news
    of what was just done."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(8)
        self._rows = self._part(line, "")
        line.addSpacing(16)
        self._news = FittingLabel()
        self._news.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line.addWidget(self._news, 1)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.timeout.connect(self._news.clear)
        self._net_icon = PlainLabel()
        line.addWidget(self._net_icon)
        self._net = self._part(line, "")
        self._key = self._part(line, "key")
        self._saved = self._part(line, "saved")

    def _part(self, line: QHBoxLayout, icon: str) -> QLabel:
        if icon:
            picture = PlainLabel()
            theme.set_icon(picture, icon, "muted", 14)
            line.addSpacing(16)
            line.addWidget(picture)
        label = FittingLabel()
        line.addWidget(label)
        return label

    def tell(self, sentence: str) -> None:
        """A short piece of news that goes away by itself."""
        self._news.setText(sentence)
        announce(self._news, sentence)
        self._telling.start(_TELLING_MS)

    def refresh(self) -> None:
        """Says it again from the session."""
        session = self._session
        self._rows.setText(self._figures())
        reached = session.reached is not False and session.contact_at is not None
        theme.set_icon(self._net_icon, "online" if reached else "offline", "muted", 14)
        self._net.setText(self._contact())
        self._key.setText(self._key_in_use())
        self._saved.setText(self._last_saved())

    def _figures(self) -> str:
        session = self._session
        if session.bench is not None:
            rows, left = session.bench.records, session.left()
            found = (
                self.tr("%Ln finding(s) to settle", "", left) if left else self.tr("nothing left to settle")
            )
            return f"{self.tr('%Ln row(s)', '', rows)}, {found}"
        if session.extract is not None:
            return self.tr("%Ln row(s)", "", session.extract.frame.height)
        return self.tr("No batch open")

    def _contact(self) -> str:
        """Only what is known: nothing is asked of the network to fill a status bar."""
        session = self._session
        if session.reached is False:
            return self.tr("The registry does not answer")
        if session.contact_at is None:
            return self.tr("Registry not asked yet")
        today = session.contact_at.astimezone().date() == datetime.now().date()
        when = session.moment(session.contact_at, "HH:mm" if today else "d MMM yyyy")
        return self.tr("Registry reached, {time}").format(time=when)

    def _key_in_use(self) -> str:
        key = self._session.key_in_use
        return self.tr("Key {key} verified").format(key=key) if key else self.tr("No key: not enrolled yet")

    def _last_saved(self) -> str:
        session = self._session
        if session.saved_at is None:
            return self.tr("Nothing to save yet")
        hour = session.moment(session.saved_at, "HH:mm")
        return self.tr("Everything saved at {time}").format(time=hour)
