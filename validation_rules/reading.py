"""Reads an ODCS document into a `Contract`. Every value comes from outside until it has passed here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, cast

from validation_rules.contract import (
    Contract,
    Derived,
    Field,
    LeavesSiteAs,
    LogicalType,
    Lookup,
    Rule,
    RuleKind,
    Severity,
    Variant,
    Zone,
)
from validation_rules.document import Faults, Node
from validation_rules.reading_rules import SEVERITIES, SITE_PREFIX, cells, read_rule
from validation_rules.templates import filled
from validation_rules.text import Text

MAX_FIELDS = 500
MAX_RULES = 2_000
MAX_COLUMNS = 300
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}")
_ZONES = ("identity", "clinical")
_LEAVES = ("site_pseudonym", "linkage_tokens", "linkage_tokens+month", "as_is", "dropped")
_TYPES = ("string", "integer", "number", "date", "partial_date")
_EXPORT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?: [A-Za-z0-9_]+){0,9}")
_SEPARATORS = (";", ",", "\t", "|")
_CHECKS = {"REQ": (), "FMT": ("pattern",), "COD": ("validValues",)}
_OF_FIELD = frozenset(
    {"label", "definition", "form", "zone", "leavesSiteAs", "logicalType", "required", "unknownValue"}
    | {
        "separator",
        "freeText",
        "rewrites",
        "variants",
        "range",
        "codeLabels",
        "synonyms",
        "width",
        "exportName",
    }
)
_OF_TABLE = frozenset(
    ("parameters", "derived", "lookups", "example", "exampleDay", "recordKey", "exportSeparator")
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a document. `nodes`: (kind, name) -> where a field, rule, column or table is told.

    The contract lacks the rules that could not be read; it is None when more than rules is wrong.
    """

    contract: Contract | None
    faults: Faults
    nodes: Mapping[tuple[str, str], Node]


@dataclass(slots=True)
class _Parts:
    faults: Faults = field(default_factory=Faults)
    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)


def read(document: Node | Mapping[str, Any], sha256: str) -> Contract:
    """The typed contract of a parsed document. Raises `ContractError` with the place of what is wrong."""
    root = document if isinstance(document, Node) else Node(document)
    reading = read_all(root, sha256)
    reading.faults.settle()
    return cast(Contract, reading.contract)


def read_all(root: Node, sha256: str) -> Reading:
    """The contract and everything that is wrong in the document, as far as it can be read."""
    parts = _Parts()
    contract = None
    with parts.faults.caught(root):
        contract = _contract(root, sha256, parts)
    return Reading(contract, parts.faults, MappingProxyType(parts.nodes))


def _contract(root: Node, sha256: str, parts: _Parts) -> Contract | None:
    if root.get("kind").value != "DataContract" or root.get("apiVersion").value != "v3.1.0":
        raise root.fails("ce n’est pas un contrat ODCS v3.1.0", "this is not an ODCS v3.1.0 contract")
    shared = root.properties()
    tables = root.get("schema").about("schema", "schema").items()
    if len(tables) != 1:
        raise root.get("schema").fails("une table et une seule est attendue", "exactly one table is expected")
    table, name = tables[0], tables[0].get("name").text()
    own = table.properties()
    known_only(own, _OF_TABLE)
    columns = table.get("properties").needed().items()
    fields = tuple(_fields(columns, parts))
    derived = tuple(read_derived(property_of(own, "derived", table), parts.faults, parts.nodes))
    lookups = tuple(read_lookups(property_of(own, "lookups", table), parts.faults, parts.nodes))
    sound = not parts.faults.found
    rules = list(_rules(fields, columns, property_of(shared, "fieldRules", root), parts)) if sound else []
    rules += read_rules(table.get("quality"), name, parts.faults, parts.nodes)
    _once([rule.id for rule in rules], "rule", parts)
    rules = list({rule.id: rule for rule in reversed(rules)}.values())[::-1]
    contract = Contract(
        slug(root.get("id")),
        version_of(root.get("version")),
        sha256,
        property_of(shared, "title", root).sentence(),
        fields,
        with_dependencies(rules),
        derived,
        lookups,
        property_of(own, "parameters", table).texts(),
        cells(property_of(own, "example", table)),
        _day(property_of(own, "exampleDay", table)),
        _record_key(property_of(own, "recordKey", table), fields) if sound else (),
        _separator(property_of(own, "exportSeparator", table), fields),
        shared["limitations"].sentence() if "limitations" in shared else None,
    )
    return contract if sound else None


