"""How well the cells of a column fit a field of the contract, and the transformations that make them fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from desktop_app.core.mapping.beliefs import doubtful
from desktop_app.core.mapping.guess_dates import DateForms, date_forms
from desktop_app.core.mapping.profile import Profile
from desktop_app.core.mapping.suggest import SURE, suggest_codes
from desktop_app.core.mapping.words import local_codes
from validation_rules.contract import Field

_TNM = {
    "t": re.compile(r"[CP]?(?:Y|R|A)?T?(?:X|0|IS|A|TIS|[1-4](?:MI|[A-E]\d?)?)(?:\(?M?\d*\)?)?"),
    "n": re.compile(r"[CP]?(?:Y|R|A)?N?(?:X|0|[1-3](?:MI|[A-C]\d?)?)(?:\(.*\))?[+-]?"),
    "m": re.compile(r"[CP]?(?:Y|R|A)?M?(?:X|0|1[A-D]?)(?:\(.*\))?[+-]?"),
}
_MORPHOLOGY = re.compile(r"(\d{4})\s*(/|-|\.|\s)\s*([012369])")
_MOSTLY = 0.5
_SPACES = re.compile(r"\s+")
_LIST_MARKS = (";", ",", "/", "|", " ")
# What a column can be recognised by even when its name says nothing: the share of values needed, and how far
# the form alone is trusted.
SPECIFIC = {
    "matricule_ins": (0.8, 0.85),
    "oid_ins": (0.9, 0.85),
    "statut_identite": (0.9, 0.8),
    "topographie": (0.9, 0.75),
    "morphologie": (0.95, 0.7),
    "sources": (0.8, 0.8),
    "sexe": (0.95, 0.7),
    "edition_cimo": (0.95, 0.6),
    "systeme_stade": (0.9, 0.55),
    "finess_diagnostic": (0.9, 0.45),
    "date_naissance": (0.8, 0.45),
}


class Fit(NamedTuple):
    """`share` of rows whose value the field takes once `steps` (keys of a recipe column) are applied.

    `telling` is whether the form of the values speaks for this field rather than for any list of digits;
    `doubtful` that, taken together, they are unlike those of real records; `shortened` that a workbook holds
    local numbers as numbers, of several lengths: leading zeros are lost, and nothing says how many.
    """

    share: float
    steps: dict[str, Any]
    telling: bool = False
    dates: DateForms | None = None
    doubtful: bool = False
    shortened: bool = False


def fit(column: Profile, field: Field) -> Fit:
    """The fit of a column to a field; an empty column fits anything a little."""
    if not column.values and not column.dates:
        return Fit(0.5, {})
    local = field.free_text and field.classification == "direct_identifier"
    shortened = local and _shortened(column)
    fitted = _fit(column, field)
    unlike = fitted.doubtful or doubtful(field.name, column)
    return fitted._replace(doubtful=unlike, shortened=shortened)


def _shortened(column: Profile) -> bool:
    """Number cells of several lengths, too long to be a count."""
    if column.numbers < _MOSTLY:
        return False
    lengths = {len(value) for value in column.values if value.isdigit()}
    return len(lengths) > 1 and max(lengths) > 3


def _fit(column: Profile, field: Field) -> Fit:
    if field.logical_type in ("date", "partial_date"):
        return _dates(column)
    if field.name in ("ct", "cn", "cm", "pt", "pn", "pm"):
        return _tnm(column, field.name)
    if field.separator and field.codes:
        return _list(column, field)
    if field.codes:
        return _codes(column, field)
    if field.name == "morphologie" and (mark := split_mark(column)):
        return Fit(0.99, {"fields": ("morphologie", "comportement"), "split": mark}, telling=True)
    return _pattern(column, field)


def _dates(column: Profile) -> Fit:
    found = date_forms(column)
    if found is None:
        return Fit(0.0, {})
    steps: dict[str, Any] = {"date_formats": found.forms}
    if found.unknown_part:
        steps["unknown_part"] = found.unknown_part
    return Fit(found.share, steps, telling=True, dates=found)


def _tnm(column: Profile, name: str) -> Fit:
    """A T, N or M column; only digits, 9 among them, is a list of codes instead."""
    words = [_SPACES.sub("", value).upper() for value in column.values]
    share = column.share([bool(_TNM[name[1]].fullmatch(word)) for word in words])
    lettered = column.share([any(char.isalpha() for char in word) for word in words])
    nines = column.share([word == "9" for word in words])
    if name[1] == "t" and lettered < 0.02:
        return Fit(min(share, 0.3), {})
    other = "P" if name[0] == "c" else "C"
    share -= column.share([word.startswith(other) for word in words])
    return Fit(max(0.0, share - 2 * nines), {}, telling=lettered >= 0.05)


def _list(column: Profile, field: Field) -> Fit:
    """A list of codes in one cell, joined by some mark; the contract's own needs no step."""
    own = field.separator or "+"
    shares = {mark: _list_share(column, field, mark) for mark in (own, *_LIST_MARKS)}
    best = max(shares, key=lambda mark: shares[mark])
    worth = best != own and shares[best] - shares[own] >= 0.02
    steps = {"list_separator": best} if worth else {}
    return Fit(shares[best], steps, telling=True)


