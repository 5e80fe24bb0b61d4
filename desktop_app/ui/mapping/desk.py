"""A recipe tried on the file at hand, off the UI thread: each column once, and again when it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.progress import Progress
from desktop_app.ui import tasks
from desktop_app.ui.mapping.detail import Detail, detail
from desktop_app.ui.mapping.edits import column_for
from desktop_app.ui.mapping.trial import ColumnTrial, Distinct, distinct, try_recipe

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.core.stages import Extract
    from validation_rules.contract import Contract

Key = tuple[str, str]  # a field, and the JSON of the column that fills it


class TrialDesk(QObject):
    """`counted()` when the values of the file are known; `tried()` when a recipe was tried on them;
    `detailed(field)` when the effects of its steps and the suggestions for it are."""

    counted = Signal()
    tried = Signal()
    detailed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values: Distinct | None = None
        self._of: Extract | None = None
        self._known: dict[str, ColumnTrial] = {}  # by the JSON of the column
        self._details: dict[Key, Detail] = {}
        self._trying: tasks.Job | None = None
        self._detailing: tasks.Job | None = None
        self._wanted: Key = ("", "")

    @property
    def idle(self) -> bool:
        """Whether it has no file."""
        return self._of is None

    def take(self, extract: Extract | None) -> None:
        """Counts the values of another file; None: there is no file."""
        self._of, self.values, self._known, self._details = extract, None, {}, {}
        _stop(self._trying, self._detailing)
        self._trying = self._detailing = None
        if extract is not None:
            label = self.tr("Counting the values")
            tasks.run(self, count(extract), self._counted, label=label, lane="io")

    def try_out(self, recipe: Recipe, contract: Contract) -> None:
        """Tries what is not known yet of a recipe; an earlier trial that is still under way is given up."""
        _stop(self._trying)
        values, known = self.values, dict(self._known)
        if values is None:
            return

        def work(progress: Progress) -> dict[str, ColumnTrial]:
            return try_recipe(values, recipe, contract, known, progress)

        self._trying = tasks.run(self, work, self._tried, lane="io")

    def trials(self, recipe: Recipe) -> dict[str, ColumnTrial]:
        """Field -> the trial of the column that fills it, as far as it is known."""
        filling = (column for column in recipe.columns if column.targets)
        known = ((column.targets, self._known.get(column.model_dump_json())) for column in filling)
        return {name: trial for targets, trial in known if trial is not None for name in targets}

    def ask(self, field: str, recipe: Recipe, contract: Contract) -> Detail | None:
        """The detail of a field when it is known; else it is worked out, and `detailed` tells."""
        column, values = column_for(recipe, field), self.values
        trial = self.trials(recipe).get(field)
        if column is None or values is None or trial is None:
            return None
        key, about, now, tried = (field, column.model_dump_json()), contract.field(field), column, trial
        if key in self._details:
            return self._details[key]
        if self._detailing is None or key != self._wanted:
            _stop(self._detailing)
            self._wanted = key

            def work(progress: Progress) -> tuple[Key, Detail]:
                return key, detail(values, recipe, now, about, tried, contract)

            self._detailing = tasks.run(self, work, self._detailed, lane="io")
        return None

    def _counted(self, counted: Distinct) -> None:
        if counted.extract is self._of:
            self.values = counted
            self.counted.emit()

    def _tried(self, tried: dict[str, ColumnTrial]) -> None:
        self._trying = None
        self._known |= tried
        self.tried.emit()

    def _detailed(self, found: tuple[Key, Detail]) -> None:
        self._detailing = None
        self._details[found[0]] = found[1]
        self.detailed.emit(found[0][0])


def _stop(*jobs: tasks.Job | None) -> None:
    for job in jobs:
        if job is not None:
            job.cancel()


def count(extract: Extract) -> tasks.Work[Distinct]:
    """Counts the values of the extract on a worker thread."""

    def work(progress: Progress) -> Distinct:
        return distinct(extract, progress)

    return work
