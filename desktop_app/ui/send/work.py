"""What the pages Send, Feedback and Quality ask of worker threads: plain functions of plain data, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop_app.core.progress import Progress
from desktop_app.core.saving import save_text
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.reports import Report
    from desktop_app.core.stages import Receipt
    from desktop_app.core.workspace import BatchRow, Workspace
    from desktop_app.ui.send.letter import Letter

T = TypeVar("T")
Work = Callable[[Progress], T]


def report(bench: Bench, workspace: Workspace | None, batch: BatchRow | None) -> Work[Report]:
    """Counts the indicators of the bench, beside the national medians when the registry has answered."""

    def work(progress: Progress) -> Report:
        from desktop_app.core.feedback import kept_feedback
        from desktop_app.core.reports import build_report

        sealed = sealed_id(workspace, batch)
        answer = kept_feedback(workspace, sealed) if workspace is not None and sealed else None
        return build_report(bench.checked(), receipt_of(workspace, sealed), answer)

    return work


def sealed_id(workspace: Workspace | None, batch: BatchRow | None) -> str:
    """The id under which a batch travels; empty when no batch is at hand."""
    from desktop_app.core.dispatch import sealed_id_of

    return (
        sealed_id_of(workspace.batches.get(batch.id)) if workspace is not None and batch is not None else ""
    )


def receipt_of(workspace: Workspace | None, sealed: str) -> Receipt | None:
    """The kept receipt, verified again against the pinned keys; None when there is none."""
    if workspace is None or not sealed:
        return None
    from desktop_app.core.batches import verify_receipt
    from desktop_app.core.transport import load_enrolment

    jws, entry, enrolment = (
        workspace.receipts.get(sealed),
        workspace.outbox.get(sealed),
        load_enrolment(workspace),
    )
    if jws is None or entry is None or enrolment is None:
        return None
    return verify_receipt(jws.encode(), enrolment.registry_verifiers(), sealed, entry.manifest_sha256)


def write_report(report: Report, language: Language, path: Path, own: tuple[Path, ...]) -> Work[Path]:
    """Writes the report as HTML, never over one of `own`; AppError when the file cannot be written."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.reports import render_html

        return save_text(path, [render_html(report, language)], own)

    return work


def persons(bench: Bench) -> Work[int]:
    """How many patients the batch is about."""

    def work(progress: Progress) -> int:
        return bench.kept()[bench.contract.record_key[0]].n_unique()

    return work


def letter(bench: Bench, workspace: Workspace, day: date) -> Work[Letter]:
    """What would leave now, with three rows as they will leave."""

    def work(progress: Progress) -> Letter:
        from desktop_app.core.dispatch import open_dispatch
        from desktop_app.ui.send.letter import write_letter

        return write_letter(open_dispatch(workspace), bench.checked(), day)

    return work


def send(bench: Bench, workspace: Workspace, batch_id: str, day: date) -> Work[Receipt | None]:
    """Pseudonymises, seals, queues, sends; returns the verified receipt."""

    def work(progress: Progress) -> Receipt | None:
        from desktop_app.core.dispatch import open_dispatch

        way = open_dispatch(workspace)
        way.seal(bench.checked(), workspace.batches.get(batch_id), day, progress)
        return way.send_next(progress)

    return work


def resume(workspace: Workspace) -> Work[Receipt | None]:
    """Sends what waits in the outbox, from where it was cut."""

    def work(progress: Progress) -> Receipt | None:
        from desktop_app.core.dispatch import open_dispatch

        return open_dispatch(workspace).send_next(progress)

    return work


def collect(workspace: Workspace) -> Work[int]:
    """Fetches the registry's answers; how many are new."""

    def work(progress: Progress) -> int:
        from desktop_app.core.dispatch import open_dispatch

        return len(open_dispatch(workspace).fetch(progress))

    return work


def save_receipt(receipt: str, path: Path, own: tuple[Path, ...]) -> Work[Path]:
    """Writes the signed receipt where the person wants it, never over one of `own`."""

    def work(progress: Progress) -> Path:
        return save_text(path, [receipt], own)

    return work
