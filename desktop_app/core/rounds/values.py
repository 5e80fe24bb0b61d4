"""What a spreadsheet program makes of a value by itself, and what a person means by what they typed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from desktop_app.core.rounds.terms import cell_text
from validation_rules.contract import Field

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")
_MONTH = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_NAMED_MONTH = re.compile(r"([a-zéû]{3,5})\.?[- ](\d{2}|\d{4})", re.IGNORECASE)
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?")
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+(\d{1,2})", re.IGNORECASE)
# An identifier that a spreadsheet program takes for a date: 3-4, 12/2021.
_LIKE_DATE = re.compile(r"\d{1,4}[-/.]\d{1,4}(?:[-/.]\d{1,4})?(?:[T ]00:00:00)?")
_DATES = ("date", "partial_date")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("janv jan", "févr fev feb", "mars mar", "avr apr avril", "mai may", "juin jun", "juil jul",
         "août aout aug", "sept sep", "oct", "nov", "déc dec"), 1)
    for name in names.split()
}  # fmt: skip


def meant(text: str, known: Field) -> str:
    """The value that a person means in a cell of this field: dates as people write them, the zero in front
    that a number cell drops. What is unclear stays as it is, for the rules to find."""
    text = text.strip()
    if known.logical_type in _DATES:
        return _as_date(text)
    if text.isdigit() and text not in known.codes:
        return _with_zeros(text, known)
    return text


def _as_date(text: str) -> str:
    if found := _MIDNIGHT.fullmatch(text):
        return found[1]
    if found := _DAY_FIRST.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1])) or text
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), found[3]
        if day is not None:
            return _day(year, month, int(day)) or text
        return f"{year:04}-{month:02}" if 1 <= month <= 12 else text
    if found := _MONTH.fullmatch(text):
        return f"{int(found[2]):04}-{int(found[1]):02}" if 1 <= int(found[1]) <= 12 else text
    return text


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _with_zeros(text: str, known: Field) -> str:
    """The one longer spelling that the field accepts when the text itself is not accepted."""
    longer = [text.zfill(size) for size in range(len(text) + 1, known.width + 1)]
    if known.codes:
        fitting = [code for code in longer if code in known.codes]
    elif known.pattern is not None and not re.fullmatch(known.pattern, text):
        fitting = [code for code in longer if re.fullmatch(known.pattern, code)]
    else:
        fitting = []
    return fitting[0] if len(fitting) == 1 else text


def same_key(text: str | None, base: str | None, known: Field) -> bool:
    """Whether a cell of the record key still names the record of `base`: an empty cell does not contradict,
    nor does what a spreadsheet program makes of an identifier by itself."""
    written, base = (text or "").strip(), cell_text(base).strip()
    if not written or untouched(written, base, known):
        return True
    if _LIKE_DATE.fullmatch(base) and (_LIKE_DATE.fullmatch(written) or _NAMED_MONTH.fullmatch(written)):
        return True
    if written.isdigit() and base.isdigit():
        return written == base[:15].ljust(len(base), "0")  # a number cell holds 15 digits
    try:
        return Decimal(written.replace(",", ".")) == Decimal(base)
    except InvalidOperation:
        return False


def untouched(text: str, base: str, known: Field) -> bool:
    """Whether a text is what a spreadsheet program makes of `base` by itself, without a person's doing."""
    if text.strip() == base or meant(text, known) == base:
        return True
    if base.isdigit() and text.strip() == (base.lstrip("0") or "0"):
        return True
    if found := _ROUNDED.fullmatch(text.strip()):
        return base.isdigit() and len(base) == int(found[1]) + 1
    if known.logical_type in _DATES and (found := _NAMED_MONTH.fullmatch(text.strip())):
        month = _MONTHS.get(found[1].lower())
        return (
            month is not None
            and len(base) == 7
            and base.endswith(f"-{month:02}")
            and base[:4].endswith(found[2])
        )
    return False
