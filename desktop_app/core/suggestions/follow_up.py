"""Vital status, death and treatment."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from desktop_app.core.suggestions.dates import moved
from desktop_app.core.suggestions.idea import Idea, Scene, idea

_CERTIFICATE = r"(^|\+)DC(\+|$)"


def dead(scene: Scene) -> Iterator[Idea]:
    """A cause of death, a certificate or an autopsy tells of a death."""
    told = (
        (pl.col("death_cause").is_not_null() & (pl.col("death_cause") != "R99"))
        | pl.col("sources").str.contains(_CERTIFICATE).fill_null(value=False)
        | (pl.col("autopsy") == "1").fill_null(value=False)
    )
    yield from idea(scene, "vital.dead", told, {"vital": pl.lit("2")})


def dead_by_certificate(scene: Scene) -> Iterator[Idea]:
    """Known by a death certificate alone: dead, on the date of incidence where none is given."""
    alone = pl.col("basis") == "0"
    cells = {"vital": pl.lit("2"), "news": pl.coalesce("news", "incidence")}
    yield from moved(scene, "vital.certificate", alone, cells)
    cells = {"vital": pl.lit("2"), "incidence": pl.coalesce("news", "incidence")}
    yield from moved(scene, "vital.certificate", alone, cells)
    cells = {"vital": pl.lit("2"), "news": pl.col("incidence")}
    yield from idea(scene, "vital.certificate_incidence", alone, cells)


def status_unknown(scene: Scene) -> Iterator[Idea]:
    """A status without a date is a status that nobody knows."""
    yield from idea(scene, "vital.unknown", pl.lit(value=True), {"vital": pl.lit("9")})


def no_cause(scene: Scene) -> Iterator[Idea]:
    """A person who is not dead has no cause of death."""
    yield from idea(scene, "death.no_cause", pl.col("vital") == "1", {"death_cause": pl.lit(None, pl.String)})


def not_at_autopsy(scene: Scene) -> Iterator[Idea]:
    """A tumour of a person who lives was not found at an autopsy."""
    yield from idea(scene, "autopsy.no", pl.col("vital") == "1", {"autopsy": pl.lit("0")})


def treatment_plain(scene: Scene) -> Iterator[Idea]:
    """Without surgery a treatment is neither before nor after it: 1, yes, not specified."""
    parts = ("radiotherapy", "chemotherapy", "other_therapy")
    cells = {
        part: pl.when(pl.col(part).is_in(["2", "3", "4"])).then(pl.lit("1")).otherwise(pl.col(part))
        for part in parts
    }
    yield from idea(scene, "treatment.plain", pl.col("surgery") == "0", cells)
