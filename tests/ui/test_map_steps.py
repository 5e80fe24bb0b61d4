"""The page Map: steps of a column, suggestions, real rows, drag and drop, type-ahead, undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.mapping import edits, fields
from desktop_app.ui.mapping.date_forms import DateForms
from desktop_app.ui.mapping.drag import DropTable, mime_of
from desktop_app.ui.mapping.step_rows import DatesRow, MarkRow, NamesRow
from desktop_app.ui.pages.map import MapPage
from tests.ui.map_parts import LATER, SMALL, Settle, at_field, at_map, choose, row_of, written


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, settle: Settle) -> MapPage:
    return at_map(window, written(tmp_path, "petit.csv", SMALL), settle)


def column(page: MapPage, field: str):  # type: ignore[no-untyped-def]
    assert page.recipe is not None
    found = edits.column_for(page.recipe, field)
    assert found is not None
    return found


def test_forms_of_date_are_put_in_another_order(page: MapPage, settle: Settle) -> None:
    at_field(page, "date_naissance", settle)
    row = page.panel.steps.row("date_formats")
    assert isinstance(row, DatesRow)
    forms = column(page, "date_naissance").date_formats
    menu = row.forms.chips[1].menu()
    assert menu is not None
    menu.triggered.emit(menu.actions()[0])  # earlier
    assert column(page, "date_naissance").date_formats == (forms[1], forms[0], *forms[2:])
    page.undo()
    assert column(page, "date_naissance").date_formats == forms
    page.redo()
    assert column(page, "date_naissance").date_formats[0] == forms[1]


def test_a_form_can_be_typed_in_french_and_a_wrong_one_is_said(page: MapPage, settle: Settle) -> None:
    at_field(page, "date_naissance", settle)
    row = page.panel.steps.row("date_formats")
    assert isinstance(row, DatesRow)
    QTest.keyClicks(row.forms.other, "jj-mm-aaaa")
    QTest.keyClick(row.forms.other, Qt.Key.Key_Return)
    assert column(page, "date_naissance").date_formats[-1] == "dd-mm-yyyy"
    before = page.recipe
    QTest.keyClicks(row.forms.other, "jour/mois")
    QTest.keyClick(row.forms.other, Qt.Key.Key_Return)
    assert page.recipe == before and not row.forms._fault.isHidden()


def test_every_form_comes_with_an_example(page: MapPage) -> None:
    assert DateForms().example("dd/mm/yyyy") == "jj/mm/aaaa (31/12/2026)"


def test_a_step_is_added_set_and_taken_away(page: MapPage, settle: Settle) -> None:
    at_field(page, "code_adicap", settle)
    choose(page.panel.source, "Observations")
    page.panel.steps.added.emit("number_pad")
    settle()
    assert column(page, "code_adicap").number_pad
    page.panel.steps.changed.emit("number_pad", None)
    assert column(page, "code_adicap").number_pad is None


def test_the_mark_of_a_list_is_typed(page: MapPage, settle: Settle) -> None:
    at_field(page, "sources", settle)
    choose(page.panel.source, "Observations")
    page.panel.steps.added.emit("list_separator")
    row = page.panel.steps.row("list_separator")
    assert isinstance(row, MarkRow)
    row.mark.selectAll()
    QTest.keyClicks(row.mark, "|")
    QTest.keyClick(row.mark, Qt.Key.Key_Return)
    assert column(page, "sources").list_separator == "|"


def test_columns_are_joined_and_parted_again(page: MapPage, settle: Settle) -> None:
    at_field(page, "nom_utilise", settle)
    choose(page.panel.source, "Nom de naissance")
    page.panel.steps.added.emit("join")
    row = page.panel.steps.row("join")
    assert isinstance(row, NamesRow) and len(row.combos) == 2
    choose(row.combos[1], "Prénoms")
    settle()
    assert page.model.line(row_of(page, "nom_utilise")).source == "Nom de naissance + Prénoms"
    choose(row.combos[1], "")
    assert column(page, "nom_utilise").join == ()


def test_each_step_says_what_it_changes_and_rows_are_shown(page: MapPage, settle: Settle) -> None:
    at_field(page, "date_naissance", settle)
    assert page.panel.steps.row("date_formats")._effect.text() == "change 3 lignes"
    rows = page.panel.rows
    shown = [[rows.index(row, place).data() for place in range(rows.columnCount())] for row in range(3)]
    assert ["1", "01/02/1950", "1950-02-01", "changée"] in shown


def test_suggestions_are_accepted_all_at_once(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    page = at_map(window, written(tmp_path, "petit.csv", LATER), settle)
    assert page.recipe is not None
    page.edit(edits.set_step(page.recipe, "sexe", "recode", None), "sexe")
    at_field(page, "sexe", settle)
    assert page.model.line(row_of(page, "sexe")).unfit == 4
    QTest.mouseClick(page.panel.accept_all, Qt.MouseButton.LeftButton)
    settle()
    assert column(page, "sexe").recode == {"Femme": "2", "Homme": "1", "Inconu": "9"}
    assert page.model.line(row_of(page, "sexe")).unfit == 0


def test_a_name_cannot_be_recoded(page: MapPage, settle: Settle) -> None:
    at_field(page, "nom_naissance", settle)
    values = page.panel.values
    flags = [values.flags(values.index(0, place)) for place in range(values.columnCount())]
    assert not any(flag & Qt.ItemFlag.ItemIsEditable for flag in flags)


def test_a_column_is_dropped_on_a_field(page: MapPage, settle: Settle) -> None:
    at_field(page, "sexe", settle)
    row = row_of(page, "code_adicap")
    index = page.fields.filter.mapFromSource(page.model.index(row, 0))
    page.table.scrollTo(index)
    where, table = QPointF(page.table.visualRect(index).center()), page.table
    assert isinstance(table, DropTable)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dragged = mime_of("Observations")  # the event does not keep it alive
    table.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, dragged, buttons, keys))
    assert column(page, "code_adicap").header == "Observations"


def test_a_column_is_used_with_the_keyboard(page: MapPage, settle: Settle) -> None:
    at_field(page, "code_adicap", settle)
    page.columns.table.selectRow(page.columns.model.row_of("Observations"))
    QTest.keyClick(page.columns.table, Qt.Key.Key_Return)
    assert column(page, "code_adicap").header == "Observations"
    assert page.columns.model.index(6, 2).data() == "Code lésionnel ADICAP"


@pytest.mark.qt_log_ignore("This plugin does not support")  # the list of choices, without a real screen
def test_typing_a_part_of_a_name_finds_the_column(page: MapPage, settle: Settle) -> None:
    at_field(page, "code_adicap", settle)
    page.panel.choose()
    editor = page.panel.source.lineEdit()
    assert editor is not None
    QTest.keyClicks(editor, "observ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert column(page, "code_adicap").header == "Observations"


def test_fields_are_narrowed_and_walked(page: MapPage, settle: Settle) -> None:
    kinds = page.fields.kinds
    kinds.setCurrentIndex(kinds.findData(fields.MISSING))
    shown = page.fields.filter.rowCount()
    assert 0 < shown == len([line for line in page.fields.lines() if line.missing])
    kinds.setCurrentIndex(0)
    page.search.setText("sexe")
    assert page.fields.filter.rowCount() == 1
    page.search.clear()
    first = page.fields.line()
    page.fields.next()
    line = page.fields.line()
    assert line is not None and line.to_look_at and line is not first


def test_a_guess_is_confirmed(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    either_way = written(tmp_path, "dates.csv", SMALL.replace("Date de naissance", "DN"))  # or of last news
    page = at_map(window, either_way, settle)
    doubtful = next(
        line for line in page.fields.lines() if line.sources and line.confidence in ("likely", "choose")
    )
    at_field(page, doubtful.field.name, settle)
    assert page.panel.confirm.isVisibleTo(page.panel)
    page.panel.confirm.click()
    assert page.model.line(row_of(page, doubtful.field.name)).confidence == "kept"
    assert page.recipe is page.session.recipe


def test_news_of_the_registry_do_not_undo_an_edit(page: MapPage) -> None:
    assert page.recipe is not None
    page.edit(edits.assign(page.recipe, "code_adicap", "Observations"), "code_adicap")
    page.session.note_contact(False)
    assert column(page, "code_adicap").header == "Observations"


def test_every_control_has_a_name(page: MapPage, settle: Settle) -> None:
    at_field(page, "date_naissance", settle)
    row = page.panel.steps.row("date_formats")
    assert isinstance(row, DatesRow)
    named = [
        page.table,
        page.columns.table,
        page.columns.take,
        page.panel.source,
        page.fields.kinds,
        page.search,
    ]
    named += [page.menu, row, row.forms.other, row.forms.unknown, *row.forms.chips]
    assert all(widget.accessibleName() for widget in named)
    assert (
        page.columns.table.viewport().mapToGlobal(QPoint(0, 0)).x() > page.table.mapToGlobal(QPoint(0, 0)).x()
    )


def test_what_is_being_typed_is_left_alone(page: MapPage, settle: Settle) -> None:
    at_field(page, "code_adicap", settle)
    editor = page.panel.source.lineEdit()
    assert editor is not None
    editor.setText("obs")
    page.columns.table.selectRow(3)
    page.session.note_contact(False)  # news that redraw the page
    page._show()
    assert editor.text() == "obs" and page.columns.table.currentIndex().row() == 3


def test_the_last_change_is_taken_back_with_the_keyboard(page: MapPage, settle: Settle) -> None:
    assert page.recipe is not None
    before = page.recipe
    page.edit(edits.assign(before, "code_adicap", "Observations"), "code_adicap")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.recipe == before
