"""A kept recipe, or one from outside, and what changed in the file at hand since it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.progress import Progress
from desktop_app.ui.tasks import Work
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.core.mapping.drift import Drift
    from desktop_app.core.stages import Extract
    from desktop_app.core.workspace import Workspace
    from validation_rules.contract import Contract


@dataclass(frozen=True, slots=True)
class Drifted:
    """`drifts` of a file against `recipe`.

    `saved` is when the site kept it; `shape` the shape of file that it was kept for, None when it is that of
    the file; `name` its file name when it comes from outside.
    """

    recipe: Recipe = field(repr=False)
    drifts: tuple[Drift, ...]
    saved: datetime | None = None
    shape: str | None = None
    name: str = ""


def look(extract: Extract, contract: Contract, workspace: Workspace) -> Work[Drifted | None]:
    """The kept recipe of this shape of file, else of the nearest one, when the file has drifted from it."""

    def work(progress: Progress) -> Drifted | None:
        from desktop_app.core.flow import kept_recipe, nearest_recipe
        from desktop_app.core.mapping import shape_of
        from desktop_app.core.mapping.drift import drift

        kept, shape = kept_recipe(extract, workspace), shape_of(extract)
        if kept is None or kept.contract_id != contract.id:
            near = nearest_recipe(extract, workspace, contract.id)
            if near is None:
                return None
            kept, shape = near.recipe, near.shape
        drifts = drift(extract, kept, contract, progress)
        saved = next((one.saved for one in workspace.recipes.list() if one.shape == shape), None)
        other = None if shape == shape_of(extract) else shape
        return Drifted(kept, drifts, saved, other) if drifts else None

    return work


def from_outside(path: Path, extract: Extract, contract: Contract) -> Work[Drifted]:
    """A recipe in a file, checked, and what the file at hand has otherwise. AppError when it is unusable."""

    def work(progress: Progress) -> Drifted:
        from desktop_app.core.mapping import load_recipe
        from desktop_app.core.mapping.apply import check_contract
        from desktop_app.core.mapping.drift import drift

        recipe = load_recipe(path)
        check_contract(recipe, contract)
        return Drifted(recipe, drift(extract, recipe, contract, progress), name=path.name)

    return work


def give_away(
    recipe: Recipe, contract: Contract, path: Path, own: tuple[Path, ...]
) -> Work[tuple[Text, ...]]:
    """Writes the recipe without what could be a patient's; what was left out is said, without the values.

    AppError when the place cannot be written to, or is the extract itself.
    """

    def work(progress: Progress) -> tuple[Text, ...]:
        from desktop_app.core.mapping.sharing import shareable
        from desktop_app.core.saving import save_text

        shared = shareable(recipe, contract)
        save_text(path, [shared.recipe.to_json()], own)
        return shared.left_out

    return work
