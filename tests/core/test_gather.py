"""Several files as one extract: numbered through, origin kept on this computer, other shapes refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.extracts import open_extract
from desktop_app.core.extracts.frames import CELLS
from desktop_app.core.extracts.gather import (
    MAX_FILES,
    ORIGIN,
    Way,
    gather,
    gather_again,
    in_order,
    misfits,
    names_of,
)
from desktop_app.core.extracts.survey import survey
from desktop_app.core.flow import put_on_bench, resume
from desktop_app.core.mapping import draft_recipe, shape_of
from desktop_app.core.stages import Extract, ImportOptions
from desktop_app.core.workspace import Workspace
from validation_rules.contract import load_contract
from validation_rules.text import Text

HEAD = "N° patient;Nom de naissance;Sexe\n"


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding=encoding)
    return path


def gathered(*paths: Path) -> Extract:
    return gather([Way(path) for path in paths])


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    first = put(tmp_path, "janvier.csv", f"{HEAD}P1;DUPONT;1\n;;\nP2;MARTIN;2\n")
    return first, put(tmp_path, "février.csv", f"{HEAD}P3;ÉLUARD;1\n", "cp1252")


def test_rows_are_numbered_through_and_know_their_file(pair: tuple[Path, Path]) -> None:
    extract = gathered(*pair)
    assert extract.frame["row_id"].to_list() == [1, 3, 4]
    assert extract.frame[ORIGIN].to_list() == ["janvier.csv", "janvier.csv", "février.csv"]
    assert extract.frame["Nom de naissance"].to_list() == ["DUPONT", "MARTIN", "ÉLUARD"]
    assert [extract.place_of(row) for row in (1, 3, 4, 5)] == [
        ("janvier.csv", 1),
        ("janvier.csv", 3),
        ("février.csv", 1),
        None,
    ]
    assert extract.blank_rows == 1 and extract.source.size == sum(path.stat().st_size for path in pair)


def test_the_origin_is_no_column_that_could_be_mapped(pair: tuple[Path, Path]) -> None:
    extract, alone = gathered(*pair), open_extract(pair[0])
    assert extract.columns == alone.columns and shape_of(extract) == shape_of(alone)
    draft = draft_recipe(extract, load_contract("rnc-tumeurs"))
    assert ORIGIN not in draft.recipe.to_json() and "janvier" not in str(draft.recipe.columns)


def test_one_file_is_read_as_ever(pair: tuple[Path, Path]) -> None:
    extract, alone = gathered(pair[0]), open_extract(pair[0])
    assert extract.frame.equals(alone.frame) and extract.origin is None and not extract.options.parts


def test_columns_in_another_order_find_their_place(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    other = put(tmp_path, "mars.csv", "sexe;N°  patient;NOM DE NAISSANCE\n2;P9;ROUX\n")
    row = gathered(pair[0], other).frame.row(-1)
    assert row == (4, "P9", "ROUX", "2", "mars.csv")


def test_another_shape_is_told_with_its_columns(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    other = put(tmp_path, "mars.csv", "N° patient;Nom de naissance;Genre\nP9;ROUX;2\n")
    with pytest.raises(AppError, match="gather-shape") as caught:
        gathered(*pair, other)
    assert all(name in caught.value.what.fr for name in ("mars.csv", "Sexe", "Genre"))
    told = misfits([(path, open_extract(path).columns) for path in (*pair, other)])
    assert [text.fr for text in told] == [caught.value.sentence("fr")]


def test_a_cell_too_many_is_no_other_shape(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    long = put(tmp_path, "mars.csv", f"{HEAD}P9;ROUX;2;oups\nP8;BLANC;1\n")
    extract = gathered(pair[0], long)
    assert extract.frame["Colonne 4"].to_list() == [None, None, "oups", None]
    assert extract.frame.columns[-1] == ORIGIN and extract.ragged == 1


def test_rows_kept_aside_keep_their_number_and_their_file(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    rows = "".join(f"P{number};X;1\n" for number in range(40))
    long = put(tmp_path, "mars.csv", f"{HEAD}P9;ROUX;2;oups\n{rows}P8;BLANC\n")
    options = ImportOptions("delimited", "utf-8", ";", ragged="aside", aside_rows=(2,))
    extract = gather([Way(pair[0]), Way(long, options), Way(pair[1])])
    assert extract.aside is not None and extract.odd is not None
    assert extract.aside["row_id"].to_list() == [4, 5, 45] == [*extract.odd["row_id"][:1], 5, 45]
    assert extract.aside[CELLS].to_list() == [4, 3, 2]
    assert extract.aside[ORIGIN].to_list() == ["mars.csv"] * 3
    assert "oups" in extract.aside.row(0)
    assert extract.place_of(46) == ("février.csv", 1)
    assert extract.frame["row_id"].to_list() == [1, 3, *range(6, 45), 46]
    assert extract.options.aside_rows == (5,)
    again = gather_again(extract.options.parts)
    assert again.frame.equals(extract.frame) and again.aside is not None and again.aside.equals(extract.aside)


def test_the_same_row_in_two_files_is_a_duplicate(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    other = put(tmp_path, "mars.csv", f"{HEAD}P1;DUPONT;1\n")
    seen = survey(gathered(*pair, other))
    assert seen.duplicates == 1 and seen.repeated == (5,) and seen.columns == 3


def test_the_same_content_twice_is_refused(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    copy = tmp_path / "copie.csv"
    copy.write_bytes(pair[0].read_bytes())
    with pytest.raises(AppError, match="gather-twice") as caught:
        gathered(*pair, copy)
    assert "janvier.csv" in caught.value.what.fr and "copie.csv" in caught.value.what.fr


def test_a_missing_file_is_named(pair: tuple[Path, Path]) -> None:
    pair[1].unlink()
    with pytest.raises(AppError, match="file-missing") as caught:
        gathered(*pair)
    assert "février.csv" in caught.value.what.fr


def test_more_files_than_a_batch_gathers(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="gather-too-many"):
        gather([Way(tmp_path / f"{number}.csv") for number in range(MAX_FILES + 1)])


def test_a_column_called_like_the_origin_keeps_its_name(tmp_path: Path) -> None:
    files = [put(tmp_path, f"{n}.csv", f"a;{ORIGIN}\n{n};x{n}\n") for n in (1, 2)]
    extract = gathered(*files)
    assert extract.columns == ["a", ORIGIN] and extract.origin == f"{ORIGIN} (2)"
    assert extract.frame[ORIGIN].to_list() == ["x1", "x2"]


def test_text_and_workbook_together(shared: Path, tmp_path: Path) -> None:
    book = gathered(shared / "samples/classeur/extrait.xlsx")
    rows = book.frame.head(3).drop("row_id")
    text = tmp_path / "suite.csv"
    rows.write_csv(text, separator=";")
    both = gathered(shared / "samples/classeur/extrait.xlsx", text)
    assert both.kinds is not None and book.kinds is not None
    assert both.kinds.columns == both.columns and both.kinds.height == both.frame.height
    assert both.kinds.head(book.kinds.height).equals(book.kinds)
    assert both.kinds.tail(3).equals(both.kinds.tail(3).select(pl.all() * 0))


def test_progress_grows_over_all_files_and_can_stop(pair: tuple[Path, Path]) -> None:
    told: list[tuple[int, int | None, Text]] = []

    def tell(done: int, total: int | None, what: Text) -> None:
        told.append((done, total, what))

    gather([Way(path) for path in pair], tell)
    done = [step[0] for step in told]
    assert done == sorted(done) and done[-1] == told[-1][1]
    assert "février.csv, 2 sur 2" in told[-1][2].fr

    def stop(done: int, total: int | None, what: Text) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        gather([Way(path) for path in pair], stop)


def test_a_batch_of_several_files_is_taken_up_again(workspace: Workspace, pair: tuple[Path, Path]) -> None:
    from datetime import date

    contract, day = load_contract("rnc-tumeurs"), date(2026, 11, 22)
    extract = gathered(*pair)
    recipe = draft_recipe(extract, contract).recipe
    row = put_on_bench(workspace, extract, recipe, contract, day, name="lot").row
    again = resume(workspace, row.id, day)
    assert again.extract is not None
    assert again.extract.frame.equals(extract.frame) and again.extract.options == extract.options
    pair[1].write_text(f"{HEAD}P3;AUTRE;1\n", encoding="cp1252")
    with pytest.raises(AppError, match=r"flow\.source_changed"):
        resume(workspace, row.id, day)


def test_files_of_one_name_are_told_apart_by_their_folder(tmp_path: Path) -> None:
    paths = [tmp_path / "2025/e.csv", tmp_path / "2026/e.csv", tmp_path / "f.csv"]
    assert names_of(paths) == ["2025/e.csv", "2026/e.csv", "f.csv"]
    assert names_of([paths[2], paths[2]]) == ["f.csv", "f.csv"]


@given(st.lists(st.lists(st.sampled_from(["a", "b", "e.csv"]), min_size=1, max_size=4), unique_by=tuple))
def test_names_are_always_distinct(parts: list[list[str]]) -> None:
    assert len(set(names_of([Path("/", *part) for part in parts]))) == len(parts)


def test_the_order_of_people() -> None:
    paths = [Path(name) for name in ("lot10.csv", "Lot2.csv", "lot1.csv", "Lot2.csv")]
    assert [path.name for path in in_order(paths)] == ["lot1.csv", "Lot2.csv", "lot10.csv"]
