"""The recipe: what is read, what is refused, and what each transformation does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import Column, apply_recipe, import_options, load_recipe, parse_recipe, shape_of
from desktop_app.core.mapping.apply import transform
from desktop_app.core.mapping.recipe import Recipe
from desktop_app.core.stages import Extract, ImportOptions, SourceFile
from validation_rules.contract import load_contract


def changed(cells: list[str | None], kinds: list[int] | None = None, **steps: Any) -> list[str | None]:
    column = Column(header="x", field="x", **steps)
    marks = None if kinds is None else pl.Series(kinds, dtype=pl.UInt8)
    return transform(pl.Series(cells, dtype=pl.String), column, marks).to_list()


def extract_of(columns: dict[str, list[str | None]]) -> Extract:
    frame = pl.DataFrame(columns, dict.fromkeys(columns, pl.String)).with_row_index("row_id", offset=1)
    source = SourceFile(Path("extrait.csv"), "0" * 64, 1)
    return Extract(source, ImportOptions("delimited"), (), frame)


def recipe_of(*columns: dict[str, Any], **others: Any) -> Recipe:
    return parse_recipe(json.dumps({"contract": "rnc-tumeurs", "columns": list(columns), **others}))


FRENCH = ("dd/mm/yyyy", "mm/yyyy", "yyyy")


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("24/02/2018", "2018-02-24"),
        (" 4/2/2018 ", "2018-02-04"),
        ("02/2018", "2018-02"),
        ("2018", "2018"),
        ("31/02/2018", "2018-02-31"),
        ("12/00/2019", "2019-00-12"),
        ("24/02/2018 00:00:00", "2018-02-24"),
        ("24/02/2018 10:30", "24/02/2018 10:30"),
        ("20-2021", "20-2021"),
        ("2O21-03-04", "2O21-03-04"),
        ("24/02/18", "24/02/18"),
        ("inconnue", "inconnue"),
        ("", None),
    ],
)
def test_french_dates(cell: str, iso: str | None) -> None:
    assert changed([cell], date_formats=FRENCH) == [iso]


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("19641003", "1964-10-03"),
        ("19641099", "1964-10"),
        ("19649999", "1964"),
        ("19649915", "1964"),
        ("20240230", "2024-02-30"),
        ("99999999", "9999"),
        ("1964", "1964"),
    ],
)
def test_dates_with_unknown_parts(cell: str, iso: str) -> None:
    assert changed([cell], date_formats=("yyyymmdd",), unknown_part="99") == [iso]


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("1941-11-14T00:00:00", "1941-11-14"),
        ("1941-11-14 00:00:00.000Z", "1941-11-14"),
        ("1941-11-14T10:00:00", "1941-11-14T10:00:00"),
        ("1941-11", "1941-11"),
        ("1941-1-4", "1941-1-4"),
    ],
)
def test_iso_dates(cell: str, iso: str) -> None:
    assert changed([cell], date_formats=("iso",)) == [iso]


def test_real_date_cells_beside_text() -> None:
    cells: list[str | None] = ["2018-03-11", "11/03/2018", "2018-03-11"]
    assert changed(cells, [2, 0, 0], date_formats=("cell", "dd/mm/yyyy")) == ["2018-03-11"] * 3


@given(st.dates().filter(lambda day: day.year >= 1000))
def test_any_date_in_any_form(day: Any) -> None:
    forms = {"dd/mm/yyyy": "%d/%m/%Y", "mm/dd/yyyy": "%m/%d/%Y", "yyyymmdd": "%Y%m%d", "ddmmyyyy": "%d%m%Y"}
    for form, written in forms.items():
        assert changed([day.strftime(written)], date_formats=(form,)) == [day.isoformat()]


def test_recode_is_exact_after_trimming() -> None:
    cells: list[str | None] = [" M ", "F\u00a0", "m", None, "Z"]
    assert changed(cells, recode={"M": "1", "F": "2"}) == ["1", "2", "m", None, "Z"]


def test_codes_written_as_numbers() -> None:
    assert changed(["3,2", "7"], decimal_mark=",") == ["3.2", "7"]
    assert changed(["1,0", "9,0", "2"], decimal_mark=",", integer_code=True) == ["1", "9", "2"]


def test_padding_is_for_number_cells_only() -> None:
    assert changed(["1450", "1450", "2A004"], [1, 0, 0], number_pad=5) == ["01450", "1450", "2A004"]
    assert changed(["123456"], [1], number_pad=5) == ["123456"]


def test_lists() -> None:
    cells: list[str | None] = ["ACP;PMSI ", "ACP ; ;RCP", ";", "ACP"]
    assert changed(cells, list_separator=";") == ["ACP+PMSI", "ACP+RCP", None, "ACP"]


def test_split_join_and_defaults() -> None:
    extract = extract_of(
        {"m": ["8140/3", "8070", "8500/3/2"], "a": ["LE", None, "D"], "b": ["GUEN", "ROY", " "]}
    )
    recipe = recipe_of(
        {"header": "m", "fields": ["morphologie", "comportement"], "split": "/"},
        {"join": ["a", "b"], "field": "nom_naissance"},
        defaults={"edition_cimo": "3.2"},
    )
    frame = apply_recipe(extract, recipe, load_contract()).frame
    assert frame.get_column("morphologie").to_list() == ["8140", "8070", "8500"]
    assert frame.get_column("comportement").to_list() == ["3", None, "3/2"]
    assert frame.get_column("nom_naissance").to_list() == ["LE GUEN", "ROY", "D"]
    assert frame.get_column("edition_cimo").to_list() == ["3.2"] * 3


def test_columns_by_index_and_headers_with_other_blanks_or_case() -> None:
    extract = extract_of({"Sexe": ["1"], "TOPO  CIM": ["C509"]})
    recipe = recipe_of({"header": "topo cim", "field": "topographie"}, {"index": 1, "field": "sexe"})
    assert apply_recipe(extract, recipe, load_contract()).frame.select("sexe", "topographie").row(0) == (
        "1",
        "C50.9",
    )


@pytest.mark.parametrize(
    ("recipe", "code"),
    [
        (recipe_of({"header": "absent", "field": "sexe"}), "recipe-missing-columns"),
        (recipe_of({"index": 9, "field": "sexe"}), "recipe-missing-columns"),
        (recipe_of({"header": "a", "field": "taille"}), "recipe-unknown-field"),
        (recipe_of({"header": "a", "field": "sexe"}, contract="rnc-tumeurs@9.9.9"), "recipe-other-contract"),
        (recipe_of({"header": "a", "field": "sexe"}, contract="autre"), "recipe-other-contract"),
    ],
)
def test_recipe_for_another_file_is_refused(recipe: Recipe, code: str) -> None:
    with pytest.raises(AppError) as caught:
        apply_recipe(extract_of({"a": ["1"]}), recipe, load_contract())
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "JSON"),
        ("[]", "recipe"),
        ("[" * 100_000, "imbriqu"),
        ('{"contract": "rnc-tumeurs"}', "columns"),
        ('{"contract": "rnc-tumeurs", "columns": [], "script": "rm"}', "script"),
        ('{"contract": "rnc-tumeurs", "columns": [], "recipe": 2}', "recipe"),
        ('{"contract": "rnc-tumeurs", "columns": [], "contract": "x"}', "JSON"),
        ('{"contract": "../x", "columns": []}', "contract"),
        ('{"contract": "rnc-tumeurs", "columns": [{"header": "a", "field": "sexe", "eval": "1"}]}', "eval"),
        ('{"contract": "rnc-tumeurs", "columns": [{"header": "a", "field": "SEXE; DROP"}]}', "field"),
        ('{"contract": "rnc-tumeurs", "columns": [{"field": "sexe"}]}', "header"),
        (
            '{"contract": "rnc-tumeurs", "columns": [{"header": "a", "field": "sexe", "number_pad": "5"}]}',
            "number_pad",
        ),
        ('{"contract": "rnc-tumeurs", "columns": [{"header": "a", "fields": ["ct", "cn"]}]}', "split"),
        ('{"contract": "x", "columns": [{"header": "a", "field": "ct", "date_formats": ["(a+)+"]}]}', "form"),
        ('{"contract": "x", "columns": [{"header": "a", "field": "ct"}, {"index": 2, "field": "ct"}]}', "ct"),
        (" " * 2_000_001, "2 Mo"),
    ],
)
def test_untrusted_recipe_is_refused_with_a_reason(text: str, said: str) -> None:
    with pytest.raises(AppError) as caught:
        parse_recipe(text)
    assert caught.value.code == "recipe-wrong"
    assert said in caught.value.what.fr


def test_layout_stays_beside_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(
        json.dumps({"contract": "rnc-tumeurs", "format": "fixed_width", "layout": "../x.csv", "columns": []})
    )
    with pytest.raises(AppError, match="recipe-wrong"):
        import_options(load_recipe(tmp_path / "r.json"), tmp_path / "a.txt")


@pytest.mark.parametrize("sample", ["registre", "classeur", "largeur_fixe", "desordre"])
def test_recipe_round_trip(shared: Path, sample: str) -> None:
    recipe = load_recipe(shared / "samples" / sample / "mapping.json")
    again = parse_recipe(recipe.to_json())
    assert again.model_dump() == {**recipe.model_dump(), "file": None}  # its name may be a person’s


def test_shape_tells_headers_apart_and_ignores_cells(tmp_path: Path) -> None:
    for name, content in {"a": "n;t\n1;2\n", "b": "n;t\n3;4\n", "c": "n;u\n1;2\n"}.items():
        (tmp_path / name).write_text(content)
    first, second, third = (shape_of(open_extract(tmp_path / name)) for name in "abc")
    assert first == second
    assert first != third
