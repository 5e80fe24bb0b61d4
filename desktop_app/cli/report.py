"""`navette report`: the quality report of a file or of a batch."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.check import day_of_check, mapped_rows, refuse_overwriting
from desktop_app.cli.desk import WorkspaceOption, known_batch, no_batch, open_desk
from desktop_app.cli.options import ContractOption, RecipeOption, TodayOption
from desktop_app.cli.speech import guarded, language, progress_bar, say, t
from desktop_app.core.errors import AppError
from desktop_app.core.saving import save_text
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.progress import Progress


def report(
    target: Annotated[
        str,
        typer.Argument(
            metavar="FILE|BATCH",
            help=t(
                "Un extrait, ou un lot de l’espace de travail.", "An extract, or a batch of the workspace."
            ),
        ),
    ],
    form: Annotated[str, typer.Option("--format", help="html")] = "html",
    output: Annotated[Path | None, typer.Option(help=t("Le fichier à écrire.", "The file to write."))] = None,
    recipe: RecipeOption = None,
    contract: ContractOption = "",
    today: TodayOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """The quality report, without any identity."""
    with guarded(), progress_bar() as progress:
        if form != "html":
            raise AppError(
                "cli.format",
                Text(f"Le format « {form} » n’existe pas.", f"There is no format '{form}'."),
                Text("Écrivez --format html.", "Write --format html."),
            )
        day, path = day_of_check(today), Path(target)
        if path.is_file():
            if output is not None:
                refuse_overwriting(output, path, recipe)
            page, name = _report_of_file(path, contract, recipe, day, progress), path.stem
        else:
            page, name = _report_of_batch(target, workspace, day, progress), re.sub(r"[^\w-]+", "-", target)
        written = output or Path(f"{name}-{t('rapport', 'report')}.html")
        save_text(written, [page])
        say(t(f"Rapport écrit dans {written.name}.", f"Report written to {written.name}."))


def _report_of_file(file: Path, contract: str, recipe: Path | None, day: date, progress: Progress) -> str:
    import polars as pl

    from desktop_app.core.reports import build_report, render_html
    from desktop_app.core.stages import Checked
    from validation_rules.check import Checker

    mapped = mapped_rows(file, contract, recipe, progress)
    findings = Checker(mapped.contract, day).check(mapped.frame, progress)
    checked = Checked(mapped, mapped.frame, findings.with_columns(state=pl.lit("open")), day)
    return render_html(build_report(checked), language())


def _report_of_batch(batch: str, workspace: Path | None, day: date, progress: Progress) -> str:
    from desktop_app.core.dispatch import sealed_id_of
    from desktop_app.core.feedback import kept_feedback
    from desktop_app.core.flow import resume
    from desktop_app.core.reports import build_report, render_html

    with open_desk(workspace, readonly=True) as desk:
        row = known_batch(desk, batch)
        if row is None:
            raise _neither(batch)
        bench = resume(desk, row.id, day, progress).bench
        known = kept_feedback(desk, sealed_id_of(row))
        return render_html(build_report(bench.checked(), None, known), language())


def _neither(name: str) -> AppError:
    return no_batch(
        Text(f"« {name} » n’est ni un fichier ni un lot.", f"“{name}” is neither a file nor a batch.")
    )
