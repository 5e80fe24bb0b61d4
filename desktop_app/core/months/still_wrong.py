"""Corrected here, still wrong in the source system: what an institution has to put right in its records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.corrections import Schema
from desktop_app.core.months.cells import Cells
from desktop_app.core.months.sheets import Part, Sheet, as_csv
from desktop_app.core.reports import numbers
from desktop_app.core.withdrawals import WITHDRAWAL_REASONS
from validation_rules.check import Checker
from validation_rules.text import Language, Text, counted

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from validation_rules.contract import Contract

WRONG_SCHEMA: Schema = {
    "institution": pl.String,
    "row_id": pl.UInt32,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "why": pl.String,
    "rules": pl.List(pl.String),
}
_INSTITUTIONS = ("finess_diagnostic", "finess_traitement")


@dataclass(frozen=True, slots=True)
class StillWrong:
    """`lines`: WRONG_SCHEMA and the fields of the record key as the source has them, by institution and row.

    `rules` are what the value of the source breaks. `institution` is null where no row says it, `field` for
    a record that was withdrawn: its `why` is a code of WITHDRAWAL_REASONS.
    """

    lines: pl.DataFrame
    contract: Contract
    day: date

    @property
    def institutions(self) -> int:
        """How many institutions the list is about, the unknown one counted once."""
        return self.lines["institution"].n_unique()

    def records(self) -> int:
        """How many records have something to put right."""
        return self.lines["row_id"].n_unique()


def still_wrong(bench: Bench) -> StillWrong:
    """The corrections of a batch that its source does not have: all that hold. `field` is null for a record
    that was withdrawn here: it has nothing to be corrected in, it is not to be there."""
    contract, base = bench.contract, bench.mapped.frame
    pending = bench.pending().select("row_id", "field", "old", "new", "who", "when", "why")
    rows = pending["row_id"].unique()
    gone = _withdrawn(bench)
    pending = pl.concat([pending.join(gone, on="row_id", how="anti"), gone.select(pending.columns)])
    where = bench.frame.select("row_id", institution=_institution(bench.frame))
    keys = base.select("row_id", *contract.record_key)
    lines = (
        pending.join(where, on="row_id", how="left")
        .join(keys, on="row_id", how="left")
        .join(_broken(bench, rows), on=("row_id", "field"), how="left")
    )
    order = pl.Series(contract.field_names).to_frame("field").with_row_index("place")
    lines = lines.join(order, on="field", how="left").sort("institution", "row_id", "place", nulls_last=True)
    return StillWrong(lines.select(*WRONG_SCHEMA, *contract.record_key), contract, bench.today)


def as_sheet(found: StillWrong, language: Language, *, show_identities: bool) -> Sheet:
    """The printable list, a part for each institution, to be handed over by itself."""
    told = {key: text.in_(language) for key, text in _WORDS.items()}
    cells = Cells(found.contract, language, show_identities)
    shown = _shown(found, cells)
    parts = []
    for (institution,), lines in shown.group_by("institution", maintain_order=True):
        title = told["of"].format(institution) if institution else told["nowhere"]
        amount = counted(lines.height, *_VALUES), counted(lines["row_id"].n_unique(), *_RECORDS)
        note = _AMOUNT.in_(language).format(*(text.in_(language) for text in amount))
        rows = lines.drop("institution").rows()
        parts.append(Part(title, note, _headers(cells)[1:], rows, to_tick=True))
    facts = [told["what"], told["day"].format(numbers.day(str(found.day), language))]
    warning = told["identities"] if show_identities and parts else ""
    return Sheet(told["title"], facts, parts, warning, told["nothing"])


def csv_lines(found: StillWrong, language: Language, *, show_identities: bool) -> Iterator[str]:
    """The same as one table, the institution in its first column."""
    cells = Cells(found.contract, language, show_identities)
    return as_csv(_headers(cells), _shown(found, cells).iter_rows(), language)


def _withdrawn(bench: Bench) -> pl.DataFrame:
    none = pl.lit(None, pl.String)
    return bench.withdrawn().select("row_id", "who", "when", "why", field=none, old=none, new=none)


def _institution(frame: pl.DataFrame) -> pl.Expr:
    present = [pl.col(name) for name in _INSTITUTIONS if name in frame.columns]
    return pl.coalesce(present) if present else pl.lit(None, pl.String)


def _broken(bench: Bench, rows: pl.Series) -> pl.DataFrame:
    """`row_id, field, rules`: the rules that the source's own values break."""
    found = Checker(bench.contract, bench.today).check_rows(bench.mapped.frame, rows)
    told = found.select(
        "row_id",
        field=pl.col("field").cast(pl.String).str.split("+"),
        rules=pl.col("rule_id").cast(pl.String),
    )
    return told.explode("field").group_by("row_id", "field").agg(pl.col("rules").unique().sort())


def _headers(cells: Cells) -> list[str]:
    own = ("field", "old", "new", "problem", "who", "when", "why")
    return [*cells.heads(("institution", "row")), *cells.key_names(), *cells.heads(own)]


def _shown(found: StillWrong, cells: Cells) -> pl.DataFrame:
    """The lines as texts, in the order of the headers."""
    titles = {rule.id: f"{rule.title.in_(cells.language)} ({rule.id})" for rule in found.contract.rules}
    reasons = {code: text.in_(cells.language) for code, text in WITHDRAWAL_REASONS.items()}
    old_and_new = cells.values("old", "new")
    one = pl.element().replace_strict(titles, default=pl.element(), return_dtype=pl.String)
    return found.lines.select(
        pl.col("institution").fill_null(""),
        pl.col("row_id").cast(pl.String),
        *cells.keys(),
        cells.label().fill_null(_RECORD.in_(cells.language)),
        *(
            pl.when(pl.col("field").is_null()).then(pl.lit("–")).otherwise(value).alias(name)
            for name, value in zip(("old", "new"), old_and_new, strict=True)
        ),
        pl.col("rules").list.eval(one).list.join(" / ").fill_null(""),
        pl.col("who"),
        cells.day("when"),
        pl.when(pl.col("field").is_null()).then(pl.col("why").replace(reasons)).otherwise("why").alias("why"),
    )


_VALUES = (Text("valeur à corriger", "value to correct"), Text("valeurs à corriger", "values to correct"))
_RECORDS = (Text("enregistrement", "record"), Text("enregistrements", "records"))
_AMOUNT = Text("{} sur {}", "{} in {}")
_RECORD = Text("Enregistrement retiré du lot", "Record withdrawn from the batch")
_WORDS = {
    "title": Text("À corriger dans le système source", "To correct in the source system"),
    "what": Text(
        "Ces valeurs ont été corrigées pour le registre ; le système source les donne toujours comme avant.",
        "These values were corrected for the registry; the source system still gives them as they were.",
    ),
    "day": Text("Extrait contrôlé le {}", "Extract checked on {}"),
    "of": Text("Établissement {}", "Institution {}"),
    "nowhere": Text("Établissement non renseigné", "Institution not stated"),
    "identities": Text(
        "Document nominatif : ne le transmettez que par une voie protégée, et détruisez-le après usage.",
        "This document names patients: hand it over by a protected way only, and destroy it after use.",
    ),
    "nothing": Text(
        "Rien à corriger à la source : aucune valeur de cet extrait n’a été corrigée.",
        "Nothing to correct at the source: no value of this extract was corrected.",
    ),
}
