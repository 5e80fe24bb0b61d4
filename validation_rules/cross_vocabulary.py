"""The vocabulary of rules over several records, for whoever writes a contract.

A contract writes such a rule as ODCS `type: custom`, `engine: navette`, with the name of an implementation,
the fields and `arguments`. `VOCABULARY` says for each implementation what it finds, which part each field
plays (by the order of the rule's `fields`, or by an argument named like the part), and which other arguments
it takes; the contract guide prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from validation_rules import multiple_primaries
from validation_rules.contract import Argument, Rule
from validation_rules.text import Text

Kind = Literal["field", "fields", "whole number", "texts", "choice"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of an implementation. `part`: it names the field that plays a part, and the order of the
    rule's fields says it when the argument is left out. `choices` are the values of a `choice`."""

    name: str
    kind: Kind
    meaning: Text
    default: Argument | None = None
    part: bool = False
    choices: Callable[[], tuple[str, ...]] = tuple


@dataclass(frozen=True, slots=True)
class Implementation:
    """What a rule over several records can be."""

    name: str
    meaning: Text
    parameters: tuple[Parameter, ...]

    @property
    def parts(self) -> tuple[Parameter, ...]:
        """The parts that fields play, in the order of the rule's fields."""
        return tuple(parameter for parameter in self.parameters if parameter.part)


def _part(name: str, fr: str, en: str) -> Parameter:
    return Parameter(name, "field", Text(fr, en), part=True)


