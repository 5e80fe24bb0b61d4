"""Which files go together: given both, or one with the other beside it in the folder."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.extracts.pmsi import sentences
from desktop_app.core.extracts.pmsi.formats import Family, RecordFormat
from desktop_app.core.extracts.pmsi.kind import Recognised, recognise
from desktop_app.core.extracts.pmsi.records import cut
from desktop_app.core.extracts.preview import member_guess
from desktop_app.core.extracts.source import examine, read_head

_SMALL_HEAD, _HEAD = 64 * 1024, 1024 * 1024
_MOST_BESIDE = 200
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_PAPERS = (".pdf", ".doc", ".docx", ".png", ".jpg")
_PACKED = (".zip", ".gz", ".7z", ".parquet", ".sav", ".dta", ".sas7bdat", ".xpt")
_NO_TEXT = frozenset((*_WORKBOOKS, *_PAPERS, *_PACKED))


class Half(NamedTuple):
    """One of the two files."""

    path: Path
    form: RecordFormat

    def first_lines(self) -> list[str]:
        """The lines at its start, the last one left out where it may be cut."""
        return _first_lines(self.path, _HEAD)


class Beside(NamedTuple):
    """A file of the same folder that could be the other half.

    `shared` are the stays at the start of the file at hand that it has at its own start too.
    """

    half: Half
    shared: int


def look(path: Path) -> Recognised | None:
    """What PMSI file this is, if any. Raises AppError for a file that cannot be read."""
    examine(path)
    return recognise(_first_lines(path, _SMALL_HEAD))


def inside(path: Path) -> str | None:
    """The name of the file in an archive; None for a file that is none."""
    guess = member_guess(path, {})
    return guess.value if guess is not None else None


def _first_lines(path: Path, size: int) -> list[str]:
    # Every zone that is read here is plain ASCII, whatever the encoding of the names after it.
    head = read_head(path, size, inside(path))
    lines = head.removeprefix(BOM_UTF8).decode("latin-1").split("\n")
    return lines[:-1] if len(head) == size and len(lines) > 1 else lines


def half(path: Path, found: Recognised) -> Half:
    """The file and its format. Raises AppError for a sort or version that no notification can be made of."""
    if found.sort in ("rsa", "anohosp"):
        raise sentences.without_identity(path, found)
    form = found.form
    if form is None:
        raise sentences.other_version(path, found)
    return Half(path, form)


def two_halves(path: Path, other: Path) -> tuple[Half, Half]:
    """The RSS and the VID-HOSP among two files, in any order. Raises AppError when they are not both."""
    halves = []
    for each in (path, other):
        found = look(each)
        if found is None:
            raise sentences.not_a_pair(path, other)
        halves.append(half(each, found))
    first, second = sorted(halves, key=lambda each: each.form.family)
    if (first.form.family, second.form.family) != ("rss", "vidhosp"):
        raise sentences.not_a_pair(path, other)
    return first, second


def arranged(paths: Sequence[Path]) -> tuple[Path, dict[str, str | int | None]] | None:
    """Files given together, as the one to open and its options; None when none is of the PMSI.

    A file that is not of the PMSI tells the names of the patients. Raises AppError for files that do not go
    together, or that no notification can be made of.
    """
    halves, others = classified(paths)
    if not halves:
        return None
    families = sorted(each.form.family for each in halves)
    if len(others) > 1 or families not in (["rss"], ["vidhosp"], ["rss", "vidhosp"]):
        raise sentences.not_together([path.name for path in paths])
    first, *second = sorted(halves, key=lambda each: each.form.family)
    changed: dict[str, str | int | None] = {}
    if second:
        changed["companion"] = str(second[0].path.absolute())
    if others:
        changed["identities"] = str(others[0].absolute())
    return first.path, changed


def classified(paths: Sequence[Path]) -> tuple[list[Half], list[Path]]:
    """The files of the PMSI, and the others. Raises AppError for a PMSI file that is not read."""
    halves, others = [], []
    for path in paths:
        found = look(path) if len(paths) == 1 else _looked(path)
        (others.append(path) if found is None else halves.append(half(path, found)))
    return halves, others


def _looked(path: Path) -> Recognised | None:
    try:
        return look(path)
    except AppError:
        return None


def beside(own: Half) -> list[Beside]:
    """The files of the same folder that are of the other family, in a version that is read."""
    numbers = stay_numbers(own)
    found = []
    for path in _regular_files(own.path):
        other = _looked(path)
        if other is not None and other.form is not None and other.form.family == _other(own.form.family):
            found.append(_near(Half(path, other.form), numbers))
    return sorted(found, key=lambda each: (-each.shared, each.half.path.name))


def only_one(near: Sequence[Beside]) -> Beside | None:
    """The one that goes with the file at hand: most stays in common, and no other has as many."""
    best = [each for each in near if each.shared == near[0].shared]
    return best[0] if len(best) == 1 else None


def lack(own: Half, near: Sequence[Beside]) -> AppError:
    """Why there is no other file to read along."""
    if near:
        return sentences.several_beside(own.path, own.form.family, [each.half.path.name for each in near])
    return sentences.one_lacks(own.path, own.form.family)


def _near(other: Half, numbers: set[str]) -> Beside:
    return Beside(other, len(numbers & stay_numbers(other)))


def _regular_files(path: Path) -> list[Path]:
    try:
        names = sorted(item for item in path.parent.iterdir() if item.name != path.name)[:_MOST_BESIDE]
        return [item for item in names if item.suffix.lower() not in _NO_TEXT and item.is_file()]
    except OSError:
        return []


def _other(family: Family) -> Family:
    return "vidhosp" if family == "rss" else "rss"


def stay_numbers(own: Half) -> set[str]:
    """The administrative numbers of the stays at its start."""
    numbers = cut(own.first_lines(), own.form, ("NADL",)).frame.get_column("NADL").drop_nulls()
    return set(numbers.str.strip_chars_start("0"))
