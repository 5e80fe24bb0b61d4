"""Normalised frame + contract -> findings. Bad data never raises here: a finding is data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import polars as pl

from validation_rules import table_rules
from validation_rules.columns import ColumnChecks, unusable
from validation_rules.compile import Query, masks_of
from validation_rules.contract import Contract
from validation_rules.cross_record import FINDERS, touched_groups
from validation_rules.findings import ROW_ID, FindingFrames
from validation_rules.normalise import drop_blank_rows
from validation_rules.progress import Progress, silent
from validation_rules.text import Text

_ROWS_A_STEP = 200_000
_CHECKING = Text("Contrôle des lignes", "Checking rows")


class Checker:
    """The rules of a contract as they stand on one day. Build once, check often."""

    def __init__(self, contract: Contract, today: date) -> None:
        self._contract = contract
        self._columns = ColumnChecks(contract)
        self._query = Query(contract, today)
        self._frames = FindingFrames(contract)
        custom = [rule for rule in contract.rules if rule.kind == "custom"]
        self._across = tuple(rule for rule in custom if rule.implementation in FINDERS)
        self._over_tables = tuple(rule for rule in custom if rule.implementation in table_rules.FINDERS)
        self._groups = tuple(dict.fromkeys(rule.fields[0] for rule in self._across))

    def check(self, frame: pl.DataFrame, progress: Progress | None = None) -> pl.DataFrame:
        """Every finding of a frame as `normalise` gives it.

        Columns: row_id UInt32, field, rule_id and severity Enum, value String (the values that the rule reads
        joined by " / ", null as ""); sorted by row_id, rule_id, field.
        """
        frame = drop_blank_rows(frame, self._contract)
        return self._frames.join(self._parts(frame, progress or silent))

    def check_rows(
        self, frame: pl.DataFrame, progress: Progress | None = None
    ) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
        """What `check` finds on single rows of a frame without blank rows, and what is unusable on them.

        The second maps a field to a Boolean series, true where rules over several records must not read it:
        they are for `across.Across` when the records come in parts.
        """
        spoilt: dict[str, pl.Series] = {}
        return self._frames.join(self._row_parts(frame, progress or silent, spoilt)), spoilt

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
        spoilt: dict[str, pl.Series] = {}
        yield from self._row_parts(frame, progress, spoilt)
        yield from self._cross_findings(frame, spoilt)

    def _row_parts(
        self, frame: pl.DataFrame, progress: Progress, after: dict[str, pl.Series]
    ) -> Iterator[pl.DataFrame]:
        """Findings of single rows; once they are exhausted, `after` holds what is unusable."""
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
        after.update(self._query.unusable(spoilt, pl.concat(spoilers)))
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

    def _cross_findings(self, frame: pl.DataFrame, spoilt: dict[str, pl.Series]) -> Iterator[pl.DataFrame]:
        for rule in self._across:
            fires = FINDERS[str(rule.implementation)](_readable(frame, rule.fields, spoilt), rule)
            yield self._frames.of(frame, rule, rule.fields, fires)


def _readable(frame: pl.DataFrame, names: Iterable[str], spoilt: dict[str, pl.Series]) -> pl.DataFrame:
    """These fields, null where they are unusable."""
    return frame.select(
        pl.when(~spoilt[name]).then(pl.col(name)).alias(name) if name in spoilt else pl.col(name)
        for name in dict.fromkeys(names)
    )
