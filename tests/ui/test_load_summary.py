"""The page Load after reading: the summary, the rows aside, the question that only a person can answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget

from desktop_app.ui.loading.rows_view import ASIDE, FIRST, ODD
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.chip import Chip

Settle = Callable[[], None]
HEAD = "N° patient;Nom de naissance;Sexe;Date de naissance;Topographie\n"
DECIDED = HEAD + "".join(f"P{i};DUPONT;M;2{i % 9}/05/1950;C61.9\n" for i in range(30))
RAGGED = DECIDED + "P30;MOREL;F\nP31;PETIT;F;25/06/1961;C50.4;à;revoir\nP1;DUPONT;M;21/05/1950;C61.9\n"
OPEN = HEAD + "".join(f"P{i};DUPONT;M;0{1 + i % 9}/05/1950;C61.9\n" for i in range(30))


@pytest.fixture
def page(load_page: LoadPage) -> LoadPage:
    return load_page


def read(page: LoadPage, path: Path, text: str, settle: Settle) -> Session:
    path.write_text(text, encoding="utf-8")
    page.open(path)
    settle()
    page.read()
    settle()
    return page.session


def said(widget: QWidget) -> str:
    QApplication.processEvents()
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(widget: QWidget, words: str) -> None:
    QApplication.processEvents()
    found = [button for button in widget.findChildren(QPushButton) if button.text() == words]
    QTest.mouseClick(next(b for b in found if b.isVisibleTo(widget)), Qt.MouseButton.LeftButton)


def test_a_file_without_oddity_goes_straight_on_and_is_told(
    page: LoadPage, window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    read(page, tmp_path / "a.csv", DECIDED, settle)
    assert window.pages["map"].isVisible()
    assert "30 lignes, 5 colonnes, 0 ligne vide, 0 ligne de côté, 0 doublon" in window.bar.text


def test_what_is_odd_is_shown_before_going_on(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    session = read(page, tmp_path / "a.csv", RAGGED, settle)
    assert page.isVisible() and page.summary.isVisible()
    words = said(page.summary)
    assert "31 lignes, 5 colonnes, 0 ligne vide, 2 lignes de côté, 1 doublon" in words
    assert "1 ligne avec trop peu de cellules" in words and "1 ligne avec trop de cellules" in words
    page.summary.aside_shown.emit()
    assert page.rows.tabs.currentIndex() == ASIDE and page.rows.table.model().rowCount() == 2
    assert session.extract is not None and session.extract.columns == HEAD.strip().split(";")
    page.read()
    assert not page.isVisible()


def test_rows_aside_can_be_taken_in_again(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    session = read(page, tmp_path / "a.csv", RAGGED, settle)
    press(page.summary, "Les reprendre")
    settle()
    assert (
        session.extract is not None and session.extract.frame.height == 33 and session.extract.aside is None
    )
    press(page.summary, "Garder de côté")
    settle()
    assert session.extract.frame.height == 31


def test_duplicates_can_be_kept_aside(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    session = read(page, tmp_path / "a.csv", RAGGED, settle)
    press(page.summary, "Garder de côté")
    settle()
    assert session.survey is not None and (session.survey.duplicates, session.survey.chosen) == (0, 1)
    assert session.extract is not None and session.extract.options.aside_rows == (33,)


def test_rows_aside_can_be_saved(
    page: LoadPage, window: MainWindow, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(page, tmp_path / "a.csv", RAGGED, settle)
    target = tmp_path / "cote"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(page.summary, "Enregistrer…")
    settle()
    assert len(target.with_suffix(".csv").read_text(encoding="utf-8-sig").splitlines()) == 3
    assert "2 lignes enregistrées" in window.bar.text


def test_odd_rows_show_before_the_whole_file_is_read(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    path = tmp_path / "a.csv"
    path.write_text(RAGGED, encoding="utf-8")
    page.open(path)
    settle()
    assert page.session.extract is None and page.rows.tabs.isTabVisible(ODD)
    page.rows.tabs.setCurrentIndex(ODD)
    model = page.rows.table.model()
    why = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert why["31"] == "3 cellules au lieu de 5" and "33" in why


def test_only_the_rows_of_one_damage_are_shown(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    read(page, tmp_path / "a.csv", RAGGED + "Total;33;;;\n", settle)
    page.summary.rows_wanted.emit((34,))
    assert page.rows.tabs.currentIndex() == ODD and page.rows.table.model().rowCount() == 1
    page.rows.tabs.setCurrentIndex(FIRST)
    page.rows.tabs.setCurrentIndex(ODD)
    assert page.rows.table.model().rowCount() > 1


def test_day_and_month_that_nothing_decides_are_asked(
    page: LoadPage, window: MainWindow, tmp_path: Path, settle: Settle
) -> None:
    session = read(page, tmp_path / "a.csv", OPEN, settle)
    assert page.question.isVisible() and session.undecided == ("Date de naissance",)
    assert not page.go_on.isEnabled()
    states = {station.key: station.state for station in session.stations()}
    assert states["map"] == "closed"
    assert session.recipe is not None and session.check(session.recipe) is None
    assert "Charger" in window.bar.text and session.batch is None
    QTest.mouseClick(page.question.buttons["mdy"], Qt.MouseButton.LeftButton)
    assert not page.question.isVisible() and page.go_on.isEnabled()
    column = next(item for item in session.recipe.columns if item.field == "date_naissance")
    assert column.date_formats[0] == "mm/dd/yyyy"


def test_the_answer_holds_when_the_batch_is_opened_again(
    page: LoadPage, tmp_path: Path, settle: Settle
) -> None:
    session = read(page, tmp_path / "a.csv", OPEN, settle)
    session.answer_dates("mdy")
    assert session.recipe is not None
    session.check(session.recipe)
    settle()
    assert session.batch is not None and session.mapped is not None
    before, batch = session.mapped.frame.get_column("date_naissance").to_list(), session.batch.id
    assert before[1] == "1950-02-05"
    session.new_batch()
    session.open_batch(batch)
    settle()
    assert session.mapped.frame.get_column("date_naissance").to_list() == before
    assert session.undecided == () and session.extract is not None
    assert session.extract.options.date_order == "mdy"


def test_next_month_the_answer_is_known(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    session = read(page, tmp_path / "a.csv", OPEN, settle)
    session.answer_dates("mdy")
    assert session.recipe is not None
    session.check(session.recipe)
    settle()
    session.new_batch()
    read(page, tmp_path / "b.csv", OPEN.replace("DUPONT", "DURAND"), settle)
    assert session.undecided == () and session.recipe is not None
    column = next(item for item in session.recipe.columns if item.field == "date_naissance")
    assert column.date_formats[0] == "mm/dd/yyyy"


def test_a_chosen_order_shows_at_once_in_the_rows(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    path = tmp_path / "a.csv"
    path.write_text(OPEN, encoding="utf-8")
    page.open(path)
    settle()
    page.rows.as_read.setChecked(True)
    model = page.rows.table.model()
    assert model.index(0, 3).data() == "01/05/1950  →  ?"
    QApplication.processEvents()
    chip = next(chip for chip in page.findChildren(Chip) if chip.key == "date_order" and chip.isVisible())
    next(action for action in chip.menu().actions() if action.data() == "dmy").trigger()
    settle()
    assert model.index(0, 3).data() == "01/05/1950  →  1950-05-01"


def test_a_batch_taken_up_again_has_its_summary(page: LoadPage, tmp_path: Path, settle: Settle) -> None:
    session = read(page, tmp_path / "a.csv", RAGGED, settle)
    assert session.recipe is not None
    session.check(session.recipe)
    settle()
    assert session.batch is not None
    batch = session.batch.id
    session.new_batch()
    session.open_batch(batch)
    settle()
    session.go.emit("load")
    settle()
    assert "2 lignes de côté" in said(page.summary)
