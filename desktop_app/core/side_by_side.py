"""The records that a finding over several records is about, side by side, and the choices that exist.

Which choices depend on what the rule asks: whether two tumours are one, or whether two people are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from desktop_app.core.bench_frames import rows_at
from desktop_app.core.bench_types import CellEdit
from validation_rules.text import Text
from validation_rules.verdicts import spans_records

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from validation_rules.contract import Contract, Rule

Question = Literal["records", "tumours", "persons"]
_QUESTIONS: dict[str, Question] = {
    "repeated_key": "records",
    "same_tumour": "tumours",
    "both_sides": "tumours",
    "multiple_primaries": "tumours",
    "one_value_per_group": "persons",
    "same_person": "persons",
    "contradictory_values": "persons",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all the records. `differs`: they do not all hold the same; `read`: the rule reads it."""

    field: str
    values: tuple[str | None, ...]
    differs: bool
    read: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The records of a finding, the one at hand first. Its repr holds no cell value.

    `keeps`: the open findings (row, rule) that keeping all of them would confirm: of this rule, and of the
    others that ask the same of the same records. Empty where that cannot be confirmed. `withdraws`: whether
    one of them can be the same as another, and be withdrawn.
    """

    rule_id: str
    question: Question
    rows: tuple[int, ...]
    lines: tuple[Line, ...]
    why: Text
    keeps: tuple[tuple[int, str], ...]
    withdraws: bool

    def __repr__(self) -> str:
        return f"SideBySide({self.rule_id!r}, {self.rows})"

    def line(self, field: str) -> Line:
        """The line of a field. KeyError when no record holds anything in it."""
        for line in self.lines:
            if line.field == field:
                return line
        raise KeyError(field)

    def taken_from(self, row_id: int, fields: Sequence[str]) -> list[CellEdit]:
        """The cells that make the other records hold what this one holds in these fields."""
        place = self.rows.index(row_id)
        return [
            CellEdit(other, line.field, line.values[place])
            for line in map(self.line, fields)
            for other, value in zip(self.rows, line.values, strict=True)
            if other != row_id and value != line.values[place]
        ]

    def completed(self, kept: int, out: int) -> list[CellEdit]:
        """The cells that are blank in record `kept` and not in `out`: what would be lost with this one."""
        place, other = self.rows.index(kept), self.rows.index(out)
        return [
            CellEdit(kept, line.field, line.values[other])
            for line in self.lines
            if line.values[place] is None and line.values[other] is not None
        ]


def comparable(contract: Contract, rule_id: str) -> bool:
    """Whether the findings of a rule are about records that can stand side by side."""
    rule = contract.rule(rule_id)
    return spans_records(rule) and str(rule.implementation) in _QUESTIONS


def side_by_side(bench: Bench, row_id: int, rule_id: str) -> SideBySide | None:
    """The records of the finding of `rule_id` on a row; None when the row has no such finding any more."""
    contract = bench.contract
    if not comparable(contract, rule_id):
        return None
    verdict = bench.verdict(row_id, rule_id)
    if verdict is None or not verdict.others:
        return None
    rows = (row_id, *verdict.others)
    question = _question(contract.rule(rule_id))
    return SideBySide(
        rule_id,
        question,
        rows,
        shown_lines(bench, rows, contract.rule(rule_id).fields),
        verdict.text,
        _keeps(bench, rows, rule_id, question),
        question != "persons",
    )


def shown_lines(bench: Bench, rows: Sequence[int], read: Sequence[str] = ()) -> tuple[Line, ...]:
    """The fields in which one of these rows holds something: those in `read` first, then as the contract."""
    frame = rows_at(bench.frame, pl.Series("row_id", rows, dtype=pl.UInt32))
    places = [frame["row_id"].to_list().index(row) for row in rows]
    names = dict.fromkeys((*read, *bench.contract.field_names))
    lines = []
    for name in names:
        values = tuple(frame[name].gather(places).to_list())
        if any(value is not None for value in values):
            lines.append(Line(name, values, len(set(values)) > 1, name in read))
    return tuple(lines)


def _question(rule: Rule) -> Question:
    return _QUESTIONS[str(rule.implementation)]


def _keeps(
    bench: Bench, rows: Sequence[int], rule_id: str, question: Question
) -> tuple[tuple[int, str], ...]:
    """The open findings to confirm when all these records stay; those of other rules only where these ask the
    same of the very same records."""
    contract, row = bench.contract, rows[0]
    rule_of, near = pl.col("rule_id").cast(pl.String), pl.col("row_id").is_in(list(rows))
    open_ones = (pl.col("severity") == "confirm") & (pl.col("state") == "open")
    found = bench.findings.filter(near & open_ones).select("row_id", rule_of).rows()
    asked = [rule_id] if any(rule == rule_id for _, rule in found) else []
    for rule in sorted({rule for at, rule in found if at == row and rule != rule_id}):
        if comparable(contract, rule) and _question(contract.rule(rule)) == question and asked:
            other = bench.verdict(row, rule)
            if other is not None and set(other.others) == set(rows[1:]):
                asked.append(rule)
    return tuple(pair for pair in found if pair[1] in asked)
