"""Basis of diagnosis: the list in force, what was looked at, what may be said without a microscope."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from desktop_app.core.suggestions.idea import Idea, Scene, idea

_PATHOLOGY = r"(^|\+)ACP(\+|$)"
_OTHER_THAN_CERTIFICATE = r"(^|\+)(ACP|PMSI|RCP|ALD|CLI|DEP|AUT)(\+|$)"
# Terms without further detail, which need no microscope. Source: IARC checks, exceptions of BASIS-1.
_UNSPECIFIC = (("8000", 8010, 9589), ("9590", 9591, 9729), ("9800", 9801, 9920), ("9800", 9940, 9948))


def of_year(scene: Scene) -> Iterator[Idea]:
    """The code of the list in force that says the same. Source: ENCR lists of 1999 and 2022."""
    same = {"6": ("7.2", "7"), "7.1": ("7",), "7.2": ("6", "7"), "7.3": ("7",)}
    for old, codes in same.items():
        for code in codes:
            yield from idea(scene, "basis.year", pl.col("basis") == old, {"basis": pl.lit(code)})


def of_sources(scene: Scene) -> Iterator[Idea]:
    """Pathology is among the sources: the diagnosis has microscopic proof."""
    proof = pl.col("sources").str.contains(_PATHOLOGY)
    yield from idea(scene, "basis.pathology", proof, {"basis": pl.lit("7")})


def of_specimen(scene: Scene) -> Iterator[Idea]:
    """A pathological T or N was read on a specimen: there is microscopic proof."""
    parts = [pl.col(part).str.to_uppercase().str.replace(r"^[YRAU]*P?[TN]?", "") for part in ("pt", "pn")]
    read = pl.any_horizontal(value.str.contains(r"^(\d|IS|A)") & (value != "88") for value in parts)
    yield from idea(scene, "basis.specimen", read, {"basis": pl.lit("7")})


def not_alone(scene: Scene) -> Iterator[Idea]:
    """Another source knows the case: the certificate is not alone, and how it was diagnosed is not said."""
    known = (pl.col("basis") == "0") & pl.col("sources").str.contains(_OTHER_THAN_CERTIFICATE)
    yield from idea(scene, "basis.not_alone", known, {"basis": pl.lit("9")})


def unspecific_histology(scene: Scene) -> Iterator[Idea]:
    """The term without further detail: neoplasm, lymphoma or leukaemia."""
    code = pl.col("histology").str.slice(0, 4).cast(pl.Int32, strict=False)
    for histology, first, last in _UNSPECIFIC:
        here = code.is_between(first, last)
        yield from idea(scene, "histology.unspecific", here, {"histology": pl.lit(histology)})


def pathology_source(scene: Scene) -> Iterator[Idea]:
    """The basis rests on a microscope: pathology belongs to the sources."""
    cells = {"sources": pl.lit("ACP+") + pl.col("sources")}
    yield from idea(scene, "sources.pathology", pl.lit(value=True), cells)
