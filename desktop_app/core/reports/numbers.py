"""Numbers as the two languages write them, and the interval of a proportion."""

from __future__ import annotations

import math
from typing import Final

from validation_rules.text import Language

Z95: Final = 1.959963984540054
THIN: Final = "\N{NARROW NO-BREAK SPACE}"
FIXED: Final = "\N{NO-BREAK SPACE}"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of `part` in `whole`, as proportions from 0 to 1.

    Wilson score interval: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = part/n, z = 1.96.
    Wilson EB, J Am Stat Assoc 1927;22:209-212. Raises ValueError when `whole` is not positive.
    """
    if whole <= 0:
        raise ValueError("an interval needs at least one record")
    p, square = part / whole, Z95 * Z95
    centre = p + square / (2 * whole)
    spread = Z95 * math.sqrt(p * (1 - p) / whole + square / (4 * whole * whole))
    return max(0.0, (centre - spread) / (1 + square / whole)), min(
        1.0, (centre + spread) / (1 + square / whole)
    )


def number(value: float, language: Language, digits: int = 0) -> str:
    """`48210.5` as « 48 210,5 » (narrow no-break spaces) or "48,210.5"."""
    text = f"{value:,.{digits}f}"
    if language == "en":
        return text
    return text.replace(",", THIN).replace(".", ",")


def percent(value: float, language: Language, digits: int = 1) -> str:
    """`95.3` as « 95,3 % » or "95.3%"."""
    return number(value, language, digits) + (f"{FIXED}%" if language == "fr" else "%")


def day(iso: str, language: Language) -> str:
    """`2026-11-22` as « 22/11/2026 »; unchanged in English."""
    return "/".join(reversed(iso.split("-"))) if language == "fr" else iso
