"""Identity fields in the one form that every site hashes.

Two sites find the same person only if they write the same bytes, so this module is versioned: any change
of a result changes `NORMALISER`, which enters every derived key. `vectors.json` beside it is the published
table of inputs and results; it is checked before every pseudonymisation.

Inputs are contract values (String, null = blank). Results hold A to Z and digits only; an unusable value
counts as missing and gives an empty result. Nothing here raises.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

MAX_SURNAMES: Final = 4
MAX_GIVEN_NAMES: Final = 2

# Letters that Unicode does not take apart, though a clerk types them as these.
_OPENED: Final = str.maketrans(
    {"Æ": "AE", "Œ": "OE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH", "ẞ": "SS"}
)
_SPELLED_OUT: Final = {"ST": "SAINT", "STE": "SAINTE"}
_SAINTS: Final = frozenset({"SAINT", "SAINTE"})
_PARTICLES: Final = frozenset(
    [
        "D",
        "DE",
        "DES",
        "DU",
        "L",
        "LA",
        "LE",
        "LES",
        "DA",
        "DAS",
        "DO",
        "DOS",
        "DEL",
        "DELLA",
        "DI",
        "VAN",
        "VON",
        "DER",
        "DEN",
        "TEN",
        "EL",
        "AL",
        "BEN",
    ]
)
# The placeholders of rule IDN-08 that no confirmation can turn into a name.
_PLACEHOLDER: Final = re.compile(r"X+|INCONNUE?|ANONYME|NONRENSEIGNEE?|SANSPRENOM|SANSNOM")
_DASHES: Final = re.compile(r"\s*[-\u00ad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]\s*")
_SHORTEST_PART: Final = 3

_NIR: Final = re.compile(r"([12]\d{4}(?:\d\d|2[AB])\d{6})(\d\d)?", re.ASCII)
_CORSICA: Final = {"2A": "19", "2B": "18"}
_PLACE: Final = re.compile(r"(?:\d\d|2[AB])\d{3}", re.ASCII)
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_UNKNOWN_PLACES: Final = frozenset({"99999", "00000"})


def words(text: str | None) -> tuple[str, ...]:
    """The words of a name: no accents, capitals A to Z, ligatures opened, ST and STE spelled out."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text or "").upper()).translate(
        _OPENED
    )
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return tuple(_SPELLED_OUT.get(word, word) for word in re.findall("[A-Z]+", plain))


def surname_variants(birth_name: str | None, used_name: str | None) -> tuple[str, ...]:
    """At most four distinct forms under which a person may be registered, most telling first.

    Birth name closed up, name in use closed up, both without particles, then the parts of a compound.
    """
    both = [_usable(words(birth_name)), _usable(words(used_name))]
    bare = [_without_particles(name) for name in both]
    parts = [part for name in bare if len(name) > 1 for part in name if len(part) >= _SHORTEST_PART]
    wholes = ["".join(name) for name in (*both, *bare)]
    return _distinct([*wholes, *parts])[:MAX_SURNAMES]


def given_names(text: str | None) -> tuple[str, ...]:
    """At most two given names: the first closed up, then the start of a compound, or the second name."""
    dashed = _DASHES.sub("-", text or "")
    names = [_usable(words(name)) for name in re.split(r"[\s,]+", dashed)]
    first, *others = [name for name in names if name] or [()]
    second = first[:1] if len(first) > 1 else (others[0] if others else ())
    return _distinct(["".join(first), "".join(second)])[:MAX_GIVEN_NAMES]


def nir(text: str | None) -> str:
    """The first 13 characters of a NIR whose form is right and whose key holds; else empty.

    A number of 13 characters is taken: it has no key that could fail, sites that receive the number and
    its key apart often keep only these 13, and no link rests on the number alone (its templates go with
    a name or a date, and contradicting names weigh against it). Temporary numbers (first digit 3, 4, 7, 8)
    count as missing, because they will differ from the number the person is given later.
    """
    match = _NIR.fullmatch(re.sub(r"\s", "", text or "").upper())
    if match is None:
        return ""
    number, key = match.groups()
    return number if key is None or int(key) == nir_key(number) else ""


def nir_key(number: str) -> int:
    """97 - (13 characters mod 97), 2A read as 19 and 2B as 18 (Insee)."""
    department = number[5:7]
    return 97 - int(number[:5] + _CORSICA.get(department, department) + number[7:]) % 97


def commune(text: str | None) -> str:
    """Insee code of a place of birth; Corsica as 20, its department before 1976, whatever was written.

    The numbers inside the two departments do not overlap, so no two communes fall together.
    """
    code = (text or "").strip().upper()
    if not _PLACE.fullmatch(code) or code in _UNKNOWN_PLACES:
        return ""
    return "20" + code[2:] if code[:2] in _CORSICA else code


def postal_code(text: str | None) -> str:
    """Five digits, or empty."""
    code = (text or "").strip()
    known = re.fullmatch(r"\d{5}", code, re.ASCII) and code not in _UNKNOWN_PLACES
    return code if known else ""


def full_date(text: str | None) -> str:
    """`YYYYMMDD` of a complete date that the calendar has; an incomplete one counts as missing."""
    match = _DATE.fullmatch((text or "").strip())
    if match is None:
        return ""
    year, month, day = match.groups()
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return year + month + day


def sex(text: str | None) -> str:
    """`1` or `2`; indeterminate and unknown count as missing."""
    code = (text or "").strip()
    return code if code in ("1", "2") else ""


def _usable(name: tuple[str, ...]) -> tuple[str, ...]:
    return () if _PLACEHOLDER.fullmatch("".join(name)) else name


def _without_particles(name: tuple[str, ...]) -> tuple[str, ...]:
    """SAINT stays with the word it belongs to; a name made of particles alone keeps them."""
    kept: list[str] = []
    saint = ""
    for word in name:
        if word in _SAINTS:
            saint += word
        elif word not in _PARTICLES:
            kept.append(saint + word)
            saint = ""
    return tuple(kept + [saint] * bool(saint)) or name


def _distinct(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
