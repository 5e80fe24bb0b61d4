"""The left rail: six numbered stations with their state, then the two pages beside the flow."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.session import Session, Station

_ICONS = {"closed": ("closed", "muted"), "busy": ("busy", "accent"), "done": ("done", "done")}


class StationButton(QPushButton):
    """One line of the rail: number, icon, name, and the state as an icon with a word or a count."""

    def __init__(self, key: str, number: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.keys = ""
        self.setProperty("role", "station")
        self.setCheckable(True)
        self.setObjectName(f"rail-{key}")
        self._number = PlainLabel(str(number) if number is not None else "", parent=self)
        self._number.setProperty("role", "muted")
        self._icon = PlainLabel(parent=self)
        theme.set_icon(self._icon, key, "text", 18)
        self._name = PlainLabel(parent=self)
        self._state, self._count = PlainLabel(parent=self), PlainLabel(parent=self)
        self._lay_out(number is not None)

    def _lay_out(self, numbered: bool) -> None:
        self._line = line = QHBoxLayout(self)
        line.setContentsMargins(10, 8, 10, 8)
        line.setSpacing(8)
        self._number.setFixedWidth(self.fontMetrics().horizontalAdvance("8") + 2)
        self._number.setVisible(numbered)
        for label in (self._number, self._icon, self._name, self._count, self._state):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line.addWidget(label, 1 if label is self._name else 0)

    def show_name(self, name: str) -> None:
        """The name of a page beside the flow."""
        self._name.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({self.keys})")

    def show_station(self, station: Station, session: Session) -> None:
        """State as a shape, a word for screen readers and tooltips, and a count when there is one."""
        self._name.setText(station.title)
        role = "muted" if station.state == "closed" else ""
        if self._name.property("role") != role:
            self._name.setProperty("role", role)
            self._name.style().polish(self._name)
        self._count.setText(session.number(station.count) if station.count is not None else "")
        name, token = _ICONS.get(station.state, ("", ""))
        if station.state == "attention":
            name, token = ("feedback", "accent") if station.key == "feedback" else ("error", "error")
        self._state.setVisible(bool(name))
        if name:
            theme.set_icon(self._state, name, token, 14)
        word = station.why or self._word(station)
        self.setToolTip(tool_tip(f"{word} ({self.keys})"))
        self.setStatusTip(word)
        count = f", {self._count.text()}" if self._count.text() else ""
        self.setAccessibleName(f"{self._number.text()} {station.title}{count}")
        self.setAccessibleDescription(word)

    def _word(self, station: Station) -> str:
        words = {
            "ready": self.tr("Ready"),
            "busy": self.tr("Under way"),
            "done": self.tr("Done"),
            "attention": self._left(station),
        }
        return words.get(station.state, "")

    def _left(self, station: Station) -> str:
        count = station.count or 0
        if station.key == "feedback":
            return self.tr("%Ln answer(s) not looked at yet", "", count)
        return self.tr("%Ln finding(s) to correct or confirm", "", count)

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._line.minimumSize()


class Rail(QWidget):
    """Emits `chosen(key)` for a click. Ctrl+1 to Ctrl+6 go to the stations, Ctrl+7 and Ctrl+8 beside them."""

    chosen = Signal(str)

    def __init__(self, session: Session, stations: Iterable[str], others: Iterable[str]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._buttons: dict[str, StationButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 12, 9, 12)
        self._column.setSpacing(2)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 29)
        brand = PlainLabel("Navette")
        brand.setProperty("role", "title")
        brand.setContentsMargins(10, 0, 0, 8)
        self._column.addWidget(brand)
        for number, key in enumerate(stations, start=1):
            self._add(key, number)
        line = QFrame()
        line.setProperty("role", "line")
        self._column.addSpacing(8)
        self._column.addWidget(line)
        self._column.addSpacing(8)
        for key in others:
            self._add(key, None)
        self._column.addStretch(1)

    def _add(self, key: str, number: int | None) -> None:
        button = StationButton(key, number, self)
        # Not the button's own shortcut, which acts only after the 100 ms of a pressed look.
        keys = QShortcut(QKeySequence(f"Ctrl+{len(self._buttons) + 1}"), self)
        keys.setProperty("page", key)
        keys.activated.connect(self._pressed)
        button.keys = keys.key().toString(QKeySequence.SequenceFormat.NativeText)
        # A click leaves the keyboard to the page that it shows, whose keys are meant next.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._clicked)
        self._group.addButton(button)
        self._buttons[key] = button
        self._column.addWidget(button)

    def _clicked(self) -> None:
        button = self._group.checkedButton()
        if isinstance(button, StationButton):
            self.chosen.emit(button.key)

    def _pressed(self) -> None:
        keys = self.sender()
        if keys is not None:
            self._session.go.emit(str(keys.property("page")))  # takes the keyboard into the page too

    def select(self, key: str) -> None:
        """Marks the page that is shown."""
        self._buttons[key].setChecked(True)

    def refresh(self, others: dict[str, str]) -> None:
        """Shows the stations as the session has them, and the names of the other pages."""
        for station in self._session.stations():
            self._buttons[station.key].show_station(station, self._session)
        for key, name in others.items():
            self._buttons[key].show_name(name)
