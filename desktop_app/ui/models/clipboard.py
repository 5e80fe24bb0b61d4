"""Blocks of cells as the text that Excel and LibreOffice put on the clipboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Block = list[list[str]]


def to_text(block: Sequence[Sequence[str | None]]) -> str:
    """Cells separated by tabs, rows by line ends; a cell that holds one of them is quoted."""
    return "".join("\t".join(_quoted(cell or "") for cell in row) + "\n" for row in block)


def from_text(text: str) -> Block:
    """The block in a text; quoted cells may hold tabs and line ends. An empty text is an empty block."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        return []
    if '"' not in text:
        return [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    return _with_quotes(text)


def _with_quotes(text: str) -> Block:
    rows: Block = [[]]
    for cell, end in _cells(text):
        rows[-1].append(cell)
        if end == "\n":
            rows.append([])
    if not rows[-1]:
        rows.pop()
    return rows


def spread(block: Block, height: int, width: int) -> Block:
    """The block repeated over a selection that is a whole multiple of it, as Excel does; else as it is."""
    tall, wide = len(block), max((len(row) for row in block), default=0)
    if not tall or not wide or height % tall or width % wide:
        return block
    filled = [row + [""] * (wide - len(row)) for row in block]
    return [filled[y % tall] * (width // wide) for y in range(height)]


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """Each cell with what ends it: a tab, a line end, or nothing at the end of the text."""
    start = 0
    while start < len(text):
        if text[start] == '"':
            cell, end = _quoted_cell(text, start)
        else:
            end = _end(text, start)
            cell = text[start:end]
        yield cell, text[end : end + 1]
        if text[end : end + 1] == "\t" and end + 1 == len(text):
            yield "", ""
        start = end + 1


def _quoted_cell(text: str, start: int) -> tuple[str, int]:
    """The cell whose quote opens at `start`; a lone quote is a plain character."""
    close = start + 1
    while (close := text.find('"', close)) >= 0:
        if text[close + 1 : close + 2] == '"':
            close += 2
            continue
        break
    if close < 0 or text[close + 1 : close + 2] not in ("", "\t", "\n"):
        end = _end(text, start)
        return text[start:end], end
    return text[start + 1 : close].replace('""', '"'), close + 1


def _end(text: str, start: int) -> int:
    ends = [place for place in (text.find("\t", start), text.find("\n", start)) if place >= 0]
    return min(ends, default=len(text))