def slug(node: Node) -> str:
    """The id of a document."""
    if not _ID.fullmatch(node.text()):
        raise node.fails(
            "cet identifiant se compose de lettres, de chiffres, de - et de _",
            "this id is made of letters, digits, - and _",
        )
    return str(node.value)


def version_of(node: Node) -> str:
    """The version of a document."""
    if not _VERSION.fullmatch(node.text()):
        raise node.fails("une version s’écrit 1.0.0", "a version is written 1.0.0")
    return str(node.value)


def _separator(node: Node, fields: tuple[Field, ...]) -> str | None:
    names = Counter(f.export_name for f in fields)
    for name, count in names.items():
        if count > 1:
            raise node.fails(f"« {name} » est défini deux fois", f"“{name}” is defined twice")
    return None if node.absent else node.choice(_SEPARATORS)


def _day(node: Node) -> str:
    if node.absent:
        return "2026-11-22"
    try:
        return date.fromisoformat(node.text()).isoformat()
    except ValueError:
        raise node.fails("un jour s’écrit AAAA-MM-JJ", "a day is written YYYY-MM-DD") from None


def _record_key(node: Node, fields: tuple[Field, ...]) -> tuple[str, ...]:
    known, key = {f.name for f in fields}, node.texts()
    for item, name in zip(node.items(), key, strict=True):
        if name not in known:
            raise item.fails(f"« {name} » n’est pas connu", f"“{name}” is not known")
        if key.count(name) > 1:
            raise item.fails(f"« {name} » est là deux fois", f"“{name}” is there twice")
    return key


def property_of(properties: Mapping[str, Node], name: str, of: Node) -> Node:
    """The custom property `name`, or what stands for its absence."""
    return properties[name] if name in properties else of.absent_child(name)


def known_only(properties: Mapping[str, Node], known: Iterable[str]) -> None:
    """Raises `ContractError` for a custom property that nothing would read: a slip of the pen, most often."""
    for name, node in properties.items():
        if name not in known:
            raise node.fails(f"la propriété « {name} » est inconnue", f"unknown property “{name}”")


def _fields(columns: list[Node], parts: _Parts) -> Iterator[Field]:
    if len(columns) > MAX_FIELDS:
        raise columns[MAX_FIELDS].fails("trop de champs", "too many fields")
    names = []
    for order, column in enumerate(columns, 1):
        with parts.faults.caught(column):
            name = name_of(column)
            here = column.about(f"champ {name}", f"field {name}")
            parts.nodes[("field", name)] = here
            names.append(name)
            with parts.faults.caught(here):
                yield _field(here, name, order)
    _once(names, "field", parts)


def name_of(node: Node) -> str:
    """The name of a field or derived column."""
    from validation_rules.templates import NAME

    name = node.get("name").text()
    if not NAME.fullmatch(name):
        raise node.get("name").fails(
            "un nom se compose de minuscules, de chiffres et de _", "a name is made of a-z, 0-9 and _"
        )
    return name


def _field(node: Node, name: str, order: int) -> Field:
    own = node.properties()
    known_only(own, _OF_FIELD)
    checks = _field_checks(node, name)

    def of(key: str) -> Node:
        return property_of(own, key, node)

    pattern, codes = checks.get("FMT", {}).get("pattern"), checks.get("COD", {}).get("validValues")
    return Field(
        name=name,
        order=order,
        label=of("label").sentence(),
        definition=of("definition").sentence(),
        form=of("form").sentence(),
        zone=cast(Zone, of("zone").choice(_ZONES)),
        classification=node.get("classification").text(),
        logical_type=cast(LogicalType, own.get("logicalType", node.get("logicalType")).choice(_TYPES)),
        pattern=None if pattern is None else _pattern(pattern),
        variants=tuple(
            Variant(v.get("field").text(), v.get("values").needed().texts(), _pattern(v.get("pattern")))
            for v in of("variants").items()
        ),
        bounds=_bounds(of("range")),
        codes=() if codes is None else codes.needed().texts(),
        code_labels=MappingProxyType({k: v.sentence() for k, v in of("codeLabels").entries().items()}),
        separator=of("separator").optional_text(),
        free_text=of("freeText").flag(),
        rewrites=tuple((_pattern(r.get("pattern")), r.get("by").text()) for r in of("rewrites").items()),
        required=_required(node, of("required")),
        unknown_value=of("unknownValue").optional_text(),
        leaves_site_as=cast(LeavesSiteAs, of("leavesSiteAs").choice(_LEAVES)),
        synonyms=tuple(word for words in of("synonyms").entries().values() for word in words.texts()),
        width=10 if of("width").absent else of("width").integer(),
        export_name=name if of("exportName").absent else _export_name(of("exportName")),
    )


