"""`navette enrol`, `outbox`, `feedback`, `keys`: the exchange with the registry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from desktop_app.cli.desk import WorkspaceOption, batch_named, open_desk
from desktop_app.cli.options import JsonOption, WaitOption
from desktop_app.cli.sending import send_all
from desktop_app.cli.speech import guarded, language, number, progress_bar, say, t
from desktop_app.core.errors import AppError
from validation_rules.text import Text


def enrol(
    file: Annotated[
        Path, typer.Argument(help=t("Le fichier remis par le registre.", "The file the registry gave you."))
    ],
    workspace: WorkspaceOption = None,
) -> None:
    """Make this site's keys and have them certified by the registry."""
    with guarded(), open_desk(workspace) as desk, progress_bar() as progress:
        from desktop_app.core.transport import enrol as enrol_site
        from desktop_app.core.transport import load_enrolment, save_enrolment

        before = load_enrolment(desk)
        try:
            known = enrol_site(file, desk.secrets, desk.folder, progress=progress)
        except AppError as error:
            if before is None or error.code != "used-code":
                raise
            raise _enrolled_already(before.site.name, before.site.finess) from None
        save_enrolment(desk, known)
        say(
            t(
                f"{known.site.name} ({known.site.finess}) est enrôlé. Clé d’appariement : "
                f"{', '.join(key.key_id for key in known.linkage_keys)}.",
                f"{known.site.name} ({known.site.finess}) is enrolled. Linkage key: "
                f"{', '.join(key.key_id for key in known.linkage_keys)}.",
            )
        )


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
            say(_line(line))
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
        if batch:
            batch_named(desk, batch)
        for row in desk.batches.list():
            sealed_id = sealed_id_of(row)
            known = (
                kept_feedback(desk, sealed_id)
                if not batch or batch in (row.id, row.name, sealed_id)
                else None
            )
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


def _enrolled_already(name: str, finess: str) -> AppError:
    return AppError(
        "cli.enrolled_already",
        Text(
            f"{name} ({finess}) est déjà enrôlé, et ce fichier a déjà servi.",
            f"{name} ({finess}) is enrolled already, and this file has been used.",
        ),
        Text(
            "Il n’y a rien à faire ; « navette keys » montre les clés. Si ce n’est pas ce poste qui l’a "
            "utilisé, prévenez le registre.",
            "There is nothing to do; 'navette keys' shows the keys. If it was not used here, "
            "warn the registry.",
        ),
    )


def _line(line: Mapping[str, Any]) -> str:
    """One batch of the outbox: its id, its state, how much of it the registry has, what went wrong."""
    bytes_ = f"{number(line['sent_bytes']):>13} / {number(line['bytes']):>13}"
    return f"{line['batch']}  {_state(line['state']):<24} {bytes_}  {line['last_error'] or ''}".rstrip()


def _state(state: str) -> str:
    words = {
        "waiting": t("en attente", "waiting"),
        "sending": t("en cours d’envoi", "being sent"),
        "stopped": t("arrêté", "stopped"),
        "sent": t("envoyé, reçu vérifié", "sent, receipt verified"),
        "refused": t("refusé par le registre", "refused by the registry"),
    }
    return words.get(state, state)
