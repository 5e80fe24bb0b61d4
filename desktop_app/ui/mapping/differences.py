"""What one recipe does otherwise than another, field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop_app.core.mapping.apply import headers_of
from desktop_app.ui.mapping.edits import column_for, default_for
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.mapping import Column, Recipe
    from validation_rules.contract import Contract

_STEPS = {
    "split": Text("découpage", "splitting"),
    "join_with": Text("jonction", "joining"),
    "decimal_mark": Text("marque décimale", "decimal mark"),
    "integer_code": Text("codes écrits comme des nombres", "codes written as numbers"),
    "number_pad": Text("zéros de tête", "leading zeros"),
    "list_separator": Text("marque des listes", "mark of lists"),
    "date_formats": Text("formes de date", "forms of date"),
    "unknown_part": Text("partie inconnue des dates", "unknown part of dates"),
}


def differences(before: Recipe, after: Recipe, contract: Contract) -> list[Text]:
    """One sentence for each field that `after` fills otherwise; the words of recodes are not said."""
    said = []
    for field in contract.fields:
        old, new = column_for(before, field.name), column_for(after, field.name)
        parts = list(_parts(old, new))
        if default_for(before, field.name) != default_for(after, field.name):
            parts.append(Text("même valeur pour toutes les lignes", "same value for all rows"))
        if parts:
            fr, en = ", ".join(part.fr for part in parts), ", ".join(part.en for part in parts)
            said.append(Text(f"{field.label.fr}\N{NO-BREAK SPACE}: {fr}.", f"{field.label.en}: {en}."))
    return said


def _parts(old: Column | None, new: Column | None) -> Iterator[Text]:
    if _source(old) != _source(new):
        nothing = Text("aucune colonne", "no column")
        was, now = _source(old) or nothing, _source(new) or nothing
        yield Text(f"{was.fr} → {now.fr}", f"{was.en} → {now.en}")
    if old is None or new is None:
        return
    for name, words in _STEPS.items():
        if getattr(old, name) != getattr(new, name):
            yield words
    added = len(new.recode.items() - old.recode.items())
    gone = len(old.recode.keys() - new.recode.keys())
    if added or gone:
        yield Text(
            f"recodage (ajoutés ou changés\N{NO-BREAK SPACE}: {added}, ôtés\N{NO-BREAK SPACE}: {gone})",
            f"recodes (added or changed: {added}, removed: {gone})",
        )


def _source(column: Column | None) -> Text | None:
    if column is None:
        return None
    names = list(headers_of(column)) or [str(column.index)]
    listed = " + ".join(names)
    return Text(f"«\N{NO-BREAK SPACE}{listed}\N{NO-BREAK SPACE}»", f"“{listed}”")
