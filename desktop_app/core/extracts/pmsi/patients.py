"""Names and communes of the patients, from a list of the hospital's own: the PMSI has none.

The list may be any file that Navette reads. The column that joins it is told by its cells: it holds the
patient numbers of the notifications, or their stay numbers.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts.pmsi import sentences
from desktop_app.core.stages import Extract
from validation_rules.text import Text, counted

_KEYS = ("IPP", "N° séjour")
_SUFFIX = " (patients)"
_ROW = (Text("notification", "notification"), Text("notifications", "notifications"))


class Joined(NamedTuple):
    """The notifications with the columns of the list, and what a person should know."""

    frame: pl.DataFrame
    remarks: tuple[Text, ...]


def with_patients(rows: pl.DataFrame, listed: Extract, path: Path) -> Joined:
    """Adds the columns of the list to the notifications; blank where lines of one patient differ.

    Raises AppError when no column of the list holds a number of the notifications.
    """
    found = {
        (mine, theirs): _shared(rows.get_column(mine), listed.frame.get_column(theirs))
        for mine in _KEYS
        for theirs in listed.columns
    }
    mine, theirs = max(found, key=lambda pair: found[pair])
    if not found[mine, theirs]:
        raise sentences.no_key(path)
    names = {name: _free(name, rows.columns) for name in listed.columns if name != theirs}
    patients = _patients(listed.frame, theirs, list(names)).rename(names)
    joined = rows.with_columns(_bare(mine).alias(" key")).join(
        patients, on=" key", how="left", maintain_order="left"
    )
    return Joined(joined.drop(" key", " known", " differs"), _remarks(joined, path))


def _bare(name: str) -> pl.Expr:
    return pl.col(name).str.strip_chars().str.strip_chars_start("0")


def _shared(mine: pl.Series, theirs: pl.Series) -> int:
    """How many distinct numbers are in both."""
    cells = [
        each.to_frame("k").select(_bare("k")).to_series().drop_nulls().unique() for each in (mine, theirs)
    ]
    return int(cells[0].filter(cells[0] != "").is_in(cells[1].implode()).sum())


def _free(name: str, taken: list[str]) -> str:
    return name + _SUFFIX if name in taken else name


def _patients(table: pl.DataFrame, key: str, names: list[str]) -> pl.DataFrame:
    keyed = table.select(_bare(key).alias(" key"), *(pl.col(name).str.strip_chars() for name in names))
    cells = {name: pl.col(name).filter(pl.col(name) != "").unique() for name in names}
    return keyed.drop_nulls(" key").group_by(" key", maintain_order=True).agg(
        *(pl.when(cell.len() == 1).then(cell.first()).alias(name) for name, cell in cells.items()),
        pl.any_horizontal([pl.lit(value=False), *(c.len() > 1 for c in cells.values())]).alias(" differs"),
        pl.lit(value=True).alias(" known"),
    )  # fmt: skip


def _remarks(joined: pl.DataFrame, path: Path) -> tuple[Text, ...]:
    absent = counted(joined.get_column(" known").null_count(), *_ROW)
    differing = counted(int(joined.get_column(" differs").sum()), *_ROW)
    said = []
    if joined.get_column(" known").null_count():
        said.append(
            Text(
                f"{absent.fr} sans ligne dans « {path.name} » : nom, prénoms et commune y manquent.",
                f"{absent.en} without a line in “{path.name}”: name, given names and commune are lacking.",
            )
        )
    if joined.get_column(" differs").sum():
        said.append(
            Text(
                f"{differing.fr} où des lignes de « {path.name} » se contredisent : ce qui diffère est "
                f"laissé vide.",
                f"{differing.en} where lines of “{path.name}” contradict each other: what differs is "
                f"left blank.",
            )
        )
    return tuple(said)
