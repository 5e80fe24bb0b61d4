"""An RSS and a VID-HOSP as one Extract: a row a notification, under the names that hospitals know."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts.frames import CELLS
from desktop_app.core.extracts.pmsi import persons as who
from desktop_app.core.extracts.pmsi import sentences
from desktop_app.core.extracts.pmsi.pair import Half, beside, half, inside, lack, look, two_halves
from desktop_app.core.extracts.pmsi.patients import with_patients
from desktop_app.core.extracts.pmsi.records import LINE, Records, read_records
from desktop_app.core.extracts.pmsi.stays import RSS_BLOCKS, RSS_ZONES, STAY, notifications, stays, tumours
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions, SourceFile
from validation_rules.text import Text

JOINING = Text("Rapprochement des séjours", "Joining the stays")
# Column of the extract -> column of `notifications`.
COLUMNS = {
    "IPP": "IPP",
    "N° séjour": "document",
    "Diagnostic CIM-10": "code",
    "Rôle du diagnostic": "role",
    "Date d’entrée": "DEUM",
    "Date de sortie": "DSUM",
    "Mode de sortie": "MSUM",
    "Sexe": "sex",
    "Date de naissance": "birth",
    "Matricule INS": "ins",
    "Code postal": "postcode",
    "FINESS": "FINESS",
    "Actes CCAM": "acts",
    "Statut vital": "alive",
    "Date des dernières nouvelles": "news",
    "Source": "source",
    "N° notification": "number",
    "Pays": "abroad",
    "RSS": "NRSS",
    "UM": "NUM",
    "RUM": "rums",
    "Séances": "sessions",
    "Ligne": "place",
    "Rapprochement": "match",
}


class Made(NamedTuple):
    """The rows under `COLUMNS`, and what became of the lines they were made of."""

    frame: pl.DataFrame
    tally: sentences.Tally


def read_pmsi(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """The notifications of an RSS with its VID-HOSP; `options.companion` is the other file of the two, and
    `options.identities` a list of the patients, if there is one.

    Raises AppError for what cannot be read, for files that do not go together, and when no stay has a tumour.
    """
    rss, vidhosp = two_halves(path, companion_path(path, options))
    rums = _records(rss, RSS_ZONES, RSS_BLOCKS, options, path, progress)
    lines = _records(vidhosp, who.VIDHOSP_ZONES, (), options, path, progress)
    made = joined(rums, lines, progress)
    if not made.tally.notified:
        raise sentences.no_tumour(rss.path, made.tally.stays)
    if not made.tally.common:
        raise sentences.no_stay_in_common(rss.path, vidhosp.path)
    patients = _patients(path, options, progress)
    rows, said = made.frame, sentences.remarks(made.tally)
    if patients is not None:
        added = with_patients(rows, patients, patients.source.path)
        rows, said = added.frame, (*said, *added.remarks)
    numbered = rows.with_row_index("row_id", 1).with_columns(pl.col("row_id").cast(pl.UInt32))
    sources = [part for part in (rums.source, lines.source, patients and patients.source) if part]
    return Extract(
        _source(path, sources),
        replace(options, encoding=(rums if rss.path == path else lines).encoding),
        guesses,
        numbered,
        blank_rows=rums.blank + lines.blank,
        aside=_aside({"RSS": rums, "VID-HOSP": lines}),
        remarks=said,
    )


def _aside(files: Mapping[str, Records]) -> pl.DataFrame | None:
    """Lines that are no whole record, as they are: `row_id` is the number of the line in its file."""
    parts = [
        part.aside.select(
            pl.col(LINE).alias("row_id"),
            pl.lit(0, pl.UInt32).alias(CELLS),
            pl.lit(name).alias("Fichier"),
            pl.col("text").alias("Ligne"),
        )
        for name, part in files.items()
    ]
    aside = pl.concat(parts)
    return aside if aside.height else None


def _patients(path: Path, options: ImportOptions, progress: Progress) -> Extract | None:
    from desktop_app.core.extracts import open_extract

    if not options.identities:
        return None
    return open_extract(path.parent / options.identities, progress=progress)


def companion_path(path: Path, options: ImportOptions) -> Path:
    """Where the other file is. Raises AppError when none was given or found."""
    if options.companion:
        return path.parent / options.companion
    found = look(path)
    if found is None:
        raise sentences.no_whole_record(path, 0)
    own = half(path, found)
    raise lack(own, beside(own))


def joined(rums: Records, lines: Records, progress: Progress = silent) -> Made:
    """Both files' records as notifications."""
    beat = partial(progress, 0, None, JOINING)
    beat()
    keyed = who.same_stays(rums.frame, lines.frame, beat)
    beat()
    found = tumours(keyed.rums, progress)
    beat()
    summary = stays(keyed.rums.join(found, on=STAY, how="semi"))
    beat()
    known = who.persons(keyed.lines.join(found, on=STAY, how="semi"))
    beat()
    rows = notifications(found, summary, who.matched(summary, known))
    frame = rows.select(pl.col(name).alias(header) for header, name in COLUMNS.items())
    beat()
    every, there = keyed.rums.get_column(STAY).unique(), keyed.lines.get_column(STAY).unique()
    common = int(there.is_in(every.implode()).sum())
    return Made(
        frame,
        sentences.Tally(
            **_counts(rows.unique(STAY)),
            stays=len(every),
            rows=rows.height,
            unused_lines=len(there) - common,
            common=common,
            same_hospital=keyed.by_finess,
            aside_rss=tuple(rums.aside.get_column(LINE)),
            aside_vidhosp=tuple(lines.aside.get_column(LINE)),
        ),
    )


def _counts(stays: pl.DataFrame) -> dict[str, int]:
    """How many of the stays that are notified are in each case; one row a stay."""
    match = pl.col("match")
    cases = {
        "absent": match == who.ABSENT,
        "another": match == who.OTHER,
        "differing": match.is_in([who.BIRTH, who.SEX]),
        "mixed": pl.col("persons") > 1,
        "only_insured": pl.col("only_insured"),
        "contradicting": pl.col("contradicts"),
        "acts_over": pl.col("acts_over") > 0,
    }
    counted = stays.select(which.sum().cast(pl.Int64).alias(name) for name, which in cases.items())
    return {
        "notified": stays.height,
        **{name: int(value) for name, value in counted.row(0, named=True).items()},
    }


def _records(
    each: Half,
    zones: Sequence[str],
    blocks: Sequence[str],
    options: ImportOptions,
    path: Path,
    progress: Progress,
) -> Records:
    encoding = options.encoding if each.path == path else None
    found = read_records(each.path, each.form, zones, blocks, progress, encoding, inside(each.path))
    if found.frame.is_empty():
        raise sentences.no_whole_record(each.path, found.aside.height)
    return found


def _source(path: Path, sources: Sequence[SourceFile]) -> SourceFile:
    """The file that was opened, under a digest of all: a change of any is a change of the source."""
    digest = hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()
    return SourceFile(path, digest, sum(source.size for source in sources))
