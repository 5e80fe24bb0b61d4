from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.ui.models.clipboard import _with_quotes, from_text, spread, to_text

CELLS = st.text(alphabet=st.sampled_from('abé1 "\t\n,;'), max_size=6)
BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(BLOCKS)
def test_what_is_copied_is_pasted(block: list[list[str]]) -> None:
    assert from_text(to_text(block)) == block


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    from_text(text)


@given(st.text(alphabet=st.sampled_from("ab\t\n"), min_size=1))
def test_a_text_without_quotes_is_read_the_short_way_alike(text: str) -> None:
    assert from_text(text) == _with_quotes(text)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),  # Excel
        ("a\t\n", [["a", ""]]),
        ("\ta", [["", "a"]]),
        ('"two\nlines"\tb\n', [["two\nlines", "b"]]),
        ('"say ""hi"""', [['say "hi"']]),
        ('12" pipe\tb', [['12" pipe', "b"]]),
        ('"open\tb', [['"open', "b"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
    ],
)
def test_blocks_of_other_programs(text: str, block: list[list[str]]) -> None:
    assert from_text(text) == block


def test_one_cell_fills_a_selection() -> None:
    assert spread([["x"]], 2, 3) == [["x", "x", "x"], ["x", "x", "x"]]
    assert spread([["x"], ["y"]], 3, 1) == [["x"], ["y"]]
