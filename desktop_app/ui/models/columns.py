"""Which columns the grid shows, in which order, how wide, and how many stay in place; kept between days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

FROZEN = 2  # at first: numero_patient, numero_tumeur
MOST_FROZEN = 6  # more would leave no room to scroll in
_WIDEST = 2_000


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """`every`: the fields of the contract; `shown`: those in the grid, in its order, never none; `frozen`:
    how many of them stay in place; `widths`: field -> pixels, where a person changed it."""

    every: tuple[str, ...]
    shown: tuple[str, ...]
    frozen: int = FROZEN
    widths: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def first(cls, every: Sequence[str]) -> ColumnSet:
        """Everything, in the order of the contract."""
        return cls(tuple(every), tuple(every), min(FROZEN, len(every)))

    @classmethod
    def read(cls, kept: object, every: Sequence[str]) -> ColumnSet:
        """What was kept, as far as it fits these fields: it may come from another version of the contract.

        A field that was not known then is shown, at its place.
        """
        made = cls.first(every)
        if not isinstance(kept, dict):
            return made
        shown, known = (_names(kept.get(key), every) for key in ("shown", "known"))
        widths = kept.get("widths")
        if isinstance(widths, dict):
            held = {name: px for name, px in widths.items() if name in every and _is_count(px, _WIDEST)}
            made = replace(made, widths=held)
        if not shown:
            return made
        made = replace(made, shown=shown)
        for name in every:
            if name not in known:
                made = made.with_shown(name)
        frozen = kept.get("frozen")
        return made.with_frozen(frozen if isinstance(frozen, int) else FROZEN)

    def to_keep(self) -> dict[str, object]:
        """What `read` takes."""
        return {
            "shown": list(self.shown),
            "known": list(self.every),
            "frozen": self.frozen,
            "widths": dict(self.widths),
        }

    @property
    def hidden(self) -> tuple[str, ...]:
        """The fields that are not in the grid."""
        return tuple(name for name in self.every if name not in self.shown)

    @property
    def usual(self) -> bool:
        """Whether it is as at first, widths aside."""
        return replace(self, widths={}) == ColumnSet.first(self.every)

    def with_shown(self, name: str) -> ColumnSet:
        """With one more field, after the nearest one that comes before it in the contract."""
        if name in self.shown:
            return self
        before = self.every[: self.every.index(name)]
        place = max((self.shown.index(each) + 1 for each in before if each in self.shown), default=0)
        frozen = self.frozen + (place < self.frozen)
        shown = (*self.shown[:place], name, *self.shown[place:])
        return replace(self, shown=shown).with_frozen(frozen)

    def without(self, names: Sequence[str]) -> ColumnSet:
        """Without these fields; the last one stays."""
        left = tuple(name for name in self.shown if name not in names)
        if not left:
            return self
        frozen = sum(name not in names for name in self.shown[: self.frozen])
        return replace(self, shown=left, frozen=frozen)

    def with_frozen(self, count: int) -> ColumnSet:
        """With the first `count` columns in place."""
        return replace(self, frozen=max(0, min(count, MOST_FROZEN, len(self.shown))))

    def with_width(self, name: str, pixels: int) -> ColumnSet:
        """With a width that a person chose."""
        return replace(self, widths={**self.widths, name: min(pixels, _WIDEST)})


def _names(kept: object, every: Sequence[str]) -> tuple[str, ...]:
    if not isinstance(kept, list):
        return ()
    return tuple(dict.fromkeys(name for name in kept if isinstance(name, str) and name in every))


def _is_count(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most
