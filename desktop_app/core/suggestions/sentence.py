"""How a suggestion is told."""

from __future__ import annotations

from typing import NamedTuple

from validation_rules.text import Text


class Sentence(NamedTuple):
    """`name` says the way a value was found, in a few words without any value: it goes to the log. `why` may
    hold values of the row, and is for the screen."""

    name: Text
    why: Text


def by_kind(*lines: tuple[str, str, str, str, str]) -> dict[str, Sentence]:
    """Sentences by kind, from (kind, name in French, in English, why in French, in English)."""
    return {
        kind: Sentence(Text(name_fr, name_en), Text(why_fr, why_en))
        for kind, name_fr, name_en, why_fr, why_en in lines
    }
