"""Every version of the recipe of this shape of file: who kept it and when, and what it does otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import AppError
from desktop_app.ui.mapping.differences import differences
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.widgets.room import open_at
from desktop_app.ui.widgets.table import RowsModel, plain_table

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.core.workspace.recipe_store import RecipeVersion
    from desktop_app.ui.session import Session

_WIDE, _HIGH = 96, 32  # in average characters, and in lines


class HistoryDialog(QDialog):
    """`wanted(version)` when the person wants a version back; the page behind stays in use."""

    wanted = Signal(object)

    def __init__(
        self, session: Session, now: Recipe, versions: Sequence[RecipeVersion], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._now, self._versions = session, now, versions
        self._title = self.tr("History of the recipe")
        self.setWindowTitle(self._title)
        self.rows = RowsModel(self)
        self.table = plain_table(self.rows, self.tr("Versions of the recipe, newest first"))
        self.changes = QPlainTextEdit()
        self.restore = QPushButton(self.tr("Take this version back"))
        self._lay_out()
        self._fill()
        self.table.selectionModel().currentRowChanged.connect(self._show_version)
        self.table.activated.connect(self._restore)
        self.restore.clicked.connect(self._restore)
        open_at(self, _WIDE, _HIGH)
        if versions:
            self.table.selectRow(0)
        self._show_version()

    def version(self) -> RecipeVersion | None:
        """The version at hand."""
        row = self.table.currentIndex().row()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _lay_out(self) -> None:
        words = PlainLabel(
            self.tr(
                "A version is kept at each check that changed the recipe. Taking one back adds a version: "
                "nothing is lost."
            )
        )
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        section = PlainLabel(self.tr("What this version does otherwise than the recipe on the screen"))
        section.setProperty("role", "section")
        self.changes.setReadOnly(True)
        self.changes.setTabChangesFocus(True)
        self.changes.setAccessibleName(section.text())
        self.restore.setProperty("role", "primary")
        self.restore.setAutoDefault(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(words)
        column.addWidget(self.table, 2)
        column.addWidget(section)
        column.addWidget(self.changes, 1)
        column.addWidget(buttons)

    def _fill(self) -> None:
        table, wide = self.table, self.fontMetrics().averageCharWidth()
        table.verticalHeader().hide()
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        heads = [self.tr("Version"), self.tr("Kept"), self.tr("By"), self.tr("Remark")]
        self.rows.show(heads, [self._row(place, version) for place, version in enumerate(self._versions)])
        for section, width in enumerate((12, 26, 16)):
            table.horizontalHeader().resizeSection(section, width * wide)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def _row(self, place: int, version: RecipeVersion) -> list[str]:
        said = [self.tr("in use")] if place == 0 else []
        if version.restored is not None:
            said.append(self.tr("version {number} taken back").format(number=version.restored))
        if version.followed is not None:
            said.append(self.tr("made from the recipe of another shape of file"))
        when = self._session.moment(version.saved)
        return [self._session.number(version.number), when, version.os_user, ", ".join(said)]

    def _show_version(self) -> None:
        version, contract = self.version(), self._session.contract
        self.restore.setEnabled(False)
        if version is None or contract is None:
            self.changes.setPlainText(self.tr("No version yet: the recipe is kept at the first check."))
            return
        try:
            told = differences(self._now, version.recipe, contract)
        except AppError as error:
            self.changes.setPlainText(error.sentence(self._session.language))
            return
        self.restore.setEnabled(bool(told))
        words = "\n".join(map(self._session.say, told))
        self.changes.setPlainText(words or self.tr("Nothing: it is the recipe on the screen."))

    def _restore(self) -> None:
        version = self.version()
        if version is not None and self.restore.isEnabled():
            self.wanted.emit(version)
            self.accept()
