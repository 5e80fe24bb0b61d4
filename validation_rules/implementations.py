"""The checks that a rule of `type: custom` can name, and what each may be told: the documented vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from validation_rules.text import Text

Meanings = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Implementation:
    """What a check finds, in a sentence, and its arguments: name -> meaning."""

    finds: Text
    arguments: Meanings = field(default_factory=lambda: MappingProxyType({}))


IMPLEMENTATIONS: Mapping[str, Implementation] = MappingProxyType(
    {
        "repeated_key": Implementation(
            Text(
                "Les lignes dont les champs, tous remplis, sont les mêmes que sur une autre ligne.",
                "Rows whose fields, all filled, are the same as on another row.",
            )
        ),
    }
)
"""Every implementation that this version of the engine knows."""
