"""The registry's answers as the Feedback page shows them: counts, and rows ready for a table. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.feedback import OUTCOMES, counted, evidence_text, kept_feedback
from desktop_app.core.progress import Progress
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.stages import Feedback
    from desktop_app.core.workspace import BatchRow, Workspace
    from desktop_app.ui.send.work import Work
    from validation_rules.contract import Contract

FINDINGS = "findings"
MOST = 5000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the registry: the batch by its id here and the name people gave it, and its rows.

    `own_id` is empty for a batch that is not in the list any more.
    `numbers`: row_id, numero_patient, numero_tumeur of the batch, shown on this screen only.
    """

    name: str
    feedback: Feedback
    numbers: pl.DataFrame
    contract: Contract
    own_id: str = ""

    def counts(self) -> list[tuple[str, int]]:
        """Outcome code (or `findings`) and how many rows, what needs a person first."""
        found = counted(self.feedback)
        central = self.feedback.findings.height
        return ([(FINDINGS, central)] if central else []) + found


@dataclass(frozen=True, slots=True)
class Shown:
    """A table and the two sentences above it."""

    meaning: str
    todo: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


HEADS = {
    "row": Text("Ligne", "Row"),
    "patient": Text("N° patient", "Patient no."),
    "tumour": Text("N° tumeur", "Tumour no."),
    "sources": Text("Autres sources", "Other sources"),
    "field": Text("Champ", "Field"),
    "own": Text("Chez vous", "Yours"),
    "other": Text("Ailleurs", "Elsewhere"),
    "why": Text("Ce qui concorde", "What agrees"),
    "when": Text("Date", "Date"),
    "rule": Text("Règle", "Rule"),
}
CENTRAL = Text("Constat du contrôle central", "Finding of the central check")
CENTRAL_MEANING = Text(
    "Le registre a repassé les règles sur ce qu’il a reçu.",
    "The registry ran the rules again on what it received.",
)
CENTRAL_TODO = Text(
    "Corrigez ces lignes ; elles partiront avec le prochain lot.",
    "Correct these rows; they leave with the next batch.",
)


def read_answers(workspace: Workspace) -> Work[list[Answer]]:
    """The latest answer of each batch, newest first."""

    def work(progress: Progress) -> list[Answer]:
        from desktop_app.core.dispatch import sealed_id_of

        names = {sealed_id_of(batch): batch for batch in workspace.batches.list()}
        ids = dict.fromkeys(document.batch_id for document in workspace.feedback.list())
        found = [_answer(workspace, batch_id, names) for batch_id in ids]
        return [answer for answer in found if answer is not None]

    return work


def _answer(workspace: Workspace, batch_id: str, names: dict[str, BatchRow]) -> Answer | None:
    from validation_rules.contract import load_contract

    feedback, reverse = kept_feedback(workspace, batch_id), workspace.reverse.frame(batch_id)
    if feedback is None or reverse is None:
        return None
    batch = names.get(batch_id)
    contract = load_contract(batch.contract_id if batch is not None else "rnc-tumeurs")
    name, own_id = (batch.name, batch.id) if batch is not None else (batch_id[:8], "")
    numbers = reverse.select("row_id", "numero_patient", "numero_tumeur")
    return Answer(name, feedback, numbers, contract, own_id)


def title_of(code: str, language: Language) -> str:
    """The name of an outcome, or of the central findings."""
    return (CENTRAL if code == FINDINGS else OUTCOMES[code].title).in_(language)


def needs_review(code: str) -> bool:
    """Whether a person should look at these rows."""
    return code == FINDINGS or OUTCOMES[code].review


EXTRA: dict[str, tuple[str, ...]] = {
    "field_disagreement": ("field", "own", "other"),
    "vital_status_elsewhere": ("own", "other", "when"),
    FINDINGS: ("rule", "field"),
    "possible_match": ("why",),
    "known_person": ("sources",),
    "known_tumour": ("sources",),
}


def rows_of(answer: Answer, code: str, language: Language) -> Shown:
    """The user's own rows behind one outcome (or the central findings), at most 5,000 of them."""
    if code == FINDINGS:
        lines, extra = answer.feedback.findings, EXTRA[FINDINGS]
        meaning, todo = CENTRAL_MEANING, CENTRAL_TODO
    else:
        lines, extra = answer.feedback.outcomes.filter(pl.col("outcome") == code), EXTRA.get(code, ())
        meaning, todo = OUTCOMES[code].meaning, OUTCOMES[code].todo
    numbers = answer.numbers.with_columns(pl.col("row_id").cast(pl.UInt32))
    rows = [
        (*_who(line), *(_cell(answer, line, name, language) for name in extra))
        for line in lines.head(MOST).join(numbers, on="row_id", how="left").iter_rows(named=True)
    ]
    heads = tuple(HEADS[name].in_(language) for name in ("row", "patient", "tumour", *extra))
    return Shown(meaning.in_(language), todo.in_(language), heads, list(dict.fromkeys(rows)))


def _who(line: dict[str, object]) -> tuple[str, str, str]:
    return str(line["row_id"]), str(line["numero_patient"] or ""), str(line["numero_tumeur"] or "")


def _cell(answer: Answer, line: dict[str, object], name: str, language: Language) -> str:
    evidence, field = str(line.get("evidence") or ""), str(line["field"] or "")
    if name == "why":
        return evidence_text(evidence, language)
    if name == "when":
        return _day(evidence, language)
    if name == "rule":
        return str(line["rule_id"])
    if name == "field":
        return _label(answer, field, language)
    if name == "sources":
        return str(line["other_sources"])
    return _coded(answer, field, str(line["own_value" if name == "own" else "other_value"] or ""), language)


def _day(evidence: str, language: Language) -> str:
    """`2026-05-14` or `2026-05` as a French reader writes it."""
    return "/".join(reversed(evidence.split("-"))) if language == "fr" else evidence


def _label(answer: Answer, field: str, language: Language) -> str:
    names = [name for name in field.split("+") if name]
    known = set(answer.contract.field_names)
    return ", ".join(
        answer.contract.field(name).label.in_(language) if name in known else name for name in names
    )


def _coded(answer: Answer, field: str, value: str, language: Language) -> str:
    """A code with what it means: « 2 (décédé) »."""
    if field not in answer.contract.field_names:
        return value
    meaning = answer.contract.field(field).code_labels.get(value)
    return f"{value} ({meaning.in_(language)})" if meaning is not None else value
