"""How dates and numbers are written: what the values prove, what they leave open, and how they then read.

Plain Python on (value, count) pairs: the first look at a file must not wait for Polars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from desktop_app.core.stages import DateOrder, Guess, ImportOptions
from validation_rules.text import Text, counted

Counts = Sequence[tuple[str, int]]
DATE = re.compile(r"\s*(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?:[ T].*)?\s*", re.ASCII)
NUMBER = re.compile(r"\s*[+-]?\d+([.,])(\d+)\s*", re.ASCII)
GROUPED = re.compile(
    r"\s*[+-]?[1-9]\d{0,2}(?P<mark>[ \u00a0\u202f\u2009'’.,])\d{3}(?:(?P=mark)\d{3})*(?:[.,]\d+)?\s*",
    re.ASCII,
)
SPACES = " \u00a0\u202f\u2009"
ORDERS = cast("tuple[DateOrder, ...]", ("dmy", "mdy"))
_SWAP: Mapping[DateOrder, DateOrder] = {"dmy": "mdy", "mdy": "dmy"}
_LISTED = 4


class Votes(NamedTuple):
    """What the dates of one column prove: rows that only read day first, month first, or either way."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0


@dataclass(frozen=True, slots=True)
class DateOrders:
    """The votes of every column that holds dates with day and month in figures, by its name."""

    votes: Mapping[str, Votes]

    @property
    def common(self) -> DateOrder | None:
        """The order that some column proves and none contradicts."""
        first = any(votes.day_first for votes in self.votes.values())
        second = any(votes.month_first for votes in self.votes.values())
        return None if first == second else "dmy" if first else "mdy"

    def of(self, column: str) -> DateOrder | None:
        """The order of one column, by its own dates or else by those of the others; None when open."""
        votes = self.votes.get(column, Votes())
        if bool(votes.day_first) != bool(votes.month_first):
            return "dmy" if votes.day_first else "mdy"
        return None if votes.day_first else self.common

    @property
    def undecided(self) -> tuple[str, ...]:
        """Columns whose dates read two ways, and nothing in the file tells which."""
        return tuple(
            name
            for name, votes in self.votes.items()
            if votes.either and not votes.day_first and not votes.month_first and self.common is None
        )

    @property
    def mixed(self) -> tuple[str, ...]:
        """Columns with dates that only read day first beside dates that only read month first."""
        return tuple(name for name, votes in self.votes.items() if votes.day_first and votes.month_first)


def date_votes(values: Iterable[tuple[str, int]]) -> Votes:
    """Counts the dates of one column. `03/03/2020` says nothing; a day or month over 31 is no proof."""
    first = second = either = 0
    for value, count in values:
        match = DATE.fullmatch(value)
        if match is None:
            continue
        a, b = int(match[1]), int(match[3])
        if 12 < a <= 31 and 1 <= b <= 12:
            first += count
        elif 12 < b <= 31 and 1 <= a <= 12:
            second += count
        elif a != b and 1 <= a <= 12 and 1 <= b <= 12:
            either += count
    return Votes(first, second, either)


def date_orders(columns: Mapping[str, Counts]) -> DateOrders:
    """The votes of all columns in which a tenth of the rows at least are dates."""
    found = {}
    for name, values in columns.items():
        dates = sum(count for value, count in values if DATE.fullmatch(value))
        if dates and dates >= 0.1 * sum(count for _, count in values):
            found[name] = date_votes(values)
    return DateOrders(found)


def date_guess(orders: DateOrders, *, whole: bool = False) -> Guess | None:
    """What is known of day and month; None when no date has them in figures.

    `whole`: every row was looked at, not the first ones alone. An empty value asks the person.
    """
    if not any(sum(votes) for votes in orders.votes.values()):
        return None
    if orders.common is None:
        return Guess("date_order", "", _open_dates(orders, whole=whole), 0.2, ORDERS)
    proofs = sum(getattr(votes, _PROOF[orders.common]) for votes in orders.votes.values())
    dates = counted(proofs, Text("date ne se lit", "date reads"), Text("dates ne se lisent", "dates read"))
    way = _WAY[orders.common]
    evidence = Text(
        f"{dates.fr} que {way.fr}, et aucune ne dit le contraire.",
        f"{dates.en} {way.en} only, and none says otherwise.",
    )
    sure = 0.97 if proofs >= 5 else 0.8
    return Guess("date_order", orders.common, evidence, sure, (_SWAP[orders.common],))


