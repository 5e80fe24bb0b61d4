"""How often each field is known, unknown or blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.reports.model import Chart, Figure, Item
from desktop_app.core.reports.numbers import wilson
from validation_rules.text import Text

if TYPE_CHECKING:
    from validation_rules.contract import Contract, Field

_TNM = ("ct", "cn", "cm", "pt", "pn", "pm")
# Fields that are asked for only in some cases: elsewhere a blank is the right answer.
_ASKED: dict[str, pl.Expr] = {
    "date_dernieres_nouvelles": pl.col("statut_vital").is_in(("1", "2")),
    "cause_deces": pl.col("statut_vital") == "2",
    "edition_tnm": pl.any_horizontal(pl.col(name).is_not_null() for name in _TNM),
    "systeme_stade": pl.col("stade").is_in(("0", "1", "2", "3", "4")),
}


def completeness(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """One row a field: `field`, `asked` (records where it is due), `known`, `unknown`, `blank`."""
    counts = frame.select(expression for field in contract.fields for expression in _counts(field)).row(
        0, named=True
    )
    names = list(contract.field_names)
    return pl.DataFrame(
        {
            "field": names,
            **{
                part: [int(counts[f"{name}|{part}"] or 0) for name in names]
                for part in ("asked", "known", "unknown", "blank")
            },
        }
    )


def _counts(field: Field) -> list[pl.Expr]:
    asked = _ASKED.get(field.name, pl.lit(True)).fill_null(False)
    value = pl.col(field.name)
    unknown = (value == (field.unknown_value or "")).fill_null(False)
    parts = {
        "asked": asked & pl.lit(True),
        "known": asked & value.is_not_null() & ~unknown,
        "unknown": asked & unknown,
        "blank": asked & value.is_null(),
    }
    # `asked` may be a literal: counting over `row_id` gives it the height of the frame.
    return [
        (expression & pl.col("row_id").is_not_null()).sum().alias(f"{field.name}|{part}")
        for part, expression in parts.items()
    ]


def completeness_figure(counts: pl.DataFrame, contract: Contract) -> Figure:
    """COMPL: known cells over cells due, in the fields that the contract requires of every record."""
    required = [field.name for field in contract.fields if field.required == "yes"]
    due = counts.filter(pl.col("field").is_in(required))
    known, asked = int(due["known"].sum()), int(due["asked"].sum())
    title = Text("Champs obligatoires connus", "Required fields known")
    definition = Text(
        "Cases connues (ni vides ni « inconnu ») des champs obligatoires, sur toutes leurs cases.",
        "Known cells (neither blank nor unknown) of the required fields, over all their cells.",
    )
    if not asked:
        return Figure("COMPL", title, definition, contract.id, "percent", None)
    low, high = wilson(known, asked)
    return Figure(
        "COMPL", title, definition, contract.id, "percent",
        100 * known / asked, 100 * low, 100 * high, known, asked,
    )  # fmt: skip


def completeness_chart(counts: pl.DataFrame, contract: Contract) -> Chart:
    """Share known, unknown and blank of every field that is not known everywhere, least complete first."""
    items = [
        (contract.field(name).label, known / asked, unknown / asked, blank / asked)
        for name, asked, known, unknown, blank in counts.iter_rows()
        if asked and known + unknown
    ]
    whole = sum(1 for item in items if item[1] == 1)
    items = sorted((item for item in items if item[1] < 1), key=lambda item: item[1])
    return Chart(
        "completeness",
        "stack",
        Text("Complétude des champs", "Completeness of the fields"),
        Text(
            f"Part des enregistrements où le champ est attendu. {whole} autres champs sont connus partout.",
            f"Share of the records where the field is due. {whole} other fields are known everywhere.",
        ),
        (Text("connu", "known"), Text("inconnu", "unknown"), Text("vide", "blank")),
        tuple(
            Item(label, (100 * known, 100 * unknown, 100 * blank)) for label, known, unknown, blank in items
        ),
        percent=True,
    )
