"""What was read, before going on: rows, columns, rows kept aside, duplicates, damage, what is undecided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from desktop_app.core.extracts.aside import ragged_kept, short_by_habit
from desktop_app.core.extracts.columns import ColumnLook
from desktop_app.core.extracts.conventions import (
    GROUPED,
    NUMBER,
    DateOrders,
    date_guess,
    date_orders,
    number_guesses,
)
from desktop_app.core.extracts.damage import LISTED_ROWS, LOOKING, Damage, find_damage
from desktop_app.core.extracts.frames import CELLS, number_rows
from desktop_app.core.extracts.preview import Preview, cells_of
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, SourceFile
from validation_rules.text import Text

_MOST_VALUES = 5_000
_SHOWN = 50  # rows of one kind
_AT_ONCE = 4  # columns


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row to look at: its number, its cells as read, and why it is shown."""

    number: int
    cells: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Survey:
    """What an extract holds.

    `few` and `many` rows are kept aside for too few or too many cells, `chosen` ones because the person said
    so; `ragged` others are in the table, `habit` when most lack their last cells. `duplicates` counts rows
    equal to an earlier one in every cell, `repeated` are the numbers of the first of them. `odd` lists rows
    to look at, the first few hundred.
    """

    rows: int
    columns: int
    blank_rows: int
    few: int
    many: int
    chosen: int
    ragged: int
    habit: bool
    duplicates: int
    damages: tuple[Damage, ...]
    orders: DateOrders
    guesses: tuple[Guess, ...]
    odd: tuple[OddRow, ...]
    repeated: tuple[int, ...] = ()

    @property
    def aside(self) -> int:
        """All rows kept aside."""
        return self.few + self.many + self.chosen

    @property
    def clean(self) -> bool:
        """Whether nothing asks for a look."""
        return not (self.aside or self.ragged or self.duplicates or self.damages or self.orders.undecided)


def survey(extract: Extract, progress: Progress = silent) -> Survey:
    """Looks at every cell once. Seconds for a million rows: off the UI thread."""
    looks = [ColumnLook(extract, name) for name in extract.columns]
    damages = find_damage(extract, progress, looks)
    dates, numbers = (
        {look.name: look.dates_in_figures() for look in looks},
        {look.name: _numbers(look) for look in looks},
    )
    orders = date_orders({name: pairs for name, pairs in dates.items() if pairs})
    dated = date_guess(orders, whole=True)
    repeated = _duplicates(extract.frame, looks, progress)
    few, many, chosen = _aside(extract)
    return Survey(
        extract.frame.height,
        len(extract.columns),
        extract.blank_rows,
        few,
        many,
        chosen,
        ragged_kept(extract),
        short_by_habit(extract),
        repeated.height,
        damages,
        orders,
        ((dated,) if dated else ()) + tuple(number_guesses(numbers)),
        tuple(_odd_rows(extract, damages, repeated)),
        tuple(repeated.get_column("row_id").head(LISTED_ROWS)),
    )


def sample_extract(preview: Preview, path: Path) -> Extract:
    """The first rows as an extract, so that what looks odd in them shows before the whole file is read."""
    width = len(preview.columns)
    columns = {
        name: [row[place] or None if place < len(row) else None for row in preview.sample]
        for place, name in enumerate(preview.columns)
    }
    frame, kept = number_rows(pl.DataFrame(columns, dict.fromkeys(preview.columns, pl.String)))
    schema = {"row_id": pl.UInt32, "cells": pl.UInt32}
    marked = pl.DataFrame(_odd_in(preview, width), schema, orient="row")
    whole = Extract(SourceFile(path, "", 0), preview.options, preview.guesses, frame)
    return replace(whole, ragged=marked.height, blank_rows=len(kept) - frame.height, odd=marked)


def _odd_in(preview: Preview, width: int) -> list[tuple[int, int]]:
    """Number and cells of the odd rows among the first ones."""
    if preview.options.format == "fixed_width":
        return list(zip(preview.odd_rows, preview.odd_cells, strict=False))
    if preview.options.format != "delimited":
        return []
    cells = [(place, cells_of(row, width)) for place, row in enumerate(preview.sample, 1) if any(row)]
    return [pair for pair in cells if pair[1] != width]


def _numbers(look: ColumnLook) -> list[tuple[str, int]]:
    plain = NUMBER.pattern
    spaced = GROUPED.pattern.replace("(?P=mark)", "[ \u00a0\u202f\u2009'’.,]").replace("?P<mark>", "?:")
    found = look.matching(f"^(?:{plain}|{spaced})$").sort("count", descending=True).head(_MOST_VALUES)
    return list(found.iter_rows())


