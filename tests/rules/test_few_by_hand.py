"""What is done line by line for the few rows of an edit is what is done by queries for many."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validation_rules import normalise, stale
from validation_rules.contract import load_contract
from validation_rules.group_index import GroupIndex
from validation_rules.splice import lines_in, lines_of
from validation_rules.stale import Stale

ROWS = 9
KEYS = st.one_of(st.none(), st.integers(1, 4))
PLACES = st.lists(st.integers(0, ROWS - 1), min_size=1, max_size=4, unique=True).map(sorted)
WORDS = st.text(st.sampled_from("aA é-9\t,"), max_size=4)


def places(of: list[int]) -> pl.Series:
    return pl.Series(of, dtype=pl.UInt32)


def keys(of: list[int | None]) -> pl.Series:
    return pl.Series("one", of, dtype=pl.UInt64)


@pytest.mark.parametrize("most", [0, 3, 1_000])
@given(held=st.lists(KEYS, min_size=ROWS, max_size=ROWS), data=st.data())
def test_keys_that_moved_are_keys_written_anew(
    most: int, held: list[int | None], data: st.DataObject
) -> None:
    index, whole = GroupIndex({"one": keys(held)}), keys(held)
    for _ in range(3):
        where = places(data.draw(PLACES))
        fresh = keys(data.draw(st.lists(KEYS, min_size=where.len(), max_size=where.len())))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("validation_rules.group_index._MOST_MOVED", most)
            index = index.with_rows(where, GroupIndex({"one": fresh}))
        whole = whole.clone().scatter(where, fresh)
    rows, wanted = places(data.draw(PLACES)), keys(data.draw(st.lists(KEYS, max_size=3)))
    anew = GroupIndex({"one": whole})
    assert index.keys["one"].equals(whole) and index.of("one", rows).equals(whole[rows])
    found = [sorted(at for part in of.members("one", wanted) for at in part) for of in (index, anew)]
    assert found[0] == found[1]
    assert index.among("one", wanted, rows).to_list() == anew.among("one", wanted, rows).to_list()
    assert index.shared("one").equals(anew.shared("one"))
    assert index.without(rows).keys["one"].equals(anew.without(rows).keys["one"])


@given(
    lines=st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc")), max_size=8),
    own=st.sets(st.integers(1, 6)),
    rules=st.one_of(st.none(), st.frozensets(st.sampled_from("abc"))),
)
def test_what_is_stale(lines: list[tuple[int, str]], own: set[int], rules: frozenset[str] | None) -> None:
    schema = pl.Schema({"row_id": pl.UInt32(), "rule_id": pl.Enum(["a", "b", "c"])})
    findings = pl.DataFrame(lines, schema=schema, orient="row")
    near = Stale(places([1, 2, 3, 4]), [(["a"], places(sorted(own))), (["b"], places([2]))], rules)
    few = near.of(findings), near.others(findings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stale, "_BY_HAND", -1)
        assert few[0].equals(near.of(findings)) and few[1].equals(near.others(findings))


@given(
    values=st.lists(st.one_of(st.none(), WORDS), max_size=6),
    name=st.sampled_from(load_contract().field_names),
)
def test_a_few_values_are_cleaned_as_the_frame_is(values: list[str | None], name: str) -> None:
    contract, given_values = load_contract(), pl.Series(values, dtype=pl.String)
    rows = pl.DataFrame(
        {"row_id": range(len(values)), name: given_values}, schema_overrides={"row_id": pl.UInt32}
    )
    whole = dict(normalise.normalise(rows, contract).select("row_id", name).rows())
    few = normalise.cleaned(given_values, contract.field(name)).to_list()
    assert few == [whole.get(row) for row in range(len(values))]


@given(among=st.lists(st.integers(1, 8), max_size=12).map(sorted), rows=st.sets(st.integers(0, 9)))
def test_rows_are_looked_up_in_a_column_in_order(among: list[int], rows: set[int]) -> None:
    column, wanted = places(among), places(list(rows))
    expected = [at for at, row in enumerate(among) if row in rows]
    assert lines_in(wanted, column).to_list() == lines_of(wanted, column).to_list() == expected
