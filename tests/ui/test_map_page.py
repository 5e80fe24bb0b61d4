"""The page Map: columns to fields, local values to codes, and the check."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.mapping import edits
from desktop_app.ui.mapping.model import FIELD, SOURCE
from desktop_app.ui.mapping.step_rows import PadRow
from desktop_app.ui.mapping.values import BECOMES
from desktop_app.ui.pages import map as map_page
from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.pages.map import MapPage
from desktop_app.ui.session import Session
from tests.ui.map_parts import SMALL, at_field, at_map, choose, row_of, written
from validation_rules.normalise import normalise

Settle = Callable[[], None]
SAMPLES = (
    "registre/extrait.csv",
    "classeur/extrait.xlsx",
    "largeur_fixe/extrait.txt",
    "desordre/extract.tsv",
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return written(tmp_path, "petit.csv", SMALL)


def test_every_field_of_the_contract_has_a_line(window: MainWindow, small: Path, settle: Settle) -> None:
    page = at_map(window, small, settle)
    assert page.model.rowCount() == 48
    assert page.model.line(row_of(page, "nom_naissance")).source == "Nom de naissance"
    assert page.model.line(row_of(page, "sexe")).samples


def test_the_field_at_hand_stays_in_sight(
    window: MainWindow, small: Path, settle: Settle, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    page = at_map(window, small, settle)
    settle()
    table = page.table
    room = table.viewport().rect
    with_bar = room().height()
    window.bar.hide()
    qtbot.waitUntil(lambda: room().height() > with_bar)
    index = table.model().index(table.rowAt(table.viewport().height() - 1), 0)
    table.setCurrentIndex(index)
    settle()
    window.bar.tell("Le fichier a été lu.", "info")
    qtbot.waitUntil(lambda: room().height() == with_bar)
    qtbot.waitUntil(lambda: room().contains(table.visualRect(table.currentIndex()).center()))
    assert table.currentIndex() == index


def test_a_narrow_list_keeps_the_names_of_the_fields(
    window: MainWindow, small: Path, settle: Settle, qtbot: QtBot
) -> None:
    window.go("map")
    table = at_map(window, small, settle).fields.table
    letter = table.fontMetrics().averageCharWidth()

    def fits() -> bool:
        room = table.viewport().width()
        named = table.columnWidth(FIELD) >= min(22 * letter, room // 2)
        return named and table.horizontalHeader().length() <= room

    for pixels in (420, 200, 300, 700):
        table.setFixedWidth(pixels)
        qtbot.waitUntil(fits)
    assert table.columnWidth(SOURCE) == 19 * letter


def test_the_values_of_a_large_file_are_let_go_and_counted_again(
    window: MainWindow, small: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_page, "MANY_ROWS", 3)
    page = at_map(window, small, settle)
    window.go("map")
    settle()
    known, values = page.desk.trials(page.recipe), page.desk.values  # type: ignore[arg-type]
    assert known and values is not None
    held = weakref.ref(next(iter(values.groups.values())))
    del values
    window.go("load")
    settle()
    gc.collect()
    assert page.desk.idle and held() is None
    window.go("map")
    settle()
    assert page.desk.trials(page.recipe).keys() == known.keys()  # type: ignore[arg-type]
    assert page.check_button.isEnabled()


def test_a_column_is_chosen_and_taken_away(window: MainWindow, small: Path, settle: Settle) -> None:
    page = at_map(window, small, settle)
    page.table.selectRow(row_of(page, "code_adicap"))
    choose(page.panel.source, "Observations")
    settle()
    assert page.recipe is not None
    column = edits.column_for(page.recipe, "code_adicap")
    assert column is not None and column.header == "Observations"
    choose(page.panel.source, "")
    settle()
    assert edits.column_for(page.recipe, "code_adicap") is None
    assert "Observations" in page.bench.staying.text()


def test_an_unknown_value_is_recoded_with_the_list_of_the_contract(
    window: MainWindow, small: Path, settle: Settle
) -> None:
    page = at_map(window, small, settle)
    assert page.recipe is not None
    page.edit(edits.set_recodes(page.recipe, "sexe", {"nsp": ""}), "sexe")
    settle()
    page.table.selectRow(row_of(page, "sexe"))
    assert page.model.line(row_of(page, "sexe")).unfit >= 1
    values = page.panel.values
    local = [values.index(row, 0).data() for row in range(values.rowCount())]
    index = values.index(local.index("nsp"), BECOMES)
    page.panel.table.edit(index)
    editor = page.panel.table.findChild(QComboBox)
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData("9"))
    page.panel.table.commitData(editor)
    settle()
    column = edits.column_for(page.recipe, "sexe")
    assert column is not None and column.recode["nsp"] == "9"
    now = {
        value.local: value.becomes for value in page.desk.trials(page.recipe)["sexe"].outcomes["sexe"].values
    }
    assert now["nsp"] == "9"


def test_the_recipe_applies_by_itself_next_month(window: MainWindow, small: Path, settle: Settle) -> None:
    page = at_map(window, small, settle)
    assert page.recipe is not None
    page.edit(edits.assign(page.recipe, "code_adicap", "Observations"), "code_adicap")
    page.check()
    settle()
    kept = page.recipe
    window.session.new_batch()
    page = at_map(window, small, settle)
    assert page.recipe == kept
    assert page.model.line(row_of(page, "code_adicap")).confidence == "kept"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_loaded_mapped_and_checked_with_the_mouse(
    window: MainWindow, shared: Path, settle: Settle, name: str
) -> None:
    window.show_page("load")
    load = window.pages["load"]
    assert isinstance(load, LoadPage)
    load.open(shared / "samples" / name)
    settle()
    QTest.mouseClick(load.go_on, Qt.MouseButton.LeftButton)
    settle()
    if load.isVisible():  # what looks odd is shown before going on
        QTest.mouseClick(load.go_on, Qt.MouseButton.LeftButton)
        settle()
    page = window.pages["map"]
    assert isinstance(page, MapPage) and page.isVisible()
    if name.startswith("classeur"):  # no cell tells how many zeros the workbook took from a patient's number
        at_field(page, "numero_patient", settle)
        page.panel.steps.added.emit("number_pad")
        row = page.panel.steps.row("number_pad")
        assert isinstance(row, PadRow)
        row.width_box.setValue(8)
        settle()
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    settle()
    session: Session = window.session
    assert session.bench is not None and session.batch is not None
    assert session.batch.name == "Lot de novembre 2026"
    assert session.mapped is not None
    canonical = pl.read_csv((shared / "samples" / name).with_name("canonical.csv"), infer_schema=False)
    assert_frame_equal(session.mapped.frame, normalise(canonical, session.mapped.contract))
    states = {station.key: station.state for station in session.stations()}
    assert states["map"] == "done" and states["fix"] in ("done", "attention")


def test_the_same_with_the_keyboard(window: MainWindow, shared: Path, qtbot: QtBot, settle: Settle) -> None:
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    load = window.pages["load"]
    assert isinstance(load, LoadPage) and load.isVisible()
    load.open(shared / "samples" / "desordre" / "extract.tsv")
    settle()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(load, Qt.Key.Key_Return, control)
    settle()
    page = window.pages["map"]
    assert isinstance(page, MapPage) and page.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.table.currentIndex() != QModelIndex()
    QTest.keyClick(page, Qt.Key.Key_Return, control)
    settle()
    assert window.session.bench is not None
