"""One way to put rows right: which cells would hold what, on which rows. Not yet held to the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from desktop_app.core.suggestions.names import Names
from validation_rules.contract import Contract, Rule
from validation_rules.tables import table

GUESSES = frozenset(
    {
        "date.day_month",
        "date.exchanged",
        "date.age",
        "date.century",
        "date.year_digits",
        "histology.exchanged",
        "histology.alike",
        "site.blood",
        "place.corsica",
        "place.exchanged",
    }
)
"""Kinds that rest on a frequent mistake, not on something that the record says."""


@dataclass(frozen=True, slots=True, repr=False)
class Scene:
    """The rows that have a finding.

    `frame`: as `Names.frame` gives it. `whole`: every record of the batch, contract fields.
    `field`: column `field` of the finding.
    """

    frame: pl.DataFrame
    whole: pl.DataFrame
    contract: Contract
    names: Names
    rule: Rule
    field: str
    today: date


@dataclass(frozen=True, slots=True, repr=False)
class Idea:
    """`cells`: part -> new values (null empties the cell); `where`: rows that it is for. All as long as the
    scene. `kind` is the key of its sentence in `wording`, and what a person takes for a whole rule."""

    kind: str
    where: pl.Series
    cells: Mapping[str, pl.Series]


Maker = Callable[[Scene], Iterator[Idea]]
"""What proposes. It may be wrong: every idea is tried on the rules before anybody sees it."""


def idea(scene: Scene, kind: str, where: pl.Expr, cells: Mapping[str, pl.Expr]) -> Iterator[Idea]:
    """The idea, when some row meets `where` and the contract has every part that it writes."""
    if any(scene.names.field(part, scene.field) is None for part in cells):
        return
    # Beside a column of the frame, a value that is the same for all rows is as long as the frame.
    holds = scene.frame.select("row_id", where.fill_null(value=False).alias("where"))["where"]
    if not holds.any():
        return
    new = scene.frame.select("row_id", *(expr.cast(pl.String).alias(part) for part, expr in cells.items()))
    yield Idea(kind, holds, {part: scene.names.spelled(part, new[part]) for part in cells})


def with_table(scene: Scene, name: str, key: Mapping[str, str], columns: Mapping[str, str]) -> Scene:
    """The scene with columns of a reference table beside its rows, null where the key is not there.

    `key`: column of the table -> column of the scene; `columns`: new name -> column of the table.
    """
    from dataclasses import replace

    wanted = table(name).select(
        *(pl.col(there).alias(f" {here}") for there, here in key.items()),
        *(pl.col(there).alias(new) for new, there in columns.items()),
    )
    keys = [f" {here}" for here in key.values()]
    frame = scene.frame.join(
        wanted.unique(keys, keep="first"),
        left_on=list(key.values()),
        right_on=keys,
        how="left",
        maintain_order="left",
    )
    return replace(scene, frame=frame)
