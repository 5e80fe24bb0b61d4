"""The mapping from one contract to another: a SQL expression a column, read from a file beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desktop_app.core.errors import AppError
from validation_rules.document import parse_yaml
from validation_rules.text import Text

_FOLDER = Path(__file__).parent
_FILES: Mapping[str, str] = MappingProxyType({"encr-incidence": "encr_incidence.yaml"})


@dataclass(frozen=True, slots=True)
class Target:
    """How a column is written: its SQL, and whether it is spelled as T, N and M are (`1a`, `X`)."""

    name: str
    sql: str
    tnm_case: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Something counted on the records: why they are left out, or what they lose on the way."""

    id: str
    when: str
    text: Text


@dataclass(frozen=True, slots=True)
class Specification:
    """A whole mapping. The SQL reads the fields and derived columns of the contract `source`, what `derived`
    adds in order, and the columns that the conversion makes: pseudonyms and territory."""

    source: str
    target: str
    derived: Mapping[str, str]
    columns: tuple[Target, ...]
    leave_out: tuple[Told, ...]
    losses: tuple[Told, ...]


def targets() -> tuple[str, ...]:
    """The contracts that an extract can be turned into."""
    return tuple(_FILES)


def specification(target: str) -> Specification:
    """The mapping to a contract. Raises AppError when there is none."""
    if target not in _FILES:
        raise AppError(
            "convert.unknown_target",
            Text(
                f"Aucune conversion vers « {target} » n’est connue.",
                f"No conversion to “{target}” is known.",
            ),
            Text(f"Conversions : {', '.join(_FILES)}.", f"Conversions: {', '.join(_FILES)}."),
        )
    document = parse_yaml((_FOLDER / _FILES[target]).read_bytes(), trusted=True).value
    return Specification(
        document["from"],
        document["to"],
        {node["name"]: node["sql"] for node in document["derived"]},
        tuple(Target(k, node["sql"], node.get("case") == "tnm") for k, node in document["columns"].items()),
        tuple(_told(node) for node in document["leave_out"]),
        tuple(_told(node) for node in document["losses"]),
    )


def _told(node: Mapping[str, Any]) -> Told:
    return Told(node["id"], node["when"], Text(**node["text"]))
