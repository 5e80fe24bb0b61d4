"""What a batch says of the one before it, and what it asks its source system to put right."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.months.comparing import compare
from desktop_app.core.months.sheets import as_csv, as_html
from desktop_app.core.months.still_wrong import as_sheet, csv_lines, still_wrong
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import batch
from tests.core.month_parts import start
from tests.ui.fix_parts import small_batch
from validation_rules.contract import load_contract

CONTRACT = load_contract()


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    """Rows 2 and 3 corrected, row 3 of an institution; row 1 corrected and put back."""
    made, _ = start(workspace, small_batch())
    made.edit([CellEdit(3, "finess_diagnostic", "330781196"), CellEdit(1, "sexe", "1")], why="appel au site")
    made.edit([CellEdit(3, "sexe", "2"), CellEdit(2, "sexe", "2")])
    made.edit([CellEdit(2, "nom_naissance", "=HYPERLINK(1)"), CellEdit(1, "sexe", "2")])
    return made


def test_the_list_is_by_institution_with_what_the_source_breaks(bench: Bench) -> None:
    found = still_wrong(bench)
    told = found.lines.select("institution", "row_id", "field", "old", "new", "rules").rows()
    assert told == [
        ("330781196", 3, "sexe", "7", "2", ["COD-sexe"]),
        ("330781196", 3, "finess_diagnostic", None, "330781196", None),
        (None, 2, "nom_naissance", "EXEMPLE", "=HYPERLINK(1)", None),
        (None, 2, "sexe", "7", "2", ["COD-sexe"]),
    ]
    assert (found.institutions, found.records()) == (2, 2)


def test_the_page_has_a_part_for_each_institution_and_escapes_everything(bench: Bench) -> None:
    bench.edit([CellEdit(2, "nom_naissance", "<b>X</b>")])
    found = still_wrong(bench)
    page = "".join(as_html(as_sheet(found, "fr", show_identities=True), "fr"))
    assert page.count("<section>") == 2 and "Établissement 330781196" in page
    assert "<b>" not in page and "&lt;b&gt;X&lt;/b&gt;" in page
    assert "Document nominatif" in page and "P003" in page and "appel au site" in page


def test_identities_are_masked_unless_asked_for(bench: Bench) -> None:
    found = still_wrong(bench)
    masked = "".join(as_html(as_sheet(found, "en", show_identities=False), "en"))
    lines = "".join(csv_lines(found, "en", show_identities=False))
    for text in (masked, lines):
        assert "P002" not in text and "EXEMPLE" not in text and "HYPERLINK" not in text and "•••" in text
    assert "330781196" in lines and "names patients" not in masked


def test_the_table_runs_nothing_and_opens_as_columns(bench: Bench) -> None:
    text = "".join(csv_lines(still_wrong(bench), "fr", show_identities=True))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][:3] == ["Établissement", "Ligne", "Numéro de patient local"] and len(rows) == 5
    assert "'=HYPERLINK(1)" in {cell for row in rows for cell in row}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=8), min_size=2, max_size=4))
def test_no_cell_of_a_table_is_a_formula_and_each_is_one_cell(cells: list[str]) -> None:
    text = "".join(as_csv(cells, [cells], "fr")).removeprefix("\ufeff")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert len(row) == len(cells) and not any(
            cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row
        )


def test_a_withdrawn_record_is_to_be_taken_out_at_the_source(bench: Bench) -> None:
    bench.withdraw([2, 4], "same_record")
    found = still_wrong(bench)
    for language, reason in (("fr", "Enregistrement saisi deux fois"), ("en", "Record entered twice")):
        assert reason in "".join(csv_lines(found, language, show_identities=True))  # type: ignore[arg-type]
    assert found.lines.filter(pl.col("field").is_null())["row_id"].to_list() == [2, 4]
    assert found.lines.filter(pl.col("row_id") == 2).height == 1
    page = "".join(as_html(as_sheet(found, "fr", show_identities=True), "fr"))
    assert page.count("Enregistrement retiré du lot") == 2 and "saisi deux fois" in page


def test_an_empty_list_says_so(workspace: Workspace) -> None:
    made, _ = start(workspace, small_batch())
    sheet = as_sheet(still_wrong(made), "fr", show_identities=True)
    assert not sheet.parts and sheet.empty in "".join(as_html(sheet, "fr")) and not sheet.warning


def test_added_withdrawn_and_changed_value_by_value() -> None:
    before = batch([("P1", "1", "C50.1"), ("P2", "2", "C61.9"), ("P3", "1", None)]).frame
    after = batch([("P4", "1", "C18.0"), ("P3", "2", "C61.9"), ("P1", "1", "C50.1")]).frame
    found = compare(before, after, CONTRACT)
    assert found.added["numero_patient"].to_list() == ["P4"] and found.added["row_id"].to_list() == [1]
    assert found.withdrawn["numero_patient"].to_list() == ["P2"] and (found.same, found.changed) == (1, 1)
    told = found.changes.select("row_id", "row_before", "field", "before", "after", "numero_patient").rows()
    assert told == [(2, 3, "sexe", "1", "2", "P3"), (2, 3, "topographie", None, "C61.9", "P3")]
    assert found.by_field() == [("sexe", 1), ("topographie", 1)]


def test_rows_without_a_key_of_their_own_are_compared_as_wholes() -> None:
    before = batch([("P1", "1", "C50.1"), (None, "2", "C61.9"), ("P1", "1", "C50.1")]).frame
    after = batch([(None, "2", "C61.9"), ("P1", "1", "C50.1"), (None, "2", "C61.8")]).frame
    found = compare(before, after, CONTRACT)
    assert (found.same, found.changed) == (2, 0)
    assert found.added["topographie"].to_list() == ["C61.8"] and found.withdrawn["row_id"].to_list() == [3]


ROW = st.tuples(
    st.sampled_from(["P1", "P2", "P3", None]), st.sampled_from(["1", "2"]), st.sampled_from(["C50.1"])
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, max_size=6), st.lists(ROW, max_size=6))
def test_every_record_is_counted_once_on_each_side(
    first: list[tuple[str, ...]], then: list[tuple[str, ...]]
) -> None:
    before, after = batch(first).frame, batch(then).frame
    found = compare(before, after, CONTRACT)
    both = found.same + found.changed
    assert both + found.added.height == after.height and both + found.withdrawn.height == before.height
    assert compare(before, before, CONTRACT).same == before.height
    assert isinstance(found.changes, pl.DataFrame)
