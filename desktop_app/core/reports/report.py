"""One batch as a quality report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.reports import completeness, indicators
from desktop_app.core.reports.charts import charts
from desktop_app.core.reports.columns import dated, derived, holds_tumours
from desktop_app.core.reports.model import Figure, Report, RuleCount

if TYPE_CHECKING:
    from desktop_app.core.stages import Checked, Feedback, Receipt
    from validation_rules.contract import Contract

TILES = ("MV", "DCO", "PSU", "STAGEC", "TIME", "COMPL")
TILES_OF_ANY = ("ERR", "WARN", "COMPL")


def tiles(report: Report) -> list[Figure]:
    """The figures shown large: those of tumours, or those that any records have."""
    held = {figure.code for figure in report.figures}
    return [report.figure(code) for code in (TILES if held.issuperset(TILES) else TILES_OF_ANY)]


def build_report(
    checked: Checked, receipt: Receipt | None = None, feedback: Feedback | None = None
) -> Report:
    """Counts of `checked`, beside the national medians when `feedback` brings them.

    The figures of tumours are there when the rows are tumours.
    Holds counts, codes and labels only: no number, name or date of a person.
    """
    contract, frame = checked.mapped.contract, checked.frame
    tumours = holds_tumours(frame)
    rows = derived(frame) if tumours else dated(frame)
    counts = completeness.completeness(frame, contract)
    figures = [
        *(_of_tumours(rows) if tumours else ()),
        *indicators.with_findings(rows, checked.findings),
        completeness.completeness_figure(counts, contract),
    ]
    return Report(
        contract=f"{contract.id} {contract.version}",
        contract_title=contract.title,
        today=checked.today,
        records=frame.height,
        persons=frame[contract.record_key[0]].n_unique(),
        corrections=checked.corrections,
        period=_period(rows),
        figures=tuple(_beside(figures, feedback)),
        charts=(*(charts(rows) if tumours else ()), completeness.completeness_chart(counts, contract)),
        rules=tuple(_rules(checked.findings, contract)),
        receipt=receipt,
        outcomes=_outcomes(feedback),
    )


def _of_tumours(rows: pl.DataFrame) -> list[Figure]:
    return [*indicators.shares(rows), indicators.timeliness(rows), indicators.sex_ratio(rows)]


def _period(rows: pl.DataFrame) -> tuple[str, str] | None:
    years = rows["year"].drop_nulls()
    return None if years.is_empty() else (str(years.min()), str(years.max()))


def _beside(figures: list[Figure], feedback: Feedback | None) -> list[Figure]:
    if feedback is None:
        return figures
    known = {line["code"]: line for line in feedback.indicators.iter_rows(named=True)}
    return [
        replace(figure, median=known[figure.code]["median"], sites=int(known[figure.code]["sites"] or 0))
        if figure.code in known
        else figure
        for figure in figures
    ]


def _rules(findings: pl.DataFrame, contract: Contract) -> list[RuleCount]:
    confirmed = pl.col("state") == "confirmed"
    counts = (
        findings.group_by(pl.col("rule_id").cast(pl.String), pl.col("severity").cast(pl.String))
        .agg((~confirmed).sum().alias("open"), confirmed.sum().alias("confirmed"), pl.len().alias("all"))
        .sort("all", "rule_id", descending=[True, False])
    )
    return [
        RuleCount(rule, contract.rule(rule).title, severity, still, accepted)
        for rule, severity, still, accepted, _ in counts.iter_rows()
    ]


def _outcomes(feedback: Feedback | None) -> dict[str, int]:
    if feedback is None:
        return {}
    counts = feedback.outcomes.group_by(pl.col("outcome").cast(pl.String)).len().sort("outcome")
    return dict(counts.iter_rows())
