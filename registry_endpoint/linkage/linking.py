"""Link a new batch against what is stored: the same person under one person id."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Final
from uuid import uuid4

import polars as pl

from registry_endpoint.linkage.groups import Groups, Pair
from registry_endpoint.linkage.model import AUTO, REVIEW, RUNNER_UP, Model, trained_model
from registry_endpoint.linkage.scoring import candidate_pairs, given_pairs

_KEY: Final = ["site", "record_id"]
_NODE: Final = ["site", "tokens"]


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What linking says.

    `persons`: site, record_id, person_id of every new record, and of each stored record whose person
    changed because a new one joined two persons. `pairs`: site_a, record_a (a new record), site_b,
    record_b, bits Float64, decision (`link` or `review`), agreeing String such as
    `surname=exact date=two_parts`. Records with equal tokens at one site are one person without a pair.
    `auto` is the threshold that was used, in bits.
    """

    persons: pl.DataFrame
    pairs: pl.DataFrame
    auto: float


def link(
    new: pl.DataFrame,
    stored: pl.DataFrame,
    persons: pl.DataFrame,
    *,
    model: Model | None = None,
    expected_matches: float | None = None,
    new_person: Callable[[], str] = lambda: str(uuid4()),
) -> LinkResult:
    """Link `new` (site, record_id, tokens, sexe, birth_month) against `stored` (same columns) and itself.

    Tokens are as `rehash` gives them. `persons` (site, record_id, person_id) covers `stored`. A record of
    `new` that is stored under the same site and record id replaces it, and keeps its person id when nobody
    else carries it. Decisions: `link` from +18 bits, raised by the size correction, unless a runner-up
    within 3 bits is somebody else or the group would hold two certainly different people; else `review`
    from 0 bits, raised alike.
    """
    model = model or trained_model()
    kept = stored.join(new, on=_KEY, how="anti")
    nodes, records = _nodes(new, kept, persons)
    shift = model.size_correction(nodes.filter("new").height, nodes.height, expected_matches)
    pairs = candidate_pairs(nodes, model).filter(pl.col("bits") >= REVIEW + shift)
    groups, linked = _grouped(pairs, nodes, model, AUTO + shift)
    decided = pairs.join(linked, on=["a", "b"], how="left").with_columns(
        pl.when("linked").then(pl.lit("link")).otherwise(pl.lit("review")).alias("decision")
    )
    told = decided.filter((pl.col("decision") == "link") | ~_one_person(decided, groups))
    return LinkResult(_persons(groups, records, persons, new_person), _named(told, records), AUTO + shift)


