"""What of a person enters the tokens: eight contract fields, and the parts hashed from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from typing import Final, NamedTuple

from desktop_app.core.batches.tokens import PRESENCE, Part
from desktop_app.core.identity import normalisation
from desktop_app.core.identity.phonetics import sound


class Identity(NamedTuple):
    """The contract fields, named as in the contract, that tokens are made of; null = blank."""

    matricule_ins: str | None = None
    nom_naissance: str | None = None
    nom_utilise: str | None = None
    prenoms: str | None = None
    sexe: str | None = None
    date_naissance: str | None = None
    commune_naissance: str | None = None
    code_postal: str | None = None


Parts = Mapping[Part, tuple[str, ...]]

_FLAGS: Final[Mapping[str, Part]] = {
    "date": "date",
    "sex": "sex",
    "commune": "commune",
    "postal": "postal",
    "nir": "nir",
    "surname": "surname",
    "given": "given",
}


def parts_of(person: Identity) -> Parts:
    """Every part that a template may name, most telling value first; a missing one is an empty tuple."""
    surnames = normalisation.surname_variants(person.nom_naissance, person.nom_utilise)
    given = normalisation.given_names(person.prenoms)
    return {
        "surname": surnames,
        "surname_sound": _distinct(sound(name) for name in surnames),
        "surname_4": _distinct(name[:4] for name in surnames),
        "surname_less": _one_letter_less(surnames),
        "given": given,
        "given_sound": _distinct(sound(name) for name in given),
        "given_3": _distinct(name[:3] for name in given),
        "given_1": _distinct(name[:1] for name in given),
        "given_less": _one_letter_less(given),
        "sounds_unordered": _unordered(surnames, given),
        "sex": _one(normalisation.sex(person.sexe)),
        "commune": _one(normalisation.commune(person.commune_naissance)),
        "postal": _one(normalisation.postal_code(person.code_postal)),
        "nir": _one(normalisation.nir(person.matricule_ins)),
        **_date_parts(normalisation.full_date(person.date_naissance)),
    }


def presence_of(parts: Parts) -> int:
    """The seven presence flags as one byte, bit 0 first."""
    return sum(bool(parts[_FLAGS[name]]) << bit for bit, name in enumerate(PRESENCE))


def _date_parts(day: str) -> dict[Part, tuple[str, ...]]:
    year, month, dom = day[:4], day[4:6], day[6:]
    return {
        "date": _one(day),
        "year": _one(year),
        "year_month": _one(year + month),
        "year_day": _one(year + dom),
        "month_day": _one(month + dom),
        "year_unordered": _one(year + min(month, dom) + max(month, dom)),
    }


def _one_letter_less(names: tuple[str, ...]) -> tuple[str, ...]:
    """Each name whole, then with each letter left out: one slip in either of two spellings meets here."""
    return _distinct(
        form for name in names for form in (name, *(name[:i] + name[i + 1 :] for i in range(len(name))))
    )


def _unordered(surnames: tuple[str, ...], given: tuple[str, ...]) -> tuple[str, ...]:
    pairs = by_rank(_distinct(map(sound, surnames)), _distinct(map(sound, given)))
    return _distinct("/".join(sorted(pair)) for pair in pairs)


def by_rank(first: tuple[str, ...], second: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pairs of two ranked lists, the most telling together first, so that a cut keeps what matters."""
    return [(first[i], second[j]) for i, j in _ranks(len(first), len(second))]


@cache
def _ranks(first: int, second: int) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(product(range(first), range(second)), key=lambda ranks: (sum(ranks), ranks[0])))


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
