"""What is done with a recipe as a whole: compare, bring back, import, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.ui import tasks
from desktop_app.ui.mapping import drifted
from desktop_app.ui.mapping.drifted import Drifted

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.core.stages import Extract
    from desktop_app.core.workspace import Workspace
    from desktop_app.core.workspace.recipe_store import RecipeVersion
    from desktop_app.ui.session import Session
    from validation_rules.text import Text


class RecipeRoom(QObject):
    """`compared()` when it is known whether the file drifted (`found`); `brought(Drifted)` a recipe from
    outside; `listed(versions)` the history; `back(recipe)` a version that was taken back."""

    compared = Signal()
    brought = Signal(object)
    listed = Signal(object)
    back = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: tasks.Job | None = None
        self.found: Drifted | None = None

    @property
    def comparing(self) -> bool:
        """Whether it is not known yet if the file drifted."""
        return self._job is not None

    def forget(self) -> None:
        """Another file is at hand."""
        if self._job is not None:
            self._job.cancel()
        self._job = self.found = None

    def compare(self) -> None:
        """Looks off the UI thread for a kept recipe, and for what changed in the file since it was made."""
        self.forget()
        session = self._session
        if session.extract is None or session.contract is None or session.workspace is None:
            return
        if session.batch is None:  # a batch has its recipe already
            look = drifted.look(session.extract, session.contract, session.workspace)
            label = self.tr("Comparing with the recipe")
            self._job = tasks.run(self, look, self._found, self._not_found, label=label, lane="io")

    def read(self, path: Path) -> None:
        """A recipe from outside: checked, and compared with the file at hand."""
        session = self._session
        if session.extract is not None and session.contract is not None:
            job = drifted.from_outside(path, session.extract, session.contract)
            tasks.run(
                self, job, self.brought.emit, session.fail, label=self.tr("Reading the recipe"), lane="io"
            )

    def write(self, recipe: Recipe, path: Path) -> None:
        """Gives the recipe away, without what could be a patient's."""
        session = self._session
        if session.extract is not None and session.contract is not None:
            job = drifted.give_away(recipe, session.contract, path, session.own_files)
            tasks.run(self, job, self._written, session.fail, label=self.tr("Writing the recipe"), lane="io")

    def list_versions(self) -> None:
        """The history of the recipe of this shape of file."""
        session = self._session
        if session.extract is None or session.workspace is None:
            return
        extract, workspace = session.extract, session.workspace

        def work(progress: Progress) -> Sequence[RecipeVersion]:
            from desktop_app.core.mapping import shape_of

            return workspace.recipes.versions(shape_of(extract))

        tasks.run(self, work, self.listed.emit, session.fail, lane="io")

    def bring_back(self, version: RecipeVersion) -> None:
        """An earlier version is in use again, as a new version."""
        session = self._session
        if session.extract is None or session.workspace is None:
            return
        extract, workspace = session.extract, session.workspace
        tasks.run(self, _restore(workspace, extract, version.number), self._back, session.fail, lane="io")

    def _found(self, found: Drifted | None) -> None:
        self._job, self.found = None, found
        self.compared.emit()

    def _not_found(self, error: AppError) -> None:
        self._job = None
        self._session.fail(error)
        self.compared.emit()

    def _back(self, version: RecipeVersion) -> None:
        self._session.note_saved()
        self.back.emit(version.recipe)

    def _written(self, left_out: Sequence[Text]) -> None:
        said = [self.tr("The recipe was written."), *map(self._session.say, left_out)]
        self._session.message.emit(" ".join(said))


def _restore(workspace: Workspace, extract: Extract, number: int) -> tasks.Work[RecipeVersion]:
    def work(progress: Progress) -> RecipeVersion:
        from desktop_app.core.mapping import shape_of

        return workspace.recipes.restore(shape_of(extract), number)

    return work
