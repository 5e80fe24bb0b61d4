"""The version of the rules engine: what a contract may ask of it.

`major.minor`. The minor part grows when the vocabulary does (a function, an implementation, a property of a
rule): a contract that uses it says so in its custom property `oldestEngine`. The major part grows when
something that exists changes its meaning. A newer engine runs the contracts of all older ones.

    1.0  fields, row rules, derived columns, lookups
    1.1  predicates in the dialect of DuckDB; arguments and table rules; record key; site rules;
         sources of rules in both languages
"""

from __future__ import annotations

import re

from validation_rules.contract import ContractError
from validation_rules.document import Node
from validation_rules.text import Text

ENGINE = "1.1"
PROPERTY = "oldestEngine"
_VERSION = re.compile(r"(\d{1,3})\.(\d{1,3})")


def require_engine(root: Node) -> None:
    """Raises `ContractError` when the document needs a newer engine; nothing else of it is looked at before.

    A document that names none is taken for one that any engine can run.
    """
    for item in root.get("customProperties").items():
        if item.get("property").value == PROPERTY:
            _require(item.get("value"))


def _require(node: Node) -> None:
    needed = node.text()
    if not _VERSION.fullmatch(needed):
        raise node.fails('une version de moteur s’écrit "1.1"', 'an engine version is written "1.1"')
    if _parts(needed) > _parts(ENGINE):
        raise ContractError(
            Text(
                f"ce contrat demande le moteur de règles {needed} ; ce programme a la version {ENGINE}",
                f"this contract needs version {needed} of the rules engine; this program has {ENGINE}",
            ),
            Text(
                "Mettez Navette à jour ; d’ici là, gardez la version précédente du contrat.",
                "Update Navette; until then keep the previous version of the contract.",
            ),
        ).placed(node.where, node.line)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
