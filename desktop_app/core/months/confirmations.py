"""Confirmations of other extracts: those that hold here, and those that lapsed because something changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.corrections import Schema, confirmed_by, record_hashes

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.corrections import Action

CONFIRMED_SCHEMA: Schema = {
    "row_id": pl.UInt32,
    "rule_id": pl.String,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "reason": pl.String,
    "note": pl.String,
}
_FINDING = ("record", "rule_id", "field")


def still_confirmed(bench: Bench) -> pl.DataFrame:
    """CONFIRMED_SCHEMA: the findings of this batch that a confirmation given in another one answers."""
    given = {action.when for action in bench.inherited if action.kind == "confirm"}
    rows = [
        (one.row_id, one.rule_id, one.who, one.when, one.reason, one.note)
        for one in bench.checked().confirmations
        if one.when in given
    ]
    return pl.DataFrame(rows, schema=CONFIRMED_SCHEMA, orient="row").sort("row_id", "rule_id")


def lapsed(bench: Bench) -> pl.DataFrame:
    """CONFIRMED_SCHEMA: findings that are open though they were confirmed elsewhere for the same record.

    A value that the rule reads has changed since, or the rule has: a person must look again.
    """
    given = confirmed_by(bench.inherited)
    parts = [_cells(action, given) for action in dict.fromkeys(given.values())]
    if not parts:
        return pl.DataFrame(schema=CONFIRMED_SCHEMA)
    before = pl.concat(parts).unique(_FINDING, keep="last", maintain_order=True)
    asks = (pl.col("severity") == "confirm") & (pl.col("state") == "open")
    names = pl.col("rule_id", "field").cast(pl.String)
    found = bench.findings.filter(asks).select("row_id", names)
    found = found.join(before.select("rule_id").unique(), on="rule_id", how="semi")
    rows = bench.frame.join(found.select("row_id").unique(), on="row_id", how="semi")
    named = rows.select("row_id").with_columns(record=record_hashes(rows, bench.contract))
    again = found.join(named, on="row_id").join(before, on=_FINDING, how="inner")
    return again.select(CONFIRMED_SCHEMA.keys()).unique(("row_id", "rule_id")).sort("row_id", "rule_id")


def _cells(action: Action, given: dict[str, Action]) -> pl.DataFrame:
    """The findings of `action` that nothing later answered otherwise."""
    held = [print_ for print_, by in given.items() if by is action]
    cells = action.cells if action.cells is not None else pl.DataFrame()
    return cells.filter(pl.col("fingerprint").is_in(held)).select(
        *_FINDING,
        who=pl.lit(action.who),
        when=pl.lit(action.when).cast(pl.Datetime("us", "UTC")),
        reason=pl.lit(action.why),
        note=pl.lit(action.note),
    )
