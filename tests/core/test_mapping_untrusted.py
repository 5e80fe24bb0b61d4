"""A recipe from anywhere: used as it says or refused with a sentence, never a traceback, a hang or a leak."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import open_extract
from desktop_app.core.flow import read_by
from desktop_app.core.mapping import apply_recipe, import_options, load_recipe, parse_recipe
from desktop_app.core.mapping.drift import accept, drift
from desktop_app.core.mapping.sharing import shareable
from tests.core.draft_parts import small_extract
from validation_rules.contract import load_contract

EXTRACT = small_extract(
    {
        "a": ["1", "C509", "24/02/2018", "8140/3", " ", "É\u202e\x1b"],
        "b": ["M", "", "1,0", "x+y", "1E5", "-"],
    },
    30,
)
SHORT = st.text(max_size=12)
HEADERS = st.sampled_from(["a", "b", "A ", "absent", "row_id", "", "\x1b[2J"])
FIELDS = st.sampled_from(
    ["sexe", "topographie", "date_naissance", "morphologie", "comportement", "nom_naissance"]
)
FORMS = st.sampled_from(
    ["dd/mm/yyyy", "yyyymmdd", "iso", "cell", "yyyy", "mmyyyy", "dd", "(a+)+$", "yyyy yyyy"]
)
COLUMNS = st.fixed_dictionaries(
    {},
    optional={
        "header": HEADERS,
        "index": st.integers(-2, 5),
        "field": st.none() | FIELDS,
        "fields": st.lists(FIELDS, max_size=3),
        "split": SHORT,
        "join": st.lists(HEADERS, max_size=3),
        "join_with": SHORT,
        "recode": st.dictionaries(SHORT, SHORT, max_size=3),
        "decimal_mark": st.sampled_from([",", ".", ";"]),
        "integer_code": st.booleans() | SHORT,
        "number_pad": st.integers(-1, 60),
        "list_separator": SHORT,
        "date_formats": st.lists(FORMS, max_size=3),
        "unknown_part": st.sampled_from(["99", "00", "?", "X", "(", ""]),
        "surprise": st.none(),
    },
)
MARKS = st.sampled_from([",", ";", "/", "+", " ", "€", "||"])
PLACES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{"header": "a"}, {"header": "B "}, {"index": 1}, {"index": 7}, {"join": ["a", "b"]}, {"header": "x"}]
)
STEPS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "recode": st.dictionaries(st.sampled_from(["M", "1", "8140/3", ""]), SHORT, max_size=3),
        "decimal_mark": st.sampled_from([",", "."]),
        "integer_code": st.booleans(),
        "number_pad": st.integers(1, 40),
        "list_separator": MARKS,
        "date_formats": st.lists(
            st.sampled_from(["dd/mm/yyyy", "iso", "cell", "mmyyyy", "yyyy"]), max_size=3
        ),
        "unknown_part": st.sampled_from(["99", "0", "?", "XX"]),
    },
)
PARTS = st.lists(FIELDS, min_size=2, max_size=3, unique=True)
FILLED: st.SearchStrategy[dict[str, Any]] = FIELDS.map(lambda name: {"field": name}) | st.tuples(
    PARTS, MARKS
).map(lambda pair: {"fields": pair[0], "split": pair[1]})
SOUND = st.tuples(PLACES, STEPS, FILLED).map(lambda parts: {**parts[0], **parts[1], **parts[2]})
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SHORT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SHORT, inner, max_size=3),
)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(SOUND, min_size=1, max_size=2) | st.lists(COLUMNS, max_size=3),
    st.dictionaries(FIELDS, SHORT, max_size=2),
)
def test_any_columns_are_followed_or_refused(columns: list[Any], defaults: dict[str, str]) -> None:
    text = json.dumps({"contract": "rnc-tumeurs", "columns": columns, "defaults": defaults})
    try:
        recipe = parse_recipe(text)
    except AppError as error:
        assert error.code == "recipe-wrong"
        return
    assert parse_recipe(recipe.to_json()).model_dump() == recipe.model_dump()
    assert len(shareable(recipe, load_contract()).recipe.columns) == len(recipe.columns)
    try:
        apply_recipe(EXTRACT, recipe, load_contract())
    except AppError as error:
        assert error.code == "recipe-missing-columns"
    found = drift(EXTRACT, recipe, load_contract())
    accept(recipe, found)


@settings(max_examples=300, deadline=2_000)
@given(JSON | st.fixed_dictionaries({"contract": JSON, "columns": JSON}))
def test_any_json_is_a_recipe_or_a_sentence(document: Any) -> None:
    try:
        parse_recipe(json.dumps(document))
    except AppError as error:
        assert error.code == "recipe-wrong" and error.what.fr and error.todo.en


@pytest.mark.parametrize(
    "content", [b"\xff\xfe{\0}\0", b"", b"\0" * 4096, b"{" * 50_000, b"NaN", b"x" * 2_000_001]
)
def test_any_file_is_a_recipe_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.json").write_bytes(content)
    with pytest.raises(AppError, match="recipe-wrong"):
        load_recipe(tmp_path / "r.json")


def test_no_value_of_the_recipe_is_repeated_in_a_refusal() -> None:
    column = {"header": "Nom", "field": "nom_naissance", "recode": {"LEMOINE": 7}}
    with pytest.raises(AppError) as caught:
        parse_recipe(json.dumps({"contract": "rnc-tumeurs", "columns": [column]}))
    assert "recode" in caught.value.what.fr and "LEMOINE" not in caught.value.what.fr


def test_the_way_to_read_a_file_is_stated_by_no_recipe_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Sexe;Topo\n1;C50.9\n2;C61.9\n1;C34.1\n", encoding="utf-8")
    columns = [{"header": "Sexe", "field": "sexe"}, {"header": "Topo", "field": "topographie"}]
    stated = {"contract": "rnc-tumeurs", "columns": columns, "format": "delimited"}
    for wrong in (
        {"separator": ","},
        {"header_row": 3},
        {"encoding": "utf-16"},
        {"format": "xlsx"},
        {"quote": "'"},
    ):
        recipe = parse_recipe(json.dumps({**stated, **wrong}))
        assert read_by(path, recipe).columns == ["Sexe", "Topo"], wrong
        followed = accept(recipe, drift(read_by(path, recipe), recipe, load_contract()))
        frame = apply_recipe(read_by(path, followed), followed, load_contract()).frame
        assert frame.get_column("topographie").to_list() == ["C50.9", "C61.9", "C34.1"]


def test_a_drifted_recipe_reads_the_next_file_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Titre\nSexe\tTopo\nH\tC50.9\nF\tC61.9\nH\tC34.1\n", encoding="utf-8")
    columns = [{"header": "Sexe", "field": "sexe"}, {"header": "Topographie", "field": "topographie"}]
    recipe = parse_recipe(json.dumps({"contract": "rnc-tumeurs", "columns": columns, "format": "delimited"}))
    extract = read_by(path, recipe)
    followed = accept(recipe, drift(extract, recipe, load_contract()))
    again = open_extract(path, import_options(followed, path))
    assert drift(again, followed, load_contract()) == ()
    frame = apply_recipe(again, followed, load_contract()).frame
    assert frame.select("sexe", "topographie").rows() == [("1", "C50.9"), ("2", "C61.9"), ("1", "C34.1")]
    assert frame.schema["row_id"] == pl.UInt32
