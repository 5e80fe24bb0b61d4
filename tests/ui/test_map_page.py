"""The page Map: columns to fields, local values to codes, and the check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop_app.core.extracts import open_extract
from desktop_app.core.mapping import draft_recipe
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.mapping import edits
from desktop_app.ui.mapping.trial import distinct, try_recipe
from desktop_app.ui.mapping.values import BECOMES
from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.pages.map import MapPage
from desktop_app.ui.session import Session
from validation_rules.contract import load_contract

Settle = Callable[[], None]
SAMPLES = (
    "registre/extrait.csv",
    "classeur/extrait.xlsx",
    "largeur_fixe/extrait.txt",
    "desordre/extract.tsv",
)
SMALL = (
    "N° patient;N° tumeur;Nom de naissance;Prénoms;Sexe;Date de naissance;Observations\n"
    "P1;1;DUPONT;Jeanne;Féminin;01/02/1950;rien\n"
    "P2;1;MARTIN;Paul;Masculin;23/04/1961;\n"
    "P3;1;DURAND;Zoé;nsp;05/06/1972;à revoir\n"
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "petit.csv"
    path.write_text(SMALL, encoding="utf-8")
    return path


def at_map(window: MainWindow, path: Path, settle: Settle) -> MapPage:
    window.session.open_file(path)
    settle()
    window.session.read()
    settle()
    page = window.pages["map"]
    assert isinstance(page, MapPage)
    return page


def row_of(page: MapPage, field: str) -> int:
    return next(row for row in range(page.model.rowCount()) if page.model.line(row).field.name == field)


def choose(combo: QComboBox, value: str) -> None:
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_every_field_of_the_contract_has_a_line(window: MainWindow, small: Path, settle: Settle) -> None:
    page = at_map(window, small, settle)
    assert page.model.rowCount() == 48
    assert page.model.line(row_of(page, "nom_naissance")).source == "Nom de naissance"
    assert page.model.line(row_of(page, "sexe")).samples


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
    assert "Observations" in edits.unused(page.recipe, ["Observations", "Sexe"])


def test_an_unknown_value_is_recoded_with_the_list_of_the_contract(
    window: MainWindow, small: Path, settle: Settle
) -> None:
    page = at_map(window, small, settle)
    assert page.recipe is not None
    page._edit("sexe", edits.assign(page.recipe, "sexe", "Sexe", None))
    page._edit("sexe", edits.set_recode(page.recipe, "sexe", "nsp", ""))
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
    now = {t.local: t.becomes for t in page._tried["sexe"]}
    assert now["nsp"] == "9"


def test_the_recipe_applies_by_itself_next_month(window: MainWindow, small: Path, settle: Settle) -> None:
    page = at_map(window, small, settle)
    assert page.recipe is not None
    page._edit("code_adicap", edits.assign(page.recipe, "code_adicap", "Observations"))
    page.check()
    settle()
    kept = page.recipe
    window.session.new_batch()
    page = at_map(window, small, settle)
    assert page.recipe == kept
    assert page.model.line(row_of(page, "code_adicap")).confidence == "kept"


def test_a_trial_says_what_the_whole_file_will_give(shared: Path) -> None:
    extract = open_extract(shared / "samples" / "registre" / "extrait.csv")
    contract = load_contract()
    tried = try_recipe(distinct(extract), draft_recipe(extract, contract).recipe, contract)
    becomes = {value.local: value.becomes for value in tried["sexe"]}
    assert becomes["M"] == "1" and becomes["F"] == "2"
    assert sum(value.rows for value in tried["sexe"]) <= extract.frame.height


def test_edits_return_new_recipes(shared: Path) -> None:
    extract = open_extract(shared / "samples" / "registre" / "extrait.csv")
    draft = draft_recipe(extract, load_contract())
    without = edits.assign(draft.recipe, "comportement", None)
    assert edits.column_for(draft.recipe, "comportement") is not None
    assert edits.column_for(without, "comportement") is None
    again = edits.assign(without, "comportement", "Morpho CIM-O", draft)
    assert edits.column_for(again, "morphologie") == edits.column_for(draft.recipe, "morphologie")
    fixed = edits.set_default(without, "comportement", "3")
    assert edits.default_for(fixed, "comportement") == "3"


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
    if (
        load.session.survey is not None and not load.session.survey.clean
    ):  # what looks odd is shown before going on
        QTest.mouseClick(load.go_on, Qt.MouseButton.LeftButton)
    page = window.pages["map"]
    assert isinstance(page, MapPage) and page.isVisible()
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    settle()
    session: Session = window.session
    assert session.bench is not None and session.batch is not None
    assert session.batch.name == "Lot de novembre 2026"
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
