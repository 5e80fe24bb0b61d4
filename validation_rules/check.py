"""Normalised frame + contract -> findings. Bad data never raises here: a finding is data."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from validation_rules.beside import Beside
from validation_rules.compile import Plan
from validation_rules.contract import Contract
from validation_rules.evaluate import Evaluation
from validation_rules.findings import ROW_ID, RULE_ID, FindingFrames
from validation_rules.group_index import CrossChecks, GroupIndex, together
from validation_rules.normalise import drop_blank_rows
from validation_rules.partial import part_of, rules_of_the_day, touched_rules
from validation_rules.progress import Progress, silent
from validation_rules.single import Alone
from validation_rules.splice import lines_in
from validation_rules.stale import Stale
from validation_rules.text import Text

_ROWS_A_PART = 250_000  # as fast as twice as many, in half the memory
_COLUMNS = 40  # of a contract whose parts have so many rows; with fewer columns
_LIGHTEST = 4  # they have up to so many times more
_LOOKED_UP = 100  # rows
_MANY_ROWS = 20_000
_MOST = 3  # a third of the rows, and what they touch, is looked for as slowly as all of them
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
        self._contract, self._today = contract, today
        self._parts_of: dict[frozenset[str], Checker] = {}
        self._plan = Plan(contract, today)
        self._frames = FindingFrames(contract)
        self.across = CrossChecks(contract)
        self._touched: frozenset[str] | None = None
        self._fields: frozenset[str] | None = None

    def check(
        self, frame: pl.DataFrame, progress: Progress | None = None, index: GroupIndex | None = None
    ) -> pl.DataFrame:
        """Every finding of a frame as `normalise` gives it. `index` is that of the frame, when it is at hand.

        Columns: row_id UInt32, field, rule_id and severity Enum, value String (the values that the rule reads
        joined by " / ", null as ""); sorted by row_id, rule_id, field.
        """
        return self._frames.gather(self._found(frame, progress or silent, index))

    def check_rows(self, frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        """The findings of these rows of a frame, by `row_id`, as `check` of the whole frame gives them."""
        index, where = self.index(frame), _positions(frame, rows)
        near = [at for _, at in self.across.touched(index, where, index.at(where))]
        part = frame[pl.concat([where, *near]).unique().sort()]
        return self.check(part).filter(pl.col(ROW_ID).is_in(rows.implode()))

    def check_alone(
        self, frame: pl.DataFrame, progress: Progress | None = None
    ) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
        """What `check` finds on single rows of a frame without blank rows, and what is unusable on them.

        The second maps a field to a Boolean series, true where rules over several records must not read it:
        they are for `across.Across` when the records come in parts.
        """
        spoilt: list[Mapping[str, pl.Series]] = []
        with Beside(frame.height > _ROWS_A_PART) as beside:
            tick = self._ticks(frame.height, progress or silent)
            found = self._frames.join(self._row_parts(frame, beside.in_turn(tick), spoilt, beside))
        return found, _whole(spoilt)

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
        fields: Iterable[str] | None = None,
    ) -> Rechecked:
        """The findings of `after`, given those of the frame before and its `index`.

        Both frames have the same rows in the same order. Only the changed rows are looked at, and those that
        share or shared a group with them, by the rules that look at groups. With `fields`, those in which the
        frames differ, only by the rules that these can touch.
        """
        rows_given = changed_rows if isinstance(changed_rows, pl.Series) else list(changed_rows)
        changed = _positions(after, pl.Series(ROW_ID, rows_given, dtype=pl.UInt32))
        if fields is not None and not self._blank_beside(after, changed, frozenset(fields)):
            return self._for(frozenset(fields))._recheck(after, findings, changed, index)
        return self._recheck(after, findings, changed, index)

    def _recheck(
        self, after: pl.DataFrame, findings: pl.DataFrame, changed: pl.Series, index: GroupIndex
    ) -> Rechecked:
        """As `recheck_with`, by every rule that this checker has; `changed` are positions."""
        if changed.len() > _MANY_ROWS and changed.len() * _MOST > after.height:
            return self._nearly_all(after, findings, index)
        before = index.at(changed)
        keys = self._keys_after(after[changed], before)
        now = index.with_rows(changed, keys, before)
        touched = self.across.touched(now, changed, before, keys)
        where = together([changed, *(at for _, at in touched)])
        part, ids = after[where], after.get_column(ROW_ID)
        again = self._near(part, now, where)
        rows = part.get_column(ROW_ID)
        stale = Stale(rows, [(rules, ids[at]) for rules, at in touched], self._touched)
        return Rechecked(self._frames.renewed(self._frames.typed(findings), rows, stale, again), now, rows)

    def _keys_after(self, rows: pl.DataFrame, before: GroupIndex) -> GroupIndex:
        """The index of these rows; `before`: what it was until the fields of this checker became others."""
        if self._fields is None:
            return self.index(rows)
        return self.across.index_after(rows, self._fields, before)

    def without(
        self, frame: pl.DataFrame, findings: pl.DataFrame, rows: pl.Series, index: GroupIndex
    ) -> Rechecked:
        """The findings of `frame` when these rows (`row_id`) are no records of it, given those with them.

        They have none, and the others those that they have without them. The index returned leaves them out;
        `recheck_with` it keeps them out until they are among its changed rows.
        """
        out = _positions(frame, rows)
        now, ids = index.without(out), frame.get_column(ROW_ID)
        left = self.across.touched(now, out, index.at(out))
        touched = [(rules, at.filter(~at.is_in(out.implode()))) for rules, at in left]
        where = pl.concat([out.clear(), *(at for _, at in touched)]).unique().sort()
        part = frame[where]
        near = part.get_column(ROW_ID)
        stale = Stale(near, [(rules, ids.gather(at)) for rules, at in touched])
        kept = self._frames.typed(findings).filter(~pl.col(ROW_ID).is_in(rows.implode()))
        found = self._frames.renewed(kept, near, stale, self._near(part, now, where))
        return Rechecked(found, now, pl.concat([near, ids.gather(out)]).sort())

    def another_day(self, frame: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
        """The findings of a frame on the day of this checker, given those of another day by the same rules.

        Same result as `check(frame)`; only the rules that look at the day are asked again.
        """
        dated, kept = rules_of_the_day(self._contract), self._frames.typed(findings)
        if not dated:
            return kept
        part = Checker(part_of(self._contract, dated), self._today)
        part._frames = self._frames
        mine = pl.col(RULE_ID).is_in(list(dated))
        return self._frames.join([kept.filter(~mine), part.check(frame).filter(mine)])

    def _near(self, part: pl.DataFrame, index: GroupIndex, where: pl.Series) -> pl.DataFrame:
        """The findings of the rows at `where`, which are `part`, of a frame with this index."""
        return self.check(part, None, None if self.across.by_pairs(part) else index.at(where))

    def _nearly_all(self, after: pl.DataFrame, findings: pl.DataFrame, index: GroupIndex) -> Rechecked:
        """When so many rows have changed, a look at all costs less than finding out which it takes."""
        now = self.index(after)
        parts = self._found(after, silent, now)
        if self._touched is not None:
            # All parts are put in order at once: what is found may be millions, and is not copied again.
            others = self._frames.typed(findings).filter(~pl.col(RULE_ID).is_in(list(self._touched)))
            parts = itertools.chain(self._frames.apart(others), self._frames.of_rules(parts, self._touched))
        found = self._frames.gather(parts)
        return Rechecked(found, index.with_keys(now), after.get_column(ROW_ID))

    def _blank_beside(self, after: pl.DataFrame, changed: pl.Series, fields: frozenset[str]) -> bool:
        """Whether one of these rows holds nothing in other fields: it was no record before, or is none now,
        and then every rule is touched."""
        others = [name for name in self._contract.field_names if name not in fields]
        if not others:
            return True
        if any(after.get_column(name).null_count() == 0 for name in others):
            return False
        empty = pl.all_horizontal(*(pl.col(name).is_null() for name in others), True)
        return bool(after.select(others)[changed].select(empty.any()).item())

    def _for(self, fields: frozenset[str]) -> Checker:
        """What checks the rules that an edit of these fields can touch, with findings as this one gives them.
        Made once: an edit follows another in the same column."""
        if fields not in self._parts_of:
            touched = touched_rules(self._contract, fields)
            part = Checker(part_of(self._contract, touched), self._today)
            part._frames, part._touched, part._fields = self._frames, touched, fields
            self._parts_of[fields] = part
        return self._parts_of[fields]

    def _found(
        self, frame: pl.DataFrame, progress: Progress, index: GroupIndex | None
    ) -> Iterator[pl.DataFrame]:
        """As `check`, the parts that it gathers."""
        records = drop_blank_rows(frame, self._contract)
        return self._parts(records, progress, index if records.height == frame.height else None)

    def _parts(
        self, frame: pl.DataFrame, progress: Progress, index: GroupIndex | None = None
    ) -> Iterator[pl.DataFrame]:
        tick = self._ticks(frame.height, progress)
        spoilt: list[Mapping[str, pl.Series]] = []
        with Beside(frame.height > _ROWS_A_PART) as beside:
            groups = beside.start(lambda: self.across.groups(frame, index))
            yield from self._row_parts(frame, beside.in_turn(tick), spoilt, beside)
        for rule, rows in self.across.fired(frame, _whole(spoilt), groups()):
            tick()
            if rows.len():
                yield self._frames.of(frame, rule, rule.fields, rows)
        tick()

    def _row_parts(
        self,
        frame: pl.DataFrame,
        tick: Callable[[], None],
        spoilt: list[Mapping[str, pl.Series]],
        beside: Beside,
    ) -> Iterator[pl.DataFrame]:
        """Findings of single rows; what is unusable on each part of the frame is put in `spoilt`."""
        each = self._rows_a_part
        alone = Evaluation.looks_alone(self._plan, frame, min(frame.height, each))
        for mask, at in alone.fired:
            if at.len():
                yield self._frames.of(frame, mask.rule, mask.fields, at)
        starts = range(0, frame.height, each)
        for found, bad in beside.each(lambda start: self._row_part(frame, start, alone, tick), starts):
            yield from found
            spoilt.append(bad)

    @property
    def _rows_a_part(self) -> int:
        """More at once when few columns are read: each part has a price of its own."""
        return _ROWS_A_PART * max(1, min(_LIGHTEST, _COLUMNS // max(1, len(self._plan.read))))

    def _row_part(
        self, frame: pl.DataFrame, start: int, alone: Alone, tick: Callable[[], None]
    ) -> tuple[list[pl.DataFrame], dict[str, pl.Series]]:
        part = frame.slice(start, self._rows_a_part)
        evaluation = Evaluation(self._plan, part, alone.within(start, part.height), tick)
        found = [self._frames.of(part, mask.rule, mask.fields, at) for mask, at in evaluation.fired()]
        return found, {ROW_ID: part.get_column(ROW_ID), **evaluation.unusable}

    def _ticks(self, rows: int, progress: Progress) -> Callable[[], None]:
        """What to call at each step of a check of so many rows; the last call says that all is done."""
        parts, rest = divmod(rows, self._rows_a_part)
        steps = parts * Evaluation.ticks(self._plan, self._rows_a_part) + len(self.across.rules)
        total = steps + (Evaluation.ticks(self._plan, rest) if rest else 0)
        done = itertools.count()
        return lambda: progress(next(done), total, _CHECKING)


def _whole(parts: Sequence[Mapping[str, pl.Series]]) -> dict[str, pl.Series]:
    """Field -> where it is unusable in all parts together, for the fields that are somewhere."""
    names = dict.fromkeys(name for part in parts for name in part if name != ROW_ID)
    usable = pl.Series([False])

    def of(part: Mapping[str, pl.Series], name: str) -> pl.Series:
        return part[name] if name in part else usable.new_from_index(0, part[ROW_ID].len())

    return {name: pl.concat([of(part, name) for part in parts]) for name in names}


def _positions(frame: pl.DataFrame, row_ids: pl.Series) -> pl.Series:
    """Where rows are in a frame, ascending."""
    held = frame.get_column(ROW_ID)
    if row_ids.len() <= _LOOKED_UP and held.is_sorted():
        return lines_in(row_ids, held)
    wanted = row_ids.unique().sort()
    if held.is_sorted():
        where = held.search_sorted(wanted).cast(pl.UInt32)
        where = where.filter(where < held.len())
        return where.filter(held.gather(where).is_in(wanted.implode()))
    return held.is_in(wanted.implode()).arg_true()
