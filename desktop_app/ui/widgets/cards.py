"""A card of settings: a title, and a form below it whose lines begin and end where those of the others do."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout, QWidget

from desktop_app.ui.plain import PlainLabel

_LABEL = 36  # average characters: the longest label of the page, so that all fields begin at one line

_ACCENT = 4  # pixels


def card_form(card: QFrame, title: str) -> QFormLayout:
    """Gives `card` its look and title; the form to fill."""
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(12)
    column.addWidget(PlainLabel(title, "section"))
    form = QFormLayout()
    form.setVerticalSpacing(12)
    form.setHorizontalSpacing(20)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    column.addLayout(form)
    return form


def card_row(form: QFormLayout, words: str, widget: QWidget, buddy: QWidget | None = None) -> None:
    """One line of it; `buddy` has the keyboard when the key of the label is struck."""
    label = PlainLabel(words)
    label.setBuddy(buddy if buddy is not None else widget)
    # A line of text is as high as its letters, not as the accent on a capital.
    label.setMinimumHeight(max(widget.sizeHint().height(), label.fontMetrics().lineSpacing() + _ACCENT))
    label.setMinimumWidth(label.fontMetrics().averageCharWidth() * _LABEL)
    form.addRow(label, widget)
