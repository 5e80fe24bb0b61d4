"""What a step of the bench is called, and what a reason must bring along."""

from __future__ import annotations

from desktop_app.core.bench_texts import LABELS_MANY, LABELS_ONE, note_needed
from desktop_app.core.corrections import CONFIRMATION_REASONS, Action
from validation_rules.contract import Contract
from validation_rules.text import Text


def step_label(contract: Contract, step: Action) -> Text:
    """A step in words, without a cell value."""
    cells = step.first(1) if step.size == 1 else None
    if cells is None:
        return LABELS_MANY[step.kind].format(n=step.size)
    row = cells["row_id"][0]
    if step.kind == "carry":
        return LABELS_ONE[step.kind].format(row=row)
    if step.kind == "edit":
        label = contract.field(cells["field"][0]).label
        return Text(f"Correction de « {label.fr} », ligne {row}", f"Correction of “{label.en}”, row {row}")
    return LABELS_ONE[step.kind].format(rule=cells["rule_id"][0], row=row)


def check_reason(reason: str, note: str) -> None:
    """Raises ValueError for an unknown reason, AppError where it needs a note."""
    if reason not in CONFIRMATION_REASONS:
        raise ValueError(f"unknown reason {reason!r}")
    if reason == "other" and not note.strip():
        raise note_needed()
