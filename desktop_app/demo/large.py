"""Extracts of any size, for measuring: the invented rows drawn again and again, as new patients."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl

from desktop_app.demo.generator import FIELDS, registry_rows
from desktop_app.demo.people import MEN, SURNAMES, WOMEN


def write_large(path: Path, rows: int, seed: int = 2026, wrong: float = 0.02) -> None:
    """Writes `rows` contract rows as CSV (UTF-8, comma, headers named as the contract's fields).

    A share `wrong` of the rows has a sex that is no code. Names are drawn anew; numbers of the NIR are left
    out, since they could not stay unique.
    """
    draw = random.Random(seed)  # noqa: S311 - invented data, not a secret
    base = pl.DataFrame(registry_rows(seed)).select(FIELDS)
    taken = base.sample(rows, with_replacement=True, seed=seed)
    names = pl.Series("names", [f"{one} {two}" for one in SURNAMES for two in SURNAMES], dtype=pl.String)
    given = pl.Series("given", [f"{one} {two}" for one in WOMEN for two in MEN], dtype=pl.String)
    bad = pl.Series("bad", [draw.random() < wrong for _ in range(rows)])
    taken.with_columns(
        pl.format("B{}", pl.int_range(1, rows + 1)).alias("numero_patient"),
        pl.lit("1").alias("numero_tumeur"),
        pl.lit("").alias("matricule_ins"),
        pl.lit("").alias("oid_ins"),
        pl.lit("PROV").alias("statut_identite"),
        names.sample(rows, with_replacement=True, seed=seed).alias("nom_naissance"),
        given.sample(rows, with_replacement=True, seed=seed + 1).alias("prenoms"),
        pl.when(bad).then(pl.lit("8")).otherwise(pl.col("sexe")).alias("sexe"),
    ).write_csv(path, quote_style="never")