def _list_share(column: Profile, field: Field, mark: str) -> float:
    codes = {code.upper() for code in field.codes}
    accepted = [{part.strip().upper() for part in value.split(mark)} <= codes for value in column.values]
    return column.share(accepted)


def _codes(column: Profile, field: Field) -> Fit:
    if any(value in column.said for value in column.values):
        return _labelled(column, field)
    steps, read = _numbers(column, field)
    recode = local_codes(field, [read(value) for value in column.values])
    if column.share([read(value) in recode for value in column.values]) < 0.2:
        recode = {}
    codes = {code.upper() for code in field.codes}
    words = [recode.get(read(value), read(value)).upper() for value in column.values]
    share = column.share([_SPACES.sub("", word) in codes for word in words])
    lettered = any(char.isalpha() for code in field.codes for char in code) or "3.2" in field.codes
    if recode:
        steps["recode"] = recode
    return Fit(share, steps, telling=bool(recode) or (lettered and _has_own_codes(words, field)))


def _labelled(column: Profile, field: Field) -> Fit:
    """The file says what its codes mean. A code of the contract that it gives another meaning is in doubt."""
    offered = suggest_codes(field, column.values, column.said)
    recode = {one.local: one.code for one in offered if one.confidence >= SURE}
    meant = {one.local for one in suggest_codes(field, column.said.values())} | set(field.codes)
    codes = {code.upper() for code in field.codes}
    share = column.share([recode.get(value, value).upper() in codes for value in column.values])
    strange = [
        value for value in column.values if value in codes and column.said.get(value, value) not in meant
    ]
    return Fit(share, {"recode": recode} if recode else {}, telling=not strange, doubtful=bool(strange))


def _has_own_codes(words: list[str], field: Field) -> bool:
    """At least one code that is not a single digit, which any list would hold."""
    return any(len(word) > 1 and word in {code.upper() for code in field.codes} for word in words)


def _numbers(column: Profile, field: Field) -> tuple[dict[str, Any], Callable[[str], str]]:
    """Steps for codes that a program wrote as numbers (`3,2`, `1,0`), and how a value reads after them."""
    steps: dict[str, Any] = {}
    if any(re.fullmatch(r"\d+,\d+", value) for value in column.values):
        steps["decimal_mark"] = ","
    tailed = column.share([bool(re.fullmatch(r"\d+[.,]0+", value)) for value in column.values])
    if tailed >= 0.02:
        steps["integer_code"] = True

    def read(value: str) -> str:
        value = re.sub(r"^(\d+),(\d+)$", r"\1.\2", value) if "decimal_mark" in steps else value
        return re.sub(r"^(\d+)\.0+$", r"\1", value) if "integer_code" in steps else value

    return steps, read


def _pattern(column: Profile, field: Field) -> Fit:
    if field.pattern is None:
        return Fit(0.6, {})
    steps: dict[str, Any] = {}
    width = code_width(field)
    if width and column.numbers > 0:
        steps["number_pad"] = width
    accepted = []
    for value in column.values:
        word = value if field.free_text else _rewritten(field, _SPACES.sub("", value).upper())
        # Only department numbers 01 to 09 lose a zero: anything shorter was never such a code.
        if word.isdigit() and len(word) == steps.get("number_pad", 0) - 1:
            word = "0" + word
        accepted.append(bool(re.match(field.pattern, word)) and _believable(field.name, word))
    return Fit(column.share(accepted), steps, telling=field.name in SPECIFIC)


def _rewritten(field: Field, word: str) -> str:
    """The usual spelling of a tolerated one, as `normalise` brings it about."""
    for pattern, by in field.rewrites:
        word = re.sub(pattern, re.sub(r"\$\{(\d+)\}", r"\\g<\1>", by), word)
    return word


def _believable(name: str, word: str) -> bool:
    """What a person knows beyond the form: where morphology codes lie, what a name is made of."""
    if name == "morphologie":
        return "8000" <= word[:4] <= "9992"
    if name == "age_incidence":
        return int(word) <= 121 or word == "999"
    return name != "code_adicap" or any(char.isalpha() for char in word)


def code_width(field: Field) -> int | None:
    """The only number of digits that the pattern of a field takes; None when there are several, or none."""
    if field.pattern is None or field.free_text or field.logical_type != "string":
        return None
    widths = [width for width in range(2, 21) if re.match(field.pattern, "0" * width)]
    return widths[0] if len(widths) == 1 else None


def split_mark(column: Profile) -> str | None:
    """The mark between histology and behaviour when one cell holds both, as in `8140/3`."""
    matches = [_MORPHOLOGY.fullmatch(value) for value in column.values]
    believable = [bool(match) and match is not None and "8000" <= match[1] <= "9992" for match in matches]
    if column.share(believable) < 0.8:
        return None
    marks = [match[2] for match in matches if match]
    return max(set(marks), key=marks.count)
