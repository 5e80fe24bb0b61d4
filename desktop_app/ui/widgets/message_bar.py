"""Errors and news in place, above the page: no dialog, nothing to click away before going on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton

from desktop_app.core.errors import AppError
from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from validation_rules.text import Language


class MessageBar(QFrame):
    """One sentence with its severity as a shape; stays until closed or replaced, advice until it is met."""

    def __init__(self) -> None:
        super().__init__()
        self._passing = False
        self.setProperty("role", "message")
        self.setObjectName("message-bar")
        self._icon = PlainLabel()
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = QToolButton()
        theme.set_icon(close, "close")
        close.setAccessibleName(self.tr("Close the message"))
        close.setToolTip(self.tr("Close the message"))
        close.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 12, 8)
        line.setSpacing(12)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, empty when the bar is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def tell(self, sentence: str, severity: str = "info") -> None:
        """Shows a sentence; `severity` is a token: error, confirm, info or done."""
        theme.set_icon(self._icon, severity, severity, 18)
        self._text.setText(sentence)
        self._passing = False
        self.setProperty("severity", severity)
        self.style().polish(self)
        self.setAccessibleName(sentence)
        self.show()

    def advise(self, sentence: str) -> None:
        """Why an action could not be done, until the next one that could be: "" takes it away."""
        if sentence:
            self.tell(sentence)
            self._passing = True
        elif self._passing:
            self.hide()

    def tell_error(self, error: AppError, language: Language) -> None:
        """What happened and what to do next."""
        self.tell(error.sentence(language), "error")
