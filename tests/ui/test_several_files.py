"""Several files dropped or chosen together make one batch; each guess can be changed for all alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from desktop_app.core.extracts.gather import ORIGIN
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.drop import DropZone, local_files
from tests.ui.conftest import read_and_check

Settle = Callable[[], None]
HEAD = "N° patient;N° tumeur;Nom de naissance;Sexe\n"


@pytest.fixture
def pair(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "lot 10.csv", tmp_path / "lot 2.csv"]
    paths[0].write_text(f"{HEAD}P1;1;DUPONT;9\n", encoding="utf-8")
    paths[1].write_text(f"{HEAD}P2;1;ÉLUARD;1\nP3;1;MARTIN;2\n", encoding="cp1252")
    return paths


@pytest.fixture
def page(load_page: LoadPage) -> LoadPage:
    return load_page


def drop_of(urls: list[QUrl]) -> tuple[QDropEvent, QMimeData]:
    mime = QMimeData()
    mime.setUrls(urls)
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    place = QPointF(QPoint(20, 20))
    return QDropEvent(place, action, mime, button, Qt.KeyboardModifier.NoModifier), mime


def chips(page: LoadPage) -> dict[str, Chip]:
    QApplication.processEvents()
    return {chip.key: chip for chip in page.findChildren(Chip) if chip.isVisibleTo(page)}


def test_files_dropped_together_are_one_batch_in_the_order_of_people(
    page: LoadPage, pair: list[Path], settle: Settle
) -> None:
    session = page.session
    event, _ = drop_of([QUrl.fromLocalFile(str(path)) for path in pair])
    page.findChildren(DropZone)[0].dropEvent(event)
    settle()
    assert session.files == (pair[1], pair[0]) and session.path == pair[1]
    page.read()
    settle()
    assert session.extract is not None and session.recipe is not None
    assert session.extract.frame[ORIGIN].to_list() == ["lot 2.csv", "lot 2.csv", "lot 10.csv"]
    assert session.recent.groups() == [(pair[1], pair[0])]
    assert "un des 2 fichiers" in page._size.text() and page._size.text().endswith("2 lignes dans celui-ci")
    session.check(session.recipe)
    settle()
    assert session.bench is not None and session.bench.frame.height == 3


def test_a_finding_tells_the_file_of_its_row(window: MainWindow, pair: list[Path], settle: Settle) -> None:
    session = window.session
    session.open_files(pair)
    settle()
    read_and_check(session, settle)
    page = window.pages["fix"]
    assert isinstance(page, FixPage) and page.outcome is not None
    causes = page.findings.causes
    page._show_card(next(case for case in map(causes.case, range(len(causes))) if case.row_id == 3))
    assert "(lot 10.csv, ligne 1)" in page.card._place.text()


def test_another_of_the_files_can_be_shown(page: LoadPage, pair: list[Path], settle: Settle) -> None:
    session = page.session
    session.open_files(pair)
    settle()
    chips(page)["part"].picked.emit("part", "lot 10.csv")
    assert session.path == pair[0] and session.preview is not None
    assert session.preview.rows[0] == ["P1", "1", "DUPONT", "9"]
    assert session.options == {}


def test_a_choice_holds_for_the_files_that_were_read_alike(
    session: Session, pair: list[Path], settle: Settle
) -> None:
    session.open_files(pair)
    settle()
    session.set_option("encoding", "latin-1")  # of « lot 2 », which alone was cp1252
    settle()
    assert session.choices == {pair[0]: {}, pair[1]: {"encoding": "latin-1"}}
    session.set_option("quote", "")
    settle()
    assert all("quote" in chosen for chosen in session.choices.values())
    assert all(preview.options.quote is None for preview in session.previews.values())


def test_another_shape_is_told_before_anything_is_read(
    page: LoadPage, pair: list[Path], settle: Settle
) -> None:
    pair[0].write_text("N° patient;Genre\nP1;1\n", encoding="utf-8")
    session = page.session
    session.open_files(pair)
    settle()
    assert session.preview is not None and "Genre" in session.preview.problems[0].fr
    page.read()
    settle()
    assert session.extract is None and session.preview is not None


def test_a_file_that_is_none_puts_nothing_at_hand(
    page: LoadPage, window: MainWindow, pair: list[Path], settle: Settle
) -> None:
    pair[0].write_bytes(b"%PDF-1.7")
    page.session.open_files(pair)
    settle()
    assert "«\u00a0lot 10.csv\u00a0»" in window.bar.text
    assert page.session.preview is None and page.session.files == ()


def test_a_choice_that_cannot_be_is_taken_back(session: Session, pair: list[Path], settle: Settle) -> None:
    failures: list[object] = []
    session.failed.connect(failures.append)
    session.open_file(pair[1])
    settle()
    session.set_option("header_row", "999")
    settle()
    assert len(failures) == 1 and session.options == {}
    session.set_option("quote", "")
    settle()
    assert len(failures) == 1 and session.options == {"quote": None}


def test_a_batch_of_several_files_is_taken_up_where_it_was_left(
    session: Session, pair: list[Path], settle: Settle
) -> None:
    session.open_files(pair)
    settle()
    session.set_option("quote", "")
    settle()
    read_and_check(session, settle)
    assert session.batch is not None
    batch_id = session.batch.id
    session.new_batch()
    assert not session.files
    session.open_batch(batch_id)
    settle()
    assert list(session.files) == [pair[1], pair[0]] and session.extract is not None
    assert session.extract.place_of(3) == ("lot 10.csv", 1)
    assert all(chosen == {"quote": None} for chosen in session.choices.values())


def test_files_that_are_gone_are_not_offered_again(
    session: Session, pair: list[Path], settle: Settle
) -> None:
    session.open_files(pair)
    settle()
    session.read()
    settle()
    pair[0].unlink()
    assert session.workspace is not None
    session.attach(session.workspace)
    settle()
    assert session.recent.groups() == []


def test_only_files_of_this_computer_are_taken(pair: list[Path]) -> None:
    local, far = QUrl.fromLocalFile(str(pair[0])), QUrl("https://example.org/x.csv")
    event, mime = drop_of([local, far])
    assert mime.hasUrls() and local_files(event) == []
    event, mime = drop_of([local])
    assert mime.hasUrls() and local_files(event) == [pair[0]]


def test_files_dropped_on_any_page_are_opened(window: MainWindow, pair: list[Path], settle: Settle) -> None:
    window.show_page("settings")
    event, mime = drop_of([QUrl.fromLocalFile(str(path)) for path in pair])
    window.dropEvent(event)
    settle()
    assert mime.hasUrls() and len(window.session.files) == 2
    assert window.stack.currentWidget() is window.pages["load"]
