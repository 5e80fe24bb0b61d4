"""The one question of the page Load: whether the day or the month comes first, where no date tells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from desktop_app.core.extracts.conventions import DATE, ORDERS, quoted
from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session


class DateQuestion(QFrame):
    """`answered(order)` with `dmy` or `mdy`. Hidden while there is nothing to ask."""

    answered = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "card")
        self.setObjectName("date-question")
        picture = PlainLabel()
        theme.set_icon(picture, "confirm", "confirm", 20)
        self._ask = PlainLabel()
        self._ask.setWordWrap(True)
        self.buttons = {order: QPushButton() for order in ORDERS}
        answers = QHBoxLayout()
        for order, button in self.buttons.items():
            button.setProperty("order", order)
            button.setObjectName(f"answer-{order}")
            button.clicked.connect(self._answer)
            answers.addWidget(button)
        answers.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._ask)
        right.addLayout(answers)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 10, 12, 10)
        line.setSpacing(12)
        line.addWidget(picture)
        line.addLayout(right, 1)
        self.hide()

    def ask(self, columns: Sequence[str], example: str) -> None:
        """Asks about these columns, with one of their dates; hides when there is none."""
        self.setVisible(bool(columns))
        match = DATE.fullmatch(example)
        if not columns or match is None:
            return
        words = self.tr(
            "Nothing tells whether the day or the month comes first in {columns}. Which day is {example}?"
        )
        self._ask.setText(words.format(columns=self._session.say(quoted(columns)), example=example.strip()))
        a, b, year = int(match[1]), int(match[3]), int(match[4])
        days = {"dmy": QDate(year, b, a), "mdy": QDate(year, a, b)}
        forms = {"dmy": self.tr("{date} (day first)"), "mdy": self.tr("{date} (month first)")}
        for order, button in self.buttons.items():
            said = self._session.locale.toString(days[order], "d MMMM yyyy")
            button.setText(forms[order].format(date=said))
            button.setAccessibleName(f"{self._ask.text()} {button.text()}")

    def _answer(self) -> None:
        button = self.sender()
        if button is not None:
            self.answered.emit(str(button.property("order")))
