"""Number, sex, birth and name of the person: what the record itself tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from desktop_app.core.suggestions.dates import moved
from desktop_app.core.suggestions.idea import Idea, Scene, idea, with_table
from desktop_app.core.suggestions.number import body_of, key_of

_SEXES = {"M": "1", "F": "2"}
# Families of histologies of one sex. Source: IARC checks, contract rnc-tumeurs, SEX-03 and SEX-05.
_FEMALE = ("ONLY22", "ONLY23", "ONLY24", "ONLY25", "ONLY26")
_MALE = ("ONLY27", "ONLY28")
_DIGIT_IN_NAME = r"\d"


def first_digits(scene: Scene) -> Iterator[Idea]:
    """Sex and birth in place of the first five digits, where that makes the key right."""
    ins, birth = pl.col("ins"), pl.col("birth")
    new = pl.col("sex") + birth.str.slice(2, 2) + birth.str.slice(5, 2) + ins.str.slice(5)
    whole = (ins.str.len_chars() == 15) & (birth.str.len_chars() >= 7) & pl.col("sex").is_in(["1", "2"])
    right = key_of(body_of(new)) == new.str.slice(13, 2)
    yield from idea(scene, "ins.first_digits", whole & right & (new != ins), {"ins": new})


def sex_of_number(scene: Scene) -> Iterator[Idea]:
    """The first digit of the number tells the sex."""
    digit = pl.col("ins").str.slice(0, 1)
    yield from idea(scene, "sex.ins", digit.is_in(["1", "2"]), {"sex": digit})


def sex_of_site(scene: Scene) -> Iterator[Idea]:
    """The organ is of one sex."""
    looked = with_table(scene, "icdo_topography", {"code": "site"}, {"site sex": "sex"})
    sex = pl.col("site sex").replace_strict(_SEXES, default=None, return_dtype=pl.String)
    yield from idea(looked, "sex.site", sex.is_not_null(), {"sex": sex})


def sex_of_histology(scene: Scene) -> Iterator[Idea]:
    """The histology is that of an organ of one sex."""
    frame = scene.frame.with_columns(pl.col("histology").str.slice(0, 4).alias("code"))
    looked = replace(scene, frame=frame)
    looked = with_table(looked, "icdo_histology", {"histology": "code"}, {"family": "family"})
    for families, sex in ((_FEMALE, "2"), (_MALE, "1")):
        here = pl.col("family").is_in(list(families))
        yield from idea(looked, "sex.histology", here, {"sex": pl.lit(sex)})


def birth_year(scene: Scene) -> Iterator[Idea]:
    """The year of birth that the number tells, in the century nearest to the year at hand first."""
    two = pl.col("ins").str.slice(1, 2).cast(pl.Int32, strict=False)
    year = pl.col("birth").str.slice(0, 4).cast(pl.Int32, strict=False)
    rest = pl.col("birth").str.slice(4)
    nearest = pl.when((year - 1900 - two).abs() <= (year - 2000 - two).abs()).then(1900).otherwise(2000)
    other = pl.when(nearest == 1900).then(2000).otherwise(1900)
    for century in (nearest, other):
        new = two + century
        fits = (year % 100 != two) & (new <= scene.today.year)
        yield from moved(scene, "ins.birth_year", fits, {"birth": new.cast(pl.String) + rest})


def birth_month(scene: Scene) -> Iterator[Idea]:
    """The month of birth that the number tells; day and month exchanged where that gives it."""
    month, birth = pl.col("ins").str.slice(3, 2), pl.col("birth")
    real = month.cast(pl.Int32, strict=False).is_between(1, 12)
    swapped = birth.str.slice(0, 5) + birth.str.slice(8, 2) + "-" + birth.str.slice(5, 2)
    turned = real & (birth.str.len_chars() == 10) & (birth.str.slice(8, 2) == month)
    yield from moved(scene, "ins.birth_turned", turned, {"birth": swapped})
    new = birth.str.slice(0, 5) + month + birth.str.slice(7)
    yield from moved(scene, "ins.birth_month", real & (birth.str.len_chars() >= 7), {"birth": new})


def birth_place(scene: Scene) -> Iterator[Idea]:
    """The place of birth that the number tells."""
    place = pl.col("ins").str.slice(5, 5)
    known = (pl.col("ins").str.slice(7, 3) < "990") & (place != pl.col("birth_place"))
    yield from idea(scene, "ins.birth_place", known, {"birth_place": place})


def provisional(scene: Scene) -> Iterator[Idea]:
    """Without a number an identity is not qualified. Source: INS, identity statuses."""
    yield from idea(scene, "status.provisional", pl.col("ins").is_null(), {"identity_status": pl.lit("PROV")})


def name_left_out(scene: Scene) -> Iterator[Idea]:
    """A placeholder says nothing: a name that may be blank is better blank."""
    if scene.contract.field(scene.field).required == "no":
        yield from idea(scene, "name.left_out", pl.lit(value=True), {"value": pl.lit(None, pl.String)})


def name_letters(scene: Scene) -> Iterator[Idea]:
    """Digits in the place of letters, and digits after a name."""
    value = pl.col("value")
    letters = value.str.replace_all("0", "O", literal=True).str.replace_all("1", "I", literal=True)
    inside = value.str.contains(r"\p{L}[01]\p{L}|^[01]\p{L}")
    yield from idea(scene, "name.letters", inside, {"value": letters})
    bare = value.str.replace_all(_DIGIT_IN_NAME, "").str.strip_chars(" -")
    ends = value.str.contains(r"^\D{2,}\d+$")
    yield from idea(scene, "name.no_digits", ends & (bare != ""), {"value": bare})
