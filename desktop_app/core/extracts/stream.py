"""A text file of any size, read in batches of whole records, as many times as wanted."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.delimited import DelimitedReader
from desktop_app.core.extracts.fixed_width import FixedWidthReader
from desktop_app.core.extracts.frames import number_rows
from desktop_app.core.extracts.records import RecordReader, together
from desktop_app.core.extracts.source import CHUNK_BYTES, READING
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions, SourceFile
from validation_rules.text import Text, rows

BATCH_ROWS = 100_000
_BATCH_CELLS = 16_000_000


class Batch(NamedTuple):
    """Some records in file order. `extract` is as `open_extract` gives it, but for its rows, counted from 1
    in the batch, and its source, of which only the path is known; `before` rows come in earlier batches."""

    extract: Extract
    before: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What only the whole file tells: the number of its columns, and the distinct words of some of them.

    `words`: trimmed, sorted; none for a column with more than were asked for.
    """

    width: int
    words: dict[str, list[str]]


class RecordStream:
    """Batches of `rows` records at most; every pass gives the same, or AppError when the file changed.

    `piece` bounds the bytes parsed together. `width` is the number of columns once a survey told it; before,
    that of the header: cells beyond it are then in columns that come and go.
    """

    def __init__(
        self,
        path: Path,
        options: ImportOptions,
        guesses: tuple[Guess, ...] = (),
        rows: int = BATCH_ROWS,
        piece: int = CHUNK_BYTES,
    ) -> None:
        self.path = path
        self.options = options
        self.guesses = guesses
        self.rows = rows
        self.piece = piece
        self.width = 0
        self.surveyed = False
        self.ragged = 0
        self._source: SourceFile | None = None
        self._used = options

    def columns(self) -> list[str]:
        """The names of the columns known so far: those of the header at least."""
        reader = self._reader(silent)
        if next(reader.frames(), None) is None:
            raise problems.no_rows(self.path)
        return reader.names(max(reader.width, self.width))

    def batches(self, progress: Progress = silent, what: Text = READING) -> Generator[Batch, None, None]:
        """The file once through. `progress` is told the bytes read and, in words, the rows.

        Raises AppError for what cannot be read, for a file without a row, and for one that changed.
        """
        before = 0

        doing = what

        def told(done: int, total: int | None, what: Text) -> None:
            read = rows(before)
            progress(done, total, Text(f"{doing.fr} ({read.fr})", f"{doing.en} ({read.en})"))

        reader = self._reader(told)
        seen = False
        for frame in self._even(reader):
            batch = self._batch(reader, frame, before)
            before += frame.height
            seen = seen or batch.extract.frame.height > 0
            if batch.extract.frame.height:
                yield batch
        if not seen:
            raise problems.no_rows(self.path)
        self._settle(reader)

    def head(self, count: int) -> Extract:
        """The first `count` records."""
        taken: list[pl.DataFrame] = []
        batches = self.batches()
        while sum(frame.height for frame in taken) < count and (batch := next(batches, None)) is not None:
            taken.append(batch.extract.frame)
        batches.close()
        frame = pl.concat(taken, how="diagonal").head(count)
        frame = frame.with_columns(pl.int_range(1, frame.height + 1, dtype=pl.UInt32).alias("row_id"))
        return self._extract(frame)

    def survey(
        self,
        names: Iterable[str] = (),
        limit: int = 300,
        progress: Progress = silent,
        what: Text = READING,
    ) -> Survey:
        """Looks through the whole file, and remembers its width."""
        words: dict[str, set[str]] = {name: set() for name in names}
        for batch in self.batches(progress, what):
            frame = batch.extract.frame
            self.width = max(self.width, frame.width - 1)
            for name in [name for name in words if len(words[name]) <= limit and name in frame.columns]:
                cells = frame.get_column(name).unique().drop_nulls().str.strip_chars().unique()
                words[name].update(cells.filter(cells != "").head(limit + 1).to_list())
        self.surveyed = True
        found = {name: sorted(seen) if len(seen) <= limit else [] for name, seen in words.items()}
        return Survey(self.width, found)

    def _reader(self, progress: Progress) -> RecordReader:
        kind = FixedWidthReader if self.options.format == "fixed_width" else DelimitedReader
        return kind(self.path, self.options, self.guesses, progress, self.piece)

    def _even(self, reader: RecordReader) -> Iterator[pl.DataFrame]:
        """The frames of the reader joined and cut to the size of a batch."""
        held: list[pl.DataFrame] = []
        for frame in reader.frames():
            held.append(frame)
            size = min(self.rows, max(1, _BATCH_CELLS // frame.width))
            while sum(each.height for each in held) >= size:
                whole = together(held)
                yield whole.head(size)
                rest = whole.slice(size)
                held = [rest] if rest.height else []
        if held:
            yield together(held)

    def _batch(self, reader: RecordReader, frame: pl.DataFrame, before: int) -> Batch:
        lacking = [f"c{place}" for place in range(frame.width, self.width)]
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in lacking)
        named = frame.rename(dict(zip(frame.columns, reader.names(frame.width), strict=True)))
        return Batch(self._extract(number_rows(named)[0]), before)

    def _extract(self, frame: pl.DataFrame) -> Extract:
        source = self._source or SourceFile(self.path, "", 0)
        return Extract(source, self._used, self.guesses, frame)

    def _settle(self, reader: RecordReader) -> None:
        """Every pass must read the same bytes. The first one settles the encoding."""
        source, used = reader.read_with()
        if self._source is not None and self._source != source:
            raise problems.changed(self.path)
        self._source = source
        self.ragged = reader.ragged
        # Guesses stay: the next pass must take the same decisions at the same bytes.
        self._used = used
