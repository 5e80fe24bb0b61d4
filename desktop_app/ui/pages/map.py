"""Map: which column fills which contract field, and what its local values become."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from desktop_app.ui.mapping import edits, recipe_menu
from desktop_app.ui.mapping.desk import TrialDesk
from desktop_app.ui.mapping.detail import Detail
from desktop_app.ui.mapping.drift_view import DriftView
from desktop_app.ui.mapping.drifted import Drifted
from desktop_app.ui.mapping.history import HistoryDialog
from desktop_app.ui.mapping.model import lines
from desktop_app.ui.mapping.recipe_room import RecipeRoom
from desktop_app.ui.mapping.workbench import Workbench
from desktop_app.ui.session import Session
from desktop_app.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.core.stages import Extract
    from desktop_app.core.workspace.recipe_store import RecipeVersion

EMPTY, MAPPING, DRIFT = range(3)
MANY_ROWS = 200_000
Edited = tuple["Recipe", frozenset[str]]


class MapPage(QWidget):
    """Fields on the left, the field at hand in the middle, the file's columns on the right."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.recipe: Recipe | None = None
        self._of: Extract | None = None
        self._followed: str | None = None  # the shape whose recipe this one was made from
        self._chosen: frozenset[str] = frozenset()
        self._past: list[Edited] = []
        self._future: list[Edited] = []
        self.desk, self.room = TrialDesk(self), RecipeRoom(session, self)
        self.bench = Workbench(session, self)
        self.fields, self.panel, self.columns = self.bench.fields, self.bench.panel, self.bench.columns
        self.search, self.menu, self.check_button = (
            self.bench.search,
            self.bench.menu,
            self.bench.check_button,
        )
        self.model, self.table = self.fields.model, self.fields.table
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)
        self.refresh()

    @cached_property
    def drifts(self) -> DriftView:
        """What has changed since the recipe was made: few files have it, and the window starts without."""
        made = DriftView(self.session, self)
        made.went_on.connect(self._went_on)
        made.started_anew.connect(self._start_anew)
        self._stack.insertWidget(DRIFT, made)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.session.reopening.read_source()
        if self._of is not None and self.desk.idle:
            self.desk.take(self._of)

    def hideEvent(self, event: QHideEvent) -> None:
        """The values of a large file take as much room as a tenth of it: they are counted again when the
        page comes back."""
        super().hideEvent(event)
        if self._of is not None and self._of.frame.height >= MANY_ROWS and not event.spontaneous():
            self.desk.take(None)
            self._show()

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
        if extract is None:
            if self._of is not None:
                self.desk.take(None)
                self.room.forget()
                self.columns.show_columns((), None)
            self._of = self.recipe = None
            self._stack.setCurrentIndex(EMPTY)
            return
        fresh = extract is not self._of
        if fresh or self.session.recipe is not self.recipe:
            self.recipe, self._past, self._future = self.session.recipe, [], []
            self._chosen = self._kept(self.session.recipe)
        if fresh:
            self._of, self._followed = extract, None
            self._stack.setCurrentIndex(MAPPING)
            self.setFocusProxy(self.table)
            self.room.compare()  # before the counting: the button waits for it
            self.desk.take(extract)
        self._show()

    def _kept(self, recipe: Recipe | None) -> frozenset[str]:
        """The fields that a person settled before: all those of a recipe that the program did not guess, and
        the dates of its guess once the person has said which of day and month comes first."""
        if recipe is None or self.session.extract is None:
            return frozenset()
        answered = getattr(self.session.extract.options, "date_order", None) is not None
        if self.session.draft is None or recipe is not self.session.draft.recipe:
            return frozenset(recipe.targets)
        dated = (column for column in recipe.columns if answered and column.date_formats)
        return frozenset(name for column in dated for name in column.targets)

    def check(self) -> None:
        """Keeps the recipe, maps and checks; progress and cancel are in the strip of the window."""
        if self._stack.currentIndex() == DRIFT:
            self.drifts.go_on.click()
        elif self.recipe is not None and self.check_button.isEnabled():
            self.session.check(self.recipe, self._followed)

    def edit(self, recipe: Recipe, *fields: str) -> None:
        """The person changed the recipe; `fields` are the contract fields it was about."""
        if self.recipe is None or recipe == self.recipe:
            return
        self._past.append((self.recipe, self._chosen))
        self._future.clear()
        self._take(recipe, self._chosen.union(fields) if fields else self._kept(recipe))

    def undo(self) -> None:
        """Takes the last change back."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Makes it again."""
        self._step(self._future, self._past)

    def _step(self, back: list[Edited], forth: list[Edited]) -> None:
        if back and self.recipe is not None:
            forth.append((self.recipe, self._chosen))
            self._take(*back.pop())

    def _take(self, recipe: Recipe, chosen: frozenset[str]) -> None:
        # The session keeps it too: a page that is made again, for another language, goes on from there.
        self.recipe = self.session.recipe = recipe
        self._chosen = chosen
        self._show()
        self._try()

    def _lay_out(self) -> None:
        self._stack = QStackedLayout(self)
        empty = EmptyState(
            "map",
            self.tr("No columns yet"),
            self.tr("Load a file: its columns are mapped here to the fields of the contract."),
        )
        for widget in (empty, self.bench):
            self._stack.addWidget(widget)

    def _connect(self) -> None:
        self.fields.shown.connect(self._show_field)
        self.fields.dropped.connect(self._source)
        self.columns.assigned.connect(self._assigned)
        self.panel.sourced.connect(self._assigned)
        self.panel.confirmed.connect(self._confirm)
        self.panel.defaulted.connect(self._default)
        self.panel.recoded.connect(self._recode)
        self.panel.stepped.connect(self._change_step)
        self.panel.step_added.connect(self._add_step)
        self.menu.asked.connect(self._asked)
        self.room.compared.connect(self._compared)
        self.room.brought.connect(self._brought)
        self.room.listed.connect(self._show_history)
        self.room.back.connect(self.edit)
        self.check_button.clicked.connect(self.check)
        for keys, action in (
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
            (QKeySequence("Ctrl+Return"), self.check),
            (QKeySequence("F8"), self.fields.next),
            (QKeySequence("Shift+F8"), self.fields.previous),
        ):
            QShortcut(keys, self, action)
        self.desk.counted.connect(self._counted)
        self.desk.tried.connect(self._show)
        self.desk.detailed.connect(self._detailed)
        self.session.changed.connect(self._changed)

    def _counted(self) -> None:
        self._show()
        self._try()

    def _try(self) -> None:
        if self.recipe is not None and self.session.contract is not None:
            self.desk.try_out(self.recipe, self.session.contract)

    def _detailed(self, field: str) -> None:
        line, contract = self.fields.line(), self.session.contract
        if line is None or line.field.name != field or self.recipe is None or contract is None:
            return
        found = self.desk.ask(field, self.recipe, contract)
        if found is not None:
            kept = self.panel.keep_row()
            self.panel.show_detail(line, found)
            self.panel.take_row(kept)

    # What the person does to the field at hand.

    def _field(self) -> str:
        line = self.fields.line()
        return line.field.name if line is not None else ""

    def _source(self, field: str, header: str) -> None:
        if self.recipe is not None and field:
            self.edit(edits.assign(self.recipe, field, header or None, self.session.draft), field)

    def _assigned(self, header: str) -> None:
        self._source(self._field(), header)

    def _confirm(self) -> None:
        """The guess for the field at hand is right as it is."""
        if self.recipe is not None:
            self._past.append((self.recipe, self._chosen))
            self._take(self.recipe, self._chosen | {self._field()})

    def _default(self, value: str) -> None:
        if self.recipe is not None:
            self.edit(edits.set_default(self.recipe, self._field(), value), self._field())

    def _recode(self, codes: dict[str, str]) -> None:
        if self.recipe is not None:
            self.edit(edits.set_recodes(self.recipe, self._field(), codes), self._field())

    def _change_step(self, step: str, value: Any) -> None:
        if self.recipe is not None:
            self.edit(edits.change_step(self.recipe, self._field(), step, value), self._field())

    def _add_step(self, step: str) -> None:
        contract, extract = self.session.contract, self.session.extract
        if self.recipe is not None and contract is not None and extract is not None:
            field = contract.field(self._field())
            changed = edits.add_step(self.recipe, field, step, extract.columns, contract.field_names)
            self.edit(changed, field.name)

    # What the page shows.

    def _show(self) -> None:
        contract, extract = self.session.contract, self.session.extract
        if contract is None or extract is None or self.recipe is None:
            return
        made = lines(
            contract,
            self.recipe,
            self.session.draft,
            self.desk.trials(self.recipe),
            self._chosen,
            extract.columns,
            self.session.language,
        )
        self.fields.show_lines(made)
        self.bench.show_columns(self.recipe, contract, extract.columns, self.desk.values)
        self._show_field()
        self._show_state()

    def _show_state(self) -> None:
        self.bench.show_state()
        self.check_button.setEnabled(not self.room.comparing)
        for what, possible in (
            (recipe_menu.UNDO, bool(self._past)),
            (recipe_menu.REDO, bool(self._future)),
            (recipe_menu.DRIFT, self.room.found is not None),
            (recipe_menu.DRAFT, self.session.draft is not None),
        ):
            self.menu.allow(what, possible)

    def _show_field(self) -> None:
        extract, contract, line = self.session.extract, self.session.contract, self.fields.line()
        if line is None or self.recipe is None or extract is None or contract is None:
            return
        kept = self.panel.keep_row()
        trial = self.desk.trials(self.recipe).get(line.field.name)
        found = self.desk.ask(line.field.name, self.recipe, contract) or Detail()
        self.panel.show_line(line, self.recipe, extract.columns, contract, trial, found)
        self.panel.take_row(kept)
        self.columns.show_field(self.session.say(line.field.label), line.sources[0] if line.sources else "")

    # The recipe as a whole.

    def _asked(self, what: str) -> None:
        if what == recipe_menu.UNDO:
            self.undo()
        elif what == recipe_menu.REDO:
            self.redo()
        elif what == recipe_menu.HISTORY:
            self.room.list_versions()
        elif what == recipe_menu.DRIFT and self.room.found is not None:
            self.show_drift(self.room.found)
        elif what == recipe_menu.DRAFT and self.session.draft is not None:
            self.edit(self.session.draft.recipe)
        elif what == recipe_menu.IMPORT:
            self._import()
        elif what == recipe_menu.EXPORT:
            self._export()

    def show_drift(self, found: Drifted) -> None:
        """What changed since a recipe was made; the person accepts one or all before going on."""
        self.drifts.show_drifts(found)
        self._stack.setCurrentIndex(DRIFT)
        self.setFocusProxy(self.drifts)
        if self.isVisible():
            self.drifts.setFocus()

    def _compared(self) -> None:
        if self.room.found is not None and self._stack.currentIndex() == MAPPING:
            self.show_drift(self.room.found)
        self._show_state()

    def _brought(self, found: Drifted) -> None:
        if found.drifts:
            self.show_drift(found)
            return
        self.edit(found.recipe)
        self.session.message.emit(self.tr("The recipe “{name}” fits this file.").format(name=found.name))

    def _went_on(self, recipe: Recipe, accepted: int) -> None:
        self._back_to_mapping()
        self._followed = self.drifts.shape
        self.edit(recipe)
        self.session.message.emit(self.tr("%Ln change(s) of the recipe accepted.", "", accepted))

    def _start_anew(self) -> None:
        self._back_to_mapping()
        self._followed = None
        if self.session.draft is not None:
            self.edit(self.session.draft.recipe)

    def _back_to_mapping(self) -> None:
        self._stack.setCurrentIndex(MAPPING)
        self.setFocusProxy(self.table)
        self.table.setFocus()

    def _show_history(self, versions: Sequence[RecipeVersion]) -> None:
        if self.recipe is not None:
            dialog = HistoryDialog(self.session, self.recipe, versions, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.wanted.connect(self.room.bring_back)
            dialog.open()

    def _import(self) -> None:
        kinds = self.tr("Recipes (*.json);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import a recipe"), "", kinds)
        if name:
            self.room.read(Path(name))

    def _export(self) -> None:
        kinds = self.tr("Recipes (*.json);;All files (*)")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Export the recipe"), "recette.json", kinds)
        if name and self.recipe is not None:
            self.room.write(self.recipe, Path(name))

    def _changed(self, change: str) -> None:
        if change in ("extract", "mapping", "settings"):
            self.refresh()
