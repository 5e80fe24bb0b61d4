"""Small extracts cut from the four samples: the same forms, some sixty rows, some with findings."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl

from tests.ui.journey_parts import FILES

_ROWS, _ERRORS, _OTHERS = 60, 9, 8
_HEADER_ROWS = {"registre": 1, "desordre": 1, "largeur_fixe": 0, "classeur": 3}


def small_sample(name: str, samples: Path, folder: Path) -> Path:
    """A file like the sample `name` with a part of its rows, and what lies beside it."""
    place = folder / name
    place.mkdir()
    keep = _chosen(samples / name / "truth.csv")
    source, target = samples / name / FILES[name], place / FILES[name]
    if name == "classeur":
        _cut_workbook(source, target, keep)
    else:
        _cut_text(source, target, _HEADER_ROWS[name], keep)
    for beside in samples.joinpath(name).glob("dessin*.csv"):
        shutil.copyfile(beside, place / beside.name)
    return target


def _chosen(truth: Path) -> set[int]:
    """Row numbers (from 1): the first with errors, the first to confirm, then rows without a finding."""
    with truth.open(encoding="utf-8") as lines:
        found = [(int(line["row"]), line["severity"]) for line in csv.DictReader(lines)]
    errors = list(dict.fromkeys(row for row, severity in found if severity == "error"))[:_ERRORS]
    others = list(dict.fromkeys(row for row, severity in found if severity == "confirm"))[:_OTHERS]
    wrong = {row for row, _ in found}
    clean = [row for row in range(1, 400) if row not in wrong]
    return {*errors, *others, *clean[: _ROWS - _ERRORS - _OTHERS]}


def _cut_text(source: Path, target: Path, header: int, keep: set[int]) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    target.write_bytes(
        b"".join(line for number, line in enumerate(lines, 1 - header) if number < 1 or number in keep)
    )


def _cut_workbook(source: Path, target: Path, keep: set[int]) -> None:
    book = openpyxl.load_workbook(source)
    sheet, first = book["Tumeurs"], _HEADER_ROWS["classeur"] + 1
    rows = [list(row) for row in sheet.iter_rows(min_row=first, values_only=True)]
    sheet.delete_rows(first, len(rows))
    for number, row in enumerate(rows, 1):
        if number in keep:
            sheet.append(row)
    book.save(target)
