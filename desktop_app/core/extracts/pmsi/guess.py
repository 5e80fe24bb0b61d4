"""How a PMSI file would be read, from its first lines: which record it is, and which file goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.extracts.pmsi import persons as who
from desktop_app.core.extracts.pmsi.formats import FORMAT
from desktop_app.core.extracts.pmsi.kind import Recognised
from desktop_app.core.extracts.pmsi.pair import (
    Beside,
    Half,
    beside,
    half,
    lack,
    only_one,
    two_halves,
)
from desktop_app.core.extracts.pmsi.patients import with_patients
from desktop_app.core.extracts.pmsi.read import joined
from desktop_app.core.extracts.pmsi.records import cut
from desktop_app.core.extracts.pmsi.stays import RSS_BLOCKS, RSS_ZONES
from desktop_app.core.extracts.preview import PREVIEW_ROWS, Preview
from desktop_app.core.extracts.source import examine
from desktop_app.core.stages import Guess, ImportOptions
from validation_rules.text import Text

Changed = Mapping[str, "str | int | None"]
_LONG_LIST = 16 * 1024**2
_YOURS = Text("Choisi par vous.", "Chosen by you.")


def detect_pmsi(path: Path, found: Recognised, encoding: Guess, settings: Changed) -> Preview:
    """The preview of the notifications; of the file's own zones while the other file lacks.

    Raises AppError for a PMSI file that no notification can be made of, and for a companion that is none.
    """
    own = half(path, found)
    form = _form_guess(own, found)
    companion = _companion(own, settings)
    patients = _patients_guess(settings)
    other, names = companion.value or None, patients.value or None
    options = ImportOptions(FORMAT, encoding.value, None, None, None, companion=other, identities=names)
    guesses = (form, encoding, companion, patients)
    if options.companion is None:
        return _shown(Preview(options, guesses, (), [], problems=(companion.evidence,)), _own_zones(own))
    frame = _first_notifications(path, path.parent / options.companion)
    if options.identities:
        frame = _with_names(frame, path.parent / options.identities)
    return _shown(Preview(options, guesses, (), []), frame)


def _shown(preview: Preview, frame: pl.DataFrame) -> Preview:
    rows = [[cell or "" for cell in row] for row in frame.rows()]
    return replace(preview, columns=tuple(frame.columns), rows=rows, sample=rows)


def _form_guess(own: Half, found: Recognised) -> Guess:
    share = round(100 * found.share)
    evidence = Text(
        f"{share}\N{NO-BREAK SPACE}% des {found.lines} premières lignes sont des enregistrements "
        f"{own.form.label} : numéro de format, FINESS et dates y sont à leur place.",
        f"{share}% of the first {found.lines} lines are {own.form.label} records: format number, FINESS "
        f"and dates "
        "are in their place.",
    )
    return Guess("format", FORMAT, evidence, round(min(0.99, found.share), 2), ("fixed_width",))


def _companion(own: Half, settings: Changed) -> Guess:
    """The other file: the one chosen, or the only one of the folder that has stays of this one."""
    stated = settings.get("companion")
    if stated:
        rss, vidhosp = two_halves(own.path, own.path.parent / str(stated))
        other = vidhosp if rss.path == own.path else rss
        return Guess("companion", str(stated), _with(other), 1.0)
    near = beside(own)
    names = tuple(each.half.path.name for each in near)
    best = only_one(near)
    if best is not None:
        return Guess("companion", names[0], _found(best), 0.95 if best.shared else 0.6, names[1:])
    said = lack(own, near)
    return Guess("companion", "", Text(said.sentence("fr"), said.sentence("en")), 0.0, names)


def _patients_guess(settings: Changed) -> Guess:
    """The list of the patients is never guessed: a name must not come from a file that nobody chose."""
    stated = settings.get("identities")
    if stated:
        return Guess("identities", str(stated), _YOURS, 1.0)
    evidence = Text(
        "Le PMSI ne porte ni nom, ni prénoms, ni commune. Un fichier des patients (IPP, nom, prénoms, "
        "commune) les "
        "ajoute ; sans lui, ces champs resteront vides et le lot ne pourra pas partir.",
        "The PMSI holds no name, given names or commune. A file of the patients (IPP, name, given names, "
        "commune) "
        "adds them; without it these fields stay blank and the batch cannot leave.",
    )
    return Guess("identities", "", evidence, 0.3)


def _with(other: Half) -> Text:
    return Text(f"{_YOURS.fr} C’est un {other.form.label}.", f"{_YOURS.en} It is a {other.form.label}.")


def _found(near: Beside) -> Text:
    name, label, shared = near.half.path.name, near.half.form.label, near.shared
    if not shared:
        return Text(
            f"« {name} » est le seul {label} du même dossier, mais aucun des premiers séjours n’est dans "
            f"les deux.",
            f"“{name}” is the only {label} of the same folder, but none of the first stays is in both.",
        )
    return Text(
        f"« {name} », dans le même dossier, est un {label} ; {shared} des premiers séjours sont dans les "
        f"deux.",
        f"“{name}”, in the same folder, is a {label}; {shared} of the first stays are in both.",
    )


def _own_zones(own: Half) -> pl.DataFrame:
    names = tuple(own.form.zones)
    return cut(own.first_lines()[:PREVIEW_ROWS], own.form, names).frame.select(names)


def _first_notifications(path: Path, other: Path) -> pl.DataFrame:
    """Notifications of the first stays: of those that the start of the other file knows, if there are any."""
    rss, vidhosp = two_halves(path, other)
    rums = cut(rss.first_lines(), rss.form, RSS_ZONES, RSS_BLOCKS)
    lines = cut(vidhosp.first_lines(), vidhosp.form, who.VIDHOSP_ZONES)
    frame = joined(rums, lines).frame
    known = frame.get_column("Rapprochement") != who.ABSENT
    return (frame.filter(known) if known.any() else frame).head(PREVIEW_ROWS)


def _with_names(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    """With the columns of the list of patients, unless it is long or has none of these first stays.

    Raises AppError for a list that cannot be read.
    """
    from desktop_app.core.extracts import open_extract

    if examine(path) > _LONG_LIST:
        return frame
    listed = open_extract(path)
    try:
        return with_patients(frame, listed, path).frame
    except AppError:
        return frame  # others of its patients may be further down
