"""Load: a file is dropped, its reading is guessed, shown and can be changed before anything else happens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.stages import Guess
from desktop_app.ui import theme
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.drop import DropZone
from desktop_app.ui.widgets.flow import FlowLayout
from desktop_app.ui.widgets.problems import ProblemList
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table
from validation_rules.contract import available_contracts

SURE, LIKELY = 0.9, 0.6


class LoadPage(QWidget):
    """Before a file: the drop zone and the recent files. After: guesses, first rows, what looks odd."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._guesses: dict[str, Guess] = {}
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._make_welcome())
        self._stack.addWidget(self._make_preview())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Open), self, self.choose)
        session.changed.connect(self._changed)
        self.refresh()

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Load")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr(
            "Open an extract. The program shows how it reads the file; change a guess that is wrong."
        )

    def choose(self) -> None:
        """Asks for a file."""
        kinds = self.tr(
            "Extracts (*.csv *.tsv *.txt *.dat *.xlsx *.xlsm *.xls *.ods *.html *.htm *.parquet *.sas7bdat"
            " *.xpt *.sav *.zsav *.por *.dta *.gz *.zip);;All files (*)"
        )
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open an extract"), "", kinds)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Looks at a file."""
        self.session.open_file(path)

    def refresh(self) -> None:
        """Says it again from the session."""
        preview = self.session.preview
        self._stack.setCurrentIndex(0 if preview is None else 1)
        self.setFocusProxy(self._drop.button if preview is None else self.go_on)
        self.go_on.setText(self.tr("Continue") if self.session.extract is None else self.tr("Go on to Map"))
        if preview is None:
            self._show_recent()
            return
        self._show_file()
        self._show_guesses()
        self._problems.show_sentences([self.session.say(text) for text in preview.problems])
        self._rows.show(preview.columns, preview.rows)
        fit_columns(self._table, preview.columns, preview.rows)

    def _make_welcome(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        self._drop = DropZone(
            self.tr("Drop an extract here"),
            self.tr(
                "CSV, workbook or fixed width. Your file is read, never changed, and stays on this computer."
            ),
            self.tr("Open a file…"),
        )
        self._drop.button.setToolTip(self.tr("Open a file (Ctrl+O)"))
        self._drop.dropped.connect(self.open)
        self._drop.asked.connect(self.choose)
        self._recent_title = QLabel(self.tr("Recent files"))
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
        self._chips = FlowLayout()
        self._evidence = QLabel()
        self._evidence.setProperty("role", "muted")
        self._evidence.setWordWrap(True)
        self._problems = ProblemList()
        self._rows = RowsModel(self)
        self._table = plain_table(self._rows, self.tr("First rows of the file"))
        column.addLayout(self._make_file_line())
        column.addLayout(self._chips)
        column.addWidget(self._evidence)
        column.addWidget(self._problems)
        column.addWidget(self._table, 1)
        column.addLayout(self._make_foot())
        return page

    def _make_file_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        picture = QLabel()
        theme.set_icon(picture, "file", "text", 18)
        self._file = QLabel()
        self._file.setProperty("role", "section")
        self._size = QLabel()
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
        self._summary = QLabel()
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
        if self.session.extract is not None:
            self.session.go.emit("map")
        elif self.session.preview is not None and self.session.path is not None and self.go_on.isEnabled():
            self.session.read()

    def _show_recent(self) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        recent = self.session.recent_files()
        self._recent_title.setVisible(bool(recent))
        for path in recent:
            button = QPushButton(f"{path.name}   {path.parent}")
            button.setProperty("role", "link")
            button.setAccessibleName(self.tr("Open {name}").format(name=path.name))
            theme.set_icon(button, "file", "accent", 16)
            button.setProperty("path", str(path))
            button.clicked.connect(self._open_recent)
            self._recent.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_recent(self) -> None:
        button = self.sender()
        if button is not None:
            self.open(Path(str(button.property("path"))))

    def _show_file(self) -> None:
        path, extract = self.session.path, self.session.extract
        self._file.setText(path.name if path is not None else "")
        size = path.stat().st_size if path is not None and path.is_file() else 0
        self._size.setText(self.session.size(size))
        preview = self.session.preview
        columns = len(preview.columns) if preview is not None else 0
        if extract is None:
            words = self.tr("These are the first rows; the whole file is read when you continue.")
            counted = self.tr("%Ln column(s)", "", columns)
            self._summary.setText(f"{counted}. {words}")
            return
        said = [self.tr("%Ln row(s)", "", extract.frame.height), self.tr("%Ln column(s)", "", columns)]
        if extract.blank_rows:
            said.append(self.tr("%Ln blank row(s)", "", extract.blank_rows))
        if extract.ragged:
            said.append(self.tr("%Ln row(s) of another length", "", extract.ragged))
        self._summary.setText(", ".join(said))

    def _show_guesses(self) -> None:
        preview = self.session.preview
        self._chips.clear()
        if preview is None:
            return
        self._guesses = {guess.option: guess for guess in preview.guesses}
        self._chips.addWidget(self._make_contract_chip())
        for guess in preview.guesses:
            self._chips.addWidget(self._make_chip(guess))
        doubtful = sorted(preview.guesses, key=lambda guess: guess.confidence)
        self._look(doubtful[0].option if doubtful else "")

    def _make_chip(self, guess: Guess) -> Chip:
        evidence = f"{self._sureness(guess)} {self.session.say(guess.evidence)}"
        shape = "done" if guess.confidence >= SURE else "info" if guess.confidence >= LIKELY else "confirm"
        chip = Chip(guess.option, self._option(guess.option), self._value(guess.value), shape, evidence)
        if guess.option == "layout":
            chip.clicked.connect(self._choose_layout)
        else:
            others = dict.fromkeys((guess.value, *guess.choices))
            chip.offer([(value, self._value(value)) for value in others], guess.value)
        chip.picked.connect(self.session.set_option)
        chip.looked.connect(self._look)
        return chip

    def _make_contract_chip(self) -> Chip:
        """What the file holds: never guessed, since it decides what leaves."""
        now = "" if self.session.contract is None else self.session.contract.id
        known = self._contents()
        words = self.tr("Chosen by you: the contract that the rows are checked against, {contract}.")
        chip = Chip("contract", self.tr("Content"), known.get(now, now), "info", words.format(contract=now))
        offered = dict.fromkeys(name.partition("@")[0] for name in available_contracts())
        chip.offer([(name, known.get(name, name)) for name in offered], now)
        chip.picked.connect(lambda _, name: self.session.choose_contract(name))
        chip.looked.connect(lambda _: self._evidence.setText(chip.evidence))
        return chip

    def _contents(self) -> dict[str, str]:
        return {
            "rnc-tumeurs": self.tr("tumours, national registry"),
            "rnc-notifications": self.tr("notifications of a hospital, national registry"),
            "encr-incidence": self.tr("incidence, European call"),
            "encr-mortality": self.tr("mortality, European call"),
            "encr-population": self.tr("population, European call"),
            "encr-lifetable": self.tr("life tables, European call"),
        }

    def _choose_layout(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Record layout"), "", self.tr("Layouts (*.csv);;All files (*)")
        )
        if name:
            self.session.set_option("layout", name)

    def _look(self, option: str) -> None:
        guess = self._guesses.get(option)
        if guess is not None:
            words = (
                f"{self._option(option)}\u00a0: {self._sureness(guess)} {self.session.say(guess.evidence)}"
            )
            self._evidence.setText(words)

    def _sureness(self, guess: Guess) -> str:
        if guess.confidence >= SURE:
            return self.tr("Sure.")
        return self.tr("Likely.") if guess.confidence >= LIKELY else self.tr("Please check.")

    def _option(self, option: str) -> str:
        words = {
            "format": self.tr("Format"),
            "encoding": self.tr("Encoding"),
            "separator": self.tr("Separator"),
            "quote": self.tr("Quotes"),
            "header_row": self.tr("Header row"),
            "sheet": self.tr("Sheet"),
            "layout": self.tr("Layout"),
            "member": self.tr("File in the archive"),
        }
        return words.get(option, option)

    def _value(self, value: str) -> str:
        words = {
            ";": self.tr("semicolon ;"),
            ",": self.tr("comma ,"),
            "\t": self.tr("tab"),
            "|": self.tr("vertical bar |"),
            '"': self.tr('double quotes "'),
            "'": self.tr("single quotes '"),
            "": self.tr("none"),
            "delimited": self.tr("separated text"),
            "fixed_width": self.tr("fixed width"),
            "xlsx": self.tr("Excel workbook"),
            "xls": self.tr("old Excel workbook"),
            "ods": self.tr("OpenDocument workbook"),
            "html": self.tr("Web page"),
            "parquet": "Parquet",
            "sas": "SAS",
            "spss": "SPSS",
            "stata": "Stata",
        }
        return words.get(value, value)

    def _changed(self, change: str) -> None:
        if change in ("extract", "batch", "settings"):
            self.refresh()
