"""`navette enrol`, `submit`, `outbox`, `feedback`, `report`, `keys`: the exchange with the registry."""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.check import day_of_check
from desktop_app.cli.desk import WorkspaceOption, open_desk
from desktop_app.cli.options import ContractOption, FileArgument, JsonOption, TodayOption, WaitOption
from desktop_app.cli.sending import send_all
from desktop_app.cli.speech import Exit, guarded, language, number, progress_bar, say, t

if TYPE_CHECKING:
    from desktop_app.core.bench import Bench
    from desktop_app.core.progress import Progress
    from desktop_app.core.workspace import BatchRow, Workspace


def enrol(
    file: Annotated[
        Path, typer.Argument(help=t("Le fichier remis par le registre.", "The file the registry gave you."))
    ],
    workspace: WorkspaceOption = None,
) -> None:
    """Make this site's keys and have them certified by the registry."""
    with guarded(), open_desk(workspace) as desk, progress_bar() as progress:
        from desktop_app.core.transport import enrol as enrol_site
        from desktop_app.core.transport import save_enrolment

        known = enrol_site(file, desk.secrets, desk.folder, progress=progress)
        save_enrolment(desk, known)
        say(
            t(
                f"{known.site.name} ({known.site.finess}) est enrôlé. Clé d’appariement : "
                f"{', '.join(key.key_id for key in known.linkage_keys)}.",
                f"{known.site.name} ({known.site.finess}) is enrolled. Linkage key: "
                f"{', '.join(key.key_id for key in known.linkage_keys)}.",
            )
        )


