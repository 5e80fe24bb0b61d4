"""Rows kept aside: counted, visible, exportable, and back in the batch when the person says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.extracts.aside import export_aside
from desktop_app.core.extracts.frames import CELLS
from desktop_app.core.extracts.gather import Way, gather
from desktop_app.core.extracts.survey import sample_extract, survey
from desktop_app.core.stages import ImportOptions
from desktop_app.core.workspace import Workspace

ASIDE = ImportOptions("delimited", "utf-8", ";", '"', 1, ragged="auto")


def put(folder: Path, text: str) -> Path:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return path


RAGGED = "a;b;c\n1;2;3\n4;5\n6;7;8;=9\n\n10;11;12\n13;14;15;\n"


def test_rows_of_another_length_are_aside_and_the_columns_those_of_the_header(tmp_path: Path) -> None:
    extract = open_extract(put(tmp_path, RAGGED), ASIDE)
    assert extract.columns == ["a", "b", "c"]
    assert extract.frame.get_column("row_id").to_list() == [1, 5, 6]
    assert extract.aside is not None
    assert extract.aside.rows() == [(2, 2, "4", "5", None, None), (3, 4, "6", "7", "8", "=9")]
    seen = survey(extract)
    assert (seen.rows, seen.columns, seen.blank_rows, seen.few, seen.many) == (3, 3, 1, 1, 1)
    assert [row.number for row in seen.odd] == [2, 3] and "2 cellules au lieu de 3" in seen.odd[0].why.fr


def test_without_a_word_they_stay_and_are_told(tmp_path: Path) -> None:
    extract = open_extract(put(tmp_path, RAGGED), replace(ASIDE, ragged="keep"))
    assert extract.frame.height == 5 and extract.aside is None
    assert survey(extract).ragged == 2 and not survey(extract).clean


def test_short_rows_by_habit_are_records(tmp_path: Path) -> None:
    """Some exports leave out blank last cells: half of the rows are short, none by accident."""
    text = "a;b;c\n" + "".join(f"{i};x\n" if i % 2 else f"{i};x;y\n" for i in range(100))
    extract = open_extract(put(tmp_path, text), ASIDE)
    assert extract.frame.height == 100 and extract.aside is None
    assert survey(extract).habit


def test_never_more_than_half_of_a_file(tmp_path: Path) -> None:
    text = "a;b;c\n1;2;3\n" + "1;2;3;4;5\n" * 9
    extract = open_extract(put(tmp_path, text), ASIDE)
    assert extract.frame.height == 10 and survey(extract).ragged == 9


def test_chosen_rows_go_aside_too(tmp_path: Path) -> None:
    text = "a;b;c\n" + "".join(f"{i};x;y\n" for i in range(9)) + "Total;9;\n"
    extract = open_extract(put(tmp_path, text), replace(ASIDE, aside_rows=(10,)))
    assert extract.frame.height == 9 and survey(extract).chosen == 1
    assert survey(extract).damages == ()


def test_whole_rows_that_repeat_are_counted(tmp_path: Path) -> None:
    seen = survey(open_extract(put(tmp_path, "a;b\n1;x\n2;y\n1;x\n1;z\n1;x\n"), ASIDE))
    assert (seen.duplicates, seen.repeated) == (2, (3, 5))


def test_the_rows_aside_can_be_saved_but_never_over_the_extract(tmp_path: Path) -> None:
    path = put(tmp_path, RAGGED)
    extract = open_extract(path, ASIDE)
    assert export_aside(extract, tmp_path / "cote.csv") == 2
    saved = (tmp_path / "cote.csv").read_text(encoding="utf-8-sig").splitlines()
    assert saved == [
        "row_id;cells;a;b;c;Colonne 4",
        '2;2;"4";"5";;',
        """3;4;"6";"7";"8";"'=9\"""",
    ]
    with pytest.raises(AppError):
        export_aside(extract, path)
    assert path.read_text(encoding="utf-8") == RAGGED
    with pytest.raises(AppError):
        export_aside(extract, tmp_path / "absent" / "cote.csv")


@pytest.mark.parametrize("header", ["cells;row_id;c", " cells ;=cmd();c"])
def test_a_header_of_the_file_may_have_any_name(tmp_path: Path, header: str) -> None:
    extract = open_extract(put(tmp_path, RAGGED.replace("a;b;c", header)), ASIDE)
    assert extract.aside is not None and extract.columns[0] == "cells"
    assert extract.aside.rows() == [(2, 2, "4", "5", None, None), (3, 4, "6", "7", "8", "=9")]
    assert survey(extract).few == survey(extract).many == 1
    export_aside(extract, tmp_path / "cote.csv")
    head = (tmp_path / "cote.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("row_id;cells;cells;") and ";=" not in head


def test_several_files_with_a_column_cells(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"cells;b\n1;{name}\n3\n4;5\n6;7\n", encoding="utf-8")
    extract = gather([Way(tmp_path / "a.csv", ASIDE), Way(tmp_path / "b.csv", ASIDE)])
    assert extract.frame["cells"].to_list() == ["1", "4", "6"] * 2
    assert extract.aside is not None and extract.aside["cells"].to_list() == ["3", "3"]


def test_the_workspace_keeps_the_choice(workspace: Workspace, tmp_path: Path) -> None:
    options = replace(ASIDE, aside_rows=(3, 7), date_order="mdy", thousands_mark=" ")
    source = open_extract(put(tmp_path, RAGGED), ASIDE).source
    kept = workspace.batches.create(source, "rnc-tumeurs", "1.0.0", "{}", options)
    assert workspace.batches.get(kept.id).options == options


def test_the_start_of_a_file_shows_its_odd_rows(tmp_path: Path) -> None:
    path = put(tmp_path, RAGGED)
    seen = survey(sample_extract(detect(path), path))
    assert [row.number for row in seen.odd] == [2, 3]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["x", "12", "é", ""]), min_size=1, max_size=6), min_size=1, max_size=30)
)
def test_no_row_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    """Rows read, aside, and blank are all the rows of the file, each once and with all its cells."""
    text = "a;b;c\nun;deux;trois\n" + "".join(";".join(row) + "\n" for row in rows)
    extract = open_extract(put(tmp_path_factory.mktemp("rows"), text), ASIDE)
    frames = [extract.frame] + ([extract.aside.drop(CELLS)] if extract.aside is not None else [])
    together = pl.concat(frames, how="diagonal")
    assert together.get_column("row_id").is_unique().all()
    assert together.height + extract.blank_rows == 1 + len(rows)
    cells = sorted(cell for row in together.drop("row_id").rows() for cell in row if cell)
    assert cells == sorted(["un", "deux", "trois"] + [cell for row in rows for cell in row if cell])
