"""The checks that a rule of `type: custom` can name, and what each may be told: the documented vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from validation_rules.cross_vocabulary import VOCABULARY
from validation_rules.text import Language, Text

Meanings = Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Implementation:
    """What a check finds, in a sentence, and its arguments, all needed: name -> meaning."""

    finds: Text
    arguments: Meanings = field(default_factory=lambda: MappingProxyType({}))


_TNM: dict[str, Text] = {
    "edition": Text("le champ de l’édition TNM", "the field of the TNM edition"),
    "site": Text("le champ de la topographie", "the field of the topography"),
    "histology": Text("le champ de la morphologie", "the field of the morphology"),
    "sex": Text("le champ du sexe", "the field of the sex"),
    "clinical": Text("les trois champs cliniques : T, N, M", "the three clinical fields: T, N, M"),
    "pathological": Text(
        "les trois champs anatomopathologiques : T, N, M", "the three pathological fields: T, N, M"
    ),
    "editions": Text("les éditions connues, telles que codées", "the editions known, as coded"),
    "schemas": Text("une table de schémas par édition", "a table of schemas for each edition"),
}

IMPLEMENTATIONS: Mapping[str, Implementation] = MappingProxyType(
    {
        "tnm_value_not_listed": Implementation(
            Text(
                "Une valeur T, N ou M qui n’est dans aucune liste des schémas du site et de l’histologie.",
                "A T, N or M value that is in no list of the schemas of the site and histology.",
            ),
            MappingProxyType(
                _TNM
                | {"values": Text("une table de valeurs par édition", "a table of values for each edition")}
            ),
        ),
        "tnm_stage_not_given": Implementation(
            Text(
                "Un stade qui n’est aucun de ceux que les tables donnent pour T, N et M.",
                "A stage that is none of those that the tables give for T, N and M.",
            ),
            MappingProxyType(
                _TNM
                | {
                    "stage": Text("le champ du stade", "the field of the stage"),
                    "system": Text("le champ du système de stade", "the field of the stage system"),
                    "stages_known": Text("les stades comparés", "the stages that are compared"),
                    "clinical_systems": Text("les systèmes cliniques", "the clinical systems"),
                    "pathological_systems": Text(
                        "les systèmes anatomopathologiques", "the pathological systems"
                    ),
                    "stage_uses": Text(
                        "une table d’emploi des stades par édition", "a table of stage use for each edition"
                    ),
                    "stage_tables": Text(
                        "une table de stades par édition", "a table of stages for each edition"
                    ),
                }
            ),
        ),
    }
)
"""The implementations over reference tables; `cross_vocabulary.VOCABULARY` has those over several records."""


def described(name: str) -> Implementation | None:
    """What an implementation of either kind finds, and its arguments; None for an unknown name."""
    over = VOCABULARY.get(name)
    if over is None:
        return IMPLEMENTATIONS.get(name)
    return Implementation(over.meaning, MappingProxyType({p.name: p.meaning for p in over.parameters}))


def table_of_implementations(language: Language) -> str:
    """The vocabulary as a Markdown table, for the contract guide."""
    heads = Text(
        "| `implementation` | Ce qu’elle trouve | `arguments` |",
        "| `implementation` | What it finds | `arguments` |",
    )
    lines = [heads.in_(language), "|---|---|---|"]
    for name in (*VOCABULARY, *IMPLEMENTATIONS):
        known = described(name)
        if known is not None:
            told = "; ".join(f"`{key}` {meaning.in_(language)}" for key, meaning in known.arguments.items())
            lines.append(f"| `{name}` | {known.finds.in_(language)} | {told} |")
    return "\n".join(lines) + "\n"
