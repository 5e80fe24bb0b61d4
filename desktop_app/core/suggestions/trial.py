"""Ideas held to the rules: only those that make the finding go and bring no error to the row are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

import polars as pl

from desktop_app.core.bench_frames import applied
from desktop_app.core.progress import Progress, silent
from desktop_app.core.standing import Standing
from desktop_app.core.suggestions.idea import Idea
from desktop_app.core.suggestions.names import Names
from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.cross_record import FINDERS
from validation_rules.normalise import normalise
from validation_rules.partial import part_of, touched_rules
from validation_rules.text import Text

_ROWS_A_PART = 50_000
_TRYING = Text("Essai des propositions", "Trying the suggestions")
_FOUND = {"row_id": pl.UInt32, "field": pl.String, "rule_id": pl.String, "severity": pl.String}


class Batch(Protocol):
    """What suggestions ask of a batch; `Bench` is one."""

    @property
    def contract(self) -> Contract:
        """The contract of the rows."""

    @property
    def today(self) -> date:
        """The day of the check."""

    @property
    def standing(self) -> Standing:
        """Rows and findings that belong together."""


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """An idea on the rows where it holds.

    `rows`: row_id, then one String column a field that it writes. `adds`: row_id, rule_id of the findings to
    confirm that it would bring.
    """

    kind: str
    rows: pl.DataFrame
    adds: pl.DataFrame

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it writes."""
        return tuple(self.rows.columns[1:])


class Trial:
    """The rules of a contract on one day, asked about rows that do not exist. Made once, used often."""

    def __init__(self, contract: Contract, today: date) -> None:
        self._contract, self._today = contract, today
        self._alone: dict[frozenset[str], Checker] = {}

    @cached_property
    def _whole(self) -> Checker:
        return Checker(self._contract, self._today)

    def keep(
        self,
        standing: Standing,
        names: Names,
        rule_id: str,
        field: str,
        ideas: Sequence[tuple[pl.Series, Idea]],
        progress: Progress = silent,
    ) -> list[Kept]:
        """Each idea on the rows where it is good; ideas that are good nowhere are left out.

        `ideas`: ids of the rows of its scene, and the idea. Raises Cancelled through `progress`.
        """
        kept = []
        for number, (row_ids, idea) in enumerate(ideas):
            progress(number, len(ideas), _TRYING)
            wanted = _wanted(row_ids, idea, names, field)
            parts = [
                good
                for start in range(0, wanted.height, _ROWS_A_PART)
                if (good := self._tried(standing, rule_id, field, wanted[start : start + _ROWS_A_PART]))
                is not None
            ]
            if parts:
                rows, adds = (pl.concat(part) for part in zip(*parts, strict=True))
                kept.append(Kept(idea.kind, rows, adds))
        return kept

    def together(self, standing: Standing, rule_id: str, field: str, cells: pl.DataFrame) -> pl.Series:
        """Ids of the rows of `cells` (row_id, field, new) that are still good when all are written at once.

        Two rows of one patient that take each other's value are good one by one, and wrong together.
        """
        frame = applied(standing.frame, cells)
        rows = cells["row_id"].unique().sort()
        again = self._whole.recheck_with(
            frame, standing.found.clear(), rows, standing.index, cells["field"].unique()
        )
        known = _plain(standing.found, rows)
        return _good(rows, known, _plain(again.findings, rows), (rule_id, field), late=False)

    def _tried(
        self, standing: Standing, rule_id: str, field: str, wanted: pl.DataFrame
    ) -> tuple[pl.DataFrame, pl.DataFrame] | None:
        before = _rows(standing.frame, wanted["row_id"])
        after = normalise(before.update(wanted, on="row_id", include_nulls=True), self._contract)
        fields = [name for name in wanted.columns[1:] if not after[name].equals(before[name])]
        touched = touched_rules(self._contract, fields) if after.height == before.height else frozenset()
        if rule_id not in touched:
            return None
        known = _plain(standing.found, before["row_id"])
        told = self._alone_for(frozenset(fields), touched).check(after)
        good = _good(after["row_id"], known, _plain(told), (rule_id, field), self._spans(rule_id))
        told = _plain(told)
        if good.len() and any(self._spans(name) for name in touched):
            after = after.filter(pl.col("row_id").is_in(good.implode()))
            across = self._across(standing, after, fields)
            good = _good(good, known, across, (rule_id, field), late=False)
            told = pl.concat([told, across])
        if good.is_empty():
            return None
        is_good = pl.col("row_id").is_in(good.implode())
        fresh = _fresh(told.filter(is_good & (pl.col("severity") == "confirm")), known)
        changed = after.filter(is_good).select("row_id", *fields)
        return changed, fresh.select("row_id", "rule_id").unique(maintain_order=True)

    def _spans(self, rule_id: str) -> bool:
        return self._contract.rule(rule_id).implementation in FINDERS

    def _alone_for(self, fields: frozenset[str], touched: frozenset[str]) -> Checker:
        """The rules over one record that an edit of these fields can touch."""
        if fields not in self._alone:
            alone = frozenset(name for name in touched if not self._spans(name))
            self._alone[fields] = Checker(part_of(self._contract, alone), self._today)
        return self._alone[fields]

    def _across(self, standing: Standing, after: pl.DataFrame, fields: list[str]) -> pl.DataFrame:
        """What the rules would say of these rows, the others of their groups as they stand."""
        cells = after.select("row_id", *fields).unpivot(
            index="row_id", variable_name="field", value_name="new"
        )
        frame = applied(standing.frame, cells)
        rows = after["row_id"]
        again = self._whole.recheck_with(frame, standing.found.clear(), rows, standing.index, fields)
        return _plain(again.findings, rows)


def _wanted(row_ids: pl.Series, idea: Idea, names: Names, field: str) -> pl.DataFrame:
    """`row_id` and the new values by field, of the rows where the idea holds."""
    columns = {"row_id": row_ids}
    for part, values in idea.cells.items():
        name = names.field(part, field)
        if name is not None:
            columns[name] = values
    return pl.DataFrame(columns).filter(idea.where)


def _rows(frame: pl.DataFrame, row_ids: pl.Series) -> pl.DataFrame:
    """These rows (ids ascending) of a frame that is sorted by row id."""
    return frame[frame["row_id"].search_sorted(row_ids)]


def _plain(found: pl.DataFrame, rows: pl.Series | None = None) -> pl.DataFrame:
    if rows is not None:
        found = found.filter(pl.col("row_id").is_in(rows.implode()))
    return found.select(pl.col(name).cast(kind) for name, kind in _FOUND.items())


def _fresh(told: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """What is told and was not known of the row."""
    return told.join(known, on=["row_id", "field", "rule_id"], how="anti", maintain_order="left")


def _good(
    rows: pl.Series, known: pl.DataFrame, told: pl.DataFrame, finding: tuple[str, str], late: bool
) -> pl.Series:
    """The rows without the finding and without a new error. `late`: the finding is looked at later."""
    rule_id, field = finding
    here = (pl.col("rule_id") == rule_id) & (pl.col("field") == field)
    stays = told.clear() if late else told.filter(here)
    worse = _fresh(told.filter(pl.col("severity") == "error"), known)
    bad = pl.concat([stays["row_id"], worse["row_id"]])
    return rows.filter(~rows.is_in(bad.implode()))
