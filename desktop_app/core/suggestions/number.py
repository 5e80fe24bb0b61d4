"""The number of the person: its key, the identifier of its system, and the birth that it tells."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from desktop_app.core.suggestions.idea import Idea, Scene, idea

LENGTH = 13  # characters of a number without its key
_WHOLE = 15
_BODY = r"^[1-478]\d{4}(\d\d|2[AB])\d{6}$"
# Source: FR Core, patient-ins: the official number and the temporary one.
_SYSTEMS = ((("1", "2"), "1.2.250.1.213.1.4.8"), (("7", "8"), "1.2.250.1.213.1.4.9"))
_OLDEST = 105  # completed years that DAT-05 takes without a question


def key_of(body: pl.Expr) -> pl.Expr:
    """Two digits, 97 less the remainder by 97; null when the body is no number. 2A is read 19, 2B 18."""
    number = body.str.replace("2A", "19", literal=True).str.replace("2B", "18", literal=True)
    rest = 97 - number.cast(pl.Int64, strict=False) % 97
    return rest.cast(pl.String).str.zfill(2)


def body_of(ins: pl.Expr) -> pl.Expr:
    """The first 13 characters."""
    return ins.str.slice(0, LENGTH)


def completed(ins: str | None) -> str | None:
    """A number of 13 characters with its key; None for anything else.

    Without the key no rule says anything of a number, so that no finding offers it.
    """
    if ins is None or len(ins) != LENGTH:
        return None
    new = pl.DataFrame({"ins": [ins]}).select(
        pl.when(pl.col("ins").str.contains(_BODY)).then(pl.col("ins") + key_of(pl.col("ins")))
    )
    return str(new.item()) if new.item() is not None else None


def key(scene: Scene) -> Iterator[Idea]:
    """The key that the first 13 characters give."""
    body = body_of(pl.col("ins"))
    fits = pl.col("ins").str.len_chars().is_in([LENGTH, _WHOLE]) & key_of(body).is_not_null()
    yield from idea(scene, "ins.key", fits, {"ins": body + key_of(body)})


def short_key(scene: Scene) -> Iterator[Idea]:
    """A key that lost its leading zero in a spreadsheet."""
    ins = pl.col("ins")
    lost = (ins.str.len_chars() == _WHOLE - 1) & (
        pl.lit("0") + ins.str.slice(LENGTH, 1) == key_of(body_of(ins))
    )
    new = body_of(ins) + "0" + ins.str.slice(LENGTH, 1)
    yield from idea(scene, "ins.short_key", lost, {"ins": new})


def key_unreadable(scene: Scene) -> Iterator[Idea]:
    """After 13 good characters, a key that cannot be read: the right one, or none."""
    ins = pl.col("ins")
    body = body_of(ins)
    badly = body.str.contains(_BODY) & ~ins.str.slice(LENGTH).str.contains(r"^(\d\d)?$")
    yield from idea(scene, "ins.key_unreadable", badly, {"ins": body + key_of(body)})
    yield from idea(scene, "ins.no_key", badly, {"ins": body})


def system_of_number(scene: Scene) -> Iterator[Idea]:
    """The system that gives numbers like this one, where the key proves the number."""
    ins = pl.col("ins")
    right = key_of(body_of(ins)) == ins.str.slice(LENGTH)
    for firsts, oid in _SYSTEMS:
        fits = right & ins.str.slice(0, 1).is_in(list(firsts))
        yield from idea(scene, "oid.number", fits, {"oid": pl.lit(oid)})


def birth(scene: Scene) -> Iterator[Idea]:
    """Year and month of birth, where the field has none that can be read; the age tells the century."""
    if scene.names.part_of(scene.field) != "birth":
        return
    ins = pl.col("ins")
    sound = key_of(body_of(ins)) == ins.str.slice(LENGTH)
    two = ins.str.slice(1, 2).cast(pl.Int32, strict=False)
    month = ins.str.slice(3, 2)
    real = month.cast(pl.Int32, strict=False).is_between(1, 12)
    now = pl.col("incidence").str.extract(r"^(\d{4})", 1).cast(pl.Int32, strict=False)
    age = pl.col("age").cast(pl.Int32, strict=False)
    known = age.is_between(0, 121)
    for century in (1900, 2000):
        years = now.fill_null(scene.today.year) - (two + century)
        agrees = pl.when(known & now.is_not_null()).then((years - age).is_between(0, 1))
        fits = sound & agrees.otherwise(years.is_between(0, _OLDEST))
        year = (two + century).cast(pl.String)
        new = pl.when(real).then(year + "-" + month).otherwise(year)
        yield from idea(scene, "ins.birth", fits, {"birth": new})
