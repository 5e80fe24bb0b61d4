"""`navette workspace`: back up, restore, check, purge."""

from __future__ import annotations

import getpass
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop_app.cli.desk import WorkspaceOption, open_desk, passphrase
from desktop_app.cli.options import JsonOption
from desktop_app.cli.speech import Exit, guarded, language, number, progress_bar, say, t
from desktop_app.core.errors import AppError
from desktop_app.core.workspace.secrets import SECRETS_FILE
from validation_rules.text import Text, counted

if TYPE_CHECKING:
    from desktop_app.core.workspace import Workspace

workspace = typer.Typer(
    no_args_is_help=True,
    help=t(
        "Le dossier de travail : le sauvegarder, le restaurer, le vérifier, en effacer les identités "
        "anciennes.",
        "The workspace: back it up, restore it, check it, destroy old identities in it.",
    ),
)

_BATCHES = (Text("lot", "batch"), Text("lots", "batches"))
_ACTIONS = (
    Text("action au journal", "action in the log"),
    Text("actions au journal", "actions in the log"),
)
BackupArgument = Annotated[
    Path, typer.Argument(metavar="BACKUP", help=t("Le fichier de sauvegarde.", "The backup file."))
]


@workspace.command(
    help=t(
        "Sauvegarde tout le dossier de travail dans un fichier, sous une phrase secrète "
        "(NAVETTE_BACKUP_PASSPHRASE, "
        "sinon demandée). La fenêtre peut rester ouverte.\n\n"
        "Exemple : navette workspace backup /media/cle/navette.navette-backup",
        "Back up the whole workspace as one file, under a passphrase (NAVETTE_BACKUP_PASSPHRASE, else asked "
        "for).\n\nExample: navette workspace backup /media/usb/navette.navette-backup",
    )
)
def backup(file: BackupArgument, folder: WorkspaceOption = None) -> None:
    """One file with everything, for another disk or another computer."""
    with guarded(), _desk_to_read_at_least(folder) as desk, progress_bar() as progress:
        from desktop_app.core.workspace.backup import back_up

        back_up(desk, file, _backup_passphrase(new=True), progress)
        say(
            t(
                f"Sauvegarde écrite : {file} ({number(file.stat().st_size)} octets). Gardez la "
                f"phrase "
                "secrète : sans elle, personne ne peut la relire.",
                f"Backup written: {file} ({number(file.stat().st_size)} bytes). Keep the "
                f"passphrase: "
                "without it nobody can read the backup.",
            )
        )


@workspace.command(
    help=t(
        "Remet une sauvegarde dans le dossier de travail. Ce qui s’y trouve est mis de côté, jamais "
        "effacé.\n\n"
        "Exemple : navette workspace restore /media/cle/navette.navette-backup --workspace DOSSIER",
        "Put a backup back into the workspace. What is there is put aside, never deleted.\n\n"
        "Example: navette workspace restore /media/usb/navette.navette-backup --workspace FOLDER",
    )
)
def restore(file: BackupArgument, folder: WorkspaceOption = None) -> None:
    """The workspace of a backup, here."""
    with guarded(), progress_bar() as progress:
        from desktop_app.core.workspace.backup import look_at
        from desktop_app.core.workspace.backup import restore as put_back
        from desktop_app.place import workspace_folder

        look_at(file)
        place = workspace_folder(folder)
        done = put_back(file, place, _backup_passphrase(new=False), progress)
        made, lots = f"{done.made.astimezone():%Y-%m-%d %H:%M}", counted(done.batches, *_BATCHES)
        say(
            t(
                f"Dossier de travail remis dans l’état du {made} ({lots.fr}) : {place}.",
                f"Workspace put back as it was on {made} ({lots.en}): {place}.",
            )
        )
        if done.passphrase:
            say(
                t(
                    "Il s’ouvre désormais avec la phrase secrète de la sauvegarde.",
                    "From now on it opens with the passphrase of the backup.",
                )
            )
        for name in done.aside:
            say(t(f"Mis de côté : {name}", f"Put aside: {name}"))


