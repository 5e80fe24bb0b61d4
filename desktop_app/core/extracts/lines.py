"""The lines of a text file whose records are lines: each as it is, without its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop_app.core.extracts import problems
from desktop_app.core.extracts.blocks import MAX_RECORD


def lines_of(path: Path, chunks: Iterable[bytes]) -> Iterator[list[str]]:
    """The lines of UTF-8 `chunks`, some at a time. AppError for one longer than MAX_RECORD bytes.

    The mark with which old systems end a file is no line of its own.
    """
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
