"""Month two of the four samples: 70 % of the patients again, some corrected at the source, some new."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from desktop_app.core.bench import Bench
from desktop_app.core.months.carrying import carry_over, outlook
from desktop_app.core.months.confirmations import confirmed_before
from desktop_app.core.workspace import Workspace
from tests.core.month_parts import KEY, SAMPLES, TODAY, month, patients, sample, start, treat
from validation_rules.check import Checker

Row = dict[str, str | None]


def stops(findings: pl.DataFrame) -> int:
    """Findings that a person must treat."""
    asks = pl.col("severity").is_in(["error", "confirm"])
    state = pl.col("state") if "state" in findings.columns else pl.lit("open")
    return findings.filter(asks & (state == "open")).height


class MonthTwo:
    """The rows of the second month, and what must become of each."""

    def __init__(self, first: Bench, new: pl.DataFrame, seed: int) -> None:
        self._draw = random.Random(seed)
        self._count = -1
        source, final = first.mapped.frame.to_dicts(), first.frame.to_dicts()
        names = patients(first.mapped.frame)
        again = set(self._draw.sample(sorted(names.unique()), round(names.n_unique() * 0.7)))
        key = pl.struct(KEY)
        blank = pl.any_horizontal(pl.col(KEY).is_null())
        alone = first.mapped.frame.select(~(key.is_duplicated() | blank)).to_series()
        rows = [
            self._month(before, after, by_key)
            for before, after, name, by_key in zip(source, final, names, alone, strict=True)
            if name in again
        ]
        rows += [(row, row) for row in new.to_dicts()]
        self._draw.shuffle(rows)
        self.source = pl.DataFrame([row for row, _ in rows], schema=new.schema)
        self.expected = pl.DataFrame([row for _, row in rows], schema=new.schema)

    def _month(self, before: Row, after: Row, by_key: bool) -> tuple[Row, Row]:
        """A row of the source and what is to be made of it."""
        changed = [name for name in before if before[name] != after[name] and name not in KEY]
        if not changed or not by_key:
            return before, after
        self._count += 1
        if self._count % 20 > 5:
            return before, after
        if self._count % 20:  # somebody corrected it where it comes from
            return after | {name: before[name] for name in KEY}, after
        field = self._draw.choice(changed)  # somebody wrote something else there
        return before | {field: "9X"}, after | {field: "9X"}


@pytest.mark.parametrize("name", SAMPLES)
def test_month_two(workspace: Workspace, shared: Path, name: str) -> None:
    whole = sample(shared, name)
    draw = random.Random(name)
    groups = patients(whole.frame)
    late = set(draw.sample(sorted(groups.unique()), round(groups.n_unique() * 0.06)))
    is_late = groups.is_in(list(late))
    first, _ = start(workspace, month(whole, whole.frame.filter(~is_late), 10))
    treat(first)
    two = MonthTwo(first, whole.frame.filter(is_late), seed=1)
    mapped = month(whole, two.source, 11)

    carried = outlook(workspace, mapped)
    row = workspace.batches.create(mapped.source, mapped.contract.id, mapped.contract.version, "{}")
    carried = carry_over(workspace, row.id, mapped, carried)
    second = Bench.start(workspace, row.id, mapped, TODAY)

    assert second.frame.drop("row_id").equals(two.expected.drop("row_id"))
    without = stops(Checker(mapped.contract, TODAY).check(mapped.frame))
    by_hand = stops(second.findings)
    held, opened = (frame.height for frame in confirmed_before(second))
    print(
        f"{name}: {without} findings, {by_hand} by hand, {carried.tally}, {held} confirmed, {opened} lapsed"
    )
    assert carried.applied == carried.tally.held and carried.tally.settled and carried.tally.differs
    assert held and by_hand <= 0.2 * without
