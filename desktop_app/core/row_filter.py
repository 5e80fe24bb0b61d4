"""A free filter: conditions on any field of the contract, compiled to one expression over the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal

import polars as pl

from desktop_app.core.errors import AppError
from validation_rules.text import Text

if TYPE_CHECKING:
    from validation_rules.contract import Contract, Field

Kind = Literal["text", "number", "date"]
MOST_IN_LIST = 1_000_000
"""Characters: a list pasted into a condition may be long; a longer one is a mistake."""
MOST_IN_VALUE = 1_000
"""Characters of any other value: no cell is longer."""
_BETWEEN = re.compile(r"[;\t\r\n]+")
_DAY = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_INFINITE = ("nan", "inf")


class Operator(Enum):
    """How a cell is held against the value of a condition. A blank cell is never `IS`, always `IS_NOT`."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    LACKS = "lacks"
    BEGINS = "begins"
    ENDS = "ends"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BLANK = "blank"
    FILLED = "filled"
    PATTERN = "pattern"

    @property
    def text(self) -> Text:
        """The operator in words, between the name of a field and a value."""
        return _WORDS[self]

    @property
    def takes_value(self) -> bool:
        """Whether a value follows."""
        return self not in (Operator.BLANK, Operator.FILLED)


_WORDS = {
    Operator.IS: Text("est", "is"),
    Operator.IS_NOT: Text("n’est pas", "is not"),
    Operator.CONTAINS: Text("contient", "contains"),
    Operator.LACKS: Text("ne contient pas", "does not contain"),
    Operator.BEGINS: Text("commence par", "begins with"),
    Operator.ENDS: Text("finit par", "ends with"),
    Operator.ONE_OF: Text("est l’un de (a ; b ; c)", "is one of (a; b; c)"),
    Operator.AT_LEAST: Text("est au moins", "is at least"),
    Operator.AT_MOST: Text("est au plus", "is at most"),
    Operator.BLANK: Text("est vide", "is blank"),
    Operator.FILLED: Text("est rempli", "is filled in"),
    Operator.PATTERN: Text(
        "suit le motif (expression régulière)", "matches the pattern (regular expression)"
    ),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One field held against one value; `kind` says how `AT_LEAST` and `AT_MOST` compare."""

    field: str
    operator: Operator
    value: str = ""
    kind: Kind = "text"

    def __repr__(self) -> str:
        """Without the value: it may be an identity, and a repr may reach a log."""
        return f"Condition({self.field!r}, {self.operator.value!r}, ...)"


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Conditions of which all must hold, or with `any_of` at least one. Without any, every row passes."""

    conditions: tuple[Condition, ...] = ()
    any_of: bool = False

    def __bool__(self) -> bool:
        """Whether it can hide a row."""
        return bool(self.conditions)


def condition(contract: Contract, field: str, operator: Operator, value: str = "") -> Condition:
    """A condition that can be evaluated, with its value brought to the way cells are written.

    Raises AppError, which names no value: nothing to compare with, not a number, a pattern that is none.
    """
    known = contract.field(field)
    kind = kind_of(known)
    if not operator.takes_value:
        return Condition(field, operator, "", kind)
    wanted = value.strip()
    most = MOST_IN_LIST if operator is Operator.ONE_OF else MOST_IN_VALUE
    if not wanted or len(wanted) > most:
        raise _no_value(known)
    if kind == "date" and operator is not Operator.PATTERN:
        wanted = _iso(wanted)
    if kind == "number" and operator in (Operator.AT_LEAST, Operator.AT_MOST) and _number(wanted) is None:
        raise _no_number(known)
    if operator is Operator.PATTERN and not is_pattern(wanted):
        raise no_pattern()
    return Condition(field, operator, wanted, kind)


def kind_of(field: Field) -> Kind:
    """How the values of a field are ordered."""
    if field.logical_type in ("integer", "number"):
        return "number"
    return "date" if field.logical_type in ("date", "partial_date") else "text"


def operators_of(field: Field) -> tuple[Operator, ...]:
    """The operators worth offering for a field, the usual ones first."""
    if field.codes and not field.separator:
        return (
            Operator.IS,
            Operator.IS_NOT,
            Operator.ONE_OF,
            Operator.BLANK,
            Operator.FILLED,
            *(each for each in Operator if each in _TEXTUAL),
        )
    return tuple(Operator)


def expression(rows: RowFilter) -> pl.Expr:
    """True where a row passes; never null."""
    tests = [_test(each) for each in rows.conditions]
    if not tests:
        return pl.lit(value=True)
    return pl.any_horizontal(tests) if rows.any_of else pl.all_horizontal(tests)


def told(each: Condition, contract: Contract) -> Text:
    """A condition in words: field, operator, value."""
    label = contract.field(each.field).label
    words = each.operator.text
    if not each.operator.takes_value:
        return Text(f"{label.fr} {words.fr}", f"{label.en} {words.en}")
    value = each.value if len(each.value) <= _SHOWN else each.value[: _SHOWN - 1] + "…"
    fr, en = (phrase.split(" (")[0] for phrase in words)
    return Text(f"{label.fr} {fr} « {value} »", f"{label.en} {en} “{value}”")


def is_pattern(text: str) -> bool:
    """Whether the text is a regular expression of the engine, which runs in linear time."""
    try:
        pl.Series([""]).str.contains(text, strict=True)
    except pl.exceptions.PolarsError:
        return False
    return True


_SHOWN = 40
_TEXTUAL = (
    Operator.CONTAINS,
    Operator.LACKS,
    Operator.BEGINS,
    Operator.ENDS,
    Operator.AT_LEAST,
    Operator.AT_MOST,
    Operator.PATTERN,
)


def _test(each: Condition) -> pl.Expr:
    cell = pl.col(each.field)
    if each.operator is Operator.BLANK:
        return cell.is_null()
    if each.operator is Operator.FILLED:
        return cell.is_not_null()
    if each.operator is Operator.PATTERN:
        return cell.str.contains(each.value).fill_null(value=False)
    if each.operator in (Operator.AT_LEAST, Operator.AT_MOST):
        return _compared(each, cell).fill_null(value=False)
    if each.operator is Operator.ONE_OF:
        return cell.str.to_lowercase().is_in(_values(each.value.lower())).fill_null(value=False)
    found = cell.str.contains(_shape(each)).fill_null(value=False)
    return ~found if each.operator in (Operator.IS_NOT, Operator.LACKS) else found


def _shape(each: Condition) -> str:
    """The value as a pattern, capitals and small letters alike: faster than a copy of every cell."""
    text = pl.escape_regex(each.value)
    start = "^" if each.operator in (Operator.IS, Operator.IS_NOT, Operator.BEGINS) else ""
    end = "$" if each.operator in (Operator.IS, Operator.IS_NOT, Operator.ENDS) else ""
    return f"(?i){start}{text}{end}"


def _compared(each: Condition, cell: pl.Expr) -> pl.Expr:
    """Numbers as numbers; dates as far as both are known, so that `2021` reaches to the end of that year."""
    least = each.operator is Operator.AT_LEAST
    if each.kind == "number":
        number = cell.cast(pl.Float64, strict=False)
        bound = _number(each.value) or 0.0
        return number >= bound if least else number <= bound
    if each.kind == "date":
        size = len(each.value)
        begins = cell.str.slice(0, size)
        shorter = pl.lit(each.value).str.slice(0, cell.str.len_chars())
        return begins >= shorter if least else begins <= shorter
    low = cell.str.to_lowercase()
    return low >= each.value.lower() if least else low <= each.value.lower()


def _values(text: str) -> list[str]:
    return [value for value in (part.strip() for part in _BETWEEN.split(text)) if value]


def _number(text: str) -> float | None:
    """A plain number, with a decimal comma or point."""
    plain = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
    if any(word in plain.lower() for word in _INFINITE):
        return None
    try:
        return float(plain)
    except ValueError:
        return None


def _iso(text: str) -> str:
    """31/12/2021 and 12/2021, also in a list, as cells hold them: 2021-12-31, 2021-12."""

    def turned(found: re.Match[str]) -> str:
        day, month, year = found.groups()
        return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")

    return _DAY.sub(turned, text)


def _no_value(field: Field) -> AppError:
    label = field.label
    return AppError(
        "filter.no_value",
        Text(
            f"Ce filtre sur « {label.fr} » n’a pas de valeur à comparer.",
            f"This filter on “{label.en}” has no value to compare with.",
        ),
        Text("Écrivez une valeur, ou choisissez « est vide ».", "Write a value, or choose “is blank”."),
    )


def _no_number(field: Field) -> AppError:
    label = field.label
    return AppError(
        "filter.no_number",
        Text(
            f"« {label.fr} » se compare à un nombre, et la valeur n’en est pas un.",
            f"“{label.en}” is compared with a number, and the value is none.",
        ),
        Text("Écrivez un nombre, par exemple 75.", "Write a number, for example 75."),
    )


def no_pattern() -> AppError:
    """A regular expression that cannot be read."""
    return AppError(
        "filter.no_pattern",
        Text(
            "Ce motif n’est pas une expression régulière complète.",
            "This pattern is not a complete regular expression.",
        ),
        Text(
            "Vérifiez ses parenthèses et ses crochets, par exemple ^C50\\.[0-9]$.",
            "Check its brackets, for example ^C50\\.[0-9]$.",
        ),
    )
