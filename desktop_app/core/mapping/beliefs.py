"""What a column of real records looks like, field by field: a name that its cells belie is not to be trusted.

The limits are wide: they tell a list of codes from names, a postal code from an Insee code, a patient number
from a constant. They never accept or refuse a value; they only lower the confidence of a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.core.mapping.profile import Profile

_FEW_ROWS = 30


def doubtful(name: str, column: Profile) -> bool:
    """Whether the cells of a column, taken together, are unlike those of the field; never on a few rows."""
    belief = _BELIEFS.get(name)
    return belief is not None and column.rows >= _FEW_ROWS and not belief(column)


def _within(column: Profile, values: set[str]) -> float:
    return column.share([value.replace(",", ".").removesuffix(".0") in values for value in column.values])


def _names(column: Profile) -> bool:
    letters = column.share(
        [len(value) > 1 and not any(c.isdigit() for c in value) for value in column.values]
    )
    return letters > 0.9 and column.distinct > min(12, column.rows * 0.05)


def _numbers_of_patients(column: Profile) -> bool:
    digits = column.share([any(char.isdigit() for char in value) for value in column.values])
    return column.distinct > column.rows * 0.1 and digits > 0.8


def _numbers_of_tumours(column: Profile) -> bool:
    long = column.share([len(value) > 12 for value in column.values])
    return (
        column.share([any(char.isdigit() for char in value) for value in column.values]) > 0.9 and long < 0.5
    )


def _postal(column: Profile) -> float:
    return column.share([value.endswith("0") for value in column.values])


def _most(values: str, least: float) -> Callable[[Profile], bool]:
    known = set(values.split())
    return lambda column: _within(column, known) >= least


def _two(first: str, second: str) -> Callable[[Profile], bool]:
    """Both of two codes are there, and nearly all rows have one of them."""

    def belief(column: Profile) -> bool:
        if any(any(char.isalpha() for char in value) for value in column.values):
            return True
        one, other = _within(column, {first}), _within(column, {second})
        return one + other > 0.8 and min(one, other) > 0.005

    return belief


_BELIEFS: Mapping[str, Callable[[Profile], bool]] = {
    "nom_naissance": _names,
    "nom_utilise": _names,
    "prenoms": _names,
    "numero_patient": _numbers_of_patients,
    "numero_tumeur": _numbers_of_tumours,
    "numero_notification": _numbers_of_tumours,
    "code_postal": lambda column: _postal(column) >= 0.5,
    "commune_residence": lambda column: _postal(column) <= 0.5,
    "commune_naissance": lambda column: _postal(column) <= 0.5,
    "base_diagnostic": _most("5 6 7 7.1 7.2 7.3", 0.4),
    "comportement": _most("3", 0.3),
    "edition_tnm": _most("5 6 7 8", 0.5),
    "edition_cimo": _most("3.1 3.2 3", 0.5),
    "sexe": _two("1", "2"),
    "statut_vital": _two("1", "2"),
    "age_incidence": lambda column: (
        column.share([value.isdigit() and int(value) > 20 for value in column.values]) > 0.5
    ),
}
