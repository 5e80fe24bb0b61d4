"""Which rows and findings are shown, in which order: pure functions of a snapshot, run off the UI thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from weakref import ref

import polars as pl

from desktop_app.core.row_filter import RowFilter, expression
from desktop_app.ui.models.lookup import found_at
from desktop_app.ui.models.row_facts import FACTS, facts
from desktop_app.ui.models.snapshot import CASE_KEY, SEVERITIES, Snapshot
from validation_rules.few import selected

FACETS = ("state", "severity", "rule_id", "root", "field", *FACTS)
_LISTS = ("field", "source")  # of names joined by a plus sign
_AT_ONCE = 500_000  # findings
CAUSE = ("group", "rule_id", "field", "value")
Counted = Mapping[str, tuple[tuple[str, int], ...]]
_COUNTED = 100  # cases: up to here they are counted one by one
UNKNOWN = ""  # how a facet names the rows that do not tell their year, institution, source...


@dataclass(frozen=True, slots=True)
class Sort:
    """The column that orders the rows; numbers are ordered as numbers."""

    field: str
    descending: bool = False
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """What the person has chosen to see. An empty facet lets everything pass; so do no `rows` (row_id)."""

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    text: str = ""
    all_rows: bool = False
    sort: Sort | None = None
    rows: frozenset[int] = frozenset()
    filter: RowFilter = field(default_factory=RowFilter)

    @property
    def faceted(self) -> bool:
        """Whether a value of a facet is chosen."""
        return any(self.chosen.values())

    @property
    def searches(self) -> bool:
        """Whether rows are asked for by number, text or filter."""
        return bool(self.rows or self.filter or self.text.strip())

    @property
    def narrowed(self) -> bool:
        """True when a facet, a search, a filter or a choice of rows hides something."""
        return self.searches or self.faceted

    def toggled(self, facet: str, value: str) -> Selection:
        """The same selection with one value of a facet put in or taken out."""
        values = self.chosen.get(facet, frozenset()) ^ {value}
        return replace(self, chosen={**self.chosen, facet: values})


class Group(NamedTuple):
    """A shared cause or a rule in the list: how many findings it has, how many of them are open."""

    name: str
    severity: str
    size: int
    left: int


class Changed(NamedTuple):
    """Where a list differs from the one before: in these groups only, which are in the same order. The list
    before is not held for that."""

    before: ref[pl.DataFrame]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows.

    `positions`: UInt32, the row of the frame behind each row of the grid. `cases`: findings shown, without
    the facts of their rows, in the order of the list: worst rule first, then the causes (same rule, same
    values) with most rows.
    `groups`: the shared causes and rules of the list, in its order. `counts`: facet -> (value, findings),
    recomputed inside the rest of the selection. `changed`: known after an edit of few rows.
    """

    selection: Selection
    positions: pl.Series
    cases: pl.DataFrame
    groups: tuple[Group, ...]
    counts: Counted
    rows_in_all: int
    cases_in_all: int
    order: pl.Series | None = None
    by_position: pl.Series | None = None
    changed: Changed | None = None

    def row_of(self, pos: int) -> int | None:
        """Row of the grid that shows the row `pos` of the frame; None when it is filtered out."""
        ascending = self.positions if self.by_position is None else self.by_position
        found = found_at(ascending, pos)
        return found if found is None or self.order is None else int(self.order[found])


def arrange(snapshot: Snapshot, selection: Selection, keep: View | None = None) -> View:
    """Apply a selection to a snapshot.

    With `keep`, the rows and findings of that view stay where they are even if they pass the filter no
    more: what was just corrected must not vanish under the cursor.
    """
    found = rows_found(snapshot.frame, selection)
    cases = snapshot.cases if found is None else snapshot.cases.join(found, on="pos", how="semi")
    chosen = cases.filter(passes(selection)) if selection.faceted else cases
    if keep is not None and selection.narrowed:
        chosen = pl.concat([chosen, *_staying(snapshot.cases, selection, found, keep.cases)])
    positions = keep.positions if keep is not None else _positions(snapshot, selection, chosen, found)
    listed = in_list_order(chosen.drop(FACTS))
    order = by_position = None
    if keep is not None:
        listed = keep.cases if listed.equals(keep.cases) else listed  # who shows it sees that it is the same
        order, by_position = keep.order, keep.by_position
    elif selection.sort is not None:
        order = positions.arg_sort()
        by_position = positions.gather(order)
    return View(
        selection=selection,
        positions=positions,
        cases=listed,
        groups=groups_of(listed),
        counts=counts(cases, selection),
        rows_in_all=snapshot.frame.height,
        cases_in_all=snapshot.cases.height,
        order=order,
        by_position=by_position,
    )


