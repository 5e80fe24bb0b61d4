"""A YAML document with its places: every value knows the line it stands on and what it belongs to.

Files that come with the program are read by the fast loader and carry no lines. Any other file is hostile
until shown otherwise: its depth, aliases, tags and repeated keys are looked at before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import yaml

from validation_rules.contract import ContractError
from validation_rules.text import Text

Steps = tuple[str | int, ...]
Lines = Mapping[Steps, int]
NO_LINES: Lines = MappingProxyType({})
DOCUMENT = Text("document", "document")
_MAX_DEPTH = 40
_MAX_EVENTS = 400_000
_MAX_SCALAR = 20_000
_MAPPING, _SEQUENCE = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_SCALARS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null"))
# Control characters, and those that turn the direction of what is written.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_DATE = "tag:yaml.org,2002:timestamp"


@dataclass(frozen=True, slots=True)
class Node:
    """A value of the document. `where` names what it belongs to, in the words of a person."""

    value: Any
    path: Steps = ()
    lines: Lines = field(default_factory=lambda: NO_LINES, repr=False, compare=False)
    where: Text = DOCUMENT

    @property
    def line(self) -> int | None:
        """The line it stands on, from 1; that of what holds it when it is absent; None without positions."""
        path = self.path
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)

    @property
    def absent(self) -> bool:
        """Whether there is nothing there."""
        return self.value is None

    def about(self, fr: str, en: str) -> Node:
        """The same value, belonging to something else."""
        return replace(self, where=Text(fr, en))

    def fails(self, fr: str, en: str) -> ContractError:
        """The error for what is wrong with this value."""
        return ContractError(Text(fr, en)).placed(self.where, self.line)

    def get(self, key: str, default: object = None) -> Node:
        """What a mapping holds under `key`; an absent value, or `default`, when it does not."""
        value = self._mapping().get(key, default)
        return replace(self, value=value, path=(*self.path, key))

    def entries(self) -> dict[str, Node]:
        """A mapping, key by key; empty when there is nothing there."""
        if self.absent:
            return {}
        for key in self._mapping():
            if not isinstance(key, str) or not key:
                raise self.fails("une clé doit être un texte", "a key must be a text")
        return {key: self.get(key) for key in self._mapping()}

    def items(self) -> list[Node]:
        """A list, item by item; empty when there is nothing there."""
        if self.absent:
            return []
        if not isinstance(self.value, list):
            raise self.fails("une liste est attendue", "a list is expected")
        return [replace(self, value=item, path=(*self.path, i)) for i, item in enumerate(self.value)]

    def needed(self) -> Node:
        """Itself; an error when there is nothing there."""
        if self.absent:
            key = self.path[-1] if self.path else ""
            raise self.fails(f"« {key} » manque", f"“{key}” is missing")
        return self

    def text(self) -> str:
        """A text that is not empty."""
        value = self.needed().value
        if not isinstance(value, str) or not value:
            raise self.fails("un texte est attendu", "a text is expected")
        if _INVISIBLE.search(value):
            raise self.fails("un caractère invisible est là", "there is an invisible character")
        return value

    def optional_text(self) -> str | None:
        """A text, or None when there is nothing there."""
        return None if self.absent else self.text()

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def pairs(self) -> dict[str, str]:
        """A mapping of texts."""
        return {key: node.text() for key, node in self.entries().items()}

    def sentence(self) -> Text:
        """A sentence in both languages."""
        return Text(self.needed().get("fr").text(), self.get("en").text())

    def sentence_or_name(self) -> Text:
        """A sentence in both languages, or a text alone that is the same in both, like the name of a work."""
        return Text(self.text(), self.text()) if isinstance(self.value, str) else self.sentence()

    def integer(self) -> int:
        """A whole number of reasonable size."""
        value = self.needed().value
        if type(value) is not int or abs(value) > 1_000_000:
            raise self.fails("un nombre entier est attendu", "a whole number is expected")
        return value

    def flag(self) -> bool:
        """True or false; false when there is nothing there."""
        if not isinstance(self.value, bool | None):
            raise self.fails("true ou false est attendu", "true or false is expected")
        return bool(self.value)

    def choice(self, choices: tuple[str, ...]) -> str:
        """One of `choices`."""
        if not isinstance(self.value, str) or self.value not in choices:
            listed = ", ".join(choices)
            raise self.fails(f"une valeur parmi {listed} est attendue", f"expected one of {listed}")
        return self.value

    def properties(self) -> dict[str, Node]:
        """The ODCS `customProperties` of a mapping: name -> value."""
        found: dict[str, Node] = {}
        for item in self.get("customProperties").items():
            name = item.get("property").text()
            if name in found:
                raise item.fails(f"« {name} » est là deux fois", f"“{name}” is there twice")
            found[name] = item.get("value")
        return found

    def absent_child(self, key: str) -> Node:
        """Stands for what a mapping does not hold under `key`."""
        return replace(self, value=None, path=(*self.path, key))

    def _mapping(self) -> Mapping[Any, Any]:
        if not isinstance(self.value, Mapping):
            raise self.fails("un ensemble de clés est attendu", "a mapping is expected")
        return self.value


class Faults:
    """Gathers what is wrong, so that one look at a file tells everything."""

    def __init__(self) -> None:
        self.found: list[ContractError] = []

    @contextmanager
    def caught(self, node: Node) -> Iterator[None]:
        """Keeps the error of what is done inside, with the place of `node` unless it has its own."""
        try:
            yield
        except ContractError as error:
            self.found.append(error.placed(node.where, node.line))

    def error(self) -> ContractError | None:
        """The first of them in the order of the file, which carries the others; None when all is well."""
        if not self.found:
            return None
        first, *others = sorted(self.found, key=lambda error: error.line or 0)
        return first.followed_by(others)

    def settle(self) -> None:
        """Raises what was found, if anything."""
        error = self.error()
        if error is not None:
            raise error


def parse_yaml(content: bytes, *, trusted: bool) -> Node:
    """The root of a document, a mapping. Raises `ContractError` with the line of what is not let through."""
    try:
        text = content.decode("utf-8-sig")
        if trusted:
            return _root(yaml.load(text, Loader=yaml.CSafeLoader), NO_LINES)
        _check_events(text)
        return _root(*_built(text))
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        sentence = Text("ce n’est pas un document YAML lisible", "this is not a readable YAML document")
        raise ContractError(sentence).placed(DOCUMENT, None if mark is None else mark.line + 1) from None


def _root(document: object, lines: Lines) -> Node:
    root = Node(document, lines=lines)
    root.get("kind")
    return root


def _check_events(text: str) -> None:
    """Refuses, before anything is built, what only an attack or an accident would hold."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        if isinstance(event, yaml.AliasEvent):
            raise _refused(event, "les alias YAML ne sont pas admis", "YAML aliases are not allowed")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and len(event.value) > _MAX_SCALAR:
            raise _refused(event, "un texte est trop long", "a text is too long")
        if depth > _MAX_DEPTH or count > _MAX_EVENTS:
            raise _refused(event, "il est trop profond ou trop long", "it is too deep or too long")


