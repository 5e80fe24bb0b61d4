"""The batch as the fixing page sees it at one moment: rows, findings with their state, marks of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.ui.models.lookup import found_at, place
from desktop_app.ui.models.row_facts import Files, facts, read_by_facts
from desktop_app.ui.models.splice import lines_of, spliced

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set

    from validation_rules.text import Text

CASE_KEY = ("row_id", "rule_id", "field")
SEVERITIES = ("error", "confirm", "info")
_ROWS_IN_CACHE = 4096
_ROOT_SCHEMA = {"row_id": pl.UInt32, "rule_id": pl.String, "field": pl.String, "root": pl.String}


class Mark(IntEnum):
    """What a cell carries, from the mildest to the worst; the worst wins when several findings meet."""

    CONFIRMED = 1
    INFO = 2
    CONFIRM = 3
    ERROR = 4


_MARK_OF_SEVERITY = {"info": Mark.INFO, "confirm": Mark.CONFIRM, "error": Mark.ERROR}


class MarkIndex:
    """The marks of every cell, found by the position of its row.

    `marks`: pos UInt32 ascending, column UInt16, mark UInt8, one line a marked cell. A row is looked up by
    binary search and remembered, so a repaint costs nothing and a million findings cost no Python object.
    """

    def __init__(self, marks: pl.DataFrame) -> None:
        self.frame = marks
        self._pos = marks["pos"]
        self._column = marks["column"]
        self._mark = marks["mark"]
        self._rows: dict[int, Mapping[int, Mark]] = {}

    def row(self, pos: int) -> Mapping[int, Mark]:
        """Marks of one row, by the number of the column."""
        known = self._rows.get(pos)
        if known is None:
            if len(self._rows) > _ROWS_IN_CACHE:
                self._rows.clear()
            known = self._rows[pos] = self._read(pos)
        return known

    def _read(self, pos: int) -> Mapping[int, Mark]:
        start = place(self._pos, pos)
        length = place(self._pos, pos + 1) - start
        if not length:
            return {}
        columns = self._column.slice(start, length).to_list()
        return dict(zip(columns, map(Mark, self._mark.slice(start, length).to_list()), strict=True))


@dataclass(frozen=True, slots=True)
class Roots:
    """Causes that many findings share. `of`: row_id, rule_id, field, root (key) of each such finding;
    `texts`: key -> title and fix."""

    of: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_ROOT_SCHEMA))
    texts: Mapping[str, tuple[Text, Text]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Rows and findings that belong together.

    `frame`: row_id UInt32 ascending, then the contract's fields as String. `cases`: pos UInt32 (row of
    `frame`), row_id, field, rule_id, severity, value, state (`open`, `confirmed`, `corrected`), year,
    institution, source, file (null when the row does not tell), root (key of the cause shared with many, null
    when there is none). `touched`: row ids corrected since the batch was opened. `roots`: key of a shared
    cause -> its title and its fix. `withdrawn`: ids of rows whose record is out of the batch. `files`: those
    that the rows come from, when there are several.
    """

    frame: pl.DataFrame
    cases: pl.DataFrame
    marks: MarkIndex
    touched: Set[int] = frozenset()
    roots: Mapping[str, tuple[Text, Text]] = field(default_factory=dict)
    withdrawn: Set[int] = frozenset()
    files: Files = field(default_factory=Files)

    def count(self, severity: str, state: str = "open", but: Collection[str] = ()) -> int:
        """Findings of one severity in one state, those of the rules `but` left out."""
        wanted = (pl.col("severity") == severity) & (pl.col("state") == state)
        return self.cases.filter(wanted & ~pl.col("rule_id").is_in(list(but))).height

    def cases_at(self, pos: int) -> pl.DataFrame:
        """The findings of one row."""
        held = self.cases["pos"]
        start = place(held, pos)
        return self.cases.slice(start, place(held, pos + 1) - start)

    def position(self, row_id: int) -> int | None:
        """Row of `frame` that holds `row_id`."""
        return found_at(self.frame["row_id"], row_id)


