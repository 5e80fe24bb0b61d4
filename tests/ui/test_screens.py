"""What must stay true of every screen: colours that can be read, names that are whole, keys that lead in."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui import i18n, tasks, theme
from desktop_app.ui.fix.grid_view import GridView
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.models.grid import GridModel
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.table import RowsModel, fit_columns, plain_table
from desktop_app.ui.widgets.words_header import PAD, WordsHeader, fold
from tests.ui.fix_parts import put_on_bench, small_batch
from validation_rules.contract import load_contract
from validation_rules.text import Language

WORDS = ("text", "muted", "accent", "error", "confirm", "info", "done")
PLACES = (
    "background", "surface", "raised", "selection", "hover",
    "error_cell", "confirm_cell", "info_cell", "done_cell",
)  # fmt: skip
Settle = Callable[[], None]
PAGES = ("batches", "load", "map", "fix", "send", "feedback", "quality", "settings")


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_words_can_be_read_wherever_they_stand(colours: theme.Tokens) -> None:
    pairs = list(product(WORDS, PLACES))
    faint = [p for p in pairs if contrast(getattr(colours, p[0]), getattr(colours, p[1])) < 4.5]
    assert not faint
    assert min(contrast(colours.on_accent, c) for c in (colours.accent, colours.accent_hover)) >= 4.5


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_edges_of_fields_and_boxes_can_be_seen(colours: theme.Tokens) -> None:
    edges = product((colours.outline, colours.box, colours.accent), (colours.background, colours.surface))
    assert all(contrast(edge, place) >= 3 for edge, place in edges)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_field_is_named_whole_above_the_grid(qtbot: QtBot, language: Language) -> None:
    grid = GridView(language)
    qtbot.addWidget(grid)
    model = GridModel(load_contract(), language)
    grid.open(model)
    header = grid.horizontalHeader()
    assert isinstance(header, WordsHeader)
    for column, field in enumerate(model.fields):
        name = field.label.in_(language)
        lines = fold(name, grid.columnWidth(column) - PAD, header.measure())
        assert " ".join(lines) == name
        assert len(lines) <= 2


def test_headers_of_a_preview_are_never_cut(qtbot: QtBot) -> None:
    model = RowsModel()
    view = plain_table(model, "preview")
    qtbot.addWidget(view)
    names = ["Date de naissance du patient à l’entrée dans le registre", "A"]
    model.show(names, [["x", "y" * 200]])
    fit_columns(view, names, [["x", "y" * 200]])
    bold = view.fontMetrics().horizontalAdvance(names[0])
    assert view.columnWidth(0) > bold
    assert view.columnWidth(1) < view.columnWidth(0) * 2


@pytest.mark.parametrize("key", PAGES)
def test_the_keyboard_starts_in_the_page(window: MainWindow, settle: Settle, key: str) -> None:
    window.go(key)
    settle()
    here = QApplication.focusWidget()
    if key in ("map", "fix", "send"):  # nothing to do there yet
        return
    assert here is not None
    assert here is not window.pages[key]
    assert window.pages[key].isAncestorOf(here)


@pytest.mark.parametrize("key", PAGES)
def test_every_control_has_a_name(
    window: MainWindow, session: Session, workspace: Workspace, settle: Settle, key: str
) -> None:
    put_on_bench(session, workspace, small_batch())
    window.go(key)
    settle()
    nameless = [type(control).__name__ for control in controls(window.pages[key]) if not named(control)]
    assert not nameless


def controls(page: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTableView)
    found = [widget for widget in page.findChildren(QWidget) if isinstance(widget, kinds)]
    reached = [w for w in found if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(page)]
    return [w for w in reached if not isinstance(w.parent(), QComboBox)]


def named(control: QWidget) -> bool:
    words = control.text() if isinstance(control, QAbstractButton) else ""
    return bool(control.accessibleName() or words)


def test_a_small_screen_scrolls_and_cuts_nothing(window: MainWindow, settle: Settle) -> None:
    window.go("load")
    window.resize(683, 384)
    settle()
    assert window.width() == 683
    inside = window.stack.parentWidget()
    assert inside is not None
    assert inside.width() >= inside.minimumSizeHint().width()


def test_the_status_bar_says_only_what_it_knows(window: MainWindow, session: Session) -> None:
    def says() -> str:
        window.refresh()
        return window.status._net.text()

    assert says() == "Registre pas encore joint"
    session.note_contact(True)
    assert says().startswith("Registre joint, ")
    session.note_contact(False)
    assert says() == "Le registre ne répond pas"


def test_the_last_contact_is_kept(session: Session, workspace: Workspace) -> None:
    session.note_contact(True)
    tomorrow = Session("fr")
    tomorrow.attach(workspace)
    assert tomorrow.contact_at == session.contact_at
    assert tomorrow.reached is None


def test_feedback_counts_what_nobody_has_read(session: Session, workspace: Workspace) -> None:
    workspace.feedback.put("one", "{}")
    workspace.feedback.put("two", "{}")
    assert session.unread() == 2
    session.note_seen("one")
    assert session.unread() == 1
    workspace.feedback.put("one", '{"again": 1}')
    assert session.unread() == 2


def test_a_station_at_work_says_so(window: MainWindow, session: Session, settle: Settle) -> None:
    job = tasks.run(session, lambda progress: None, lambda done: None)
    session.under_way("quality", job)
    assert next(s for s in session.stations() if s.key == "quality").state == "busy"
    settle()
    assert not session.busy


def test_rows_asked_for_by_another_page(
    window: MainWindow, session: Session, workspace: Workspace, settle: Settle
) -> None:
    batch = put_on_bench(session, workspace, small_batch())
    window.go("fix")
    settle()
    session.show_rows([7, 8], batch)
    settle()
    model = window.pages["fix"].grid.grid  # type: ignore[attr-defined]
    assert [model.row_id(row) for row in range(model.rowCount())] == [7, 8]
    window.pages["fix"].reset()  # type: ignore[attr-defined]
    settle()
    assert model.rowCount() == 4


def test_every_sentence_is_translated() -> None:
    files = sorted(Path(i18n.FOLDER).glob("*.ts"))
    assert len(files) == 6
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert "unfinished" not in text, file.name
        assert file.with_suffix(".qm").is_file()
        if file.stem.endswith("_fr"):
            french = re.findall(r"<(?:translation|numerusform)>([^<]*)<", text)
            assert not [said for said in french if re.search(r"[^\s] ([:;?!»]|%(?!L))|« ", said)], file.name