def in_list_order(cases: pl.DataFrame) -> pl.DataFrame:
    """Worst severity first, then the shared cause or the rule with most findings, then its cause with most,
    then file order. `group` names the shared cause or else the rule.
    """
    filed = cases if cases["pos"].is_sorted() else cases.sort("pos", maintain_order=True)
    # There are far fewer causes than findings: only causes are put in order.
    causes = _causes(filed).with_columns(
        rank=pl.col("rank").min().over("group"), of_group=pl.col("of_cause").sum().over("group")
    )
    name, rule, field = (pl.col(word).cast(pl.String) for word in CAUSE[:3])
    by = ["rank", "of_group", name, "of_cause", rule, field, "value"]
    causes = causes.sort(by, descending=[False, True, False, True, False, False, False])
    listed = causes.select("group", "of_cause", "at").explode("at")
    return filed[listed["at"]].hstack([listed["group"], listed["of_cause"]])


def _causes(cases: pl.DataFrame) -> pl.DataFrame:
    """A line a cause: `CAUSE`, `at` (the positions of its findings), `of_cause` (how many they are), `rank`
    (that of the worst of them)."""
    worst = pl.col("severity").replace_strict(
        {name: number for number, name in enumerate(SEVERITIES)},
        default=len(SEVERITIES),
        return_dtype=pl.UInt8,
    )
    group, shown = pl.coalesce("root", "rule_id").alias("group"), pl.len().alias("of_cause")
    read = cases.select("root", "severity", *CAUSE[1:])
    parts = [
        part.with_row_index("at", _AT_ONCE * number)
        .group_by(group, *CAUSE[1:])
        .agg("at", shown, rank=worst.min())
        for number, part in enumerate(_some_at_a_time(read))
    ]
    if len(parts) == 1:
        return parts[0]
    every = pl.concat(parts).group_by(CAUSE, maintain_order=True)
    return every.agg(pl.col("at").explode(), pl.col("of_cause").sum(), pl.col("rank").min())


def groups_of(cases: pl.DataFrame) -> tuple[Group, ...]:
    """The groups of findings that are in list order, in theirs."""
    table = cases.group_by("group", maintain_order=True).agg(
        pl.first("severity"), size=pl.len(), left=(pl.col("state") == "open").sum()
    )
    return tuple(Group(*row) for row in table.iter_rows())


def rows_found(frame: pl.DataFrame, selection: Selection) -> pl.DataFrame | None:
    """`pos`: positions of the rows asked for by number, text or filter; None when nothing was asked."""
    tests = []
    if selection.rows:
        tests.append(pl.col("row_id").is_in(list(selection.rows)))
    if selection.filter:
        tests.append(expression(selection.filter))
    if selection.text.strip():
        tests.append(_with_text(frame, selection.text.strip()))
    if not tests:
        return None
    numbered = frame.lazy().select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("pos"), hit=pl.all_horizontal(tests)
    )
    return numbered.filter("hit").select("pos").collect()


def _with_text(frame: pl.DataFrame, wanted: str) -> pl.Expr:
    """True where a cell of the row holds the text, capitals and small letters alike."""
    pattern = f"(?i){pl.escape_regex(wanted)}"  # five times as fast as a lower-case copy of every cell
    return pl.any_horizontal([pl.col(name).str.contains(pattern) for name in frame.columns[1:]])


def passes(selection: Selection, but: str | None = None) -> pl.Expr:
    """True where a case passes every facet, or every other one than `but`."""
    keeps = pl.lit(True)
    for facet, values in selection.chosen.items():
        if values and facet != but:
            keeps = keeps & _in_facet(facet, values)
    return keeps


def _in_facet(facet: str, values: frozenset[str]) -> pl.Expr:
    if facet in _LISTS:
        names = pl.col(facet).cast(pl.String).fill_null(UNKNOWN).str.split("+")
        return pl.any_horizontal([names.list.contains(value) for value in sorted(values)])
    return pl.col(facet).fill_null(UNKNOWN).is_in(list(values))


