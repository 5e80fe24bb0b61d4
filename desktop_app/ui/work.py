"""What the session asks worker threads to do: plain functions of plain data that touch no widget.

Each returns a function of `progress` for `tasks.run`. The heavy rooms are imported here, inside, so that
the window is on the screen before they load.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.ui.tasks import Work
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.extracts import Preview
    from desktop_app.core.mapping import Draft, Recipe
    from desktop_app.core.stages import Extract, ImportOptions, Mapped
    from desktop_app.core.transport import Enrolment
    from desktop_app.core.workspace import BatchRow, Workspace
    from validation_rules.contract import Contract

DEFAULT_CONTRACT = "rnc-tumeurs"


class Site(NamedTuple):
    """This site as its registry knows it; `key_id` is empty when no key is valid today."""

    enrolment: Enrolment
    key_id: str


class Resumed(NamedTuple):
    """A batch as it was left."""

    batch: BatchRow
    preview: Preview
    extract: Extract
    recipe: Recipe
    mapped: Mapped
    bench: Bench


def preview(path: Path, changed: Mapping[str, str | int | None]) -> Work[Preview]:
    """Reads the start of a file and guesses how it is written."""

    def work(progress: Progress) -> Preview:
        from desktop_app.core.extracts import detect

        return detect(path, changed)

    return work


def read(
    path: Path, options: ImportOptions, contract: Contract | None, workspace: Workspace | None
) -> Work[tuple[Extract, Draft, Recipe]]:
    """Reads the whole file; the recipe is last month's for the same headers, else a draft."""

    def work(progress: Progress) -> tuple[Extract, Draft, Recipe]:
        from desktop_app.core.extracts import open_extract
        from desktop_app.core.mapping import draft_recipe

        extract = open_extract(path, options, progress)
        draft = draft_recipe(extract, contract or contract_named(DEFAULT_CONTRACT))
        return extract, draft, kept_recipe(extract, workspace) or draft.recipe

    return work


def kept_recipe(extract: Extract, workspace: Workspace | None) -> Recipe | None:
    """Last month's recipe for a file with the same headers."""
    from desktop_app.core.mapping import Recipe, shape_of

    kept = workspace.recipes.find(shape_of(extract)) if workspace is not None else None
    return Recipe.model_validate_json(kept) if kept is not None else None


def check(
    extract: Extract,
    recipe: Recipe,
    contract: Contract,
    workspace: Workspace,
    batch: BatchRow | None,
    name: str,
    today: date,
) -> Work[tuple[BatchRow, Mapped, Bench]]:
    """Keeps the recipe for next month, maps, checks; a batch is made at the first check of a file."""

    def work(progress: Progress) -> tuple[BatchRow, Mapped, Bench]:
        from desktop_app.core.bench import Bench
        from desktop_app.core.mapping import apply_recipe, shape_of

        mapped = apply_recipe(extract, recipe, contract, progress)
        written = recipe.to_json()
        workspace.recipes.save(shape_of(extract), written)
        row = batch_for(extract, written, contract, workspace, batch, name)
        return row, mapped, Bench.start(workspace, row.id, mapped, today, progress)

    return work


def batch_for(
    extract: Extract, recipe: str, contract: Contract, workspace: Workspace, batch: BatchRow | None, name: str
) -> BatchRow:
    """The batch at hand with its new recipe, or a new batch under a name that is not taken yet."""
    if batch is not None:
        workspace.batches.set_recipe(batch.id, recipe, extract.options)
        return workspace.batches.get(batch.id)
    taken = {row.name for row in workspace.batches.list()}
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    free = next(candidate for candidate in names if candidate not in taken)
    return workspace.batches.create(
        extract.source, contract.id, contract.version, recipe, extract.options, free
    )


def resume(workspace: Workspace, batch_id: str, today: date) -> Work[Resumed]:
    """Reads the same file again, refuses it when it changed, and replays the kept corrections."""

    def work(progress: Progress) -> Resumed:
        from desktop_app.core.bench import Bench
        from desktop_app.core.extracts import open_extract
        from desktop_app.core.mapping import Recipe, apply_recipe

        row = workspace.batches.get(batch_id)
        if not Path(row.source_path).is_file():
            raise gone()
        extract = open_extract(Path(row.source_path), row.options, progress)
        if extract.source.sha256 != row.source_sha256:
            raise altered()
        recipe = Recipe.model_validate_json(row.recipe_json)
        contract = contract_named(f"{row.contract_id}@{row.contract_version}")
        mapped = apply_recipe(extract, recipe, contract, progress)
        bench = Bench.start(workspace, row.id, mapped, today, progress)
        return Resumed(row, preview_as_read(extract), extract, recipe, mapped, bench)

    return work


def preview_as_read(extract: Extract) -> Preview:
    """The start of a file with its guesses, and with what was not guessed but chosen."""
    from desktop_app.core.extracts import detect

    guessed = detect(extract.source.path)
    chosen = {
        name: getattr(extract.options, name)
        for name in ("encoding", "separator", "quote", "header_row", "sheet")
        if getattr(extract.options, name) != getattr(guessed.options, name)
    }
    return detect(extract.source.path, chosen) if chosen else guessed


def contract_named(name: str) -> Contract:
    """A contract by id or id@version. Raises AppError when it is missing or bad."""
    from validation_rules.contract import ContractError, load_contract

    try:
        return load_contract(name)
    except ContractError as error:
        raise AppError("UI-CONTRACT", error.what, error.todo) from None


def open_site(workspace: Workspace, today: date) -> Site | None:
    """The enrolment of this site, and the key of today once its check value was found right."""
    from desktop_app.core.transport import linkage_key, load_enrolment

    enrolment = load_enrolment(workspace)
    if enrolment is None:
        return None
    try:
        key = linkage_key(enrolment, workspace.secrets, today)
    except AppError:
        return Site(enrolment, "")  # the page Send says what to do; everything else still works
    return Site(enrolment, key.key_id)


def enrol(workspace: Workspace, enrolment_file: Path, today: date) -> Work[Site | None]:
    """Makes this site known to its registry; its private keys never leave the secret store."""

    def work(progress: Progress) -> Site | None:
        from desktop_app.core.transport import enrol as ask
        from desktop_app.core.transport import save_enrolment

        enrolment = ask(enrolment_file, workspace.secrets, workspace.folder, progress=progress)
        save_enrolment(workspace, enrolment)
        return open_site(workspace, today)

    return work


def gone() -> AppError:
    """The file of a batch is not where it was."""
    return AppError(
        "UI-SOURCE-GONE",
        Text(
            "Le fichier de ce lot n’est plus à l’endroit où il a été ouvert.",
            "The file of this batch is no longer where it was opened.",
        ),
        Text(
            "Remettez-le à sa place, puis ouvrez de nouveau le lot : vos corrections sont conservées.",
            "Put it back, then open the batch again: your corrections are kept.",
        ),
    )


def altered() -> AppError:
    """The file of a batch is not the one that was read."""
    return AppError(
        "UI-SOURCE-CHANGED",
        Text(
            "Le fichier de ce lot a changé depuis sa première lecture.",
            "The file of this batch has changed since it was first read.",
        ),
        Text(
            "Remettez la version d’origine, ou créez un nouveau lot avec le fichier modifié.",
            "Put the original version back, or make a new batch from the changed file.",
        ),
    )
