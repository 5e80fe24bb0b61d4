"""What the lists of one month and the next ask of worker threads: plain functions of plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from desktop_app.core.months.sheets import write_whole
from desktop_app.core.progress import Progress
from desktop_app.ui.tasks import Work
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.months.carrying import Carried
    from desktop_app.core.months.comparing import Comparison
    from desktop_app.core.workspace import BatchRow, Workspace


@dataclass(frozen=True, slots=True)
class Review:
    """What became of earlier decisions in the batch at hand.

    `applied`: cells (row_id, field) that are still as an earlier batch decided. `confirmed`, `lapsed`:
    confirmations given in other batches, see `core.months.confirmations`.
    """

    carried: Carried
    applied: pl.DataFrame = field(repr=False)
    confirmed: pl.DataFrame = field(repr=False)
    lapsed: pl.DataFrame = field(repr=False)
    is_last_step: bool

    @property
    def news(self) -> bool:
        """Whether there is anything that a person should know."""
        heights = (self.applied, self.carried.of("differs", "twins"), self.lapsed, self.confirmed)
        return any(frame.height for frame in heights)


class Beside(NamedTuple):
    """A batch beside an earlier one, and the batches it can be compared with."""

    before: BatchRow
    found: Comparison
    others: tuple[BatchRow, ...]


def review(workspace: Workspace, batch_id: str, bench: Bench) -> Work[Review]:
    """Looks at what earlier batches left to this one."""

    def work(progress: Progress) -> Review:
        from desktop_app.core.months.carrying import carried_cells, outlook
        from desktop_app.core.months.confirmations import lapsed, still_confirmed

        done = bench.history.done
        return Review(
            outlook(workspace, bench.mapped, batch_id, progress),
            carried_cells(bench),
            still_confirmed(bench),
            lapsed(bench),
            bool(done) and done[-1].kind == "carry",
        )

    return work


def compare(
    workspace: Workspace, batch_id: str, bench: Bench, earlier: str | None, file: Path | None
) -> Work[Beside]:
    """Puts the batch beside an earlier one, read again from its file."""

    def work(progress: Progress) -> Beside:
        from desktop_app.core.months.before import compared, earlier_batches

        before, found = compared(workspace, batch_id, bench.frame, earlier, file, progress)
        return Beside(before, found, tuple(earlier_batches(workspace, batch_id)))

    return work


def write_source_list(bench: Bench, path: Path, language: Language, show_identities: bool) -> Work[Path]:
    """Writes what is still wrong in the source system: a page or a table, by the ending of the name."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.months.sheets import as_html
        from desktop_app.core.months.still_wrong import as_sheet, csv_lines, still_wrong

        found = still_wrong(bench)
        if path.suffix.lower() == ".csv":
            return write_whole(path, csv_lines(found, language, show_identities=show_identities))
        sheet = as_sheet(found, language, show_identities=show_identities)
        return write_whole(path, as_html(sheet, language))

    return work


def write_carried(bench: Bench, carried: Carried, path: Path, language: Language) -> Work[Path]:
    """Writes the list of what became of earlier corrections, as a table."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.months.carried_list import csv_lines

        return write_whole(path, csv_lines(carried, bench.contract, language, show_identities=True))

    return work


def write_comparison(beside: Beside, path: Path, language: Language) -> Work[Path]:
    """Writes the comparison: a page or a table, by the ending of the name."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.months.compared_list import as_sheet, csv_lines
        from desktop_app.core.months.sheets import as_html

        if path.suffix.lower() == ".csv":
            return write_whole(path, csv_lines(beside.found, language, show_identities=True))
        sheet = as_sheet(beside.found, beside.before.name, language, show_identities=True)
        return write_whole(path, as_html(sheet, language))

    return work
