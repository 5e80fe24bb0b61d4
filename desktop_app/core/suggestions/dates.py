"""Dates and the age: parts exchanged, centuries, days that do not exist, and what the dates give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from desktop_app.core.suggestions.idea import Idea, Scene, idea
from desktop_app.core.suggestions.names import DATES, VALUE

AGED = ".aged"
"""Ends the kind of an idea that also writes the age again."""
_FULL = r"^\d{4}-\d{2}-\d{2}$"


def day_month(scene: Scene) -> Iterator[Idea]:
    """Day and month written the wrong way round."""
    for part in _dates(scene):
        value = pl.col(part)
        new = value.str.slice(0, 5) + value.str.slice(8, 2) + "-" + value.str.slice(5, 2)
        month = value.str.slice(8, 2).cast(pl.Int32, strict=False)
        fits = value.str.contains(_FULL) & month.is_between(1, 12) & (new != value)
        yield from idea(scene, "date.day_month", fits, {part: new})


def exchanged(scene: Scene) -> Iterator[Idea]:
    """Two dates in each other's place."""
    parts = _dates(scene)
    if len(parts) == 2:
        first, second = parts
        there = pl.col(first).is_not_null() & pl.col(second).is_not_null()
        yield from idea(scene, "date.exchanged", there, {first: pl.col(second), second: pl.col(first)})


def century(scene: Scene) -> Iterator[Idea]:
    """A year of the wrong century."""
    for part in _dates(scene):
        for years in (100, -100):
            new = _with_year(part, _year(part) + years)
            fits = _year(part).is_not_null() & (pl.lit(years) < 0 if part == "birth" else pl.lit(value=True))
            if years > 0:
                fits = _year(part) + years <= scene.today.year
            yield from idea(scene, "date.century", fits, {part: new})


def year_digits(scene: Scene) -> Iterator[Idea]:
    """Two neighbouring digits of the year typed the wrong way round."""
    for part in _dates(scene):
        value = pl.col(part)
        for at in (2, 1):
            new = (
                value.str.slice(0, at)
                + value.str.slice(at + 1, 1)
                + value.str.slice(at, 1)
                + value.str.slice(at + 2)
            )
            year = new.str.slice(0, 4).cast(pl.Int32, strict=False)
            fits = (new != value) & year.is_between(1880, scene.today.year)
            yield from idea(scene, "date.year_digits", fits, {part: new})


def year_of_age(scene: Scene) -> Iterator[Idea]:
    """The year with which the age at incidence is the one given."""
    age = pl.col("age").cast(pl.Int32, strict=False)
    known = age.is_between(0, 121)
    before = (_month_day("incidence") < _month_day("birth")).cast(pl.Int32)
    for part, year in (
        ("incidence", _year("birth") + age + before),
        ("birth", _year("incidence") - age - before),
    ):
        if part in _dates(scene):
            fits = known & (year != _year(part)) & (year <= scene.today.year)
            yield from idea(scene, "date.age", fits, {part: _with_year(part, year)})


def part_unknown(scene: Scene) -> Iterator[Idea]:
    """A day or month written 00 or 99 is unknown: it is left out."""
    for part in _dates(scene):
        value = pl.col(part)
        no_month = value.str.contains(r"^\d{4}-(00|99)(-\d{2})?$")
        no_day = value.str.contains(r"^\d{4}-(0[1-9]|1[0-2])-(00|99)$")
        yield from idea(scene, "date.unknown_part", no_month, {part: value.str.slice(0, 4)})
        yield from idea(scene, "date.unknown_part", no_day, {part: value.str.slice(0, 7)})


def no_such_day(scene: Scene) -> Iterator[Idea]:
    """The month does not have that day: its last day, or the month alone."""
    for part in _dates(scene):
        value = pl.col(part)
        first = (value.str.slice(0, 7) + "-01").str.to_date("%Y-%m-%d", strict=False)
        last = first.dt.month_end().dt.strftime("%Y-%m-%d")
        day = value.str.slice(8, 2).cast(pl.Int32, strict=False)
        fits = value.str.contains(_FULL) & last.is_not_null() & day.is_between(29, 31)
        yield from idea(scene, "date.month_end", fits, {part: last})
        yield from idea(scene, "date.day_unknown", fits, {part: value.str.slice(0, 7)})


def age_computed(scene: Scene) -> Iterator[Idea]:
    """Completed years from birth to incidence. Source: contract rnc-tumeurs, DAT-04."""
    age = completed_years(pl.col("birth"), pl.col("incidence"))
    yield from idea(scene, "age.computed", age.is_not_null(), {"age": age})


def moved(scene: Scene, kind: str, where: pl.Expr, cells: Mapping[str, pl.Expr]) -> Iterator[Idea]:
    """The idea; and, where the age written is that of the old dates, with the age of the new ones."""
    yield from idea(scene, kind, where, cells)
    old = completed_years(pl.col("birth"), pl.col("incidence"))
    new = completed_years(*(cells.get(part, pl.col(part)) for part in ("birth", "incidence")))
    follows = where & (pl.col("age").cast(pl.Int32, strict=False) == old) & (new != old)
    yield from idea(scene, f"{kind}{AGED}", follows, {**cells, "age": new})


def completed_years(birth: pl.Expr, incidence: pl.Expr) -> pl.Expr:
    """Completed years between two dates, partial ones filled as the contract does; never below 0."""
    years = _year_of(incidence) - _year_of(birth)
    age = years - (_day_of(incidence) < _day_of(birth)).cast(pl.Int32)
    return pl.when(age.is_not_null()).then(pl.max_horizontal(age, pl.lit(0)))


def incidence_at_death(scene: Scene) -> Iterator[Idea]:
    """Known by the death certificate alone: the incidence is the death. Source: ENCR, incidence date."""
    dead = (pl.col("basis") == "0") & (pl.col("vital") == "2")
    cells = {"incidence": pl.col("news")}
    yield from moved(scene, "date.death", dead & pl.col("news").is_not_null(), cells)


def death_at_incidence(scene: Scene) -> Iterator[Idea]:
    """Known by the death certificate alone: the death is the incidence."""
    dead = (pl.col("basis") == "0") & (pl.col("vital") == "2") & pl.col("news").is_null()
    yield from idea(scene, "date.death", dead, {"news": pl.col("incidence")})


def _dates(scene: Scene) -> list[str]:
    """The dates that the finding is about."""
    fields = scene.field.split("+")
    parts = [part for field in fields if (part := scene.names.part_of(field)) in DATES]
    if parts or len(fields) > 1:
        return [part for part in parts if part is not None]
    kind = scene.contract.field(scene.field).logical_type
    return [VALUE] if kind in ("date", "partial_date") else []


def _year(part: str) -> pl.Expr:
    return _year_of(pl.col(part))


def _year_of(value: pl.Expr) -> pl.Expr:
    return value.str.extract(r"^(\d{4})(-\d{2}){0,2}$", 1).cast(pl.Int32, strict=False)


def _with_year(part: str, year: pl.Expr) -> pl.Expr:
    return year.cast(pl.String) + pl.col(part).str.slice(4)


def _month_day(part: str) -> pl.Expr:
    return _day_of(pl.col(part))


def _day_of(value: pl.Expr) -> pl.Expr:
    """A missing day is the 15th, a missing month and day the first of July."""
    month = value.str.slice(5, 2).cast(pl.Int32, strict=False)
    day = value.str.slice(8, 2).cast(pl.Int32, strict=False)
    return month.fill_null(7) * 100 + day.fill_null(pl.when(month.is_null()).then(1).otherwise(15))
