"""What was done to a batch, as lists: the changes that hold, the steps, and the cells of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.corrections import CONFIRMATION_REASONS, Schema
from desktop_app.core.withdrawals import WITHDRAWAL_REASONS
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench

# One line a corrected cell or a withdrawn record (`field` null; `kept`: the row it is the same as). `rules`:
# those that found the value before it was corrected, joined by commas.
CHANGE_SCHEMA: Schema = {
    "seq": pl.Int64,
    "row_id": pl.UInt32,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
    "kept": pl.UInt32,
    "rules": pl.String,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "why": pl.String,
    "note": pl.String,
}
# One line a step, the latest first; seq 0 is the source as it came. `state`: done, last (the latest that
# holds), undone. `fr`, `en`: what it did; `why_fr`, `why_en`: the reason, in words.
STEP_SCHEMA: Schema = {
    "seq": pl.Int64,
    "state": pl.String,
    "fr": pl.String,
    "en": pl.String,
    "size": pl.Int64,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "why_fr": pl.String,
    "why_en": pl.String,
    "note": pl.String,
}
_SOURCE = Text("Le fichier tel qu’il a été lu", "The file as it was read")


def change_set(pending: pl.DataFrame, withdrawn: pl.DataFrame, settled: pl.DataFrame) -> pl.DataFrame:
    """CHANGE_SCHEMA, the latest first, from `Bench.pending`, `Bench.withdrawn` and the findings that
    were there before the corrections (`row_id, rule_id, field`)."""
    by_cell = (
        settled.select("row_id", pl.col("rule_id", "field").cast(pl.String))
        .with_columns(pl.col("field").str.split("+"))
        .explode("field")
        .group_by("row_id", "field")
        .agg(rules=pl.col("rule_id").unique().sort().str.join(","))
    )
    cells = pending.join(by_cell, on=["row_id", "field"], how="left", maintain_order="left")
    records = withdrawn.select(
        "seq", "row_id", "kept", "who", "when", "why", "note", rules=pl.col("rule_id"), field=pl.lit(None)
    )
    every = pl.concat([_typed(cells), _typed(records)])
    return every.sort("seq", "row_id", descending=[True, False])


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in CHANGE_SCHEMA.items()
    )


def rules_of(changes: pl.DataFrame) -> list[tuple[str, int]]:
    """The rules that the changes settle, each with how many lines it has, most first."""
    table = changes.select(pl.col("rules").drop_nulls().str.split(",")).explode("rules")
    counts = table.group_by("rules").len().sort("len", "rules", descending=[True, False])
    return [(str(rule), int(count)) for rule, count in counts.iter_rows()]


def of_rule(changes: pl.DataFrame, rule_id: str) -> pl.DataFrame:
    """The lines that settle a rule."""
    return changes.filter(pl.col("rules").str.split(",").list.contains(rule_id))


def steps_of(bench: Bench) -> pl.DataFrame:
    """STEP_SCHEMA: the steps that can be gone back to, or forward to."""
    history = bench.history
    last = history.done[-1].seq if history.done else 0
    rows: list[tuple[object, ...]] = [(0, "done" if last else "last", *_SOURCE, 0, "", None, "", "", "")]
    for steps, undone in ((history.done, False), (history.undone[::-1], True)):
        for step in steps:
            state = "undone" if undone else "last" if step.seq == last else "done"
            why = reason_words(step.kind, step.why)
            rows.append(
                (step.seq, state, *bench.label(step), step.size, step.who, step.when, *why, step.note)
            )
    return pl.DataFrame(rows[::-1], schema=STEP_SCHEMA, orient="row")


def reason_words(kind: str, why: str) -> Text:
    """The reason of an action in words: those of its list, else as it was written."""
    known = {"confirm": CONFIRMATION_REASONS, "withdraw": WITHDRAWAL_REASONS}.get(kind, {})
    return known.get(why, Text(why, why))


def cells_of(bench: Bench, seq: int, most: int) -> tuple[pl.DataFrame, int]:
    """What a step of the history did, its first lines and how many it has: `row_id, field, old, new` of an
    edit, `row_id, rule_id, field` of a confirmation or revocation, `row_id, kept, rule_id` of a withdrawal or
    a return."""
    steps = [step for step in (*bench.history.done, *bench.history.undone) if step.seq == seq]
    cells = steps[0].first(most) if steps else None
    if cells is None:
        return pl.DataFrame(schema={"row_id": pl.UInt32}), 0
    told = cells.select(
        name for name in ("row_id", "rule_id", "field", "old", "new", "kept") if name in cells.columns
    )
    return told, steps[0].size
