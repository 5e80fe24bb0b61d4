"""What a report holds, in both languages: figures, charts and counts, never a value of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from desktop_app.core.stages import Receipt
from validation_rules.text import Text

Unit = Literal["percent", "days", "ratio"]
Kind = Literal["bars", "columns", "stack", "pyramid"]


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a trend; `value` is None when the year has no record to count."""

    year: int
    value: float | None
    records: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator. Percentages run from 0 to 100; `low` and `high` are the bounds at 95 %.

    `value` is None when there is nothing to count. `median` is the national one, known once the registry
    has answered; `sites` is the number of sites behind it.
    """

    code: str
    title: Text
    definition: Text
    source: str
    unit: Unit
    value: float | None
    low: float | None = None
    high: float | None = None
    numerator: int | None = None
    denominator: int = 0
    trend: tuple[Point, ...] = ()
    median: float | None = None
    sites: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One bar (or row of a pyramid) with one number a series."""

    label: Text
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers ready to be drawn or put in a table; `series` names them, `percent` says they are shares."""

    key: str
    kind: Kind
    title: Text
    note: Text
    series: tuple[Text, ...]
    items: tuple[Item, ...]
    percent: bool = False


@dataclass(frozen=True, slots=True)
class RuleCount:
    """Findings of one rule: still open, and confirmed with a reason."""

    rule_id: str
    title: Text
    severity: str
    open: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Report:
    """One batch on one day. `outcomes` counts what the registry said, by outcome code."""

    contract: str
    contract_title: Text
    today: date
    records: int
    persons: int
    corrections: int
    period: tuple[str, str] | None
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    rules: tuple[RuleCount, ...]
    receipt: Receipt | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)

    def figure(self, code: str) -> Figure:
        """The indicator `code`. Raises KeyError when the report has none."""
        for figure in self.figures:
            if figure.code == code:
                return figure
        raise KeyError(code)
