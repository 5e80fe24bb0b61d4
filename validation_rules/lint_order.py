"""Looks for what waits for itself in a contract: derived columns and tables, and rules that spoil fields."""

from __future__ import annotations

from collections.abc import Mapping

from validation_rules.contract import Contract, ContractError
from validation_rules.document import Faults, Node
from validation_rules.sql import expression, names

MAX_STEPS = 25
Edges = Mapping[str, frozenset[str]]


def check_order(contract: Contract, nodes: Mapping[tuple[str, str], Node], faults: Faults) -> None:
    """Adds to `faults` each circle, and what takes more steps one after the other than `MAX_STEPS`."""
    columns = {f"derived {d.name}": _reads(d.sql) for d in contract.derived}
    made_by = {d.name: f"derived {d.name}" for d in contract.derived}
    for look in contract.lookups:
        columns[f"table {look.name}"] = frozenset(look.key.values())
        made_by |= dict.fromkeys(look.columns, f"table {look.name}")
    waits = {
        maker: frozenset(made_by[name] for name in read if name in made_by) for maker, read in columns.items()
    }
    rules = {f"rule {rule.id}": frozenset(f"rule {r}" for r in rule.depends_on) for rule in contract.rules}
    for edges in (waits, rules):
        circle = circle_of(edges)
        for key in (circle or too_deep(edges))[:1]:
            kind, _, name = key.partition(" ")
            node = nodes[(kind, name)]
            with faults.caught(node):
                shown = ", ".join(member.partition(" ")[2] for member in circle)
                raise (
                    node.fails(f"se lisent en rond : {shown}", f"these read each other in a circle: {shown}")
                    if circle
                    else node.fails("trop d’étapes mènent ici", "too many steps lead here")
                )


def _reads(sql: str) -> frozenset[str]:
    try:
        return names(expression(sql))
    except ContractError:
        return frozenset()  # told elsewhere


def _peeled(edges: Edges) -> tuple[set[str], int]:
    """What cannot be put in order, and in how many steps the rest can."""
    left, done, steps = set(edges), set[str](), 0
    while ready := {key for key in left if edges[key] & left <= done}:
        left -= ready
        done |= ready
        steps += 1
    return left, steps


def circle_of(edges: Edges) -> list[str]:
    """The members of one circle, in order; empty when there is none."""
    left, _ = _peeled(edges)
    path: list[str] = []
    here = min(left, default="")
    while here and here not in path:
        path.append(here)
        here = min(edges[here] & left)
    return path[path.index(here) :] if path else []


def too_deep(edges: Edges) -> list[str]:
    """The last in line, when the line is longer than `MAX_STEPS`."""
    left, steps = set(edges), 0
    while ready := {key for key in left if not edges[key] & left}:
        left -= ready
        steps += 1
        if steps > MAX_STEPS:
            return sorted(ready)
    return []