def _duplicates(frame: pl.DataFrame, looks: list[ColumnLook], progress: Progress) -> pl.DataFrame:
    """Rows equal, in every cell, to an earlier one.

    A few columns at a time, those with most values first: only rows alike so far are compared further.
    """
    names = [look.name for look in sorted(looks, key=lambda look: -look.tally.height)]
    alike = frame
    for start in range(0, len(names), _AT_ONCE):
        progress(start, len(names), LOOKING)
        hashed = alike.select(names[start : start + _AT_ONCE]).hash_rows()
        alike = alike.filter(hashed.is_duplicated())
        if alike.is_empty():
            return alike
    return alike.filter(~pl.struct(names).is_first_distinct())


def _aside(extract: Extract) -> tuple[int, int, int]:
    if extract.aside is None:
        return 0, 0, 0
    width = len(extract.columns) - extract.extra
    chosen = extract.aside.get_column("row_id").is_in(list(extract.options.aside_rows))
    cells = extract.aside.filter(~chosen).get_column(CELLS)
    return int((cells < width).sum()), int((cells > width).sum()), int(chosen.sum())


def _odd_rows(extract: Extract, damages: tuple[Damage, ...], repeated: pl.DataFrame) -> list[OddRow]:
    """Ragged rows first, then damaged ones, then duplicates; each row once, with all its reasons."""
    why: dict[int, list[Text]] = {}
    for number, cells in _ragged(extract):
        why.setdefault(number, []).append(_cells_in_words(extract, cells))
    for damage in damages:
        for number in damage.first[:_SHOWN]:
            why.setdefault(number, []).append(_SHORT[damage.kind].format(column=damage.column or ""))
    for number in repeated.get_column("row_id").head(_SHOWN):
        why.setdefault(number, []).append(_SAME)
    if not why:
        return []
    inside = extract.frame.select("row_id", *extract.columns).filter(pl.col("row_id").is_in(list(why)))
    rows = {row[0]: row[1:] for row in inside.iter_rows()}
    if extract.aside is not None:
        rows |= {
            row[0]: row[2:] for row in extract.aside.filter(pl.col("row_id").is_in(list(why))).iter_rows()
        }
    return [
        OddRow(number, tuple(cell or "" for cell in rows[number]), _joined(why[number]))
        for number in sorted(why)
        if number in rows
    ]


def _ragged(extract: Extract) -> list[tuple[int, int]]:
    return [] if extract.odd is None else list(extract.odd.head(4 * _SHOWN).iter_rows())


def _cells_in_words(extract: Extract, cells: int) -> Text:
    width = len(extract.columns) - extract.extra
    if extract.options.format == "fixed_width":
        if cells > width:
            return Text("du texte après la dernière zone", "text after the last zone")
        return Text(f"{cells} zones entières au lieu de {width}", f"{cells} whole zones instead of {width}")
    return Text(f"{cells} cellules au lieu de {width}", f"{cells} cells instead of {width}")


def _joined(parts: list[Text]) -> Text:
    return Text("\u00a0; ".join(part.fr for part in parts), "; ".join(part.en for part in parts))


_SAME = Text("égale à une ligne plus haut", "equal to a row above")
_SHORT = {
    "zeros": Text("{column}\u00a0: zéro initial perdu", "{column}: leading zero lost"),
    "scientific": Text("{column}\u00a0: notation scientifique", "{column}: scientific form"),
    "rounded": Text("{column}\u00a0: chiffres arrondis", "{column}: digits rounded off"),
    "serial": Text(
        "{column}\u00a0: numéro de série au lieu d’une date", "{column}: serial number, not a date"
    ),
    "swapped": Text("{column}\u00a0: jour et mois échangés", "{column}: day and month swapped"),
    "mixed": Text("{column}\u00a0: date dans l’autre ordre", "{column}: date in the other order"),
    "code_date": Text("{column}\u00a0: code devenu une date", "{column}: code turned into a date"),
    "cut": Text("{column}\u00a0: texte coupé", "{column}: text cut"),
    "mojibake": Text("{column}\u00a0: accents mal lus", "{column}: accents read wrongly"),
    "accents": Text("{column}\u00a0: accent perdu", "{column}: accent lost"),
    "shifted": Text("cellules décalées à partir de {column}", "cells moved from {column} on"),
    "total": Text("total ou note", "total or note"),
    "header": Text("en-tête répété", "header again"),
}
