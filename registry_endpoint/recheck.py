"""The same rules as the site's, run again on what the registry can see of the rows."""

from __future__ import annotations

from datetime import date

import polars as pl

from desktop_app.core.batches import wire
from desktop_app.core.batches.refusals import MOST_FINDINGS, Refusal
from desktop_app.core.batches.zones import clinical_fields, month_fields
from validation_rules import table_rules
from validation_rules.check import Checker
from validation_rules.contract import Contract
from validation_rules.normalise import normalise


def visible_rules(contract: Contract) -> frozenset[str]:
    """Rules that give the same answer here as at the site.

    Every field they read has left the site as it is, and so has every field of the rules they wait for.
    """
    seen = set(clinical_fields(contract)) - set(month_fields(contract))
    of_one_row = (None, *table_rules.FINDERS)
    visible = {
        rule.id
        for rule in contract.rules
        if rule.implementation in of_one_row and {*rule.fields, *rule.required, *rule.optional} <= seen
    }
    while True:
        held_back = {
            rule.id
            for rule in contract.rules
            if rule.id in visible and any(other not in visible for other in rule.depends_on)
        }
        if not held_back:
            return frozenset(visible)
        visible -= held_back


def recheck(
    clinical: pl.DataFrame, contract: Contract, today: date, confirmed: dict[str, int]
) -> list[wire.FindingLine]:
    """Findings of the visible rules. `confirmed`: what the manifest says was confirmed, by rule.

    `today` is the day of the site's own check, so that what it let pass passes here.

    Refusals: `rule-errors`, with the rows; `confirmed-counts` when what is to confirm was not confirmed.
    """
    visible = visible_rules(contract)
    frame = normalise(_rows(clinical, contract), contract)
    findings = (
        Checker(contract, today)
        .check(frame)
        .with_columns(pl.col("rule_id", "severity", "field").cast(pl.String))
    )
    findings = findings.filter(pl.col("rule_id").is_in(visible))
    ids = clinical.select("record_id").with_row_index("row_id", offset=1)
    lines = findings.join(ids, on="row_id")
    errors = lines.filter(pl.col("severity") == "error")
    if not errors.is_empty():
        raise Refusal("rule-errors", _lines(errors.head(MOST_FINDINGS)), _counts(errors))
    to_confirm = _counts(lines.filter(pl.col("severity") == "confirm"))
    stated = {
        rule: count
        for rule, count in confirmed.items()
        if rule in visible and _severity(contract, rule) == "confirm"
    }
    if to_confirm != {rule: count for rule, count in stated.items() if count}:
        raise Refusal("confirmed-counts", counts=to_confirm)
    return _lines(lines)


def _rows(clinical: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    kept = clinical.drop("record_id", *month_fields(contract))
    return kept.with_row_index("row_id", offset=1)


def _counts(lines: pl.DataFrame) -> dict[str, int]:
    return dict(lines.group_by("rule_id").len().sort("rule_id").iter_rows())


def _lines(findings: pl.DataFrame) -> list[wire.FindingLine]:
    rows = findings.select("record_id", "field", "rule_id", "severity").iter_rows(named=True)
    return [wire.FindingLine.model_validate(row) for row in rows]


def _severity(contract: Contract, rule_id: str) -> str:
    return contract.rule(rule_id).severity
