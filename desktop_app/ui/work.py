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
        from desktop_app.core.flow import kept_recipe
        from desktop_app.core.mapping import draft_recipe

        extract = open_extract(path, options, progress)
        draft = draft_recipe(extract, contract or contract_named(DEFAULT_CONTRACT))
        kept = kept_recipe(extract, workspace) if workspace is not None else None
        return extract, draft, kept or draft.recipe

    return work


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
        from desktop_app.core.flow import put_on_bench

        at_hand = put_on_bench(
            workspace, extract, recipe, contract, today, batch=batch, name=name, progress=progress
        )
        return at_hand.row, at_hand.mapped, at_hand.bench

    return work


def resume(workspace: Workspace, batch_id: str, today: date) -> Work[Resumed]:
    """Reads the same file again, refuses it when it changed, and replays the kept corrections."""

    def work(progress: Progress) -> Resumed:
        from desktop_app.core.flow import resume as take_up

        row, extract, mapped, bench, _ = take_up(workspace, batch_id, today, progress)
        return Resumed(row, preview_as_read(extract), extract, mapped.recipe, mapped, bench)

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


def keep_site_rules(workspace: Workspace, path: Path | None) -> Work[int]:
    """Checks the site's own rules and keeps where they are; how many there are, 0 for none any more."""

    def work(progress: Progress) -> int:
        from desktop_app.core.flow import keep_site_rules as keep

        contract = keep(workspace, path)
        return 0 if contract is None else len(contract.site_rules)

    return work


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
