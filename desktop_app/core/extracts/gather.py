"""Several files of one shape as one extract, each row with the file it came from.

Rows are numbered through all files in their order, so that a number still names one row; `Extract.place_of`
gives back the file and the number in it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.extracts.frames import CELLS
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, FilePart, ImportOptions, SourceFile
from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

ORIGIN = "fichier d'origine"
MAX_FILES = 200
_STEPS = 10_000
_NB = "\N{NO-BREAK SPACE}"
_LISTED = 6
# Names that the readers give to cells without a header: such a column may lack in the other files.
_UNNAMED = re.compile(r"Colonne \d+( \(\d+\))?|hors dessin")


class Way(NamedTuple):
    """A file, and how it is read; None: as its content looks."""

    path: Path
    options: ImportOptions | None = None


def gather(ways: Sequence[Way], progress: Progress = silent) -> Extract:
    """All files as one extract with a column `fichier d'origine`; one file alone is read as it always is.

    Columns are put in the order of the first file. Raises AppError when the files do not have the same
    columns, when two have the same content, and what reading one of them raises.
    """
    from desktop_app.core.extracts import open_extract

    if len(ways) == 1:
        return open_extract(*ways[0], progress)
    refuse_many(len(ways))
    _refuse_too_much(ways)
    names = names_of([way.path for way in ways])
    read: list[Extract] = []
    for place, way in enumerate(ways):
        part = open_extract(*way, _share(progress, place, names))
        for number, other in enumerate(read):
            if other.source.sha256 == part.source.sha256:
                raise _twice(names[number], names[place])
        _refuse_other_shape((names[0], names[place]), (read or [part])[0].columns, part.columns)
        read.append(part)
    from desktop_app.core.extracts.pmsi.months import each_once

    return each_once(_together(read, names))


def gather_again(parts: Sequence[FilePart], progress: Progress = silent) -> Extract:
    """The files of a batch as they were read; the hash of the extract tells whether one has changed."""
    return gather([Way(Path(part.path), part.options) for part in parts], progress)


def asked_together(ways: Sequence[tuple[Path, ImportOptions | None]]) -> ImportOptions:
    """Options with which `open_extract` gathers these files; what is None is read as it looks.

    Raises AppError as `detect`.
    """
    from desktop_app.core.extracts.preview import detect

    refuse_many(len(ways))
    names = names_of([path for path, _ in ways])
    parts = tuple(
        FilePart(name, str(path), "", 0, 0, options or detect(path).options)
        for name, (path, options) in zip(names, ways, strict=True)
    )
    return replace(parts[0].options, parts=parts)


def misfits(files: Sequence[tuple[Path, Sequence[str]]]) -> list[Text]:
    """What keeps these files, each with its columns, from being read as one: a sentence a file."""
    names = names_of([path for path, _ in files])
    told = []
    for name, (_, columns) in zip(names[1:], files[1:], strict=True):
        try:
            _refuse_other_shape((names[0], name), files[0][1], columns)
        except AppError as error:
            told.append(Text(error.sentence("fr"), error.sentence("en")))
    return told


def names_of(paths: Sequence[Path]) -> list[str]:
    """A name for each file: its own, with as many folders in front as tell it from the other files."""
    files = list(dict.fromkeys(paths))
    names = {path: path.name for path in files}
    for depth in range(2, max((len(path.parts) for path in files), default=0) + 1):
        taken = Counter(names.values())
        same = [path for path in files if taken[names[path]] > 1]
        names |= {path: Path(*path.parts[-depth:]).as_posix() for path in same}
    return [names[path] for path in paths]


def in_order(paths: Sequence[Path]) -> list[Path]:
    """Each file once, in the order of people: `lot 2` before `lot 10`."""
    return sorted(dict.fromkeys(paths), key=_natural)


def _natural(path: Path) -> tuple[list[tuple[bool, int, str]], str]:
    pieces = re.findall(r"\d{1,18}|\D+", path.name.casefold())
    return [(piece.isdecimal(), int(piece) if piece.isdecimal() else 0, piece) for piece in pieces], str(path)


def refuse_many(count: int) -> None:
    """Raises AppError for more files than a batch gathers."""
    if not 1 <= count <= MAX_FILES:
        raise _too_many(count)


def _refuse_too_much(ways: Sequence[Way]) -> None:
    from desktop_app.core.capacity import memory_free, refuse_what_does_not_fit
    from desktop_app.core.extracts.kind import WORKBOOKS
    from desktop_app.core.extracts.source import examine

    sizes = {way.path: examine(way.path) for way in ways}
    texts = [path for path in sizes if path.suffix.lower() not in WORKBOOKS]
    if texts:
        named = Path(" + ".join(path.name for path in texts[:3]) + (" + …" if len(texts) > 3 else ""))
        refuse_what_does_not_fit(named, sum(sizes[path] for path in texts), memory_free())


def _share(progress: Progress, place: int, names: Sequence[str]) -> Progress:
    """The progress of one file as its share of all of them."""

    def tell(done: int, total: int | None, what: Text) -> None:
        part = min(1.0, done / total) if total else 0.0
        where = Text(
            f"{names[place]}, {place + 1} sur {len(names)}{_NB}: ",
            f"{names[place]}, {place + 1} of {len(names)}: ",
        )
        told = Text(where.fr + what.fr, where.en + what.en)
        progress(int((place + part) * _STEPS), len(names) * _STEPS, told)

    return tell


def _refuse_other_shape(names: tuple[str, str], first: Sequence[str], other: Sequence[str]) -> None:
    """Raises AppError unless both files have the same columns, in whatever order."""
    matched = _matched(first, other)
    lacking = [name for name in first if name not in matched.values() and not _UNNAMED.fullmatch(name)]
    more = [name for name in other if name not in matched and not _UNNAMED.fullmatch(name)]
    if lacking or more:
        raise _other_shape(names, lacking, more)


def _matched(first: Sequence[str], other: Sequence[str]) -> dict[str, str]:
    """Column of the other file -> column of the first: of the same name, else but for blanks and case."""
    same = {name: name for name in other if name in set(first)}
    left = _folded(name for name in first if name not in same)
    for key, alike in _folded(name for name in other if name not in same).items():
        if len(alike) == 1 and len(left.get(key, [])) == 1:
            same[alike[0]] = left[key][0]
    return same


def _folded(names: Iterator[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(" ".join(name.split()).casefold(), []).append(name)
    return found


def _together(read: list[Extract], names: Sequence[str]) -> Extract:
    import polars as pl

    from desktop_app.core.extracts.frames import unique_headers

    columns, extra = _columns(read)
    origin = unique_headers([*columns, ORIGIN])[-1]
    parts, before = _parts(read, names)
    kinds = [_kinds(part, read[0], columns) for part in read]
    odd = [_shifted(part.odd, rows) for part, rows in zip(read, before, strict=True) if part.odd is not None]
    marked = any(part.kinds is not None for part in read)
    # Rows kept aside may have cells in columns that no other row fills.
    left = [name for part in read if part.aside is not None for name in part.aside.columns[2:]]
    frames = partial(_gathered, read=read, origin=origin, names=names, before=before)
    return replace(
        read[0],
        source=_source(parts),
        options=replace(read[0].options, parts=parts, aside_rows=_aside_rows(read, before)),
        frame=frames([part.frame for part in read], columns),
        kinds=pl.concat(kinds) if marked else None,
        ragged=sum(part.ragged for part in read),
        blank_rows=sum(part.blank_rows for part in read),
        origin=origin,
        odd=pl.concat(odd) if odd else None,
        extra=extra,
        remarks=_remarks(read, names),
        aside=frames([part.aside for part in read], [*columns, *_beyond(columns, left)]) if left else None,
    )


def _remarks(read: Sequence[Extract], names: Sequence[str]) -> tuple[Text, ...]:
    """What is said of every file once; of one of them, under its name."""
    common = [remark for remark in read[0].remarks if all(remark in part.remarks for part in read)]
    own = [
        Text(f"«{_NB}{name}{_NB}»{_NB}: {remark.fr}", f"“{name}”: {remark.en}")
        for part, name in zip(read, names, strict=True)
        for remark in part.remarks
        if remark not in common
    ]
    return (*common, *own)


def _columns(read: Sequence[Extract]) -> tuple[list[str], int]:
    """All columns under the names of the first file, and how many at the end some long rows alone fill."""
    named = [_named(part, read[0]) for part in read]
    usual = dict.fromkeys(
        name for part, names in zip(read, named, strict=True) for name in names[: len(names) - part.extra]
    )
    beyond = [name for name in dict.fromkeys(chain(*named)) if name not in usual]
    return [*usual, *beyond], len(beyond)


def _parts(read: Sequence[Extract], names: Sequence[str]) -> tuple[tuple[FilePart, ...], list[int]]:
    """What is kept of each file, and how many rows come before its first."""
    rows = [
        part.frame.height + part.blank_rows + (0 if part.aside is None else part.aside.height)
        for part in read
    ]
    parts = tuple(
        FilePart(name, str(part.source.path), part.source.sha256, part.source.size, count, part.options)
        for part, name, count in zip(read, names, rows, strict=True)
    )
    return parts, [sum(rows[:place]) for place in range(len(rows))]


def _aside_rows(read: Sequence[Extract], before: Sequence[int]) -> tuple[int, ...]:
    return tuple(
        rows + number for part, rows in zip(read, before, strict=True) for number in part.options.aside_rows
    )


def _shifted(frame: pl.DataFrame, before: int) -> pl.DataFrame:
    import polars as pl

    return frame.with_columns(pl.col("row_id") + pl.lit(before, pl.UInt32))


def _named(part: Extract, first: Extract) -> list[str]:
    """The columns of a part under the names of the first file."""
    matched = _matched(first.columns, part.columns)
    return [matched.get(name, name) for name in part.columns]


def _beyond(columns: Sequence[str], others: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(others) if _UNNAMED.fullmatch(name) and name not in columns]


def _gathered(
    frames: Sequence[pl.DataFrame | None],
    columns: Sequence[str],
    read: Sequence[Extract],
    origin: str,
    names: Sequence[str],
    before: Sequence[int],
) -> pl.DataFrame:
    """Rows of all parts, numbered through, their columns as in the first file, and where each came from."""
    import polars as pl

    found, nothing = [], pl.lit(None, pl.String)
    for frame, part, name, rows in zip(frames, read, names, before, strict=True):
        if frame is None:
            continue
        known = dict(zip(part.columns, _named(part, read[0]), strict=True))
        renamed = frame.rename(known, strict=False)
        lacking = [nothing.alias(column) for column in columns if column not in renamed.columns]
        leading = [column for column in frame.columns[:2] if column in ("row_id", CELLS)]
        whole = _shifted(renamed, rows).with_columns(*lacking, pl.lit(name).alias(origin))
        found.append(whole.select(*leading, *columns, origin))
    return pl.concat(found)


def _kinds(part: Extract, first: Extract, columns: Sequence[str]) -> pl.DataFrame:
    """The kinds of cells of a part; all are text (0) where the file has none."""
    import polars as pl

    kinds, nothing = part.kinds, pl.zeros(part.frame.height, pl.UInt8, eager=True)
    there = dict(zip(_named(part, first), part.columns, strict=True)) if kinds is not None else {}
    return pl.DataFrame(
        [
            (kinds.get_column(there[name]) if kinds is not None and name in there else nothing).alias(name)
            for name in columns
        ]
    )


def _source(parts: Sequence[FilePart]) -> SourceFile:
    """The first path; SHA-256 over those of the parts in order; all bytes together."""
    whole = digest_of([part.sha256 for part in parts])
    return SourceFile(Path(parts[0].path), whole, sum(part.size for part in parts))


def digest_of(digests: Sequence[str]) -> str:
    """The SHA-256 under which several files, in this order, are one source."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _listed(names: Sequence[str]) -> Text:
    more = ", …" if len(names) > _LISTED else ""
    return Text(
        ", ".join(f"«{_NB}{name}{_NB}»" for name in names[:_LISTED]) + more,
        ", ".join(f"“{name}”" for name in names[:_LISTED]) + more,
    )


