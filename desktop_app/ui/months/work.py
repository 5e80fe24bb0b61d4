"""What the lists of one month and the next ask of worker threads: plain functions of plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from desktop_app.core.progress import Progress
from desktop_app.core.saving import save_text
from desktop_app.ui.tasks import Work
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.months.carrying import Carried, Status
    from desktop_app.core.months.cells import Cells
    from desktop_app.core.months.comparing import Comparison
    from desktop_app.core.months.sheets import Sheet
    from desktop_app.core.workspace import BatchRow, Workspace


_OUT = Text("retiré de nouveau", "withdrawn again")
_CHANGED = Text("a changé à la source\N{NO-BREAK SPACE}: à revoir", "changed in the source: look again")
ABOUT: tuple[Status, ...] = ("held", "differs", "twins", "settled", "gone")


@dataclass(frozen=True, slots=True)
class Review:
    """What became of earlier decisions in the batch at hand.

    `applied`: cells (row_id, field) that are still as an earlier batch decided. `lines` by list: those of
    ABOUT, then `confirmed` and `lapsed`, confirmations given in other batches, and `withdrawn`; `shown`: the
    same as texts.
    """

    carried: Carried
    applied: pl.DataFrame = field(repr=False)
    lines: dict[str, pl.DataFrame] = field(repr=False)
    shown: dict[str, pl.DataFrame] = field(repr=False)

    @property
    def news(self) -> bool:
        """Whether there is anything that a person should know."""
        return self.carried.mostly_gone or any(
            self.lines[key].height for key in ("held", "differs", "twins", "confirmed", "lapsed", "withdrawn")
        )


class Beside(NamedTuple):
    """A batch beside an earlier one, and the batches it can be compared with; `shown`: its lists as texts."""

    before: BatchRow
    found: Comparison
    others: tuple[BatchRow, ...]
    shown: dict[str, pl.DataFrame]


def review(workspace: Workspace, batch_id: str, bench: Bench, language: Language) -> Work[Review]:
    """Looks at what earlier batches left to this one."""

    def work(progress: Progress) -> Review:
        from desktop_app.core.months.carrying import carried_cells, outlook
        from desktop_app.core.months.cells import Cells
        from desktop_app.core.months.confirmations import confirmed_before

        carried = outlook(workspace, bench.mapped, batch_id, progress)
        applied = carried_cells(bench)
        lines: dict[str, pl.DataFrame] = {status: carried.of(status) for status in ABOUT}
        lines["held"] = lines["held"].join(applied, on=("row_id", "field"), how="semi", maintain_order="left")
        cells = Cells(bench.contract, language, True)
        shown = {key: _corrections(frame, cells) for key, frame in lines.items()}
        given = dict(zip(("confirmed", "lapsed"), confirmed_before(bench), strict=True))
        shown |= {key: _confirmations(frame, cells) for key, frame in given.items()}
        withdrawn = _still_out(carried.withdrawals, bench)
        shown["withdrawn"] = _withdrawals(withdrawn, cells)
        return Review(carried, applied, {**lines, **given, "withdrawn": withdrawn}, shown)

    return work


def _corrections(lines: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    return lines.select(
        pl.col("row_id").cast(pl.String).fill_null("–"),
        cells.label(),
        *cells.values("old", "new", "now"),
        pl.col("who"),
        cells.day("when"),
        pl.col("why"),
    )


def _confirmations(lines: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    from desktop_app.core.confirmed import why_not
    from desktop_app.core.corrections import CONFIRMATION_REASONS

    reasons = {code: text.in_(cells.language) for code, text in CONFIRMATION_REASONS.items()}
    reason = pl.col("reason").replace_strict(reasons, default=pl.col("reason"), return_dtype=pl.String)
    note = pl.when(pl.col("note") != "").then(pl.lit(" – ") + pl.col("note")).otherwise(pl.lit(""))
    row = pl.col("row_id").cast(pl.String)
    why = [why_not(line, cells.contract).in_(cells.language) for line in lines.iter_rows(named=True)]
    told = lines.with_columns(lapse=pl.Series(why, dtype=pl.String))
    return told.select(row, "rule_id", "who", cells.day("when"), reason + note, "lapse")


def _still_out(withdrawals: pl.DataFrame, bench: Bench) -> pl.DataFrame:
    """Those that are withdrawn here too, and those that a change at the source has brought back."""
    out = pl.col("row_id").is_in(bench.withdrawn()["row_id"].implode())
    return withdrawals.filter(out | (pl.col("status") == "differs")).with_columns(out=out)


def _withdrawals(lines: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    from desktop_app.core.withdrawals import WITHDRAWAL_REASONS

    reasons = {code: text.in_(cells.language) for code, text in WITHDRAWAL_REASONS.items()}
    here, changed = _OUT.in_(cells.language), _CHANGED.in_(cells.language)
    note = pl.when(pl.col("note") != "").then(pl.lit(" – ") + pl.col("note")).otherwise(pl.lit(""))
    return lines.select(
        pl.col("row_id").cast(pl.String),
        pl.when("out").then(pl.lit(here)).otherwise(pl.lit(changed)).alias("state"),
        pl.col("who"),
        cells.day("when"),
        pl.col("why").replace(reasons) + note,
    )


def compare(
    workspace: Workspace,
    batch_id: str,
    bench: Bench,
    language: Language,
    earlier: str | None,
    file: Path | None,
) -> Work[Beside]:
    """Puts the batch beside an earlier one, read again from its file."""

    def work(progress: Progress) -> Beside:
        from desktop_app.core.months.before import compared, earlier_batches
        from desktop_app.core.months.cells import Cells

        before, found = compared(workspace, batch_id, bench.kept(), earlier, file, progress)
        cells = Cells(bench.contract, language, True)
        row = pl.col("row_id").cast(pl.String)
        values = (cells.label(), *cells.values("before", "after"))
        shown = {
            "changed": found.changes.select(row, *cells.keys(), *values),
            "added": found.added.select(row, *cells.keys()),
            "withdrawn": found.withdrawn.select(row, *cells.keys()),
        }
        return Beside(before, found, tuple(earlier_batches(workspace, batch_id)), shown)

    return work


def write_source_list(
    bench: Bench, path: Path, language: Language, show_identities: bool, own: tuple[Path, ...]
) -> Work[Path]:
    """Writes what is still wrong in the source system: a page or a table, by the ending of the name."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.months.still_wrong import as_sheet, csv_lines, still_wrong

        found = still_wrong(bench)
        if path.suffix.lower() == ".csv":
            return save_text(path, csv_lines(found, language, show_identities=show_identities), own)
        sheet = as_sheet(found, language, show_identities=show_identities)
        return _as_page(sheet, path, language, own)

    return work


def write_carried(
    bench: Bench, carried: Carried, path: Path, language: Language, own: tuple[Path, ...]
) -> Work[Path]:
    """Writes the list of what became of earlier corrections, as a table."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.months.carried_list import csv_lines

        return save_text(path, csv_lines(carried, bench.contract, language, show_identities=True), own)

    return work


def write_comparison(beside: Beside, path: Path, language: Language, own: tuple[Path, ...]) -> Work[Path]:
    """Writes the comparison: a page or a table, by the ending of the name."""

    def work(progress: Progress) -> Path:
        from desktop_app.core.months.compared_list import as_sheet, csv_lines

        if path.suffix.lower() == ".csv":
            return save_text(path, csv_lines(beside.found, language, show_identities=True), own)
        sheet = as_sheet(beside.found, beside.before.name, language, show_identities=True)
        return _as_page(sheet, path, language, own)

    return work


def _as_page(sheet: Sheet, path: Path, language: Language, own: tuple[Path, ...]) -> Path:
    from desktop_app.core.months.sheets import as_html
    from desktop_app.ui.months.pdf import write_pdf

    if path.suffix.lower() == ".pdf":
        return write_pdf(sheet, path, own)
    return save_text(path, as_html(sheet, language), own)
