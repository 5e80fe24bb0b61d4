"""What the session asks worker threads to do: plain functions of plain data that touch no widget.

Each returns a function of `progress` for `tasks.run`. The heavy rooms are imported here, inside, so that
the window is on the screen before they load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.ui.tasks import Work
from validation_rules.beside import Beside
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.extracts import Preview
    from desktop_app.core.extracts.survey import Survey
    from desktop_app.core.mapping import Draft, Recipe
    from desktop_app.core.stages import DateOrder, Extract, ImportOptions, Mapped
    from desktop_app.core.transport import Enrolment
    from desktop_app.core.watched import Sight
    from desktop_app.core.workspace import BatchRow, Workspace
    from validation_rules.contract import Contract

Choices = dict[Path, dict[str, str | int | None]]
"""By file, what of its reading was not guessed but chosen."""
DEFAULT_CONTRACT = "rnc-tumeurs"
STAYS_CONTRACT = "rnc-notifications"
_CHOICES = (
    "encoding", "separator", "quote", "header_row", "sheet", "member", "companion", "identities", "ragged",
    "date_order", "decimal_mark", "thousands_mark",
)  # fmt: skip


class Site(NamedTuple):
    """This site as its registry knows it; `key_id` is empty when no key is valid today."""

    enrolment: Enrolment
    key_id: str


class ReadFile(NamedTuple):
    """A whole file as read: its draft, the recipe in use, what looks odd, and the columns whose day and month
    nobody can tell apart."""

    extract: Extract
    draft: Draft
    recipe: Recipe
    survey: Survey
    undecided: tuple[str, ...]


class Resumed(NamedTuple):
    """A batch as it was left."""

    batch: BatchRow
    choices: Choices
    previews: dict[Path, Preview]
    extract: Extract | None
    recipe: Recipe
    mapped: Mapped
    bench: Bench


def preview(files: Mapping[Path, Mapping[str, str | int | None]]) -> Work[dict[Path, Preview]]:
    """Reads the start of each file and guesses how it is written."""

    def work(progress: Progress) -> dict[Path, Preview]:
        from desktop_app.core.extracts.several import look_at

        return look_at(files, progress)

    return work


def survey_start(preview: Preview, path: Path) -> Work[Survey]:
    """What looks odd in the first rows."""

    def work(progress: Progress) -> Survey:
        from desktop_app.core.extracts.survey import sample_extract, survey

        return survey(sample_extract(preview, path), progress)

    return work


def survey_whole(extract: Extract) -> Work[Survey]:
    """What looks odd in the whole file."""

    def work(progress: Progress) -> Survey:
        from desktop_app.core.extracts.survey import survey

        return survey(extract, progress)

    return work


def export_aside(extract: Extract, target: Path) -> Work[int]:
    """Writes the rows kept aside where the person said."""

    def work(progress: Progress) -> int:
        from desktop_app.core.extracts.aside import export_aside as write

        return write(extract, target)

    return work


def read(
    ways: Sequence[tuple[Path, ImportOptions]], contract: Contract | None, workspace: Workspace | None
) -> Work[ReadFile]:
    """Reads the whole of each file; the recipe is last month's for the same headers, else a draft."""

    def work(progress: Progress) -> ReadFile:
        from desktop_app.core.extracts.gather import Way, gather
        from desktop_app.core.extracts.survey import survey
        from desktop_app.core.flow import kept_recipe
        from desktop_app.core.mapping import draft_recipe
        from desktop_app.core.mapping.conventions import undecided_dates

        extract = gather([Way(*way) for way in ways], progress)
        seen = survey(extract, progress)
        draft = draft_recipe(extract, contract or contract_named(DEFAULT_CONTRACT))
        kept = kept_recipe(extract, workspace) if workspace is not None else None
        if kept is not None:
            return ReadFile(extract, draft, kept, seen, ())
        return ReadFile(
            extract, draft, draft.recipe, seen, undecided_dates(draft.recipe, extract, seen.orders)
        )

    return work


def with_dates_answered(preview: Preview, order: DateOrder) -> Preview:
    """The same look at the file, with the order of day and month that the person chose."""
    from desktop_app.core.extracts.preview import chosen

    guesses = tuple(
        chosen(guess.option, order, guess) if guess.option == "date_order" else guess
        for guess in preview.guesses
    )
    return replace(preview, guesses=guesses, options=replace(preview.options, date_order=order))


def still_undecided(columns: Sequence[str], recipe: Recipe, draft: Draft | None) -> bool:
    """Whether some of these date columns are still read as they were drafted."""
    if draft is None or not columns:
        return False
    drafted = {column.header: column.date_formats for column in draft.recipe.columns}
    return any(
        column.targets and column.header in columns and column.date_formats == drafted.get(column.header)
        for column in recipe.columns
    )


