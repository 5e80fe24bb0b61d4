"""What became of the corrections of earlier extracts, as a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.months.cells import Cells
from desktop_app.core.months.sheets import as_csv
from validation_rules.text import Language, Text, counted

if TYPE_CHECKING:
    from desktop_app.core.months.carrying import Carried
    from validation_rules.contract import Contract

STATUSES = {
    "held": Text(
        "reprise : la source a toujours la valeur corrigée alors", "holds: the source still has that value"
    ),
    "settled": Text("corrigée à la source", "corrected in the source"),
    "differs": Text("la source dit autre chose : elle l’emporte", "the source says something else: it wins"),
    "twins": Text("plusieurs lignes portent ce numéro", "several rows bear this number"),
    "gone": Text("introuvable dans cet extrait", "not found in this extract"),
}
_CORRECTIONS = (Text("correction", "correction"), Text("corrections", "corrections"))
_AGAIN = (
    Text("enregistrement retiré de nouveau", "record withdrawn again"),
    Text("enregistrements retirés de nouveau", "records withdrawn again"),
)
_RECORDS = (
    Text("enregistrement retiré", "record withdrawn"),
    Text("enregistrements retirés", "records withdrawn"),
)
_HEADS = ("row", "field", "status", "was", "new", "now", "who", "when", "why")


def told(applied: int, carried: Carried, withdrawn: int) -> Text:
    """What was carried over and what was not, in a sentence or two; no value is in it."""
    done = counted(
        applied, Text("correction reprise", "correction"), Text("corrections reprises", "corrections")
    )
    sentences = [Text(f"{done.fr} des lots précédents.", f"{done.en} of earlier batches carried over.")]
    tally = carried.tally
    changed = carried.withdrawals.filter(pl.col("status") == "differs")["record"].n_unique()
    if withdrawn:
        again = counted(withdrawn, *_AGAIN)
        sentences.append(Text(f"{again.fr}.", f"{again.en}."))
    if changed:
        records = counted(changed, *_RECORDS)
        sentences.append(
            Text(
                f"{records.fr} alors, mais avec d’autres valeurs à présent : à revoir.",
                f"{records.en} then, but with other values now: to be looked at.",
            )
        )
    if tally.differs:
        other = counted(tally.differs, *_CORRECTIONS)
        sentences.append(
            Text(
                f"Pour {other.fr}, la source dit à présent autre chose : elle l’emporte.",
                f"For {other.en} the source now says something else: it wins.",
            )
        )
    if tally.twins:
        twins = counted(tally.twins, *_CORRECTIONS)
        sentences.append(
            Text(
                f"Pour {twins.fr}, plusieurs lignes portent le même numéro : à revoir.",
                f"For {twins.en} several rows bear the same number: to be looked at.",
            )
        )
    if tally.gone:
        sentences.append(_gone(tally.gone, carried.mostly_gone))
    return Text(" ".join(s.fr for s in sentences), " ".join(s.en for s in sentences))


def _gone(count: int, most: bool) -> Text:
    gone = counted(count, *_CORRECTIONS)
    said = Text(
        f"Pour {gone.fr}, l’enregistrement n’a pas été retrouvé dans cet extrait.",
        f"For {gone.en} the record was not found in this extract.",
    )
    hint = Text(
        " S’il devrait y être, les numéros sont peut-être écrits autrement (zéros perdus ou ajoutés).",
        " If it should be there, the numbers may be written otherwise (leading zeros lost or added).",
    )
    return Text(said.fr + hint.fr, said.en + hint.en) if most else said


def csv_lines(
    carried: Carried, contract: Contract, language: Language, *, show_identities: bool
) -> Iterator[str]:
    """A table with a line for each correction of earlier extracts that has something to say of this one."""
    cells = Cells(contract, language, show_identities)
    names = {status: text.in_(language) for status, text in STATUSES.items()}
    rows = carried.lines.select(
        pl.col("row_id").cast(pl.String).fill_null(""),
        cells.label(),
        pl.col("status").replace_strict(names, return_dtype=pl.String),
        *cells.values("old", "new", "now"),
        pl.col("who"),
        cells.day("when"),
        pl.col("why"),
    )
    return as_csv(cells.heads(_HEADS), rows.iter_rows(), language)