def take_snapshot(
    frame: pl.DataFrame,
    findings: pl.DataFrame,
    gone: pl.DataFrame | None = None,
    touched: Set[int] = frozenset(),
    roots: Roots | None = None,
    files: Files | None = None,
) -> Snapshot:
    """Join findings to their rows.

    `findings`: row_id, field, rule_id, severity, value, state. `gone`: findings of the same shape that
    were there earlier; those no longer in `findings` are told as corrected.
    """
    known = roots or Roots()
    held = files or Files()
    cases = _cases(frame, findings, gone, known.of, held)
    marks = MarkIndex(_marks(cases, frame.columns[1:]))
    return Snapshot(frame, cases, marks, touched, known.texts, files=held)


def renewed(
    before: Snapshot,
    frame: pl.DataFrame,
    findings: pl.DataFrame,
    rows: pl.Series,
    touched: Set[int],
    roots: Roots,
) -> Snapshot:
    """What `take_snapshot` gives with the cases of `before` as `gone`, when only the findings of `rows`
    (row ids, ascending) can differ. The work grows with these rows; the rest is copied."""
    near = pl.col("row_id").is_in(rows.implode())
    out = lines_of(rows, before.cases["row_id"])
    few = _cases(frame, findings.filter(near), before.cases[out], roots.of.filter(near), before.files)
    cases = spliced(before.cases, out, few, before.cases["pos"].search_sorted(few["pos"]))
    held, marks = before.marks.frame, _marks(few, frame.columns[1:])
    positions = frame["row_id"].search_sorted(rows).cast(pl.UInt32)
    marks = spliced(held, lines_of(positions, held["pos"]), marks, held["pos"].search_sorted(marks["pos"]))
    return Snapshot(frame, cases, MarkIndex(marks), touched, roots.texts, files=before.files)


def _cases(
    frame: pl.DataFrame,
    findings: pl.DataFrame,
    gone: pl.DataFrame | None,
    roots: pl.DataFrame,
    files: Files,
) -> pl.DataFrame:
    current = _plain(findings)
    if gone is not None:
        fixed = _plain(gone).join(current, on=CASE_KEY, how="anti").unique(CASE_KEY)
        current = pl.concat([current, fixed.with_columns(state=pl.lit("corrected"))])
    return (
        current.join(_row_facts(frame, current["row_id"], files), on="row_id", how="left")
        .join(roots, on=CASE_KEY, how="left")
        .sort("pos", "rule_id", "field")
    )


def _plain(findings: pl.DataFrame) -> pl.DataFrame:
    """The columns of a case as plain String; categories of two frames would not meet in a join."""
    words = ["field", "rule_id", "severity", "value", "state"]
    if "state" not in findings.columns:
        findings = findings.with_columns(state=pl.lit("open"))
    return findings.select(
        pl.col("row_id").cast(pl.UInt32), *(pl.col(word).cast(pl.String) for word in words)
    )


def _row_facts(frame: pl.DataFrame, row_ids: pl.Series, files: Files) -> pl.DataFrame:
    """Position and facts of the rows `row_ids`; others of them are left out."""
    wanted = row_ids.unique().sort()
    where = frame["row_id"].search_sorted(wanted).cast(pl.UInt32)
    where = where.filter(where < frame.height)
    rows = frame.select(read_by_facts(frame.columns))[where].with_columns(pos=where)
    return rows.select("row_id", "pos", *facts(files, rows.columns))


def _marks(cases: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    numbers = pl.DataFrame(
        {"field": list(fields), "column": pl.Series(range(len(fields)), dtype=pl.UInt16)},
        schema={"field": pl.String, "column": pl.UInt16},
    )
    severity = pl.col("severity").replace_strict(
        {name: int(mark) for name, mark in _MARK_OF_SEVERITY.items()}, default=0, return_dtype=pl.UInt8
    )
    mark = (
        pl.when(pl.col("state") == "confirmed")
        .then(pl.lit(int(Mark.CONFIRMED), pl.UInt8))
        .otherwise(severity)
    )
    return (
        cases.lazy()
        .filter(pl.col("state") != "corrected")
        .select("pos", pl.col("field").str.split("+"), mark=mark)
        .explode("field")
        .join(numbers.lazy(), on="field")
        .group_by("pos", "column")
        .agg(pl.col("mark").max())
        .sort("pos", "column")
        .collect()
    )
