"""Icons as SVG drawn in one colour token, so that they follow the text colour of either theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton

from desktop_app.ui.theme.tokens import Tokens, tokens

FOLDER = Path(__file__).with_name("icons")
_SIDES = (16, 20, 24, 32, 48, 64)
_AIR = 0.25


def is_dark() -> bool:
    """Whether the dark theme is the one applied now."""
    app = QApplication.instance()
    return bool(app is not None and app.property("navetteDark"))


def current() -> Tokens:
    """The colours applied now, for widgets that paint themselves."""
    return tokens(is_dark())


def icon_names() -> list[str]:
    """The names that `icon` knows."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


@lru_cache(maxsize=256)
def _svg(name: str, colour: str) -> QByteArray:
    source = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return QByteArray(source.replace("currentColor", colour).encode())


def pixmap(name: str, colour: str = "text", side: int = 16, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in the colour `colour` (a token), `side` logical pixels wide, sharp at `ratio`."""
    return _render(name, getattr(current(), colour), round(side * ratio), ratio)


def _render(name: str, colour: str, side: int, ratio: float = 1.0, air: float = 0.0) -> QPixmap:
    picture = QPixmap(QSize(round(side * (1 + air)), side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(_svg(name, colour)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


class _Drawn(QObject):
    """The icons drawn so far. A child of the application, because pictures must not outlive it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("navetteIcons")
        self.icons: dict[tuple[str, str, str, float], QIcon] = {}


def icon(name: str, colour: str = "text", air: float = 0.0) -> QIcon:
    """The icon `name` in a colour of today’s theme, muted when disabled; `set_icon` follows the theme.

    `air` is empty room at the right, in sides of the icon: a button leaves hardly any before its words.
    Drawn once: models ask for it at every repaint of every cell.
    """
    app, colours = QApplication.instance(), current()
    if app is None:
        return QIcon()
    drawn = app.findChild(_Drawn, "navetteIcons") or _Drawn(app)
    key = (name, getattr(colours, colour), colours.outline, air)
    if key not in drawn.icons:
        drawn.icons[key] = _draw(*key)
    return drawn.icons[key]


def _draw(name: str, normal: str, disabled: str, air: float) -> QIcon:
    made = QIcon()
    for side in _SIDES:
        picture = _render(name, normal, side, air=air)
        made.addPixmap(picture, QIcon.Mode.Normal)
        # On a selected line too: Qt would tint it, and a severity must keep its colour.
        made.addPixmap(picture, QIcon.Mode.Selected)
        made.addPixmap(_render(name, disabled, side, air=air), QIcon.Mode.Disabled)
    return made


def set_icon(widget: QAbstractButton | QLabel, name: str, colour: str = "text", side: int = 16) -> None:
    """Gives a button or label an icon that changes colour with the theme."""
    wanted = {"navetteIcon": name, "navetteToken": colour, "navetteSide": side}
    if all(widget.property(key) == value for key, value in wanted.items()) and _is_drawn(widget):
        return  # the rail and the status bar say the same again with every change
    for key, value in wanted.items():
        widget.setProperty(key, value)
    refresh_icon(widget)


def _is_drawn(widget: QAbstractButton | QLabel) -> bool:
    """Whether its icon was drawn for the screen it is on, in the theme applied now."""
    return bool(widget.property("navetteDrawn") == [widget.devicePixelRatioF(), is_dark()])


def refresh_icon(widget: QAbstractButton | QLabel) -> None:
    """Draws the icon of `set_icon` again in the colours applied now."""
    name, token = widget.property("navetteIcon"), widget.property("navetteToken")
    side = int(widget.property("navetteSide"))
    widget.setProperty("navetteDrawn", [widget.devicePixelRatioF(), is_dark()])
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, token, side, widget.devicePixelRatioF()))
    else:
        air = _AIR if isinstance(widget, QPushButton) else 0.0
        widget.setIcon(icon(name, token, air))
        widget.setIconSize(QSize(round(side * (1 + air)), side))
