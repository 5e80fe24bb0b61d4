"""Regular expressions of a contract: what both engines (Rust `regex`, RE2) read alike, and cheaply.

Neither goes back over a text, so no pattern takes more than linear time; but a repetition counts its states
one by one, and `((a{1,99}){1,99}){1,99}` would need a million of them.
"""

from __future__ import annotations

import re
import warnings

import polars as pl
from polars.exceptions import PolarsError

from validation_rules.text import Text

MAX_PATTERN = 300
MAX_STATES = 2_000
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d+)(?:(,)(\d*))?\}|[()|*+?]|\(\?[^)]*|.", re.DOTALL)


def fault(pattern: str, *, in_sql: bool = False) -> Text | None:
    """What keeps a regular expression from being used; None when it can be.

    The forms of fields are read by Python too, patterns `in_sql` by the engines alone.
    """
    if len(pattern) > MAX_PATTERN:
        return Text(
            f"la forme dépasse {MAX_PATTERN} signes", f"the pattern is longer than {MAX_PATTERN} characters"
        )
    if states(pattern) > MAX_STATES:
        return Text("la forme répète trop de fois", "the pattern repeats too many times")
    return None if _reads(pattern, in_sql) else Text(
        "la forme n’est pas une expression régulière comprise partout (ni (?=…), ni (?<…), ni \\1)",
        "the pattern is no regular expression that every engine reads (no (?=…), (?<…) or \\1)",
    )  # fmt: skip


def fits(pattern: str, words: list[str]) -> list[bool]:
    """For each word whether the pattern fits, in time that grows with its length only."""
    return pl.Series(words, dtype=pl.String).str.contains(pattern).to_list()


def _reads(pattern: str, in_sql: bool) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            if not in_sql:
                re.compile(pattern)
        pl.Series([""]).str.contains(pattern)
    except (re.error, Warning, PolarsError, RecursionError, OverflowError):
        return False
    return True


def states(pattern: str) -> int:
    """About how many states a machine for the pattern needs: its characters, times their repetitions."""
    totals, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        text = token[0]
        if text == "(":
            totals[-1] += last
            totals.append(0)
            last = 0
        elif text == ")" and len(totals) > 1:
            last += totals.pop()
        elif token[1] is not None:
            most = int(token[3] or token[1]) + (1 if token[2] and not token[3] else 0)
            last *= max(1, most)
        elif text not in "|*+?":
            totals[-1] += last
            last = 1
        if last > MAX_STATES:
            return last
    return sum(totals) + last
