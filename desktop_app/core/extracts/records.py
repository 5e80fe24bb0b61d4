"""The records of a text file, read once in order: all of them as an Extract, or batch after batch."""

from __future__ import annotations

from array import array
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.frames import number_rows
from desktop_app.core.extracts.rows_told import RowsTold
from desktop_app.core.stages import Extract, Guess, ImportOptions, SourceFile

if TYPE_CHECKING:
    import polars as pl


class OddRows:
    """The rows with too few or too many cells: their number, from 1, and that of their cells."""

    def __init__(self) -> None:
        self._rows, self._cells = array("I"), array("I")

    def note(self, before: int, places: Iterable[tuple[int, int]]) -> None:
        """Rows of one block, which `before` rows precede."""
        for place, cells in places:
            self._rows.append(before + place + 1)
            self._cells.append(cells)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    def frame(self) -> pl.DataFrame | None:
        """`row_id` and `cells`, UInt32; None when there is no such row."""
        import polars as pl

        if not self._rows:
            return None
        columns = {"row_id": list(self._rows), "cells": list(self._cells)}
        return pl.DataFrame(columns, dict.fromkeys(columns, pl.UInt32))


class RecordReader(Protocol):
    """What reads one form of text file. Its frames have String columns `c0`, `c1`..., blank rows included.

    `width` is the number of columns that every frame has at least, known once `frames` has begun; `ragged`
    counts rows with too few or too many cells, `odd` tells which where cells are separated.
    """

    width: int

    @property
    def odd(self) -> OddRows: ...

    @property
    def ragged(self) -> int: ...

    def frames(self) -> Generator[pl.DataFrame, None, None]: ...

    def names(self, width: int) -> list[str]: ...

    def read_with(self) -> tuple[SourceFile, ImportOptions]: ...


def whole_extract(
    path: Path, reader: RecordReader, guesses: tuple[Guess, ...], told: RowsTold | None = None
) -> Extract:
    """All records in memory. Raises AppError when there is none, and what reading raises."""
    frames = list(reader.frames() if told is None else told.counted(reader.frames()))
    if not frames:
        raise problems.no_rows(path)
    joined = together(frames)
    frames.clear()
    named = joined.rename(dict(zip(joined.columns, reader.names(joined.width), strict=True)))
    frame, kept = number_rows(named)
    if frame.is_empty():
        raise problems.no_rows(path)
    source, used = reader.read_with()
    blank = len(kept) - frame.height
    extra = frame.width - 1 - reader.width
    return Extract(
        source, used, guesses, frame, None, reader.ragged, blank, reader.odd.frame(), max(0, extra)
    )


def together(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Frames of one reader as one; cells beyond the header keep columns of their own."""
    import polars as pl

    even = all(frame.width == frames[0].width for frame in frames)
    return pl.concat(frames, how="vertical" if even else "diagonal")
