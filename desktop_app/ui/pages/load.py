"""Load: a file is dropped, its reading is guessed, shown and can be changed before anything else happens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.extracts.conventions import DATE, date_votes
from desktop_app.ui import tasks, theme, work
from desktop_app.ui.loading.chips import GuessChips
from desktop_app.ui.loading.question import DateQuestion
from desktop_app.ui.loading.rows_view import RowsView
from desktop_app.ui.loading.summary import Summary
from desktop_app.ui.plain import PlainLabel, caption
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.drop import DropZone
from desktop_app.ui.widgets.problems import ProblemList

if TYPE_CHECKING:
    from desktop_app.core.extracts import Preview
    from desktop_app.core.extracts.survey import Survey


class LoadPage(QWidget):
    """Before a file: the drop zone and the recent files. After: guesses, first rows, what looks odd, and what
    was read before anything else is done with it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._start: tuple[Preview, Survey] | None = None
        self._looking: tasks.Job | None = None
        self._looked_at: object = None
        self._stale = False
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_welcome())
        self._stack.addWidget(self._make_preview())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self.choose)
        session.changed.connect(self._changed)
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
        self.session.reopening.read_source()
        if self.session.preview is not None:
            self._survey_what_lacks(self.session.preview)

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Load")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr(
            "Open an extract. The program shows how it reads the file; change a guess that is wrong."
        )

    def choose(self) -> None:
        """Asks for a file, or several that make one batch."""
        kinds = self.tr(
            "Extracts (*.csv *.tsv *.txt *.dat *.xlsx *.xlsm *.xls *.ods *.html *.htm *.parquet *.sas7bdat"
            " *.xpt *.sav *.zsav *.por *.dta *.gz *.zip);;All files (*)"
        )
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Open an extract"), "", kinds)
        if names:
            self.session.open_files([Path(name) for name in names])

    def open(self, path: Path) -> None:
        """Looks at a file."""
        self.session.open_file(path)

    def refresh(self) -> None:
        """Says it again from the session."""
        self._stale = False
        preview = self.session.preview
        self._stack.setCurrentIndex(0 if preview is None else 1)
        self.setFocusProxy(self._drop.button if preview is None else self.go_on)
        read = self.session.extract is not None or self.session.reopening.unread
        self.go_on.setText(self.tr("Go on to Map") if read else self.tr("Continue"))
        self.go_on.setEnabled(not self.session.undecided)
        if preview is None:
            self._show_recent()
            return
        self._show_file()
        survey = self.session.survey
        self.chips.show_preview(preview, survey)
        self._problems.show_sentences(
            [self.session.say(text) for text in preview.problems] if survey is None else []
        )
        self.summary.show_survey(survey, self.session.extract)
        self.question.ask(self.session.undecided, self._example())
        self.rows.show_file(preview, survey or self._start_of(preview), self.session.extract)
        self._survey_what_lacks(preview)

    def _make_welcome(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        self._drop = DropZone(
            self.tr("Drop an extract here"),
            self.tr(
                "CSV, workbook, fixed width, PMSI, SAS, SPSS, Stata or Parquet, zipped or not; several files "
                "of one shape make one batch. Your file is read, never changed, and stays on this computer."
            ),
            self.tr("Open a file…"),
        )
        self._drop.button.setToolTip(self.tr("Open a file (Ctrl+O)"))
        self._drop.dropped.connect(self.session.open_files)
        self._drop.asked.connect(self.choose)
        self._recent_title = PlainLabel(self.tr("Recent files"))
        self._recent_title.setProperty("role", "section")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._drop)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addStretch(2)
        return page

    def _make_preview(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        self.chips = GuessChips(self.session)
        self.question = DateQuestion(self.session)
        self._problems = ProblemList()
        self.summary = Summary(self.session)
        self.rows = RowsView(self.session)
        column.addLayout(self._make_file_line())
        for widget in (self.chips, self.question, self._problems, self.summary):
            column.addWidget(widget)
        column.addWidget(self.rows, 1)
        column.addLayout(self._make_foot())
        self._connect()
        return page

    def _connect(self) -> None:
        self.question.answered.connect(self.session.answer_dates)
        self.summary.rows_wanted.connect(self.rows.show_only)
        self.summary.aside_shown.connect(self.rows.show_aside)
        self.summary.aside_wanted.connect(self._keep_aside)
        self.summary.take_back.connect(self._take_back)
        self.summary.ragged_aside.connect(self._ragged_aside)
        self.summary.export_wanted.connect(self.export_aside)

    def _make_file_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        picture = PlainLabel()
        theme.set_icon(picture, "file", "text", 18)
        self._file = PlainLabel()
        self._file.setProperty("role", "section")
        self._size = PlainLabel()
        self._size.setProperty("role", "muted")
        other = QPushButton(self.tr("Choose another file"))
        other.setProperty("role", "link")
        other.setToolTip(self.tr("Open a file (Ctrl+O)"))
        other.clicked.connect(self.choose)
        for widget in (picture, self._file, self._size):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(other)
        return line

    def _make_foot(self) -> QHBoxLayout:
        self._summary = PlainLabel()
        self._summary.setProperty("role", "muted")
        self.go_on = QPushButton(self.tr("Continue"))
        self.go_on.setProperty("role", "primary")
        self.go_on.setToolTip(self.tr("Read the whole file and map its columns (Ctrl+Enter)"))
        self.go_on.clicked.connect(self.read)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.read)
        line = QHBoxLayout()
        line.addWidget(self._summary, 1)
        line.addWidget(self.go_on)
        return line

    def read(self) -> None:
        """Reads the whole file with the options shown; what was read already is not read again."""
        if self.session.extract is not None or self.session.reopening.unread:
            self.session.go.emit("map")
        elif self.session.preview is not None and self.session.path is not None and self.go_on.isEnabled():
            self.session.read()

    def export_aside(self) -> None:
        """Writes the rows kept aside where the person says."""
        extract = self.session.extract
        if extract is None or extract.aside is None:
            return
        kinds = self.tr("CSV files (*.csv)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save the rows kept aside"), "", kinds)
        if name:
            target = Path(name) if Path(name).suffix else Path(name).with_suffix(".csv")
            label = self.tr("Saving the rows kept aside")
            tasks.run(self, work.export_aside(extract, target), self._exported, label=label, lane="io")

    def _exported(self, count: int) -> None:
        self.session.message.emit(self.tr("%Ln row(s) saved.", "", count))

    def _keep_aside(self, numbers: tuple[int, ...]) -> None:
        extract = self.session.extract
        if extract is not None:
            self.session.read_again(aside_rows=tuple(sorted({*extract.options.aside_rows, *numbers})))

    def _take_back(self) -> None:
        self.session.read_again(ragged="keep", aside_rows=())

    def _ragged_aside(self) -> None:
        self.session.read_again(ragged="aside")

    def _start_of(self, preview: Preview) -> Survey | None:
        return self._start[1] if self._start is not None and self._start[0] is preview else None

    def _survey_what_lacks(self, preview: Preview) -> None:
        """What looks odd in the first rows, or in a whole file that was taken up again: looked for once, when
        the page is seen."""
        extract, path = self.session.extract, self.session.path
        known = self.session.survey is not None or (extract is None and self._start_of(preview) is not None)
        if known or path is None or not self.isVisible() or self._looked_at is (extract or preview):
            return
        self._looked_at = extract or preview
        if self._looking is not None:
            self._looking.cancel()
        if extract is not None:
            self._looking = tasks.run(self, work.survey_whole(extract), self._surveyed, lane="io")
        else:
            self._looking = tasks.run(self, work.survey_start(preview, path), self._start_surveyed, lane="io")

    def _start_surveyed(self, survey: Survey) -> None:
        self._looking = None
        preview = self.session.preview
        if preview is not None and self.session.survey is None:
            self._start = preview, survey
            self.rows.show_file(preview, survey, self.session.extract)

    def _surveyed(self, survey: Survey) -> None:
        self._looking = None
        if self.session.extract is not None:
            self.session.survey = survey
            self.refresh()

    def _example(self) -> str:
        """A date of the file that reads two ways, for the question."""
        extract = self.session.extract
        for name in self.session.undecided if extract is not None else ():
            for cell in extract.frame.get_column(name) if extract is not None else ():
                if cell and DATE.fullmatch(cell) and date_votes([(cell, 1)]).either:
                    return str(cell)
        return ""

    def _show_recent(self) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        recent = self.session.recent.groups()
        self._recent_title.setVisible(bool(recent))
        for path, *others in recent:
            more = self.tr("and %Ln more", "", len(others)) if others else ""
            button = QPushButton(caption(f"{path.name} {more}   {path.parent}"))
            button.setProperty("role", "link")
            button.setAccessibleName(self.tr("Open {name}").format(name=f"{path.name} {more}".strip()))
            theme.set_icon(button, "file", "accent", 16)
            button.setProperty("paths", [str(path), *map(str, others)])
            button.clicked.connect(self._open_recent)
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_recent(self) -> None:
        button = self.sender()
        if button is not None:
            self.session.open_files([Path(name) for name in button.property("paths")])

    def _show_file(self) -> None:
        path, extract = self.session.path, self.session.extract
        self._file.setText(path.name if path is not None else "")
        self._size.setText(self._size_in_words())
        preview = self.session.preview
        columns = len(preview.columns) if preview is not None else 0
        if extract is None:
            words = self.tr("These are the first rows; the whole file is read when you continue.")
            counted = self.tr("%Ln column(s)", "", columns)
            self._summary.setText(f"{counted}. {words}")
        elif self.session.undecided:
            self._summary.setText(self.tr("Answer the question about the dates to go on."))
        else:
            self._summary.setText(self.tr("The whole file was read."))

    def _size_in_words(self) -> str:
        """Of several files how many they are and, once they were read, how many rows the one shown gave."""
        session = self.session
        size = session.size(sum(preview.size for preview in session.previews.values()))
        count = len(session.files)
        if count < 2:
            return size
        words = self.tr("one of %Ln file(s), {size} in all", "", count).format(size=size)
        parts = session.extract.options.parts if session.extract is not None else ()
        rows = [part.rows for part in parts if Path(part.path) == session.path]
        of_this = self.tr("%Ln row(s) in this one", "", sum(rows))
        return f"{words}, {of_this}" if rows else words

    def _changed(self, change: str) -> None:
        if change in ("extract", "batch", "settings"):
            # Behind another page it waits until it is shown: that page has enough to say.
            self._stale = not self.isVisible()
            if not self._stale:
                self.refresh()
