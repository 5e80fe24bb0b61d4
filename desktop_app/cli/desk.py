"""The workspace, as commands open it."""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.speech import language, say, t
from desktop_app.core.errors import AppError
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.workspace import BatchRow, Workspace

WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help=t(
            "Dossier de travail (sinon NAVETTE_WORKSPACE, sinon celui du système). Sans trousseau de clés, "
            "la phrase secrète vient de NAVETTE_PASSPHRASE ou est demandée.",
            "Workspace folder (else NAVETTE_WORKSPACE, else the system's). Without a keyring the passphrase "
            "comes from NAVETTE_PASSPHRASE or is asked for.",
        ),
    ),
]


@contextlib.contextmanager
def open_desk(folder: Path | None, *, readonly: bool = False) -> Iterator[Workspace]:
    """The workspace, open until the command ends. AppError as `Workspace.open` and `open_secrets`."""
    from desktop_app.core.workspace import Workspace, open_secrets
    from desktop_app.place import workspace_folder

    place = workspace_folder(folder)
    secrets = open_secrets(place, passphrase)
    with Workspace.open(place, secrets, readonly=readonly) as workspace:
        for notice in workspace.notices:
            say(notice.in_(language()), sys.stderr)
        yield workspace


def known_batch(workspace: Workspace, batch: str) -> BatchRow | None:
    """The batch of this name or id, its own or the one under which it was sealed; the newest of that name."""
    from desktop_app.core.dispatch import sealed_id_of

    rows = workspace.batches.list()
    return next((row for row in rows if batch in (row.id, row.name, sealed_id_of(row))), None)


def batch_named(workspace: Workspace, batch: str) -> BatchRow:
    """The same. AppError `cli.no_batch` when there is none."""
    found = known_batch(workspace, batch)
    if found is None:
        raise no_batch(
            Text(f"Le lot « {batch} » n’existe pas ici.", f"There is no batch “{batch}” here."),
        )
    return found


def no_batch(what: Text) -> AppError:
    """The error for a batch that the workspace does not have; `what` says what was looked for."""
    return AppError(
        "cli.no_batch",
        what,
        Text(
            "Donnez son nom comme la page Lots le montre, ou son identifiant (« navette outbox » donne ceux "
            "des lots scellés).",
            "Give its name as the page Batches shows it, or its id ('navette outbox' gives those of the "
            "sealed ones).",
        ),
    )


def passphrase() -> str:
    """From the environment, else asked for on a terminal; empty (and so refused) in a pipe."""
    if given := os.environ.get("NAVETTE_PASSPHRASE"):
        return given
    if not sys.stdin.isatty():
        return ""
    return getpass.getpass(t("Phrase secrète du dossier de travail : ", "Passphrase of the workspace: "))
