"""Records taken out of a batch: which, why, and what a later extract needs to know them again.

A withdrawn record stays in the log and in sight; it takes part in no rule and is not sealed. Like an edit it
is an action of the log, so that undo, redo and a restart know it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from desktop_app.core.corrections import Action, History, Schema
from desktop_app.core.errors import AppError
from validation_rules.text import Text

# `record`, `content`: hashes of the record key and of all values as the source has them; `kept`: the row it
# is the same as, when one was named; `rule_id`, `fingerprint`: the finding that it settles, if there is one;
# `key`: hash of the record key alone, null in what was written before it was kept.
WITHDRAWAL_SCHEMA: Schema = {
    "row_id": pl.UInt32,
    "record": pl.String,
    "content": pl.String,
    "kept": pl.UInt32,
    "rule_id": pl.String,
    "fingerprint": pl.String,
    "key": pl.String,
}
# Beside these, for what an earlier batch decided and is withdrawn again: it keeps its author and its day.
AUTHOR_SCHEMA: Schema = {"by": pl.String, "at": pl.Datetime("us", "UTC")}
OTHER = "other"
WITHDRAWAL_REASONS: Mapping[str, Text] = {
    "same_tumour": Text("Même tumeur qu’un autre enregistrement", "Same tumour as another record"),
    "same_record": Text("Enregistrement saisi deux fois", "Record entered twice"),
    "not_a_case": Text("Cas qui n’entre pas dans le registre", "Case that does not belong in the registry"),
    "wrong_person": Text("Enregistrement d’une autre personne", "Record of another person"),
    OTHER: Text("Autre raison (à préciser)", "Other reason (say which)"),
}

WITHDRAWN_SCHEMA: Schema = {
    "seq": pl.Int64,
    **WITHDRAWAL_SCHEMA,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "why": pl.String,
    "note": pl.String,
}


def withdrawn_by(steps: Sequence[Action]) -> pl.DataFrame:
    """WITHDRAWN_SCHEMA, by row: the records out of the batch after these steps, and what took each out."""
    parts = [
        _with_author(step.cells).select(
            *WITHDRAWAL_SCHEMA.keys(),
            seq=pl.lit(step.seq, pl.Int64),
            who=pl.coalesce("by", pl.lit(step.who)),
            when=pl.coalesce("at", pl.lit(step.when).cast(pl.Datetime("us", "UTC"))),
            why=pl.lit(step.why),
            note=pl.lit(step.note),
            out=pl.lit(step.kind == "withdraw"),
        )
        for step in steps
        if step.cells is not None and step.kind in ("withdraw", "reinstate")
    ]
    if not parts:
        return pl.DataFrame(schema=WITHDRAWN_SCHEMA)
    last = pl.concat(parts).unique("row_id", keep="last", maintain_order=True)
    return last.filter("out").select(WITHDRAWN_SCHEMA.keys()).sort("row_id")


def _with_author(cells: pl.DataFrame) -> pl.DataFrame:
    """With the columns of AUTHOR_SCHEMA, null where the step itself tells who and when, and with those that
    an older log lacks."""
    known = {**WITHDRAWAL_SCHEMA, **AUTHOR_SCHEMA}
    lacking = [pl.lit(None, kind).alias(name) for name, kind in known.items() if name not in cells]
    return cells.with_columns(lacking)


def without_lost(
    history: History, records: Callable[[pl.Series], pl.DataFrame]
) -> tuple[History, pl.DataFrame]:
    """`history` without the withdrawals of rows that do not hold the same record any more; and these rows.

    `records` gives `row_id, record` of those of the rows asked for that there are.
    """
    cells = [
        step.cells.select("row_id", "record")
        for step in (*history.done, *history.undone)
        if step.kind in ("withdraw", "reinstate") and step.cells is not None
    ]
    if not cells:
        return history, pl.DataFrame(schema={"row_id": pl.UInt32})
    named = pl.concat(cells).unique(maintain_order=True)
    lost = named.join(records(named["row_id"]), on=("row_id", "record"), how="anti").select("row_id")
    if lost.is_empty():
        return history, lost

    def kept(step: Action) -> Action:
        if step.kind not in ("withdraw", "reinstate") or step.cells is None:
            return step
        left = step.cells.join(lost, on="row_id", how="anti", maintain_order="left")
        return replace(step, held=left, size=left.height)

    return history.mapped(kept), lost


def check_withdrawal(reason: str, note: str) -> None:
    """Raises ValueError for an unknown reason, AppError when it needs a few words more."""
    if reason not in WITHDRAWAL_REASONS:
        raise ValueError(f"unknown reason {reason!r}")
    if reason == OTHER and not note.strip():
        raise AppError(
            "corrections.note_needed",
            Text("Cette raison demande une précision.", "This reason needs a few words more."),
            Text(
                "Écrivez en quelques mots pourquoi l’enregistrement est retiré, sans nommer le patient.",
                "Write in a few words why the record is withdrawn, without naming the patient.",
            ),
        )


def nothing_left() -> AppError:
    """The last records of a batch are about to be withdrawn."""
    return AppError(
        "corrections.nothing_left",
        Text(
            "Il ne resterait aucun enregistrement dans ce lot ; rien n’a été retiré.",
            "No record would be left in this batch; nothing was withdrawn.",
        ),
        Text(
            "Gardez au moins un enregistrement, ou laissez ce lot de côté.",
            "Keep at least one record, or put this batch aside.",
        ),
    )
