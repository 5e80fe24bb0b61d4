"""Which date forms a column uses, and whether day and month can be told apart."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from desktop_app.core.mapping.dates import pattern
from desktop_app.core.mapping.profile import Profile

_FULL = (
    *("dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "mm-dd-yyyy", "dd.mm.yyyy", "yyyy/mm/dd"),
    *("yyyymmdd", "ddmmyyyy", "iso"),
)
_ISO = re.compile(
    r"^(?P<yyyy>\d{4})(?:-(?P<mm>\d{2})(?:-(?P<dd>\d{2}))?)?(?:[T ][\d:.,]+(?:Z|[+-][\d:]+)?)?$"
)
_PLAIN_ISO = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_YEARS = range(1850, 2101)
_SWAPPED = {"dd/mm/yyyy": "mm/dd/yyyy", "dd-mm-yyyy": "mm-dd-yyyy"}


class DateForms(NamedTuple):
    """`share` of rows that the forms accept; `undecided` when day and month could be swapped throughout.

    `year` is the median year of the values.
    """

    forms: tuple[str, ...]
    unknown_part: str | None
    share: float
    undecided: bool
    year: int


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return _ISO if form == "iso" else re.compile(pattern(form))


def _read(value: str, form: str) -> tuple[int, int, int] | None:
    """Year, month (0 absent) and day (0 absent) by one form, whatever the calendar says of them."""
    match = _compiled(form).match(value)
    if match is None:
        return None
    groups = match.groupdict()
    parts = tuple(int(groups.get(part) or 0) for part in ("yyyy", "mm", "dd"))
    return (parts[0], parts[1], parts[2]) if parts[0] in _YEARS else None


def _plausible(value: str, form: str) -> bool:
    parts = _read(value, form)
    return parts is not None and (parts[1] <= 12 or parts[1] == 99) and (parts[2] <= 31 or parts[2] == 99)


def date_forms(column: Profile) -> DateForms | None:
    """The forms of a column of dates; None when fewer than half of its values are dates."""
    shares = {form: column.share([_plausible(value, form) for value in column.values]) for form in _FULL}
    main = (
        max(shares, key=lambda form: (round(shares[form], 4), -_FULL.index(form))) if column.values else "iso"
    )
    separator = next((char for char in "/-." if char in main), None)
    partial = (f"mm{separator}yyyy", "yyyy") if separator else ("yyyy",) if main == "ddmmyyyy" else ()
    forms = (*(("cell",) if column.dates else ()), main, *partial)
    accepted = [any(_plausible(value, form) for form in (main, *partial, "iso")) for value in column.values]
    share = column.share(accepted) + column.dates
    if share < 0.5 or (shares[main] < 0.2 and not column.dates):
        return None
    swapped = _SWAPPED.get(main)
    undecided = swapped is not None and shares[main] - shares[swapped] < 0.005 and shares[swapped] > 0
    years = sorted(parts[0] for value in column.values if (parts := _any(value, (main, *partial, "iso"))))
    return DateForms(forms, _unknown(column, main), share, undecided, years[len(years) // 2] if years else 0)


def _any(value: str, forms: tuple[str, ...]) -> tuple[int, int, int] | None:
    return next((parts for form in forms if (parts := _read(value, form))), None)


def _unknown(column: Profile, form: str) -> str | None:
    """99 is no day and no month: where it occurs it means unknown. 00 only when it is a habit."""
    parts = [_read(value, form) for value in column.values]
    if any(part and 99 in part[1:] for part in parts):
        return "99"
    zero = column.share([bool(part) and part is not None and 0 in part[1:] for part in parts])
    return "00" if zero >= 0.01 and form != "iso" else None


def accepted(column: Profile, forms: tuple[str, ...], unknown_part: str | None) -> float:
    """Share of rows whose value comes out as a date that may exist, read by the forms of a recipe.

    Real date cells and plain ISO dates always do: no form is needed for them. A day that an unknown part
    stands for may exist; a thirteenth month may not, whatever the form accepts.
    """
    written = tuple(form for form in forms if form != "cell")
    texts = [
        any(_may_exist(value, form, unknown_part) for form in written)
        or (bool(_PLAIN_ISO.match(value)) and _may_exist(value, "iso", unknown_part))
        for value in column.values
    ]
    return column.share(texts) + column.dates


def _may_exist(value: str, form: str, unknown_part: str | None) -> bool:
    parts = _read(value, form)
    if parts is None:
        return False
    unknown = int(unknown_part) if unknown_part and unknown_part.isdigit() else 0
    return (parts[1] <= 12 or parts[1] == unknown) and (parts[2] <= 31 or parts[2] == unknown)
