"""The command line: the stations of the flow without a window, on the same core."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop_app.cli.check import CHECK_HELP, check
from desktop_app.cli.contracts import contracts
from desktop_app.cli.convert import CONVERT_HELP, convert
from desktop_app.cli.corrections import corrections
from desktop_app.cli.demo import demo, selftest
from desktop_app.cli.exchange import enrol, feedback, keys, outbox
from desktop_app.cli.findings import findings
from desktop_app.cli.help_texts import (
    DEMO_HELP,
    ENROL_HELP,
    FEEDBACK_HELP,
    KEYS_HELP,
    OUTBOX_HELP,
    REPORT_HELP,
    SELFTEST_HELP,
    SERVE_HELP,
    SUBMIT_HELP,
)
from desktop_app.cli.recipe import recipe
from desktop_app.cli.report import report
from desktop_app.cli.serve import serve
from desktop_app.cli.speech import t
from desktop_app.cli.submit import submit
from desktop_app.cli.usage import HELP_NAMES, SpokenGroup
from desktop_app.cli.workspace import workspace

app = typer.Typer(
    name="navette",
    cls=SpokenGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": HELP_NAMES},
    help=t(
        "Navette prépare un extrait de cas de cancer, le vérifie, le pseudonymise et le transmet au registre "
        "national.\n\n"
        "Sans commande, la fenêtre s’ouvre. Pour commencer : navette demo, ou navette check EXTRAIT.csv. "
        "NAVETTE_LANG=en pour l’anglais.",
        "Navette prepares an extract of cancer cases, checks it, pseudonymises it and sends it to the "
        "national registry.\n\n"
        "With no command the window opens. To begin: navette demo, or navette check EXTRACT.csv. "
        "NAVETTE_LANG=fr for French.",
    ),
)


@app.command(
    "open",
    help=t(
        "Ouvre la fenêtre, sur un fichier s’il est donné ; plusieurs fichiers de même forme font un lot.",
        "Open the window, on a file if given; several files of one shape make one batch.",
    ),
)
def open_(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE]...")] = None,
    workspace: Annotated[
        Path | None, typer.Option(metavar="DIR", help=t("Dossier de travail.", "Workspace folder."))
    ] = None,
) -> None:
    """The window."""
    from desktop_app.__main__ import open_window

    raise SystemExit(open_window(files or (), workspace))


app.command(help=CHECK_HELP)(check)
app.command(help=CONVERT_HELP)(convert)
app.command(help=ENROL_HELP)(enrol)
app.command(help=SUBMIT_HELP)(submit)
app.command(help=OUTBOX_HELP)(outbox)
app.command(help=FEEDBACK_HELP)(feedback)
app.command(help=REPORT_HELP)(report)
app.command(help=KEYS_HELP)(keys)
app.command(help=DEMO_HELP)(demo)
app.command(help=SERVE_HELP)(serve)
app.command(help=SELFTEST_HELP)(selftest)
app.add_typer(contracts, name="contracts")
app.add_typer(recipe, name="recipe")
app.add_typer(findings, name="findings")
app.add_typer(workspace, name="workspace")
app.add_typer(corrections, name="corrections")
