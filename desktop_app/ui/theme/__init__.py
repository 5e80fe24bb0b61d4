"""Colours, sizes, icons and the one style sheet of the window."""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QStyleFactory

from desktop_app.ui.theme.icons import current, icon, icon_names, is_dark, pixmap, refresh_icon, set_icon
from desktop_app.ui.theme.tokens import DARK, LIGHT, Tokens, tokens

__all__ = [
    "DARK",
    "LIGHT",
    "Tokens",
    "apply",
    "brush",
    "current",
    "follow_system",
    "icon",
    "icon_names",
    "is_dark",
    "pixmap",
    "set_icon",
    "tabular",
    "title_font",
    "tokens",
]

_QSS = Path(__file__).with_name("navette.qss")
_FOLDER = Path(__file__).with_name("icons")


def follow_system(app: QApplication, choice: str = "system") -> bool:
    """Whether dark is wanted: `choice` is light, dark or system (the system's own colour scheme)."""
    if choice in ("light", "dark"):
        return choice == "dark"
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply(app: QApplication, dark: bool) -> None:
    """Sets style, palette, style sheet and icons of the whole window."""
    app.setProperty("navetteDark", dark)
    colours = tokens(dark)
    if app.style().objectName().lower() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(colours))
    app.setStyleSheet(_sheet(colours, app.font()))
    for widget in app.allWidgets():
        if widget.property("navetteIcon") and isinstance(widget, QAbstractButton | QLabel):
            refresh_icon(widget)


def _sheet(colours: Tokens, font: QFont) -> str:
    body = font.pointSizeF() if font.pointSizeF() > 0 else 10.0
    sizes = {"body": body, "small": max(body - 1, 8), "title": body + 3, "figure": body + 9}
    return Template(_QSS.read_text(encoding="utf-8")).substitute(
        colours.as_dict(),
        arrow=_picture("arrow", colours),
        arrow_up=_picture("arrow-up", colours),
        tick=_picture("tick", colours),
        **{name: f"{size:g}pt" for name, size in sizes.items()},
    )


def _picture(name: str, colours: Tokens) -> str:
    """A style sheet takes pictures from files only, hence one file for each theme."""
    return (_FOLDER / f"{name}-{'dark' if colours is DARK else 'light'}.svg").as_posix()


def _palette(colours: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: colours.background,
        role.Base: colours.background,
        role.AlternateBase: colours.surface,
        role.Button: colours.surface,
        role.ToolTipBase: colours.raised,
        role.WindowText: colours.text,
        role.Text: colours.text,
        role.ButtonText: colours.text,
        role.ToolTipText: colours.text,
        role.BrightText: colours.text,
        role.PlaceholderText: colours.muted,
        role.Highlight: colours.selection,
        role.HighlightedText: colours.text,
        role.Link: colours.accent,
        role.LinkVisited: colours.accent,
        role.Accent: colours.accent,
        role.Mid: colours.line,
        role.Light: colours.raised,
        role.Midlight: colours.line,
        role.Dark: colours.outline,
        role.Shadow: colours.line,
    }
    for which, colour in pairs.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.muted))
    return palette


def brush(colour: str) -> QColor:
    """A colour of today’s theme by its token, for the foreground role of a model."""
    return QColor(getattr(current(), colour))


def tabular(font: QFont) -> QFont:
    """The same font with figures of one width, so that columns of numbers line up."""
    made = QFont(font)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def title_font(font: QFont) -> QFont:
    """The font of a page title: three points larger, semibold."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() + 3)
    made.setWeight(QFont.Weight.DemiBold)
    return made
