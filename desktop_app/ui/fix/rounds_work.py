"""What the way to a colleague and back asks of worker threads: plain functions of plain data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.progress import Progress
from desktop_app.ui.tasks import Work
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.rounds import Answers, Outgoing, Returned
    from desktop_app.core.workspace import BatchRow, Workspace
    from desktop_app.ui.fix.export_dialog import Asked
    from validation_rules.contract import Contract


def gathered(
    bench: Bench,
    workspace: Workspace,
    batch_id: str,
    asked: Asked,
    rows: frozenset[int] | None,
    language: Language,
) -> Work[Outgoing]:
    """What leaves; run where the batch is worked on."""

    def work(progress: Progress) -> Outgoing:
        from desktop_app.core.rounds import Wish, gather

        wish = Wish(
            rows=rows,
            severities=("error", "confirm") if asked.to_confirm else ("error",),
            identities=asked.identities,
            whole_record=asked.whole_record,
        )
        return gather(bench, workspace, batch_id, wish, language, progress)

    return work


def written(outgoing: Outgoing, form: str, path: Path, row: BatchRow | None) -> Work[tuple[Outgoing, Path]]:
    """Writes the file, never over the user's own."""

    def work(progress: Progress) -> tuple[Outgoing, Path]:
        from desktop_app.core.rounds import write

        write(outgoing, form, path, row, progress)
        return outgoing, path

    return work


def read(path: Path, contract: Contract) -> Work[Answers]:
    """What is in the file."""

    def work(progress: Progress) -> Answers:
        from desktop_app.core.rounds import read_back

        return read_back(path, contract, progress)

    return work


def compared(answers: Answers, bench: Bench, workspace: Workspace, batch_id: str) -> Work[Returned]:
    """What it would change; run where the batch is worked on."""

    def work(progress: Progress) -> Returned:
        from desktop_app.core.rounds import compare

        return compare(answers, bench, workspace, batch_id, progress)

    return work