_TUMOUR = (
    _part("patient", "le numéro de la personne", "the number of the person"),
    _part("tumour", "le numéro de la tumeur", "the number of the tumour"),
    _part("topography", "la topographie CIM-O", "the ICD-O topography"),
    _part("morphology", "la morphologie CIM-O", "the ICD-O morphology"),
)
_SIDES = Parameter(
    "sides", "texts", Text("les codes des deux côtés", "the codes of the two sides"), default=("1", "2")
)
VOCABULARY: Mapping[str, Implementation] = MappingProxyType(
    {
        one.name: one
        for one in (
            Implementation(
                "repeated_key",
                Text(
                    "Les mêmes valeurs, dans tous les champs de la règle, se trouvent sur une autre ligne.",
                    "The same values, in all the fields of the rule, are on another row too.",
                ),
                (),
            ),
            Implementation(
                "one_value_per_group",
                Text(
                    "Une valeur qui devrait n’aller qu’avec une seule autre va avec plusieurs.",
                    "A value that should go with one other value only goes with several.",
                ),
                (
                    _part(
                        "value",
                        "le champ dont une seule valeur est attendue",
                        "the field of which one value is expected",
                    ),
                    _part("shared", "le champ qui les réunit", "the field that brings them together"),
                    Parameter(
                        "first_characters",
                        "whole number",
                        Text(
                            "nombre de premiers caractères du champ « shared » à comparer ; 0 : tous",
                            "number of first characters of the field “shared” to compare; 0: all",
                        ),
                        default=0,
                    ),
                ),
            ),
            Implementation(
                "contradictory_values",
                Text(
                    "Dans un groupe de lignes, un champ qui ne devrait pas changer porte deux "
                    "valeurs différentes.",
                    "In a group of rows, a field that should not change holds two different values.",
                ),
                (
                    _part("group", "le champ qui réunit les lignes", "the field that groups the rows"),
                    Parameter(
                        "dates",
                        "fields",
                        Text(
                            "champs comparés comme des dates, à la plus grossière des deux précisions",
                            "fields compared as dates, at the coarser of the two precisions",
                        ),
                        default=(),
                    ),
                    Parameter(
                        "known",
                        "texts",
                        Text(
                            "valeurs comparées dans les autres champs (les autres veulent dire "
                            "inconnu) ; aucune : toutes",
                            "values compared in the other fields (any other means unknown); none: all",
                        ),
                        default=(),
                    ),
                ),
            ),
            Implementation(
                "same_person",
                Text(
                    "Deux numéros de personne pour les mêmes nom, premier prénom, date de naissance "
                    "complète et sexe.",
                    "Two person numbers for the same surname, first given name, full date of birth and sex.",
                ),
                (
                    _part("person", "le numéro de la personne", "the number of the person"),
                    _part("surname", "le nom de naissance", "the birth name"),
                    _part("given", "les prénoms", "the given names"),
                    _part("birth", "la date de naissance", "the date of birth"),
                    _part("sex", "le sexe", "the sex"),
                    Parameter(
                        "sexes",
                        "texts",
                        Text("les codes de sexe comparés", "the codes of sex that are compared"),
                        default=("1", "2", "3"),
                    ),
                ),
            ),
            Implementation(
                "same_tumour",
                Text(
                    "Deux tumeurs d’une personne, de même catégorie de topographie et de même "
                    "histologie, à peu de jours "
                    "d’écart ; les deux côtés d’un organe pair sont mis à part.",
                    "Two tumours of one person, of one topography category and one histology, few "
                    "days apart; the two "
                    "sides of a paired organ are left out.",
                ),
                (
                    *_TUMOUR,
                    _part("date", "la date d’incidence", "the date of incidence"),
                    _part("side", "la latéralité (facultatif)", "the laterality (optional)"),
                    Parameter(
                        "days",
                        "whole number",
                        Text("l’écart le plus grand, en jours", "the greatest distance in days"),
                        default=60,
                    ),
                    _SIDES,
                ),
            ),
            Implementation(
                "both_sides",
                Text(
                    "Deux tumeurs d’une personne, de même catégorie et de même histologie, une de "
                    "chaque côté d’un "
                    "organe pair.",
                    "Two tumours of one person, of one category and one histology, one on each side "
                    "of a paired organ.",
                ),
                (*_TUMOUR, _part("side", "la latéralité", "the laterality"), _SIDES),
            ),
            Implementation(
                "multiple_primaries",
                Text(
                    "Deux tumeurs d’une personne qui, selon les règles internationales de 2004, n’en "
                    "font qu’une, ou "
                    "dont ces règles ne peuvent rien dire.",
                    "Two tumours of one person that are one under the international rules of 2004, "
                    "or of which those "
                    "rules can say nothing.",
                ),
                (
                    *_TUMOUR,
                    _part("behaviour", "le comportement", "the behaviour"),
                    Parameter(
                        "verdict",
                        "choice",
                        Text("ce que la règle cherche", "what the rule looks for"),
                        default="one",
                        choices=lambda: ("one", "undecided"),
                    ),
                    Parameter(
                        "variant",
                        "choice",
                        Text(
                            "l’édition de la table des groupes d’histologie",
                            "the edition of the histology group table",
                        ),
                        default="IARC_2004",
                        choices=multiple_primaries.variants,
                    ),
                ),
            ),
            Implementation(
                "missing_level",
                Text(
                    "Un groupe de lignes (tous les champs sauf le dernier) à qui manque un niveau (le "
                    "dernier champ) que d’autres lignes de même premier champ ont. Un constat par groupe.",
                    "A group of rows (every field but the last) that lacks a level (the last field) which "
                    "other rows of the same first field have. One finding a group.",
                ),
                (
                    _part("group", "ce que les groupes comparés ont en commun", "what the groups share"),
                    Parameter(
                        "levels",
                        "texts",
                        Text("les niveaux attendus", "the levels expected"),
                    ),
                ),
            ),
            Implementation(
                "level_gap",
                Text(
                    "Un trou dans la suite des niveaux d’un groupe, nombres entiers d’un pas régulier.",
                    "A hole in the run of the levels of a group, whole numbers of a regular step.",
                ),
                (_part("group", "ce que les lignes du groupe ont en commun", "what the group shares"),),
            ),
            Implementation(
                "out_of_order",
                Text(
                    "Une ligne dont le niveau est plus petit que celui de la ligne précédente de son groupe.",
                    "A row whose level is lower than that of the row of its group before it.",
                ),
                (_part("group", "ce que les lignes du groupe ont en commun", "what the group shares"),),
            ),
        )
    }
)
"""Name of an implementation -> what it finds, its parts and arguments."""


def argument(rule: Rule, name: str) -> Argument | None:
    """An argument of a rule, or its default."""
    given = rule.arguments.get(name)
    if given is not None:
        return given
    return next((p.default for p in VOCABULARY[str(rule.implementation)].parameters if p.name == name), None)


def field_of(rule: Rule, part: str) -> str:
    """The field that plays a part in a rule; "" when none does."""
    named = rule.arguments.get(part)
    if isinstance(named, str):
        return named
    parts = [parameter.name for parameter in VOCABULARY[str(rule.implementation)].parts]
    place = parts.index(part)
    return rule.fields[place] if place < len(rule.fields) else ""