def _export_name(node: Node) -> str:
    if not _EXPORT_NAME.fullmatch(node.text()):
        raise node.fails("nom de colonne irrégulier dans exportName", "irregular column name in exportName")
    return str(node.value)


def _field_checks(node: Node, name: str) -> dict[str, dict[str, Node]]:
    """Kind of check (REQ, FMT, COD) -> its arguments."""
    checks: dict[str, dict[str, Node]] = {}
    for item in node.get("quality").items():
        kind, _, of = item.get("id").text().partition("-")
        if kind not in _CHECKS or of != name or kind in checks:
            raise item.get("id").fails(
                f"un contrôle de champ s’appelle REQ-{name}, FMT-{name} ou COD-{name}, une fois chacun",
                f"a check of a field is called REQ-{name}, FMT-{name} or COD-{name}, once each",
            )
        arguments = item.get("arguments").entries()
        for key in {*arguments, *_CHECKS[kind]}:
            if key not in _CHECKS[kind]:
                raise arguments[key].fails(f"l’argument « {key} » est inconnu", f"unknown argument “{key}”")
            if key not in arguments:
                raise item.fails(f"l’argument « {key} » manque", f"argument “{key}” is missing")
        checks[kind] = arguments
    return checks


def _pattern(node: Node) -> str:
    from validation_rules.patterns import fault

    pattern = node.text()
    if not (pattern.startswith("^") and pattern.endswith("$")):
        raise node.fails("la forme doit aller de ^ à $", "the pattern must run from ^ to $")
    wrong = fault(pattern) if node.lines else None
    if wrong is not None:
        raise node.fails(*wrong)
    return pattern


def _bounds(node: Node) -> tuple[int, int] | None:
    if node.absent:
        return None
    ends = [end.integer() for end in node.items()]
    if len(ends) != 2:
        raise node.fails("deux bornes sont attendues", "two bounds are expected")
    return ends[0], ends[1]


def _required(node: Node, own: Node) -> Literal["yes", "no", "conditional"]:
    if node.get("required").flag():
        return "yes"
    conditional = not own.absent and own.choice(("no", "conditional")) == "conditional"
    return "conditional" if conditional else "no"


def _rules(fields: tuple[Field, ...], columns: list[Node], kinds: Node, parts: _Parts) -> Iterator[Rule]:
    """REQ, FMT and COD of every field, with the texts of their kind filled in."""
    texts: dict[str, Node] = {}
    for node in kinds.items():
        kind = node.get("kind").choice(tuple(_CHECKS))
        texts[kind] = node.about(f"fieldRules, {kind}", f"fieldRules, {kind}")
    for field_, column in zip(fields, columns, strict=True):
        words = _field_words(field_)
        for item in column.get("quality").items():
            kind = item.get("id").text().partition("-")[0]
            with parts.faults.caught(texts.get(kind, item)):
                if kind not in texts:
                    raise kinds.fails(
                        f"les textes de {kind} manquent dans fieldRules",
                        f"the texts of {kind} are missing in fieldRules",
                    )
                rule = _field_rule(texts[kind], kind, field_, words)
                parts.nodes[("rule", rule.id)] = item.about(f"règle {rule.id}", f"rule {rule.id}")
                yield rule


def _field_rule(texts: Node, kind: str, field_: Field, words: Mapping[str, Mapping[str, str]]) -> Rule:
    title, message, why, fix = (filled(texts.get(part), words) for part in ("title", "message", "why", "fix"))
    return Rule(
        id=f"{kind}-{field_.name}",
        version=1 if texts.get("version").absent else texts.get("version").integer(),
        severity=cast(Severity, texts.get("severity").choice(SEVERITIES)),
        family=texts.get("family").text(),
        kind=cast(RuleKind, kind),
        fields=(field_.name,),
        required=(),
        optional=(),
        each=False,
        spoils=field_.name,
        where=None,
        implementation=None,
        title=title,
        message=message,
        why=why,
        fix=fix,
        source=texts.get("source").sentence_or_name(),
    )


