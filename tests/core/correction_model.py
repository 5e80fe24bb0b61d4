"""What a batch must look like after some steps, kept by hand as a list of states."""

from __future__ import annotations

from collections.abc import Sequence

from tests.core.acting_child import ROWS, VALUES, Step

# What each rule reads, with the record key.
READS = {"T-2": ("numero_patient", "sexe", "topographie"), "T-3": ("numero_patient", "sexe")}

Row = dict[str, str | None]
State = tuple[tuple[tuple[tuple[str, str | None], ...], ...], frozenset[tuple[object, ...]]]


def _frozen(rows: list[Row]) -> tuple[tuple[tuple[str, str | None], ...], ...]:
    return tuple(tuple(row.items()) for row in rows)


def shares_its_number(source: Sequence[str | None], now: Sequence[str | None], row: int) -> bool:
    """Whether the number of a row, the first being 1, does not tell it: several had it from the first, or
    it was made blank or that of another."""
    if source.count(source[row - 1]) > 1:
        return True
    number = now[row - 1]
    return number != source[row - 1] and (number is None or now.count(number) > 1)


class Model:
    """Undo is the state before, redo the one after; a confirmation holds while the values do, and for one
    row alone where several have its number."""

    def __init__(self) -> None:
        source: list[Row] = [
            dict.fromkeys(VALUES) | dict(zip(("numero_patient", "sexe", "topographie"), row, strict=True))
            for row in ROWS
        ]
        self._states: list[State] = [(_frozen(source), frozenset())]
        self._now = 0

    @property
    def rows(self) -> list[Row]:
        """Every row as it must be now."""
        return [dict(row) for row in self._states[self._now][0]]

    def apply(self, step: Step) -> None:
        """The state after one more step."""
        if step.kind in ("undo", "redo"):
            self._now += -1 if step.kind == "undo" else 1
            return
        rows, confirmed = self.rows, self._states[self._now][1]
        if step.kind in ("edit", "discard"):
            for row, field, new in step.cells:
                rows[int(str(row)) - 1][str(field)] = new  # type: ignore[assignment]
        else:
            keys = {self._key(int(str(row)), str(rule)) for row, rule in step.cells}
            confirmed = confirmed | keys if step.kind == "confirm" else confirmed - keys
        self._states = [*self._states[: self._now + 1], (_frozen(rows), confirmed)]
        self._now += 1

    def is_confirmed(self, row: int, rule: str) -> bool:
        """Whether a finding that stands now is confirmed."""
        return rule in READS and self._key(row, rule) in self._states[self._now][1]

    def _key(self, row: int, rule: str) -> tuple[object, ...]:
        held = self.rows[row - 1]
        source, now = ([each[0][1] for each in self._states[at][0]] for at in (0, self._now))
        own = row if shares_its_number(source, now, row) else None
        return (rule, own, held["numero_patient"], *(held[field] for field in READS[rule]))
