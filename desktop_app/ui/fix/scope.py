"""To which cells a correction or a confirmation applies, with what would change; no window needed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import polars as pl

from desktop_app.ui.models.causes import Case
from desktop_app.ui.models.snapshot import Snapshot

_SHOWN = 3


class Scope(Enum):
    """This cell; every row that meets the rule with the same values; every open finding of the rule."""

    CELL = "cell"
    SAME = "same"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a correction would change. `before`: values now, most frequent first, with their rows."""

    rows: pl.Series
    field: str
    new: str | None
    before: tuple[tuple[str, int], ...]
    values: int

    def cells(self) -> list[tuple[int, str, str | None]]:
        """The cells as an edit takes them."""
        return [(row_id, self.field, self.new) for row_id in self.rows]

    @property
    def more(self) -> int:
        """Values not named in `before`."""
        return self.values - len(self.before)


def cases_in(snapshot: Snapshot, case: Case, scope: Scope, state: str = "open") -> pl.DataFrame:
    """The findings that a scope takes, in file order; the one at hand always first to qualify."""
    same_rule = (pl.col("rule_id") == case.rule_id) & (pl.col("state") == state)
    if scope is Scope.CELL:
        return snapshot.cases.filter(
            same_rule & (pl.col("row_id") == case.row_id) & (pl.col("field") == case.field)
        )
    if scope is Scope.SAME:
        same_values = (pl.col("field") == case.field) & pl.col("value").fill_null("").eq(case.value)
        return snapshot.cases.filter(same_rule & same_values)
    return snapshot.cases.filter(same_rule)


def plan(snapshot: Snapshot, case: Case, scope: Scope, field: str, new: str | None) -> Plan:
    """What a correction of `field` to `new` would change. Cells that hold `new` already are left alone."""
    if scope is Scope.CELL:
        rows = pl.Series("pos", [snapshot.position(case.row_id)], pl.UInt32)
    else:
        chosen = cases_in(snapshot, case, scope)
        rows = chosen.filter(pl.col("field").str.split("+").list.contains(field))["pos"].unique().sort()
    table = pl.DataFrame(
        {"row_id": snapshot.frame["row_id"].gather(rows), "old": snapshot.frame[field].gather(rows)}
    )
    table = table.filter(pl.col("old").fill_null("") != (new or ""))
    before = table.group_by("old").len().sort(["len", "old"], descending=[True, False])
    return Plan(
        table["row_id"],
        field,
        new,
        tuple((old or "", count) for old, count in before.head(_SHOWN).iter_rows()),
        before.height,
    )