def _nodes(new: pl.DataFrame, kept: pl.DataFrame, persons: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Nodes, one per site and tokens: several tumours of a person are compared once; and records."""
    columns = [*_KEY, "tokens", "sexe", "birth_month"]
    rows = pl.concat(
        [new.select(columns).with_columns(new=True), kept.select(columns).with_columns(new=False)]
    )
    rows = rows.join(persons.select(*_KEY, "person_id"), on=_KEY, how="left")
    nodes = (
        rows.with_columns(known=pl.when(~pl.col("new")).then("person_id"))
        .group_by(_NODE, maintain_order=True)
        .agg(pl.col("sexe", "birth_month").first(), pl.col("new").all(), pl.col("known").drop_nulls().first())
        .with_row_index("node")
    )
    return nodes, rows.join(nodes.select(*_NODE, "node"), on=_NODE).drop("tokens", "sexe", "birth_month")


def _grouped(
    pairs: pl.DataFrame, nodes: pl.DataFrame, model: Model, auto: float
) -> tuple[Groups, pl.DataFrame]:
    """Groups that hold every node, and the pairs (`a`, `b`, linked) that made them."""
    links = _without_rivals(pairs, nodes, auto)
    ordered = links.sort("bits", "a", "b", descending=[True, False, False])
    known = _known_persons(nodes)
    tentative = Groups()
    for a, b in [*known, *ordered.select("a", "b").iter_rows()]:
        tentative.join(a, b)
    groups = Groups(_different(tentative, nodes, model))
    for node in nodes["node"]:
        groups.of(node)
    for a, b in known:
        groups.join(a, b)
    joined = [(a, b, groups.join(a, b)) for a, b in ordered.select("a", "b").iter_rows()]
    schema = {"a": pl.UInt32, "b": pl.UInt32, "linked": pl.Boolean}
    return groups, pl.DataFrame(joined, schema=schema, orient="row")


def _one_person(pairs: pl.DataFrame, groups: Groups) -> pl.Series:
    """Pairs that other links have made one person already: nothing is left to review."""
    return pl.Series([b in groups.of(a) for a, b in pairs.select("a", "b").iter_rows()], dtype=pl.Boolean)


def _known_persons(nodes: pl.DataFrame) -> list[Pair]:
    """Stored nodes of one person, each with the first of them."""
    same = nodes.filter(pl.col("known").is_not_null()).group_by("known").agg("node")
    return [(group[0], other) for group in same["node"].to_list() for other in group[1:]]


def _without_rivals(pairs: pl.DataFrame, nodes: pl.DataFrame, auto: float) -> pl.DataFrame:
    """Certain pairs for which no other person comes within `RUNNER_UP` bits, at either end."""
    strong = pairs.filter(pl.col("bits") >= auto - RUNNER_UP).select("a", "b", "bits")
    both = pl.concat([strong, strong.select(a="b", b="a", bits="bits")])
    certain = both.filter(pl.col("bits") >= auto)
    rivals = certain.join(both.rename({"b": "other", "bits": "other_bits"}), on="a").filter(
        pl.col("b") != pl.col("other"), pl.col("other_bits") >= pl.col("bits") - RUNNER_UP
    )
    rivals = rivals.join(certain.select(b="a", other="b"), on=["b", "other"], how="anti")
    known = nodes.select("node", "known")
    rivals = rivals.join(known, left_on="b", right_on="node").join(known, left_on="other", right_on="node")
    rivals = rivals.filter((pl.col("known") != pl.col("known_right")).fill_null(True))
    unsure = pl.concat([rivals.select("a", "b"), rivals.select(a="b", b="a")]).unique()
    return strong.filter(pl.col("bits") >= auto).join(unsure, on=["a", "b"], how="anti")


def _different(tentative: Groups, nodes: pl.DataFrame, model: Model) -> list[Pair]:
    """Pairs of certainly different people inside the groups that all links together would make."""
    inside = [pair for group in tentative.all() if len(group) > 2 for pair in combinations(sorted(group), 2)]
    pairs = pl.DataFrame(inside, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row")
    contrary = given_pairs(pairs, nodes, model).filter("different")
    return list(contrary.select("a", "b").iter_rows())


def _persons(
    groups: Groups, records: pl.DataFrame, persons: pl.DataFrame, new_person: Callable[[], str]
) -> pl.DataFrame:
    """The person of every new record, and of each stored record that now has another one."""
    named: dict[int, str] = {}
    stored_ids: dict[int, set[str]] = {}
    own_ids: dict[int, set[str]] = {}
    for node, is_new, person in records.select("node", "new", "person_id").drop_nulls().iter_rows():
        (own_ids if is_new else stored_ids).setdefault(node, set()).add(person)
    taken = {person for ids in stored_ids.values() for person in ids}
    for group in sorted(groups.all(), key=min):
        known = {person for node in group for person in stored_ids.get(node, ())}
        own = {person for node in group for person in own_ids.get(node, ())} - taken
        person = min(known or own, default=None) or new_person()
        taken.add(person)
        named.update(dict.fromkeys(group, person))
    frame = pl.DataFrame(
        {"node": list(named), "now": list(named.values())}, schema={"node": pl.UInt32, "now": pl.String}
    )
    current = records.join(frame, on="node")
    changed = current.filter(pl.col("new") | (pl.col("now") != pl.col("person_id")))
    return changed.select(*_KEY, pl.col("now").alias("person_id"))


def _named(pairs: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Pairs of nodes as pairs of records: every new record, but one for all the stored ones of a node."""
    ends = records.select("node", *_KEY, "new")
    one_each = pl.concat(
        [ends.filter("new"), ends.filter(~pl.col("new")).unique("node", maintain_order=True)]
    )
    named = pairs.join(ends, left_on="a", right_on="node")
    named = named.join(one_each, left_on="b", right_on="node", suffix="_b")
    return named.select(
        site_a="site", record_a="record_id", site_b="site_b", record_b="record_id_b",
        bits="bits", decision="decision", agreeing="agreeing",
    )  # fmt: skip
