"""The layout of linkage tokens: what a record's tokens are, in which slot, at which offset.

Shared by the site, which fills it, and the linkage unit, which reads it. A record gives exactly
`TOKENS_LENGTH` bytes: one token of `TOKEN_BYTES` bytes per slot, templates in the order of `TEMPLATES`,
then one byte of presence flags. A slot that has nothing to say holds bytes that look like a token, so the
number of names of a person, or the length of a name, cannot be read from the tokens.

Rule for adding a template: at 200 people per date of birth, no value of it occurs more than 5 times.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

SPECIFICATION: Final = "navette/tokens/1"
NORMALISER: Final = "navette/normalisation/1"
"""Version of the normalisation that comes before hashing; part of every derived key."""

TOKEN_BYTES: Final = 8
FIELD_SEPARATOR: Final = "\x1f"

Part = Literal[
    "surname",  # each variant of the birth name and the name in use
    "surname_sound",  # its phonetic key
    "surname_4",  # its first four letters
    "surname_less",  # the variant whole, and with each of its letters left out
    "given",
    "given_sound",
    "given_3",
    "given_1",
    "given_less",
    "sounds_unordered",  # both phonetic keys in alphabetical order: a swap of the two names is not seen
    "sex",
    "date",  # YYYYMMDD
    "year",
    "year_month",
    "year_day",
    "month_day",
    "year_unordered",  # the year, then month and day in numeric order: a swap of the two is not seen
    "commune",  # of birth
    "postal",  # of residence
    "nir",  # 13 characters
]


class Template(NamedTuple):
    """One kind of token: the normalised parts it is hashed over, and how many slots it has.

    `name` is the label of its subkey and never changes its meaning within one specification.
    """

    name: str
    parts: tuple[Part, ...]
    slots: int
    first_slot: int

    @property
    def offset(self) -> int:
        """Byte at which its first slot starts."""
        return self.first_slot * TOKEN_BYTES

    @property
    def end(self) -> int:
        """Byte after its last slot."""
        return (self.first_slot + self.slots) * TOKEN_BYTES


_SLOTS: Final[tuple[tuple[int, tuple[Part, ...]], ...]] = (
    # surname and full date
    (4, ("surname", "date")),
    (4, ("surname", "sex", "date")),
    (6, ("surname", "given", "date")),
    (6, ("sounds_unordered", "date")),
    (6, ("surname_4", "given", "date")),
    (6, ("surname", "given_3", "date")),
    (6, ("surname", "given_1", "date")),
    (3, ("surname_sound", "given_1", "date")),
    # one letter missing
    (22, ("surname_less", "given", "date")),
    (12, ("surname", "given_less", "date")),
    # full date and place
    (2, ("given", "date", "commune")),
    (2, ("given", "date", "postal")),
    (3, ("surname", "date", "commune")),
    (3, ("surname", "date", "postal")),
    (3, ("surname_sound", "date", "commune")),
    (3, ("surname_sound", "date", "postal")),
    (2, ("given_sound", "date", "commune")),
    (2, ("given_sound", "date", "postal")),
    (1, ("sex", "date", "commune", "postal")),
    # two of the three parts of the date
    (4, ("surname_sound", "given_sound", "year_month")),
    (4, ("surname_sound", "given_sound", "year_day")),
    (4, ("surname_sound", "given_sound", "month_day")),
    (4, ("surname_sound", "given_sound", "year_unordered")),
    (4, ("surname", "given", "month_day")),
    # no date
    (4, ("surname_sound", "given_sound", "commune")),
    (4, ("surname_sound", "given_sound", "postal")),
    (4, ("surname", "given", "commune")),
    (4, ("surname", "given", "postal")),
    (4, ("surname", "given_3", "commune")),
    (4, ("surname", "given_3", "postal")),
    (4, ("surname_4", "given", "commune")),
    (4, ("surname_4", "given", "postal")),
    (2, ("surname", "commune", "postal")),
    # number
    (1, ("nir",)),
    (4, ("surname_sound", "nir")),
    (2, ("given_sound", "nir")),
    (1, ("year", "nir")),
    (1, ("month_day", "nir")),
)


def _laid_out() -> tuple[Template, ...]:
    templates: list[Template] = []
    for slots, parts in _SLOTS:
        first = templates[-1].first_slot + templates[-1].slots if templates else 0
        templates.append(Template("+".join(parts), parts, slots, first))
    return tuple(templates)


TEMPLATES: Final = _laid_out()
SLOT_COUNT: Final = sum(template.slots for template in TEMPLATES)

PRESENCE: Final = ("date", "sex", "commune", "postal", "nir", "surname", "given")
"""Bit 0 to bit 6 of the last byte: which items were filled and usable."""

PRESENCE_OFFSET: Final = SLOT_COUNT * TOKEN_BYTES
TOKENS_LENGTH: Final = PRESENCE_OFFSET + 1
