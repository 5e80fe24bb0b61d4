"""What an ugly file is: how it is made, and what reading it must give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Row = tuple[str | None, ...]
Make = Callable[[Path], None]

HEADERS = ("N° patient", "Nom", "Date naiss.", "Topo")
ROWS: tuple[Row, ...] = (
    ("P001", "LÉVÊQUE", "01/02/1950", "C50.4"),
    ("P002", "DÉSIRÉE", "31/12/1949", "C34.1"),
    ("P003", "Noël", "15/06/1961", "C61.9"),
    ("P004", "GARÇON", None, "C18.7"),
)


@dataclass(frozen=True, slots=True)
class Ugly:
    """A file of the collection: the rows it must give, or the `codes` of which one must refuse it.

    `headers` None: only the rows are compared. `rows` None with no code: any rows do, for a file of which
    only the reading matters. `lacking` is the module without which the file cannot be made.
    """

    name: str
    make: Make
    rows: Sequence[Row] | None = ROWS
    headers: tuple[str, ...] | None = HEADERS
    codes: tuple[str, ...] = ()
    ragged: int = 0
    blank: int | None = 0
    remark: str = ""

    @property
    def refused(self) -> bool:
        """Whether a sentence is expected in place of rows."""
        return bool(self.codes)


def refused(name: str, make: Make, *codes: str) -> Ugly:
    """A file that must be refused under one of these codes."""
    return Ugly(name, make, None, None, codes)


def content(data: bytes) -> Make:
    """Writes these bytes."""

    def make(path: Path) -> None:
        path.write_bytes(data)

    return make


def lines(
    rows: Sequence[Row] = ROWS,
    headers: tuple[str, ...] | None = HEADERS,
    separator: str = ";",
    end: str = "\n",
) -> str:
    """The table as text, quoted where it must be."""
    return "".join(
        separator.join(_quoted(cell or "", separator) for cell in row) + end
        for row in ([headers] if headers else []) + list(rows)
    )


def _quoted(cell: str, separator: str) -> str:
    if any(mark in cell for mark in (separator, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
