"""`navette submit`: one file from check to verified receipt."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.carrying import NoCarryOption, tell_carried
from desktop_app.cli.check import day_of_check
from desktop_app.cli.desk import WorkspaceOption, open_desk
from desktop_app.cli.options import ContractOption, FileArgument, SiteRulesOption, TodayOption, WaitOption
from desktop_app.cli.sending import PEOPLE, RECORDS, send_all
from desktop_app.cli.speech import Exit, guarded, language, number, progress_bar, say, t
from desktop_app.cli.together import Given, MoreFiles, given, tell_remarks
from desktop_app.core.errors import cannot_write
from validation_rules.text import Text, counted

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.progress import Progress
    from desktop_app.core.workspace import BatchRow, Workspace

_ERRORS = (Text("erreur", "error"), Text("erreurs", "errors"))
_TO_CONFIRM = (
    Text("constat à confirmer", "finding to confirm"),
    Text("constats à confirmer", "findings to confirm"),
)
_CORRECTED = (Text("correction", "correction"), Text("corrections", "corrections"))
_CONFIRMED = (Text("confirmation", "confirmation"), Text("confirmations", "confirmations"))


def submit(
    file: FileArgument,
    recipe: Annotated[
        Path,
        typer.Option(
            "--recipe", metavar="RECIPE.json", help=t("La recette de ce fichier.", "The recipe of this file.")
        ),
    ],
    more: MoreFiles = None,
    accept_confirmations: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=t(
                "Confirmations : liste JSON de {row, rule_id, reason, note}.",
                "Confirmations: JSON list of {row, rule_id, reason, note}.",
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=t(
                "Vérifie et pseudonymise, ne scelle ni n’envoie rien.",
                "Check and pseudonymise; seal and send nothing.",
            ),
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help=t(
                "Y laisser aussi le lot scellé et le reçu.",
                "Also leave the sealed batch and the receipt there.",
            ),
        ),
    ] = None,
    no_carry: NoCarryOption = False,
    contract: ContractOption = "",
    site_rules: SiteRulesOption = None,
    today: TodayOption = "",
    wait: WaitOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Check, pseudonymise, seal, send, and wait for the verified receipt."""
    with guarded(), open_desk(workspace) as desk, progress_bar() as progress:
        from desktop_app.core.dispatch import open_dispatch

        dispatch, day = open_dispatch(desk), day_of_check(today)
        if not dry_run:
            _make_folder(output)
        try:
            _keep_site_rules(desk, site_rules)
            row, bench = _bench(desk, given(file, more), recipe, contract, day, not no_carry, progress)
        except OnItsWay as before:
            _say_on_its_way(before.batch)
            if not dry_run:
                send_all(dispatch, progress, wait, output)
            return
        if accept_confirmations is not None:
            _confirm(bench, accept_confirmations)
        _stop_if_blocked(bench)
        if dry_run:
            data = dispatch.prepare(bench.checked(), day, progress)
            records, people = counted(data.clinical.height, *RECORDS), counted(data.persons, *PEOPLE)
            say(
                t(
                    f"Prêt : {records.fr} de {people.fr}. Rien n’a été envoyé.",
                    f"Ready: {records.en} of {people.en}. Nothing was sent.",
                )
            )
            return
        sealed = dispatch.seal(bench.checked(), row, day, progress)
        say(
            t(
                f"Scellé : lot {sealed.batch_id}, {number(sealed.size)} octets.",
                f"Sealed: batch {sealed.batch_id}, {number(sealed.size)} bytes.",
            )
        )
        _copy(sealed.path, output)
        send_all(dispatch, progress, wait, output)


def _keep_site_rules(desk: Workspace, file: Path | None) -> None:
    """The file named here holds from now on, in the window too, as if it were chosen in the Settings."""
    from desktop_app.core.flow import keep_site_rules

    if file is not None:
        keep_site_rules(desk, file)


