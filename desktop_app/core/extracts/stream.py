"""A text file of any size, read in batches of whole records, as many times as wanted."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
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

# Each batch costs 0.2 s whatever its rows; with more of them, memory grows faster than time falls.
BATCH_ROWS = 300_000
_BATCH_CELLS = 16_000_000
_MOST_WORDS = 300


class Batch(NamedTuple):
    """Some records in file order. `extract` is as `open_extract` gives it, but for its rows, counted from 1
    in the batch, and its source, of which only the path is known; `before` rows come in earlier batches."""

    extract: Extract
    before: int


class RecordStream:
    """Batches of `rows` records at most; every pass gives the same, or AppError when the file changed.

    `piece` bounds the bytes parsed together. `width` is the number of columns seen so far: cells beyond the
    header have columns of their own, and only a whole pass tells how many.
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
        self._words: dict[str, set[str]] = {}
        self._known: set[str] = set()
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
        before, watched = 0, tuple(self._words)

        doing = what

        def told(done: int, total: int | None, what: Text) -> None:
            read = rows(before)
            progress(done, total, Text(f"{doing.fr} ({read.fr})", f"{doing.en} ({read.en})"))

        reader = self._reader(told)
        seen = False
        for frame in self._even(reader):
            batch = self._batch(reader, frame, before)
            self._note(batch.extract.frame, watched)
            before += frame.height
            seen = seen or batch.extract.frame.height > 0
            if batch.extract.frame.height:
                yield batch
        if not seen:
            raise problems.no_rows(self.path)
        self._settle(reader)
        self._known.update(watched)

    def head(self, count: int) -> Extract:
        """The first `count` records, under every column seen so far."""
        reader = self._reader(silent)
        frames = reader.frames()
        taken: list[pl.DataFrame] = []
        while sum(frame.height for frame in taken) < count and (frame := next(frames, None)) is not None:
            taken.append(self._batch(reader, frame, 0).extract.frame)
        frames.close()
        if not taken:
            raise problems.no_rows(self.path)
        frame = pl.concat(taken, how="diagonal").head(count)
        return self._extract(
            frame.with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.UInt32).alias("row_id"))
        )

    def watch(self, names: Iterable[str]) -> None:
        """Notes the distinct words of these columns in every pass from now on."""
        for name in names:
            self._words.setdefault(name, set())

    def words(self, name: str) -> list[str] | None:
        """As `profile.distinct_words`, once a whole pass has watched that column; None before."""
        if name not in self._known:
            return None
        return sorted(self._words[name]) if len(self._words[name]) <= _MOST_WORDS else []

    def look_through(self, progress: Progress = silent, what: Text = READING) -> None:
        """A whole pass for what only the whole file tells: its columns, and the words that are watched."""
        for _ in self.batches(progress, what):
            pass

    def _note(self, frame: pl.DataFrame, watched: tuple[str, ...]) -> None:
        self.width = max(self.width, frame.width - 1)
        for name in watched:
            words = self._words[name]
            if len(words) <= _MOST_WORDS and name in frame.columns:
                cells = frame.get_column(name).unique().drop_nulls().str.strip_chars().unique()
                words.update(cells.filter(cells != "").head(_MOST_WORDS + 1).to_list())

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
