"""What reading a file gave, against what it should."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from tests.ugly.case import Row, Ugly


@dataclass(slots=True)
class Read:
    """Rows, or the code of a refusal; `say` is for a person who looks at the collection."""

    say: str
    code: str = ""
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    ragged: int = 0
    blank: int = 0
    remarks: str = ""


def read(path: Path) -> Read:
    """Reads the file as the window does: guesses first, then the whole."""
    try:
        preview = detect(path)
        extract = open_extract(path)
    except AppError as error:
        assert error.what.fr and error.todo.fr and error.what.en and error.todo.en
        return Read(error.sentence("en"), error.code)
    rows: list[Row] = [tuple(row[1:]) for row in extract.frame.rows()]
    return Read(
        f"{extract.frame.height} rows of {len(extract.columns)} columns",
        "",
        tuple(extract.columns),
        rows,
        extract.ragged,
        extract.blank_rows,
        " ".join(remark.fr for remark in preview.problems),
    )


def differences(ugly: Ugly, found: Read) -> list[str]:
    """What is not as expected, in words; nothing when all is."""
    if ugly.refused or found.code:
        return (
            [] if found.code in ugly.codes else [f"wanted {ugly.codes or 'rows'}, got {found.code or 'rows'}"]
        )
    lacks = []
    if ugly.rows is not None:
        width = max(map(len, ugly.rows), default=0)
        if [row[:width] for row in found.rows] != [tuple(row) for row in ugly.rows]:
            lacks.append(f"rows {str(found.rows)[:400]}")
    if ugly.headers is not None and found.columns != ugly.headers:
        lacks.append(f"columns {str(found.columns)[:300]}")
    if found.ragged != ugly.ragged:
        lacks.append(f"{found.ragged} ragged rows, not {ugly.ragged}")
    if ugly.blank is not None and found.blank != ugly.blank:
        lacks.append(f"{found.blank} blank rows, not {ugly.blank}")
    if ugly.remark not in found.remarks:
        lacks.append(f"remarks: {found.remarks}")
    return lacks
