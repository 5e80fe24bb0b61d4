"""Reads an ODCS document into a `Contract`. Every value comes from outside until it has passed here."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal, cast

import yaml

from validation_rules.contract import (
    Argument,
    Contract,
    ContractError,
    Derived,
    Example,
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
from validation_rules.text import Text

_MAX_DEPTH = 40
_MAX_EVENTS = 400_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_COUNT = re.compile(r"\s*SELECT\s+COUNT\(\*\)\s+FROM\s+(\w+)\s+WHERE\s+(.+)", re.IGNORECASE | re.DOTALL)
_FIELD_PART = re.compile(r"(\[)?([a-z0-9_]+)(\])?([+;]|$)")
_ZONES = ("identity", "clinical")
_LEAVES = ("site_pseudonym", "linkage_tokens", "linkage_tokens+month", "as_is", "dropped")
_TYPES = ("string", "integer", "date", "partial_date")
_SEVERITIES = ("error", "confirm", "info")


def bad(where: str, fr: str, en: str) -> ContractError:
    """The error for something wrong at a place of the document."""
    return ContractError(Text(f"Dans le contrat, {where} : {fr}.", f"In the contract, {where}: {en}."))


def parse_yaml(content: bytes, *, trusted: bool) -> Mapping[str, Any]:
    """The document as plain mappings and lists. Aliases and deep nesting are refused in untrusted files."""
    try:
        text = content.decode("utf-8-sig")
        if not trusted:
            _check_events(text)
        document = yaml.load(text, Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        raise ContractError(
            Text(
                "Le contrat n’est pas un document YAML lisible.",
                "The contract is not a readable YAML document.",
            )
        ) from error
    return _mapping(document, "document")


def _check_events(text: str) -> None:
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent):
            raise bad("document", "les alias YAML ne sont pas admis", "YAML aliases are not allowed")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH or count > _MAX_EVENTS:
            raise bad("document", "il est trop profond ou trop long", "it is too deep or too long")


def read(document: Mapping[str, Any], sha256: str) -> Contract:
    """The typed contract of a parsed document. Raises `ContractError` with the place of what is wrong."""
    if document.get("kind") != "DataContract" or document.get("apiVersion") != "v3.1.0":
        raise bad("document", "ce n’est pas un contrat ODCS v3.1.0", "this is not an ODCS v3.1.0 contract")
    contract_id = _string(document.get("id"), "id")
    shared = _properties(document, "document")
    tables = _list(document.get("schema"), "schema")
    if len(tables) != 1:
        raise bad("schema", "une table et une seule est attendue", "exactly one table is expected")
    table = _mapping(tables[0], "schema")
    own = _properties(table, "schema")
    nodes = [_mapping(node, "properties") for node in _list(table.get("properties"), "properties")]
    fields = tuple(_field(node, order) for order, node in enumerate(nodes, 1))
    _unique([f.name for f in fields])
    kinds = {
        k["kind"]: k
        for k in (_mapping(k, "fieldRules") for k in _list(shared.get("fieldRules"), "fieldRules"))
    }
    rules = [r for node, f in zip(nodes, fields, strict=True) for r in _field_rules(node, f, kinds)]
    name = _string(table.get("name"), "schema")
    rules += [_rule(_mapping(node, "quality"), name) for node in _list(table.get("quality") or [], name)]
    _unique([r.id for r in rules])
    return Contract(
        contract_id,
        _string(document.get("version"), "version"),
        sha256,
        _text(shared.get("title"), "title"),
        fields,
        _with_dependencies(rules),
        tuple(_derived(_mapping(node, "derived")) for node in _list(own.get("derived") or [], "derived")),
        tuple(_lookup(_mapping(node, "lookups")) for node in _list(own.get("lookups") or [], "lookups")),
        tuple(_string(p, "parameters") for p in _list(own.get("parameters") or [], "parameters")),
        _cells(own.get("example") or {}, "example"),
        _string(own.get("exampleDay", "2026-11-22"), "exampleDay"),
        _record_key(own.get("recordKey") or [], fields),
    )


def _record_key(value: object, fields: tuple[Field, ...]) -> tuple[str, ...]:
    key = tuple(_string(name, "recordKey") for name in _list(value, "recordKey"))
    _unique(list(key))
    for name in key:
        if name not in {f.name for f in fields}:
            raise bad("recordKey", f"« {name} » n’est pas connu", f"“{name}” is not known")
    return key


def _field(node: Mapping[str, Any], order: int) -> Field:
    name = _string(node.get("name"), f"properties[{order}]")
    if not NAME.fullmatch(name):
        raise bad(f"properties[{order}]", "nom de champ irrégulier", "irregular field name")
    own = _properties(node, name)
    checks = _field_checks(node, name)
    labels = {
        _string(k, name): _text(v, name) for k, v in _mapping(own.get("codeLabels") or {}, name).items()
    }
    bounds = own.get("range")
    synonyms = _mapping(own.get("synonyms") or {}, name)
    return Field(
        name=name,
        order=order,
        label=_text(own.get("label"), name),
        definition=_text(own.get("definition"), name),
        form=_text(own.get("form"), name),
        zone=cast(Zone, _choice(own.get("zone"), _ZONES, name)),
        classification=_string(node.get("classification"), name),
        logical_type=cast(
            LogicalType, _choice(own.get("logicalType", node.get("logicalType")), _TYPES, name)
        ),
        pattern=_pattern(checks.get("FMT", {}).get("pattern"), name),
        variants=tuple(_variant(_mapping(v, name), name) for v in _list(own.get("variants") or [], name)),
        bounds=None if bounds is None else _bounds(bounds, name),
        codes=tuple(_string(c, name) for c in _list(checks.get("COD", {}).get("validValues") or [], name)),
        code_labels=MappingProxyType(labels),
        separator=_optional(own.get("separator"), name),
        free_text=bool(own.get("freeText")),
        rewrites=tuple(
            (_string(_pattern(r.get("pattern"), name), name), _string(r.get("by"), name))
            for r in _list(own.get("rewrites") or [], name)
        ),
        required=_required(node, own, name),
        unknown_value=_optional(own.get("unknownValue"), name),
        leaves_site_as=cast(LeavesSiteAs, _choice(own.get("leavesSiteAs"), _LEAVES, name)),
        synonyms=tuple(_string(s, name) for words in synonyms.values() for s in _list(words, name)),
        width=_integer(own.get("width", 10), name),
    )


def _field_checks(node: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    """Kind of check (REQ, FMT, COD) -> its arguments."""
    checks = {}
    for item in _list(node.get("quality") or [], name):
        kind, _, of = _string(_mapping(item, name).get("id"), name).partition("-")
        if kind not in ("REQ", "FMT", "COD") or of != name:
            raise bad(name, "contrôle de champ inconnu", "unknown field check")
        checks[kind] = _mapping(item.get("arguments") or {}, name)
    return checks


def _variant(node: Mapping[str, Any], name: str) -> Variant:
    values = tuple(_string(v, name) for v in _list(node.get("values"), name))
    pattern = _pattern(node.get("pattern"), name)
    if pattern is None:
        raise bad(name, "une variante n’a pas de forme", "a variant has no pattern")
    return Variant(_string(node.get("field"), name), values, pattern)


def _pattern(value: object, name: str) -> str | None:
    if value is None:
        return None
    pattern = _string(value, name)
    try:
        re.compile(pattern)
    except re.error as error:
        raise bad(
            name, "la forme n’est pas une expression régulière", "the pattern is no regular expression"
        ) from error
    if not (pattern.startswith("^") and pattern.endswith("$")) or len(pattern) > 300:
        raise bad(name, "la forme doit aller de ^ à $", "the pattern must run from ^ to $")
    return pattern


def _field_rules(
    node: Mapping[str, Any], field: Field, kinds: Mapping[str, Mapping[str, Any]]
) -> Iterator[Rule]:
    for kind in _field_checks(node, field.name):
        if kind not in kinds:
            raise bad(kind, "ses textes manquent dans fieldRules", "its texts are missing in fieldRules")
        texts = kinds[kind]
        words = _field_words(field)
        title, message, why, fix = (
            _filled(_text(texts.get(part), kind), words, kind) for part in ("title", "message", "why", "fix")
        )
        yield Rule(
            id=f"{kind}-{field.name}",
            version=_integer(texts.get("version", 1), kind),
            severity=cast(Severity, _choice(texts.get("severity"), _SEVERITIES, kind)),
            family=_string(texts.get("family"), kind),
            kind=cast(RuleKind, kind),
            fields=(field.name,),
            required=(),
            optional=(),
            each=False,
            spoils=field.name,
            where=None,
            implementation=None,
            title=title,
            message=message,
            why=why,
            fix=fix,
            source=_string(texts.get("source"), kind),
        )


def template_places(text: Text, where: str) -> frozenset[str]:
    """The `{names}` in a text. Raises `ContractError` on any other use of braces."""
    found = set()
    for part in text:
        try:
            pieces = list(string.Formatter().parse(part))
        except ValueError as error:
            raise bad(where, "accolades mal placées dans un texte", "misplaced braces in a text") from error
        for _, name, specification, conversion in pieces:
            if name is not None and (specification or conversion or not NAME.fullmatch(name)):
                raise bad(where, "accolades mal placées dans un texte", "misplaced braces in a text")
            found.update([name] if name else [])
    return frozenset(found)


def _filled(text: Text, words: Mapping[str, Mapping[str, str]], where: str) -> Text:
    for name in template_places(text, where) - words["fr"].keys():
        raise bad(where, f"« {name} » n’est pas connu", f"“{name}” is not known")
    return Text(text.fr.format_map(words["fr"]).strip(), text.en.format_map(words["en"]).strip())


def _field_words(field: Field) -> dict[str, dict[str, str]]:
    """What the texts of REQ, FMT and COD take from a field."""
    words: dict[str, dict[str, str]] = {}
    unknown = field.unknown_value
    says = (
        Text(f" Inconnu s’écrit {unknown}.", f" Unknown is written {unknown}.") if unknown else Text("", "")
    )
    for language in ("fr", "en"):
        here = {code: label.in_(language) for code, label in field.code_labels.items()}
        words[language] = {
            "label": field.label.in_(language),
            "definition": field.definition.in_(language),
            "form": field.form.in_(language),
            "unknown": says.in_(language),
            "codes": ", ".join(f"{code} ({here[code]})" if code in here else code for code in field.codes),
            "value": "{" + field.name + "}",
        }
    return words


def _rule(node: Mapping[str, Any], table: str) -> Rule:
    rule_id = _string(node.get("id"), "quality")
    own = _properties(node, rule_id)
    fields, required, optional, each = _read_fields(_string(own.get("fields"), rule_id), rule_id)
    kind = _choice(node.get("type"), ("sql", "custom"), rule_id)
    return Rule(
        id=rule_id,
        version=_integer(own.get("version", 1), rule_id),
        severity=cast(Severity, _choice(node.get("severity"), _SEVERITIES, rule_id)),
        family=_string(own.get("family"), rule_id),
        kind=cast(RuleKind, kind),
        fields=fields,
        required=required,
        optional=optional,
        each=each,
        spoils=_optional(own.get("spoils"), rule_id),
        where=_where(node.get("query"), table, rule_id) if kind == "sql" else None,
        implementation=_string(node.get("implementation"), rule_id) if kind == "custom" else None,
        title=_text(own.get("title"), rule_id),
        message=_text(own.get("message"), rule_id),
        why=_text(own.get("why"), rule_id),
        fix=_text(own.get("fix"), rule_id),
        source=_string(own.get("source"), rule_id),
        arguments=_arguments(_mapping(own.get("arguments") or {}, rule_id), rule_id),
        examples=tuple(_examples(_mapping(own.get("examples") or {}, rule_id), rule_id)),
    )


def _arguments(node: Mapping[str, Any], where: str) -> Mapping[str, Argument]:
    found: dict[str, Argument] = {}
    for name, value in node.items():
        parts = value if isinstance(value, list) else [value]
        if not all(isinstance(part, str | int) for part in parts) or len(parts) > 1_000:
            raise bad(where, f"l’argument {name} est mal écrit", f"the argument {name} is badly written")
        found[_string(name, where)] = tuple(parts) if isinstance(value, list) else value
    return MappingProxyType(found)


def _read_fields(text: str, where: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool]:
    """`a;b+c+[d]` -> fields (a, b, d: each one, or all), required, optional, whether one by one.

    Fields before and after a `;` are looked at one by one; those joined to them by `+` serve all of them.
    """
    parts = [(m[2], bool(m[1]), m[4]) for m in _FIELD_PART.finditer(text)]
    if "".join(f"[{n}]{s}" if o else f"{n}{s}" for n, o, s in parts) != text or not parts:
        raise bad(where, "la liste des champs est mal écrite", "the list of fields is badly written")
    each = ";" in text
    names = tuple(n for n, _, _ in parts)
    looked_at = names[: text.count(";") + 1] if each else names
    required = tuple(n for n, o, _ in parts if not o and (not each or n not in looked_at))
    return looked_at, required, tuple(n for n, o, _ in parts if o), each


def _where(query: object, table: str, where: str) -> str:
    match = _COUNT.fullmatch(_string(query, where))
    if not match or match[1] != table:
        raise bad(
            where, f"la requête doit compter les lignes de {table}", f"the query must count rows of {table}"
        )
    return match[2].strip()


def _examples(node: Mapping[str, Any], where: str) -> Iterator[Example]:
    for outcome, fails in (("fails", True), ("passes", False)):
        for written in _list(node.get(outcome) or [], where):
            example = _mapping(written, where)
            if "records" in example:
                yield _example_of_several(example, fails, where)
                continue
            cells = _cells(example, where)
            today = cells.get("aujourdhui")
            yield Example({k: v for k, v in cells.items() if k != "aujourdhui"}, fails, today)


def _example_of_several(node: Mapping[str, Any], fails: bool, where: str) -> Example:
    """`records`: a list of records; `found`: on which of them, counted from 1 (all, when it is left out)."""
    records = tuple(_cells(values, where) for values in _list(node["records"], where))
    every = list(range(1, len(records) + 1))
    found = tuple(_integer(n, where) for n in _list(node.get("found", every if fails else []), where))
    if not records or bool(found) != fails or not set(found) <= set(every):
        raise bad(
            where,
            "un exemple de plusieurs enregistrements est mal écrit",
            "an example of several records is badly written",
        )
    return Example(records[0], fails, _optional(node.get("aujourdhui"), where), records, found)


def _cells(node: object, where: str) -> Mapping[str, str]:
    pairs = _mapping(node, where).items()
    return MappingProxyType({_string(k, where): _string(v, where) if v else "" for k, v in pairs})


def _with_dependencies(rules: list[Rule]) -> tuple[Rule, ...]:
    """Each rule with the ids of those that can make unusable a field it reads."""
    spoilers: dict[str, list[str]] = {}
    for rule in rules:
        if rule.kind not in ("sql", "custom"):
            continue
        for name in rule.fields if rule.spoils == "*" else (rule.spoils or "",):
            spoilers.setdefault(name, []).append(rule.id)
    return tuple(
        replace(rule, depends_on=_depends_on(rule, spoilers)) if rule.kind in ("sql", "custom") else rule
        for rule in rules
    )


def _depends_on(rule: Rule, spoilers: Mapping[str, list[str]]) -> tuple[str, ...]:
    read = dict.fromkeys((*rule.fields, *rule.required, *rule.optional))
    before = (other for name in read for other in spoilers.get(name, ()))
    return tuple(dict.fromkeys(other for other in before if other != rule.id))


def _derived(node: Mapping[str, Any]) -> Derived:
    name = _string(node.get("name"), "derived")
    return Derived(name, _string(node.get("sql"), name), _text(node.get("meaning"), name))


def _lookup(node: Mapping[str, Any]) -> Lookup:
    table = _string(node.get("table"), "lookups")
    key = {_string(k, table): _string(v, table) for k, v in _mapping(node.get("key"), table).items()}
    columns = {_string(k, table): _string(v, table) for k, v in _mapping(node.get("columns"), table).items()}
    return Lookup(table, MappingProxyType(key), MappingProxyType(columns))


def _properties(node: Mapping[str, Any], where: str) -> dict[str, Any]:
    items = [_mapping(item, where) for item in _list(node.get("customProperties") or [], where)]
    return {_string(item.get("property"), where): item.get("value") for item in items}


def _unique(names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise bad(twice[0], "défini deux fois", "defined twice")


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise bad(where, "un ensemble de clés est attendu", "a mapping is expected")
    return value


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise bad(where, "une liste est attendue", "a list is expected")
    return value


def _string(value: object, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise bad(where, "un texte est attendu", "a text is expected")
    return value


def _optional(value: object, where: str) -> str | None:
    return None if value is None else _string(value, where)


def _integer(value: object, where: str) -> int:
    if not isinstance(value, int) or abs(value) > 1_000_000:
        raise bad(where, "un nombre entier est attendu", "a whole number is expected")
    return value


def _bounds(value: object, where: str) -> tuple[int, int]:
    ends = [_integer(end, where) for end in _list(value, where)]
    if len(ends) != 2:
        raise bad(where, "deux bornes sont attendues", "two bounds are expected")
    return ends[0], ends[1]


def _required(
    node: Mapping[str, Any], own: Mapping[str, Any], where: str
) -> Literal["yes", "no", "conditional"]:
    if node.get("required"):
        return "yes"
    choice = _choice(own.get("required", "no"), ("no", "conditional"), where)
    return "conditional" if choice == "conditional" else "no"


def _choice(value: object, choices: tuple[str, ...], where: str) -> str:
    if value not in choices:
        raise bad(
            where,
            f"une valeur parmi {', '.join(choices)} est attendue",
            f"expected one of {', '.join(choices)}",
        )
    return str(value)


def _text(value: object, where: str) -> Text:
    node = _mapping(value, where)
    return Text(_string(node.get("fr"), where), _string(node.get("en"), where))
