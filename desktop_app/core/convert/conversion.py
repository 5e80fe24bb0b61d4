"""From checked contract rows to the rows of another contract, with the count of what does not come along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from desktop_app.core.convert.pseudonyms import Pseudonyms
from desktop_app.core.convert.specification import Specification, Target, Told
from desktop_app.core.convert.territory import Territories
from desktop_app.core.progress import Progress, silent
from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.normalise import normalise
from validation_rules.sql import expression, names
from validation_rules.text import Text

ROW: Final = "row_id"
PATIENT, TUMOUR = "pseudonyme_patient", "pseudonyme_tumeur"
CONVERTING = Text("Conversion", "Converting")
_STEPS = 4


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that are not written, and why. `rule_id` is "" when no rule is at stake. `rows` are row ids."""

    reason: Text
    rule_id: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion gives. `frame`: `row_id` of the source, then the target's fields by name, String.

    `read` counts the source's records. `left_out` may name a record twice, once for each of its errors.
    `losses`: how many written records lose what. `to_confirm` counts the findings on the written rows that
    the target's own check asks a person to confirm.
    """

    contract: Contract
    frame: pl.DataFrame
    read: int
    left_out: tuple[LeftOut, ...]
    losses: tuple[tuple[Text, int], ...]
    to_confirm: int

    @property
    def written(self) -> int:
        """Rows of the file."""
        return self.frame.height

    def lines(self) -> Iterator[str]:
        """The file, a piece at a time: the header of the contract, its column order, its separator."""
        named = self.frame.select(pl.col(f.name).alias(f.export_name) for f in self.contract.fields)
        separator = self.contract.export_separator or ";"
        yield named.head(0).write_csv(separator=separator)
        for part in named.iter_slices(50_000):
            yield part.write_csv(separator=separator, include_header=False)


@dataclass(frozen=True, slots=True)
class Converter:
    """How rows of `source` become rows of `target` on the day of the check.

    `every_behaviour` keeps the benign and uncertain tumours that the mapping would leave out.
    """

    source: Contract
    target: Contract
    how: Specification
    pseudonyms: Pseudonyms
    territories: Territories
    today: date
    every_behaviour: bool = False

    def convert(self, frame: pl.DataFrame, findings: pl.DataFrame, progress: Progress = silent) -> Conversion:
        """The rows of `target` for `frame`, whose check gave `findings`; nothing is written here.

        Records with a finding of severity error are left out, then those that the mapping leaves out, then
        those that the target's own check finds in error.
        """
        progress(0, _STEPS, CONVERTING)
        kept, faulty = _without(frame, _errors(findings, self.source))
        progress(1, _STEPS, CONVERTING)
        rows, unwanted = self._wanted(self._vocabulary(self._with_new_columns(kept)))
        progress(2, _STEPS, CONVERTING)
        written = normalise(rows.select(ROW, *(_written(c) for c in self.how.columns)), self.target)
        found = Checker(self.target, self.today).check(written, progress)
        written, refused = _without(_respelled(written, self.how), _errors(found, self.target))
        progress(3, _STEPS, CONVERTING)
        losses = self._losses(rows.join(written.select(ROW), on=ROW, how="semi"))
        open_ones = found.join(written.select(ROW), on=ROW, how="semi")
        to_confirm = open_ones.filter(pl.col("severity") == "confirm").height
        progress(_STEPS, _STEPS, CONVERTING)
        left = (*faulty, *unwanted, *refused)
        return Conversion(self.target, written, frame.height, left, losses, to_confirm)

    def _with_new_columns(self, frame: pl.DataFrame) -> pl.DataFrame:
        key = frame.select(self.source.record_key)
        patients = self.pseudonyms.of_patients(key.select(self.source.record_key[0])).alias(PATIENT)
        tumours = self.pseudonyms.of_tumours(key).alias(TUMOUR)
        areas = self.territories.of(frame.get_column("commune_residence"))
        return frame.with_columns(patients, tumours, *areas.get_columns())

    def _vocabulary(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with every derived column that the mapping reads, directly or through another."""
        sql = {d.name: d.sql for d in self.source.derived} | dict(self.how.derived)
        told = (*self.how.leave_out, *self.how.losses)
        wanted = _closure(sql, [*(c.sql for c in self.how.columns), *(one.when for one in told)])
        while wanted:
            ready = [name for name in wanted if names(expression(sql[name])) <= set(frame.columns)]
            if not ready:
                raise KeyError(f"derived columns that nothing gives: {sorted(wanted)}")
            frame = frame.with_columns(expression(sql[name]).alias(name) for name in ready)
            wanted -= set(ready)
        return frame

    def _wanted(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, tuple[LeftOut, ...]]:
        left: tuple[LeftOut, ...] = ()
        for told in self.how.leave_out:
            if told.id != "behaviour" or not self.every_behaviour:
                gone = rows.filter(_holds(told)).get_column(ROW)
                rows, more = _without(rows, [LeftOut(told.text, "", tuple(gone))])
                left += more
        return rows, left

    def _losses(self, rows: pl.DataFrame) -> tuple[tuple[Text, int], ...]:
        counts = rows.select(_holds(told).sum().alias(told.id) for told in self.how.losses)
        held = counts.row(0, named=True)
        return tuple((told.text, held[told.id]) for told in self.how.losses if held[told.id])


def _errors(findings: pl.DataFrame, contract: Contract) -> list[LeftOut]:
    """The findings of severity error, a rule at a time."""
    errors = findings.filter(pl.col("severity") == "error").with_columns(pl.col("rule_id").cast(pl.String))
    by_rule = errors.group_by("rule_id", maintain_order=True).agg(pl.col(ROW).unique().sort())
    return [
        LeftOut(contract.rule(rule_id).title, rule_id, tuple(rows)) for rule_id, rows in by_rule.iter_rows()
    ]


def _without(frame: pl.DataFrame, left: Iterable[LeftOut]) -> tuple[pl.DataFrame, tuple[LeftOut, ...]]:
    """The frame without these rows, and those reasons that concern any."""
    real = tuple(item for item in left if item.rows)
    gone = pl.Series([row for item in real for row in item.rows], dtype=pl.UInt32)
    return frame.filter(~pl.col(ROW).is_in(gone.implode())), real


def _closure(sql: Mapping[str, str], read: list[str]) -> set[str]:
    wanted: set[str] = set()
    left = [name for text in read for name in names(expression(text))]
    while left:
        name = left.pop()
        if name in sql and name not in wanted:
            wanted.add(name)
            left += names(expression(sql[name]))
    return wanted


def _holds(told: Told) -> pl.Expr:
    return expression(told.when).fill_null(value=False)


def _written(column: Target) -> pl.Expr:
    return expression(column.sql).alias(column.name)


def _respelled(frame: pl.DataFrame, how: Specification) -> pl.DataFrame:
    """T, N and M as they are usually written: `1a`, `is`, but `X`."""
    return frame.with_columns(
        pl.col(column.name).str.to_lowercase().str.replace_all("x", "X", literal=True)
        for column in how.columns
        if column.tnm_case
    )
