"""The sentences of a contract, with `{places}` for values."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping

from validation_rules.document import Node
from validation_rules.text import Text

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_BRACES = ("accolades mal placées dans un texte", "misplaced braces in a text")


def template_places(text: Text, node: Node) -> frozenset[str]:
    """The `{names}` in a text. Raises `ContractError`, at `node`, on any other use of braces."""
    return frozenset(name for names in places_by_language(text, node).values() for name in names)


def places_by_language(text: Text, node: Node) -> dict[str, frozenset[str]]:
    """Language -> the `{names}` in a text, `node` being where it is told. Raises `ContractError`."""
    found = {}
    for language, part in zip(Text._fields, text, strict=True):
        at = node.get(language) if isinstance(node.value, Mapping) else node
        try:
            pieces = list(string.Formatter().parse(part))
        except ValueError:
            raise at.fails(*_BRACES) from None
        names = [(name, bool(form or turn)) for _, name, form, turn in pieces if name is not None]
        if any(more or not NAME.fullmatch(name) for name, more in names):
            raise at.fails(*_BRACES)
        found[language] = frozenset(name for name, _ in names)
    return found


def filled(node: Node, words: Mapping[str, Mapping[str, str]]) -> Text:
    """The sentence of `node` with its places filled, `words` being language -> place -> word."""
    text = node.sentence()
    for name in sorted(template_places(text, node) - words["fr"].keys()):
        raise node.fails(f"« {name} » n’est pas connu", f"“{name}” is not known")
    return Text(text.fr.format_map(words["fr"]).strip(), text.en.format_map(words["en"]).strip())
