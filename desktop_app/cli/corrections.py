"""`navette corrections`: what earlier batches left, what the source has wrong, what has changed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.check import day_of_check
from desktop_app.cli.desk import WorkspaceOption, batch_named, no_batch, open_desk
from desktop_app.cli.options import TodayOption
from desktop_app.cli.speech import guarded, language, progress_bar, say, t
from desktop_app.core.errors import AppError
from desktop_app.core.saving import own_files, refuse_own_file, save_text
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.months.sheets import Sheet
    from desktop_app.core.workspace import BatchRow, Workspace

corrections = typer.Typer(
    no_args_is_help=True,
    help=t(
        "Les corrections, d’un mois à l’autre : reprises, à faire à la source, changements.",
        "Corrections, from one month to the next: carried over, to do at the source, changes.",
    ),
)

SOURCE_HELP = t(
    """Ce qui est corrigé ici et toujours faux dans le système source, par établissement.

    Une page à imprimer (.html) ou un tableau (.csv). Sans --show-identities, seule la ligne de l’extrait dit
    de quel enregistrement il s’agit.

    Exemple : navette corrections source --output a-corriger.html --show-identities
    """,
    """What is corrected here and still wrong in the source system, by institution.

    A page to print (.html) or a table (.csv). Without --show-identities, only the row of the extract tells
    which record it is.

    Example: navette corrections source --output to-correct.html --show-identities
    """,
)
CARRIED_HELP = t(
    """Ce que sont devenues les corrections des lots précédents dans un lot.

    Exemple : navette corrections carried --output reprises.csv
    """,
    """What became of the corrections of earlier batches in a batch.

    Example: navette corrections carried --output carried.csv
    """,
)
COMPARE_HELP = t(
    """Compare un lot au précédent : enregistrements ajoutés, modifiés champ par champ, absents.

    Exemple : navette corrections compare --output changements.html
    """,
    """Compare a batch with the one before: records added, changed field by field, gone.

    Example: navette corrections compare --output changes.html
    """,
)
BatchArgument = Annotated[
    str,
    typer.Argument(
        metavar="[BATCH]",
        help=t(
            "Le nom ou l’identifiant du lot ; le dernier sans cela.",
            "Name or id of the batch; else the latest.",
        ),
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option(metavar="PATH", help=t("Le fichier à écrire.", "The file to write."))
]
IdentitiesOption = Annotated[
    bool,
    typer.Option(
        "--show-identities",
        help=t(
            "Montrer les valeurs des champs d’identité (masquées sinon).",
            "Show the values of identity fields (masked otherwise).",
        ),
    ),
]


@corrections.command("source", help=SOURCE_HELP)
def source(
    output: Annotated[
        Path, typer.Option(metavar="PATH", help=t("Le fichier à écrire.", "The file to write."))
    ],
    batch: BatchArgument = "",
    show_identities: IdentitiesOption = False,
    today: TodayOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """The list for the source system."""
    with guarded(), open_desk(workspace, readonly=True) as desk, progress_bar() as progress:
        from desktop_app.core.flow import resume
        from desktop_app.core.months.still_wrong import as_sheet, csv_lines, still_wrong

        row = _named(desk, batch)
        found = still_wrong(resume(desk, row.id, day_of_check(today), progress).bench)
        _write(
            output,
            row,
            as_sheet(found, language(), show_identities=show_identities),
            csv_lines(found, language(), show_identities=show_identities),
        )


@corrections.command("carried", help=CARRIED_HELP)
def carried(
    batch: BatchArgument = "",
    output: OutputOption = None,
    show_identities: IdentitiesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """What earlier batches left to this one."""
    with guarded(), open_desk(workspace, readonly=True) as desk, progress_bar() as progress:
        from desktop_app.core.flow import mapped_again
        from desktop_app.core.months.carried_list import csv_lines, told
        from desktop_app.core.months.carrying import applied_in, outlook

        row = _named(desk, batch)
        _, mapped = mapped_again(desk, row, progress)
        found = outlook(desk, mapped, row.id, progress)
        say(told(applied_in(desk, row.id), found, 0).in_(language()))
        if output is not None:
            lines = csv_lines(found, mapped.contract, language(), show_identities=show_identities)
            _write(output, row, None, lines)


@corrections.command("compare", help=COMPARE_HELP)
def compare(
    batch: BatchArgument = "",
    earlier: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="BATCH",
            help=t(
                "Le lot à comparer ; le dernier envoyé sans cela.",
                "The batch to compare with; else the last sent.",
            ),
        ),
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help=t("Où est à présent le fichier de ce lot.", "Where the file of that batch is now."),
        ),
    ] = None,
    output: OutputOption = None,
    show_identities: IdentitiesOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """A batch beside the one before it."""
    with guarded(), open_desk(workspace, readonly=True) as desk, progress_bar() as progress:
        from desktop_app.core.months.before import compared, rows_as_left
        from desktop_app.core.months.compared_list import as_sheet, csv_lines, told

        row = _named(desk, batch)
        other = _named(desk, earlier).id if earlier else None
        before, found = compared(desk, row.id, rows_as_left(desk, row, None, progress), other, file, progress)
        say(t(f"Comparé au lot « {before.name} ».", f"Compared with the batch “{before.name}”."))
        say(told(found).in_(language()))
        if output is not None:
            sheet = as_sheet(found, before.name, language(), show_identities=show_identities)
            _write(output, row, sheet, csv_lines(found, language(), show_identities=show_identities))


def _named(desk: Workspace, batch: str) -> BatchRow:
    """The batch of that name or id, the latest without one. AppError `cli.no_batch`."""
    if batch:
        return batch_named(desk, batch)
    rows = desk.batches.list()
    if not rows:
        raise no_batch(
            Text("L’espace de travail n’a pas encore de lot.", "The workspace has no batch yet."),
        )
    return rows[0]


def _write(output: Path, row: BatchRow, sheet: Sheet | None, table: Iterator[str]) -> None:
    """A page or a table, by the ending of the name. AppError `cli.format`."""
    from desktop_app.core.months.sheets import as_html

    refuse_own_file(output, own_files(row))
    ending = output.suffix.lower()
    if ending == ".html" and sheet is not None:
        save_text(output, as_html(sheet, language()))
    elif ending == ".csv":
        save_text(output, table)
    else:
        known = ".csv" if sheet is None else ".html, .csv"
        raise AppError(
            "cli.format",
            Text(f"« {output.name} » a une fin inconnue.", f"“{output.name}” has an unknown ending."),
            Text(f"Donnez un nom qui finit par {known}.", f"Give a name that ends in {known}."),
        )
    say(t(f"Écrit dans {output.name}.", f"Written to {output.name}."), sys.stderr)
