"""Files that say the type of each column: Parquet, SAS, SPSS, Stata. One frame piece after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.blocks import MAX_COLUMNS
from desktop_app.core.extracts.frames import number_rows, unique_headers
from desktop_app.core.extracts.packed import MAX_IN_MEMORY
from desktop_app.core.extracts.source import SourceReader, examine
from desktop_app.core.extracts.typed import as_text
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions

MAX_ROWS = 50_000_000
CELLS_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True)
class Described:
    """What such a file says of itself. `rows` is None when only reading tells.

    `labels`: column -> code -> label; `titles`: column -> what it is called in words.
    """

    columns: tuple[str, ...]
    rows: int | None
    encoding: str | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def describe(path: Path, options: ImportOptions, progress: Progress = silent) -> Described:
    """The columns of the file and what it says of them. Raises AppError when it cannot be read."""
    if options.format == "parquet":
        from desktop_app.core.extracts.parquet import describe_parquet

        told = describe_parquet(path, options.member)
    else:
        from desktop_app.core.extracts.statistical import describe_statistical

        told = describe_statistical(path, options, progress)
    if len(told.columns) > MAX_COLUMNS:
        raise problems.too_wide(path, len(told.columns), MAX_COLUMNS)
    return told


def pieces(
    path: Path, options: ImportOptions, told: Described, progress: Progress, limit: int | None = None
) -> Iterator[pl.DataFrame]:
    """The typed frame in pieces of whole rows, in order; the first `limit` rows only, when given."""
    if options.format == "parquet":
        from desktop_app.core.extracts.parquet import parquet_pieces

        return parquet_pieces(path, options.member, told, progress, limit)
    from desktop_app.core.extracts.statistical import statistical_pieces

    return statistical_pieces(path, options, told, progress, limit)


def first_rows(path: Path, options: ImportOptions, told: Described, count: int) -> list[list[str]]:
    """The first rows as text, ``""`` for an empty cell."""
    for piece in pieces(path, options, told, silent, count):
        texts = [as_text(path, column)[0].fill_null("").to_list() for column in piece.get_columns()]
        return [list(row) for row in zip(*texts, strict=True)]
    return []


def read_columnar(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """The whole file, its codes as stored. Raises AppError for what cannot be read."""
    examine(path, MAX_IN_MEMORY * 4)
    reader = SourceReader(path, progress, options.member)
    reader.take_in()
    told = describe(path, options, progress)
    texts, kinds = [], []
    for piece in pieces(path, options, told, progress):
        both = [as_text(path, column) for column in piece.get_columns()]
        texts.append(pl.DataFrame([text for text, _ in both]))
        kinds.append(pl.DataFrame([kind for _, kind in both]))
    if not texts:
        raise problems.no_rows(path)
    names = unique_headers(told.columns)
    renamed = dict(zip(texts[0].columns, names, strict=True))
    frame, kept = number_rows(pl.concat(texts).rename(renamed))
    if frame.is_empty():
        raise problems.no_rows(path)
    marks = pl.concat(kinds).rename(renamed).filter(kept)
    labels = {renamed[name]: words for name, words in told.labels.items() if name in renamed}
    titles = {renamed[name]: words for name, words in told.titles.items() if name in renamed}
    used = replace(options, encoding=told.encoding) if options.encoding is None else options
    blank = len(kept) - frame.height
    source = reader.source()
    return Extract(source, used, guesses, frame, marks, 0, blank, labels=labels, titles=titles)


def rows_at_once(columns: int) -> int:
    """How many rows are turned at a time: some 100 ms of work."""
    return max(100, CELLS_AT_ONCE // max(1, columns))
