"""Map: which column fills which contract field, and what its local values become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.progress import Progress
from desktop_app.ui import tasks
from desktop_app.ui.mapping import edits
from desktop_app.ui.mapping.model import CONFIDENCE, FIELD, SAMPLES, SOURCE, MapModel, lines
from desktop_app.ui.mapping.panel import DATE_FORMS, FieldPanel
from desktop_app.ui.mapping.trial import Distinct, Tried, distinct, try_recipe
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState
from desktop_app.ui.widgets.table import plain_table

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.core.stages import Extract


class MapPage(QWidget):
    """Fields on the left, the field at hand on the right, and one button: check."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.recipe: Recipe | None = None
        self._distinct: Distinct | None = None
        self._of: Extract | None = None
        self._tried: dict[str, list[Tried]] = {}
        self._chosen: set[str] = set()
        self._waiting: tasks.Job | None = None
        self.model = MapModel(session, self)
        self._filter = QSortFilterProxyModel(self)
        self._filter.setSourceModel(self.model)
        self._filter.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._filter.setFilterKeyColumn(-1)
        self.table = plain_table(self._filter, self.tr("Contract fields"))
        self.panel = FieldPanel(session)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)
        self.refresh()

    def title(self) -> str:
        """The name of the page."""
        return self.tr("Map")

    def purpose(self) -> str:
        """What the page is for, in one line."""
        return self.tr(
            "Say which of your columns fills which field of the contract. The choice is kept for next month."
        )

    def refresh(self) -> None:
        """Takes the recipe of the session; a new extract is counted off the UI thread first."""
        extract = self.session.extract
        self._stack.setCurrentIndex(0 if extract is None else 1)
        if extract is None:
            self._of = self._distinct = self.recipe = None
            return
        if self.session.recipe is not self.recipe:
            self.recipe, self._chosen = self.session.recipe, set()
        if extract is not self._of:
            self._of, self._distinct, self._tried = extract, None, {}
            tasks.run(self, count(extract), self._counted, label=self.tr("Counting the values"), lane="io")
        self._show()

    def check(self) -> None:
        """Keeps the recipe, maps and checks; progress and cancel are in the strip of the window."""
        if self.recipe is not None and self.check_button.isEnabled():
            self.session.check(self.recipe)

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        empty = EmptyState(
            "map",
            self.tr("No columns yet"),
            self.tr("Load a file: its columns are mapped here to the fields of the contract."),
        )
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._make_head())
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.panel)
        self.splitter.setHandleWidth(5)
        self.splitter.setSizes([740, 400])
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setChildrenCollapsible(False)
        column.addWidget(self.splitter, 1)
        column.addLayout(self._make_foot())
        self._set_up_table()
        self._stack.addWidget(empty)
        self._stack.addWidget(page)

    def _make_head(self) -> QHBoxLayout:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find a field or a column"))
        self.search.setAccessibleName(self.tr("Find a field or a column"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.fontMetrics().averageCharWidth() * 40)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus)
        self._state = QLabel()
        self._state.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._state, 1)
        line.addWidget(self.search)
        return line

    def _make_foot(self) -> QHBoxLayout:
        self._staying = QLabel()
        self._staying.setProperty("role", "muted")
        self._staying.setWordWrap(True)
        self.check_button = QPushButton(self.tr("Check"))
        self.check_button.setProperty("role", "primary")
        self.check_button.setToolTip(self.tr("Map all rows and check them (Ctrl+Enter)"))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.check)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._staying, 1)
        line.addWidget(self.check_button)
        return line

    def _set_up_table(self) -> None:
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(self.table.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        header, wide = self.table.horizontalHeader(), self.fontMetrics().averageCharWidth()
        for section, width in ((FIELD, 40), (SOURCE, 24), (CONFIDENCE, 18)):
            header.resizeSection(section, width * wide)
        header.setSectionResizeMode(SAMPLES, QHeaderView.ResizeMode.Stretch)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter.setFilterFixedString)
        self.table.selectionModel().currentRowChanged.connect(self._show_field)
        self.table.activated.connect(self._go_to_source)
        self.panel.sourced.connect(self._source)
        self.panel.defaulted.connect(self._default)
        self.panel.recoded.connect(self._recode)
        self.panel.dated.connect(self._date)
        self.check_button.clicked.connect(self.check)
        self.session.changed.connect(self._changed)

    def _counted(self, counted: Distinct) -> None:
        self._distinct = counted
        self._try()

    def _try(self) -> None:
        if self._distinct is None or self.recipe is None or self.session.contract is None:
            return
        if self._waiting is not None:
            self._waiting.cancel()
        values, recipe, contract = self._distinct, self.recipe, self.session.contract
        self._waiting = tasks.run(
            self, lambda progress: try_recipe(values, recipe, contract), self._show_trial, lane="io"
        )

    def _show_trial(self, tried: dict[str, list[Tried]]) -> None:
        self._waiting, self._tried = None, tried
        self._show()

    def _edit(self, field: str, recipe: Recipe) -> None:
        self.recipe = recipe
        self._chosen.add(field)
        self._show()
        self._try()

    def _source(self, field: str, header: str) -> None:
        if self.recipe is not None:
            self._tried.pop(field, None)
            self._edit(field, edits.assign(self.recipe, field, header or None, self.session.draft))

    def _default(self, field: str, value: str) -> None:
        if self.recipe is not None:
            self._edit(field, edits.set_default(self.recipe, field, value))

    def _recode(self, field: str, local: str, code: str) -> None:
        if self.recipe is not None:
            self._edit(field, edits.set_recode(self.recipe, field, local, code))

    def _date(self, field: str, words: str) -> None:
        forms = [form.strip() for form in words.split(",") if form.strip() in DATE_FORMS]
        if self.recipe is not None:
            self._edit(field, edits.set_date_forms(self.recipe, field, forms))

    def _show(self) -> None:
        contract, extract = self.session.contract, self.session.extract
        if contract is None or extract is None or self.recipe is None:
            return
        draft, language = self.session.draft, self.session.language
        self.model.show(lines(contract, self.recipe, draft, self._tried, frozenset(self._chosen), language))
        if not self.table.currentIndex().isValid():
            self.table.selectRow(self._first_to_look_at())
        self._show_field(self.table.currentIndex())
        self._show_state()
        staying = edits.unused(self.recipe, extract.columns)
        words = (
            self.tr("Will not leave this computer: {columns}")
            if staying
            else self.tr("Every column is used.")
        )
        self._staying.setText(words.format(columns=", ".join(staying)))

    def _first_to_look_at(self) -> int:
        rows = range(self.model.rowCount())
        doubtful = ("choose", "likely")
        wanted = (
            row
            for row in rows
            if self.model.line(row).confidence in doubtful or self.model.line(row).doubtful
        )
        return next(wanted, 0)

    def _show_state(self) -> None:
        every = [self.model.line(row) for row in range(self.model.rowCount())]
        missing = [line for line in every if line.field.required == "yes" and not line.source]
        unfit = sum(line.doubtful for line in every)
        said = [
            self.tr("{n} of {all} fields have a column (* required).").format(
                n=sum(bool(x.source) for x in every), all=len(every)
            )
        ]
        if missing:
            names = ", ".join(self.session.say(line.field.label) for line in missing[:3])
            said.append(self.tr("Required and without a column: {names}.").format(names=names))
        if unfit:
            said.append(self.tr("%Ln field(s) with values to recode.", "", unfit))
        self._state.setText(" ".join(said))

    def _show_field(self, index: QModelIndex) -> None:
        extract = self.session.extract
        row = self._filter.mapToSource(index).row()
        if row < 0 or self.recipe is None or extract is None:
            return
        line = self.model.line(row)
        self.panel.show_line(line, self.recipe, extract.columns, self._tried.get(line.field.name, []))

    def _go_to_source(self) -> None:
        self.panel.choose()

    def _changed(self, change: str) -> None:
        if change in ("extract", "mapping", "settings"):
            self.refresh()


def count(extract: Extract) -> tasks.Work[Distinct]:
    """Counts the values of the extract on a worker thread."""

    def work(progress: Progress) -> Distinct:
        return distinct(extract)

    return work
