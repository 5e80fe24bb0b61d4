"""Load, map, check as whole steps on a workspace: the same for the window and the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core.bench import Bench
from desktop_app.core.errors import AppError
from desktop_app.core.extracts import detect, open_extract
from desktop_app.core.kept import kept_findings, kept_rows
from desktop_app.core.mapping import Recipe, apply_recipe, parse_recipe, shape_of
from desktop_app.core.months.carrying import carry_over, outlook
from desktop_app.core.progress import Progress, silent
from desktop_app.core.workspace.retention import purged, purged_batch
from validation_rules.contract import Contract, ContractError, load_contract
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.months.carrying import Carried
    from desktop_app.core.stages import Extract, Mapped
    from desktop_app.core.workspace import BatchRow, Workspace


_HALF = 0.5
SITE_RULES = "site_rules"  # the setting that names the file of the site's own rules


class OnBench(NamedTuple):
    """A batch at hand: its row in the workspace, the extract, its contract rows, and their bench.

    `extract` is None when the rows were kept: the file need not be read for them (see `source_of`).
    """

    row: BatchRow
    extract: Extract | None
    mapped: Mapped
    bench: Bench
    carried: Carried | None = None


def kept_recipe(extract: Extract, workspace: Workspace, contract_id: str | None = None) -> Recipe | None:
    """Last month's recipe for a file with the same headers; of one contract only when that is given."""
    kept = workspace.recipes.find(shape_of(extract))
    recipe = Recipe.model_validate_json(kept) if kept is not None else None
    return recipe if recipe is None or contract_id in (None, recipe.contract_id) else None


class NearRecipe(NamedTuple):
    """A kept recipe of a shape that this file resembles: its shape, and the share of its columns found."""

    shape: str
    recipe: Recipe
    share: float


def nearest_recipe(extract: Extract, workspace: Workspace, contract_id: str) -> NearRecipe | None:
    """The kept recipe whose columns this file mostly has, for when its shape has drifted; the latest.

    None when no recipe of the contract finds half of its columns.
    """
    from desktop_app.core.mapping.drift import share_found

    best: NearRecipe | None = None
    for kept in workspace.recipes.list():
        try:
            recipe = parse_recipe(kept.recipe_json)
        except AppError:
            continue  # kept by another version of the program
        share = share_found(extract.columns, recipe)
        if recipe.contract_id == contract_id and share >= _HALF and (best is None or share > best.share):
            best = NearRecipe(kept.shape, recipe, share)
    return best


def read_by(path: Path, recipe: Recipe, progress: Progress = silent) -> Extract:
    """A file as its recipe says, or as it looks when the recipe no longer reads it: `drift` tells of it.

    AppError when it can be read in neither way: that of the file itself.
    """
    from desktop_app.core.mapping import import_options
    from desktop_app.core.mapping.drift import share_found

    try:
        stated = open_extract(path, import_options(recipe, path), progress)
    except AppError:
        return open_extract(path, None, progress)
    if share_found(stated.columns, recipe) == 1 or recipe.format in (None, "fixed_width"):
        return stated
    looks = detect(path).options
    if looks == stated.options:
        return stated
    guessed = open_extract(path, looks, progress)
    better = share_found(guessed.columns, recipe) > share_found(stated.columns, recipe)
    return guessed if better else stated


def mapped_through(
    extract: Extract, recipe: Recipe, contract: Contract, progress: Progress = silent
) -> Mapped:
    """The contract rows of an extract. AppError as `apply_recipe`, and when no cell reaches a field.

    Without a row there is no finding either: a file that is not the right one must not look clean.
    """
    mapped = apply_recipe(extract, recipe, contract, progress)
    if mapped.frame.is_empty():
        raise nothing_mapped()
    return mapped


def put_on_bench(
    workspace: Workspace,
    extract: Extract,
    recipe: Recipe,
    contract: Contract,
    day: date,
    *,
    batch: BatchRow | None = None,
    name: str = "",
    carry: bool = True,
    followed: str | None = None,
    progress: Progress = silent,
) -> OnBench:
    """Keep the recipe for next month, map, check; `batch` None makes a new one under `name`.

    `followed` is the shape whose recipe it was made from, when the file had drifted.
    Corrections of the batches made before this one hold again, in one step that can be undone, on records
    that still have the value that was corrected; not with `carry` False. The site's own rules, when the
    workspace names them, are checked along with the contract's.
    """
    contract = with_site_rules(contract, workspace)
    mapped = mapped_through(extract, recipe, contract, progress)
    written = recipe.to_json()
    workspace.recipes.save(shape_of(extract), written, followed=followed)
    carried = outlook(workspace, mapped, None if batch is None else batch.id, progress) if carry else None
    # Together: a batch that is there without what is carried into it would never get it.
    with workspace.together():
        batch = _kept_batch(workspace, extract, contract, written, batch, name)
        if carried is not None:
            carried = carry_over(workspace, batch.id, mapped, carried)
    bench = Bench.start(workspace, batch.id, mapped, day, progress)
    return OnBench(batch, extract, mapped, bench, carried)


def _kept_batch(
    workspace: Workspace, extract: Extract, contract: Contract, recipe: str, batch: BatchRow | None, name: str
) -> BatchRow:
    """The batch with this recipe; a new one when there is none yet."""
    if batch is not None:
        workspace.batches.set_recipe(batch.id, recipe, extract.options)
        return workspace.batches.get(batch.id)
    named = _free_name(workspace, name)
    return workspace.batches.create(
        extract.source, contract.id, contract.version, recipe, extract.options, named
    )


