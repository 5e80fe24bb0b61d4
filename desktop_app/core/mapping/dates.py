"""Date forms of a recipe, as expressions that turn the text of a cell into ISO."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

_ISO_DAY = r"^(\d{4}(?:-\d{2}(?:-\d{2})?)?)"
_MIDNIGHT = r"(?:[T ]00:00(?::00(?:[.,]0+)?)?(?: ?Z|[+-]\d{2}:?\d{2})?)?$"
_PARTS = {"dd": r"(?P<dd>{day})", "mm": r"(?P<mm>{day})", "yyyy": r"(?P<yyyy>\d{{4}})"}


def to_iso(value: pl.Expr, forms: Sequence[str], unknown: str | None, is_date: pl.Expr | None) -> pl.Expr:
    """`value` (trimmed String) as YYYY-MM-DD, YYYY-MM or YYYY by the first form that accepts it.

    A value that no form accepts stays as it is. The calendar is not consulted: 31/02 becomes -02-31, which a
    rule reports. `is_date` is true where the cell was a real date. With `unknown`, such a day or month is cut
    off, and what follows it too.
    """
    attempts = [_attempt(value, form, unknown, is_date) for form in forms]
    return pl.coalesce([*(attempt for attempt in attempts if attempt is not None), value])


def _attempt(value: pl.Expr, form: str, unknown: str | None, is_date: pl.Expr | None) -> pl.Expr | None:
    if form == "cell":
        return None if is_date is None else pl.when(is_date).then(_iso(value))
    if form == "iso":
        return _cut(_iso(value), unknown)
    return _cut(_written(value, form, unknown), unknown)


def _iso(value: pl.Expr) -> pl.Expr:
    return value.str.extract(_ISO_DAY + _MIDNIGHT, 1)


def _written(value: pl.Expr, form: str, unknown: str | None) -> pl.Expr:
    groups = value.str.extract_groups(pattern(form, unknown)).struct
    parts = [part for part in ("yyyy", "mm", "dd") if part in form]
    fields = [groups.field(part).str.zfill(0 if part == "yyyy" else 2) for part in parts]
    return pl.concat_str(fields, separator="-")


def pattern(form: str, unknown: str | None = None) -> str:
    """The regular expression of a written form, with the groups dd, mm, yyyy and its own separators.

    One digit is enough for a day or a month when the parts are separated.
    """
    separated = bool(re.search(r"[/.\- ]", form))
    day = r"\d{1,2}" if separated else r"\d{2}"
    if unknown:
        day = f"(?:{day}|{re.escape(unknown)})"
    parts = re.split("(dd|mm|yyyy)", form)
    body = "".join(_PARTS[part].format(day=day) if part in _PARTS else re.escape(part) for part in parts)
    return f"^{body}{_MIDNIGHT}"


def _cut(iso: pl.Expr, unknown: str | None) -> pl.Expr:
    if not unknown:
        return iso
    mark = re.escape(unknown.zfill(2))
    return iso.str.replace(rf"^(\d{{4}})-{mark}(?:-.*)?$", "${1}").str.replace(
        rf"^(\d{{4}}-\d{{2}})-{mark}$", "${1}"
    )
