"""Persons as connected groups of links, none of which holds two certainly different people."""

from __future__ import annotations

from collections.abc import Iterable

Pair = tuple[int, int]


class Groups:
    """Grows groups of nodes by joining them; a join that a difference forbids is refused."""

    def __init__(self, different: Iterable[Pair] = ()) -> None:
        self._group_of: dict[int, set[int]] = {}
        self._different: dict[int, set[int]] = {}
        for a, b in different:
            self._different.setdefault(a, set()).add(b)
            self._different.setdefault(b, set()).add(a)

    def of(self, node: int) -> set[int]:
        """The nodes of the person that `node` belongs to."""
        return self._group_of.setdefault(node, {node})

    def join(self, a: int, b: int) -> bool:
        """Make one person of two; False, and nothing changed, when the two groups hold different people."""
        small, large = sorted((self.of(a), self.of(b)), key=len)
        if small is large:
            return True
        if any(not self._different.get(node, set()).isdisjoint(large) for node in small):
            return False
        large |= small
        for node in small:
            self._group_of[node] = large
        return True

    def all(self) -> list[set[int]]:
        """Every group once."""
        return list({id(group): group for group in self._group_of.values()}.values())