@workspace.command(
    name="passphrase",
    help=t(
        "Change la phrase secrète du dossier de travail. L’actuelle vient de NAVETTE_PASSPHRASE, la nouvelle "
        "de NAVETTE_NEW_PASSPHRASE, sinon elles sont demandées.\n\nExemple : navette workspace passphrase",
        "Change the passphrase of the workspace. The present one comes from NAVETTE_PASSPHRASE, the new one "
        "from NAVETTE_NEW_PASSPHRASE, else they are asked for.\n\nExample: navette workspace passphrase",
    ),
)
def change_passphrase(folder: WorkspaceOption = None) -> None:
    """Another passphrase for the same keys."""
    with guarded():
        from desktop_app.core.workspace.lock import WriterLock
        from desktop_app.core.workspace.secrets import open_secrets
        from desktop_app.core.workspace.unlocking import change_passphrase as change
        from desktop_app.place import workspace_folder

        place = workspace_folder(folder)
        if not (place / SECRETS_FILE).exists():
            raise _no_workspace(place)
        lock = WriterLock(place)  # an open window would write its own state over it
        try:
            old = passphrase()
            secrets = open_secrets(place, lambda: old)
            asked = t("Nouvelle phrase secrète : ", "New passphrase: ")
            change(secrets, old, _phrase("NAVETTE_NEW_PASSPHRASE", asked, new=True))
        finally:
            lock.release()
        say(
            t(
                "C’est fait : le dossier de travail s’ouvre avec la nouvelle phrase secrète. Les copies et "
                "sauvegardes faites avant gardent la leur.",
                "Done: the workspace opens with the new passphrase. Copies and backups made before keep the "
                "one they have.",
            )
        )


@workspace.command(
    help=t(
        "Lit chaque page du dossier de travail, et dit où il en est. Un dossier endommagé est remis dans son "
        "dernier "
        "état sain, et c’est dit. Code 0 : tout est sain ; 1 : il a fallu réparer ; 2 : impossible.\n\n"
        "Exemple : navette workspace check",
        "Read every page of the workspace, and say how it stands. A damaged one is put back as it last was, "
        "and "
        "that is said. Exit code 0: sound; 1: it was repaired; 2: it could not be.\n\nExample: navette "
        "workspace check",
    )
)
def check(as_json: JsonOption = False, folder: WorkspaceOption = None) -> None:
    """Every page, authenticated."""
    with guarded(), open_desk(folder) as desk:
        desk.database.check()
        facts, told = _facts(desk), [notice.in_(language()) for notice in desk.notices]
        repaired = desk.recovered
        if as_json:
            say(json.dumps({**facts, "notices": told}, ensure_ascii=False, indent=1))
        else:
            for line in _lines(facts):
                say(line)
    if repaired:
        raise SystemExit(Exit.FINDINGS)


@workspace.command(
    help=t(
        "Détruit les identités des lots plus anciens que le réglage du site ; reçus et figures sont "
        "conservés. La "
        "liste est montrée d’abord ; sans --yes, rien n’est fait avant votre accord.\n\n"
        "Exemple : navette workspace purge --older-than 24",
        "Destroy the identities of batches older than the site's setting; receipts and figures are kept. The "
        "list is "
        "shown first; without --yes nothing is done until you agree.\n\nExample: navette workspace purge "
        "--older-than 24",
    )
)
def purge(
    older_than: Annotated[
        int | None,
        typer.Option(metavar="MONTHS", min=1, help=t("À la place du réglage.", "In place of the setting.")),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=t("Sans demander.", "Without asking."))] = False,
    folder: WorkspaceOption = None,
) -> None:
    """Identities of batches long done with."""
    with guarded(), open_desk(folder) as desk:
        from desktop_app.core.workspace import retention

        months = older_than if older_than is not None else retention.months_kept(desk)
        rows = retention.due(desk, months)
        if not rows:
            say(t("Aucun lot n’est assez ancien.", "No batch is old enough."))
            return
        for row in rows:
            say(f"  {row.changed.astimezone():%Y-%m-%d}  {row.name}")
        if not (yes or _agreed(len(rows))):
            say(t("Rien n’a été effacé.", "Nothing was destroyed."))
            return
        with progress_bar() as progress:
            done = retention.purge(desk, [row.id for row in rows], progress)
        say(retention.in_words(done).in_(language()))


