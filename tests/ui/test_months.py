"""From one month to the next, in the window: what was carried over, what the source says, what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.bench import Bench, CellEdit
from desktop_app.core.months.carrying import carry_over, outlook
from desktop_app.core.stages import Mapped, SourceFile
from desktop_app.core.workspace import Workspace
from desktop_app.ui.months.carried_dialog import CarriedDialog
from desktop_app.ui.months.comparison_dialog import ComparisonDialog
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.one_tumour import TODAY
from tests.ui.fix_parts import put_on_bench, small_batch

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
Settle = Callable[[], None]


def november(changes: dict[int, dict[str, str | None]]) -> Mapped:
    """The next extract: the same records, but for these values of these rows."""
    mapped = small_batch()
    frame = mapped.frame
    for row, values in changes.items():
        frame = frame.with_columns(
            pl.when(pl.col("row_id") == row)
            .then(pl.lit(value, pl.String))
            .otherwise(pl.col(name))
            .alias(name)
            for name, value in values.items()
        )
    return replace(mapped, source=SourceFile(Path("decembre.csv"), "ef" * 32, 1000), frame=frame)


@pytest.fixture
def october(workspace: Workspace) -> str:
    """A batch in which rows 2, 3 and 5 were corrected and row 6 confirmed; its id."""
    mapped = small_batch()
    row = workspace.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}", name="Lot d’octobre")
    bench = Bench.start(workspace, row.id, mapped, TODAY)
    bench.edit([CellEdit(2, "sexe", "2"), CellEdit(3, "sexe", "2")], why="dossier relu")
    bench.edit([CellEdit(5, "comportement", "3"), CellEdit(5, "grade", "9")])
    bench.confirm([(6, "GRA-04")], "checked_record")
    return row.id


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, october: str, settle: Settle) -> FixPage:
    """November on the page, as after its check: row 3 says something else at the source, row 5 is right."""
    made = FixPage(session)
    qtbot.addWidget(made)
    made.resize(1190, 640)
    mapped = november({3: {"sexe": "1"}, 5: {"comportement": "3"}})
    row = workspace.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}", name="Lot de novembre")
    carry_over(workspace, row.id, mapped, outlook(workspace, mapped))
    session.fresh_check = True
    with qtbot.waitExposed(made):
        made.show()
    put_on_bench(session, workspace, mapped, row.id)
    settle()
    settle()
    return made


def carried(page: FixPage) -> CarriedDialog:
    return page.findChildren(CarriedDialog)[-1]


def compared(page: FixPage) -> ComparisonDialog:
    return page.findChildren(ComparisonDialog)[-1]


def sexe(page: FixPage, row: int) -> str | None:
    bench = page.desk.bench
    assert bench is not None
    value: str | None = bench.frame.filter(pl.col("row_id") == row)["sexe"][0]
    return value


def tabs(dialog: CarriedDialog | ComparisonDialog) -> list[str]:
    return [dialog.tabs.tabText(place) for place in range(dialog.tabs.count())]


def test_after_a_check_it_is_told_once_what_was_carried_over(page: FixPage, settle: Settle) -> None:
    dialog = carried(page)
    assert dialog.sentence.startswith("1 correction reprise des lots précédents.")
    assert (
        "la source dit à présent autre chose" in dialog.sentence and "1 confirmation tient" in dialog.sentence
    )
    assert tabs(dialog)[:2] == ["Reprises (1)", "La source dit autre chose (1)"]
    assert tabs(dialog)[3] == "Corrigées à la source (1)" and tabs(dialog)[5] == "Confirmés (1)"
    dialog.close()
    page.session.changed.emit("findings")
    settle()
    assert all(not one.isVisible() for one in page.findChildren(CarriedDialog))


@pytest.mark.parametrize("directly", [False, True])
def test_its_dialogs_close_with_the_batch(
    page: FixPage, workspace: Workspace, october: str, settle: Settle, directly: bool
) -> None:
    """Their lines are rows of that batch: in another one they would be other records."""
    page.months.show_comparison()
    settle()
    assert carried(page).isVisible() and compared(page).isVisible()
    page.months.show_carried()  # still on its way when the batch goes
    if not directly:
        page.session.new_batch()
    put_on_bench(page.session, workspace, small_batch(), october)
    settle()
    settle()
    shown = [*page.findChildren(CarriedDialog), *page.findChildren(ComparisonDialog)]
    assert not [dialog for dialog in shown if dialog.isVisible()]


def test_opened_anew_it_is_one_and_closes_when_it_is_done(page: FixPage, settle: Settle) -> None:
    page.months.show_carried()
    settle()
    assert len([one for one in page.findChildren(CarriedDialog) if one.isVisible()]) == 1
    dialog = carried(page)
    dialog.tabs.setCurrentWidget(dialog.lists["held"])
    dialog.undo.click()
    settle()
    assert not [one for one in page.findChildren(CarriedDialog) if one.isVisible()]


def test_all_of_it_is_put_back_in_one_step(page: FixPage, settle: Settle) -> None:
    assert sexe(page, 2) == "2"
    dialog = carried(page)
    dialog.tabs.setCurrentWidget(dialog.lists["held"])
    QTest.keyClick(dialog.undo, Qt.Key.Key_Space)
    settle()
    assert sexe(page, 2) == "7" and page.desk.bench is not None and page.desk.bench.can_redo


def test_put_back_after_other_edits_only_that_goes(page: FixPage, settle: Settle) -> None:
    page.desk.edit([(1, "grade", "3")])
    settle()
    dialog = carried(page)
    dialog.tabs.setCurrentWidget(dialog.lists["held"])
    dialog.undo.click()
    settle()
    assert sexe(page, 2) == "7" and page.desk.bench is not None
    assert page.desk.bench.pending()["field"].to_list() == ["grade"]


def test_our_value_after_all(page: FixPage, settle: Settle) -> None:
    dialog = carried(page)
    assert dialog.tabs.currentWidget() is dialog.lists["differs"] and sexe(page, 3) == "1"
    assert dialog.ours.isVisible() and not dialog.undo.isVisible()
    dialog.ours.click()
    settle()
    assert sexe(page, 3) == "2"


def test_its_rows_come_to_the_grid(page: FixPage, settle: Settle) -> None:
    dialog = carried(page)
    QTest.keyClick(dialog.lists["differs"].table, Qt.Key.Key_Return)
    settle()
    assert [page.model.row_id(row) for row in range(page.model.rowCount())] == [3] and dialog.isVisible()


def test_the_menu_brings_it_back_and_every_control_has_a_name(page: FixPage, settle: Settle) -> None:
    carried(page).close()
    page.months.show_carried()
    settle()
    dialog = carried(page)
    assert dialog.isVisible() and dialog.focusWidget() is not None
    assert all(listing.table.accessibleName() for listing in dialog.lists.values())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_list_for_the_source_system_is_written(page: FixPage, settle: Settle, tmp_path: Path) -> None:
    for name in ("liste.html", "liste.csv", "liste.pdf"):
        page.months.write_source_list(tmp_path / name)
    settle()
    assert (tmp_path / "liste.pdf").read_bytes().startswith(b"%PDF")
    assert not list(tmp_path.glob(".navette-*"))
    html, table = ((tmp_path / name).read_text("utf-8-sig") for name in ("liste.html", "liste.csv"))
    assert "P002" in html and "dossier relu" in html and "P002" in table and "P003" not in table


def test_the_file_of_an_earlier_batch_that_is_gone_is_asked_for(page: FixPage, settle: Settle) -> None:
    page.months.show_comparison()
    settle()
    dialog = compared(page)
    assert "n’est plus à l’endroit" in dialog.sentence and dialog.find_file.isVisible()
    assert not dialog.save.isEnabled() and not dialog.tabs.isVisible()
