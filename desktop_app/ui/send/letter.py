"""What a person should know before the one button, gathered without Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

import polars as pl

from desktop_app.core.batches.zones import Departure, departures, event_date, kept
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.dispatch import Dispatch
    from desktop_app.core.stages import Checked

EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """`linkage` and `clinical`: three rows of each zone exactly as they will leave.

    `confirmed`: findings by rule that go with the batch. `check_value` was recomputed from the key, and the
    known-answer test passed, when the examples were made. `kept`: labels of the fields that never leave.
    """

    registry: str
    site: str
    finess: str
    records: int
    persons: int
    period: tuple[str, str] | None
    confirmed: dict[str, int]
    key_id: str
    check_value: str
    key_until: date
    columns: tuple[Departure, ...]
    kept: tuple[Text, ...]
    linkage: pl.DataFrame
    clinical: pl.DataFrame


def write_letter(way: Dispatch, checked: Checked, day: date) -> Letter:
    """What would leave now. AppError when a finding blocks, a key is missing, wrong or out of its period."""
    from desktop_app.core.transport import linkage_key

    key = linkage_key(way.enrolment, way.workspace.secrets, day)
    few = way.prepare(replace(checked, frame=checked.frame.head(EXAMPLES)), day)
    dated = event_date(checked.frame.columns)
    years = checked.frame[dated].str.slice(0, 4).drop_nulls() if dated else pl.Series(dtype=pl.String)
    confirmed = checked.findings.filter(pl.col("state") == "confirmed")
    counts = confirmed.group_by(pl.col("rule_id").cast(pl.String)).len().sort("rule_id")
    return Letter(
        registry=way.enrolment.endpoint.removeprefix("https://"),
        site=way.enrolment.site.name,
        finess=way.enrolment.site.finess,
        records=checked.frame.height,
        persons=checked.frame[checked.mapped.contract.record_key[0]].n_unique(),
        period=None if years.is_empty() else (str(years.min()), str(years.max())),
        confirmed=dict(counts.iter_rows()),
        key_id=key.key_id,
        check_value=key.check_value,
        key_until=key.period_end,
        columns=tuple(departures(checked.mapped.contract)),
        kept=tuple(field.label for field in kept(checked.mapped.contract)),
        linkage=few.linkage,
        clinical=few.clinical,
    )
