"""What can be added to a value that is right as it is, so that no finding offers it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.suggestions.names import Names
from desktop_app.core.suggestions.number import completed
from validation_rules.contract import Contract
from validation_rules.text import Text


@dataclass(frozen=True, slots=True, repr=False)
class Completion:
    """`value` whole, and why it can be told. Without a repr: it may be an identity."""

    value: str
    why: Text


_KEY = Text(
    "La clé se calcule sur les 13 premiers caractères. Elle protège d’une faute de frappe ; sans elle, "
    "le numéro est accepté aussi.",
    "The key is computed from the first 13 characters. It guards against a typing error; without it, the "
    "number is accepted too.",
)


def completion(contract: Contract, field: str, value: str | None) -> Completion | None:
    """The INS number of 13 characters with its key; None for any other value or field."""
    if Names.of(contract).part_of(field) != "ins":
        return None
    whole = completed(value)
    return Completion(whole, _KEY) if whole else None
