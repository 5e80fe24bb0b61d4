"""Which findings are found again after some rows have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from validation_rules.few import picked

_ROW_ID, _RULE_ID = "row_id", "rule_id"
_BY_HAND = 200  # lines and rows: up to here, going through them takes less than a query


@dataclass(frozen=True, slots=True)
class Stale:
    """All findings of these `rows` (ids), but of a rule over groups only where its own groups are all there,
    as `touched` says: rules, with the ids of their rows. With `rules`, only findings of these."""

    rows: pl.Series
    touched: Sequence[tuple[Sequence[str], pl.Series]]
    rules: frozenset[str] | None = None

    def of(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Those of these findings."""
        return self._taken(findings, wanted=True)

    def others(self, findings: pl.DataFrame) -> pl.DataFrame:
        """The rest of these findings."""
        return self._taken(findings, wanted=False)

    def _taken(self, findings: pl.DataFrame, wanted: bool) -> pl.DataFrame:
        if findings.height + self.rows.len() > _BY_HAND:
            return picked(findings, self._expression() if wanted else ~self._expression())
        named = zip(*(findings.get_column(name).to_list() for name in (_ROW_ID, _RULE_ID)), strict=True)
        near = set(self.rows.to_list())
        own = [(rules, set(ids.to_list())) for rules, ids in self._apart]

        def holds(row: int, rule: str) -> bool:
            known = row in near and (self.rules is None or rule in self.rules)
            return known and all(rule not in rules or row in ids for rules, ids in own)

        taken = [at for at, (row, rule) in enumerate(named) if holds(row, rule) == wanted]
        return findings if len(taken) == findings.height else findings[pl.Series(taken, dtype=pl.UInt32)]

    def _expression(self) -> pl.Expr:
        known = pl.col(_ROW_ID).is_in(self.rows.implode())
        for rules, ids in self._apart:
            known &= ~pl.col(_RULE_ID).is_in(list(rules)) | pl.col(_ROW_ID).is_in(ids.implode())
        return known if self.rules is None else known & pl.col(_RULE_ID).is_in(list(self.rules))

    @property
    def _apart(self) -> list[tuple[Sequence[str], pl.Series]]:
        """The rules whose groups are not all of the rows."""
        return [(rules, ids) for rules, ids in self.touched if ids.len() < self.rows.len()]
