"""A list as a PDF: A4 across, a page for each part, the headings again on each page, pages numbered."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from desktop_app.core.months.sheets import Part, Sheet
from desktop_app.core.saving import whole

_STYLE = "th { text-align: left; } td, th { padding: 2px 6px; } .muted { color: #444444; }"
_TABLE = 'border="1" cellspacing="0" width="100%" style="border-style: solid; border-color: #cccccc"'
_LOOKED_AT = 200  # rows, for the widths of the columns
_POINTS = 8


def write_pdf(sheet: Sheet, path: Path, own: tuple[Path, ...] = ()) -> Path:
    """Write `sheet` to `path`, whole or not at all. AppError as `saving.whole`."""
    with whole(path, own) as beside:
        _print(sheet, str(beside))
    return path


def _print(sheet: Sheet, name: str) -> None:
    writer = QPdfWriter(name)
    writer.setTitle(sheet.title)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(),  # printing a document leaves its own
        )
    )
    document = QTextDocument()
    document.setDefaultFont(QFont("Sans Serif", _POINTS))
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(_html(sheet))
    document.print_(writer)


def _html(sheet: Sheet) -> str:
    """The few elements that a text document lays out; every value is escaped."""
    facts = "".join(f'<p class="muted">{html.escape(fact)}</p>' for fact in sheet.facts)
    warning = f"<p><b>{html.escape(sheet.warning)}</b></p>" if sheet.warning else ""
    parts = "".join(_part(part, number) for number, part in enumerate(sheet.parts))
    return f"<h1>{html.escape(sheet.title)}</h1>{facts}{warning}{parts or html.escape(sheet.empty)}"


def _part(part: Part, number: int) -> str:
    apart = ' style="page-break-before: always"' if number else ""
    ticks = ("\N{BALLOT BOX}",) if part.to_tick else ()
    heads = "".join(
        f'<th width="{share}%">{html.escape(head)}</th>'
        for head, share in zip((*part.headers, *("" for _ in ticks)), _shares(part), strict=True)
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in (*row, *ticks)) + "</tr>"
        for row in part.rows
    )
    table = f"<table {_TABLE}><thead><tr>{heads}</tr></thead>{rows}</table>"
    return f'<h2{apart}>{html.escape(part.title)}</h2><p class="muted">{html.escape(part.note)}</p>{table}'


def _shares(part: Part) -> list[int]:
    """Widths of the columns in hundredths: as the longest word of each asks, and more for longer texts."""
    columns = zip(part.headers, *part.rows[:_LOOKED_AT], strict=True)
    wanted = [
        max(
            max(len(word) for cell in cells for word in (cell.split() or [""])),
            min(max(map(len, cells)) // 2, 24),
        )
        for cells in columns
    ]
    wanted += [2] * part.to_tick
    whole = sum(width + 4 for width in wanted)
    return [max(1, 100 * (width + 4) // whole) for width in wanted]
