"""One batch as a quality report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.reports import completeness, indicators
from desktop_app.core.reports.charts import charts
from desktop_app.core.reports.columns import derived
from desktop_app.core.reports.model import Figure, Report, RuleCount

if TYPE_CHECKING:
    from desktop_app.core.stages import Checked, Feedback, Receipt
    from validation_rules.contract import Contract

TILES = ("MV", "DCO", "PSU", "STAGEC", "TIME", "COMPL")


def build_report(
    checked: Checked, receipt: Receipt | None = None, feedback: Feedback | None = None
) -> Report:
    """Counts of `checked`, beside the national medians when `feedback` brings them.

    Holds counts, codes and labels only: no number, name or date of a person.
    """
    contract, frame = checked.mapped.contract, checked.frame
    rows = derived(frame)
    counts = completeness.completeness(frame, contract)
    figures = [
        *indicators.shares(rows),
        indicators.timeliness(rows),
        indicators.sex_ratio(rows),
        *indicators.with_findings(rows, checked.findings),
        completeness.completeness_figure(counts, contract),
    ]
    return Report(
        contract=f"{contract.id} {contract.version}",
        contract_title=contract.title,
        today=checked.today,
        records=frame.height,
        persons=frame["numero_patient"].n_unique(),
        corrections=checked.corrections,
        period=_period(rows),
        figures=tuple(_beside(figures, feedback)),
        charts=(*charts(rows), completeness.completeness_chart(counts, contract)),
        rules=tuple(_rules(checked.findings, contract)),
        receipt=receipt,
        outcomes=_outcomes(feedback),
    )


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
