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


def counted(snapshot: Snapshot, case: Case, scope: Scope, state: str = "open") -> int:
    """How many findings `cases_in` gives, without a query: the card tells it whenever a finding is shown."""
    if scope is Scope.CELL:
        pos = snapshot.position(case.row_id)
        lines = [] if pos is None else snapshot.cases_at(pos).rows(named=True)
        key = case.rule_id, case.field, state
        return sum((line["rule_id"], line["field"], line["state"]) == key for line in lines)
    found = snapshot.cases
    if found.is_empty():
        return 0
    wanted = (found["rule_id"] == case.rule_id) & (found["state"] == state)
    if scope is Scope.RULE:
        return int(wanted.sum() or 0)
    values = found["value"].filter(wanted & (found["field"] == case.field))
    same = int((values == case.value).sum() or 0) if len(values) else 0
    return same if case.value else same + values.null_count()


def plan(snapshot: Snapshot, case: Case, scope: Scope, field: str, new: str | None) -> Plan:
    """What a correction of `field` to `new` would change. Cells that hold `new` already are left alone."""
    if scope is Scope.CELL:
        return _plan_of_one(snapshot, case, field, new)
    chosen = cases_in(snapshot, case, scope)
    rows = (
        chosen.filter(pl.col("field").cast(pl.String).str.split("+").list.contains(field))["pos"]
        .unique()
        .sort()
    )
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


def _plan_of_one(snapshot: Snapshot, case: Case, field: str, new: str | None) -> Plan:
    """The same of one cell, while a value is typed: without a query."""
    pos = snapshot.position(case.row_id)
    old = None if pos is None else snapshot.frame[field][pos]
    if pos is None or (old or "") == (new or ""):
        return Plan(pl.Series("row_id", [], pl.UInt32), field, new, (), 0)
    return Plan(pl.Series("row_id", [case.row_id], pl.UInt32), field, new, ((old or "", 1),), 1)
