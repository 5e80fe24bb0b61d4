"""Find and replace over the rows of a batch: what would change, value by value, before anything does.

Everything is worked out on the distinct values of a column, so that a million rows cost as little as their
values differ. Nothing here writes: `cells` gives what an edit takes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.core.progress import Progress, silent
from desktop_app.core.row_filter import is_pattern, no_pattern
from validation_rules.contract import Contract
from validation_rules.normalise import normalise
from validation_rules.text import Text

if TYPE_CHECKING:
    from validation_rules.check import Checker

LINE_SCHEMA = {
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
    "cells": pl.UInt32,
    "pos": pl.UInt32,
}
JUDGED = 400
"""Lines of a plan of which the first row is checked: what a person can read, in the time they wait."""
MOST_CHARACTERS = 1_000
"""Of the text to look for: no cell is longer."""
_SEARCHING = Text("Recherche dans les cellules", "Searching the cells")
_A_LOOK = 20_000


class How(Enum):
    """What of a cell must be as the text: some part, its beginning, all of it; or a pattern finds it."""

    PART = "part"
    BEGINNING = "beginning"
    WHOLE = "whole"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for and what to put there. `find` blank with `WHOLE` finds blank cells; `by` blank takes
    the text out, and empties a cell that is found whole. In a pattern `by` may name groups as `$1`."""

    find: str
    by: str
    fields: tuple[str, ...]
    how: How = How.PART
    case: bool = False

    def __repr__(self) -> str:
        """Without the texts: they may be identities, and a repr may reach a log."""
        return f"Wanted({self.how.value!r}, {len(self.fields)} fields)"

    @property
    def empty(self) -> bool:
        """Nothing to look for."""
        return not self.find.strip() and self.how is not How.WHOLE


@dataclass(frozen=True, slots=True)
class Replacing:
    """What would change. `lines`: LINE_SCHEMA, one line a field and value, most cells first; `pos` is the
    first row of each. `cells` and `rows` count over all lines."""

    wanted: Wanted
    lines: pl.DataFrame
    cells: int
    rows: int


def plan(
    frame: pl.DataFrame,
    contract: Contract,
    wanted: Wanted,
    positions: pl.Series | None = None,
    progress: Progress = silent,
) -> Replacing:
    """What replacing would change in these rows (positions in `frame`; None: all). New values are written as
    the contract writes them; values that stay the same are left out. Raises AppError: a pattern that is none.
    """
    check(wanted)
    parts: list[pl.DataFrame] = []
    where: list[pl.Series] = []
    for done, field in enumerate(wanted.fields):
        progress(done, len(wanted.fields), _SEARCHING)
        found = _lines(frame, contract, wanted, field, positions)
        if found is not None:
            parts.append(found[0])
            where.append(found[1])
    if not parts:
        return nothing(wanted)
    lines = pl.concat(parts).sort("cells", "field", "old", descending=[True, False, False])
    rows = where[0].len() if len(where) == 1 else pl.concat(where).n_unique()
    return Replacing(wanted, lines, int(lines["cells"].sum()), rows)


def nothing(wanted: Wanted) -> Replacing:
    """The plan that changes nothing."""
    return Replacing(wanted, pl.DataFrame(schema=LINE_SCHEMA), 0, 0)


def cells(frame: pl.DataFrame, lines: pl.DataFrame, positions: pl.Series | None = None) -> pl.DataFrame:
    """`row_id, field, new` of every cell that these lines of a plan change, as an edit takes them."""
    parts = []
    for (field,), group in lines.partition_by("field", as_dict=True, maintain_order=True).items():
        column = _column(frame, str(field), positions)
        hit = column.is_in(group["old"].drop_nulls().implode()).fill_null(value=False)
        if group["old"].null_count():
            hit = hit | column.is_null()
        ids = frame["row_id"] if positions is None else frame["row_id"].gather(positions)
        found = pl.DataFrame({"row_id": ids.filter(hit), "old": column.filter(hit)})
        news = found.join(
            group.select("old", "new"), on="old", how="left", nulls_equal=True, maintain_order="left"
        )
        parts.append(news.select("row_id", "new", field=pl.lit(str(field))))
    if not parts:
        return pl.DataFrame(schema={"row_id": pl.UInt32, "field": pl.String, "new": pl.String})
    return pl.concat(parts).select("row_id", "field", "new")


def judged(frame: pl.DataFrame, lines: pl.DataFrame, checker: Checker) -> list[tuple[list[str], list[str]]]:
    """For each of the first `JUDGED` lines, on its first row: the rules it clears, and those it breaks.

    Rules over several records are left out: what they say depends on all the rows that change.
    """
    few = lines.head(JUDGED)
    ids = pl.int_range(few.height, dtype=pl.UInt32, eager=True)
    before = frame[few["pos"]].with_columns(ids.alias("row_id"))
    if before.is_empty():
        return []
    changed = [
        pl.when(pl.Series(few["field"] == field)).then(few["new"]).otherwise(pl.col(field)).alias(field)
        for field in few["field"].unique()
    ]
    was, now = (_rules_of(table, checker) for table in (before, before.with_columns(changed)))
    none: frozenset[str] = frozenset()
    return [
        (sorted(was.get(line, none) - now.get(line, none)), sorted(now.get(line, none) - was.get(line, none)))
        for line in range(few.height)
    ]


