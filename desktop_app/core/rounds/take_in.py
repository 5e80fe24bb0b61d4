"""What was decided of a returned file, as actions of the bench, logged and undone like any other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.rounds.compare import Returned
from validation_rules.text import Language, Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench, Change

_BACK = Text("Fichier rendu par un collègue", "File handed back by a colleague")
_BACK_BY = Text("Fichier rendu par {who}", "File handed back by {who}")
_LONGEST = 600
Cell = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One action: the cells to write (row_id, field, new), or the findings to confirm. `why` is logged."""

    why: str = field(repr=False)
    cells: pl.DataFrame | None = field(default=None, repr=False)
    pairs: tuple[tuple[int, str], ...] = ()
    reason: str = ""

    def run(self, bench: Bench) -> Change:
        """Does it. A finding that the corrections before it made go is not confirmed."""
        if self.cells is not None:
            return bench.edit(self.cells, why=self.why)
        return bench.confirm(self.pairs, self.reason, self.why)


def steps(
    returned: Returned, language: Language, theirs: Collection[Cell] = (), without: Collection[Cell] = ()
) -> list[Step]:
    """The actions that take a file in: one for all cells without a remark, one for each remark, one for each
    reason of a confirmation.

    Of the conflicts, only the cells in `theirs` (row_id, field) are taken; cells in `without` are left alone.
    """
    chosen = {*theirs}
    left_alone = {*without}
    pairs = zip(returned.changes["row_id"], returned.changes["field"], returned.changes["state"], strict=True)
    wanted = [
        (row, name) not in left_alone and (state == "ready" or (row, name) in chosen)
        for row, name, state in pairs
    ]
    changes = returned.changes.filter(pl.Series(wanted, dtype=pl.Boolean)).with_columns(
        pl.col("note").fill_null("").str.strip_chars()
    )
    edits = [
        Step(_why(returned, language, str(note)), group.select("row_id", "field", new="back"))
        for (note,), group in changes.sort("note", maintain_order=True).group_by("note", maintain_order=True)
    ]
    return [*edits, *_confirmations(returned, language)]


def _confirmations(returned: Returned, language: Language) -> list[Step]:
    grouped = returned.confirms.sort("reason", "note", maintain_order=True)
    return [
        Step(
            _why(returned, language, str(note)),
            pairs=tuple(group.select("row_id", "rule_id").iter_rows()),
            reason=str(reason),
        )
        for (reason, note), group in grouped.group_by("reason", "note", maintain_order=True)
    ]


def _why(returned: Returned, language: Language, note: str) -> str:
    """Who sent it back, and what they said of it."""
    head = _BACK_BY.format(who=returned.who) if returned.who else _BACK
    colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
    return (head.in_(language) + (f"{colon}{note}" if note else ""))[:_LONGEST]
