"""Extracts of any size, for measuring: the invented rows drawn again and again, as new patients."""

from __future__ import annotations

import random
from pathlib import Path
from typing import IO

import polars as pl

from desktop_app.demo.generator import FIELDS, registry_rows
from desktop_app.demo.people import MEN, SURNAMES, WOMEN

_AT_ONCE = 500_000


def write_large(path: Path, rows: int, seed: int = 2026, wrong: float = 0.02, same: int = 0) -> None:
    """Writes `rows` contract rows as CSV (UTF-8, comma, headers named as the contract's fields).

    A share `wrong` of the rows has a sex that is no code; each of the last `same` rows repeats the numbers
    of a row at the start. Names are drawn anew; the NIR is left out, since it could not stay unique.
    """
    with path.open("wb") as stream:
        for start in range(0, rows, _AT_ONCE):
            count = min(_AT_ONCE, rows - start)
            _write_part(stream, start, count, seed + 2 * start, wrong, rows - same)


def _write_part(stream: IO[bytes], start: int, rows: int, seed: int, wrong: float, fresh: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - invented data, not a secret
    base = pl.DataFrame(registry_rows(2026)).select(FIELDS)
    taken = base.sample(rows, with_replacement=True, seed=seed)
    names = pl.Series("names", [f"{one} {two}" for one in SURNAMES for two in SURNAMES], dtype=pl.String)
    given = pl.Series("given", [f"{one} {two}" for one in WOMEN for two in MEN], dtype=pl.String)
    bad = pl.Series("bad", [draw.random() < wrong for _ in range(rows)])
    days = [f"-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    born = pl.Series("born", days).sample(rows, with_replacement=True, seed=seed + 2)
    full = pl.col("date_naissance").str.len_bytes() == 10
    number = pl.int_range(start, start + rows) % fresh + 1
    taken.with_columns(
        pl.format("B{}", number).alias("numero_patient"),
        pl.lit("1").alias("numero_tumeur"),
        pl.lit("").alias("matricule_ins"),
        pl.lit("").alias("oid_ins"),
        pl.lit("PROV").alias("statut_identite"),
        pl.lit("").alias("age_incidence"),
        # Else the few birthdays of the invented persons would make every second row a possible duplicate.
        pl.when(full)
        .then(pl.col("date_naissance").str.head(4) + born)
        .otherwise(pl.col("date_naissance"))
        .alias("date_naissance"),
        names.sample(rows, with_replacement=True, seed=seed).alias("nom_naissance"),
        given.sample(rows, with_replacement=True, seed=seed + 1).alias("prenoms"),
        pl.when(bad).then(pl.lit("8")).otherwise(pl.col("sexe")).alias("sexe"),
    ).write_csv(stream, quote_style="never", include_header=start == 0)
