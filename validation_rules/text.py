"""A sentence in the two languages of the product."""

from __future__ import annotations

from typing import Literal, NamedTuple, Self

Language = Literal["fr", "en"]
_THIN = "\N{NARROW NO-BREAK SPACE}"
_NO_BREAK = "\N{NO-BREAK SPACE}"
_AFTER_A_BLANK = ":;?!»"


class _Pair(NamedTuple):
    fr: str
    en: str


class Text(_Pair):
    """One sentence, French and English side by side, so that neither can be forgotten.

    The French is set with no-break spaces as it is made, whoever wrote it: in the source, in a contract, or
    with values of a file in it. Never compare it with what a person typed, see `typeset`.
    """

    __slots__ = ()

    def __new__(cls, fr: str, en: str) -> Self:
        return super().__new__(cls, typeset(fr), en)

    def in_(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> Text:
        """The same sentence with `{name}` places filled in both languages."""
        return Text(self.fr.format(**values), self.en.format(**values))


def typeset(french: str) -> str:
    """No line of French begins with « : ; ? ! » » or ends with an opening quotation mark: the blank before or
    after is one where no line breaks. Twice is as once.
    """
    for mark in _AFTER_A_BLANK:
        if mark in french:
            french = french.replace(f" {mark}", f"{_NO_BREAK}{mark}")
    return french.replace("« ", f"«{_NO_BREAK}") if "«" in french else french


def grouped(value: int) -> Text:
    """48210 as « 48 210 » (narrow no-break space) and "48,210"."""
    return Text(f"{value:,}".replace(",", _THIN), f"{value:,}")


def counted(count: int, one: Text, many: Text) -> Text:
    """The number, then `one` or `many`: in French none and one are singular, in English one alone is."""
    number = grouped(count)
    return Text(
        f"{number.fr} {one.fr if abs(count) < 2 else many.fr}",
        f"{number.en} {one.en if count == 1 else many.en}",
    )


def rows(count: int) -> Text:
    """« 1 ligne », « 2 lignes »; "1 row", "2 rows"."""
    return counted(count, Text("ligne", "row"), Text("lignes", "rows"))
