"""What a person asks to be written: whole or not at all, never over their own extract, no formula in it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.plain_cells import as_csv, given_column, plain_cell, plain_column
from desktop_app.core.saving import own_files, save_bytes, save_text, whole
from desktop_app.core.stages import Extract, FilePart, ImportOptions, SourceFile


def test_what_was_there_stays_when_the_writing_fails(tmp_path: Path) -> None:
    target = save_text(tmp_path / "a.csv", ["un", "\n"])
    with pytest.raises(RuntimeError), whole(target) as beside:
        beside.write_text("deux", encoding="utf-8")
        raise RuntimeError
    assert target.read_bytes() == b"un\n" and list(tmp_path.iterdir()) == [target]
    assert save_bytes(target, b"trois").read_bytes() == b"trois"
    assert target.stat().st_mode & 0o077 == 0


def test_each_way_of_not_writing_has_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="no_folder"):
        save_text(tmp_path / "absent" / "a.csv", ["un"])
    with pytest.raises(AppError, match="cannot_write"):
        save_text(tmp_path, ["un"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.csv", "b.csv", "rss.txt", "patients.csv"])
def test_no_file_that_was_read_is_written_over(tmp_path: Path, name: str) -> None:
    part = FilePart("b.csv", str(tmp_path / "b.csv"), "", 1, 1, ImportOptions("delimited"))
    beside = (str(tmp_path / "rss.txt"), str(tmp_path / "patients.csv"))
    options = ImportOptions("delimited", parts=(part,), companion=beside[0], identities=beside[1])
    extract = Extract(SourceFile(tmp_path / "a.csv", "", 1), options, (), pl.DataFrame())
    (tmp_path / name).write_text("le mien", encoding="utf-8")
    with pytest.raises(AppError, match="own_file"):
        save_text(tmp_path / "." / name, ["autre"], own_files(None, extract))
    assert (tmp_path / name).read_text(encoding="utf-8") == "le mien"


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8"), max_size=6))
@example("=1+1")
@example("\n=1")
@example("'=1")
@example("''=")
@example("'")
def test_no_cell_is_computed_and_the_apostrophe_is_undone(text: str) -> None:
    assert not plain_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    given = pl.DataFrame({"a": [text, None]})
    written = given.select(plain_column("a"))
    assert written["a"].to_list() == [plain_cell(text), None]
    assert written.select(given_column("a")).equals(given)


def test_headings_are_cells_too() -> None:
    assert as_csv(["=a", "b"], [["-1", None]]) == "\ufeff'=a;b\r\n'-1;\r\n"