_PROOF: Mapping[DateOrder, str] = {"dmy": "day_first", "mdy": "month_first"}
_WAY: Mapping[DateOrder, Text] = {
    "dmy": Text("le jour d’abord", "day first"),
    "mdy": Text("le mois d’abord", "month first"),
}


def _open_dates(orders: DateOrders, *, whole: bool) -> Text:
    if orders.mixed or any(votes.day_first or votes.month_first for votes in orders.votes.values()):
        return Text(
            "Certaines dates ne se lisent que le jour d’abord, d’autres que le mois d’abord.",
            "Some dates read day first only, others month first only.",
        )
    listed = quoted(orders.undecided or tuple(orders.votes))
    if whole:
        return Text(
            f"Aucune date de {listed.fr} ne dit si le jour vient avant le mois.",
            f"No date of {listed.en} tells whether the day comes before the month.",
        )
    return Text(
        "Aucune des premières lignes ne dit si le jour vient avant le mois\u00a0; les autres le "
        "diront peut-être.",
        "None of the first rows tells whether the day comes before the month; the others may.",
    )


def quoted(names: Sequence[str]) -> Text:
    """Column names in a sentence, the first few."""
    more = len(names) - _LISTED
    fr = ", ".join(f"«\u00a0{name}\u00a0»" for name in names[:_LISTED])
    en = ", ".join(f"“{name}”" for name in names[:_LISTED])
    return Text(
        fr + (f" et {more} de plus" if more > 0 else ""), en + (f" and {more} more" if more > 0 else "")
    )


def number_guesses(columns: Mapping[str, Counts]) -> list[Guess]:
    """Decimal mark and thousands mark, each only when the values hold something like it."""
    values = [pair for pairs in columns.values() for pair in pairs if _in_figures(pair[0])]
    tallied = {mark: _tally(values, mark) for mark in ",."}
    found = [_decimal_guess(tallied[","], tallied["."]), _thousands_guess(values, tallied)]
    return [guess for guess in found if guess is not None]


def _in_figures(value: str) -> bool:
    return NUMBER.fullmatch(value) is not None or GROUPED.fullmatch(value) is not None


class _Marks(NamedTuple):
    """Rows in which a mark can only be decimal, can be either, can only separate thousands."""

    decimal: int
    either: int
    thousands: int


def _tally(values: Counts, mark: str) -> _Marks:
    decimal = either = thousands = 0
    for value, count in values:
        number, grouped = NUMBER.fullmatch(value), GROUPED.fullmatch(value)
        groups = grouped is not None and grouped["mark"] == mark
        if number is not None and number[1] == mark:
            decimal, either = (decimal, either + count) if groups else (decimal + count, either)
        elif groups:
            thousands += count
        elif grouped is not None and re.search(rf"{re.escape(mark)}\d+\s*$", value):
            decimal += count
    return _Marks(decimal, either, thousands)


def _decimal_guess(comma: _Marks, point: _Marks) -> Guess | None:
    votes = {",": comma.decimal, ".": point.decimal}
    if not any(votes.values()):
        either = comma.either + point.either
        if not either or comma.thousands or point.thousands:
            return None
        value = "," if comma.either >= point.either else "."
        return Guess("decimal_mark", value, _ambiguous(either), 0.5, (".", ",", ""))
    value = max(votes, key=lambda mark: votes[mark])
    other = "." if value == "," else ","
    name = {",": Text("une virgule", "a comma"), ".": Text("un point", "a point")}
    numbers = counted(votes[value], Text("nombre a", "number has"), Text("nombres ont", "numbers have"))
    others = counted(votes[other], Text("autre a", "other has"), Text("autres ont", "others have"))
    rest = Text(f"\u00a0; {others.fr} {name[other].fr}", f"; {others.en} {name[other].en}")
    rest = rest if votes[other] else Text("", "")
    evidence = Text(
        f"{numbers.fr} {name[value].fr} devant les décimales{rest.fr}.",
        f"{numbers.en} {name[value].en} before the decimals{rest.en}.",
    )
    share = votes[value] / sum(votes.values())
    return Guess("decimal_mark", value, evidence, round(0.97 * share, 2), (other,))


