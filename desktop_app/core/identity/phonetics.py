"""A phonetic key for French names: names that sound alike give the same key.

The rules are read from top to bottom, each over the whole name. Sounds that take more than one letter
become a digit, so that no later rule can take them for spelling:

    1  an, en, am, em      2  in, ain, ein, un      3  on, om
    4  ch, sh, sch         5  ou                    6  hard g before e, i (gu)

The key is made for finding, not for reading: it is coarse at the end of a name, where French spelling is
silent, and keeps consonants apart everywhere else. Part of the normaliser: a changed rule changes
`NORMALISER`.
"""

from __future__ import annotations

import re
from typing import Final

_NASAL: Final = "(?![AEIOUNM123])"  # an n or m that a vowel, n or m follows is sounded

_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("PH", "F"),
        ("CH(?=[LNR])", "K"),  # Christophe, Chloé
        ("SCH|CH|SH", "4"),
        ("H", ""),
        ("Y", "I"),
        ("GN", "N"),
        ("CC(?=[EI])", "KS"),
        ("SC(?=[EI])", "S"),
        ("C(?=[EI])", "S"),
        ("CK|CQU|QU|Q|C", "K"),
        ("GU(?=[EI])", "6"),
        ("GE(?=[AOU])|G(?=[EI])", "J"),
        ("W", "V"),
        ("X(?!$)", "KS"),
        ("Z", "S"),
        ("EAU|AU", "O"),
        ("IEN$", "I2"),  # Julien
        (f"(?:AI|EI|I|U)[NM]{_NASAL}", "2"),
        (f"[AE][NM]{_NASAL}", "1"),
        (f"O[NM]{_NASAL}", "3"),
        ("OU", "5"),
        ("OEU|EU|OE|AI|EI", "E"),
        ("OI", "OA"),
        ("(?<=..)(?:E+[RTSX]?|[DTSXP]+)$", ""),  # silent at the end, once two letters are there
        (r"(.)\1+", r"\1"),
    )
)


def sound(name: str) -> str:
    """The phonetic key of a name that `normalisation` has closed up (A to Z); empty only for an empty one."""
    heard = name
    for pattern, replacement in _RULES:
        heard = pattern.sub(replacement, heard)
    return heard or name  # H alone is silent
