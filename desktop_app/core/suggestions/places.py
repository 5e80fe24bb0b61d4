"""Communes, postal codes and institutions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from desktop_app.core.suggestions.idea import Idea, Scene, idea, with_table
from validation_rules.tables import table

_FINESS = r"^(\d{2}|2[AB])\d{7}$"
_MOST_USED = 500
_MOST_NEAR = 2


def current_commune(scene: Scene) -> Iterator[Idea]:
    """The commune that took the place of a delegated or associated one. Source: Insee, COG 2026."""
    looked = with_table(scene, "communes", {"code": "residence"}, {"current": "current"})
    other = pl.col("current").is_not_null() & (pl.col("current") != pl.col("residence"))
    yield from idea(looked, "place.current", other, {"residence": pl.col("current")})


def corsica(scene: Scene) -> Iterator[Idea]:
    """The numbers of Corsica begin with 2A or 2B since 1976."""
    value = pl.col("value")
    for department in ("2A", "2B"):
        old = value.str.contains(r"^20\d{3}$")
        yield from idea(scene, "place.corsica", old, {"value": pl.lit(department) + value.str.slice(2)})


def post_code_exchanged(scene: Scene) -> Iterator[Idea]:
    """Commune and postal code in each other's column."""
    both = pl.col("residence").is_not_null() & pl.col("post_code").is_not_null()
    cells = {"residence": pl.col("post_code"), "post_code": pl.col("residence")}
    yield from idea(scene, "place.exchanged", both & (pl.col("residence") != pl.col("post_code")), cells)


def post_code_of_commune(scene: Scene) -> Iterator[Idea]:
    """The postal code of a commune that has one only. Source: postal codes of La Poste."""
    looked = _looked_up(scene, "residence", "commune", "postal_code")
    yield from idea(looked, "place.post_code", pl.col("only").is_not_null(), {"post_code": pl.col("only")})


def commune_of_post_code(scene: Scene) -> Iterator[Idea]:
    """The commune of a postal code that has one only; of a postal code in the place of a commune too."""
    looked = _looked_up(scene, "post_code", "postal_code", "commune")
    yield from idea(looked, "place.of_post_code", pl.col("only").is_not_null(), {"residence": pl.col("only")})
    looked = _looked_up(scene, "residence", "postal_code", "commune")
    yield from idea(looked, "place.is_post_code", pl.col("only").is_not_null(), {"residence": pl.col("only")})


def finess_of_batch(scene: Scene) -> Iterator[Idea]:
    """An institution of this batch whose number differs by one character or by two exchanged ones."""
    known = _usual_finess(scene)
    wrong = scene.frame["value"].drop_nulls().unique().to_list()
    near = {value: [good for good in known if _near(value, good)][:_MOST_NEAR] for value in wrong}
    for place in range(_MOST_NEAR):
        by = {value: found[place] for value, found in near.items() if len(found) > place}
        if by:
            new = scene.frame["value"].replace_strict(by, default=None, return_dtype=pl.String)
            looked = replace(scene, frame=scene.frame.with_columns(new.alias("near")))
            here = pl.col("near").is_not_null()
            yield from idea(looked, "finess.near", here, {"value": pl.col("near")})


def finess_key(scene: Scene) -> Iterator[Idea]:
    """The last digit that the eight others give (Luhn; 2A is read 21, 2B 22)."""
    value = pl.col("value")
    digits = value.str.replace("2A", "21", literal=True).str.replace("2B", "22", literal=True)
    total = pl.sum_horizontal(_doubled(digits, at) for at in range(8))
    last = ((10 - total % 10) % 10).cast(pl.String)
    yield from idea(scene, "finess.key", value.str.contains(_FINESS), {"value": value.str.slice(0, 8) + last})


def _doubled(digits: pl.Expr, at: int) -> pl.Expr:
    """What a digit adds: every second one from the right is doubled, its two digits summed."""
    digit = digits.str.slice(at, 1).cast(pl.Int32, strict=False)
    if at % 2 == 0:
        return digit
    return pl.when(digit > 4).then(digit * 2 - 9).otherwise(digit * 2)


def _looked_up(scene: Scene, part: str, key: str, wanted: str) -> Scene:
    """The scene with `only`: what the postal codes give for a part, where that is one thing."""
    known = table("postal_codes").filter(pl.len().over(key) == 1).select(key, only=wanted)
    frame = scene.frame.join(known, left_on=part, right_on=key, how="left", maintain_order="left")
    return replace(scene, frame=frame)


def _usual_finess(scene: Scene) -> list[str]:
    """The numbers of this field that have no finding, most used first."""
    used = scene.whole.get_column(scene.field).drop_nulls().value_counts(sort=True, name="n")
    wrong = set(scene.frame["value"].drop_nulls().unique().to_list())
    found = [str(value) for value in used.head(_MOST_USED)[scene.field]]
    return [value for value in found if value not in wrong]


def _near(wrong: str, good: str) -> bool:
    if len(wrong) != len(good):
        return False
    at = [number for number, (a, b) in enumerate(zip(wrong, good, strict=True)) if a != b]
    if len(at) == 1:
        return True
    return len(at) == 2 and at[1] == at[0] + 1 and wrong[at[0]] == good[at[1]] and wrong[at[1]] == good[at[0]]