def _other_shape(names: tuple[str, str], lacking: Sequence[str], more: Sequence[str]) -> AppError:
    first, other = names
    french, english = [], []
    if lacking:
        french.append(f"il y manque {_listed(lacking).fr}")
        english.append(f"it lacks {_listed(lacking).en}")
    if more:
        french.append(f"il a en plus {_listed(more).fr}")
        english.append(f"it has {_listed(more).en} besides")
    differences = f"{_NB}; ".join(french)
    return AppError(
        "gather-shape",
        Text(
            f"«{_NB}{other}{_NB}» n’a pas les mêmes colonnes que «{_NB}{first}{_NB}»{_NB}: {differences}.",
            f"“{other}” does not have the columns of “{first}”: {'; '.join(english)}.",
        ),
        Text(
            "Vérifiez leur ligne d’en-tête, ou chargez ces fichiers l’un après l’autre, en un lot chacun.",
            "Check their header rows, or load these files one after the other, as a batch each.",
        ),
    )


def _twice(first: str, other: str) -> AppError:
    return AppError(
        "gather-twice",
        Text(
            f"«{_NB}{first}{_NB}» et «{_NB}{other}{_NB}» ont exactement le même contenu.",
            f"“{first}” and “{other}” have exactly the same content.",
        ),
        Text(
            "N’en chargez qu’un, sans quoi chaque cas serait en double.",
            "Load only one of them, or every case would be there twice.",
        ),
    )


def _too_many(count: int) -> AppError:
    return AppError(
        "gather-too-many",
        Text(
            f"{count} fichiers ont été choisis{_NB}; un lot en réunit {MAX_FILES} au plus.",
            f"{count} files were chosen; a batch gathers {MAX_FILES} at most.",
        ),
        Text("Choisissez-en moins, en plusieurs lots.", "Choose fewer, in several batches."),
    )
