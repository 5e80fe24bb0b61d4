"""Reads one rule of a document: what it looks at, when it speaks, its words, its examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import cast

from validation_rules.contract import Argument, Example, Rule, RuleKind, Severity
from validation_rules.document import Node
from validation_rules.templates import template_places
from validation_rules.text import Text

SEVERITIES = ("error", "confirm", "info")
OF_RULE = frozenset(
    {"version", "family", "fields", "spoils", "title", "message", "why", "fix", "source", "examples"}
    | {"arguments"}
)
SITE_PREFIX = "SITE-"
_COUNT = re.compile(r"\s*SELECT\s+COUNT\(\*\)\s+FROM\s+(\w+)\s+WHERE\s+(.+)", re.IGNORECASE | re.DOTALL)
_FIELD_PART = re.compile(r"(\[)?([a-z0-9_]+)(\])?([+;]|$)")


def read_rule(node: Node, rule_id: str, table: str, *, site: bool = False) -> Rule:
    """The rule that an item of `quality` tells. Raises `ContractError`.

    A rule of a `site` may leave out what only others need: the second language, family, why, fix and source.
    """
    own = node.properties()
    for name, value in own.items():
        if name not in OF_RULE:
            raise value.fails(f"la propriété « {name} » est inconnue", f"unknown property “{name}”")

    def of(key: str) -> Node:
        return own[key] if key in own else node.absent_child(key)

    fields, required, optional, each = read_fields(of("fields"))
    kind = node.get("type").choice(("sql", "custom"))
    texts = {part: _told(of(part), site, part) for part in ("title", "message", "why", "fix")}
    for part, text in texts.items():
        template_places(text, of(part))
    if site and "spoils" in own:
        raise own["spoils"].fails(
            "une règle du site ne peut pas rendre un champ inutilisable pour les règles du contrat",
            "a rule of a site cannot make a field unusable for the rules of the contract",
        )
    return Rule(
        id=rule_id,
        version=1 if of("version").absent else of("version").integer(),
        severity=cast(Severity, node.get("severity").choice(SEVERITIES)),
        family="site" if site and of("family").absent else of("family").text(),
        kind=cast(RuleKind, kind),
        fields=fields,
        required=required,
        optional=optional,
        each=each,
        spoils=of("spoils").optional_text(),
        where=_where(node.get("query"), table) if kind == "sql" else None,
        implementation=node.get("implementation").text() if kind == "custom" else None,
        source=Text("", "") if site and of("source").absent else of("source").sentence_or_name(),
        arguments=_arguments(of("arguments"), kind),
        examples=tuple(_examples(of("examples"))),
        site=site,
        blocking=node.get("blocking").flag() if site else True,
        **texts,
    )


def _told(node: Node, site: bool, part: str) -> Text:
    """A sentence; a site may write it in one language, and leave out what its own people know."""
    if not site:
        return node.sentence()
    if node.absent and part in ("why", "fix"):
        return Text("", "")
    if isinstance(node.value, str):
        return Text(node.text(), node.text())
    first = node.needed().get("fr" if "fr" in node.entries() else "en").text()
    return Text(first, node.get("en", first).text())


def _arguments(node: Node, kind: str) -> Mapping[str, Argument]:
    """Scalars and lists of scalars, for a rule that is not SQL."""
    if kind == "sql" and not node.absent:
        raise node.fails("une règle SQL n’a pas d’arguments", "an SQL rule has no arguments")
    return MappingProxyType({name: _argument(value) for name, value in node.entries().items()})


def _argument(node: Node) -> Argument:
    several = isinstance(node.value, list)
    parts = node.items() if several else [node]
    for part in parts:
        if not isinstance(part.value, str | int):
            raise part.fails(
                "un argument est un texte, un nombre entier, true ou false, ou une liste de ceux-là",
                "an argument is a text, a whole number, true or false, or a list of these",
            )
    if len(parts) > 1_000:
        raise node.fails("la liste est trop longue", "the list is too long")
    return tuple(part.value for part in parts) if several else cast(Argument, node.value)


def read_fields(node: Node) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool]:
    """`a;b+c+[d]` -> fields (a, b, d: each one, or all), required, optional, whether one by one.

    Fields before and after a `;` are looked at one by one; those joined to them by `+` serve all of them.
    """
    text = node.text()
    parts = [(m[2], bool(m[1]), m[4]) for m in _FIELD_PART.finditer(text)]
    if "".join(f"[{n}]{s}" if o else f"{n}{s}" for n, o, s in parts) != text or not parts or len(parts) > 100:
        raise node.fails(
            "la liste des champs est mal écrite (a+b : tous ; a;b : un par un ; [c] : s’il est utilisable)",
            "the list of fields is badly written (a+b: all; a;b: one by one; [c]: when usable)",
        )
    each = ";" in text
    names = tuple(n for n, _, _ in parts)
    looked_at = names[: text.count(";") + 1] if each else names
    required = tuple(n for n, o, _ in parts if not o and (not each or n not in looked_at))
    return looked_at, required, tuple(n for n, o, _ in parts if o), each


def _where(query: Node, table: str) -> str:
    match = _COUNT.fullmatch(query.text())
    if not match or (table and match[1] != table):
        name = table or "tumeur"
        raise query.fails(
            f"la requête doit s’écrire SELECT COUNT(*) FROM {name} WHERE et une condition",
            f"the query must be written SELECT COUNT(*) FROM {name} WHERE and a condition",
        )
    return match[2].strip()


def _examples(node: Node) -> Iterator[Example]:
    for key in node.entries():
        if key not in ("fails", "passes"):
            raise node.get(key).fails("« fails » ou « passes » est attendu", "expected “fails” or “passes”")
    for outcome, fails in (("fails", True), ("passes", False)):
        for values in node.get(outcome).items() if not node.absent else ():
            if "records" in values.entries():
                yield _example_of_several(values, fails)
                continue
            found = cells(values)
            day = found.get("aujourdhui")
            yield Example({k: v for k, v in found.items() if k != "aujourdhui"}, fails, day)


def _example_of_several(node: Node, fails: bool) -> Example:
    """`records`: a list of records; `found`: on which of them, counted from 1 (all, when it is left out)."""
    records = tuple(cells(values) for values in node.get("records").items())
    every = tuple(range(1, len(records) + 1))
    told = node.get("found")
    found = tuple(n.integer() for n in told.items()) if not told.absent else every if fails else ()
    if not records or bool(found) != fails or not set(found) <= set(every):
        raise node.fails(
            "un exemple de plusieurs enregistrements est mal écrit",
            "an example of several records is badly written",
        )
    return Example(records[0], fails, node.get("aujourdhui").optional_text(), records, found)


def cells(node: Node) -> Mapping[str, str]:
    """The values of a record: field -> text, "" for a blank one."""
    return MappingProxyType({key: cell.text() if cell.value else "" for key, cell in node.entries().items()})
