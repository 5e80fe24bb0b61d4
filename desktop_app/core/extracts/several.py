"""The first look at several files: each with guesses of its own, one of them shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.core.extracts.gather import in_order, misfits, names_of, refuse_many
from desktop_app.core.extracts.pmsi.months import arranged_months, which_guess
from desktop_app.core.extracts.preview import Changed, Preview, detect
from desktop_app.core.extracts.source import READING
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess
from validation_rules.text import Text

PART = "part"  # the guess that tells which of the files is shown; no option of the reading


def look_at(files: Mapping[Path, Changed], progress: Progress = silent) -> dict[Path, Preview]:
    """A preview of each file, with what was changed of it; one for the PMSI files of a month, in their order.

    AppError as `detect`, or for too many files, or for some that do not go together.
    """
    refuse_many(len(files))
    # A file whose companion is chosen was arranged before.
    settled = len(files) == 1 or any(changed.get("companion") for changed in files.values())
    together = None if settled else arranged_months(list(files))
    if together is not None:
        files = {path: {**files[path], **others} for path, others in together.items()}
    found = {}
    for place, (path, changed) in enumerate(files.items()):
        progress(place, len(files), READING)
        found[path] = detect(path, {"ragged": "auto", **changed}, progress=progress)
    return found


def shown_among(previews: Mapping[Path, Preview], path: Path) -> Preview:
    """The preview of one of several files, with which it is and what sets the others apart."""
    if len(previews) == 1:
        return previews[path]
    names = dict(zip(previews, names_of(list(previews)), strict=True))
    told = misfits([(other, preview.columns) for other, preview in previews.items()])
    others = tuple(name for name in names.values() if name != names[path])
    which = Guess(PART, names[path], _evidence(len(previews)), 0.0 if told else 1.0, others)
    which = which_guess({other: each.options for other, each in previews.items()}, which)
    preview = previews[path]
    return replace(preview, guesses=(which, *preview.guesses), problems=(*told, *preview.problems))


def named(previews: Mapping[Path, Preview], name: str) -> Path:
    """The file that `shown_among` calls so. Raises KeyError."""
    return dict(zip(names_of(list(previews)), previews, strict=True))[name]


def alike(previews: Mapping[Path, Preview], path: Path, option: str) -> list[Path]:
    """The files that an option is set for when it is set for one: those that are read the same way."""
    now = getattr(previews[path].options, option, None)
    same = [other for other, preview in previews.items() if getattr(preview.options, option, None) == now]
    return in_order(same)


def rows_of(extract: Extract | None, path: Path, rows: Sequence[int]) -> tuple[int, ...]:
    """Of row numbers through all files, those of one file as they count there."""
    parts = extract.options.parts if extract is not None else ()
    before = 0
    for part in parts:
        if Path(part.path) == path:
            return tuple(row - before for row in rows if before < row <= before + part.rows)
        before += part.rows
    return tuple(rows) if not parts else ()


def _evidence(count: int) -> Text:
    return Text(
        f"{count} fichiers seront réunis en un lot, chaque ligne avec son fichier d’origine. Un choix de "
        "lecture vaut pour tous ceux qui étaient lus de la même façon.",
        f"{count} files will make one batch, each row with the file it came from. A choice of reading is for "
        "all those that were read the same way.",
    )
