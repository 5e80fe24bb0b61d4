"""Fixed-width text with a layout; positions count characters, from 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.encodings import Transcoder
from desktop_app.core.extracts.frames import unique_headers
from desktop_app.core.extracts.layout import check_layout
from desktop_app.core.extracts.lines import lines_of
from desktop_app.core.extracts.records import OddRows, whole_extract
from desktop_app.core.extracts.rows_told import RowsTold
from desktop_app.core.extracts.source import SourceReader, examine
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, FixedColumn, Guess, ImportOptions, SourceFile

_PADDING = " \t\r"
_BEYOND = "hors dessin"
_CHUNK = 2 * 1024**2


class FixedWidthReader:
    """The lines of a fixed-width file, once, as frames of String columns `c0`, `c1`..., one a zone.

    Cells lose their padding. A last column holds what is beyond the last zone, where a line has any.
    """

    def __init__(
        self,
        path: Path,
        options: ImportOptions,
        guesses: tuple[Guess, ...] = (),
        progress: Progress = silent,
        piece: int | None = None,
    ) -> None:
        if not options.layout:
            raise problems.no_layout(path)
        self._path = path
        self._options = options
        self._piece = piece
        self._zones = check_layout(path.name, options.layout)
        self._source = SourceReader(path, progress, options.member)
        self._transcoder = Transcoder(path, options.encoding or "utf-8", open_minded=bool(guesses))
        self._lengths = Counter[int]()
        self.width = len(self._zones)
        self.odd = OddRows()

    @property
    def ragged(self) -> int:
        """Lines longer than the layout, and shorter ones where most lines fill it."""
        return _odd(self._lengths, self._zones)

    def frames(self) -> Generator[pl.DataFrame, None, None]:
        """Frames of `width` columns, or one more. AppError for what cannot be read."""
        skip = self._options.header_row or 0
        chunks = self._transcoder.utf8(self._source.chunks(_CHUNK))
        for lines in lines_of(self._path, chunks if self._piece is None else _pieces(chunks, self._piece)):
            self._lengths.update(len(line) for line in lines if line.strip(_PADDING))
            body, skip = lines[skip:], max(0, skip - len(lines))
            if body:
                yield _cut(body, self._zones)

    def names(self, width: int) -> list[str]:
        """The names of the first `width` columns."""
        return unique_headers([*[zone.header for zone in self._zones], _BEYOND])[:width]

    def read_with(self) -> tuple[SourceFile, ImportOptions]:
        """What was read and how, once `frames` is exhausted."""
        return self._source.source(), replace(self._options, encoding=self._transcoder.encoding)


def read_fixed_width(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """The whole file cut along `options.layout`; cells lose their padding, text beyond it keeps a column.

    Raises AppError for what cannot be read.
    """
    examine(path)
    told = RowsTold(progress)
    return whole_extract(path, FixedWidthReader(path, options, guesses, told), guesses, told)


def _pieces(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    for chunk in chunks:
        yield from (chunk[start : start + size] for start in range(0, len(chunk), size))


def _cut(lines: list[str], zones: tuple[FixedColumn, ...]) -> pl.DataFrame:
    """One String column a zone, and one more for what follows the last zone on any of the lines."""
    columns = {}
    for place, zone in enumerate(zones):
        start, end = zone.start - 1, zone.start - 1 + zone.length
        columns[f"c{place}"] = [line[start:end].strip(_PADDING) or None for line in lines]
    last = max(zone.start + zone.length - 1 for zone in zones)
    beyond = [line[last:].strip(_PADDING) or None for line in lines]
    if any(beyond):
        columns[f"c{len(zones)}"] = beyond
    return pl.DataFrame(columns, dict.fromkeys(columns, pl.String))


def _odd(lengths: Counter[int], zones: tuple[FixedColumn, ...]) -> int:
    """Lines longer than the layout, and shorter ones where most lines fill it (some systems cut padding)."""
    last = max(zone.start + zone.length - 1 for zone in zones)
    usual = lengths.most_common(1)[0][0] if lengths else 0
    longer = sum(count for length, count in lengths.items() if length > last and length != usual)
    shorter = sum(count for length, count in lengths.items() if 0 < length < last) if usual >= last else 0
    return longer + shorter
