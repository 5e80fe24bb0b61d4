"""The page Map as it lies on the screen: three panes, what is missing above them, what stays here below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop_app.ui.mapping.columns import ColumnsPane, FileColumn
from desktop_app.ui.mapping.fields import FieldsPane, required_and_missing
from desktop_app.ui.mapping.panel import FieldPanel
from desktop_app.ui.mapping.recipe_menu import RecipeMenu
from desktop_app.ui.mapping.trial import Distinct, sources_of
from desktop_app.ui.plain import PlainLabel

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.ui.session import Session
    from validation_rules.contract import Contract

_FIRST_SIZES = [450, 400, 290]  # of the three panes, on a screen of 1366 pixels
_NAMED = 3  # fields that are missing, by name


class Workbench(QWidget):
    """It decides nothing: the page tells it what to show, and listens to its parts."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        # Within their parent from the beginning: each that comes later has all within it styled once more.
        self._panes = QSplitter(Qt.Orientation.Horizontal, self)
        self.fields, self.panel = FieldsPane(session, self._panes), FieldPanel(session, self._panes)
        self.columns = ColumnsPane(session, self._panes)
        self.search, self.menu = QLineEdit(), RecipeMenu()
        self.state, self.staying = PlainLabel(), PlainLabel()
        self.next_button, self.check_button = (
            QPushButton(self.tr("Next to look at")),
            QPushButton(self.tr("Check")),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._make_head())
        column.addWidget(self._panes, 1)
        self._set_up_panes()
        column.addLayout(self._make_foot())
        self.search.textChanged.connect(self.fields.look_for)
        self.search.textChanged.connect(self.columns.look_for)
        self.next_button.clicked.connect(self.fields.next)
        self.fields.activated.connect(self.panel.choose)

    def show_columns(
        self, recipe: Recipe, contract: Contract, headers: Sequence[str], values: Distinct | None
    ) -> None:
        """The columns of the file with where each goes, and those that go nowhere."""
        goes = self._goes_to(recipe, contract, headers)
        self.columns.show_columns([FileColumn(*pair) for pair in goes.items()], values)
        staying = [header for header in headers if not goes[header]]
        words = (
            self.tr("Will not leave this computer: {columns}")
            if staying
            else self.tr("Every column is used.")
        )
        self.staying.setText(words.format(columns=", ".join(staying)))

    def show_state(self) -> None:
        """How many fields have a column, which are required and have none, where values find no match."""
        every = self.fields.lines()
        missing, unfit = required_and_missing(every), sum(line.doubtful for line in every)
        said = [
            self.tr("{n} of {all} fields have a column (* required).").format(
                n=sum(bool(line.source) for line in every), all=len(every)
            )
        ]
        if missing:
            names = ", ".join(self._session.say(line.field.label) for line in missing[:_NAMED])
            if len(missing) > _NAMED:
                more = len(missing) - _NAMED
                words = self.tr("Required and without a column: {names} and %Ln more.", "", more)
            else:
                words = self.tr("Required and without a column: {names}.")
            said.append(words.format(names=names))
        if unfit:
            said.append(self.tr("%Ln field(s) with values to recode.", "", unfit))
        self.state.setText(" ".join(said))
        self.next_button.setEnabled(any(line.to_look_at for line in every))

    def _goes_to(
        self, recipe: Recipe, contract: Contract, headers: Sequence[str]
    ) -> dict[str, tuple[str, ...]]:
        """Column of the file -> the labels of the fields that it fills."""
        goes: dict[str, tuple[str, ...]] = dict.fromkeys(headers, ())
        for column in recipe.columns:
            labels = tuple(self._session.say(contract.field(name).label) for name in column.targets)
            for header in sources_of(column, headers) if labels else ():
                if header in goes:
                    goes[header] += labels
        return goes

    def _make_head(self) -> QHBoxLayout:
        self.search.setPlaceholderText(self.tr("Find a field or a column"))
        self.search.setAccessibleName(self.tr("Find a field or a column"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.fontMetrics().averageCharWidth() * 32)
        self.state.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.state, 1)
        line.addWidget(self.search)
        line.addWidget(self.menu)
        return line

    def _set_up_panes(self) -> None:
        self._panes.setHandleWidth(5)
        self._panes.setSizes(_FIRST_SIZES)
        self._panes.setChildrenCollapsible(False)

    def _make_foot(self) -> QHBoxLayout:
        self.staying.setProperty("role", "muted")
        self.staying.setWordWrap(True)
        self.next_button.setToolTip(self.tr("Next field to look at (F8, back with Shift+F8)"))
        self.check_button.setProperty("role", "primary")
        self.check_button.setToolTip(self.tr("Map all rows and check them (Ctrl+Enter)"))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.staying, 1)
        line.addWidget(self.next_button)
        line.addWidget(self.check_button)
        return line