def _field_words(field_: Field) -> dict[str, dict[str, str]]:
    """What the texts of REQ, FMT and COD take from a field."""
    words: dict[str, dict[str, str]] = {}
    unknown = field_.unknown_value
    says = (
        Text(f" Inconnu s’écrit {unknown}.", f" Unknown is written {unknown}.") if unknown else Text("", "")
    )
    for language in ("fr", "en"):
        here = {code: label.in_(language) for code, label in field_.code_labels.items()}
        words[language] = {
            "label": field_.label.in_(language),
            "definition": field_.definition.in_(language),
            "form": field_.form.in_(language),
            "unknown": says.in_(language),
            "codes": ", ".join(f"{code} ({here[code]})" if code in here else code for code in field_.codes),
            "value": "{" + field_.name + "}",
        }
    return words


def read_rules(
    quality: Node, table: str, faults: Faults, nodes: dict[tuple[str, str], Node], *, site: bool = False
) -> Iterator[Rule]:
    """The rules of a list, each on its own: one that cannot be read does not hide the others."""
    items = quality.items()
    if len(items) > MAX_RULES:
        raise items[MAX_RULES].fails("trop de règles", "too many rules")
    for item in items:
        with faults.caught(item):
            rule_id = _rule_id(item.get("id"), site=site)
            here = item.about(f"règle {rule_id}", f"rule {rule_id}")
            nodes.setdefault(("rule", rule_id), here)
            with faults.caught(here):
                yield read_rule(here, rule_id, table, site=site)


def _rule_id(node: Node, *, site: bool) -> str:
    rule_id = node.text()
    if not _ID.fullmatch(rule_id):
        raise node.fails(
            "l’identifiant d’une règle se compose de lettres, de chiffres, de - et de _",
            "the id of a rule is made of letters, digits, - and _",
        )
    if rule_id.startswith(SITE_PREFIX) != site:
        raise node.fails(
            f"{SITE_PREFIX} est le début des règles d’un site, et d’elles seules",
            f"{SITE_PREFIX} begins the rules of a site, and no others",
        )
    return rule_id


def with_dependencies(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Each rule with the ids of those that can make unusable a field it reads."""
    known = list(rules)
    spoilers: dict[str, list[str]] = {}
    for rule in known:
        if rule.kind not in ("sql", "custom"):
            continue
        for name in rule.fields if rule.spoils == "*" else (rule.spoils or "",):
            spoilers.setdefault(name, []).append(rule.id)
    return tuple(
        replace(rule, depends_on=_depends_on(rule, spoilers)) if rule.kind in ("sql", "custom") else rule
        for rule in known
    )


def _depends_on(rule: Rule, spoilers: Mapping[str, list[str]]) -> tuple[str, ...]:
    read = dict.fromkeys((*rule.fields, *rule.required, *rule.optional))
    before = (other for name in read for other in spoilers.get(name, ()))
    return tuple(dict.fromkeys(other for other in before if other != rule.id))


def read_derived(listed: Node, faults: Faults, nodes: dict[tuple[str, str], Node]) -> Iterator[Derived]:
    """The derived columns of a list."""
    for item in _few(listed, "derived"):
        with faults.caught(item):
            name = name_of(item)
            here = item.about(f"colonne dérivée {name}", f"derived column {name}")
            nodes[("derived", name)] = here
            with faults.caught(here):
                yield Derived(name, here.get("sql").text(), here.get("meaning").sentence())


def read_lookups(listed: Node, faults: Faults, nodes: dict[tuple[str, str], Node]) -> Iterator[Lookup]:
    """The reference tables that a contract reads."""
    for item in _few(listed, "lookups"):
        with faults.caught(item):
            name = item.get("table").text()
            here = item.about(f"table {name}", f"table {name}")
            with faults.caught(here):
                key, columns = here.get("key").needed().pairs(), here.get("columns").needed().pairs()
                if not key:
                    raise here.get("key").fails("une clé est attendue", "a key is expected")
                lookup = Lookup(name, MappingProxyType(key), MappingProxyType(columns))
                nodes[("table", lookup.name)] = here
                yield lookup


def _few(listed: Node, name: str) -> list[Node]:
    items = listed.about(name, name).items()
    if len(items) > MAX_COLUMNS:
        raise items[MAX_COLUMNS].fails("trop de colonnes", "too many columns")
    return items


def _once(names: list[str], kind: str, parts: _Parts) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            node = parts.nodes[(kind, name)]
            with parts.faults.caught(node):
                raise node.fails("défini deux fois", "defined twice")
