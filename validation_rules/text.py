"""A sentence in the two languages of the product."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["fr", "en"]


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