def next_hit(
    frame: pl.DataFrame,
    positions: pl.Series,
    wanted: Wanted,
    start: tuple[int, int],
    step: int,
) -> tuple[int, int] | None:
    """The cell found after (`step` 1) or before (-1) `start` = (row of `positions`, column of
    `wanted.fields`), going round once; None when there is none. Raises AppError: a pattern that is none."""
    check(wanted)
    if wanted.empty or positions.is_empty():
        return None
    looks = _looks(start[0], len(positions), step)
    for turn, (begin, size) in enumerate(looks):
        part = frame[positions.slice(begin, size)]
        hits = [_hits(part[field], wanted).arg_true() for field in wanted.fields]
        places = [(begin + int(row), column) for column, found in enumerate(hits) for row in found]
        if turn == 0:
            places = [place for place in places if (place > start if step > 0 else place < start)]
        elif turn == len(looks) - 1:
            places = [place for place in places if (place <= start if step > 0 else place >= start)]
        if places:
            return min(places) if step > 0 else max(places)
    return None


def check(wanted: Wanted) -> None:
    """Raises AppError when the text is too long, or the pattern cannot be read."""
    if len(wanted.find) > MOST_CHARACTERS or not is_pattern(_pattern(wanted)):
        raise no_pattern()


def _looks(start: int, rows: int, step: int) -> list[tuple[int, int]]:
    """Slices (begin, size) in the order of the search: the row of the start first, and last again."""
    ahead = [(at, min(_A_LOOK, rows - at)) for at in range(start + 1, rows, _A_LOOK)]
    behind = [(at, min(_A_LOOK, start - at)) for at in range(0, start, _A_LOOK)]
    if step < 0:
        ahead, behind = behind[::-1], ahead[::-1]
    return [(start, 1), *ahead, *behind, (start, 1)]


def _lines(
    frame: pl.DataFrame, contract: Contract, wanted: Wanted, field: str, positions: pl.Series | None
) -> tuple[pl.DataFrame, pl.Series] | None:
    """The lines of one field, and the positions of their rows."""
    if wanted.empty:
        return None
    column = _column(frame, field, positions)
    where = _hits(column, wanted).arg_true()
    if where.is_empty():
        return None
    at = where if positions is None else positions.gather(where)
    found = pl.DataFrame({"old": column.gather(where), "pos": at.cast(pl.UInt32)})
    lines = found.group_by("old").agg(cells=pl.len(), pos=pl.col("pos").min())
    lines = lines.with_columns(
        field=pl.lit(field), new=_normal(_replaced(lines["old"], wanted), contract, field)
    )
    lines = lines.filter(pl.col("old").ne_missing(pl.col("new"))).select(LINE_SCHEMA.keys())
    if lines.is_empty():
        return None
    stay = found.join(lines.select("old"), on="old", how="semi", nulls_equal=True)["pos"]
    return lines.cast(dict(LINE_SCHEMA.items())), stay


def _column(frame: pl.DataFrame, field: str, positions: pl.Series | None) -> pl.Series:
    return frame[field] if positions is None else frame[field].gather(positions)


def _hits(column: pl.Series, wanted: Wanted) -> pl.Series:
    """True where the cell is found; never null."""
    if wanted.how is How.WHOLE and not wanted.find.strip():
        return column.is_null()
    if wanted.how is How.PART and wanted.case:
        return column.str.contains(wanted.find, literal=True).fill_null(value=False)
    return column.str.contains(_pattern(wanted)).fill_null(value=False)


def _replaced(old: pl.Series, wanted: Wanted) -> pl.Series:
    if wanted.how is How.WHOLE:
        return pl.Series([wanted.by.strip() or None], dtype=pl.String).new_from_index(0, len(old))
    # A dollar names a group of the pattern; in plain text it is a dollar.
    by = wanted.by if wanted.how is How.PATTERN else wanted.by.replace("$", "$$")
    if wanted.how is How.BEGINNING:
        return old.str.replace(_pattern(wanted), by)
    return old.str.replace_all(_pattern(wanted), by)


def _pattern(wanted: Wanted) -> str:
    text = wanted.find if wanted.how is How.PATTERN else pl.escape_regex(wanted.find)
    if wanted.how is How.WHOLE:
        text = f"^{pl.escape_regex(wanted.find.strip())}$"
    elif wanted.how is How.BEGINNING:
        text = f"^{text}"
    return text if wanted.case else f"(?i){text}"


def _normal(values: pl.Series, contract: Contract, field: str) -> pl.Series:
    """As the contract writes them; blank as null."""
    table = pl.DataFrame({"row_id": pl.int_range(len(values), dtype=pl.UInt32, eager=True), field: values})
    held = normalise(table, contract).select("row_id", field)
    return table.select("row_id").join(held, on="row_id", how="left", maintain_order="left")[field]


def _rules_of(rows: pl.DataFrame, checker: Checker) -> dict[int, frozenset[str]]:
    found, _ = checker.check_alone(rows)
    table = found.select("row_id", pl.col("rule_id").cast(pl.String)).group_by("row_id").agg("rule_id")
    return {int(row): frozenset(rules) for row, rules in table.iter_rows()}


def chosen(lines: pl.DataFrame, left_out: Collection[int]) -> pl.DataFrame:
    """The lines of a plan without those left out, by their number."""
    keep: Sequence[int] = [number for number in range(lines.height) if number not in left_out]
    return lines if len(keep) == lines.height else lines[keep]
