"""Delimited text of any size: read once, in blocks, in memory only."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.blocks import MAX_COLUMNS, MAX_RECORD, BlockReader
from desktop_app.core.extracts.dialect import parse
from desktop_app.core.extracts.encodings import Transcoder
from desktop_app.core.extracts.frames import unique_headers
from desktop_app.core.extracts.records import OddRows, whole_extract
from desktop_app.core.extracts.rows_told import RowsTold
from desktop_app.core.extracts.source import SourceReader, examine
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions, SourceFile

_SAMPLE_ROWS = 200
_CELLS_AT_ONCE = 8_000_000


class DelimitedReader:
    """The records of a delimited file, once, as frames of String columns `c0`, `c1`..., blank rows included.

    Guessed options are open to correction: a file whose first megabytes are plain ASCII settles its encoding
    when the first accented letter comes. `piece` bounds the bytes that are parsed together.
    """

    def __init__(
        self,
        path: Path,
        options: ImportOptions,
        guesses: tuple[Guess, ...] = (),
        progress: Progress = silent,
        piece: int | None = None,
    ) -> None:
        self._path = path
        self._options = options
        self._piece = piece
        self._source = SourceReader(path, progress, options.member)
        self._transcoder = Transcoder(path, options.encoding or "utf-8", open_minded=bool(guesses))
        self._headers: list[str] = []
        self.width = 0
        self.ragged = 0
        self.odd = OddRows()

    def frames(self) -> Generator[pl.DataFrame, None, None]:
        """Frames of `width` columns, or more where a row has more. AppError for what cannot be read."""
        chunks = _unix_ends(self._transcoder.utf8(self._source.chunks()))
        self._headers, body, self.width, line = _split_header(self._path, self._options, chunks)
        blocks = BlockReader(self._path, self._options.separator or ";", self._options.quote, self.width)
        blocks.line = line
        before = 0
        for block in blocks.blocks(body if self._piece is None else _pieces(body, self._piece, self.width)):
            self.ragged += block.ragged
            self.odd.note(before, block.odd)
            before += block.frame.height
            yield block.frame

    def names(self, width: int) -> list[str]:
        """The names of the first `width` columns, once `frames` has begun."""
        return unique_headers([*self._headers, *[None] * (width - len(self._headers))])[:width]

    def read_with(self) -> tuple[SourceFile, ImportOptions]:
        """What was read and how, once `frames` is exhausted."""
        return self._source.source(), replace(self._options, encoding=self._transcoder.encoding)


def read_delimited(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """The whole file as `options` say. Raises AppError for what cannot be read, Cancelled through `progress`.

    Guesses leave the encoding open to correction, see `DelimitedReader`.
    """
    examine(path)
    told = RowsTold(progress)
    reader = DelimitedReader(path, options, guesses, told)
    return whole_extract(path, reader, guesses, told)


def _pieces(chunks: Iterator[bytes], size: int, width: int) -> Iterator[bytes]:
    """Smaller chunks: short lines under a long header would make far more cells than bytes."""
    for chunk in chunks:
        for start in range(0, len(chunk), size):
            yield from _halved(chunk[start : start + size], width)


def _halved(chunk: bytes, width: int) -> Iterator[bytes]:
    if len(chunk) < 2 or chunk.count(b"\n") * width <= _CELLS_AT_ONCE:
        yield chunk
        return
    middle = len(chunk) // 2
    yield from _halved(chunk[:middle], width)
    yield from _halved(chunk[middle:], width)


def _unix_ends(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Carriage returns alone end lines on old Macs; two and a line feed, after some transfers."""
    lone, doubled, held = None, False, b""
    for chunk in chunks:
        if lone is None and chunk:
            lone = b"\n" not in chunk and b"\r" in chunk.rstrip(b"\r")
            doubled = b"\r\r\n" in chunk
        if doubled:
            chunk = held + chunk
            whole = len(chunk.rstrip(b"\r"))
            held, chunk = chunk[whole:], chunk[:whole].replace(b"\r\r\n", b"\r\n")
        yield chunk.replace(b"\r", b"\n") if lone else chunk
    if held:
        yield held


def _split_header(
    path: Path, options: ImportOptions, chunks: Iterator[bytes]
) -> tuple[list[str], Iterator[bytes], int, int]:
    """Header cells, the chunks after the header, the width of a row, and the line on which the rows start."""
    first = b""
    for chunk in chunks:
        first += chunk
        if len(first) > MAX_RECORD:
            break
    rows = options.header_row or 0
    end = record_offset(first, rows, options.quote)
    if end is None:
        raise (
            problems.long_line(path, 1, MAX_RECORD)
            if len(first) > MAX_RECORD
            else problems.no_header(path, rows)
        )
    header = _cells(first[:end], options)[-1:] if rows else [[]]
    if rows and not (header and any(cell.strip() for cell in header[0])):
        raise problems.no_header(path, rows)
    if len(header[0]) > MAX_COLUMNS:
        raise problems.too_wide(path, len(header[0]), MAX_COLUMNS)
    width = _width(header[0], first[end : end + 500_000], options)
    return header[0], _chain(first[end:], chunks), width, 1 + first.count(b"\n", 0, end)


def _chain(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from chunks


def _cells(data: bytes, options: ImportOptions) -> list[list[str]]:
    text = data.decode("utf-8", "ignore").removesuffix("\n").removesuffix("\r")
    return parse(text, options.separator or ";", options.quote)


def _width(header: list[str], sample: bytes, options: ImportOptions) -> int:
    """Cells in a row: those of the header, or one more when every row ends with a separator."""
    rows = [
        row for row in _cells(sample[: sample.rfind(b"\n") + 1] or sample, options)[:_SAMPLE_ROWS] if any(row)
    ]
    narrowest = min(map(len, rows), default=0)
    if not header:
        return max(1, max(map(len, rows), default=1))
    return narrowest if len(header) < narrowest <= len(header) + 1 else len(header)


def record_offset(data: bytes, records: int, quote: str | None) -> int | None:
    """Where the record after the first `records` starts, in bytes; None when there are not that many."""
    mark, end = (quote or "").encode(), 0
    for _ in range(records):
        start, inside = end, True
        while inside:
            found = data.find(b"\n", end)
            if found < 0:
                return len(data) if start < len(data) and not (mark and data.count(mark, start) % 2) else None
            end = found + 1
            inside = bool(mark) and data.count(mark, start, end) % 2 == 1
    return end