def counts(cases: pl.DataFrame, selection: Selection) -> Counted:
    """Findings by value of each facet, the other facets applied; chosen values stay even at zero.

    In one query, which takes longer than what it counts when that is little.
    """
    if cases.height <= _COUNTED and not selection.faceted:
        return {facet: in_facet_order(facet, _counted(cases, facet), selection) for facet in FACETS}
    wanted = tuple(_values(selection, facet) for facet in FACETS) if selection.faceted else _EVERY
    counted: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for part in _some_at_a_time(cases):
        for facet, values in zip(FACETS, selected(part, *wanted).row(0), strict=True):
            so_far = counted[facet]
            for found in values:
                value, count = found[facet], found["count"]
                for name in sorted(set(value.split("+"))) if facet in _LISTS else (value,):
                    so_far[name] = so_far.get(name, 0) + count
    return {facet: in_facet_order(facet, counted[facet], selection) for facet in FACETS}


def _some_at_a_time(cases: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The cases in parts, without a copy: a look at millions at once takes as much room as they do."""
    return cases.iter_slices(_AT_ONCE) if cases.height > _AT_ONCE else iter([cases])


def _counted(cases: pl.DataFrame, facet: str) -> Counter[str]:
    """How often each value of a facet is there, of a few cases."""
    values = (UNKNOWN if value is None else value for value in cases.get_column(facet).to_list())
    if facet in _LISTS:
        return Counter(name for value in values for name in set(value.split("+")))
    return Counter(values)


def _values(selection: Selection, facet: str) -> pl.Expr:
    """A list of the values of a facet with how often each is there, the other facets applied."""
    values = pl.col(facet).fill_null(UNKNOWN)
    if any(chosen for name, chosen in selection.chosen.items() if name != facet):
        values = values.filter(passes(selection, but=facet))
    return values.value_counts(name="count").implode().alias(facet)


# Made once: what most edits ask for.
_EVERY = tuple(_values(Selection(), facet) for facet in FACETS)


def in_facet_order(
    facet: str, counted: Mapping[str, int], selection: Selection
) -> tuple[tuple[str, int], ...]:
    """Years backwards, other values by their number; what is chosen stays, even at zero."""
    chosen = selection.chosen.get(facet, frozenset())
    shown = {value: count for value, count in counted.items() if count} | {
        value: counted.get(value, 0) for value in chosen
    }
    if facet == "year":
        return tuple(sorted(shown.items(), reverse=True))
    return tuple(sorted(shown.items(), key=lambda item: (-item[1], item[0])))


def _positions(
    snapshot: Snapshot, selection: Selection, chosen: pl.DataFrame, found: pl.DataFrame | None
) -> pl.Series:
    by_case = any(selection.chosen.get(facet) for facet in FACETS if facet not in FACTS)
    everything = selection.all_rows or found is not None or snapshot.cases.is_empty()
    if by_case or not everything:
        positions = chosen["pos"].unique().sort()
    else:
        positions = _all_rows(snapshot, selection)
        if found is not None:
            positions = positions.filter(positions.is_in(found["pos"].implode()))
    return positions if selection.sort is None else _sorted(snapshot.frame, positions, selection.sort)


def _all_rows(snapshot: Snapshot, selection: Selection) -> pl.Series:
    frame = snapshot.frame
    told = frame.lazy().select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("pos"), *facts(snapshot.files, frame.columns)
    )
    kept = replace(selection, chosen={name: selection.chosen.get(name, frozenset()) for name in FACTS})
    return told.filter(passes(kept)).select("pos").collect()["pos"]


def _sorted(frame: pl.DataFrame, positions: pl.Series, sort: Sort) -> pl.Series:
    """Blank cells come last either way; equal cells keep the order of the file."""
    key = frame[sort.field].gather(positions)
    if sort.numeric:
        key = key.cast(pl.Int64, strict=False)
    table = pl.DataFrame({"pos": positions, "key": key})
    return table.sort("key", descending=sort.descending, nulls_last=True, maintain_order=True)["pos"]


def _staying(
    cases: pl.DataFrame, selection: Selection, found: pl.DataFrame | None, held: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    """The findings that do not pass and are in the list `held`, in parts: to compare millions by their key
    takes more room than they do, and the list is most often short."""
    passing = passes(selection)
    if found is not None:
        passing = passing & pl.col("pos").is_in(found["pos"].implode())
    near = pl.col("row_id").is_in(held["row_id"].unique().implode())
    keys = held.select(CASE_KEY)
    for part in _some_at_a_time(cases):
        others = part.filter(~passing & near)
        if others.height:
            yield others.join(keys, on=CASE_KEY, how="semi", maintain_order="left")
