"""The list of confirmations that `navette submit` accepts from a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from desktop_app.core.corrections import CONFIRMATION_REASONS
from desktop_app.core.errors import AppError
from validation_rules.text import Text

MAX_BYTES = 32 << 20


class ConfirmationLine(BaseModel):
    """One finding that is true to life: its row (from 1), its rule, a reason code and a note."""

    model_config = ConfigDict(extra="forbid")

    row: Annotated[int, Field(ge=1)]
    rule_id: Annotated[str, Field(max_length=60)]
    reason: Annotated[str, Field(max_length=60)]
    note: Annotated[str, Field(max_length=1000)] = ""


def read_confirmations(file: Path) -> list[ConfirmationLine]:
    """The lines of a JSON list. AppError when it cannot be read, is too large, or says something else."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise _bad(file)
        lines = TypeAdapter(list[ConfirmationLine]).validate_json(content)
    except (OSError, ValidationError):
        raise _bad(file) from None
    if any(line.reason not in CONFIRMATION_REASONS for line in lines):
        raise _bad(file)
    return lines


def _bad(file: Path) -> AppError:
    codes = ", ".join(CONFIRMATION_REASONS)
    return AppError(
        "cli.confirmations",
        Text(
            f"{file.name} n’est pas une liste de confirmations lisible.",
            f"{file.name} is not a list of confirmations that can be read.",
        ),
        Text(
            'Attendu : une liste JSON de {"row": 12, "rule_id": "AGE-05", "reason": "checked_record", '
            f'"note": ""}} ; motifs : {codes}.',
            'Expected: a JSON list of {"row": 12, "rule_id": "AGE-05", "reason": "checked_record", '
            f'"note": ""}}; reasons: {codes}.',
        ),
    )
