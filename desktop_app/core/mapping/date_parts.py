"""Dates whose day, month and year have a column each: « jour_naiss », « mois_naiss », « annee_naiss ».

The header says which part a column is and of what; the cells must bear it out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from desktop_app.core.mapping.profile import Profile
from desktop_app.core.mapping.words import Names
from validation_rules.contract import Contract
from validation_rules.text import Text

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("jour", "jours", "jj", "j", "day", "dd"), "dd"),
        **dict.fromkeys(("mois", "mm", "m", "month"), "mm"),
        **dict.fromkeys(("annee", "an", "aaaa", "a", "year", "yyyy", "yy", "y"), "yyyy"),
    }
)
# One letter before a word, as old programs name a zone: JNAIS, MNAIS, ANAIS.
_GLUED: Mapping[str, str] = MappingProxyType({"j": "dd", "d": "dd", "m": "mm", "a": "yyyy", "y": "yyyy"})
_LEAST_STEM = 3
_RANGES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"dd": (1, 31), "mm": (1, 12), "yyyy": (1850, 2100)}
)
_UNKNOWN = frozenset({"0", "00", "99", "9999"})
_ENOUGH = 0.9
_NAMED, _SCORE, _SURE = 0.6, 0.85, 0.95
MARK = "/"


class PartedDate(NamedTuple):
    """`columns` are places of the source columns: day where there is one, month, year."""

    field: str
    columns: tuple[int, ...]
    forms: tuple[str, ...]
    unknown: str | None
    score: float


def parted_dates(profiles: Sequence[Profile], contract: Contract, names: Names) -> Iterator[PartedDate]:
    """The dates of the contract that several columns write together; one a field, best named first."""
    found = sorted(_named(profiles, contract, names), key=lambda one: -one.score)
    fields: set[str] = set()
    for one in found:
        if one.field not in fields:
            fields.add(one.field)
            yield one


def about(one: PartedDate, profiles: Sequence[Profile], label: Text) -> Text:
    """Why these columns are one date."""
    told = ", ".join(profiles[place].name for place in one.columns)
    return Text(
        f"Les colonnes {told} écrivent ensemble « {label.fr} ».",
        f"Columns {told} together write “{label.en}”.",
    )


def _named(profiles: Sequence[Profile], contract: Contract, names: Names) -> Iterator[PartedDate]:
    groups: dict[str, dict[str, list[int]]] = {}
    for place, column in enumerate(profiles):
        for stem, part in _readings(column.name):
            if _holds(column, part):
                groups.setdefault(stem, {}).setdefault(part, []).append(place)
    for stem, parts in groups.items():
        if {"mm", "yyyy"} <= parts.keys() and all(len(places) == 1 for places in parts.values()):
            target, named = _field(stem, contract, names)
            if named >= _NAMED:
                yield _made(target, named, {part: places[0] for part, places in parts.items()}, profiles)


def _made(target: str, named: float, parts: Mapping[str, int], profiles: Sequence[Profile]) -> PartedDate:
    order = [part for part in ("dd", "mm", "yyyy") if part in parts]
    forms = tuple(MARK.join(order[start:]) for start in range(len(order)))
    values = {value for part in order for value in profiles[parts[part]].values}
    unknown = next((mark for mark in ("99", "00", "0") if mark in values), None)
    score = min(_SURE, _SCORE + 0.1 * (named >= _ENOUGH))
    return PartedDate(target, tuple(parts[part] for part in order), forms, unknown, score)


def _readings(header: str) -> Iterator[tuple[str, str]]:
    """(what is dated, which part), each way in which a header can be read."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    bare = unicodedata.normalize("NFKD", parted).encode("ascii", "ignore").decode().casefold()
    words = re.findall(r"[a-z]+|\d+", bare)
    for place, word in enumerate(words):
        rest = " ".join(words[:place] + words[place + 1 :])
        if word in _WORDS and rest:
            yield rest, _WORDS[word]
        elif len(words) == 1 and len(word) > _LEAST_STEM and word[0] in _GLUED:
            yield word[1:], _GLUED[word[0]]


def _holds(column: Profile, part: str) -> bool:
    """Whether the cells are days, months or years, unknown ones left out."""
    least, most = _RANGES[part]
    if not column.values or column.dates:
        return False
    fits = [
        value in _UNKNOWN or (value.isdecimal() and len(value) <= len(part) and least <= int(value) <= most)
        for value in column.values
    ]
    said = any(value not in _UNKNOWN for value in column.values)
    return said and column.share(fits) >= _ENOUGH


def _field(stem: str, contract: Contract, names: Names) -> tuple[str, float]:
    """The date of the contract that the rest of the header names, and how well."""
    dates = [field.name for field in contract.fields if field.logical_type in ("date", "partial_date")]
    scores = [
        (max(names.score(f"date {stem}", name), names.score(f"date de {stem}", name)), name) for name in dates
    ]
    best = sorted(scores, reverse=True)[:2]
    clear = len(best) < 2 or best[0][0] > best[1][0]
    return (best[0][1], best[0][0]) if best and clear else ("", 0.0)
