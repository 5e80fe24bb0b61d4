"""Cells of a list as texts: labels, blanks said, identities masked unless they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.months.sheets import MASK
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from validation_rules.contract import Contract

BLANK = Text("(vide)", "(blank)")


class Cells:
    """How the lists of one contract show their values, in one language."""

    def __init__(self, contract: Contract, language: Language, show_identities: bool) -> None:
        self.contract, self.language = contract, language
        self._hidden = () if show_identities else contract.identity_fields
        self._blank = BLANK.in_(language)

    def key_names(self) -> list[str]:
        """The headings of the record key."""
        return [self.contract.field(name).label.in_(self.language) for name in self.contract.record_key]

    def keys(self) -> list[pl.Expr]:
        """The columns of the record key."""
        return [
            pl.lit(MASK).alias(name) if name in self._hidden else pl.col(name).fill_null(self._blank)
            for name in self.contract.record_key
        ]

    def label(self) -> pl.Expr:
        """The column `field` as the contract calls it."""
        labels = {field.name: field.label.in_(self.language) for field in self.contract.fields}
        return pl.col("field").replace_strict(labels, default=pl.col("field"), return_dtype=pl.String)

    def values(self, *names: str) -> list[pl.Expr]:
        """Columns of values of the field that the column `field` names."""
        hidden = pl.col("field").is_in(self._hidden)
        return [
            pl.when(hidden & pl.col(name).is_not_null())
            .then(pl.lit(MASK))
            .otherwise(pl.col(name).fill_null(self._blank))
            .alias(name)
            for name in names
        ]

    def day(self, name: str) -> pl.Expr:
        """A column of instants as days."""
        return pl.col(name).dt.strftime("%d/%m/%Y" if self.language == "fr" else "%Y-%m-%d")

    def heads(self, names: Sequence[str]) -> list[str]:
        """Headings by their key in HEADS."""
        return [HEADS[name].in_(self.language) for name in names]


HEADS = {
    "institution": Text("Établissement", "Institution"),
    "row": Text("Ligne", "Row"),
    "row_before": Text("Ligne d’avant", "Row before"),
    "field": Text("Champ", "Field"),
    "old": Text("Valeur à la source", "Value in the source"),
    "new": Text("Valeur corrigée", "Corrected value"),
    "was": Text("Valeur d’alors à la source", "Value in the source then"),
    "now": Text("La source dit à présent", "The source now says"),
    "before": Text("Avant", "Before"),
    "after": Text("Après", "After"),
    "problem": Text("Ce qui ne va pas", "What is wrong"),
    "status": Text("Ce qu’il en est", "What became of it"),
    "who": Text("Corrigé par", "Corrected by"),
    "when": Text("Le", "On"),
    "why": Text("Pourquoi", "Why"),
}
