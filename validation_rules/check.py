"""Normalised frame + contract -> findings. Bad data never raises here: a finding is data."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from validation_rules.compile import Plan
from validation_rules.contract import Contract
from validation_rules.cross_record import FINDERS, touched_groups
from validation_rules.evaluate import Evaluation
from validation_rules.findings import ROW_ID, FindingFrames
from validation_rules.normalise import drop_blank_rows
from validation_rules.progress import Progress, silent
from validation_rules.text import Text

_ROWS_A_PART = 500_000
_CHECKING = Text("Contrôle des lignes", "Checking rows")


class Checker:
    """The rules of a contract as they stand on one day. Build once, check often."""

    def __init__(self, contract: Contract, today: date) -> None:
        self._contract = contract
        self._plan = Plan(contract, today)
        self._frames = FindingFrames(contract)
        self._across = tuple(rule for rule in contract.rules if rule.implementation in FINDERS)
        self._groups = tuple(dict.fromkeys(rule.fields[0] for rule in self._across))

    def check(self, frame: pl.DataFrame, progress: Progress | None = None) -> pl.DataFrame:
        """Every finding of a frame as `normalise` gives it.

        Columns: row_id UInt32, field, rule_id and severity Enum, value String (the values that the rule reads
        joined by " / ", null as ""); sorted by row_id, rule_id, field.
        """
        frame = drop_blank_rows(frame, self._contract)
        return self._frames.gather(self._parts(frame, progress or silent))

    def recheck(
        self,
        after: pl.DataFrame,
        findings: pl.DataFrame,
        changed_rows: Iterable[int] | pl.Series,
        before: pl.DataFrame,
    ) -> pl.DataFrame:
        """The findings of `after`, given those of `before` and the rows in which the two frames differ.

        Same result as `check(after)`; only the changed rows, and the rows of the patients that they name or
        named, are looked at.
        """
        rows_given = changed_rows if isinstance(changed_rows, pl.Series) else list(changed_rows)
        changed = pl.Series(ROW_ID, rows_given, dtype=pl.UInt32)
        touched = [changed, *(touched_groups(after, before, changed, by) for by in self._groups)]
        rows = pl.concat(touched).unique().implode()
        kept = findings.select(self._frames.schema.names()).cast(self._frames.schema)
        kept = kept.filter(~pl.col(ROW_ID).is_in(rows))
        # Gathering a few rows does not pass over every column, as a filter would.
        again = self.check(after[after.get_column(ROW_ID).is_in(rows).arg_true()])
        return self._frames.join([kept, again])

    def _parts(self, frame: pl.DataFrame, progress: Progress) -> Iterator[pl.DataFrame]:
        tick = self._ticks(frame.height, progress)
        spoilt: list[Mapping[str, pl.Series]] = []
        for start in range(0, frame.height, _ROWS_A_PART):
            part = frame.slice(start, _ROWS_A_PART)
            evaluation = Evaluation(self._plan, part, tick)
            for mask, rows in evaluation.fired():
                yield self._frames.of(part, mask.rule, mask.fields, rows)
            spoilt.append({ROW_ID: part.get_column(ROW_ID), **evaluation.unusable})
        unusable = _whole(spoilt)
        for rule in self._across:
            tick()
            fires = FINDERS[str(rule.implementation)](_readable(frame, rule.fields, unusable), rule)
            yield self._frames.of(frame, rule, rule.fields, fires.arg_true())
        tick()

    def _ticks(self, rows: int, progress: Progress) -> Callable[[], None]:
        """What to call at each step of a check of so many rows; the last call says that all is done."""
        parts, rest = divmod(rows, _ROWS_A_PART)
        steps = parts * Evaluation.ticks(self._plan, _ROWS_A_PART) + len(self._across)
        total = steps + (Evaluation.ticks(self._plan, rest) if rest else 0)
        done = itertools.count()
        return lambda: progress(next(done), total, _CHECKING)


def _whole(parts: Sequence[Mapping[str, pl.Series]]) -> dict[str, pl.Series]:
    """Field -> where it is unusable in all parts together, for the fields that are somewhere."""
    names = dict.fromkeys(name for part in parts for name in part if name != ROW_ID)

    def of(part: Mapping[str, pl.Series], name: str) -> pl.Series:
        usable = pl.repeat(value=False, n=part[ROW_ID].len(), dtype=pl.Boolean, eager=True)
        return part.get(name, usable)

    return {name: pl.concat([of(part, name) for part in parts]) for name in names}


def _readable(frame: pl.DataFrame, names: Iterable[str], spoilt: Mapping[str, pl.Series]) -> pl.DataFrame:
    """These fields, null where they are unusable."""
    return frame.select(
        pl.when(~spoilt[name]).then(pl.col(name)).alias(name) if name in spoilt else pl.col(name)
        for name in dict.fromkeys(names)
    )
