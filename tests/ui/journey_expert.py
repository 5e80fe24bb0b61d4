"""The person who knows the patients' files: which value makes an error go, found by trying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import polars as pl

from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.verdicts import spans_records

_VALUES, _DONORS = 40, 60
_DATES = ("date_naissance", "date_incidence", "date_dernieres_nouvelles", "date_enregistrement")
Answer = list[tuple[str, str | None]]  # field, new value


class Expert:
    """Answers one error at a time; each answer leaves fewer errors on the rows that it is about."""

    def __init__(self, contract: Contract, today: date) -> None:
        self._contract, self._checker = contract, Checker(contract, today)

    def answer(self, frame: pl.DataFrame, findings: pl.DataFrame, rows: Sequence[int], rule: str) -> Answer:
        """What to write on each of `rows` (row ids) against a finding of `rule`."""
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
        if "numero_tumeur" in self._contract.rule(rule).fields:
            same = frame.filter(pl.col("numero_patient") == row["numero_patient"][0])
            return "numero_tumeur", _free(row["numero_tumeur"][0], set(same["numero_tumeur"]))
        return "numero_patient", _free(row["numero_patient"][0], set(frame["numero_patient"]))

    def _values(self, clean: pl.DataFrame, row: pl.DataFrame, field: str) -> list[str | None]:
        used = clean[field].drop_nulls().value_counts(sort=True)[field].head(_VALUES).to_list()
        near = _dates_near(row) if field in _DATES else []
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


def _free(held: str, taken: set[str]) -> str:
    """A number in the same form that nobody has."""
    stem = held.rstrip("0123456789")
    width = max(len(held) - len(stem), 1)
    return next(new for n in range(10**width - 1, 0, -1) if (new := f"{stem}{n:0{width}}") not in taken)


def _dates_near(row: pl.DataFrame) -> list[str | None]:
    """The other dates of the record, and the births that its number and its age allow."""
    held = row.row(0, named=True)
    found: list[str | None] = [held[name] for name in _DATES]
    number = held["matricule_ins"] or ""
    if number[1:5].isdigit():
        found += [f"{century}{number[1:3]}-{number[3:5]}-15" for century in (19, 20)]
    if (held["date_incidence"] or "")[:4].isdigit() and (held["age_incidence"] or "").isdigit():
        year, rest = int(held["date_incidence"][:4]) - int(held["age_incidence"]), held["date_incidence"][4:]
        found += [f"{year}{rest}", f"{year - 1}{rest}", f"{year - 1}-07-01"]
    return found


def _fields(findings: pl.DataFrame) -> list[str]:
    names = [name for field in findings["field"].cast(str) for name in field.split("+")]
    return list(dict.fromkeys(names))


def _donated(clean: pl.DataFrame, fields: Iterable[str]) -> list[Answer]:
    """What records without a finding have in these fields."""
    names = list(dict.fromkeys(fields))
    return [list(zip(names, values, strict=True)) for values in clean.select(names).head(_DONORS).iter_rows()]


def _written(answer: Answer) -> list[pl.Expr]:
    return [pl.lit(value, pl.String).alias(field) for field, value in answer]
