"""The three forms in which findings go to a colleague, behind one door."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.progress import Progress, silent
from desktop_app.core.rounds.book import write_book
from desktop_app.core.rounds.outgoing import Outgoing
from desktop_app.core.rounds.sheet_csv import write_csv
from desktop_app.core.rounds.sheet_page import write_page
from desktop_app.core.saving import own_files, refuse_own_file

if TYPE_CHECKING:
    from desktop_app.core.workspace import BatchRow


def write(
    outgoing: Outgoing, form: str, path: Path, batch: BatchRow | None, progress: Progress = silent
) -> None:
    """Writes `outgoing` as `form`: xlsx, csv or html. AppError when the folder does not take it, or `path` is
    one of the files that `batch` was read from."""
    refuse_own_file(path, own_files(batch))
    if form == "xlsx":
        write_book(outgoing, path, progress)
    elif form == "csv":
        write_csv(outgoing, path)
    else:
        write_page(outgoing, path)
