"""The same as a list to print: a page for each institution, with room to write by hand."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from desktop_app.core.html_pages import template
from desktop_app.core.rounds import terms
from desktop_app.core.rounds.outgoing import Outgoing
from desktop_app.core.saving import save_bytes
from validation_rules.text import Text, counted, grouped, rows

_PAGE: Final = Path(__file__).with_name("sheet.html.j2")
_FINDING = (Text("constat", "finding"), Text("constats", "findings"))
_WORDS = {
    "title": Text("Constats à revoir", "Findings to look at"),
    "private": Text(
        "Données de santé : à ne laisser ni à l’imprimante ni sur un bureau ; à détruire une fois traitées.",
        "Health data: leave it neither at the printer nor on a desk; destroy it once it is dealt with.",
    ),
    "none": Text("Établissement non renseigné", "Institution not stated"),
    "institution": terms.INSTITUTION,
    "row": terms.ROW,
    "value": terms.VALUE,
    "new": terms.NEW,
    "field": terms.FIELD,
    "right": Text("Juste tel quel, parce que", "Right as it is, because"),
}


def write_page(outgoing: Outgoing, path: Path) -> int:
    """Writes one HTML page that opens anywhere and prints; the number of its rows. AppError when the folder
    does not take it. Every value is escaped by the template."""
    save_bytes(path, _page(outgoing).encode("utf-8", "replace"))
    return outgoing.frame.height


def _page(out: Outgoing) -> str:
    parts = _by_institution(out)
    return template(_PAGE).render(
        say={key: out.say(text) for key, text in _WORDS.items()},
        language=out.language,
        colon="\N{NO-BREAK SPACE}:" if out.language == "fr" else ":",
        contract=out.say(out.contract.title),
        parts=parts,
        total=_counts(out, out.frame.height, out.cases.height),
    )


def _counts(out: Outgoing, height: int, found: int) -> str:
    return f"{out.say(rows(height))}, {out.say(counted(found, *_FINDING))}"


def _by_institution(out: Outgoing) -> list[dict[str, Any]]:
    said: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row_id, rule_id, place, kind, wrong, fix in out.cases.rows():
        names = place.split("+")
        said[row_id].append(
            {
                "rule": rule_id,
                "kind": kind,
                "severity": out.say(terms.SEVERITIES[kind]),
                "wrong": wrong,
                "fix": fix,
                "fields": names,
            }
        )
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record, at in zip(out.frame.iter_rows(named=True), out.institutions, strict=True):
        parts[at].append(_record(out, record, said[record["row_id"]]))
    return [
        {
            "name": name,
            "records": records,
            "counts": _counts(out, len(records), sum(len(r["found"]) for r in records)),
        }
        for name, records in sorted(parts.items(), key=lambda part: (not part[0], part[0]))
    ]


def _record(out: Outgoing, record: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    label = {name: out.say(out.contract.field(name).label) for name in out.fields}
    for finding in found:
        finding["cells"] = [(label[name], record[name] or "") for name in finding["fields"] if name in label]
    return {
        "row": out.say(grouped(record["row_id"])),
        "key": [(label[name], record[name] or "") for name in out.keys],
        "found": found,
    }
