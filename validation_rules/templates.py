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
    found = set()
    for part in text:
        try:
            pieces = list(string.Formatter().parse(part))
        except ValueError:
            raise node.fails(*_BRACES) from None
        for _, name, specification, conversion in pieces:
            if name is not None and (specification or conversion or not NAME.fullmatch(name)):
                raise node.fails(*_BRACES)
            found.update([name] if name else [])
    return frozenset(found)


def filled(node: Node, words: Mapping[str, Mapping[str, str]]) -> Text:
    """The sentence of `node` with its places filled, `words` being language -> place -> word."""
    text = node.sentence()
    for name in sorted(template_places(text, node) - words["fr"].keys()):
        raise node.fails(f"« {name} » n’est pas connu", f"“{name}” is not known")
    return Text(text.fr.format_map(words["fr"]).strip(), text.en.format_map(words["en"]).strip())
