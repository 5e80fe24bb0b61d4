"""The letter: to whom, what, how many, in what form; the columns that leave, and three rows as they will."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QTableView, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.batches.zones import Departure
    from desktop_app.core.stages import Receipt
    from desktop_app.core.transport import Enrolment
    from desktop_app.ui.send.letter import Letter
    from validation_rules.contract import Contract

SHOWN_BYTES = 6
_MOST_HIGH = 16_777_215  # Qt’s own limit: as high as there is room


class LetterView(QWidget):
    """Filled once by `show_letter`; before that, what is known without keys by `show_outline`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lines = QGridLayout()
        self._columns_model, self._linkage_model, self._clinical_model = (RowsModel(self) for _ in range(3))
        self.columns = plain_table(self._columns_model, self.tr("Columns that leave"))
        self.linkage = plain_table(self._linkage_model, self.tr("Example rows for the linkage unit"))
        self.clinical = plain_table(self._clinical_model, self.tr("Example rows for the registry"))
        self._examples = QWidget()
        self._hint, self._columns_title = PlainLabel(), self._section("")
        self._lay_out()

    def show_outline(
        self, contract: Contract, records: int, persons: int, enrolment: Enrolment | None = None
    ) -> None:
        """What can be said before enrolment or while findings block: how much, and which columns."""
        from desktop_app.core.batches.zones import departures

        self._before()
        ends = self._ends(enrolment) if enrolment is not None else []
        self._fill([*ends, (self.tr("What"), self._amount(records, persons))])
        self._show_columns(departures(contract))
        self._examples.hide()

    def show_receipt(self, contract: Contract, enrolment: Enrolment, receipt: Receipt, size: int) -> None:
        """What has left, as the registry’s receipt says it; `size` in bytes."""
        from desktop_app.core.batches.zones import departures, kept

        session = self._session
        when = session.moment(receipt.received)
        signed = self.tr("{number}, received on {when}; the registry’s signature is verified")
        sealed = self.tr("{size} in two sealed parts: one for the linkage unit, one for the registry")
        self._hint.setText(self.tr("This is all that left this computer, as the registry’s receipt says it."))
        self._columns_title.setText(self.tr("Exactly these columns left, in this form"))
        self._fill(
            [
                (
                    self.tr("Receipt"),
                    signed.format(number=receipt.number, when=when),
                ),
                *self._ends(enrolment),
                (self.tr("What"), self._amount(receipt.records, receipt.persons)),
                (self.tr("Form"), sealed.format(size=session.size(size))),
                (self.tr("Never leaves"), ", ".join(session.say(field.label) for field in kept(contract))),
                (self.tr("Batch"), receipt.batch_id),
                (self.tr("Seal (SHA-256)"), receipt.manifest_sha256),
            ]
        )
        self._show_columns(departures(contract))
        self._examples.hide()

    def _ends(self, enrolment: Enrolment) -> list[tuple[str, str]]:
        place = self.tr("the registry, at {place}").format(place=enrolment.endpoint.removeprefix("https://"))
        return [
            (self.tr("To"), place),
            (self.tr("From"), f"{enrolment.site.name} (FINESS {enrolment.site.finess})"),
        ]

    def _before(self) -> None:
        self._hint.setText(self.tr("Please read before sending: this is all that leaves this computer."))
        self._columns_title.setText(self.tr("Exactly these columns leave, in this form"))

    def show_letter(self, letter: Letter) -> None:
        """The whole letter."""
        self._before()
        session = self._session
        until = session.locale.toString(_qdate(letter.key_until), QLocale.FormatType.ShortFormat)
        first, last = letter.period or ("–", "–")
        key = self.tr("{key}, check value {value} verified, valid until {day}")
        self._fill(
            [
                (self.tr("To"), self.tr("the registry, at {place}").format(place=letter.registry)),
                (self.tr("From"), f"{letter.site} (FINESS {letter.finess})"),
                (self.tr("What"), self._amount(letter.records, letter.persons)),
                (self.tr("Incidence"), self.tr("{first} to {last}").format(first=first, last=last)),
                (self.tr("Form"), self._form()),
                (self.tr("Never leaves"), ", ".join(session.say(label) for label in letter.kept)),
                (self.tr("Linkage key"), key.format(key=letter.key_id, value=letter.check_value, day=until)),
                (self.tr("Confirmed findings"), self._confirmed(letter.confirmed)),
            ]
        )
        self._show_columns(list(letter.columns))
        self._show_rows(self._linkage_model, self.linkage, letter.linkage)
        self._show_rows(self._clinical_model, self.clinical, letter.clinical)
        self._examples.show()

    def _form(self) -> str:
        return self.tr(
            "two sealed parts: one for the linkage unit, one for the registry; neither can open the other’s. "
            "No name, no number and no full date of birth leaves."
        )

    def _amount(self, records: int, persons: int) -> str:
        counted, people = self.tr("%Ln record(s)", "", records), self.tr("%Ln person(s)", "", persons)
        return f"{counted}, {people}"

    def _confirmed(self, counts: dict[str, int]) -> str:
        if not counts:
            return self.tr("none")
        total = self.tr("%Ln go with the batch:", "", sum(counts.values()))
        listed = ", ".join(
            f"{rule}\N{NO-BREAK SPACE}({self._session.number(n)})" for rule, n in counts.items()
        )
        return f"{total} {listed}"

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = QFrame()
        card.setProperty("role", "card")
        card.setLayout(self._lines)
        self._lines.setContentsMargins(20, 16, 20, 16)
        self._lines.setHorizontalSpacing(20)
        self._lines.setVerticalSpacing(8)
        self._lines.setColumnStretch(1, 1)
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        column.addWidget(self._hint)
        column.addWidget(card)
        column.addWidget(self._columns_title)
        column.addWidget(self.columns, 1)
        inner = QVBoxLayout(self._examples)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._section(self.tr("Three rows as they will leave: to the linkage unit")))
        inner.addWidget(self.linkage)
        inner.addWidget(self._section(self.tr("The same three rows: to the registry")))
        inner.addWidget(self.clinical)
        column.addWidget(self._examples)
        for view in (self.columns, self.linkage, self.clinical):
            view.verticalHeader().hide()
            view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _section(self, words: str) -> QLabel:
        label = PlainLabel(words)
        label.setProperty("role", "section")
        return label

    def _fill(self, lines: list[tuple[str, str]]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, said) in enumerate(lines):
            head, text = PlainLabel(name), PlainLabel(said)
            head.setProperty("role", "muted")
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{name}, {said}")
            self._lines.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(text, row, 1)

    def _show_columns(self, leaving: list[Departure]) -> None:
        from desktop_app.core.batches.zones import FORMS, ZONES

        say = self._session.say
        names = (self.tr("Field"), self.tr("Goes to"), self.tr("In what form"))
        zones: dict[tuple[str, str, str], list[str]] = {}
        for one in leaving:
            zones.setdefault((one.field, say(one.label), say(FORMS[one.form])), []).append(
                say(ZONES[one.zone])
            )
        both = self.tr("both recipients")
        rows = [
            (label, places[0] if len(places) == 1 else both, form)
            for (_, label, form), places in zones.items()
        ]
        self._columns_model.show(names, rows)
        fit_columns(self.columns, names, rows, 60)
        self.columns.horizontalHeader().setStretchLastSection(True)
        _rows_high(self.columns, 9)
        self.columns.setMaximumHeight(_MOST_HIGH)

    def _show_rows(self, model: RowsModel, view: QTableView, frame: pl.DataFrame) -> None:
        rows = [[_cell(value, self._session) for value in row] for row in frame.iter_rows()]
        model.show(frame.columns, rows)
        fit_columns(view, frame.columns, rows, 40)
        view.setFont(theme.tabular(view.font()))
        _rows_high(view, len(rows))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _cell(value: object, session: Session) -> str:
    """Tokens are long: their first bytes, then how many there are."""
    if isinstance(value, bytes):
        size = session.number(len(value))
        return (
            f"{value[:SHOWN_BYTES].hex(' ')} … ({size} {'octets' if session.language == 'fr' else 'bytes'})"
        )
    return "" if value is None else str(value)


def _rows_high(view: QTableView, rows: int) -> None:
    """As high as `rows` whole rows with the header and a scroll bar."""
    row, head = view.verticalHeader().defaultSectionSize(), view.horizontalHeader().sizeHint().height()
    view.setFixedHeight(row * rows + head + 4 + view.horizontalScrollBar().sizeHint().height())
