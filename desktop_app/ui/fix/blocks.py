"""What copy, paste, fill and clear do to a block of cells: whole columns at a time, no window needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from desktop_app.core.plain_cells import given_column, plain_column
from desktop_app.core.progress import Progress, silent
from desktop_app.ui.models.clipboard import from_text, spread
from desktop_app.ui.models.grid import Sheet
from validation_rules.text import Text

CELLS_SCHEMA = {"row_id": pl.UInt32, "field": pl.String, "new": pl.String}
MOST_CELLS = 3_000_000
"""A larger block is a slip of the hand."""
MOST_CHARACTERS = 64_000_000
_BLOCK = Text("Cellules du bloc", "Cells of the block")


class BlockError(Exception):
    """A block that cannot be taken: `reason` is `shape` (not one block) or `size` (more than `limit`)."""

    def __init__(self, reason: str, limit: int = MOST_CELLS) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Range:
    """Rows and columns of the grid, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows in the block."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Columns in the block."""
        return self.right - self.left + 1

    @property
    def cells(self) -> int:
        """Cells in the block."""
        return self.height * self.width


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cells that change (`row_id, field, new`), and how many did not find room."""

    cells: pl.DataFrame
    left_out: int = 0


def one_range(ranges: Sequence[tuple[int, int, int, int]]) -> Range | None:
    """The block made of several touching ones (top, left, bottom, right); None when they make no block."""
    if not ranges:
        return None
    tops, lefts, bottoms, rights = zip(*ranges, strict=True)
    block = Range(min(tops), min(lefts), max(bottoms), max(rights))
    covered = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in ranges)
    return block if covered == block.cells else None


def copy(sheet: Sheet, block: Range, progress: Progress = silent) -> str:
    """The text of a block as spreadsheets read it; they compute no cell. BlockError when it is too large."""
    _bounded(block.cells)
    columns = {str(place): values.fill_null("") for place, values in _columns(sheet, block, progress)}
    special = '[\\t\\n\\r"]'
    cells = [
        pl.when(pl.col(name).str.contains(special))
        .then(pl.concat_str(pl.lit('"'), pl.col(name).str.replace_all('"', '""', literal=True), pl.lit('"')))
        .otherwise(pl.col(name))
        for name in columns
    ]
    plain = pl.DataFrame(columns).select(map(plain_column, columns))
    lines = plain.select(pl.concat_str(cells, separator="\t")).to_series()
    return "".join(f"{line}\n" for line in lines.to_list())


def paste(sheet: Sheet, block: Range, text: str, progress: Progress = silent) -> Pasted:
    """The cells that a text changes, from the first cell of `block` on. Raises BlockError when too many.

    A row that is shorter than the others leaves the cells that it does not reach as they are.
    """
    if len(text) > MOST_CHARACTERS:
        raise BlockError("size")
    values = spread(from_text(text), block.height, block.width)
    _bounded(sum(len(row) for row in values))
    tall = min(len(values), len(sheet.positions) - block.top)
    wide = min(max((len(row) for row in values), default=0), len(sheet.names) - block.left)
    left_out = sum(len(row) for row in values) - sum(min(len(row), wide) for row in values[:tall])
    parts = []
    for right in range(wide):
        progress(right, wide, _BLOCK)
        cells = [row[right] if right < len(row) else None for row in values[:tall]]
        typed = pl.DataFrame({"new": cells}, {"new": pl.String})
        news = typed.select(given_column("new"))["new"]
        at = news.is_not_null().arg_true()
        parts.append(_changed(sheet, block.left + right, at + block.top, news.gather(at)))
    return Pasted(_joined(parts), left_out)


def fill_down(sheet: Sheet, block: Range, progress: Progress = silent) -> pl.DataFrame:
    """The first row of the block into the others; a block of one row takes the row above it."""
    source = block.top if block.height > 1 else block.top - 1
    if source < 0:
        return _joined([])
    _bounded(block.cells)
    at = pl.int_range(source + 1, block.bottom + 1, dtype=pl.UInt32, eager=True)
    parts = []
    for place in range(block.left, block.right + 1):
        progress(place - block.left, block.width, _BLOCK)
        parts.append(_changed(sheet, place, at, _same(sheet.value(source, place), len(at))))
    return _joined(parts)


def fill_right(sheet: Sheet, block: Range, progress: Progress = silent) -> pl.DataFrame:
    """The first column of the block into the others; a block of one column takes the one before it."""
    source = block.left if block.width > 1 else block.left - 1
    if source < 0:
        return _joined([])
    _bounded(block.cells)
    at = pl.int_range(block.top, block.bottom + 1, dtype=pl.UInt32, eager=True)
    values = sheet.columns[source].gather(sheet.positions.gather(at)).rename("new")
    return _joined([_changed(sheet, place, at, values) for place in range(source + 1, block.right + 1)])


def clear(sheet: Sheet, blocks: Iterable[Range], progress: Progress = silent) -> pl.DataFrame:
    """Every cell of the blocks made blank; they may lie apart."""
    chosen = list(blocks)
    _bounded(sum(block.cells for block in chosen))
    parts = []
    for block in chosen:
        at = pl.int_range(block.top, block.bottom + 1, dtype=pl.UInt32, eager=True)
        for place in range(block.left, block.right + 1):
            progress(place - block.left, block.width, _BLOCK)
            parts.append(_changed(sheet, place, at, _same(None, len(at))))
    return _joined(parts)


def _changed(sheet: Sheet, place: int, at: pl.Series, news: pl.Series) -> pl.DataFrame:
    """The cells of one column, at these rows of the grid, that will hold something else."""
    positions = sheet.positions.gather(at)
    table = pl.DataFrame(
        {
            "row_id": sheet.ids.gather(positions),
            "old": sheet.columns[place].gather(positions),
            "new": news,
        }
    )
    trimmed = pl.col("new").str.strip_chars()
    table = table.with_columns(new=pl.when(trimmed != "").then(trimmed), field=pl.lit(sheet.names[place]))
    return table.filter(pl.col("old").ne_missing(pl.col("new"))).select(CELLS_SCHEMA.keys())


def _joined(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts) if parts else pl.DataFrame(schema=CELLS_SCHEMA)


def _same(value: str | None, count: int) -> pl.Series:
    return pl.Series("new", [value], dtype=pl.String).new_from_index(0, count)


def _columns(sheet: Sheet, block: Range, progress: Progress) -> Iterator[tuple[int, pl.Series]]:
    where = sheet.positions.slice(block.top, block.height)
    for place in range(block.left, block.right + 1):
        progress(place - block.left, block.width, _BLOCK)
        yield place, sheet.columns[place].gather(where)


def _bounded(cells: int) -> None:
    if cells > MOST_CELLS:
        raise BlockError("size")
