"""The guesses about a file as chips, and the evidence of the one that is looked at."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_app.core.stages import Guess
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.flow import FlowLayout
from validation_rules.contract import available_contracts

if TYPE_CHECKING:
    from desktop_app.core.extracts import Preview
    from desktop_app.core.extracts.survey import Survey

SURE, LIKELY = 0.9, 0.6


class GuessChips(QWidget):
    """One chip a guess: its value, how sure, and the other values. A choice is read again at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._guesses: dict[str, Guess] = {}
        self._chips = FlowLayout()
        self._evidence = PlainLabel()
        self._evidence.setProperty("role", "muted")
        self._evidence.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._chips)
        column.addWidget(self._evidence)

    def show_preview(self, preview: Preview, survey: Survey | None) -> None:
        """The guesses; those about the cells as the whole file tells them, once it was read."""
        known = {guess.option: guess for guess in preview.guesses}
        for guess in survey.guesses if survey is not None else ():
            if guess.option not in self.session.options:
                known[guess.option] = guess
        self._guesses = known
        self._chips.clear()
        self._chips.addWidget(self._make_contract_chip())
        for guess in known.values():
            self._chips.addWidget(self._make_chip(guess))
        self._look(min(known.values(), key=_confidence).option if known else "")

    def _make_chip(self, guess: Guess) -> Chip:
        evidence = f"{self._sureness(guess)} {self.session.say(guess.evidence)}"
        shown = self._value(guess.option, guess.value)
        shape = "done" if guess.confidence >= SURE else "info" if guess.confidence >= LIKELY else "confirm"
        chip = Chip(guess.option, self._option(guess.option), shown, shape, evidence)
        if guess.option == "layout":
            chip.clicked.connect(self._choose_layout)
        elif guess.option in ("companion", "identities"):
            self._offer_files(chip, guess)
        else:
            others = dict.fromkeys((guess.value, *guess.choices))
            chip.offer([(value, self._value(guess.option, value)) for value in others], guess.value)
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

    def _offer_files(self, chip: Chip, guess: Guess) -> None:
        """The files beside that could be it, when there are some; any other file always."""
        if not guess.choices:
            chip.clicked.connect(partial(self._choose_file, guess.option))
            return
        names = dict.fromkeys(filter(None, (guess.value, *guess.choices)))
        listed = [(name, self._value(guess.option, name)) for name in names]
        chip.offer([*listed, ("", self.tr("Another file…"))], guess.value)
        chip.picked.connect(self._pick_file)

    def _pick_file(self, option: str, name: str) -> None:
        if not name:
            self._choose_file(option)

    def _choose_file(self, option: str) -> None:
        """Asks for the file that is read along with the one shown."""
        name, _ = QFileDialog.getOpenFileName(self, self._option(option), "", self.tr("All files (*)"))
        if name:
            self.session.set_option(option, name)

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
            "companion": self.tr("Read along with"),
            "identities": self.tr("Names of the patients"),
            "date_order": self.tr("Dates"),
            "decimal_mark": self.tr("Decimal mark"),
            "thousands_mark": self.tr("Thousands mark"),
            "part": self.tr("File shown"),
        }
        return words.get(option, option)

    def _value(self, option: str, value: str) -> str:
        if option == "date_order" and not value:
            return self.tr("to be decided")
        if option in ("companion", "identities"):
            return Path(value).name or self.tr("none: choose…")
        words = {
            ";": self.tr("semicolon ;"),
            ",": self.tr("comma ,"),
            "\t": self.tr("tab"),
            "|": self.tr("vertical bar |"),
            '"': self.tr('double quotes "'),
            "'": self.tr("single quotes '"),
            "": self.tr("none"),
            ".": self.tr("point ."),
            " ": self.tr("space"),
            "dmy": self.tr("day/month/year"),
            "mdy": self.tr("month/day/year"),
            "delimited": self.tr("separated text"),
            "fixed_width": self.tr("fixed width"),
            "pmsi-mco": self.tr("PMSI, acute care"),
            "xlsx": self.tr("Excel workbook"),
            "xls": self.tr("old Excel workbook"),
            "ods": self.tr("OpenDocument workbook"),
            "html": self.tr("table of a Web page"),
            "parquet": "Parquet",
            "sas": "SAS",
            "spss": "SPSS",
            "stata": "Stata",
        }
        return words.get(value, value)


def _confidence(guess: Guess) -> float:
    return guess.confidence
