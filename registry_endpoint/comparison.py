"""What other sources say of the same tumours, and what linking says of the same persons."""

from __future__ import annotations

import polars as pl

from desktop_app.core.batches import wire
from registry_endpoint.linkage_unit import LinkageAnswer

DISAGREEING = ("date_incidence", "morphologie", "comportement", "lateralite", "base_diagnostic", "grade")
COLUMNS = ("topographie", "statut_vital", "date_dernieres_nouvelles", *DISAGREEING)
_ALIVE_OR_UNKNOWN, _DEAD = ("1", "9"), "2"
# Two values that say no more than "unknown" are no disagreement.
_UNKNOWN = {"lateralite": "9", "base_diagnostic": "9", "grade": "9"}


def outcomes(
    site: str, records: pl.DataFrame, answer: LinkageAnswer, tumours: pl.DataFrame
) -> list[wire.OutcomeLine]:
    """Every outcome of a batch, by record id.

    `records`: record_id of the batch. `tumours`: site, record_id, person_id and COLUMNS, of every site.
    """
    own = tumours.filter(pl.col("site") == site).join(records.select("record_id"), on="record_id", how="semi")
    pairs = own.join(tumours, on="person_id", suffix="_other").filter(
        (pl.col("record_id") != pl.col("record_id_other")) | (pl.col("site") != pl.col("site_other"))
    )
    same = pairs.filter(_category("topographie") == _category("topographie_other"))
    elsewhere = same.filter(pl.col("site_other") != site)
    lines = [
        *_persons(answer.persons),
        *_reviews(answer.review),
        *_known_tumours(elsewhere),
        *_duplicates(same.filter(pl.col("site_other") == site)),
        *(line for field in DISAGREEING for line in _disagreements(elsewhere, field)),
        *_vital_status(pairs.filter(pl.col("site_other") != site)),
    ]
    return sorted(lines, key=lambda line: line.record_id)


def _category(column: str) -> pl.Expr:
    """ICD-O topography category: the three characters before the dot."""
    return pl.col(column).str.slice(0, 3)


def _persons(persons: pl.DataFrame) -> list[wire.OutcomeLine]:
    return [
        wire.OutcomeLine(
            record_id=record, outcome="new_person" if new else "known_person", other_sources=sources
        )
        for record, sources, new in persons.select("record_id", "other_sources", "new_person").iter_rows()
    ]


def _reviews(review: pl.DataFrame) -> list[wire.OutcomeLine]:
    return [
        wire.OutcomeLine(
            record_id=record,
            outcome="possible_match",
            other_sources=int(elsewhere),
            evidence=agreeing or None,
        )
        for record, elsewhere, agreeing in review.select("record_id", "other_site", "agreeing").iter_rows()
    ]


def _known_tumours(same: pl.DataFrame) -> list[wire.OutcomeLine]:
    counted = same.group_by("record_id").agg(pl.col("site_other").n_unique())
    return [
        wire.OutcomeLine(
            record_id=record, outcome="known_tumour", other_sources=sites, evidence="topographie"
        )
        for record, sites in counted.iter_rows()
    ]


def _duplicates(same: pl.DataFrame) -> list[wire.OutcomeLine]:
    """Two tumours of the same site for one person with one category and one histology.

    A tumour has a date of incidence; a notification has none, and several of one tumour are no duplicates.
    """
    tumours = pl.col("date_incidence").is_not_null() & pl.col("date_incidence_other").is_not_null()
    twice = same.filter(tumours & (pl.col("morphologie") == pl.col("morphologie_other"))).select(
        pl.col("record_id").unique()
    )
    return [
        wire.OutcomeLine(record_id=record, outcome="probable_duplicate", evidence="topographie+morphologie")
        for (record,) in twice.iter_rows()
    ]


def _disagreements(same: pl.DataFrame, field: str) -> list[wire.OutcomeLine]:
    here, there = pl.col(field), pl.col(f"{field}_other")
    differ = here.is_not_null() & there.is_not_null() & (here != there)
    if field in _UNKNOWN:
        differ &= (here != _UNKNOWN[field]) & (there != _UNKNOWN[field])
    if field == "date_incidence":
        # A date known to the month does not contradict the same month with its day.
        differ &= ~here.str.starts_with(there) & ~there.str.starts_with(here)
    found = same.filter(differ).select("record_id", field, f"{field}_other").unique()
    return [
        wire.OutcomeLine(
            record_id=record,
            outcome="field_disagreement",
            other_sources=1,
            field=field,
            own_value=own,
            other_value=other,
        )
        for record, own, other in found.iter_rows()
    ]


def _vital_status(pairs: pl.DataFrame) -> list[wire.OutcomeLine]:
    """Another source knows of a death that this one does not."""
    news = (
        pairs.filter(
            pl.col("statut_vital").is_in(_ALIVE_OR_UNKNOWN) & (pl.col("statut_vital_other") == _DEAD)
        )
        .group_by("record_id")
        .agg(pl.col("statut_vital").first(), pl.col("date_dernieres_nouvelles_other").max())
    )
    return [
        wire.OutcomeLine(
            record_id=record,
            outcome="vital_status_elsewhere",
            other_sources=1,
            field="statut_vital",
            own_value=own,
            other_value=_DEAD,
            evidence=when,
        )
        for record, own, when in news.iter_rows()
    ]
