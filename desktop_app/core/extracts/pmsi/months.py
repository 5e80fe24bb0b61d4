"""Several months of one hospital in one drop: which VID-HOSP goes with which RSS, and stays told twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts.frames import CELLS
from desktop_app.core.extracts.pmsi import sentences
from desktop_app.core.extracts.pmsi.pair import Half, arranged, classified, stay_numbers
from desktop_app.core.extracts.pmsi.records import cut
from desktop_app.core.stages import Extract, Guess, ImportOptions
from validation_rules.text import Text

Changed = dict[str, "str | int | None"]
_HOSPITAL, _NUMBER, _ENTRY = "FINESS", "N° notification", "Date d’entrée"


class Month(NamedTuple):
    """An RSS and its VID-HOSP. `day` is the last discharge at its start, YYYYMMDD, blank where none is."""

    rss: Half
    vidhosp: Half
    day: str
    hospital: str


def arranged_months(paths: Sequence[Path]) -> dict[Path, Changed] | None:
    """Files given together, as those to open and their options, in the order of time; None when none is of
    the PMSI. One month is one file; each RSS takes the VID-HOSP that has its stays.

    Raises AppError for files that do not go together, or that no notification can be made of.
    """
    halves, others = classified(paths)
    sides = {family: [each for each in halves if each.form.family == family] for family in ("rss", "vidhosp")}
    if max(map(len, sides.values())) <= 1:
        found = arranged(paths)
        return None if found is None else dict([found])
    if len(others) > 1 or len(sides["rss"]) != len(sides["vidhosp"]):
        raise sentences.months_unpaired(len(sides["rss"]), len(sides["vidhosp"]), len(others))
    months = sorted(
        _paired(sides["rss"], sides["vidhosp"]), key=lambda month: (month.day, month.rss.path.name)
    )
    _refuse_other_hospital(months)
    return {month.rss.path: _options(month, others) for month in months}


def told(ways: Mapping[Path, ImportOptions]) -> Text | None:
    """The months that will be read, for a preview; None where a file of them is no month of the PMSI."""
    if len(ways) < 2 or any(options.companion is None for options in ways.values()):
        return None
    pairs = [(path.name, Path(options.companion or "").name) for path, options in ways.items()]
    return sentences.months(pairs)


def each_once(whole: Extract) -> Extract:
    """Without the notifications that a later month gives again: the last is kept, from the first entry on.

    Monthly files are often cumulative, and one stay may have sessions in several months. The earlier ones
    are aside; with `ragged` "keep" nothing is. Anything but months of the PMSI stays as it is.
    """
    options = whole.options
    if len(options.parts) < 2 or options.format != "pmsi-mco" or options.ragged == "keep":
        return whole
    key = [_HOSPITAL, _NUMBER]
    last = pl.struct(key).is_last_distinct()
    earlier = whole.frame.filter(~last)
    if earlier.is_empty():
        return whole
    first = pl.col(_ENTRY).first().over(key)
    kept = whole.frame.with_columns(pl.coalesce(first, pl.col(_ENTRY)).alias(_ENTRY)).filter(last)
    # More cells than the table has: rows that are too many, where lines that are no record have none.
    marked = earlier.select("row_id", pl.lit(earlier.width, pl.UInt32).alias(CELLS), pl.exclude("row_id"))
    aside = [frame for frame in (whole.aside, marked) if frame is not None]
    said = sentences.told_again(earlier.height)
    return replace(whole, frame=kept, aside=pl.concat(aside, how="diagonal"), remarks=(*whole.remarks, said))


def which_guess(ways: Mapping[Path, ImportOptions], guess: Guess) -> Guess:
    """The guess that tells which file is shown, with the months that the files are."""
    evidence = told(ways)
    return guess if evidence is None else replace(guess, evidence=evidence)


def _paired(every: Sequence[Half], others: Sequence[Half]) -> list[Month]:
    """Raises AppError where an RSS has no VID-HOSP whose stays are most like its own."""
    stays = {other.path: stay_numbers(other) for other in others}
    months = []
    for rss in every:
        alike = {path: _alike(stay_numbers(rss), numbers) for path, numbers in stays.items()}
        ranked = sorted(others, key=lambda other: -alike[other.path])
        most, *rest = (alike[other.path] for other in ranked)
        if not most or (rest and rest[0] == most):
            raise sentences.month_unknown(rss.path, [other.path.name for other in others])
        months.append(_month(rss, ranked[0]))
    taken = [month.vidhosp.path for month in months]
    for month in months:
        if taken.count(month.vidhosp.path) > 1:
            raise sentences.month_unknown(month.rss.path, [other.path.name for other in others])
    return months


def _alike(one: set[str], other: set[str]) -> float:
    """0 to 1. Cumulative files share stays with every later month: what only one has counts too."""
    return len(one & other) / max(1, len(one | other))


def _month(rss: Half, vidhosp: Half) -> Month:
    frame = cut(rss.first_lines(), rss.form, ("DSUM", "FINESS")).frame
    days = frame.get_column("DSUM").drop_nulls()
    written = days.filter(days.str.contains(r"^\d{8}$"))
    day = (written.str.slice(4, 4) + written.str.slice(2, 2) + written.str.slice(0, 2)).max()
    hospitals = frame.get_column("FINESS").drop_nulls().value_counts(sort=True)
    return Month(rss, vidhosp, str(day or ""), str(hospitals["FINESS"][0]) if hospitals.height else "")


def _refuse_other_hospital(months: Sequence[Month]) -> None:
    hospitals = dict.fromkeys(month.hospital for month in months)
    if len(hospitals) > 1:
        raise sentences.several_hospitals(list(hospitals))


def _options(month: Month, others: Sequence[Path]) -> Changed:
    changed: Changed = {"companion": str(month.vidhosp.path.absolute()), "ragged": "auto"}
    return changed | ({"identities": str(others[0].absolute())} if others else {})
