"""Verifies the fields and arguments of a rule over several records against the vocabulary."""

from __future__ import annotations

from validation_rules.contract import Argument, ContractError, Rule
from validation_rules.cross_vocabulary import VOCABULARY, Parameter
from validation_rules.text import Text

_LARGEST = 100_000


def check_arguments(rule: Rule) -> None:
    """Raises `ContractError` for an argument that is unknown or of another kind, and for a part that no field
    plays. Nothing to say of other rules."""
    implementation = VOCABULARY.get(str(rule.implementation))
    if implementation is None:
        return
    known = {parameter.name: parameter for parameter in implementation.parameters}
    for name, value in rule.arguments.items():
        if name not in known:
            raise _says(f"l’argument « {name} » n’est pas connu", f"the argument “{name}” is not known")
        if not _fits(value, known[name], rule):
            choices = ", ".join(known[name].choices())
            raise _says(
                f"l’argument « {name} » ne convient pas" + (f" ; choix : {choices}" if choices else ""),
                f"the argument “{name}” does not fit" + (f"; choices: {choices}" if choices else ""),
            )
    needed = [
        part for part in implementation.parts if part.name != "side" or rule.implementation == "both_sides"
    ]
    for place, part in enumerate(needed):
        if part.name not in rule.arguments and place >= len(rule.fields):
            raise _says(
                f"aucun champ ne joue la part « {part.name} »",
                f"no field plays the part “{part.name}”",
            )
    if rule.each:
        raise _says(
            "une règle entre enregistrements lit ses champs ensemble",
            "a rule over several records reads its fields together",
        )


def _fits(value: Argument, parameter: Parameter, rule: Rule) -> bool:
    match parameter.kind:
        case "field":
            return value in rule.fields
        case "fields":
            return isinstance(value, tuple) and set(value) <= set(rule.fields)
        case "whole number":
            return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST
        case "texts":
            return isinstance(value, tuple) and all(isinstance(one, str) for one in value) and len(value) > 1
        case "choice":
            return value in parameter.choices()


def _says(fr: str, en: str) -> ContractError:
    return ContractError(Text(fr, en))
