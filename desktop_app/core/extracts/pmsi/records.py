"""The records of one PMSI file, cut along its format. What is not a whole record is set aside and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.encodings import Transcoder, guess_encoding
from desktop_app.core.extracts.lines import lines_of
from desktop_app.core.extracts.pmsi.formats import RecordFormat
from desktop_app.core.extracts.source import SourceReader
from desktop_app.core.progress import Progress, silent
from desktop_app.core.stages import SourceFile

LINE = "line"
_CHUNK = 2 * 1024**2
_PADDING = " \t\r\x1a"
_VERSION = {"rss": "VRUM", "vidhosp": "NFVH"}
_NEEDED = {"rss": "DP", "vidhosp": "IPP"}


class Records(NamedTuple):
    """`frame`: LINE (UInt32, from 1 in the file), a String column for each wanted zone, trimmed, null when
    blank, and one for each wanted block, as it is. `aside` (LINE and `text`) are the lines that are no whole
    record; `blank` counts empty lines.
    """

    frame: pl.DataFrame
    aside: pl.DataFrame
    blank: int
    source: SourceFile | None = None
    encoding: str | None = None


def read_records(
    path: Path,
    form: RecordFormat,
    zones: Sequence[str],
    blocks: Sequence[str] = (),
    progress: Progress = silent,
    encoding: str | None = None,
    member: str | None = None,
) -> Records:
    """The whole of a file, or of `member` in an archive. Raises AppError for what cannot be read."""
    source = SourceReader(path, progress, member)
    chunks = source.chunks(_CHUNK)
    first = next(chunks, b"")
    transcoder = Transcoder(path, encoding or guess_encoding(first).value, open_minded=True)
    parts, before = [], 0
    for lines in lines_of(path, transcoder.utf8(_again(first, chunks))):
        parts.append(cut(lines, form, zones, blocks, before))
        before += len(lines)
    if not parts:
        raise problems.empty(path)
    frame = pl.concat([part.frame for part in parts])
    aside = pl.concat([part.aside for part in parts])
    return Records(frame, aside, sum(part.blank for part in parts), source.source(), transcoder.encoding)


def cut(
    lines: Sequence[str],
    form: RecordFormat,
    zones: Sequence[str],
    blocks: Sequence[str] = (),
    before: int = 0,
) -> Records:
    """Some lines of a file; `before` lines come earlier in it."""
    table = pl.DataFrame({"text": pl.Series(lines, dtype=pl.String).str.strip_chars_end(_PADDING)})
    table = table.with_row_index(LINE, before + 1).with_columns(pl.col(LINE).cast(pl.UInt32))
    filled = table.filter(pl.col("text") != "")
    judged = filled.with_columns(_counters(form)).with_columns(whole=_whole(form))
    whole = judged.filter(pl.col("whole"))
    taken = whole.select(LINE, *(_zone(form, name) for name in zones), *_blocks(form, blocks))
    aside = judged.filter(~pl.col("whole")).select(LINE, "text")
    return Records(taken, aside, table.height - filled.height)


def _again(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from chunks


def _text(form: RecordFormat, name: str) -> pl.Expr:
    zone = form.zones[name]
    return pl.col("text").str.slice(zone.start - 1, zone.length)


def _zone(form: RecordFormat, name: str) -> pl.Expr:
    value = _text(form, name).str.strip_chars(_PADDING)
    return pl.when(value != "").then(value).alias(name)


def _counters(form: RecordFormat) -> Iterator[pl.Expr]:
    """How often each block occurs; null when its counter is no number. A blank counter is zero."""
    for block in form.blocks:
        value = _text(form, block.counter).str.strip_chars(_PADDING)
        number = pl.when(value.str.contains(r"^\d+$")).then(value.str.to_integer(strict=False))
        yield pl.when(value == "").then(0).otherwise(number).cast(pl.Int64).alias(f"n {block.name}")


def _offset(form: RecordFormat, name: str | None) -> pl.Expr:
    """Where a block begins, from 0; None: where the record ends."""
    place = pl.lit(form.length, dtype=pl.Int64)
    for block in form.blocks:
        if block.name == name:
            break
        place = place + pl.col(f"n {block.name}") * block.length
    return place


def _whole(form: RecordFormat) -> pl.Expr:
    """Right version, counters that fit the length. Padding at the end may have been cut off."""
    length, end = pl.col("text").str.len_chars().cast(pl.Int64), _offset(form, None)
    least = pl.lit(form.zones[_NEEDED[form.family]].start, dtype=pl.Int64)
    for block in form.blocks:
        begins = _offset(form, block.name) + (pl.col(f"n {block.name}") - 1) * block.length + 1
        least = pl.when(pl.col(f"n {block.name}") > 0).then(begins).otherwise(least)
    version = _text(form, _VERSION[form.family]) == _stated(form)
    return (version & (length >= least) & (length <= end)).fill_null(value=False)


def _stated(form: RecordFormat) -> str:
    """What the zone of the version holds: a grouped RSS names the RUM that it was made of, 022 in 122."""
    return f"0{form.version[1:]}" if form.family == "rss" else form.version


def _blocks(form: RecordFormat, wanted: Sequence[str]) -> Iterator[pl.Expr]:
    for block in form.blocks:
        if block.name in wanted:
            span = pl.col(f"n {block.name}") * block.length
            yield pl.col("text").str.slice(_offset(form, block.name), span).alias(block.name)
