"""Every sentence of the suggestions, by kind.

Places of a sentence: `{old}`, `{new}` (codes with their label), `{label}` of the first field written, and
each part of the record by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop_app.core.suggestions.sentence import Sentence
from desktop_app.core.suggestions.sentences_form import FORM
from desktop_app.core.suggestions.sentences_person import PERSON
from desktop_app.core.suggestions.sentences_tumour import TUMOUR

WORDS: Mapping[str, Sentence] = MappingProxyType(TUMOUR | PERSON | FORM)
