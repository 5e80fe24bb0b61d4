"""The windows beside the page Fix: records side by side, changes, confirmations, history, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.bench import Bench
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.changes_dialog import ChangesDialog
from desktop_app.ui.fix.compare_dialog import CompareDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.fix_parts import put_on_bench, small_batch

Settle = Callable[[], None]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def twice() -> Mapped:
    """The small batch, in which rows 7 and 8 are one tumour of one patient; row 7 lacks the hospital."""
    mapped = small_batch()
    last, eighth = pl.col("row_id") >= 7, pl.col("row_id") == 8
    changed = {
        "numero_patient": (last, "P900"),
        "date_naissance": (last, "1950-01-20"),
        "numero_tumeur": (eighth, "2"),
        "topographie": (eighth, "C50.4"),
        "finess_diagnostic": (eighth, "380000067"),
    }
    columns = [
        pl.when(rows).then(pl.lit(v)).otherwise(name).alias(name) for name, (rows, v) in changed.items()
    ]
    return replace(mapped, frame=mapped.frame.with_columns(columns))


@pytest.fixture
def page(window: MainWindow, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    """The page with that batch, and the keyboard in the list of findings."""
    put_on_bench(session, workspace, twice())
    window.show_page("fix")
    settle()
    found = window.findChild(FixPage)
    assert found is not None
    return found


def bench_of(page: FixPage) -> Bench:
    assert page.desk.bench is not None
    return page.desk.bench


def changes_of(page: FixPage, settle: Settle) -> ChangesDialog:
    page.windows.show_changes()
    settle()
    assert page.windows.changes is not None
    return page.windows.changes


def test_without_a_change_there_is_nothing_to_narrow_or_to_take_back(page: FixPage, settle: Settle) -> None:
    changes = changes_of(page, settle)
    parts = changes.changes, changes.confirmations
    offered = [changes.changes.rule, changes.changes.discard_all, changes.confirmations.export]
    assert all(part._nothing.isVisibleTo(part) for part in parts)
    assert all(widget.isHidden() for widget in offered)
    page.desk.edit([(1, "grade", "3")])
    settle()
    assert not changes.changes.rule.isHidden() and not changes.changes.discard_all.isHidden()


def test_a_change_out_of_sight_is_told_until_one_in_sight_is_chosen(page: FixPage, settle: Settle) -> None:
    told: list[str] = []
    page.session.advice.connect(told.append)
    changes = changes_of(page, settle)
    for row in (1, 2):  # no finding is in row 1
        changes.changes.cell_chosen.emit(row, "sexe")
    assert "1" in told[-2] and told[-1] == ""
    assert page.grid.at_hand() == (2, "sexe")


def test_the_mark_of_the_present_step_is_not_cut(page: FixPage, settle: Settle) -> None:
    history = changes_of(page, settle).history
    mark = history.model.index(0, 0).data()
    assert history.fontMetrics().horizontalAdvance(mark) + 12 <= history.table.columnWidth(0)


@pytest.fixture
def compare(page: FixPage, qtbot: QtBot, settle: Settle) -> CompareDialog:
    """The records of DUP-02 side by side, asked for by the keyboard from the list."""
    causes = page.findings.causes
    field = page.outcome.snapshot.cases.filter(pl.col("rule_id") == "DUP-02")["field"][0]  # type: ignore[union-attr]
    page.findings.select(causes.number_of(7, "DUP-02", field))
    QTest.keyClick(page.findings.tree, Qt.Key.Key_F9)
    settle()
    assert page.windows.compare is not None and page.windows.compare.isVisible()
    return page.windows.compare


def test_side_by_side_with_what_differs(compare: CompareDialog) -> None:
    model = compare.model
    heads = [model.headerData(n, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) for n in range(3)]
    assert heads == ["Numéro de patient local", "≠ Numéro de tumeur local", "≠ Topographie CIM-O"]
    assert compare.table.currentIndex().row() == 1
    spoken = model.index(2, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Topographie CIM-O, ligne 8\N{NO-BREAK SPACE}: C50.4. Les enregistrements diffèrent ici."
    compare.only.click()
    assert model.rowCount() == 3 and all(model.line(row).differs for row in range(3))


def test_withdraw_the_other_after_filling_what_is_blank(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    compare.same.complete.setChecked(True)
    assert compare.same.button.isEnabled()
    compare.same.button.click()
    settle()
    bench = bench_of(page)
    assert bench.withdrawn()["row_id"].to_list() == [8] and bench.frame["finess_diagnostic"][6] == "380000067"
    assert not compare.same.isVisible() and compare.isVisible()
    row = page.model.row_of(8)
    assert row is not None
    assert page.model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) == "× 8"
    assert "Retiré du lot" in page.model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_keep_both_confirms_every_rule_that_asks(
    page: FixPage, compare: CompareDialog, settle: Settle
) -> None:
    assert not compare.keep.button.isEnabled()
    compare.keep.reason.reasons.setCurrentIndex(1)
    compare.keep.button.click()
    settle()
    assert bench_of(page).counts().confirmed == 4 and not compare.keep.isVisible()


def test_a_value_for_both_and_an_edit_in_place(
    page: FixPage, compare: CompareDialog, qtbot: QtBot, settle: Settle
) -> None:
    compare.table.setCurrentIndex(compare.model.place_of(8, "topographie"))
    compare.take.click()
    settle()
    assert bench_of(page).frame["topographie"][6] == "C50.4"
    assert not compare.model.line(2).differs
    compare.model.setData(compare.model.place_of(8, "date_incidence"), "2022-03-04")
    settle()
    assert "DUP-02" not in bench_of(page).findings["rule_id"].cast(pl.String).to_list()
    QTest.keyClick(compare, Qt.Key.Key_Escape)
    assert compare.isHidden()


def test_changes_taken_back_by_rule_and_one_by_one(page: FixPage, settle: Settle) -> None:
    page.desk.edit([(2, "sexe", "2"), (3, "sexe", "2"), (5, "comportement", "3")], "dossier relu")
    page.desk.withdraw([8], "same_tumour", kept=7, rule_id="DUP-02")
    settle()
    dialog = changes_of(page, settle)
    changes = dialog.changes
    told = [changes.model.index(0, column).data() for column in (0, 1, 3, 7)]
    assert told == [
        "8",
        "L’enregistrement entier",
        "retiré, même que la ligne 7",
        "Même tumeur qu’un autre enregistrement",
    ]
    changes.rule.setCurrentIndex(changes.rule.findData("COD-sexe"))
    assert changes.model.rowCount() == 2 and changes.model.index(0, 7).data() == "dossier relu"
    changes.discard_all.click()
    settle()
    assert bench_of(page).pending()["row_id"].to_list() == [5]
    changes.table.selectRow(0)
    changes.discard.click()
    settle()
    assert bench_of(page).withdrawn().is_empty() and changes.model.rowCount() == 1


def test_the_history_is_walked_back_and_forth(page: FixPage, settle: Settle) -> None:
    for value in "129":
        page.desk.edit([(2, "sexe", value)])
    settle()
    history = changes_of(page, settle).history
    assert not history.go.isEnabled() and history.table.currentIndex().row() == 0
    history.table.selectRow(2)
    assert history.go.text() == "Revenir ici\N{NO-BREAK SPACE}: annuler 2 étapes"
    assert history.about.text() == "ligne 2, Sexe\N{NO-BREAK SPACE}: 7 → 1"
    history.go.click()
    settle()
    assert bench_of(page).frame["sexe"][1] == "1" and history.table.currentIndex().row() == 2
    history.table.selectRow(0)
    history.go.click()
    settle()
    assert bench_of(page).frame["sexe"][1] == "9"


def test_confirmations_lapse_in_sight_are_filtered_exported_and_taken_back(
    page: FixPage, settle: Settle, tmp_path: Path
) -> None:
    page.desk.confirm([(6, "GRA-04"), (7, "DUP-02"), (8, "DUP-02")], "checked_record", "vu")
    page.desk.edit([(8, "topographie", "C50.8")])
    settle()
    dialog = changes_of(page, settle)
    given = dialog.confirmations
    assert dialog.tabs.tabText(1) == "C&onfirmations (2 à revoir)" and given.model.rowCount() == 3
    causes = {given.model.line(row)["row_id"]: given.model.index(row, 4).data() for row in range(3)}
    assert causes[8].endswith("Topographie CIM-O") and "un autre enregistrement" in causes[7]
    given.text.setText("gra")
    assert given.model.rowCount() == 1
    given.export_asked.emit(given.model.frame, tmp_path / "confirmations.csv")
    settle()
    assert (tmp_path / "confirmations.csv").read_text("utf-8").count("\n") == 2
    given.table.selectRow(0)
    given.revoke.click()
    settle()
    assert bench_of(page).counts().confirmed == 0 and given.model.rowCount() == 0
    given.text.clear()
    assert given.model.rowCount() == 2


def test_a_record_is_withdrawn_and_brought_back_by_the_keyboard(
    page: FixPage, qtbot: QtBot, settle: Settle, qapp: QApplication
) -> None:
    page.grid.go_to(2, "sexe")
    page.grid.setFocus()
    QTest.keyClick(page.grid, Qt.Key.Key_Delete, CTRL_SHIFT)
    dialog = qapp.activeModalWidget()
    assert dialog is not None and not dialog.button.isEnabled()  # type: ignore[attr-defined]
    dialog.reason.choose("not_a_case")  # type: ignore[attr-defined]
    dialog.button.click()  # type: ignore[attr-defined]
    settle()
    assert bench_of(page).withdrawn()["why"].to_list() == ["not_a_case"]
    page.window().activateWindow()
    page.grid.setFocus()
    qtbot.waitUntil(lambda: qapp.activeWindow() is page.window())
    QTest.keyClick(page.grid, Qt.Key.Key_Delete, CTRL_SHIFT)
    settle()
    assert bench_of(page).withdrawn().is_empty() and bench_of(page).frame["sexe"][1] == "7"


def test_why_a_cell_is_corrected(page: FixPage, settle: Settle) -> None:
    page.findings.select(page.findings.causes.find(2, "sexe"))
    correct = page.card.correct
    correct.editor.setCurrentText("2")  # type: ignore[attr-defined]
    correct.why.setText("état civil")
    correct.apply()
    settle()
    assert bench_of(page).pending()["why"].to_list() == ["état civil"] and correct.why.text() == ""


def test_a_line_of_the_list_leads_to_its_cell(page: FixPage, settle: Settle) -> None:
    page.desk.edit([(3, "sexe", "2")])
    settle()
    changes = changes_of(page, settle).changes
    changes.table.setCurrentIndex(changes.model.index(0, 0))
    QTest.keyClick(changes.table, Qt.Key.Key_Return)
    index = page.grid.currentIndex()
    assert (page.model.row_id(index.row()), page.model.fields[index.column()].name) == (3, "sexe")


def test_what_was_confirmed_last_month_and_changed_is_told_on_the_card(
    page: FixPage, session: Session, workspace: Workspace, settle: Settle
) -> None:
    told: list[str] = []
    session.message.connect(told.append)
    page.desk.confirm([(7, "DUP-02"), (8, "DUP-02")], "checked_record")
    settle()
    later, eighth = twice(), pl.col("row_id") == 8
    moved = later.frame.with_columns(
        topographie=pl.when(eighth).then(pl.lit("C50.8")).otherwise("topographie")
    )
    put_on_bench(session, workspace, replace(later, frame=moved))
    settle()
    assert any(words.startswith("2 confirmations ne sont plus en vigueur") for words in told)
    cases = page.findings.causes
    place = next(
        n for n in range(len(cases)) if (cases.case(n).row_id, cases.case(n).rule_id) == (8, "DUP-02")
    )
    page.findings.select(place)
    before = page.card.confirm.before
    assert before.isVisible() and before.text().endswith(
        "a changé depuis\N{NO-BREAK SPACE}: Topographie CIM-O."
    )
    page.findings.select(0)
    assert before.isHidden()