def _desk_to_read_at_least(folder: Path | None) -> Any:
    """The workspace; when a window holds it, for reading only: a backup needs no more."""
    from desktop_app.core.workspace.lock import read_holder
    from desktop_app.place import workspace_folder

    return open_desk(folder, readonly=read_holder(workspace_folder(folder)) is not None)


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        raise _not_agreed()
    lots = counted(count, *_BATCHES)
    question = t(
        f"Détruire pour toujours les identités listées ci-dessus ({lots.fr}) ? Tapez « oui » : ",
        f"Destroy the identities listed above for ever ({lots.en})? Type 'yes': ",
    )
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("oui", "yes")


def _not_agreed() -> AppError:
    return AppError(
        "cli.purge_unconfirmed",
        Text(
            "Cet effacement est définitif, et personne n’est là pour le confirmer.",
            "This cannot be undone, and nobody is there to confirm it.",
        ),
        Text("Relisez la liste, puis ajoutez --yes.", "Read the list, then add --yes."),
    )


def _no_workspace(place: Path) -> AppError:
    return AppError(
        "cli.no_workspace",
        Text(f"Il n’y a pas de dossier de travail ici : {place}", f"There is no workspace here: {place}"),
        Text("Donnez son dossier avec --workspace.", "Give its folder with --workspace."),
    )


def _backup_passphrase(new: bool) -> str:
    """From the environment, else asked for on a terminal, twice when it is a new one."""
    asked = t("Phrase secrète de la sauvegarde : ", "Passphrase of the backup: ")
    return _phrase("NAVETTE_BACKUP_PASSPHRASE", asked, new)


def _phrase(variable: str, asked: str, new: bool) -> str:
    if given := os.environ.get(variable):
        return given
    if not sys.stdin.isatty():
        return ""
    first = getpass.getpass(asked)
    if new and getpass.getpass(t("La même, encore une fois : ", "The same again: ")) != first:
        raise AppError(
            "cli.passphrases_differ",
            Text("Les deux phrases secrètes diffèrent.", "The two passphrases differ."),
            Text("Recommencez.", "Try again."),
        )
    return first


def _facts(desk: Workspace) -> dict[str, object]:
    from desktop_app.core.workspace import retention
    from desktop_app.core.workspace.backup import last_backup
    from desktop_app.core.workspace.recovery import copied_at

    saved, copied = last_backup(desk), copied_at(desk.folder)
    return {
        "folder": str(desk.folder),
        "schema": int(str(desk.database.read("PRAGMA user_version")[0][0])),
        "bytes": desk.database.size,
        "batches": len(desk.batches.list()),
        "corrections": int(str(desk.database.read("SELECT count(*) FROM correction")[0][0])),
        "last_copy": None if copied is None else copied.isoformat(timespec="seconds"),
        "last_backup": None if saved is None else saved.isoformat(),
        "due_for_purge": len(retention.due(desk, retention.months_kept(desk))),
    }


def _lines(facts: dict[str, Any]) -> list[str]:
    never = t("jamais", "never")
    lots, actions = counted(facts["batches"], *_BATCHES), counted(facts["corrections"], *_ACTIONS)
    return [
        t(f"Dossier de travail sain : {facts['folder']}", f"The workspace is sound: {facts['folder']}"),
        t(
            f"  {number(facts['bytes'])} octets, schéma {facts['schema']}, {lots.fr}, {actions.fr}",
            f"  {number(facts['bytes'])} bytes, schema {facts['schema']}, {lots.en}, {actions.en}",
        ),
        t(
            f"  dernière copie saine : {_when(facts['last_copy']) or never}",
            f"  last good copy: {_when(facts['last_copy']) or never}",
        ),
        t(
            f"  dernière sauvegarde : {_when(facts['last_backup']) or never}",
            f"  last backup: {_when(facts['last_backup']) or never}",
        ),
        t(
            f"  lots dont les identités sont à effacer : {facts['due_for_purge']}",
            f"  batches whose identities are due to be destroyed: {facts['due_for_purge']}",
        ),
    ]


def _when(instant: str | None) -> str:
    return "" if instant is None else f"{datetime.fromisoformat(instant).astimezone():%Y-%m-%d %H:%M}"
