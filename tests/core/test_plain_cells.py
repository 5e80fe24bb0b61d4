"""No cell of a table that leaves is computed, under any separator, and it reads back as it was."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.core.plain_cells import BOM, csv_lines, given_column, plain_cell, plain_column

TEXTS = st.text(st.sampled_from("a1 ;,\t|\r\n\"'=+-@"), max_size=12)
SIGNS = tuple("=+-@")


def given_back(texts: list[str]) -> list[str]:
    return pl.DataFrame({"text": texts}).select(given_column("text"))["text"].to_list()


@pytest.mark.parametrize("separator", [";", ","])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=3))
@example(rows=[("1", "DUPONT,=1+1,", "x"), ("2", "A;=HYPERLINK(A1);", "x"), ("3", 'A,"=1+1",', "x")])
@example(rows=[("1", "A\n=1+1", "x"), ("2", "A|'=1", "x"), ("3", "A\t =1", "'=1")])
def test_it_is_harmless_under_any_separator_and_reads_back(
    separator: str, rows: list[tuple[str, ...]]
) -> None:
    text = "".join(csv_lines(("a", "b", "c"), rows, separator)).removeprefix(BOM)
    for other in ";,\t|":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=other):
            assert not [cell for cell in row if cell.startswith(SIGNS)]
        for line in text.splitlines():  # by a reader that knows no quotes
            assert not [cell for cell in line.split(other) if cell.startswith(SIGNS)]
    back = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))[1:]
    assert [tuple(given_back(row)) for row in back] == rows


@given(texts=st.lists(TEXTS))
def test_cells_and_columns_are_written_alike(texts: list[str]) -> None:
    column = pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(plain_column("text"))["text"]
    assert column.to_list() == [plain_cell(text) for text in texts]
