"""What a file holds is shown letter for letter: no label and no tool tip takes it for HTML."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import polars as pl
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

import desktop_app.ui
from desktop_app.core.side_by_side import Line, SideBySide
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.replace_dialog import ReplaceDialog
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.mapping.trial import Tried
from desktop_app.ui.mapping.values import ValuesModel
from desktop_app.ui.models.corrections import CorrectionsModel
from desktop_app.ui.models.records import RecordsModel
from desktop_app.ui.months.listing import FrameModel
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.pages.map import MapPage
from desktop_app.ui.plain import PlainLabel, tool_tip
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.chip import Chip
from desktop_app.ui.widgets.table import RowsModel
from tests.ui.conftest import Settle
from tests.ui.fix_parts import put_on_bench, small_batch
from tests.ui.map_parts import LATER, SMALL, at_map, written
from validation_rules.text import Text

BOLD, PICTURE = "<b>x</b>", "<img src=file:///nulle/part.png>"
TIP, SHOWN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole
_MOST = 60


def words(tip: Any) -> str:
    """What a tool tip says once Qt has read it; fails when any of it is read as markup of the words."""
    text = str(tip or "")
    if "<" not in text:
        return text
    head, tail = '<p style="white-space: pre-wrap">', "</p>"
    assert text.startswith(head) and text.endswith(tail), text
    inner = text.removeprefix(head).removesuffix(tail)
    assert "<" not in inner, text
    return inner


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    above = QModelIndex() if parent is None else parent
    for row in range(min(model.rowCount(above), _MOST)):
        for column in range(min(model.columnCount(above), _MOST)):
            yield model.index(row, column, above)
        yield from cells(model, model.index(row, 0, above))


def tips(model: QAbstractItemModel) -> str:
    """All that the tool tips of a model say, each looked at."""
    told = [words(index.data(TIP)) for index in cells(model)]
    for way, many in (
        (Qt.Orientation.Horizontal, model.columnCount()),
        (Qt.Orientation.Vertical, model.rowCount()),
    ):
        told += [words(model.headerData(place, way, TIP)) for place in range(min(many, _MOST))]
    return "\n".join(told)


def look_at(root: QWidget) -> str:
    """Looks at every label and tool tip below a widget; returns the tips of its lists."""
    for label in root.findChildren(QLabel):
        # Qt itself makes the labels of a form; their words are ours.
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text(), label.text()
    for widget in root.findChildren(QWidget):
        words(widget.toolTip())
    models = {id(view.model()): view.model() for view in root.findChildren(QAbstractItemView)}
    return "\n".join(tips(model) for model in models.values() if model is not None)


def planted() -> Mapped:
    """The small batch, its fields of free text full of markup; one of them is wrong, too."""
    mapped = small_batch()
    frame = mapped.frame.with_columns(
        nom_naissance=pl.lit(BOLD), prenoms=pl.lit(PICTURE), numero_patient=pl.lit(PICTURE)
    )
    sexe = pl.when(pl.int_range(pl.len()) == 1).then(pl.lit(BOLD)).otherwise("sexe")
    return Mapped(mapped.source, mapped.recipe, mapped.contract, frame.with_columns(sexe=sexe))


def test_a_tool_tip_says_the_words_themselves() -> None:
    assert words(tool_tip(f"{BOLD}\n  1 & 2")) == escape(f"{BOLD}\n  1 & 2")
    assert tool_tip("") == tool_tip(None) == ""


def test_a_label_shows_the_words_themselves(qapp: QApplication) -> None:
    label = PlainLabel(PICTURE)
    assert label.textFormat() == Qt.TextFormat.PlainText and label.text() == PICTURE


def test_short_lists(qapp: QApplication) -> None:
    rows, frame = RowsModel(), FrameModel([BOLD])
    rows.show([PICTURE], [[BOLD]])
    frame.show(pl.DataFrame({"a": [PICTURE]}))
    assert escape(PICTURE) in tips(rows) and escape(BOLD) in tips(rows)
    assert escape(PICTURE) in tips(frame)


def every_field(page: MapPage, settle: Settle) -> str:
    """What the page says with one field after the other at hand."""
    told = []
    for row in range(page.model.rowCount()):
        if page.model.line(row).source:
            page.fields.select(row)
            settle()
            told.append(look_at(page.panel))
    return "\n".join(told)


def test_the_pages_load_and_map(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    head = f"N° patient;{BOLD};Nom de naissance;Sexe;{PICTURE}\n"
    rows = f"P1;{PICTURE};{BOLD};{BOLD};1\nP2;1;DURAND;{PICTURE};2\n"
    page = at_map(window, written(tmp_path, "<b>juin.csv", head + rows), settle)
    told = every_field(page, settle) + look_at(window)
    assert escape(BOLD) in told and escape(PICTURE) in told
    window.show_page("load")
    settle()
    assert escape(PICTURE) in look_at(window)


def test_what_changed_since_the_recipe(window: MainWindow, tmp_path: Path, settle: Settle) -> None:
    at_map(window, written(tmp_path, "novembre.csv", SMALL), settle).check()
    settle()
    window.session.new_batch()
    later = LATER.replace("Service", BOLD).replace("Inconu", PICTURE)
    page = at_map(window, written(tmp_path, "decembre.csv", later), settle)
    told = []
    for row in range(page.drifts.model.rowCount()):
        page.drifts.table.selectRow(row)
        told += [look_at(page.drifts), *(label.text() for label in page.drifts.findChildren(QLabel))]
    assert escape(BOLD) in "".join(told) and PICTURE in "".join(told)


def test_the_page_fix_and_its_windows(window: MainWindow, workspace: Workspace, settle: Settle) -> None:
    put_on_bench(window.session, workspace, planted())
    window.show_page("fix")
    settle()
    page = window.pages["fix"]
    assert isinstance(page, FixPage)
    page.desk.edit([(4, "nom_naissance", "DUPONT")], BOLD)
    page.windows.show_changes()
    page.tools.open_replace()
    settle()
    dialog = page.findChild(ReplaceDialog)
    assert dialog is not None and page.windows.changes is not None
    dialog.what.setText("x")
    dialog.preview()
    settle()
    assert escape(BOLD) in tips(page.windows.changes.changes.model)
    assert escape(BOLD) in tips(page.findings.causes) + look_at(page.facets)
    assert escape(BOLD) in tips(dialog.model)
    look_at(window)


def test_values_of_a_column(session: Session) -> None:
    model, contract = ValuesModel(session), small_batch().contract
    tried = Tried(local=BOLD, rows=1, becomes=BOLD, fits=True)
    model.show(contract.field("prenoms"), [tried], {})
    assert escape(BOLD) in tips(model)


def test_records_side_by_side(qapp: QApplication) -> None:
    model = RecordsModel(small_batch().contract, "fr")
    lines = (Line("nom_naissance", (BOLD, PICTURE), True, True),)
    model.show(SideBySide("TUM-01", "records", (1, 2), lines, Text("", ""), (), False), False)
    assert escape(BOLD) in tips(model) and escape(PICTURE) in tips(model)


def test_corrections_in_force(qapp: QApplication) -> None:
    model = CorrectionsModel(small_batch().contract, "fr")
    told = {"old": BOLD, "new": "1", "who": PICTURE, "when": None, "why": ""}
    model.show(pl.DataFrame([{"seq": 1, "row_id": 1, "field": "sexe"} | told]))
    assert escape(BOLD) in tips(model) and escape(PICTURE) in tips(model)


def test_no_label_is_made_another_way() -> None:
    made = {
        f"{path.name}:{call.func.id}"
        for path in Path(desktop_app.ui.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }
    assert "message_bar.py:PlainLabel" in made
    assert not [one for one in made if one.endswith((":QLabel", ":QMessageBox"))]


def test_a_button_keeps_the_ampersand_of_a_file(qapp: QApplication) -> None:
    chip = Chip("sheet", "Feuille", "R&D", "done", BOLD)
    assert chip.text().endswith("R&&D") and chip.accessibleName().endswith("R&D")
    assert words(chip.toolTip()) == escape(BOLD)
