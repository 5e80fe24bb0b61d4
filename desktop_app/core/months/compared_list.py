"""Two batches side by side, as a page that prints and as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.months.cells import Cells
from desktop_app.core.months.sheets import Part, Sheet, as_csv
from validation_rules.text import Language, Text, grouped

if TYPE_CHECKING:
    from desktop_app.core.months.comparing import Comparison

_KINDS = {
    "added": Text("Ajoutés", "Added"),
    "changed": Text("Modifiés", "Changed"),
    "withdrawn": Text("Absents de ce lot", "Not in this batch"),
}
_CHANGED = ("field", "before", "after")


def told(found: Comparison) -> Text:
    """The comparison in figures."""
    counts = (found.added.height, found.changed, found.withdrawn.height, found.same)
    added, changed, gone, same = map(grouped, counts)
    return Text(
        f"Enregistrements ajoutés : {added.fr}, modifiés : {changed.fr}, absents : {gone.fr}, "
        f"inchangés : {same.fr}.",
        f"Records added: {added.en}, changed: {changed.en}, gone: {gone.en}, the same: {same.en}.",
    )


def as_sheet(found: Comparison, before: str, language: Language, *, show_identities: bool) -> Sheet:
    """The printable comparison with the batch named `before`."""
    cells = Cells(found.contract, language, show_identities)
    titles = {kind: text.in_(language) for kind, text in _KINDS.items()}
    row = [*cells.heads(("row",)), *cells.key_names()]
    parts = [
        Part(titles["added"], _amount(found.added), row, _records(found.added, cells).rows()),
        Part(
            titles["changed"],
            _fields(found, cells),
            [*row, *cells.heads(_CHANGED)],
            _changes(found, cells).rows(),
        ),
        Part(
            titles["withdrawn"],
            _amount(found.withdrawn),
            [*cells.heads(("row_before",)), *cells.key_names()],
            _records(found.withdrawn, cells).rows(),
        ),
    ]
    facts = [_AGAINST.in_(language).format(before), told(found).in_(language)]
    kept = [part for part in parts if part.rows]
    warning = _IDENTITIES.in_(language) if show_identities and kept else ""
    return Sheet(_TITLE.in_(language), facts, kept, warning, _SAME.in_(language))


def csv_lines(found: Comparison, language: Language, *, show_identities: bool) -> Iterator[str]:
    """The same as one table: what became of it, row, row before, record key, field, before, after."""
    cells = Cells(found.contract, language, show_identities)
    heads = [*cells.heads(("status", "row", "row_before")), *cells.key_names(), *cells.heads(_CHANGED)]
    nothing = [pl.lit("").alias(name) for name in _CHANGED]
    kinds = {kind: pl.lit(text.in_(language)).alias("kind") for kind, text in _KINDS.items()}
    here, there = pl.col("row_id").cast(pl.String), pl.col("row_before").cast(pl.String)
    empty = pl.lit("")
    parts = (
        found.added.select(kinds["added"], here, empty.alias("row_before"), *cells.keys(), *nothing),
        found.changes.select(
            kinds["changed"], here, there, *cells.keys(), cells.label(), *cells.values("before", "after")
        ),
        found.withdrawn.select(
            kinds["withdrawn"], empty.alias("row_id"), here.alias("row_before"), *cells.keys(), *nothing
        ),
    )
    return as_csv(heads, (row for part in parts for row in part.iter_rows()), language)


def _records(frame: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    return frame.select(pl.col("row_id").cast(pl.String), *cells.keys())


def _changes(found: Comparison, cells: Cells) -> pl.DataFrame:
    return found.changes.select(
        pl.col("row_id").cast(pl.String), *cells.keys(), cells.label(), *cells.values("before", "after")
    )


def _amount(frame: pl.DataFrame) -> str:
    return f"{frame.height}"


def _fields(found: Comparison, cells: Cells) -> str:
    named = (
        f"{found.contract.field(name).label.in_(cells.language)} ({count})"
        for name, count in found.by_field()
    )
    return ", ".join(named)


_TITLE = Text("Ce qui a changé depuis le lot précédent", "What has changed since the earlier batch")
_AGAINST = Text(
    "Comparé au lot « {} », corrections comprises.", "Compared with the batch “{}”, corrections included."
)
_SAME = Text("Les deux lots ont les mêmes enregistrements.", "The two batches have the same records.")
_IDENTITIES = Text(
    "Document nominatif : ne le transmettez que par une voie protégée, et détruisez-le après usage.",
    "This document names patients: hand it over by a protected way only, and destroy it after use.",
)
