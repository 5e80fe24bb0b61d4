"""Delimited text of any size: read once, in blocks, in memory only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.blocks import MAX_COLUMNS, MAX_RECORD, BlockReader
from desktop_app.core.extracts.dialect import parse
from desktop_app.core.extracts.encodings import Transcoder
from desktop_app.core.extracts.frames import number_rows, unique_headers
from desktop_app.core.extracts.source import SourceReader, examine
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, Guess, ImportOptions

_SAMPLE_ROWS = 200


def read_delimited(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """The whole file as `options` say. Raises AppError for what cannot be read, Cancelled through `progress`.

    Guessed options are open to correction: a file whose first megabytes are plain ASCII settles its encoding
    when the first accented letter comes.
    """
    examine(path)
    reader = SourceReader(path, progress)
    transcoder = Transcoder(path, options.encoding or "utf-8", open_minded=bool(guesses))
    chunks = _unix_ends(transcoder.utf8(reader.chunks()))
    headers, body, width, line = _split_header(path, options, chunks)
    blocks = BlockReader(path, options.separator or ";", options.quote, width)
    blocks.line = line
    frames, ragged = [], 0
    for block in blocks.blocks(body):
        frames.append(block.frame)
        ragged += block.ragged
    if not frames:
        raise problems.no_rows(path)
    frame, kept = number_rows(_named(frames, headers))
    if frame.is_empty():
        raise problems.no_rows(path)
    used = replace(options, encoding=transcoder.encoding)
    return Extract(reader.source(), used, guesses, frame, None, ragged, len(kept) - frame.height)


def _unix_ends(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Carriage returns alone end lines on old Macs."""
    lone = None
    for chunk in chunks:
        if lone is None and chunk:
            lone = b"\n" not in chunk and b"\r" in chunk.rstrip(b"\r")
        yield chunk.replace(b"\r", b"\n") if lone else chunk


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


def _named(frames: list[pl.DataFrame], headers: list[str]) -> pl.DataFrame:
    """All blocks as one frame under their headers; cells beyond the header keep columns of their own."""
    width = max(frame.width for frame in frames)
    even = all(frame.width == width for frame in frames)
    whole = pl.concat(frames, how="vertical" if even else "diagonal")
    names = unique_headers([*headers, *[None] * (width - len(headers))])
    return whole.rename(dict(zip(whole.columns, names, strict=True)))