def resume(workspace: Workspace, batch_id: str, day: date, progress: Progress = silent) -> OnBench:
    """Take up a batch where it was left: same file, same recipe, the kept log of corrections.

    Rows and findings that were kept are used as far as they hold.
    AppError `workspace.purged`, `flow.source_gone`, `flow.source_changed`, and what reading the file raises.
    """
    row = workspace.batches.get(batch_id)
    mapped = known = extract = None
    if row.id not in purged(workspace) and row.source_path.is_file():
        contract = with_site_rules(_contract(f"{row.contract_id}@{row.contract_version}"), workspace)
        mapped, altered = kept_rows(workspace, row, contract, progress)
        if altered:
            raise _altered()
        known = kept_findings(workspace, row, contract) if mapped is not None else None
    if mapped is None:
        extract, mapped = mapped_again(workspace, row, progress)
    return OnBench(row, extract, mapped, Bench.start(workspace, row.id, mapped, day, progress, known))


def mapped_again(
    workspace: Workspace, row: BatchRow, progress: Progress = silent, file: Path | None = None
) -> tuple[Extract, Mapped]:
    """The extract of a batch and its contract rows, from its own file, or `file` where that was moved to.

    AppError `workspace.purged`, `flow.source_gone`, `flow.source_changed`, and what reading the file raises.
    """
    if (gone := purged(workspace).get(row.id)) is not None:
        raise purged_batch(gone)
    extract = source_of(row, progress, file)
    recipe = Recipe.model_validate_json(row.recipe_json)
    contract = with_site_rules(_contract(f"{row.contract_id}@{row.contract_version}"), workspace)
    return extract, apply_recipe(extract, recipe, contract, progress)


def source_of(row: BatchRow, progress: Progress = silent, file: Path | None = None) -> Extract:
    """The file of a batch as it was read, or `file` where that was moved to.

    AppError `flow.source_gone`, `flow.source_changed`, and what reading it raises.
    """
    path = file or row.source_path
    if not path.is_file():
        raise _gone()
    extract = open_extract(path, row.options, progress)
    if extract.source.sha256 != row.source_sha256:
        raise _altered()
    return extract


def _contract(reference: str) -> Contract:
    try:
        return load_contract(reference)
    except ContractError as error:
        raise AppError("flow.contract", error.what, error.todo) from None


def with_site_rules(contract: Contract, workspace: Workspace) -> Contract:
    """The contract with the rules of the file that the workspace names, when they are for this contract."""
    named: str = workspace.settings.get(SITE_RULES, "")
    plain = contract.base or contract
    if not named:
        return plain
    from validation_rules.site_rules import site_rules_for

    path = Path(named)
    try:
        return add_site_rules(plain, path) if site_rules_for(path) in (None, plain.id) else plain
    except ContractError as error:
        raise _bad_site_rules(path, error) from None


def add_site_rules(contract: Contract, path: Path) -> Contract:
    """The contract with the rules of a file of the site. AppError `flow.site_rules`."""
    from validation_rules.site_rules import load_site_rules

    try:
        return load_site_rules(path, contract)
    except ContractError as error:
        raise _bad_site_rules(path, error) from None


def keep_site_rules(workspace: Workspace, path: Path | None) -> Contract | None:
    """From the next check on, the rules of this file are checked too; None: those of the contract alone.

    The contract with them, so that the person can be told how many. AppError `flow.site_rules`: then the
    setting stays what it was.
    """
    from validation_rules.site_rules import load_site_rules

    try:
        contract = None if path is None else load_site_rules(path)
    except ContractError as error:
        raise _bad_site_rules(path or Path(), error) from None
    workspace.settings.put(SITE_RULES, "" if path is None else str(path.resolve()))
    return contract


def _bad_site_rules(path: Path, error: ContractError) -> AppError:
    return AppError(
        "flow.site_rules",
        Text(
            f"Les règles du site ({path.name}) ne peuvent pas être utilisées. {error.what.fr}",
            f"The rules of the site ({path.name}) cannot be used. {error.what.en}",
        ),
        Text(
            "Corrigez ce fichier (« navette contracts lint » dit tout ce qui n’y va pas), ou retirez-le des "
            "Réglages.",
            "Correct that file ('navette contracts lint' tells all that is wrong in it), or remove it from "
            "the Settings.",
        ),
    )


def _free_name(workspace: Workspace, name: str) -> str:
    taken = {row.name for row in workspace.batches.list()}
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in names if candidate not in taken)


def nothing_mapped() -> AppError:
    """No cell of the file reaches a field: it is not the right file, or not the right recipe."""
    return AppError(
        "flow.nothing_mapped",
        Text(
            "Aucune cellule de ce fichier n’arrive dans un champ du contrat.",
            "No cell of this file reaches a field of the contract.",
        ),
        Text(
            "Vérifiez que c’est le bon fichier, sa ligne d’en-tête, et l’association de ses colonnes.",
            "Check that it is the right file, its header row, and the mapping of its columns.",
        ),
    )


def _gone() -> AppError:
    return AppError(
        "flow.source_gone",
        Text(
            "Le fichier de ce lot n’est plus à l’endroit où il a été ouvert.",
            "The file of this batch is no longer where it was opened.",
        ),
        Text(
            "Remettez-le à sa place, puis ouvrez de nouveau le lot : vos corrections sont conservées.",
            "Put it back, then open the batch again: your corrections are kept.",
        ),
    )


def _altered() -> AppError:
    return AppError(
        "flow.source_changed",
        Text(
            "Le fichier de ce lot a changé depuis sa première lecture.",
            "The file of this batch has changed since it was first read.",
        ),
        Text(
            "Remettez la version d’origine, ou créez un nouveau lot avec le fichier modifié.",
            "Put the original version back, or make a new batch from the changed file.",
        ),
    )