def dates_unanswered(columns: Sequence[str]) -> AppError:
    """Dates that read two ways are asked, never guessed."""
    from desktop_app.core.extracts.conventions import quoted

    names = quoted(columns)
    return AppError(
        "UI-DATES",
        Text(
            f"Rien dans ce fichier ne dit si le jour vient avant le mois ({names.fr}).",
            f"Nothing in this file tells whether the day comes before the month ({names.en}).",
        ),
        Text("Dites-le à la page Charger.", "Say it on the page Load."),
    )


def check(
    extract: Extract,
    recipe: Recipe,
    contract: Contract,
    workspace: Workspace,
    batch: BatchRow | None,
    name: str,
    today: date,
    followed: str | None = None,
) -> Work[tuple[BatchRow, Mapped, Bench]]:
    """Keeps the recipe for next month, maps, checks; a batch is made at the first check of a file."""

    def work(progress: Progress) -> tuple[BatchRow, Mapped, Bench]:
        from desktop_app.core.flow import put_on_bench

        at_hand = put_on_bench(
            workspace,
            extract,
            recipe,
            contract,
            today,
            batch=batch,
            name=name,
            followed=followed,
            progress=progress,
        )
        at_hand.bench.counts()  # here: the rail asks for them on the UI thread
        return at_hand.row, at_hand.mapped, at_hand.bench

    return work


def resume(workspace: Workspace, batch_id: str, today: date) -> Work[Resumed]:
    """Reads the same file again, refuses it when it changed, and replays the kept corrections."""

    def work(progress: Progress) -> Resumed:
        from desktop_app.core.extracts.several import look_at
        from desktop_app.core.flow import resume as take_up

        row = workspace.batches.get(batch_id)

        def look() -> tuple[Choices, dict[Path, Preview]]:
            choices = choices_of(row)
            return choices, look_at(choices)

        with Beside(True) as beside:
            looked = beside.start(look)
            _, extract, mapped, bench, _ = take_up(workspace, batch_id, today, progress)
            bench.counts()  # here: the rail asks for them on the UI thread
            return Resumed(row, *looked(), extract, mapped.recipe, mapped, bench)

    return work


def keep(workspace: Workspace, row: BatchRow, bench: Bench) -> Work[bool]:
    """Keeps rows and findings, so that the batch opens at once the next time."""

    def work(progress: Progress) -> bool:
        from desktop_app.core.kept import keep

        return keep(workspace, row, bench)

    return work


def source_of(row: BatchRow) -> Work[Extract]:
    """Reads the file of a batch that was opened without it."""

    def work(progress: Progress) -> Extract:
        from desktop_app.core.flow import source_of as read_source

        return read_source(row, progress)

    return work


def choices_of(row: BatchRow) -> Choices:
    """What was not guessed but chosen of how each file is read."""
    if row.options is None:
        return {row.source_path: {}}
    if row.options.parts:
        return {Path(part.path): _chosen(Path(part.path), part.options) for part in row.options.parts}
    return {row.source_path: _chosen(row.source_path, row.options)}


def _chosen(path: Path, options: ImportOptions) -> dict[str, str | int | None]:
    from desktop_app.core.extracts import detect

    guessed = detect(path)
    return {
        name: getattr(options, name)
        for name in _CHOICES
        # Rows of another length go aside by themselves unless somebody said otherwise.
        if getattr(options, name) not in (getattr(guessed.options, name), "auto")
    }


def still_there(groups: Sequence[Sequence[Path]]) -> Work[list[tuple[Path, ...]]]:
    """Those whose files all exist; off the UI thread, since a share that is gone answers slowly."""

    def work(progress: Progress) -> list[tuple[Path, ...]]:
        return [tuple(paths) for paths in groups if all(path.is_file() for path in paths)]

    return work


def watch_folder(workspace: Workspace, folder: Path | None) -> Work[Path | None]:
    """Keeps which folder is watched, and what is in it now."""

    def work(progress: Progress) -> Path | None:
        from desktop_app.core.watched import watch

        watch(workspace, folder)
        return folder

    return work


def look_at_folder(folder: Path, before: Sight, workspace: Workspace) -> Work[tuple[Sight, list[str]]]:
    """What is in the watched folder, and the names of what is new there."""

    def work(progress: Progress) -> tuple[Sight, list[str]]:
        from desktop_app.core.watched import arrived, known, look

        now = look(folder, progress)
        return now, arrived(now, before, known(workspace))

    return work


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