def submit(
    file: FileArgument,
    recipe: Annotated[
        Path,
        typer.Option(
            "--recipe", metavar="RECIPE.json", help=t("La recette de ce fichier.", "The recipe of this file.")
        ),
    ],
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
    contract: ContractOption = "",
    today: TodayOption = "",
    wait: WaitOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Check, pseudonymise, seal, send, and wait for the verified receipt."""
    with guarded(), open_desk(workspace) as desk, progress_bar() as progress:
        from desktop_app.core.dispatch import open_dispatch

        dispatch, day = open_dispatch(desk), day_of_check(today)
        row, bench = _bench(desk, file, recipe, contract, day, progress)
        if accept_confirmations is not None:
            _confirm(bench, accept_confirmations)
        _stop_if_blocked(bench)
        if dry_run:
            data = dispatch.prepare(bench.checked(), day, progress)
            say(
                t(
                    f"Prêt : {number(data.clinical.height)} enregistrements de {number(data.persons)} "
                    "personnes. Rien n’a été envoyé.",
                    f"Ready: {number(data.clinical.height)} records of {number(data.persons)} people. "
                    "Nothing was sent.",
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


def outbox(
    send: Annotated[
        bool, typer.Option("--send", help=t("Envoyer ce qui attend.", "Send what waits."))
    ] = False,
    as_json: JsonOption = False,
    wait: WaitOption = None,
    workspace: WorkspaceOption = None,
) -> None:
    """What is on its way out, and what the registry has acknowledged."""
    with guarded(), open_desk(workspace) as desk:
        if send:
            from desktop_app.core.dispatch import open_dispatch

            with progress_bar() as progress:
                send_all(open_dispatch(desk), progress, wait, None)
        lines = [
            {
                "batch": batch,
                "state": entry.state,
                "bytes": entry.size,
                "sent_bytes": entry.offset,
                "attempts": entry.attempts,
                "last_error": entry.last_error,
            }
            for batch, entry in desk.outbox.list()
        ]
        if as_json:
            say(json.dumps(lines, indent=1))
            return
        for line in lines:
            say(
                f"{line['batch']}  {_state(str(line['state'])):<24} {line['sent_bytes']}/{line['bytes']}  "
                f"{line['last_error'] or ''}"
            )
        if not lines:
            say(t("Rien n’attend.", "Nothing waits."))


def feedback(
    batch: Annotated[str, typer.Argument(help=t("Un lot (tous sinon).", "One batch (all otherwise)."))] = "",
    offline: Annotated[
        bool,
        typer.Option("--offline", help=t("Sans interroger le registre.", "Without asking the registry.")),
    ] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """What the registry says of your rows."""
    with guarded(), open_desk(workspace) as desk:
        from desktop_app.core.dispatch import open_dispatch, sealed_id_of
        from desktop_app.core.feedback import OUTCOMES, kept_feedback

        if not offline:
            with progress_bar() as progress:
                open_dispatch(desk).fetch(progress)
        told = 0
        for row in desk.batches.list():
            sealed_id = sealed_id_of(row)
            known = kept_feedback(desk, sealed_id) if not batch or batch in (row.id, sealed_id) else None
            if known is None:
                continue
            told += 1
            if as_json:
                lines = known.outcomes.select(
                    "row_id", "outcome", "other_sources", "field", "own_value", "other_value"
                )
                say(json.dumps({"batch": sealed_id, "outcomes": lines.to_dicts()}, ensure_ascii=False))
                continue
            say(t(f"Lot {sealed_id}", f"Batch {sealed_id}"))
            counts = known.outcomes.group_by("outcome").len().sort("len", descending=True)
            for outcome, count in counts.iter_rows():
                name = OUTCOMES[outcome].title.in_(language()) if outcome in OUTCOMES else outcome
                say(f"  {number(count):>9}  {name}")
        if not told:
            say(t("Aucun retour pour l’instant.", "No feedback yet."))


def keys(workspace: WorkspaceOption = None) -> None:
    """Which keys this site holds, and whether they work."""
    with guarded(), open_desk(workspace) as desk:
        from desktop_app.core.dispatch import open_dispatch
        from desktop_app.core.identity import known_answer_test
        from desktop_app.core.transport import linkage_key, site_keys

        enrolment = open_dispatch(desk).enrolment
        identity = site_keys(enrolment, desk.secrets).identity
        known_answer_test()
        key = linkage_key(enrolment, desk.secrets, date.today())
        key.require(date.today())
        leaf = identity.chain[0]
        say(t(f"Site : {identity.name} ({identity.finess})", f"Site: {identity.name} ({identity.finess})"))
        say(
            t(
                f"Signature : certificat valable jusqu’au {leaf.not_valid_after_utc:%Y-%m-%d}",
                f"Signing: certificate valid until {leaf.not_valid_after_utc:%Y-%m-%d}",
            )
        )
        for info in enrolment.linkage_keys:
            mark = t("en service", "in use") if info.key_id == key.key_id else ""
            say(
                t(
                    f"Appariement : {info.key_id}, contrôle {info.check_value}, "
                    f"du {info.period_start} au {info.period_end} {mark}",
                    f"Linkage: {info.key_id}, check value {info.check_value}, "
                    f"{info.period_start} to {info.period_end} {mark}",
                )
            )


def _bench(
    desk: Workspace, file: Path, recipe_file: Path, contract: str, day: date, progress: Progress
) -> tuple[BatchRow, Bench]:
    """The batch of this very file that is still being prepared, with its corrections, else a new one."""
    from desktop_app.core.extracts import open_extract
    from desktop_app.core.flow import put_on_bench
    from desktop_app.core.mapping import import_options, load_recipe
    from validation_rules.contract import load_contract

    recipe = load_recipe(recipe_file)
    extract = open_extract(file, import_options(recipe, file), progress)
    kept = (
        row
        for row in desk.batches.list()
        if row.source_sha256 == extract.source.sha256 and row.state in ("preparing", "refused")
    )
    terms = load_contract(contract or recipe.contract)
    name = t(f"Lot du {day:%d/%m/%Y}", f"Batch of {day:%Y-%m-%d}")
    at_hand = put_on_bench(
        desk, extract, recipe, terms, day, batch=next(kept, None), name=name, progress=progress
    )
    return at_hand.row, at_hand.bench


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
            f"{done} constats confirmés sur {len(lines)} lignes de {file.name}.",
            f"{done} findings confirmed of {len(lines)} lines in {file.name}.",
        ),
        sys.stderr,
    )


def _stop_if_blocked(bench: Bench) -> None:
    blocking = bench.checked().blocking()
    if blocking.is_empty():
        return
    counts = bench.counts()
    say(
        t(
            f"Le lot ne peut pas partir : {counts.errors} erreurs, {counts.to_confirm} constats à confirmer.",
            f"The batch cannot leave: {counts.errors} errors, {counts.to_confirm} findings to confirm.",
        ),
        sys.stderr,
    )
    for rule, count in blocking.group_by("rule_id").len().sort("rule_id").iter_rows():
        say(f"  {rule:<28} {number(count):>9}", sys.stderr)
    raise SystemExit(Exit.FINDINGS)


def _copy(path: Path, output: Path | None) -> None:
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, output / path.name)


def _state(state: str) -> str:
    words = {
        "waiting": t("en attente", "waiting"),
        "sending": t("en cours d’envoi", "being sent"),
        "stopped": t("arrêté", "stopped"),
        "sent": t("envoyé, reçu vérifié", "sent, receipt verified"),
        "refused": t("refusé par le registre", "refused by the registry"),
    }
    return words.get(state, state)
