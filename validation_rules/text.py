"""A sentence in the two languages of the product."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["fr", "en"]
_THIN = "\N{NARROW NO-BREAK SPACE}"


class Text(NamedTuple):
    """One sentence, French and English side by side, so that neither can be forgotten."""

    fr: str
    en: str

    def in_(self, language: Language) -> str:
        """The sentence in `language`."""
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> Text:
        """The same sentence with `{name}` places filled in both languages."""
        return Text(self.fr.format(**values), self.en.format(**values))


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
