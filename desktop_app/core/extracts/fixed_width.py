"""Fixed-width text with a layout; positions count characters, from 1."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
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
        self._lines = LineLengths(self._zones)
        self.width = len(self._zones)

    @property
    def odd(self) -> OddRows:
        """Lines with text beyond the layout, and shorter ones where most lines fill it, once all are read."""
        return self._lines.odd()

    @property
    def ragged(self) -> int:
        """How many lines are odd."""
        return self._lines.odd().count

    def frames(self) -> Generator[pl.DataFrame, None, None]:
        """Frames of `width` columns, or one more. AppError for what cannot be read."""
        skip = self._options.header_row or 0
        chunks = self._transcoder.utf8(self._source.chunks(_CHUNK))
        for lines in lines_of(self._path, chunks if self._piece is None else _pieces(chunks, self._piece)):
            body, skip = lines[skip:], max(0, skip - len(lines))
            self._lines.note(body)
            if body:
                yield _cut(body, self._zones)

    def names(self, width: int) -> list[str]:
        """The names of the first `width` columns."""
        return unique_headers([*[zone.header for zone in self._zones], _BEYOND])[:width]

    def read_with(self) -> tuple[SourceFile, ImportOptions]:
        """What was read and how, once `frames` is exhausted."""
        return self._source.source(), replace(self._options, encoding=self._transcoder.encoding)


class LineLengths:
    """The lines of a file beside its layout: which ones are longer, or shorter than most."""

    def __init__(self, zones: Sequence[FixedColumn]) -> None:
        self._ends = sorted(zone.start + zone.length - 1 for zone in zones)
        self._usual = Counter[int]()
        self._rows, self._lengths = array("I"), array("I")
        self._before = 0

    def note(self, lines: Sequence[str]) -> None:
        """More lines of the file, in order."""
        last = self._ends[-1]
        for place, line in enumerate(lines, self._before + 1):
            filled, length = len(line.rstrip(_PADDING)), len(line)
            if not filled:
                continue
            self._usual[length] += 1
            # Blanks after the last zone are padding.
            if length < last or filled > last:
                self._rows.append(place)
                self._lengths.append(length)
        self._before += len(lines)

    def odd(self) -> OddRows:
        """Lines longer than the layout, and shorter ones where most lines fill it: some systems cut padding.

        The cells of a line are the zones that it holds whole, one more where text follows them.
        """
        last, found = self._ends[-1], OddRows()
        usual = self._usual.most_common(1)[0][0] if self._usual else 0
        pairs = zip(self._rows, self._lengths, strict=True)
        found.note(
            -1,
            (
                (row, bisect_right(self._ends, length) + (length > last))
                for row, length in pairs
                if (length > last and length != usual) or (length < last <= usual)
            ),
        )
        return found


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
