"""The page Map when the file has changed since its recipe was made, and the recipe as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.core.mapping import load_recipe
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.mapping import edits
from desktop_app.ui.mapping.differences import differences
from desktop_app.ui.mapping.drift_view import ACCEPTED
from desktop_app.ui.mapping.history import HistoryDialog
from desktop_app.ui.pages.map import DRIFT, MAPPING, MapPage
from tests.ui.map_parts import LATER, SMALL, Settle, at_map, row_of, written
from validation_rules.contract import load_contract


def checked(window: MainWindow, path: Path, settle: Settle) -> MapPage:
    page = at_map(window, path, settle)
    page.check()
    settle()
    assert window.session.batch is not None
    window.session.new_batch()
    return page


@pytest.fixture
def drifted(window: MainWindow, tmp_path: Path, settle: Settle) -> MapPage:
    checked(window, written(tmp_path, "novembre.csv", SMALL), settle)
    return at_map(window, written(tmp_path, "decembre.csv", LATER), settle)


def test_what_changed_is_said_before_the_mapping(drifted: MapPage) -> None:
    assert drifted._stack.currentIndex() == DRIFT
    model = drifted.drifts.model
    kinds = {(model.drift(row).kind, model.drift(row).header) for row in range(model.rowCount())}
    assert {("renamed", "Nom naissance"), ("new", "Service"), ("recoded", "Sexe")} <= kinds
    assert model.accepted() == []  # nothing is taken for granted


def test_one_change_is_accepted_with_the_keyboard(drifted: MapPage, settle: Settle) -> None:
    model, view = drifted.drifts.model, drifted.drifts
    row = next(row for row in range(model.rowCount()) if model.drift(row).kind == "renamed")
    view.table.selectRow(row)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert model.index(row, ACCEPTED).data() == "acceptée"
    QTest.keyClick(drifted, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert drifted._stack.currentIndex() == MAPPING
    line = drifted.model.line(row_of(drifted, "nom_naissance"))
    assert line.source == "Nom naissance" and line.confidence == "kept"
    assert drifted.model.line(row_of(drifted, "sexe")).unfit > 0  # not accepted: still to settle


def test_all_are_accepted_and_the_file_is_checked(drifted: MapPage, settle: Settle) -> None:
    QTest.mouseClick(drifted.drifts.all, Qt.MouseButton.LeftButton)
    QTest.mouseClick(drifted.drifts.go_on, Qt.MouseButton.LeftButton)
    settle()
    assert drifted.recipe is not None
    sexe = edits.column_for(drifted.recipe, "sexe")
    assert sexe is not None and sexe.recode["Inconu"] == "9"
    drifted.check()
    settle()
    session = drifted.session
    assert session.bench is not None and session.workspace is not None and session.mapped is not None
    assert session.mapped.frame.get_column("sexe").to_list() == ["2", "1", "9", "9"]
    latest = session.workspace.recipes.list()[0]
    assert session.workspace.recipes.versions(latest.shape)[0].followed is not None


def test_the_kept_recipe_can_be_set_aside(drifted: MapPage, settle: Settle) -> None:
    drifted.drifts.anew.click()
    settle()
    assert drifted._stack.currentIndex() == MAPPING and drifted.session.draft is not None
    assert drifted.recipe == drifted.session.draft.recipe
    assert drifted.model.line(row_of(drifted, "nom_naissance")).confidence != "kept"


def test_a_column_that_is_gone_is_said_on_the_page_too(drifted: MapPage, settle: Settle) -> None:
    drifted.drifts.go_on.click()
    settle()
    line = drifted.model.line(row_of(drifted, "nom_naissance"))
    assert line.confidence == "gone" and line.to_look_at
    assert drifted.model.words(line) == "colonne absente"
    drifted.check()
    settle()
    assert drifted.session.bench is None  # the check says which columns are missing


def test_the_same_file_next_month_shows_no_drift(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    path = written(tmp_path, "petit.csv", SMALL)
    checked(window, path, settle)
    page = at_map(window, path, settle)
    assert page._stack.currentIndex() == MAPPING and page.room.found is None


def test_a_recipe_is_given_away_without_what_could_be_a_patients(
    window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    page = at_map(window, written(tmp_path, "dupont_jeanne.csv", SMALL), settle)
    assert page.recipe is not None
    page.room.write(page.recipe, tmp_path / "recette.json")
    settle()
    text = (tmp_path / "recette.json").read_text(encoding="utf-8")
    assert "dupont" not in text.lower() and json.loads(text)["contract"] == "rnc-tumeurs"
    assert load_recipe(tmp_path / "recette.json").targets == page.recipe.targets


def test_a_recipe_never_takes_the_place_of_the_file(
    window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    path = written(tmp_path, "petit.csv", SMALL)
    page = at_map(window, path, settle)
    assert page.recipe is not None
    page.room.write(page.recipe, path)
    settle()
    assert path.read_text(encoding="utf-8") == SMALL
    assert "autre nom" in window.bar.text


def test_a_recipe_from_a_colleague_is_compared_first(
    window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    page = at_map(window, written(tmp_path, "a.csv", SMALL), settle)
    assert page.recipe is not None
    theirs = edits.assign(page.recipe, "nom_utilise", "Observations")
    (tmp_path / "collegue.json").write_text(theirs.to_json(), encoding="utf-8")
    page.room.read(tmp_path / "collegue.json")
    settle()
    assert page.recipe.targets == theirs.targets and page._stack.currentIndex() == MAPPING
    page = at_map(window, written(tmp_path, "b.csv", LATER), settle)
    page.room.read(tmp_path / "collegue.json")
    settle()
    assert page._stack.currentIndex() == DRIFT and "collegue.json" in page.drifts._title.text()


@pytest.mark.parametrize("content", ["{", '{"contract": "rnc-tumeurs", "columns": 3}', "[]", "\0" * 10])
def test_a_bad_recipe_is_refused_with_a_sentence(
    window: MainWindow, tmp_path: Path, settle: Settle, content: str
) -> None:
    page = at_map(window, written(tmp_path, "a.csv", SMALL), settle)
    before = page.recipe
    page.room.read(written(tmp_path, "mauvaise.json", content))
    settle()
    assert page.recipe == before and "mauvaise.json" in window.bar.text


def test_an_earlier_version_is_taken_back(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    path = written(tmp_path, "petit.csv", SMALL)
    page = at_map(window, path, settle)
    page.check()
    settle()
    first = page.recipe
    assert first is not None
    page.edit(edits.assign(first, "code_adicap", "Observations"), "code_adicap")
    page.check()
    settle()
    page._asked("history")
    settle()
    dialog = page.findChild(HistoryDialog)
    assert isinstance(dialog, HistoryDialog) and dialog.rows.rowCount() == 2
    assert not dialog.restore.isEnabled()  # the first line is what is on the screen
    dialog.table.selectRow(1)
    assert "ADICAP" in dialog.changes.toPlainText()
    dialog.restore.click()
    settle()
    assert page.recipe == first
    assert window.session.workspace is not None
    shape = window.session.workspace.recipes.list()[0].shape
    assert window.session.workspace.recipes.versions(shape)[0].restored == 1


def test_differences_count_recodes_and_never_say_them(
    window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    page = at_map(window, written(tmp_path, "petit.csv", SMALL), settle)
    assert page.recipe is not None
    other = edits.set_recodes(page.recipe, "sexe", {"mot local": "9"})
    told = differences(page.recipe, other, load_contract())
    assert [text.en for text in told] == ["Sex: recodes (added or changed: 1, removed: 0)."]