def _thousands_guess(values: Counts, tallied: Mapping[str, _Marks]) -> Guess | None:
    sure: dict[str, int] = {}
    for value, count in values:
        match = GROUPED.fullmatch(value)
        if match is not None and match["mark"] not in ",.":
            mark = " " if match["mark"] in SPACES else "'"
            sure[mark] = sure.get(mark, 0) + count
    sure |= {mark: marks.thousands for mark, marks in tallied.items() if marks.thousands}
    if sure:
        best = max(sure, key=lambda mark: sure[mark])
        numbers = counted(sure[best], Text("nombre a", "number has"), Text("nombres ont", "numbers have"))
        evidence = Text(
            f"{numbers.fr} des groupes de trois chiffres\u00a0; la marque est retirée de ces cellules.",
            f"{numbers.en} groups of three digits; the mark is taken out of those cells.",
        )
        confidence = 0.92 if len(sure) == 1 else 0.6
        return Guess("thousands_mark", best, evidence, confidence, ("",))
    either = {mark: marks.either for mark, marks in tallied.items() if marks.either and not marks.decimal}
    if not either:
        return None
    likely = max(either, key=lambda mark: either[mark])
    return Guess("thousands_mark", "", _ambiguous(either[likely]), 0.5, (likely,))


def _ambiguous(rows: int) -> Text:
    numbers = counted(rows, Text("nombre a", "number has"), Text("nombres ont", "numbers have"))
    return Text(
        f"{numbers.fr} trois chiffres après la marque\u00a0: décimales ou milliers, rien ne le dit.",
        f"{numbers.en} three digits after the mark: decimals or thousands, nothing tells.",
    )


def ungrouped_pattern(mark: str) -> str:
    """What a number with this thousands mark looks like, for Polars."""
    marks = f"[{SPACES}]" if mark == " " else "['’]" if mark == "'" else re.escape(mark)
    decimal = "." if mark == "," else "," if mark == "." else ".,"
    return rf"^\s*[+-]?[1-9]\d{{0,2}}(?:{marks}\d{{3}})+(?:[{decimal}]\d+)?\s*$"


def marks_of(mark: str) -> str:
    """The characters that a thousands mark stands for."""
    return SPACES if mark == " " else "'’" if mark == "'" else mark


def shown_as(value: str, options: ImportOptions, order: DateOrder | None) -> str | None:
    """How a cell reads under the options: an ISO date, a number with a point; None when it stays as it is.

    `?` stands for a date that may be read two ways, or that the order forbids.
    """
    match = DATE.fullmatch(value)
    if match is not None:
        return _shown_date(match, options.date_order or order)
    mark = options.thousands_mark
    plain = value.strip()
    if mark and re.match(ungrouped_pattern(mark), value):
        plain = plain.translate({ord(char): None for char in marks_of(mark)})
    number = NUMBER.fullmatch(plain)
    if number is not None and number[1] == "," and options.decimal_mark == ",":
        plain = plain.replace(",", ".")
    return plain if plain != value.strip() else None


def _shown_date(match: re.Match[str], order: DateOrder | None) -> str:
    a, b, year = int(match[1]), int(match[3]), match[4]
    if order is None:
        return f"{year}-{b:02}-{a:02}" if a == b else "?"
    day, month = (a, b) if order == "dmy" else (b, a)
    # 99 and 00 are how an unknown day or month is written.
    fits = (month <= 12 or month == 99) and (day <= 31 or day == 99)
    return f"{year}-{month:02}-{day:02}" if fits else "?"
