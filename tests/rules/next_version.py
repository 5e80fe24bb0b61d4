"""A version 1.1.0 of the contract rnc-tumeurs, made for tests from the shipped one."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from tests.rules.contract_edits import TEXT


def _named(nodes: list[dict[str, Any]], key: str, name: str) -> dict[str, Any]:
    return next(node for node in nodes if node[key] == name)


def write_next(folder: Path) -> Path:
    """What changes: grade required; a code of sexe less; a rule stricter, one gone, one new, one in words;
    a derived column; a field dropped, one that leaves in another form, one new."""
    document = yaml.load(TEXT, Loader=yaml.CSafeLoader)
    document["version"] = "1.1.0"
    table = document["schema"][0]
    fields, rules = table["properties"], table["quality"]
    grade = _named(fields, "name", "grade")
    grade["quality"].insert(
        0, {"id": "REQ-grade", "type": "library", "metric": "nullValues", "mustBe": 0, "severity": "error"}
    )
    grade["required"] = True
    sexe = _named(_named(fields, "name", "sexe")["quality"], "id", "COD-sexe")["arguments"]["validValues"]
    sexe.remove("3")
    _named(fields, "name", "nom_naissance")["customProperties"][0]["value"]["fr"] = "Nom de famille"
    _set(_named(fields, "name", "code_postal"), "leavesSiteAs", "as_is")
    new = {**copy.deepcopy(_named(fields, "name", "code_postal")), "name": "quartier", "quality": []}
    fields.append(new)
    _named(rules, "id", "SEX-01")["severity"] = "confirm"
    _set(_named(rules, "id", "SEX-01"), "version", 2)
    _set(_named(rules, "id", "SEX-02"), "title", {"fr": "Autre titre", "en": "Other title"})
    rules.remove(_named(rules, "id", "AGE-01"))
    rules.append({**copy.deepcopy(_named(rules, "id", "SEX-02")), "id": "SEX-90"})
    derived = _named(_property(table, "derived"), "name", "topographie_categorie")
    derived["sql"] = "SUBSTR(topographie, 1, 4)"
    path = folder / "rnc-tumeurs-1.1.0.odcs.yaml"
    path.write_text(
        yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), "utf-8"
    )
    return path


def _property(node: dict[str, Any], name: str) -> Any:
    return _named(node["customProperties"], "property", name)["value"]


def _set(node: dict[str, Any], name: str, value: object) -> None:
    _named(node["customProperties"], "property", name)["value"] = value
