"""Every sentence of the suggestions, by kind.

Places of a sentence: `{old}`, `{new}` (codes with their label), `{label}` of the first field written, and
each part of the record by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop_app.core.suggestions.dates import AGED
from desktop_app.core.suggestions.sentence import Sentence
from desktop_app.core.suggestions.sentences_form import FORM
from desktop_app.core.suggestions.sentences_person import PERSON
from desktop_app.core.suggestions.sentences_tumour import TUMOUR
from validation_rules.text import Text

_DATED = (
    "date.death",
    "ins.birth_year",
    "ins.birth_turned",
    "ins.birth_month",
    "vital.certificate",
)
_AND_AGE = Sentence(
    Text(" et âge", " and age"),
    Text(
        " L’âge écrit était celui de l’ancienne date : il change avec elle.",
        " The age written was that of the old date: it changes with it.",
    ),
)


def _aged(base: Sentence) -> Sentence:
    """A date put right, and the age that was computed from it."""
    return Sentence(
        *(Text(one.fr + more.fr, one.en + more.en) for one, more in zip(base, _AND_AGE, strict=True))
    )


_BASE: Mapping[str, Sentence] = TUMOUR | PERSON | FORM
WORDS: Mapping[str, Sentence] = MappingProxyType(
    {**_BASE, **{f"{kind}{AGED}": _aged(_BASE[kind]) for kind in _DATED}}
)
