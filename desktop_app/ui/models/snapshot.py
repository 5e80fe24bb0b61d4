"""The batch as the fixing page sees it at one moment: rows, findings with their state, marks of cells."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from desktop_app.core.bench_frames import places
from desktop_app.ui.models.lookup import found_at, place
from desktop_app.ui.models.row_facts import FACTS, Files, facts, read_by_facts
from validation_rules.beside import Beside
from validation_rules.few import FEW, extended, picked, selected
from validation_rules.splice import lines_in, replaced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence, Set
    from typing import Any

    from validation_rules.text import Text

CASE_KEY = ("row_id", "rule_id", "field")
SEVERITIES = ("error", "confirm", "info")
CODE = pl.Categorical()
"""The type of words of which a column has few: four bytes a finding, and there may be millions."""
_CODED = {
    "row_id": pl.UInt32(),
    "field": CODE,
    "rule_id": CODE,
    "severity": pl.Enum(SEVERITIES),
    "value": pl.String(),
    "state": pl.Enum(("open", "confirmed", "corrected")),
}
_ROWS_IN_CACHE = 4096
_AT_ONCE = 250_000  # findings
_Part = tuple[int, pl.DataFrame, pl.DataFrame, pl.DataFrame | None]
_BY_HAND = 100  # lines: up to here, going through them takes less than the query
_ROOT_SCHEMA = {"row_id": pl.UInt32, "rule_id": pl.String, "field": pl.String, "root": pl.String}


class Mark(IntEnum):
    """What a cell carries, from the mildest to the worst; the worst wins when several findings meet."""

    CONFIRMED = 1
    INFO = 2
    CONFIRM = 3
    ERROR = 4


_MARKS = {"pos": pl.UInt32, "column": pl.UInt16, "mark": pl.UInt8}
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
    `frame`), row_id, field, rule_id, severity (Enum), value (String), state (Enum: `open`, `confirmed`,
    `corrected`), year, institution, source, file (null when the row does not tell), root (key of
    the cause shared with many, null when there is none). `touched`: row ids corrected since the batch was
    opened. `roots`: key of a shared cause -> its title and its fix. `withdrawn`: ids of rows whose record is
    out of the batch. `files`: those that the rows come from, when there are several.
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

    def told(part: _Part) -> tuple[pl.DataFrame, pl.DataFrame]:
        start, rows, found, before = part
        cases = _cases(rows, found, before, _of_rows(known.of, found, before), held)
        cases = cases.with_columns(pl.col("pos") + start) if start else cases
        return cases, _marks(cases, frame.columns[1:])

    with Beside(len(findings) > _AT_ONCE) as beside:
        cases, marks = map(list, zip(*beside.each(told, _some_at_a_time(frame, findings, gone)), strict=True))
    return Snapshot(frame, _whole(cases), MarkIndex(_whole(marks)), touched, known.texts, files=held)


class Renewed(NamedTuple):
    """A snapshot after an edit of few rows, the one before, and the cases of these rows: as they were, and as
    they are. When these are the same, so is `after.cases`, the very same frame."""

    before: Snapshot
    after: Snapshot
    old: pl.DataFrame
    new: pl.DataFrame


def renewed(
    before: Snapshot,
    frame: pl.DataFrame,
    findings: pl.DataFrame,
    rows: pl.Series,
    touched: Set[int],
    roots: Roots,
    source: pl.DataFrame | None = None,
) -> Renewed:
    """What `take_snapshot` gives with `source` (by row; without it, the cases of `before`) as `gone`, when
    only the findings of `rows` (row ids, ascending) can differ. The work grows with these rows; the rest is
    copied."""
    out = lines_in(rows, before.cases["row_id"])
    old, found = before.cases[out], findings[lines_in(rows, findings["row_id"])]
    if _as_before(before, frame, rows, old, found):
        return Renewed(before, replace(before, frame=frame, touched=touched), old, old)
    caused = picked(roots.of, pl.col("row_id").is_in(rows.implode())) if roots.of.height else roots.of
    gone = old if source is None else source[lines_in(rows, source["row_id"])]
    few = _cases(frame, found, gone, caused, before.files)
    if few.equals(old):
        return Renewed(before, replace(before, frame=frame, touched=touched), old, old)
    cases = replaced(before.cases, out, few, "pos")
    held, marks = before.marks.frame, _marks(few, frame.columns[1:])
    positions = rows if (where := places(frame, rows)) is None else where
    marks = replaced(held, lines_in(positions, held["pos"]), marks, "pos")
    after = Snapshot(frame, cases, MarkIndex(marks), touched, roots.texts, files=before.files)
    return Renewed(before, after, old, few)


def _some_at_a_time(
    frame: pl.DataFrame, findings: pl.DataFrame, gone: pl.DataFrame | None
) -> Iterator[_Part]:
    """The rows, the findings on them and those that were, some rows after the others; with each the number of
    rows before. To put millions of findings in order takes more room than they do."""
    tables = [frame, findings] if gone is None else [frame, findings, gone]
    longest = max(tables[1:], key=len)["row_id"]
    if len(longest) <= _AT_ONCE or not all(table["row_id"].is_sorted() for table in tables):
        yield 0, frame, findings, gone
        return
    bounds = longest.gather_every(_AT_ONCE, _AT_ONCE).unique().sort()
    cuts = [[0, *table["row_id"].search_sorted(bounds), len(table)] for table in tables]
    for ends in zip(*(itertools.pairwise(cut) for cut in cuts), strict=True):
        rows, found, *before = (
            table.slice(first, last - first) for table, (first, last) in zip(tables, ends, strict=True)
        )
        yield ends[0][0], rows, found, before[0] if before else None


def _whole(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """The parts, which go, as one; never more than a column of it is there beside them."""
    if len(parts) == 1:
        return parts.pop()
    columns = [part.get_columns()[::-1] for part in parts]
    parts.clear()
    each = range(len(columns[0]))
    return pl.DataFrame([pl.concat([own.pop() for own in columns], rechunk=True) for _ in each])


def _of_rows(roots: pl.DataFrame, *findings: pl.DataFrame | None) -> pl.DataFrame:
    """Those of `roots` that may be of these findings: between the first and the last of their rows."""
    if roots.height <= _AT_ONCE:
        return roots
    rows = pl.concat([found["row_id"].cast(pl.UInt32) for found in findings if found is not None])
    return roots.filter(pl.col("row_id").is_between(rows.min(), rows.max()))


def _as_before(
    before: Snapshot, frame: pl.DataFrame, rows: pl.Series, old: pl.DataFrame, found: pl.DataFrame
) -> bool:
    """Whether the cases `old` of few rows are those that `found` gives: most edits neither bring nor take a
    finding, and this is told without a query."""
    if old.height > _BY_HAND or rows.len() > _BY_HAND or "state" not in found.columns:
        return False
    told = (*CASE_KEY, "severity", "value", "state")
    held = [line for line in _lines(old, told) if line[-1] != "corrected"]
    if held != _lines(found, told):
        return False
    if old.is_empty():
        return True
    then, now = (
        pl.DataFrame([of.get_column(name) for name in read_by_facts(of.columns)])
        for of in (before.frame, frame)
    )
    where = places(frame, rows)
    return where is not None and now[where].equals(then[where])


def _lines(cases: pl.DataFrame, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    return pl.DataFrame([cases.get_column(name) for name in columns]).rows()


def _cases(
    frame: pl.DataFrame,
    findings: pl.DataFrame,
    gone: pl.DataFrame | None,
    roots: pl.DataFrame,
    files: Files,
) -> pl.DataFrame:
    cases = _coded(findings)
    if gone is not None and findings.height + gone.height <= _BY_HAND:
        cases = _with_fixed(cases, gone)
    elif gone is not None:
        fixed = _coded(gone).join(cases, on=CASE_KEY, how="anti")
        cases = pl.concat([cases, fixed.with_columns(state=pl.lit("corrected", _CODED["state"]))])
    cases = _with_facts(cases, frame, files)
    if roots.is_empty():
        none = pl.Series("root", [None], dtype=CODE).new_from_index(0, cases.height)
        return _in_order(cases.with_columns(none))
    keys = roots.select("row_id", *(pl.col(name).cast(CODE) for name in ("rule_id", "field", "root")))
    return _in_order(cases.join(keys, on=CASE_KEY, how="left"))


def _coded(findings: pl.DataFrame) -> pl.DataFrame:
    """The columns of a case; words as codes, which take a quarter of the room and are compared as numbers."""
    if "state" not in findings.columns:
        findings = findings.with_columns(state=pl.lit("open"))
    if findings.height <= _BY_HAND:
        return pl.DataFrame([findings.get_column(name).cast(kind) for name, kind in _CODED.items()])
    return selected(findings, *(pl.col(name).cast(kind) for name, kind in _CODED.items()))


def _with_fixed(cases: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """A few cases, and after them those of `gone` that are not among them, as corrected."""
    there = set(_lines(cases, CASE_KEY))
    fixed = [at for at, key in enumerate(_lines(gone, CASE_KEY)) if key not in there]
    if not fixed:
        return cases
    lines = _coded(gone)[pl.Series(fixed, dtype=pl.UInt32)]
    state = pl.Series("state", ["corrected"] * len(fixed), dtype=_CODED["state"])
    return cases.vstack(lines.with_columns(state))


def _in_order(cases: pl.DataFrame) -> pl.DataFrame:
    """Cases by row, rule and field, each once. Most often they are; words are compared by their rank."""
    if cases.height <= _BY_HAND:
        return _few_in_order(cases)
    if cases.height <= FEW:
        words = (pl.col(name).cast(pl.String) for name in ("rule_id", "field"))
        return cases.sort("pos", *words).unique(CASE_KEY, keep="first", maintain_order=True)
    key = cases["pos"].cast(pl.UInt64) * 2**32  # in place of further names: there may be millions of each
    key = key + _rank(cases["rule_id"]) * 2**16
    key = key + _rank(cases["field"])
    order = None if key.is_sorted() else key.arg_sort()
    if order is not None:
        key = key.gather(order)
    again = (key == key.shift(1)).fill_null(value=False)
    del key
    if order is not None:
        cases = cases[order]
    return cases.filter(~again) if again.any() else cases


def _few_in_order(cases: pl.DataFrame) -> pl.DataFrame:
    first: dict[tuple[Any, ...], int] = {}
    for at, key in enumerate(_lines(cases, ("pos", "rule_id", "field"))):
        first.setdefault(key, at)
    order = [first[key] for key in sorted(first)]
    return cases if order == list(range(cases.height)) else cases[pl.Series(order, dtype=pl.UInt32)]


def _rank(words: pl.Series) -> pl.Series:
    """UInt64, the place of each word in their order."""
    known = words.unique().cast(pl.String).drop_nulls().sort()
    return words.cast(pl.Enum(known)).to_physical().cast(pl.UInt64)


_SPARSE = 100  # one row in so many: up to here, rows with cases are sorted


def _with_facts(cases: pl.DataFrame, frame: pl.DataFrame, files: Files) -> pl.DataFrame:
    """With `pos` and the facts of the row of each case; without those of rows that are not in the frame."""
    where = places(frame, cases["row_id"])
    if where is None:
        cases = cases.join(frame.select("row_id"), on="row_id", how="semi", maintain_order="left")
        where = frame["row_id"].search_sorted(cases["row_id"])
    read = pl.DataFrame([frame.get_column(name) for name in read_by_facts(frame.columns)])
    if cases.height <= _BY_HAND:  # a row more than once costs less than to find out
        told = _facts_of(read[where], files)
        return pl.DataFrame([where.cast(pl.UInt32).alias("pos"), *cases.iter_columns(), *told.iter_columns()])
    if len(where) * _SPARSE < frame.height:
        held = where.unique().sort()
        rows, line = read[held], held.search_sorted(where)
    else:  # most rows have cases: a mark on each tells their lines faster than a sort
        marked = pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
        marked = marked.scatter(where, values=True)
        rows, line = read.filter(marked), marked.cum_sum().gather(where) - 1
    return cases.select(where.cast(pl.UInt32).alias("pos"), pl.all()).hstack(_facts_of(rows, files)[line])


def _facts_of(rows: pl.DataFrame, files: Files) -> pl.DataFrame:
    told = extended(rows, *(fact.cast(CODE) for fact in facts(files, rows.columns)))
    return pl.DataFrame([told.get_column(name) for name in FACTS])


def _marks_of_few(cases: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """As `_marks`, line by line."""
    number = {name: column for column, name in enumerate(fields)}
    worst: dict[tuple[int, int], int] = {}
    for pos, named, severity, state in _lines(cases, ("pos", "field", "severity", "state")):
        mark = Mark.CONFIRMED if state == "confirmed" else _MARK_OF_SEVERITY.get(severity, 0)
        for cell in (
            (pos, number[name]) for name in named.split("+") if name in number and state != "corrected"
        ):
            worst[cell] = max(worst.get(cell, 0), int(mark))
    return pl.DataFrame([(*cell, mark) for cell, mark in sorted(worst.items())], schema=_MARKS, orient="row")


def _marks(cases: pl.DataFrame, fields: Sequence[str]) -> pl.DataFrame:
    """`pos, column, mark`: the worst mark of each cell that has one, cells in order."""
    if cases.height <= _BY_HAND:
        return _marks_of_few(cases, fields)
    numbers = pl.DataFrame(
        {"field": list(fields), "column": pl.Series(range(len(fields)), dtype=pl.UInt16)},
        schema={"field": pl.String, "column": pl.UInt16},
    )
    named = cases.select(pl.col("field").unique()).with_columns(
        name=pl.col("field").cast(pl.String).str.split("+")
    )
    columns = named.explode("name").join(numbers, left_on="name", right_on="field").select("field", "column")
    severity = pl.col("severity").replace_strict(
        {name: int(mark) for name, mark in _MARK_OF_SEVERITY.items()}, default=0, return_dtype=pl.UInt8
    )
    confirmed = pl.col("state") == "confirmed"
    mark = pl.when(confirmed).then(pl.lit(int(Mark.CONFIRMED), pl.UInt8)).otherwise(severity)
    marked = cases.select("pos", "field", "state", mark=mark)  # first: a filter copies every column
    standing = marked.filter(pl.col("state") != "corrected").drop("state")
    # As one number, of which the last of each cell is its worst: sorted in a third of the time.
    number = (pl.col("pos").cast(pl.UInt64) * 2**16 + pl.col("column")) * 2**8 + pl.col("mark")
    worst = _worst(standing.join(columns, on="field").select(number=number).to_series().sort(in_place=True))
    number = pl.col("number")
    return worst.select(
        pos=(number // 2**24).cast(pl.UInt32),
        column=(number // 2**8 % 2**16).cast(pl.UInt16),
        mark=(number % 2**8).cast(pl.UInt8),
    )


def _worst(marked: pl.Series) -> pl.DataFrame:
    """`number`: the last of each cell."""
    cell = marked // 2**8
    return marked.filter((cell != cell.shift(-1)).fill_null(value=True)).to_frame("number")
