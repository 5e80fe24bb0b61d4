"""A view after an edit of few rows, made from the view before: what the person waits for after each Enter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from desktop_app.ui.models.selection import (
    CAUSE,
    FACETS,
    counts,
    groups_of,
    in_facet_order,
    passes,
    rows_found,
)
from desktop_app.ui.models.snapshot import CASE_KEY, SEVERITIES, Snapshot

if TYPE_CHECKING:
    from desktop_app.ui.models.selection import Selection, View

FEW = 2_000
_LIKE = (*CASE_KEY, "severity", "value", "group")  # what must be the same for a finding to keep its place


def rearranged(before: Snapshot, after: Snapshot, view: View, rows: pl.Series) -> View:
    """What `arrange` with `keep` shows, when only the findings of `rows` (row ids, at most `FEW`) differ.

    The list keeps its order: a new finding comes after those that it is alike to, or else after those of its
    rule, or else before the first that are milder.
    """
    near = pl.col("row_id").is_in(rows.implode())
    old = _found(before, view.selection, near)
    new = _found(after, view.selection, near)
    if old.is_empty() and new.is_empty() and view.cases.filter(near).is_empty():
        return replace(view, cases_in_all=after.cases.height)
    listed = view.cases.with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    shown = after.cases.filter(near).join(_stays(listed.filter(near), new, view), on=CASE_KEY, how="semi")
    cases = _placed(listed, shown, near)
    cases = view.cases if cases.equals(view.cases) else cases  # who shows it sees that it is the same
    return replace(
        view,
        cases=cases,
        groups=groups_of(cases),
        counts={facet: _counted(view, facet, old, new) for facet in FACETS},
        cases_in_all=after.cases.height,
    )


def _found(snapshot: Snapshot, selection: Selection, near: pl.Expr) -> pl.DataFrame:
    """The cases of these rows that a search by text or by number lets through."""
    cases = snapshot.cases.filter(near)
    rows = snapshot.frame[cases["pos"].unique().sort()]
    found = rows_found(rows, selection)
    return (
        cases if found is None else cases.join(rows[found["pos"]].select("row_id"), on="row_id", how="semi")
    )


def _stays(listed: pl.DataFrame, new: pl.DataFrame, view: View) -> pl.DataFrame:
    """Keys of the findings to list: those that were, and those that pass."""
    return pl.concat([listed.select(CASE_KEY), new.filter(passes(view.selection)).select(CASE_KEY)]).unique()


def _counted(view: View, facet: str, old: pl.DataFrame, new: pl.DataFrame) -> tuple[tuple[str, int], ...]:
    counted = dict(view.counts[facet])
    for cases, sign in ((old, -1), (new, 1)):
        for value, count in counts(cases, view.selection, facet):
            counted[value] = counted.get(value, 0) + sign * count
    return in_facet_order(facet, counted, view.selection)


def _placed(listed: pl.DataFrame, shown: pl.DataFrame, near: pl.Expr) -> pl.DataFrame:
    """`listed` with `shown` in place of the cases of these rows."""
    shown = shown.with_columns(group=pl.coalesce("root", "rule_id"))
    had = listed.filter(near).select(*_LIKE, "place")
    shown = shown.join(had, on=_LIKE, how="left", nulls_equal=True, maintain_order="left")
    stay, come = shown.filter(pl.col("place").is_not_null()), shown.filter(pl.col("place").is_null())
    columns = [*listed.columns]
    alone = pl.lit(1, dtype=listed.schema["of_cause"]).alias("of_cause")
    held = pl.concat([listed.filter(~near), stay.with_columns(alone).select(columns)])
    places = _places(held, come.sort(*CAUSE, "pos", nulls_last=False))
    whole = pl.concat([held.with_columns(turn=pl.lit(0, pl.UInt32)), places.select(*columns, "turn")])
    whole = whole.sort("place", "turn").drop("place", "turn")
    return _recounted(whole, pl.concat([listed.filter(near).select(CAUSE), shown.select(CAUSE)]).unique())


def _places(held: pl.DataFrame, come: pl.DataFrame) -> pl.DataFrame:
    """Where each new finding comes: after `place`, the `turn`th of those that come there."""
    ways = [_last(held, come, CAUSE), _last(held, come, ("group",)), _first_milder(held, come)]
    at = come.drop("place").with_columns(
        place=pl.coalesce(ways).cast(pl.Int64),
        # What joins a cause comes before what joins its rule, and that before what begins a group of its own.
        way=pl.when(ways[0].is_not_null()).then(0).when(ways[1].is_not_null()).then(1).otherwise(2),
        of_cause=pl.lit(1, dtype=held.schema["of_cause"]),
    )
    at = at.sort("way", maintain_order=True).drop("way")
    return at.with_columns(turn=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32))


def _last(held: pl.DataFrame, come: pl.DataFrame, keys: tuple[str, ...]) -> pl.Series:
    wanted = come.select(keys).unique()
    last = held.join(wanted, on=keys, how="semi", nulls_equal=True).group_by(keys).agg(pl.col("place").max())
    return come.select(keys).join(last, on=keys, how="left", nulls_equal=True, maintain_order="left")["place"]


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


def _recounted(cases: pl.DataFrame, causes: pl.DataFrame) -> pl.DataFrame:
    """`cases` with `of_cause` of these causes counted again."""
    at = cases.select(pl.struct(CAUSE).is_in(causes.select(pl.struct(CAUSE)).to_series().implode()))
    where = at.to_series().arg_true()
    again = cases.select(CAUSE)[where].select(of_cause=pl.len().over(CAUSE)).to_series()
    column = cases["of_cause"].clone().scatter(where, again)
    return cases.with_columns(column)
