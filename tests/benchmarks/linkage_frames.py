"""Linkage zones made straight from the labelled data, which has no clinical fields.

python -m tests.benchmarks.linkage_frames SOURCE DESTINATION writes the folders that training reads.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

import polars as pl

from desktop_app.core.batches.tokens import Part
from desktop_app.core.identity import LinkageKey
from desktop_app.core.identity.encoding import Encoder
from desktop_app.core.identity.person import Identity, parts_of

KEY = LinkageKey("benchmark", bytes(range(32)), date(2000, 1, 1), date(2099, 12, 31))

LADDERS: Final[dict[str, tuple[tuple[str, Part], ...]]] = {
    "surname": (
        ("exact", "surname"),
        ("one_letter", "surname_less"),
        ("start", "surname_4"),
        ("sound", "surname_sound"),
    ),
    "given": (
        ("exact", "given"),
        ("one_letter", "given_less"),
        ("sound", "given_sound"),
        ("start", "given_3"),
        ("initial", "given_1"),
    ),
    "date": (
        ("exact", "date"),
        ("swapped", "year_unordered"),
        ("two_parts", "year_day"),
        ("two_parts", "month_day"),
        ("same_month", "year_month"),  # what the clear month tells when no token does
        ("year", "year"),
    ),
    "sex": (("exact", "sex"),),
    "commune": (("exact", "commune"),),
    "postal": (("exact", "postal"),),
}


def people(path: Path, with_nir: bool = True) -> Iterator[Identity]:
    """The identities of one source, in file order."""
    rows = pl.read_csv(path, infer_schema=False)
    inputs = rows.select(
        (pl.col("nir") if with_nir else pl.lit(None, pl.String)).alias("matricule_ins"),
        "nom_naissance",
        "nom_utilise",
        "prenoms",
        "sexe",
        "date_naissance",
        pl.col("code_commune_naissance").alias("commune_naissance"),
        "code_postal",
    )
    return (Identity(*row) for row in inputs.iter_rows())


def linkage_zone(path: Path, with_nir: bool = True) -> pl.DataFrame:
    """record_id, tokens, sexe, birth_month and site (the source's letter) of one source."""
    rows = pl.read_csv(path, infer_schema=False)
    encoder = Encoder(KEY)
    tokens = [encoder.tokens(person) for person in people(path, with_nir)]
    return rows.select(
        pl.lit(path.stem[-1]).alias("site"),
        pl.col("id").alias("record_id"),
        pl.Series("tokens", tokens, pl.Binary),
        "sexe",
        pl.col("date_naissance").str.slice(0, 7).alias("birth_month"),
    )


def chance_of_levels(left: Path, right: Path, draws: int = 1_000_000) -> dict[str, dict[str, float]]:
    """Share of random pairs of two sources that reach each level, on the plain values."""
    random = Random(1)
    sides = [[parts_of(person) for person in people(path)] for path in (left, right)]
    counts: dict[str, Counter[str]] = {name: Counter() for name in LADDERS}
    told: Counter[str] = Counter()
    for _ in range(draws):
        a, b = (random.choice(side) for side in sides)
        for name, ladder in LADDERS.items():
            if a[ladder[0][1]] and b[ladder[0][1]]:
                told[name] += 1
                counts[name][
                    next((lv for lv, part in ladder if not set(a[part]).isdisjoint(b[part])), "none")
                ] += 1
    return {
        name: {level: (counts[name][level] + 0.5) / told[name] for level in dict(ladder)}
        for name, ladder in LADDERS.items()
    }


def prepare(source: Path, name: str, folder: Path) -> None:
    """Write what `registry_endpoint.linkage.train` reads: one folder with the number and one without."""
    chance = chance_of_levels(source / f"{name}_A.csv", source / f"{name}_B.csv")
    for kind, with_nir in (("nir", True), ("no_nir", False)):
        to = folder / f"{name}_{kind}"
        to.mkdir(parents=True, exist_ok=True)
        for side in ("A", "B"):
            linkage_zone(source / f"{name}_{side}.csv", with_nir).write_parquet(to / f"{side}.parquet")
        (to / "chance.json").write_text(json.dumps(chance), encoding="utf-8")
        shutil.copy(source / f"{name}_truth.csv", to / "truth.csv")


if __name__ == "__main__":
    for noise in ("e1", "e2"):
        prepare(Path(sys.argv[1]), f"frdev_{noise}", Path(sys.argv[2]))
