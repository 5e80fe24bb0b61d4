"""A person's linkage tokens: `TOKENS_LENGTH` bytes in the layout of `batches.tokens`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from desktop_app.core.batches.tokens import (
    FIELD_SEPARATOR,
    TEMPLATES,
    TOKEN_BYTES,
    Template,
)
from desktop_app.core.identity.keys import KeyedHash, LinkageKey
from desktop_app.core.identity.padding import Padding, drawn
from desktop_app.core.identity.person import Identity, Parts, by_rank, parts_of, presence_of


class Encoder:
    """Tokens under one linkage key. What leaves a site is padded by `site_padding`, and by nothing else."""

    def __init__(self, key: LinkageKey, padding: Padding = drawn) -> None:
        subkeys = key.subkeys()
        self._hashes = [(template, KeyedHash(subkeys[template.name]).digest) for template in TEMPLATES]
        self._padding = padding

    def tokens(self, person: Identity) -> bytes:
        """Token = first 8 bytes of HMAC-SHA-256(subkey of the template, parts joined by 0x1F)."""
        parts = parts_of(person)
        fill, result = self._padding(parts), bytearray()
        for template, digest in self._hashes:
            for value in values(template, parts):
                result += digest(value.encode("ascii"))[:TOKEN_BYTES]
            if len(result) < template.end:
                result += fill(template)[: template.end - len(result)]
        result.append(presence_of(parts))
        return bytes(result)


def values(template: Template, parts: Parts) -> Iterator[str]:
    """What the slots of `template` are hashed over, at most as many as it has slots."""
    lists = [parts[name] for name in template.parts]
    if not all(lists):
        return iter(())
    return islice((FIELD_SEPARATOR.join(chosen) for chosen in _chosen(template, lists)), template.slots)


def _chosen(template: Template, lists: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Combinations of the first two parts, the most telling first; every other part has a single value."""
    if len(lists) == 1:
        return product(*lists)
    first, second, *others = lists
    if template.parts[0] == "surname_less":
        pairs = [(less, name) for name in second for less in first]
    elif template.parts[1] == "given_less":
        pairs = [(name, less) for name in first for less in second]
    else:
        pairs = by_rank(first, second)
    constant = tuple(other[0] for other in others)
    return ((*pair, *constant) for pair in pairs)
