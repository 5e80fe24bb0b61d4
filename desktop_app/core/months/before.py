"""The batches made before one, and the rows of a batch as it was left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.bench_frames import blocks_of, without_stale, written
from desktop_app.core.corrections import EDITS, CorrectionLog
from desktop_app.core.errors import AppError
from desktop_app.core.flow import mapped_again
from desktop_app.core.months.comparing import Comparison, compare
from desktop_app.core.progress import Progress, silent
from desktop_app.core.withdrawals import withdrawn_by
from validation_rules.text import Text

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.workspace import BatchRow, Workspace

_SENT = ("waiting", "sending", "sent", "answered")
_COMPARING = Text("Comparaison des deux lots", "Comparing the two batches")


def earlier_batches(workspace: Workspace, batch_id: str) -> list[BatchRow]:
    """The batches of the same contract that were made before this one, newest first."""
    here = workspace.batches.get(batch_id)
    return [row for row in workspace.batches.before(batch_id) if row.contract_id == here.contract_id]


def previous_batch(workspace: Workspace, batch_id: str) -> BatchRow | None:
    """The one to compare with: the last that was sent, else the last that was made; None before the first."""
    before = earlier_batches(workspace, batch_id)
    return next((row for row in before if row.state in _SENT), before[0] if before else None)


def rows_as_left(
    workspace: Workspace, row: BatchRow, file: Path | None = None, progress: Progress = silent
) -> pl.DataFrame:
    """The records of a batch with its corrections, made again from its file; no rule is asked.

    `file` is where its file was moved to. AppError as `flow.mapped_again`.
    """
    _, mapped = mapped_again(workspace, row, progress, file)
    base = mapped.frame.sort("row_id")
    history, _ = without_stale(CorrectionLog(workspace, row.id).history(), base)
    rows = written(base, blocks_of(history.of_kind(*EDITS)))
    gone = withdrawn_by(history.of_kind("withdraw", "reinstate"))
    return rows.join(gone.select("row_id"), on="row_id", how="anti", maintain_order="left")


def compared(
    workspace: Workspace,
    batch_id: str,
    rows: pl.DataFrame,
    earlier: str | None = None,
    file: Path | None = None,
    progress: Progress = silent,
) -> tuple[BatchRow, Comparison]:
    """The rows of a batch beside those of the batch `earlier` (None: the previous one), both corrected.

    AppError `months.no_previous`, and as `rows_as_left`.
    """
    before = workspace.batches.get(earlier) if earlier else previous_batch(workspace, batch_id)
    if before is None:
        raise _no_previous()
    from validation_rules.contract import load_contract

    here = workspace.batches.get(batch_id)
    contract = load_contract(f"{here.contract_id}@{here.contract_version}")
    left = rows_as_left(workspace, before, file, progress)
    progress(0, None, _COMPARING)
    return before, compare(left, rows, contract)


def _no_previous() -> AppError:
    return AppError(
        "months.no_previous",
        Text(
            "Aucun lot plus ancien n’est à comparer avec celui-ci.",
            "There is no earlier batch to compare with.",
        ),
        Text(
            "La comparaison sera possible à partir du deuxième lot de ce contrat.",
            "A comparison can be made from the second batch of this contract on.",
        ),
    )
