"""Normalised frame + contract -> findings. Bad data never raises here: a finding is data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl

from validation_rules import table_rules
from validation_rules.columns import ColumnChecks, unusable
from validation_rules.compile import Query, masks_of
from validation_rules.contract import Contract
from validation_rules.findings import ROW_ID, RULE_ID, FindingFrames
from validation_rules.group_index import CrossChecks, GroupIndex
from validation_rules.normalise import drop_blank_rows
from validation_rules.progress import Progress, silent
from validation_rules.text import Text

_ROWS_A_STEP = 200_000
_CHECKING = Text("Contrôle des lignes", "Checking rows")


@dataclass(frozen=True, slots=True)
class Rechecked:
    """The findings of a frame after an edit, the index of that frame, and the `row_id`s looked at."""

    findings: pl.DataFrame
    index: GroupIndex
    rows: pl.Series


class Checker:
    """The rules of a contract as they stand on one day. Build once, check often."""

    def __init__(self, contract: Contract, today: date) -> None:
        self._contract = contract
        self._columns = ColumnChecks(contract)
        self._query = Query(contract, today)
        self._frames = FindingFrames(contract)
        custom = [rule for rule in contract.rules if rule.kind == "custom"]
        self.across = CrossChecks(contract)
        self._over_tables = tuple(rule for rule in custom if rule.implementation in table_rules.FINDERS)

    def check(
        self, frame: pl.DataFrame, progress: Progress | None = None, index: GroupIndex | None = None
    ) -> pl.DataFrame:
        """Every finding of a frame as `normalise` gives it. `index` is that of the frame, when it is at hand.

        Columns: row_id UInt32, field, rule_id and severity Enum, value String (the values that the rule reads
        joined by " / ", null as ""); sorted by row_id, rule_id, field.
        """
        records = drop_blank_rows(frame, self._contract)
        held = index if records.height == frame.height else None
        return self._frames.join(self._parts(records, progress or silent, held))

    def check_rows(self, frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        """The findings of these rows of a frame, by `row_id`, as `check` of the whole frame gives them."""
        index, where = self.index(frame), _positions(frame, rows)
        near = [at for _, at in self.across.touched(index, index, where)]
        part = frame[pl.concat([where, *near]).unique().sort()]
        return self.check(part).filter(pl.col(ROW_ID).is_in(rows.implode()))

    def index(self, frame: pl.DataFrame) -> GroupIndex:
        """What `recheck_with` needs to know of a frame, to look only at what an edit touches."""
        return self.across.index(frame)

    def mates(self, index: GroupIndex, rule_id: str, where: pl.Series) -> pl.Series:
        """Positions of the rows that can weigh on the verdict of a rule over several records at these
        positions, and these, sorted."""
        return self.across.mates(index, self._contract.rule(rule_id), where)

    def recheck(
        self,
        after: pl.DataFrame,
        findings: pl.DataFrame,
        changed_rows: Iterable[int] | pl.Series,
        before: pl.DataFrame,
    ) -> pl.DataFrame:
        """The findings of `after`, given those of `before` and the rows in which the two frames differ.

        Same result as `check(after)`. Whoever edits one frame often keeps its index: see `recheck_with`.
        """
        return self.recheck_with(after, findings, changed_rows, self.index(before)).findings

    def recheck_with(
        self,
        after: pl.DataFrame,
        findings: pl.DataFrame,
        changed_rows: Iterable[int] | pl.Series,
        index: GroupIndex,
    ) -> Rechecked:
        """The findings of `after`, given those of the frame before and its `index`.

        Both frames have the same rows in the same order. Only the changed rows are looked at, and those that
        share or shared a group with them, by the rules that look at groups.
        """
        rows_given = changed_rows if isinstance(changed_rows, pl.Series) else list(changed_rows)
        changed = _positions(after, pl.Series(ROW_ID, rows_given, dtype=pl.UInt32))
        now = index.with_rows(changed, self.index(after[changed]))
        touched = self.across.touched(index, now, changed)
        where = pl.concat([changed, *(at for _, at in touched)]).unique().sort()
        part, ids = after[where], after.get_column(ROW_ID)
        again = self.check(part, None, now.at(where))
        rows = part.get_column(ROW_ID)
        stale = _stale(rows, [(rules, ids.gather(at)) for rules, at in touched])
        kept = findings.select(self._frames.schema.names()).cast(self._frames.schema)
        found = self._frames.join([kept.filter(~stale), again.filter(stale)])
        return Rechecked(found, now, rows)

    def _parts(
        self, frame: pl.DataFrame, progress: Progress, index: GroupIndex | None = None
    ) -> Iterator[pl.DataFrame]:
        total = len(self._contract.fields) + 2 * frame.height // _ROWS_A_STEP + 1
        faults = self._columns.faults(frame, lambda done: progress(done, total, _CHECKING))
        for fault in faults:
            yield self._frames.of(frame, fault.rule, (fault.field,), fault.mask)
        spoilt = unusable(faults)
        spoilers = [self._query.no_spoilers]
        for step, start in enumerate(range(0, frame.height, _ROWS_A_STEP)):
            progress(len(self._contract.fields) + 2 * step, total, _CHECKING)
            part = frame.slice(start, _ROWS_A_STEP)
            here = {name: mask.slice(start, _ROWS_A_STEP) for name, mask in spoilt.items()}
            masks = self._query.run(part, here)
            spoilers.append(masks.select(self._query.no_spoilers.columns))
            yield from self._row_findings(part, masks)
            if self._over_tables:
                yield from self._table_findings(part, self._query.unusable(here, spoilers[-1]))
        spoilt = self._query.unusable(spoilt, pl.concat(spoilers))
        for rule, fires in self.across.masks(frame, spoilt, index):
            yield self._frames.of(frame, rule, rule.fields, fires)
        progress(total, total, _CHECKING)

    def _row_findings(self, frame: pl.DataFrame, masks: pl.DataFrame) -> Iterator[pl.DataFrame]:
        for mask in self._query.masks:
            fires = masks.get_column(mask.name)
            if fires.any():
                yield self._frames.of(frame, mask.rule, mask.fields, fires)

    def _table_findings(self, frame: pl.DataFrame, spoilt: dict[str, pl.Series]) -> Iterator[pl.DataFrame]:
        for rule in self._over_tables:
            find = table_rules.FINDERS[str(rule.implementation)]
            for mask in masks_of(rule):
                reads = (*mask.fields, *rule.required, *rule.optional)
                fires = find(_readable(frame, reads, spoilt), rule)
                for name in mask.needs:
                    fires = fires & ~spoilt[name] if name in spoilt else fires
                yield self._frames.of(frame, rule, mask.fields, fires)


def _readable(frame: pl.DataFrame, names: Iterable[str], spoilt: dict[str, pl.Series]) -> pl.DataFrame:
    """These fields, null where they are unusable."""
    return frame.select(
        pl.when(~spoilt[name]).then(pl.col(name)).alias(name) if name in spoilt else pl.col(name)
        for name in dict.fromkeys(names)
    )


def _positions(frame: pl.DataFrame, row_ids: pl.Series) -> pl.Series:
    """Where rows are in a frame, ascending."""
    held, wanted = frame.get_column(ROW_ID), row_ids.unique().sort()
    if held.is_sorted():
        where = held.search_sorted(wanted).cast(pl.UInt32)
        where = where.filter(where < held.len())
        return where.filter(held.gather(where).is_in(wanted.implode()))
    return held.is_in(wanted.implode()).arg_true()


def _stale(rows: pl.Series, touched: list[tuple[list[str], pl.Series]]) -> pl.Expr:
    """Which findings are to be found again: all of these rows, but of a rule over groups only where its own
    groups are all there."""
    known = pl.col(ROW_ID).is_in(rows.implode())
    for rules, ids in touched:
        if ids.len() < rows.len():
            known &= ~pl.col(RULE_ID).is_in(rules) | pl.col(ROW_ID).is_in(ids.implode())
    return known
