"""Fixed-width text with a layout; positions count characters, from 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.blocks import MAX_RECORD
from desktop_app.core.extracts.encodings import Transcoder
from desktop_app.core.extracts.frames import number_rows, unique_headers
from desktop_app.core.extracts.layout import check_layout
from desktop_app.core.extracts.source import SourceReader, examine
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import Extract, FixedColumn, Guess, ImportOptions

_PADDING = " \t\r"


def read_fixed_width(
    path: Path, options: ImportOptions, guesses: tuple[Guess, ...] = (), progress: Progress = silent
) -> Extract:
    """The whole file cut along `options.layout`; cells lose their padding, text beyond it keeps a column.

    Raises AppError for what cannot be read.
    """
    examine(path)
    if not options.layout:
        raise problems.no_layout(path)
    zones = check_layout(path.name, options.layout)
    reader = SourceReader(path, progress)
    transcoder = Transcoder(path, options.encoding or "utf-8", open_minded=bool(guesses))
    frames, lengths = [], Counter[int]()
    for lines in _lines(path, transcoder.utf8(reader.chunks(2 * 1024**2))):
        lengths.update(len(line) for line in lines if line.strip(_PADDING))
        frames.append(_cut(lines, zones))
    frame, kept = number_rows(_joined(path, frames, zones, options.header_row or 0))
    if frame.is_empty():
        raise problems.no_rows(path)
    used = replace(options, encoding=transcoder.encoding)
    odd = _odd(lengths, zones)
    return Extract(reader.source(), used, guesses, frame, None, odd, len(kept) - frame.height)


def _lines(path: Path, chunks: Iterator[bytes]) -> Iterator[list[str]]:
    rest, number = b"", 1
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > MAX_RECORD:
            raise problems.long_line(path, number + len(lines), MAX_RECORD)
        number += len(lines)
        if lines:
            yield [line.decode("utf-8").rstrip("\r") for line in lines]
    if rest.strip(b"\x1a\r"):
        yield [rest.decode("utf-8").rstrip("\r\x1a")]


def _cut(lines: list[str], zones: tuple[FixedColumn, ...]) -> pl.DataFrame:
    """One String column a zone, and `beyond` for what follows the last one."""
    columns = {}
    for place, zone in enumerate(zones):
        start, end = zone.start - 1, zone.start - 1 + zone.length
        columns[f"c{place}"] = [line[start:end].strip(_PADDING) or None for line in lines]
    last = max(zone.start + zone.length - 1 for zone in zones)
    columns["beyond"] = [line[last:].strip(_PADDING) or None for line in lines]
    return pl.DataFrame(columns, dict.fromkeys(columns, pl.String))


def _joined(
    path: Path, frames: list[pl.DataFrame], zones: tuple[FixedColumn, ...], skipped: int
) -> pl.DataFrame:
    if not frames:
        raise problems.no_rows(path)
    whole = pl.concat(frames).slice(skipped)
    if whole.get_column("beyond").null_count() == whole.height:
        whole = whole.drop("beyond")
    names = unique_headers([*[zone.header for zone in zones], "hors dessin"])
    return whole.rename(dict(zip(whole.columns, names, strict=False)))


def _odd(lengths: Counter[int], zones: tuple[FixedColumn, ...]) -> int:
    """Lines longer than the layout, and shorter ones where most lines fill it (some systems cut padding)."""
    last = max(zone.start + zone.length - 1 for zone in zones)
    usual = lengths.most_common(1)[0][0] if lengths else 0
    longer = sum(count for length, count in lengths.items() if length > last and length != usual)
    shorter = sum(count for length, count in lengths.items() if 0 < length < last) if usual >= last else 0
    return longer + shorter
