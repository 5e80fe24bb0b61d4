"""A finding in words: what is wrong with the values in it, why it matters, how to fix it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui import tasks
from desktop_app.ui.fix.confirm_box import ConfirmBox
from desktop_app.ui.fix.correct_box import CorrectBox
from desktop_app.ui.fix.rule_dialog import RuleDialog
from desktop_app.ui.fix.scope import Scope
from desktop_app.ui.fix.suggest_box import SuggestBox
from desktop_app.ui.models.causes import Case
from desktop_app.ui.models.snapshot import Snapshot
from desktop_app.ui.plain import PlainLabel, folded, paragraph
from desktop_app.ui.widgets.badge import SeverityBadge
from desktop_app.ui.widgets.fitting import FittingButton, as_wide_as_the_pane, breakable
from validation_rules.explain import explain
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from validation_rules.contract import Contract

_WIDE = 58  # average characters from which words and means stand side by side
_NARROW = 34  # the fewest: every word and every button of the card fits in it
_MARGIN = 12


class FindingCard(QScrollArea):
    """Shows one finding. `mapping_wanted` asks for the page where a cause that many findings share is put
    right; `shown` carries the finding and its snapshot, or None twice."""

    shown = Signal(object, object)
    mapping_wanted = Signal()
    compare_wanted = Signal(int, str)  # row_id, rule_id

    def __init__(self, contract: Contract, language: Language) -> None:
        super().__init__()
        self._contract = contract
        self._language: Language = language
        self.case: Case | None = None
        self._told = ""
        self._pairs: list[tuple[PlainLabel, PlainLabel]] = []
        self._snapshot: Snapshot | None = None
        self._origin: tuple[str, int] | None = None
        self.suggest = SuggestBox(contract, language)
        self.correct = CorrectBox(contract, language)
        self.confirm = ConfirmBox(language)
        self.setAccessibleName(self.tr("Finding"))
        self.setWidgetResizable(True)
        self.setProperty("framed", True)  # room for the mark of the keyboard, which would not be drawn else
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(_NARROW * self.fontMetrics().averageCharWidth())
        self._hint = PlainLabel(role="muted")
        self._hint.setWordWrap(True)
        self._body = QWidget()
        self._lay_out()
        self.correct.scope_changed.connect(self._scope_changed)
        self.correct.kept.connect(self._tell_kept)
        self.confirm.asking.connect(self._bring_in_sight)
        self._keys()
        self.clear()

    def _lay_out(self) -> None:
        inside = QWidget()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        outer.addWidget(self._hint)
        outer.addWidget(self._body)
        outer.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(16)
        self._sides.addLayout(self._make_words(), 5)
        self._means = QWidget()
        means = QVBoxLayout(self._means)
        means.setContentsMargins(0, 0, 0, 0)
        means.setSpacing(10)
        means.addWidget(self.suggest)
        means.addWidget(self.correct)
        means.addWidget(self.confirm)
        means.addStretch(1)
        self._sides.addWidget(self._means, 4)
        inside.setSizePolicy(as_wide_as_the_pane())
        self.setWidget(inside)

    def _make_words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        self._badge = SeverityBadge("error")
        self._title, self._message, self._others = folded(role="section"), folded(), folded()
        self._values = QGridLayout()
        self._values.setHorizontalSpacing(12)
        self._values.setVerticalSpacing(2)
        self._values.setColumnStretch(0, 2)
        self._values.setColumnStretch(1, 3)
        self._why, self._fix, self._source = folded(role="muted"), folded(), folded(role="small")
        self._place = folded(role="muted")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._badge)
        head.addWidget(self._place, 1)
        column.addLayout(head)
        column.addWidget(self._title)
        column.addWidget(self._message)
        column.addWidget(self._others)
        self.compare = FittingButton()
        self.compare.show_texts(self.tr("Compare the records… (F9)"), self.tr("Compare… (F9)"))
        self.compare.setAccessibleName(self.tr("The records of this finding side by side"))
        self.compare.clicked.connect(self.compare_records)
        column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._values)
        self._root = folded()
        self._to_mapping = QPushButton(self.tr("Open the mapping"))
        self._to_mapping.clicked.connect(self.mapping_wanted)
        column.addWidget(self._root)
        column.addWidget(self._to_mapping, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self._fix, self._why, self._source):
            column.addWidget(label)
        self.about_rule = QPushButton(self.tr("The &rule…"))
        self.about_rule.setProperty("role", "link")
        self.about_rule.setAccessibleName(self.tr("The page of this rule, with examples"))
        self.about_rule.clicked.connect(self.show_rule)
        column.addWidget(self.about_rule, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return column

    def _keys(self) -> None:
        for keys, slot in (
            ("Ctrl+Return", self.correct.apply),
            ("Ctrl+Enter", self.correct.apply),
            ("Ctrl+Shift+Return", self.confirm.apply),
            ("Shift+F1", self.show_rule),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def show_rule(self) -> None:
        """Opens the page of the rule of the finding."""
        if self.case is not None:
            RuleDialog(self._contract, self.case.rule_id, self._language, self).show()

    def compare_records(self) -> None:
        """Asks for the records of the finding side by side, when it is about several."""
        if self.case is not None and not self.compare.isHidden():
            self.compare_wanted.emit(self.case.row_id, self.case.rule_id)

    def clear(self) -> None:
        """No finding is chosen."""
        self.case = None
        self._hint.setText(
            self.tr("Choose a finding in the list, or a marked cell in the grid: its card opens here.")
        )
        self.correct.leave()
        self._body.hide()
        self._hint.show()
        self.shown.emit(None, None)

    def _bring_in_sight(self) -> None:
        # Once what is asked has its place: it moves the control that has the keyboard.
        tasks.soon(self, lambda: self.ensureWidgetVisible(self.confirm.button))

    def _tell_kept(self, words: str) -> None:
        """Where no card follows that could say it."""
        if self.case is None:
            self._hint.setText(f"{breakable(words)}\n\n{self._hint.text()}")

    def show_case(
        self,
        case: Case,
        snapshot: Snapshot,
        field: str | None = None,
        others: Text | None = None,
        origin: tuple[str, int] | None = None,
    ) -> None:
        """Explains a finding; `field` is the field of the cell the person came from, `others` tells with
        which rows it stands in a finding over several records, `origin` is its file and the row there."""
        pos = snapshot.position(case.row_id)
        if pos is None:
            self.clear()
            return
        if self.case is None or (case.row_id, case.rule_id) != (self.case.row_id, self.case.rule_id):
            self.verticalScrollBar().setValue(0)  # another finding is read from its beginning
        self.case, self._snapshot = case, snapshot
        self._origin = origin
        self._tell_words(case, {name: snapshot.frame[name][pos] for name in self._contract.field_names})
        told_of_others = "" if others is None else others.in_(self._language)
        self._others.setText(breakable(told_of_others))
        self._others.setVisible(others is not None)
        self.compare.setVisible(others is not None)
        settled = case.state == "corrected"
        self._means.setVisible(not settled)
        self.correct.setVisible(not settled)
        if settled:
            self.correct.leave(snapshot)
        else:
            self.correct.show_case(case, snapshot, field)
        self.confirm.show_case(case, snapshot, self.correct.scope)
        self._hint.hide()
        self._body.show()
        self.shown.emit(case, snapshot)
        confirmed = self.confirm.before.text()
        self.setAccessibleDescription(
            " ".join(text for text in (self._told, told_of_others, confirmed) if text)
        )

    def _tell_words(self, case: Case, values: dict[str, str | None]) -> None:
        rule = self._contract.rule(case.rule_id)
        told = explain(self._contract, case.rule_id, values | _values_found(case), self._language)
        state = {"confirmed": self.tr("Confirmed"), "corrected": self.tr("Corrected")}.get(case.state, "")
        if self._snapshot is not None and case.row_id in self._snapshot.withdrawn:
            state = self.tr("Withdrawn from the batch")
        self._badge.show_severity("done" if state else case.severity, state)
        place = self.tr("{rule}, row {row}").format(rule=case.rule_id, row=case.row_id)
        if self._origin is not None:
            file, row = self._origin
            place = self.tr("{place} ({file}, row {row})").format(place=place, row=row, file=file)
        of_site = self.tr("rule of the site")
        self._place.setText(breakable(f"{place} – {of_site}" if rule.site else place))
        self._title.setText(told.title)
        self._told = told.message
        self._message.setText(breakable(told.message))
        self._fix.setText(breakable(told.fix) if case.state == "open" else "")
        self._why.setText(breakable(told.why))
        for label in (self._fix, self._why):
            label.setVisible(bool(label.text()))
        source = self.tr("Source: {source}").format(source=told.source) if told.source else ""
        self._source.setText(breakable(source))
        self._tell_root(case)
        self._show_values(list(dict.fromkeys([*case.fields, *rule.fields])), values)

    def _tell_root(self, case: Case) -> None:
        """What many findings share, and where it is put right at once."""
        texts = self._snapshot.roots.get(case.root or "") if self._snapshot is not None else None
        told = texts is not None and case.state == "open"
        if texts is not None:
            title, fix = (text.in_(self._language) for text in texts)
            self._root.setText(breakable(self.tr("Shared cause: {cause}").format(cause=f"{title}. {fix}")))
        self._root.setVisible(told)
        self._to_mapping.setVisible(told)

    def _show_values(self, fields: list[str], values: dict[str, str | None]) -> None:
        for label in itertools.chain.from_iterable(self._pairs):
            self._values.removeWidget(label)
            label.hide()
            label.deleteLater()
        known = [self._contract.field(name) for name in fields if name in self._contract.field_names]
        self._pairs = [
            (
                folded(breakable(field.label.in_(self._language)), "muted"),
                self._value(field.name, values.get(field.name)),
            )
            for field in known
        ]
        for label in itertools.chain.from_iterable(self._pairs):
            label.setParent(self._body)  # with the letters of the card, of which its width is made
            label.show()
        self._place_values()

    def _value(self, name: str, value: str | None) -> PlainLabel:
        told = self._with_meaning(name, value)
        cut = breakable(told)
        return paragraph(told) if cut == told else folded(cut)

    def _place_values(self) -> None:
        """Each value beside the name of its field; below it where their longest words do not fit."""
        longest = (
            max((pair[side].minimumSizeHint().width() for pair in self._pairs), default=0) for side in (0, 1)
        )
        beside = sum(longest) + self._values.horizontalSpacing() <= self._room_of_words()
        for line, pair in enumerate(self._pairs):
            for side, label in enumerate(pair):
                row, column, wide = (line, side, 1) if beside else (2 * line + side, 0, 2)
                self._values.addWidget(label, row, column, 1, wide, Qt.AlignmentFlag.AlignTop)

    def _room_of_words(self) -> int:
        """Pixels for the words of the card."""
        room = self._room() - 2 * _MARGIN
        if self._sides.direction() == QBoxLayout.Direction.TopToBottom:
            return room
        words, means = self._sides.stretch(0), self._sides.stretch(1)
        return (room - self._sides.spacing()) * words // (words + means)

    def _with_meaning(self, name: str, value: str | None) -> str:
        if value is None:
            return self.tr("blank")
        meaning = self._contract.field(name).code_labels.get(value)
        return f"{value} – {meaning.in_(self._language)}" if meaning else value

    def _scope_changed(self, scope: Scope) -> None:
        if self.case is not None and self._snapshot is not None:
            self.confirm.show_case(self.case, self._snapshot, scope)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_sides()

    def _lay_sides(self) -> None:
        """Words and means side by side in a wide pane, else one above the other: the pane decides, not the
        finding, so that nothing jumps when a text comes late."""
        wide = self._room() >= _WIDE * self.fontMetrics().averageCharWidth()
        directions = QBoxLayout.Direction
        self._sides.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        if self._pairs:
            self._place_values()

    def _room(self) -> int:
        """Pixels beside the scroll bar: whether it is there must not decide whether it is needed."""
        return self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width()


def _values_found(case: Case) -> dict[str, str | None]:
    """The values that the rule read: once corrected, the cells hold others."""
    values = case.value.split(" / ")
    if len(values) != len(case.fields):
        return {}
    return {field: value or None for field, value in zip(case.fields, values, strict=True)}
