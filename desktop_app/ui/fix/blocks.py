"""What copy, paste, fill down and clear do to a block of cells; no window needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.ui.models.clipboard import from_text, spread, to_text
from desktop_app.ui.models.grid import GridModel

Cells = list[tuple[int, str, str | None]]  # row_id, field, new value
MOST_CELLS = 100_000  # more than that at once would hold the window for longer than a blink


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


@dataclass(frozen=True, slots=True)
class Pasted:
    """Cells that change, and how many did not find room."""

    cells: Cells
    left_out: int


def one_range(ranges: Sequence[tuple[int, int, int, int]]) -> Range | None:
    """The block made of several touching ones (top, left, bottom, right); None when they make no block."""
    if not ranges:
        return None
    tops, lefts, bottoms, rights = zip(*ranges, strict=True)
    block = Range(min(tops), min(lefts), max(bottoms), max(rights))
    covered = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in ranges)
    return block if covered == block.height * block.width else None


def copy(model: GridModel, block: Range) -> str:
    """The text of a block. Raises BlockError when it is too large."""
    _bounded(block.height * block.width)
    columns = [model.column_values(column, block.top, block.height) for column in _columns(block)]
    return to_text(list(zip(*columns, strict=True)))


def paste(model: GridModel, block: Range, text: str) -> Pasted:
    """The cells that a text changes, from the first cell of `block` on. Raises BlockError when too many."""
    values = spread(from_text(text), block.height, block.width)
    _bounded(sum(len(row) for row in values))
    cells: Cells = []
    left_out = 0
    for down, row in enumerate(values):
        for right, value in enumerate(row):
            place = (block.top + down, block.left + right)
            if place[0] >= model.rowCount() or place[1] >= model.columnCount():
                left_out += 1
                continue
            _put(model, cells, *place, value)
    return Pasted(cells, left_out)


def fill_down(model: GridModel, block: Range) -> Cells:
    """The first row of the block into the others; a block of one row takes the row above it."""
    source = block.top if block.height > 1 else block.top - 1
    if source < 0:
        return []
    _bounded(block.height * block.width)
    cells: Cells = []
    for column in _columns(block):
        value = model.value(source, column) or ""
        for row in range(source + 1, block.bottom + 1):
            _put(model, cells, row, column, value)
    return cells


def clear(model: GridModel, block: Range) -> Cells:
    """Every cell of the block made blank."""
    _bounded(block.height * block.width)
    cells: Cells = []
    for row in range(block.top, block.bottom + 1):
        for column in _columns(block):
            _put(model, cells, row, column, "")
    return cells


def _put(model: GridModel, cells: Cells, row: int, column: int, value: str) -> None:
    new = value.strip() or None
    if new != model.value(row, column):
        cells.append((model.row_id(row), model.fields[column].name, new))


def _columns(block: Range) -> range:
    return range(block.left, block.right + 1)


def _bounded(cells: int) -> None:
    if cells > MOST_CELLS:
        raise BlockError("size")
