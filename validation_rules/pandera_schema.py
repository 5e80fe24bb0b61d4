"""A contract as a pandera schema, for notebooks and pipelines. Slower than `Checker`, with the same verdicts.

    import polars as pl
    from datetime import date
    from pandera.errors import SchemaErrors
    from validation_rules import to_pandera
    from validation_rules.contract import load_contract

    schema = to_pandera(load_contract("rnc-tumeurs"), date.today())
    frame = pl.read_csv("extract.csv", infer_schema=False)       # or pandas.read_csv(..., dtype=str)
    try:
        records = schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        errors.failure_cases.group_by("check").len()             # rule -> number of rows
        errors.failure_cases.filter(check="SEX-01")              # column failure_case: the row_id of each

Every rule is a check of the column `row_id` and bears the id of the rule, and the field for one that looks
at fields one by one (`DAT-03 date_naissance`). Its failure cases are row numbers from 1, and never values:
those of a patient have no place in the text of an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from validation_rules.check import Checker
from validation_rules.contract import Contract, Field
from validation_rules.normalise import ROW_ID, normalise
from validation_rules.sql import expression
from validation_rules.steps import Step, Steps, steps
from validation_rules.tables import table

_READ = "what rules read"


class ContractSchema(pa.DataFrameSchema):
    """The rules of a contract as they stand on one day."""

    def __init__(self, contract: Contract, today: date) -> None:
        self._contract = contract
        self._today = today
        self._checker = Checker(contract, today)
        plan = steps(contract)
        self._plan = plan
        cells = [_cell_check(step, contract) for step in plan.cells]
        early = [_fired_check(step) for layer in plan.layers for step in layer]
        late = [_row_check(step) for step in plan.others]
        columns = {name: pa.Column(pl.String, nullable=True) for name in contract.field_names}
        row_id = pa.Column(pl.UInt32, checks=[*cells, *early, *late])
        super().__init__({ROW_ID: row_id, **columns}, name=f"{contract.id}@{contract.version}")

    @classmethod
    def get_backend(cls, check_obj: Any = None, check_type: type | None = None) -> Any:
        """pandera knows its own classes only."""
        return pa.DataFrameSchema.get_backend(check_obj, check_type)

    def validate(self, check_obj: Any, *args: Any, **kwargs: Any) -> pl.DataFrame:  # type: ignore[override]
        """The records, normalised, when no rule fires.

        `check_obj` is a frame of Polars (a lazy one is collected) or pandas, with columns of the contract;
        `row_id` is counted from 1 when it has none. The other arguments are those of pandera: with
        `lazy=True` all rules speak. Raises `SchemaError`, or `SchemaErrors` when lazy.
        """
        records = normalise(_polars(check_obj, self._contract), self._contract)
        readable = _readable(records, self._contract, self._plan, self._today)
        readable = readable.with_columns(self._custom(records))
        whole = records.with_columns(readable.to_struct(_READ))
        return super().validate(whole, *args, **kwargs).drop(_READ)

    def _custom(self, records: pl.DataFrame) -> list[pl.Series]:
        """Where the rules fire that no predicate tells: over several records, over tables."""
        custom = [step for step in self._plan.others if step.rule.kind == "custom"]
        found = self._checker.check(records) if custom else pl.DataFrame()
        fired = []
        for step in custom:
            of = (pl.col("rule_id") == step.rule.id) & (pl.col("field") == "+".join(step.fields))
            rows = found.filter(of).get_column(ROW_ID)
            fired.append(records.get_column(ROW_ID).is_in(rows.implode()).alias(_fires(step)))
        return fired


# What a check asks: a lazy frame of one Boolean column, true where the row is right.

_Ask = Callable[[PolarsData], pl.LazyFrame]


def _check(step: Step, ask: _Ask) -> pa.Check:
    return pa.Check(ask, name=step.name, title=step.rule.title.en, description=step.rule.why.en)


def _cell_check(step: Step, contract: Contract) -> pa.Check:
    right = ~_cell_fault(step, contract)
    return _check(step, lambda data: data.lazyframe.select(right))


def _fired_check(step: Step) -> pa.Check:
    """A rule has spoken before pandera asks: one that spoils what others read, or that is no predicate."""
    return _check(step, lambda data: data.lazyframe.select(~pl.col(_READ).struct.field(_fires(step))))


def _row_check(step: Step) -> pa.Check:
    if step.rule.kind == "custom":
        return _fired_check(step)
    right = ~_guarded(step)
    return _check(step, lambda data: data.lazyframe.select(_READ).unnest(_READ).select(right))


# The frame that the rules of a row read.


def _readable(records: pl.DataFrame, contract: Contract, plan: Steps, today: date) -> pl.DataFrame:
    """The vocabulary of the contract, without what is unusable; and where the rules that spoil have fired."""
    faults: dict[str, list[pl.Expr]] = {}
    for step in plan.cells:
        if step.rule.spoils:
            faults.setdefault(step.fields[0], []).append(_cell_fault(step, contract))
    usable = {name: ~pl.any_horizontal(pl.lit(value=False), *faults.get(name, ())) for name in plan.touches}
    frame = records.select(
        *(pl.when(usable[name]).then(pl.col(name)).alias(name) for name in contract.field_names),
        *(flag.alias(_flag(name)) for name, flag in usable.items()),
        *_day(contract, today),
    )
    for level in plan.levels:
        frame = frame.with_columns(expression(d.sql).alias(d.name) for d in level.derived)
        for look in level.lookups:
            keys = {key: f"{look.table} {key}" for key in look.key}
            columns = (pl.col(of).alias(name) for name, of in look.columns.items())
            right = table(look.table).select(*(pl.col(k).alias(to) for k, to in keys.items()), *columns)
            frame = frame.join(
                right,
                left_on=list(look.key.values()),
                right_on=list(keys.values()),
                how="left",
                maintain_order="left",
            )
    for layer in plan.layers:
        frame = _without(frame.with_columns(_guarded(s).alias(_fires(s)) for s in layer), layer, plan)
    return frame


def _day(contract: Contract, today: date) -> Iterable[pl.Expr]:
    parts = (today.year, today.month, today.day)
    for name, value in zip(contract.parameters, parts, strict=False):
        yield pl.lit(value, dtype=pl.Int16).alias(name)


def _without(frame: pl.DataFrame, layer: Iterable[Step], plan: Steps) -> pl.DataFrame:
    """Takes out what the rules of a layer make unusable, and all that is derived from it."""
    for step in layer:
        name, sound = str(step.spoils), ~pl.col(_fires(step))
        frame = frame.with_columns(
            (_usable(name) & sound).alias(_flag(name)),
            *(pl.when(sound).then(pl.col(column)).alias(column) for column in plan.touches[name]),
        )
    return frame


def _flag(field: str) -> str:
    return f"usable {field}"


def _usable(field: str) -> pl.Expr:
    return pl.col(_flag(field))


def _fires(step: Step) -> str:
    return f"fires {step.name}"


def _guarded(step: Step) -> pl.Expr:
    fires = pl.all_horizontal(*map(_usable, step.guards), expression(step.where))
    return fires.fill_null(value=False)


# The checks of single cells.


def _cell_fault(step: Step, contract: Contract) -> pl.Expr:
    """A value has one fault at most: its form comes before its code, its code before other rules."""
    field = contract.field(step.fields[0])
    right = pl.lit(value=True)
    form = _has_form(field) if field.pattern else right
    code = _is_code(field) if field.codes else right
    match step.rule.kind:
        case "REQ":
            fault = pl.col(field.name).is_null()
        case "FMT":
            fault = ~form
        case "COD":
            fault = form & ~code
        case _:
            fault = form & code & expression(step.where)
    return fault.fill_null(value=False)


def _has_form(field: Field) -> pl.Expr:
    value = pl.col(field.name)
    form = value.str.contains(str(field.pattern))
    for variant in field.variants:
        in_force = pl.col(variant.field).is_in(list(variant.values)).fill_null(value=False)
        form = pl.when(in_force).then(value.str.contains(variant.pattern)).otherwise(form)
    if field.bounds:
        within = value.cast(pl.Int64, strict=False).is_between(*field.bounds).fill_null(value=False)
        # With an empty text for none: a blank has no form, it does not have a wrong one.
        form &= within | (value == (field.unknown_value or ""))
    return form


def _is_code(field: Field) -> pl.Expr:
    value, codes = pl.col(field.name), list(field.codes)
    if field.separator is None:
        return value.is_in(codes)
    return value.str.split(field.separator).list.set_difference(codes).list.len() == 0


# Frames of others.


def _polars(frame: Any, contract: Contract) -> pl.DataFrame:
    """A frame of Polars or pandas as an eager one of Polars: pandera says nothing of a lazy one."""
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame
    names = [name for name in (ROW_ID, *contract.field_names) if name in frame.columns]
    return pl.DataFrame({name: _texts(frame[name]) for name in names})


def _texts(column: Any) -> pl.Series:
    blank = column.isna().tolist()
    cells = (None if empty else _text(value) for value, empty in zip(column.tolist(), blank, strict=True))
    return pl.Series(list(cells), dtype=pl.String)


def _text(value: object) -> str:
    """pandas turns a column of whole numbers that has a blank into decimals, and dates into date-times."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value)
