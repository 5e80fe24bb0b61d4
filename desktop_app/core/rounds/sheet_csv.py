"""The same as CSV: one line for each cell that a finding is about, with room for the new value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop_app.core.plain_cells import as_csv
from desktop_app.core.rounds import terms
from desktop_app.core.rounds.outgoing import Outgoing
from desktop_app.core.saving import save_bytes


def write_csv(outgoing: Outgoing, path: Path) -> int:
    """Writes UTF-8 with semicolons, as French spreadsheets open it; the number of lines. AppError when the
    folder does not take it. Text that a spreadsheet program would compute gets an apostrophe."""
    lines = list(_lines(outgoing))
    save_bytes(path, as_csv(_titles(outgoing), lines).encode("utf-8", "replace"))
    return len(lines)


def _titles(out: Outgoing) -> list[str]:
    keys = [out.say(out.contract.field(name).label) for name in out.keys]
    texts = (terms.SEVERITY, terms.RULE, terms.WRONG, terms.FIX, terms.FIELD, terms.VALUE, terms.NEW)
    more = (terms.REASON, terms.DETAILS)
    return [out.say(terms.REFERENCE), out.say(terms.ROW), *keys, *(out.say(text) for text in (*texts, *more))]


def _lines(out: Outgoing) -> Iterator[list[str]]:
    held = {row["row_id"]: row for row in out.frame.iter_rows(named=True)}
    marks = dict(zip(out.frame["row_id"], out.references, strict=True))
    for row_id, rule_id, place, kind, wrong, fix in out.cases.rows():
        row = held[row_id]
        keys = [row[name] or "" for name in out.keys]
        severity = out.say(terms.SEVERITIES[kind])
        for name in place.split("+"):
            label = out.say(out.contract.field(name).label)
            value = row.get(name)
            yield [
                marks[row_id],
                str(row_id),
                *keys,
                severity,
                rule_id,
                wrong,
                fix,
                label,
                value or "",
                "",
                "",
                "",
            ]
