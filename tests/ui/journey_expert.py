"""The person who knows the patients' files: which value makes an error go, found by trying, not by the window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.verdicts import spans_records

_VALUES, _DONORS = 40, 60
Answer = list[tuple[str, str | None]]  # field, new value


class Expert:
    """Answers one error at a time; each answer leaves fewer errors on the rows that it is about."""

    def __init__(self, contract: Contract, today: date) -> None:
        self._contract, self._checker = contract, Checker(contract, today)

    def answer(self, frame: pl.DataFrame, findings: pl.DataFrame, rows: Sequence[int], rule: str) -> Answer:
        """What to write on each of `rows` (row ids, one unless all get the same) against a finding of `rule`."""
        row = frame.filter(pl.col("row_id") == rows[0])
        if spans_records(self._contract.rule(rule)):
            return [self._other_key(frame, row, rule)]
        clean = frame.filter(~pl.col("row_id").is_in(findings["row_id"].implode()))
        about = findings.filter(pl.col("row_id") == rows[0])
        fields = _fields(about.filter(pl.col("rule_id").cast(str) == rule))
        others = _fields(about.filter(pl.col("severity") == "error"))
        single: list[Answer] = [
            [(field, value)] for field in fields for value in self._values(clean, row, field)
        ]
        for answers in (single, _donated(clean, fields), _donated(clean, [*others, *fields])):
            best = self._best(frame.filter(pl.col("row_id").is_in(list(rows))), answers)
            if best is not None:
                return best
        raise AssertionError(f"nobody knows what to do against {rule}")

    def _other_key(self, frame: pl.DataFrame, row: pl.DataFrame, rule: str) -> tuple[str, str | None]:
        """Two records of one key, or two persons under one number: another number."""
        field = "numero_tumeur" if "numero_tumeur" in self._contract.rule(rule).fields else "numero_patient"
        taken = set(frame[field])
        held = str(row[field][0])
        stem = held.rstrip("0123456789")
        width = len(held) - len(stem)
        last = 10**width - 1
        return field, next(
            new for n in range(last, 0, -1) if (new := f"{stem}{n:0{width}}") not in taken
        )

    def _values(self, clean: pl.DataFrame, row: pl.DataFrame, field: str) -> list[str | None]:
        used = clean[field].drop_nulls().value_counts(sort=True)[field].head(_VALUES).to_list()
        dates = [name for name in frame_dates(self._contract) if name != field]
        near = [row[name][0] for name in dates] if field in frame_dates(self._contract) else []
        found = [*used, *self._contract.field(field).codes[:20], *near, None]
        return [value for value in dict.fromkeys(found) if value != row[field][0]]

    def _best(self, rows: pl.DataFrame, answers: Sequence[Answer]) -> Answer | None:
        """The answer after which the fewest errors stand on these rows; None when none makes one go."""
        tried = [rows, *(rows.with_columns(_written(answer)) for answer in answers)]
        everything = pl.concat(tried, how="vertical_relaxed").with_columns(
            row_id=pl.int_range(1, len(tried) * rows.height + 1, dtype=pl.UInt32)
        )
        found, _ = self._checker.check_alone(everything)
        scores = [[0, 0] for _ in tried]
        for row_id, severity in found.select("row_id", pl.col("severity").cast(str)).iter_rows():
            if severity != "info":
                scores[(row_id - 1) // rows.height][severity == "confirm"] += 1
        place = min(range(1, len(tried)), key=lambda n: scores[n], default=0)
        return answers[place - 1] if place and scores[place][0] < scores[0][0] else None


def frame_dates(contract: Contract) -> list[str]:
    """The fields that hold a date."""
    return [field.name for field in contract.fields if field.name.startswith("date_")]


def _fields(findings: pl.DataFrame) -> list[str]:
    names = [name for field in findings["field"].cast(str) for name in field.split("+")]
    return list(dict.fromkeys(names))


def _donated(clean: pl.DataFrame, fields: Iterable[str]) -> list[Answer]:
    """What records without a finding have in these fields."""
    names = list(dict.fromkeys(fields))
    return [list(zip(names, values, strict=True)) for values in clean.select(names).head(_DONORS).iter_rows()]


def _written(answer: Answer) -> list[pl.Expr]:
    return [pl.lit(value, pl.String).alias(field) for field, value in answer]
