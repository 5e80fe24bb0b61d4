"""What was decided on earlier extracts, cell by cell: the latest word on each field of each record."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.bench_frames import CELL, edits_of
from desktop_app.core.corrections import EDITS, Action, CorrectionLog, History, Schema

if TYPE_CHECKING:
    from desktop_app.core.workspace import Workspace

DECISION_SCHEMA: Schema = {
    "record": pl.String,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "why": pl.String,
    "batch": pl.String,
}
_PLACE = ("record", "field")


def decisions(workspace: Workspace, contract_id: str, before: str | None = None) -> pl.DataFrame:
    """DECISION_SCHEMA, one line a field of a record that is to differ: `old` in the source, `new` here.

    From all batches of the contract that were made before the batch `before` (None: from all). A cell that
    was put back to the source's value, by hand or because what was carried was undone, is not in it; nor is
    one that two rows of the same name gave different values.
    """
    parts = []
    for number, batch_id in enumerate(speaking_before(workspace, contract_id, before)):
        said = said_in(CorrectionLog(workspace, batch_id))
        parts.append(said.with_columns(batch=pl.lit(batch_id), number=pl.lit(number)))
    if not parts:
        return pl.DataFrame(schema=DECISION_SCHEMA)
    said = pl.concat(parts).filter(pl.col("number") == pl.col("number").max().over(_PLACE))
    one = pl.struct("old", "new").n_unique().over(_PLACE) == 1
    told = said.filter(one & pl.col("old").ne_missing(pl.col("new")))
    return told.unique(_PLACE, keep="last", maintain_order=True).select(DECISION_SCHEMA.keys())


def said_in(log: CorrectionLog) -> pl.DataFrame:
    """`record, field, old, new, who, when, why`: one line a cell on which this log says anything.

    `new` is `old` where nothing is to differ.
    """
    actions = log.actions()
    held = reduce(History.then, actions, History()).done
    holds = {action.seq for action in held}
    done = edits_of(
        [action for action in actions if action.kind in EDITS and action.seq in holds], records=True
    )
    # What was carried here and then undone was refused: that, too, is a word on these cells.
    undone = edits_of([action for action in actions if _refused(action, holds)], records=True)
    refused = undone.with_columns(new=pl.col("old")).join(done, on=CELL, how="anti")
    net = pl.concat([done, refused]).group_by(CELL, maintain_order=True)
    cells = net.agg(
        pl.col("old").first(),
        pl.col("record", "new", "who", "when", "why").last(),
        carried=pl.col("record").first(),
    )
    # What was carried under the name of one of several rows, and decided anew here, is said of both names.
    other = cells.filter(pl.col("carried") != pl.col("record")).with_columns(record=pl.col("carried"))
    return pl.concat([cells, other]).select(*_PLACE, "old", "new", "who", "when", "why")


def _refused(action: Action, holds: set[int]) -> bool:
    return action.kind == "carry" and action.seq not in holds


def speaking_before(workspace: Workspace, contract_id: str, before: str | None) -> list[str]:
    """Ids of the batches made before `before` (None: all) whose log changes or withdraws something, oldest
    first."""
    known = workspace.corrections.batches_that_edit(contract_id)
    if before is None:
        return known
    earlier = {row.id for row in workspace.batches.before(before)}
    return [batch_id for batch_id in known if batch_id in earlier]
