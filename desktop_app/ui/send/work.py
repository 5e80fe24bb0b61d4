"""What the pages Send, Feedback and Quality ask of worker threads: plain functions of plain data, no Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.reports import Report
    from desktop_app.core.workspace import BatchRow, Workspace

T = TypeVar("T")
Work = Callable[[Progress], T]


def report(bench: Bench, workspace: Workspace | None, batch: BatchRow | None) -> Work[Report]:
    """Counts the indicators of the bench, beside the national medians when the registry has answered."""

    def work(progress: Progress) -> Report:
        from desktop_app.core.feedback import kept_feedback
        from desktop_app.core.reports import build_report

        known = workspace is not None and batch is not None
        answer = kept_feedback(workspace, batch.id) if known and workspace and batch else None
        return build_report(bench.checked(), None, answer)

    return work


def write_report(report: Report, language: Language, path: Path) -> Work[Path]:
    """Writes the report as HTML; AppError when the file cannot be written."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.reports import render_html

        try:
            path.write_text(render_html(report, language), encoding="utf-8")
        except OSError as error:
            raise _unwritten(error.strerror or "") from None
        return path

    return work


def _unwritten(reason: str) -> AppError:
    return AppError(
        "UI-NOT-WRITTEN",
        Text(f"Le fichier n’a pas pu être écrit ({reason}).", f"The file could not be written ({reason})."),
        Text("Choisissez un autre dossier.", "Choose another folder."),
    )