def _bench(
    desk: Workspace,
    files: Given,
    recipe_file: Path,
    contract: str,
    day: date,
    carry: bool,
    progress: Progress,
) -> tuple[BatchRow, Bench]:
    """The batch of this very file that is still being prepared, with its corrections, else a new one.

    Raises `OnItsWay` when this file, read in the same way, is sealed or sent already: it never goes twice.
    """
    from desktop_app.core.extracts import open_extract
    from desktop_app.core.flow import put_on_bench
    from desktop_app.core.mapping import load_recipe
    from validation_rules.contract import load_contract

    recipe = load_recipe(recipe_file)
    extract = open_extract(files.path, files.read_with(recipe), progress)
    tell_remarks(extract)
    same = [row for row in desk.batches.list() if row.source_sha256 == extract.source.sha256]
    left = next((row for row in same if _sealed(desk, row) and recipe.same_as(row.recipe_json)), None)
    if left is not None:
        raise OnItsWay(left)
    kept = next((row for row in same if row.state in ("preparing", "refused")), None)
    terms = load_contract(contract or recipe.contract)
    name = t(f"Lot du {day:%d/%m/%Y}", f"Batch of {day:%Y-%m-%d}")
    at_hand = put_on_bench(
        desk, extract, recipe, terms, day, batch=kept, name=name, carry=carry, progress=progress
    )
    if at_hand.carried is not None:
        tell_carried(at_hand.carried.applied, at_hand.carried, at_hand.carried.withdrawn)
    if kept is not None:
        _say_taken_up(at_hand.row, at_hand.bench)
    return at_hand.row, at_hand.bench


class OnItsWay(Exception):  # noqa: N818 - not an error: what was asked is done, or nearly
    """The file was sealed before, as `batch`."""

    def __init__(self, batch: BatchRow) -> None:
        super().__init__(batch.id)
        self.batch = batch


def _sealed(desk: Workspace, row: BatchRow) -> bool:
    """Whether the batch left, or waits: its own state may lag behind the outbox after a crash."""
    from desktop_app.core.dispatch import sealed_id_of

    entry = desk.outbox.get(sealed_id_of(row))
    return entry is not None and entry.state != "refused"


def _say_taken_up(row: BatchRow, bench: Bench) -> None:
    """Corrections made in the window count here too; that they do is told."""
    counts = bench.counts()
    corrected = counted(counts.corrected, *_CORRECTED).in_(language())
    confirmed = counted(counts.confirmed, *_CONFIRMED).in_(language())
    say(
        t(
            f"Lot « {row.name} » repris avec {corrected} et {confirmed}.",
            f"Batch “{row.name}” taken up with {corrected} and {confirmed}.",
        ),
        sys.stderr,
    )


def _confirm(bench: Bench, file: Path) -> None:
    """Give the confirmations of a JSON list; those that match no finding are told, and change nothing."""
    from desktop_app.cli.confirmations import read_confirmations

    lines = read_confirmations(file)
    done = 0
    for reason, note in sorted({(line.reason, line.note) for line in lines}):
        pairs = [(line.row, line.rule_id) for line in lines if (line.reason, line.note) == (reason, note)]
        done += bench.confirm(pairs, reason, note).cells
    say(
        t(
            f"Confirmations de {file.name} : {done} prises en compte sur {len(lines)}.",
            f"Confirmations of {file.name}: {done} used of {len(lines)}.",
        ),
        sys.stderr,
    )


def _say_on_its_way(batch: BatchRow) -> None:
    sent = batch.state in ("sent", "answered")
    what = (
        t("déjà envoyé ; il ne l’est pas deux fois", "sent already; it is not sent twice")
        if sent
        else t("déjà scellé ; il part tel quel", "sealed already; it goes as it is")
    )
    say(
        t(f"Ce fichier est {what} (lot « {batch.name} »).", f"This file is {what} (batch “{batch.name}”)."),
        sys.stderr,
    )


def _stop_if_blocked(bench: Bench) -> None:
    blocking = bench.checked().blocking()
    if blocking.is_empty():
        return
    counts = bench.counts()
    errors, confirm = counted(counts.errors, *_ERRORS), counted(counts.to_confirm, *_TO_CONFIRM)
    say(
        t(
            f"Le lot ne peut pas partir : {errors.fr}, {confirm.fr}.",
            f"The batch cannot leave: {errors.en}, {confirm.en}.",
        ),
        sys.stderr,
    )
    for rule, count in blocking.group_by("rule_id").len().sort("rule_id").iter_rows():
        say(f"  {rule:<28} {number(count):>9}", sys.stderr)
    say(
        t(
            "Corrigez et confirmez dans la fenêtre (navette open), ou donnez --accept-confirmations, puis "
            "relancez la même commande : elle reprendra ce lot.",
            "Correct and confirm in the window (navette open), or give --accept-confirmations, then run the "
            "same command again: it takes this batch up.",
        ),
        sys.stderr,
    )
    raise SystemExit(Exit.FINDINGS)


def _copy(path: Path, output: Path | None) -> None:
    if output is None:
        return
    try:
        shutil.copy2(path, output / path.name)
    except OSError as error:
        raise cannot_write(error, str(output / path.name)) from None


def _make_folder(output: Path | None) -> None:
    """Before anything leaves: a receipt that cannot be written would come too late to be told."""
    if output is None:
        return
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(error, str(output)) from None
