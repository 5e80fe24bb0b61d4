"""Extracts of any size, for measuring: the invented rows drawn again and again, as new patients."""

from __future__ import annotations

import random
from pathlib import Path
from typing import IO

import polars as pl

from desktop_app.demo.generator import FIELDS, registry_rows
from desktop_app.demo.people import MEN, SURNAMES, WOMEN

_AT_ONCE = 500_000
_PARTS = 1_009
_DAYS = tuple(f"-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29))
_GIVEN = (*WOMEN, *MEN)


def write_large(
    path: Path, rows: int, seed: int = 2026, wrong: float = 0.02, same: int = 0, alike: float = 0.005
) -> None:
    """Writes `rows` contract rows as CSV (UTF-8, comma, headers named as the contract's fields).

    A share `wrong` of the rows has a sex that is no code; each of the last `same` rows repeats the numbers
    of a row at the start. The NIR is left out, since it could not stay unique.

    A share `alike` of the rows is another one under a new patient number: the same person for all that the
    file tells. No other two rows have surname, first given name and day of birth in common. Names drawn
    freely would meet more often the larger the file: it would hold more findings a row, and files of two
    sizes would not ask the same work.
    """
    with path.open("wb") as stream:
        for start in range(0, rows, _AT_ONCE):
            count = min(_AT_ONCE, rows - start)
            _write_part(stream, start, count, seed + 2 * start, wrong, rows - same, alike)


def _write_part(
    stream: IO[bytes], start: int, rows: int, seed: int, wrong: float, fresh: int, alike: float
) -> None:
    draw = random.Random(seed)  # noqa: S311 - invented data, not a secret
    base = pl.DataFrame(registry_rows(2026)).select(FIELDS)
    taken = base.sample(rows, with_replacement=True, seed=seed)
    bad = pl.Series("bad", [draw.random() < wrong for _ in range(rows)])
    full = pl.col("date_naissance").str.len_bytes() == 10
    surname, given, day = _persons(rows, start // _AT_ONCE, seed)
    people = taken.with_columns(
        # Else the few birthdays of the invented persons would make every second row a possible duplicate.
        pl.when(full)
        .then(pl.col("date_naissance").str.head(4) + pl.lit(day))
        .otherwise(pl.col("date_naissance"))
        .alias("date_naissance"),
        surname.alias("nom_naissance"),
        given.alias("prenoms"),
    )[_meant(rows, alike, draw)]
    number = pl.int_range(start, start + rows) % fresh + 1
    people.with_columns(
        pl.format("B{}", number).alias("numero_patient"),
        pl.lit("1").alias("numero_tumeur"),
        pl.lit("").alias("matricule_ins"),
        pl.lit("").alias("oid_ins"),
        pl.lit("PROV").alias("statut_identite"),
        pl.lit("").alias("age_incidence"),
        pl.when(bad).then(pl.lit("8")).otherwise(pl.col("sexe")).alias("sexe"),
    ).write_csv(stream, quote_style="never", include_header=start == 0)


def _persons(rows: int, part: int, seed: int) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Surname, given names, and month and day of birth of so many persons, no two alike in any part.

    Every combination has a number. A part draws among those that leave its own rest when divided by
    `_PARTS`, each at most once: 770,000 for a part, 500,000,000 rows in all.
    """
    surnames = pl.Series("surnames", [f"{one} {two}" for one in SURNAMES for two in SURNAMES])
    combinations = surnames.len() * len(_GIVEN) * len(_DAYS)
    numbers = (
        pl.int_range(combinations // _PARTS, eager=True).sample(rows, seed=seed) * _PARTS + part % _PARTS
    )
    second = pl.Series("second", _GIVEN).sample(rows, with_replacement=True, seed=seed + 1)
    day, rest = numbers % len(_DAYS), numbers // len(_DAYS)
    first = pl.Series("first", _GIVEN).gather(rest % len(_GIVEN))
    return surnames.gather(rest // len(_GIVEN)), first + " " + second, pl.Series(_DAYS).gather(day)


def _meant(rows: int, alike: float, draw: random.Random) -> list[int]:
    """For each row, the one whose person it is about: mostly itself."""
    meant = list(range(rows))
    for row in draw.sample(meant, int(rows * alike)):
        meant[row] = draw.randrange(rows)
    return meant