def _built(text: str) -> tuple[object, Lines]:
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        lines: dict[Steps, int] = {}
        return (None if node is None else _value(node, (), lines, loader)), lines
    finally:
        loader.dispose()


def _value(node: yaml.Node, path: Steps, lines: dict[Steps, int], loader: yaml.CSafeLoader) -> object:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, loader)
    if isinstance(node, yaml.SequenceNode) and node.tag == _SEQUENCE:
        return [_value(item, (*path, i), lines, loader) for i, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode) or node.tag != _MAPPING:
        raise _tag(node)
    result: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = _scalar(key_node, loader) if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str):
            raise _refused(
                key_node, "une clé doit être un texte, au besoin entre apostrophes",
                "a key must be a text, in quotes if need be",
            )  # fmt: skip
        if key in result:
            raise _refused(
                key_node, f"la clé « {key[:60]} » est là deux fois", f"key “{key[:60]}” is there twice"
            )
        result[key] = _value(value_node, (*path, key), lines, loader)
        # A value may begin below its key; people look for the key.
        lines[(*path, key)] = key_node.start_mark.line + 1
    return result


def _scalar(node: yaml.ScalarNode, loader: yaml.CSafeLoader) -> object:
    if node.tag == _DATE:
        raise _refused(
            node, f"mettez {node.value[:40]} entre apostrophes : YAML en ferait une date",
            f"put {node.value[:40]} in quotes: YAML would make a date of it",
        )  # fmt: skip
    if node.tag not in _SCALARS:
        raise _tag(node)
    try:
        return loader.construct_object(node)
    except ValueError:
        raise _refused(node, "ce nombre ne se lit pas", "this number cannot be read") from None


def _tag(node: yaml.Node) -> ContractError:
    shown = str(node.tag)[:60]
    return _refused(node, f"l’étiquette YAML {shown} n’est pas admise", f"YAML tag {shown} is not allowed")


def _refused(at: Any, fr: str, en: str) -> ContractError:
    return ContractError(Text(fr, en)).placed(DOCUMENT, at.start_mark.line + 1)
