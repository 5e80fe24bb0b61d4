"""Records withdrawn from earlier batches, on a new extract: withdrawn again while they are what they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.corrections import Action, CorrectionLog, Schema, record_hashes, row_digests
from desktop_app.core.months.records import record_names, twin_records
from desktop_app.core.withdrawals import AUTHOR_SCHEMA, WITHDRAWAL_SCHEMA, withdrawn_by

if TYPE_CHECKING:
    from desktop_app.core.stages import Mapped
    from desktop_app.core.workspace import Workspace

_KINDS = ("withdraw", "reinstate")
# `status`: held, when the record is as it was; differs, when one of its values has changed. One of several
# rows of a key that has changed is no longer told from the others: each of them differs.
WITHDRAWN_BEFORE: Schema = {
    "row_id": pl.UInt32,
    "status": pl.String,
    "record": pl.String,
    "content": pl.String,
    "rule_id": pl.String,
    "fingerprint": pl.String,
    "key": pl.String,
    "who": pl.String,
    "when": pl.Datetime("us", "UTC"),
    "why": pl.String,
    "note": pl.String,
}


def withdrawn_before(workspace: Workspace, mapped: Mapped, batch_ids: list[str]) -> pl.DataFrame:
    """WITHDRAWN_BEFORE: rows whose record was withdrawn by the last of these batches to speak of it."""
    parts = []
    for number, batch_id in enumerate(batch_ids):
        said = _said_in(CorrectionLog(workspace, batch_id))
        parts.append(said.with_columns(number=pl.lit(number)))
    said = pl.concat(parts).unique("record", keep="last", maintain_order=True) if parts else pl.DataFrame()
    if said.is_empty():
        return pl.DataFrame(schema=WITHDRAWN_BEFORE)
    frame, contract = mapped.frame, mapped.contract
    twins = twin_records(frame, contract)
    named = record_names(frame, contract, twins)
    here = said.filter("out").join(named, on="record", how="inner")
    rows = frame.join(here.select("row_id"), on="row_id", how="semi")
    now = rows.select("row_id").with_columns(now=row_digests(rows.select(contract.field_names)))
    told = here.join(now, on="row_id", how="left").with_columns(
        status=pl.when(pl.col("now") == pl.col("content")).then(pl.lit("held")).otherwise(pl.lit("differs"))
    )
    columns = list(WITHDRAWN_BEFORE)
    lost = said.filter("out").join(named, on="record", how="anti")
    # Rows without a number are many, and of nobody in particular.
    left = frame.join(twins, on="row_id", how="semi").drop_nulls(list(contract.record_key))
    left = left.join(told, on="row_id", how="anti")
    near = left.select("row_id").with_columns(key=record_hashes(left, contract))
    changed = lost.join(near, on="key", how="inner").with_columns(status=pl.lit("differs"))
    changed = changed.unique("row_id", maintain_order=True)
    return pl.concat([told.select(columns), changed.select(columns)]).sort("row_id")


def withdraw_again(log: CorrectionLog, found: pl.DataFrame, records: int) -> int:
    """Write into the log the withdrawals that hold again, an action a reason; how many records that is.

    A record of which the log says something already is left to it; so is a batch that would be left empty.
    """
    held = found.filter(pl.col("status") == "held")
    for step in log.actions() if held.height else ():
        if step.kind in _KINDS and step.cells is not None:
            held = held.join(step.cells, on="row_id", how="anti", maintain_order="left")
    if not 0 < held.height < records:
        return 0
    for (why, note), group in held.group_by("why", "note", maintain_order=True):
        told = group.rename({"who": "by", "when": "at"}).with_columns(kept=pl.lit(None, pl.UInt32))
        cells = told.select(*WITHDRAWAL_SCHEMA, *AUTHOR_SCHEMA)
        log.append("withdraw", cells, why=str(why), note=str(note))
    return held.height


def _said_in(log: CorrectionLog) -> pl.DataFrame:
    """A line a record of which this log says whether it is withdrawn: `out`, and what is known of it."""
    history, actions = log.history(), log.actions()
    columns = [name for name in WITHDRAWN_BEFORE if name not in ("row_id", "status")]
    out = withdrawn_by(history.of_kind("withdraw", "reinstate"))
    held = out.select(*columns, out=pl.lit(True))
    spoken = [_cells(step) for step in actions if step.kind in _KINDS and step.cells is not None]
    if not spoken:
        return held
    # What was withdrawn here and taken back since is to stay: that, too, is a word on these records.
    back = pl.concat(spoken).unique("record").join(held, on="record", how="anti")
    empty = pl.DataFrame(schema={name: WITHDRAWN_BEFORE[name] for name in columns})
    return pl.concat([held, pl.concat([empty, back], how="diagonal").with_columns(out=pl.lit(False))])


def _cells(step: Action) -> pl.DataFrame:
    return pl.DataFrame() if step.cells is None else step.cells.select("record")
