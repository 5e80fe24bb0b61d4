"""Blocks of whole records out of UTF-8 chunks, and their cells.

A well-formed block goes through Polars. A block with anything odd (ragged rows, quotes in the middle of a
cell, blank lines) goes through the csv module, slower and forgiving: nothing is dropped or shifted.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.dialect import csv_reader

MAX_RECORD = 4 * 1024**2
MAX_COLUMNS = 16_384  # what a workbook holds
_EXTRA_CELLS = 50
_AFTER_END = "\x1a"


class Block(NamedTuple):
    """`frame`: String columns `c0`, `c1`... ; `ragged` rows had too few or too many cells.

    `odd` tells which: their place in the frame, from 0, and their number of cells.
    """

    frame: pl.DataFrame
    ragged: int
    odd: tuple[tuple[int, int], ...] = ()


class _Started(NamedTuple):
    """Records that Polars is reading: their bytes, separators outside quotes, line ends inside."""

    data: bytes
    separators: int
    breaks: int
    parsed: Future[pl.DataFrame]


class BlockReader:
    """Parses UTF-8 chunks into frames of at least `width` columns; the header is already behind."""

    def __init__(self, path: Path, separator: str, quote: str | None, width: int) -> None:
        self._path = path
        self._separator = separator.encode()
        self._quote = quote.encode() if quote else None
        self._mark = quote
        self._width = width
        self.line = 1

    def blocks(self, chunks: Iterator[bytes]) -> Generator[Block, None, None]:
        """A block for each chunk that ends a record. Raises AppError on a record over `MAX_RECORD` bytes.

        Polars parses one block on a thread beside while the next one is read and decoded.
        """
        # A thread of its own and not the background of Polars, where a panic ends the whole program.
        with ThreadPoolExecutor(1, "navette-parser") as self._beside:
            yield from self._read_ahead(chunks)

    def _read_ahead(self, chunks: Iterator[bytes]) -> Iterator[Block]:
        rest, ahead = b"", None
        for chunk in chunks:
            buffer = rest + chunk
            started, cut = self._start(buffer)
            if ahead is not None:
                block, ahead = self._finished(ahead), None
                yield block
            ahead = started
            if started is None:
                found, cut = self._forgiven(buffer, final=False)
                if found is not None:
                    yield found
            rest = buffer[cut:]
            if len(rest) > MAX_RECORD:
                raise problems.long_line(self._path, self.line + buffer.count(b"\n", 0, cut), MAX_RECORD)
        if ahead is not None:
            block, ahead = self._finished(ahead), None
            yield block
        rest = rest.rstrip(b"\x1a")
        if rest:
            ended = rest if rest.endswith(b"\n") else rest + b"\n"
            started, cut = self._start(ended)
            whole = started is not None and cut == len(ended)
            found = self._finished(started) if started and whole else self._forgiven(rest, final=True)[0]
            if found is not None:
                yield found

    def _forgiven(self, buffer: bytes, *, final: bool) -> tuple[Block | None, int]:
        block, cut = self._lenient(buffer, final=final)
        self.line += buffer.count(b"\n", 0, cut)
        return block, cut

    def _record_end(self, buffer: bytes) -> int:
        """After the last line end that lies outside quotes; 0 when there is none near the end."""
        end = buffer.rfind(b"\n") + 1
        if self._quote is None or not end:
            return end
        inside = buffer.count(self._quote, 0, end) % 2
        while inside:
            earlier = buffer.rfind(b"\n", 0, end - 1) + 1
            if not earlier or len(buffer) - earlier > MAX_RECORD:
                return 0
            inside ^= buffer.count(self._quote, earlier, end) % 2
            end = earlier
        return end

    def _start(self, buffer: bytes) -> tuple[_Started | None, int]:
        """Hands the whole records of the buffer to Polars, and how many bytes they are.

        None when a check says that Polars might not read what is written.
        """
        cut = self._record_end(buffer)
        data = buffer if cut == len(buffer) else buffer[:cut]
        counted = self._separators(data) if cut else None
        if counted is None:
            return None, cut
        return _Started(data, *counted, self._beside.submit(self._polars, data)), cut

    def _polars(self, data: bytes) -> pl.DataFrame:
        return pl.read_csv(
            io.BytesIO(data),
            has_header=False,
            separator=self._separator.decode(),
            quote_char=self._quote.decode() if self._quote else None,
            schema={f"c{i}": pl.String for i in range(self._width)},
            null_values=[""],
            low_memory=False,
        )

    def _finished(self, started: _Started) -> Block:
        """What Polars read, or the csv module where Polars stumbles."""
        try:
            frame = started.parsed.result()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
            frame = None
        # Polars refuses rows with too many cells and fills those with too few: the count of separators tells.
        if frame is not None and started.separators == frame.height * (self._width - 1):
            self.line += frame.height + started.breaks
            return Block(frame, 0)
        # The quotes are in their places, so the block ends where a record does.
        block, _ = self._forgiven(started.data, final=True)
        return block or Block(pl.DataFrame(schema={f"c{i}": pl.String for i in range(self._width)}), 0)

    def _separators(self, data: bytes) -> tuple[int, int] | None:
        """Separators outside quotes and line ends inside; None when a quote stands where none should."""
        if self._quote is None or self._quote not in data:
            return data.count(self._separator), 0
        parts = data.split(self._quote)
        if len(parts) % 2 == 0:
            return None
        before, after = (self._separator[0], 10), (self._separator[0], 10, 13)
        first, last, outside = parts[0], parts[-1], parts[2:-1:2]
        if (first and first[-1] not in before) or (last and last[0] not in after):
            return None
        if not all(not part or (part[0] in after and part[-1] in before) for part in outside):
            return None
        return b"".join(parts[::2]).count(self._separator), b"".join(parts[1::2]).count(b"\n")

    def _lenient(self, buffer: bytes, *, final: bool) -> tuple[Block | None, int]:
        """Through the csv module; the last record stays for the next block unless the file ends here."""
        end = len(buffer) if final else buffer.rfind(b"\n") + 1
        lines = io.StringIO(buffer[:end].decode("utf-8"), newline="\n").readlines()
        if final:
            lines.append(_AFTER_END)
        reader = csv_reader(_no_lone_return(lines), self._separator.decode(), self._mark)
        rows: list[list[str]] = []
        starts = [0]
        try:
            for row in reader:
                rows.append(row)
                starts.append(reader.line_num)
        except csv.Error:
            raise problems.long_line(self._path, self.line + starts[-1], csv.field_size_limit()) from None
        if final and rows.pop() != [_AFTER_END]:
            # The last record took the line after the end in: nothing closes its quote.
            raise problems.open_quote(self._path, self.line + starts[-2])
        if not final and rows:
            rows.pop()
            starts.pop()
        used = end if final else sum(len(line.encode()) for line in lines[: starts[-1]])
        return (self._columns(rows) if rows else None), used

    def _columns(self, rows: list[list[str]]) -> Block:
        odd: list[tuple[int, int]] = []
        for place, row in enumerate(rows):
            if len(row) != self._width and not "".join(row).strip():
                row.clear()
            while len(row) > self._width and not row[-1].strip():
                row.pop()
            if row and len(row) != self._width:
                odd.append((place, len(row)))
            if len(row) > self._width + _EXTRA_CELLS:
                row[self._width + _EXTRA_CELLS - 1 :] = [" ".join(row[self._width + _EXTRA_CELLS - 1 :])]
        widest = max(self._width, *map(len, rows))
        columns = zip_longest(*rows, [""] * widest, fillvalue="")
        series = [
            pl.Series(f"c{i}", [cell or None for cell in column[:-1]], dtype=pl.String)
            for i, column in enumerate(columns)
        ]
        return Block(pl.DataFrame(series), len(odd), tuple(odd))


def _no_lone_return(lines: list[str]) -> Iterator[str]:
    """A carriage return amid a line is read as a blank: the csv module refuses it outside quotes."""
    for line in lines:
        body = line.removesuffix("\n").removesuffix("\r")
        yield body.replace("\r", " ") + line[len(body) :] if "\r" in body else line
