"""The columns that a person chose come back, whatever was kept."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.ui.models.columns import ColumnSet

EVERY = ("a", "b", "c", "d")
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from([*EVERY, "x"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.sampled_from(["shown", "known", "frozen", "widths", "a"]), inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=25, deadline=None)
@given(JUNK)
def test_anything_kept_gives_a_grid_one_can_use(kept: object) -> None:
    made = ColumnSet.read(kept, EVERY)
    assert made.shown and set(made.shown) <= set(EVERY) and len(set(made.shown)) == len(made.shown)
    assert 0 <= made.frozen <= len(made.shown)
    assert ColumnSet.read(json.loads(json.dumps(made.to_keep())), EVERY) == made


def test_hidden_fields_come_back_at_their_place() -> None:
    some = ColumnSet.first(EVERY).without(["a", "c"])
    assert some.shown == ("b", "d") and some.frozen == 1 and some.hidden == ("a", "c")
    assert some.with_shown("c").shown == ("b", "c", "d")
    back = some.with_shown("a")
    assert back.shown == ("a", "b", "d") and back.frozen == 2


def test_the_last_column_stays() -> None:
    assert ColumnSet.first(EVERY).without(EVERY).shown == EVERY


def test_a_field_that_is_new_in_the_contract_is_shown() -> None:
    kept = ColumnSet.first(("a", "c")).without(["a"]).to_keep()
    assert ColumnSet.read(kept, EVERY).shown == ("b", "c", "d")
