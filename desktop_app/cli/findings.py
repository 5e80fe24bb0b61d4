"""`navette findings`: findings that go out to a colleague, and what comes back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from desktop_app.cli.check import day_of_check
from desktop_app.cli.desk import WorkspaceOption, batch_named, open_desk
from desktop_app.cli.findings_help import EXPORT_HELP, FINDINGS_HELP, IMPORT_HELP
from desktop_app.cli.options import JsonOption, TodayOption
from desktop_app.cli.speech import Exit, guarded, language, progress_bar, say, t
from desktop_app.core.errors import AppError
from validation_rules.text import Text, counted, rows

if TYPE_CHECKING:
    from datetime import date

    from desktop_app.core.flow import OnBench
    from desktop_app.core.progress import Progress
    from desktop_app.core.rounds import Outgoing, Returned, Wish
    from desktop_app.core.workspace import Workspace

findings = typer.Typer(no_args_is_help=True, help=FINDINGS_HELP)

FORMS = ("xlsx", "csv", "html")
IDENTITIES = ("needed", "none", "all")
Conflicts = Literal["stop", "here", "back"]
BatchArgument = Annotated[
    str,
    typer.Argument(
        metavar="BATCH", help=t("Un lot, par son nom ou son identifiant.", "A batch, by name or id.")
    ),
]
_CORRECTIONS = (Text("correction", "correction"), Text("corrections", "corrections"))
_CONFIRMATIONS = (Text("confirmation", "confirmation"), Text("confirmations", "confirmations"))
_CONFLICTS = (Text("conflit", "conflict"), Text("conflits", "conflicts"))
_FOUND = (Text("constat", "finding"), Text("constats", "findings"))


@findings.command(help=EXPORT_HELP)
def export(
    batch: BatchArgument,
    output: Annotated[
        Path,
        typer.Option(
            metavar="PATH",
            help=t("Le fichier à écrire : .xlsx, .csv ou .html.", "The file to write: .xlsx, .csv or .html."),
        ),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help=f"{' | '.join(FORMS)} ({t('sinon', 'else')} --output)"
        ),
    ] = "",
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", metavar="ID", help=t("Cette règle seulement.", "This rule only.")),
    ] = None,
    row: Annotated[
        list[int] | None,
        typer.Option("--row", metavar="N", min=0, help=t("Cette ligne seulement.", "This row only.")),
    ] = None,
    institution: Annotated[
        str | None,
        typer.Option(metavar="FINESS", help=t("Cet établissement seulement.", "This institution only.")),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(
            "--severity",
            metavar="SEVERITY",
            help=t(
                "error, confirm ou info (sans : error et confirm).",
                "error, confirm or info (else the first two).",
            ),
        ),
    ] = None,
    identities: Annotated[
        str,
        typer.Option(
            metavar="needed|none|all",
            help=t(
                "Quels champs d’identité partent : ceux dont un constat parle, aucun, tous.",
                "Which identity fields leave: those that a finding is about, none, all.",
            ),
        ),
    ] = "needed",
    whole_record: Annotated[
        bool,
        typer.Option(
            "--whole-record",
            help=t("Tous les champs cliniques des lignes.", "All clinical fields of the rows."),
        ),
    ] = False,
    today: TodayOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """`navette findings export`; its help text is `EXPORT_HELP`."""
    from desktop_app.core.rounds import Wish, gather, write

    with guarded(), progress_bar() as progress:
        wanted = _form(form, output)
        wish = Wish(
            rows=None if row is None else frozenset(row),
            rules=tuple(rule or ()),
            severities=_among("--severity", severity, ("error", "confirm", "info")) or ("error", "confirm"),
            identities=_among("--identities", [identities], IDENTITIES)[0],  # type: ignore[arg-type]
            whole_record=whole_record,
            institution=institution,
        )
        with open_desk(workspace, readonly=True) as desk:
            at_hand = _batch(desk, batch, day_of_check(today), progress)
            outgoing = gather(at_hand.bench, desk, at_hand.row.id, wish, language(), progress)
        write(outgoing, wanted, output, at_hand.row, progress)
        _say_written(outgoing, output, wish)


def _form(form: str, output: Path) -> str:
    wanted = form or output.suffix.removeprefix(".").lower()
    return _among("--format", [wanted], FORMS)[0]


def _among(option: str, given: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    for text in given or ():
        if text not in known:
            raise AppError(
                "cli.choice",
                Text(f"{option} : « {text} » n’existe pas.", f"{option}: there is no '{text}'."),
                Text(f"Choisissez parmi {', '.join(known)}.", f"Choose one of {', '.join(known)}."),
            )
    return tuple(given or ())


def _say_written(outgoing: Outgoing, output: Path, wish: Wish) -> None:
    height, found = rows(outgoing.frame.height), counted(outgoing.cases.height, *_FOUND)
    say(
        t(
            f"{output.name} : {height.fr}, {found.fr}. Données de santé : messagerie sécurisée seulement.",
            f"{output.name}: {height.en}, {found.en}. Health data: send through secure messaging only.",
        )
    )
    if outgoing.left_out:
        left = counted(outgoing.left_out, *_FOUND)
        say(
            t(
                f"Laissés de côté, parce qu’ils portent sur une identité : {left.fr}.",
                f"Left out, because they are about an identity: {left.en}.",
            ),
            sys.stderr,
        )


@findings.command("import", help=IMPORT_HELP)
def import_(
    batch: BatchArgument,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=t("Ce que le collègue a rendu.", "What the colleague sent back.")
        ),
    ],
    conflicts: Annotated[
        str,
        typer.Option(
            metavar="stop|here|back",
            help=t(
                "Cellules changées aussi ici : s’arrêter (défaut), garder celle d’ici, ou prendre l’autre.",
                "Cells changed here too: stop (default), keep the value here, take that of the file.",
            ),
        ),
    ] = "stop",
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=t("Dit ce qui changerait, sans rien changer.", "Change nothing; tell.")
        ),
    ] = False,
    as_json: JsonOption = False,
    today: TodayOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """`navette findings import`; its help text is `IMPORT_HELP`."""
    from desktop_app.core.rounds import compare, read_back, steps

    with guarded(), progress_bar() as progress, open_desk(workspace) as desk:
        how = _among("--conflicts", [conflicts], get_args(Conflicts))[0]
        at_hand = _batch(desk, batch, day_of_check(today), progress)
        bench = at_hand.bench
        returned = compare(read_back(file, bench.contract, progress), bench, desk, at_hand.row.id, progress)
        torn = list(returned.conflicts.select("row_id", "field").iter_rows())
        stopped = bool(torn) and how == "stop" and not dry_run
        if not dry_run and not stopped:
            for step in steps(returned, language(), theirs=torn if how == "back" else ()):
                step.run(bench)
        _tell(returned, as_json, done=not dry_run and not stopped)
        if stopped:
            _say_conflicts()
            raise SystemExit(Exit.FINDINGS)


def _tell(returned: Returned, as_json: bool, done: bool) -> None:
    """What was taken, and the places of what was not; never a value."""
    torn = returned.conflicts
    if as_json:
        told = {
            "rows": returned.rows,
            "corrections": returned.changes.height - torn.height,
            "confirmations": returned.confirms.height,
            "already": returned.already,
            "conflicts": torn.select("row_id", "field").to_dicts(),
            "aside": [
                {"row": each.row, "line": each.line, "why": each.why, "about": each.about}
                for each in returned.aside
            ],
            "taken": done,
        }
        say(json.dumps(told, ensure_ascii=False))
        return
    height = rows(returned.rows)
    parts = (
        counted(returned.changes.height - torn.height, *_CORRECTIONS),
        counted(returned.confirms.height, *_CONFIRMATIONS),
        counted(torn.height, *_CONFLICTS),
    )
    fr, en = ", ".join(part.fr for part in parts), ", ".join(part.en for part in parts)
    what = t(f"{height.fr} : {fr}.", f"{height.en}: {en}.")
    say(what if done else f"{what} {t('Rien n’a été changé.', 'Nothing was changed.')}")
    for row, name in torn.select("row_id", "field").iter_rows():
        say(t(f"  conflit : ligne {row}, {name}", f"  conflict: row {row}, {name}"), sys.stderr)
    for each in returned.aside:
        where = (
            t(f"ligne {each.line} du fichier", f"line {each.line} of the file")
            if each.line
            else t("titre", "title")
        )
        say(f"  {where}{t(' : ', ': ')}{each.text.in_(language())}", sys.stderr)


def _say_conflicts() -> None:
    say(
        t(
            "Ces cellules ont changé des deux côtés. Décidez une à une dans la fenêtre, ou relancez avec "
            "--conflicts here ou --conflicts back.",
            "These cells changed on both sides. Decide one by one in the window, or run again with "
            "--conflicts here or --conflicts back.",
        ),
        sys.stderr,
    )


def _batch(desk: Workspace, batch: str, day: date, progress: Progress) -> OnBench:
    from desktop_app.core.flow import resume

    return resume(desk, batch_named(desk, batch).id, day, progress)
