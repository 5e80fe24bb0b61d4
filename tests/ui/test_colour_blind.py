"""Severities stay apart for who sees two colours only: by how light they are, or by shape and word."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_app.ui import theme
from desktop_app.ui.widgets.badge import SeverityBadge

SEVERITIES = ("error", "confirm", "info", "done")
# Viénot, Brettel and Mollon 1999 (protan, deutan); Brettel, Viénot and Mollon 1997 (tritan, one half-plane);
# matrices on linear RGB.
SIGHTS = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "tritanopia": ((1.0, 0.14461, -0.14461), (0.0, 0.85924, 0.14076), (0.0, 0.85924, 0.14076)),
}
Linear = tuple[float, float, float]


def linear(colour: str) -> Linear:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return red, green, blue


def seen(colour: str, sight: str) -> Linear:
    """A colour as a person with this sight sees it."""
    red, green, blue = linear(colour)
    one, two, three = (max(0.0, a * red + b * green + c * blue) for a, b, c in SIGHTS[sight])
    return one, two, three


def luminance(colour: Linear) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def contrast(one: Linear, other: Linear) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_signs_and_words_can_be_read(colours: theme.Tokens, sight: str) -> None:
    """Bars and icons 3:1, words 4.5:1, on the page and on the cell that they mark."""
    for name in SEVERITIES:
        sign = seen(getattr(colours, name), sight)
        for place in ("background", "surface", "selection", f"{name}_cell"):
            assert contrast(sign, seen(getattr(colours, place), sight)) >= 3, (name, place)
    for place in ("background", "surface", "selection", *(f"{name}_cell" for name in SEVERITIES)):
        text, muted = (seen(getattr(colours, name), sight) for name in ("text", "muted"))
        behind = seen(getattr(colours, place), sight)
        assert contrast(text, behind) >= 7 and contrast(muted, behind) >= 4, place


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("dark", [False, True])
def test_two_severities_are_never_one_to_the_eye(qapp: QApplication, sight: str, dark: bool) -> None:
    """Some colours come as near as one: shapes differ by a third of what is drawn, and words differ."""
    theme.apply(qapp, dark=dark)
    for one, other in combinations(SEVERITIES, 2):
        assert difference(shape(one), shape(other)) > 0.3, (one, other)
        assert word(one) != word(other)


def shape(name: str) -> list[bool]:
    """What an icon covers, whatever its colour."""
    image = theme.pixmap(name, "text", 24, 1.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    return [image.pixelColor(x, y).alpha() > 96 for y in range(image.height()) for x in range(image.width())]


def difference(one: list[bool], other: list[bool]) -> float:
    """The share of the covered points that only one of the two shapes covers."""
    covered = sum(a or b for a, b in zip(one, other, strict=True))
    return sum(a != b for a, b in zip(one, other, strict=True)) / covered


def word(name: str) -> str:
    badge = SeverityBadge("error")
    badge.show_severity(name, "")
    return badge.accessibleName()
