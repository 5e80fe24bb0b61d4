"""What was read, before going on: figures in one line, then what asks for a look, each with what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.loading.figures import Figures
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.core.extracts.damage import Damage
    from desktop_app.core.extracts.survey import Survey
    from desktop_app.core.stages import Extract

WHOLE_ROWS = ("total", "header", "shifted")
_LINES_SHOWN = 4
Action = tuple[str, str, Callable[[], None]]


class Summary(QWidget):
    """`rows_wanted` shows these rows; `aside_wanted` keeps these rows aside; the rest is about rows aside."""

    rows_wanted = Signal(object)  # tuple of row numbers
    aside_wanted = Signal(object)  # tuple of row numbers
    aside_shown = Signal()
    export_wanted = Signal()
    take_back = Signal()
    ragged_aside = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lines = 0
        self._said: frozenset[str] = frozenset()
        self._figures = PlainLabel()
        self._figures.setProperty("role", "section")
        self._figures.setWordWrap(True)
        self._list = QWidget()
        self._grid = QGridLayout(self._list)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._list)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("What was found in the file"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._figures)
        column.addWidget(self._scroll)
        self.hide()

    def show_survey(self, survey: Survey | None, extract: Extract | None) -> None:
        """Replaces everything; hidden until the whole file was read."""
        self.setVisible(survey is not None and extract is not None)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines, self._said = 0, frozenset[str]()
        if survey is None or extract is None:
            return
        end = self.tr("Nothing looks odd.") if survey.clean else ""
        self._figures.setText(f"{Figures().line(survey)} {end}".strip())
        self._figures.setAccessibleName(self._figures.text())
        for remark in extract.remarks:
            self._line("info", self._session.say(remark), "", [])
        self._rows_of_another_length(survey, extract)
        self._repeats(survey, extract)
        for damage in survey.damages:
            self._damage(damage)
        self._scroll.setVisible(self._lines > 0)
        height = self.fontMetrics().height() * 2 + 8
        self._scroll.setFixedHeight(min(_LINES_SHOWN, max(1, self._lines)) * height)

    def _rows_of_another_length(self, survey: Survey, extract: Extract) -> None:
        see = (self.tr("Show"), self.tr("Show the rows kept aside"), self.aside_shown.emit)
        save = (self.tr("Save…"), self.tr("Save the rows kept aside in a file"), self.export_wanted.emit)
        back = (self.tr("Take them in"), self.tr("Put these rows into the batch again"), self.take_back.emit)
        if survey.aside:
            few = self.tr("%Ln row(s) with too few cells", "", survey.few)
            many = self.tr("%Ln row(s) with too many cells", "", survey.many)
            chosen = self.tr("%Ln row(s) chosen by you", "", survey.chosen)
            said = [
                words
                for count, words in ((survey.few, few), (survey.many, many), (survey.chosen, chosen))
                if count
            ]
            words = self.tr("Kept aside: {rows}. They are not in the batch.").format(rows=", ".join(said))
            actions = [see, save, back]
            if extract.options.format == "pmsi-mco" and not survey.chosen:
                self._of_the_pmsi(survey, [see, save], back)
            else:
                self._line("confirm", words, "", actions)
        if survey.ragged:
            words = self.tr(
                "%Ln row(s) without the number of cells of the header are in the batch.", "", survey.ragged
            )
            todo = self.tr("So many lack their last cells that the export seems to write them so.")
            aside = (self.tr("Keep aside"), self.tr("Keep these rows aside"), self.ragged_aside.emit)
            self._line("confirm", words, todo if survey.habit else "", [aside])

    def _of_the_pmsi(self, survey: Survey, actions: list[Action], back: Action) -> None:
        if survey.few:
            # Such a line has no place in the table: it cannot be taken in.
            words = self.tr("%Ln line(s) that are no whole record are not in the batch.", "", survey.few)
            self._line("confirm", words, "", actions)
        if survey.many:
            words = self.tr(
                "%Ln notification(s) that a later month gives again are not in the batch.", "", survey.many
            )
            self._line("confirm", words, "", [*actions, back])

    def _repeats(self, survey: Survey, extract: Extract) -> None:
        if not survey.duplicates:
            return
        words = self.tr("%Ln row(s) repeat an earlier one in every cell.", "", survey.duplicates)
        actions = [self._see(survey.repeated, words)]
        if survey.duplicates == len(survey.repeated):
            actions.append(self._keep_aside(survey.repeated, words))
        self._line("confirm", words, "", actions)

    def _damage(self, damage: Damage) -> None:
        say, todo = self._session.say(damage.say), self._session.say(damage.todo)
        if not damage.sure:
            say = self.tr("Perhaps: {what}").format(what=say)
        actions = [self._see(damage.first, say)]
        if damage.kind in WHOLE_ROWS and damage.rows == len(damage.first):
            actions.append(self._keep_aside(damage.first, say))
        # What to do about the same damage in several columns is said once.
        again, self._said = todo in self._said, self._said | {todo}
        self._line("confirm" if damage.sure else "info", say, "" if again else todo, actions)

    def _see(self, numbers: tuple[int, ...], what: str) -> Action:
        return self.tr("Show"), f"{self.tr('Show')} : {what}", lambda: self.rows_wanted.emit(numbers)

    def _keep_aside(self, numbers: tuple[int, ...], what: str) -> Action:
        words = self.tr("Keep aside")
        return words, f"{words} : {what}", lambda: self.aside_wanted.emit(numbers)

    def _line(self, shape: str, words: str, todo: str, actions: list[Action]) -> None:
        row, self._lines = self._lines, self._lines + 1
        picture = PlainLabel()
        theme.set_icon(picture, shape, shape, 16)
        label = PlainLabel(f"{words} {todo}".strip())
        label.setWordWrap(True)
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for text, name, action in actions:
            button = QPushButton(text)
            button.setProperty("role", "link")
            button.setAccessibleName(name)
            button.clicked.connect(action)
            line.addWidget(button)
        self._grid.addWidget(picture, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, row, 1)
        self._grid.addWidget(buttons, row, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
