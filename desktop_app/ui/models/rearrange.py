"""A view after an edit of few rows, made from the view before: what the person waits for after each Enter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from weakref import ref

import polars as pl

from desktop_app.ui.models.relist import relisted
from desktop_app.ui.models.selection import (
    CAUSE,
    FACETS,
    Changed,
    counts,
    groups_of,
    in_facet_order,
    passes,
    rows_found,
)
from desktop_app.ui.models.snapshot import CASE_KEY, SEVERITIES
from validation_rules.few import picked, selected
from validation_rules.splice import lines_of, spliced

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop_app.ui.models.selection import Counted, Group, Selection, View
    from desktop_app.ui.models.snapshot import Renewed

FEW = 2_000
_LIKE = (*CASE_KEY, "severity", "value", "group")  # what must be the same for a finding to keep its place


def rearranged(change: Renewed, view: View) -> View:
    """What `arrange` with `keep` shows, when only the findings of at most `FEW` rows differ.

    The list keeps its order: a new finding comes after those that it is alike to, or else after those of its
    rule, or else before the first that are milder.
    """
    if change.after.cases is change.before.cases and not view.selection.searches:
        return view
    old = _found(change.old, change.before.frame, view.selection)
    new = _found(change.new, change.after.frame, view.selection)
    near = {*change.old["row_id"].to_list(), *change.new["row_id"].to_list()}
    rows = pl.Series("row_id", sorted(near), dtype=pl.UInt32)
    where = lines_of(rows, view.cases["row_id"])
    listed = view.cases[where]
    in_all = change.after.cases.height
    if old.is_empty() and new.is_empty() and listed.is_empty():
        return replace(view, cases_in_all=in_all)
    view = replace(view, counts=_counted(view, old, new), cases_in_all=in_all)
    shown = _grouped(_shown(listed, change.new, new, view.selection))
    cases, groups = relisted(view, where, shown) or _placed(view, where, shown)
    if cases is view.cases:
        return view
    changed = Changed(ref(view.cases), frozenset(listed["group"]) | frozenset(shown["group"]))
    return replace(view, cases=cases, groups=groups, changed=changed)


def _grouped(cases: pl.DataFrame) -> pl.DataFrame:
    return cases.with_columns(group=pl.coalesce("root", "rule_id"))


def _found(cases: pl.DataFrame, frame: pl.DataFrame, selection: Selection) -> pl.DataFrame:
    """Those of these cases that a search by text or by number lets through."""
    if not selection.searches:
        return cases
    rows = frame[cases["pos"].unique().sort()]
    found = rows_found(rows, selection)
    return (
        cases if found is None else cases.join(rows[found["pos"]].select("row_id"), on="row_id", how="semi")
    )


def _shown(
    listed: pl.DataFrame, cases: pl.DataFrame, found: pl.DataFrame, selection: Selection
) -> pl.DataFrame:
    """Of these cases, those to list: which were, and which pass."""
    if not selection.narrowed:
        return cases
    passing = found.filter(passes(selection)).select(CASE_KEY)
    return cases.join(pl.concat([listed.select(CASE_KEY), passing]).unique(), on=CASE_KEY, how="semi")


def _counted(view: View, old: pl.DataFrame, new: pl.DataFrame) -> Counted:
    was, now = counts(old, view.selection), counts(new, view.selection)
    told = dict(view.counts)
    for facet in FACETS:
        if was[facet] != now[facet]:
            several = Counter(dict(view.counts[facet]))
            several.update(dict(now[facet]))
            several.subtract(dict(was[facet]))
            told[facet] = in_facet_order(facet, several, view.selection)
    return told


def _placed(view: View, where: pl.Series, shown: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Group, ...]]:
    """The list and its groups with `shown` in place of the lines `where`, those of the same rows; the very
    same when nothing in it is another. As `relisted`, of any number of lines."""
    cases = view.cases
    listed = cases[where].with_columns(place=where.cast(pl.Int64))
    shown = shown.join(listed.select(*_LIKE, "place"), on=_LIKE, how="left", nulls_equal=True)
    fresh = shown["place"].is_null()
    stay, come = shown[(~fresh).arg_true()], shown[fresh.arg_true()]
    columns = [name for name in cases.columns if name != "of_cause"]
    if come.is_empty() and stay.sort("place").select(columns).equals(listed.select(columns)):
        return cases, view.groups
    placed = stay.select(*columns, "place", turn=pl.lit(0, pl.UInt32))
    if come.height:
        joined = pl.col("group").is_in(come["group"].unique().implode())
        held, every = _held(cases, listed, stay, joined), partial(_held, cases, listed, stay)
        places = _places(held, come.sort(*CAUSE, "pos", nulls_last=False), every)
        # After the line `place`: before the one that follows it.
        placed = pl.concat([placed, places.select(*columns, pl.col("place") + 1, "turn")])
        placed = placed.with_columns(after=pl.col("turn") == 0).sort("place", "after", "turn")
    else:
        placed = placed.sort("place")
    few = placed.with_columns(of_cause=pl.lit(1, dtype=cases.schema["of_cause"]))
    whole = spliced(cases, listed["place"], few, placed["place"])
    whole = _recounted(whole, pl.concat([listed["group"], shown["group"]]))
    return whole, groups_of(whole)


def _held(
    cases: pl.DataFrame, listed: pl.DataFrame, stay: pl.DataFrame, wanted: pl.Expr | None = None
) -> pl.DataFrame:
    """`place`, `severity` and `CAUSE` of the lines that stay and are `wanted` (None: all of them)."""
    rest = cases.select(*CAUSE, "severity", place=pl.int_range(pl.len(), dtype=pl.Int64))
    others = ~pl.col("place").is_in(listed["place"].implode())
    held = rest.filter(others) if wanted is None else picked(picked(rest, wanted), others)
    return held.vstack(stay.select(held.columns))


def _places(held: pl.DataFrame, come: pl.DataFrame, everything: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """Where each new finding comes: after `place`, the `turn`th of those that come there. `held` are lines of
    the same groups; `everything`, all that stay, is asked for by a finding that begins a group."""
    ways = list(_last(held, come))
    if ways[1].null_count():
        ways.append(_first_milder(everything(), come))
    at = come.drop("place").with_columns(
        place=pl.coalesce(ways).cast(pl.Int64),
        # What joins a cause comes before what joins its rule, and that before what begins a group of its own.
        way=pl.when(ways[0].is_not_null()).then(0).when(ways[1].is_not_null()).then(1).otherwise(2),
    )
    at = at.sort("way", maintain_order=True).drop("way")
    return at.with_columns(turn=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32))


def _last(held: pl.DataFrame, come: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """The last `place` among `held` of the cause and of the group of each that comes; null without one."""
    both = pl.concat([held.select(*CAUSE, "place"), come.select(*CAUSE, place=pl.lit(None, pl.Int64))])
    last = pl.col("place").max()
    told = selected(both, last.over(CAUSE).alias("cause"), last.over("group").alias("group"))
    told = told.tail(come.height)
    return told["cause"], told["group"]


def _first_milder(held: pl.DataFrame, come: pl.DataFrame) -> pl.Series:
    """Just before the first group that is milder than each; the end when there is none."""
    rank = pl.col("severity").replace_strict(
        {name: number for number, name in enumerate(SEVERITIES)},
        default=len(SEVERITIES),
        return_dtype=pl.UInt8,
    )
    groups = held.group_by("group").agg(rank.min().alias("rank"), pl.col("place").min())
    end = 0 if held.is_empty() else int(held.select(pl.col("place").max()).item())
    found = []
    for wanted in come.select(rank).to_series():
        first = groups.filter(pl.col("rank") > wanted)["place"].min()
        found.append(end if first is None else int(str(first)) - 1)
    return pl.Series("place", found, dtype=pl.Int64)


def _recounted(cases: pl.DataFrame, groups: pl.Series) -> pl.DataFrame:
    """`cases` with `of_cause` in these groups counted again."""
    near = cases.select(*CAUSE, line=pl.int_range(pl.len(), dtype=pl.UInt32))
    near = picked(near, pl.col("group").is_in(groups.unique().implode()))
    again = near.select("line", of_cause=pl.len().over(CAUSE).cast(cases.schema["of_cause"]))
    column = cases["of_cause"].clone().scatter(again["line"], again["of_cause"])
    return cases.with_columns(column)
