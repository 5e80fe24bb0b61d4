"""`navette serve`: the registry endpoint, as its operator or the demo starts it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from desktop_app.cli.speech import t

URL_HELP = t("L’adresse que les sites appellent.", "The address sites call.")
FOLDER_HELP = t("Où le registre garde tout.", "Where the registry keeps everything.")
INIT_HELP = t(
    "Crée les clés et certificats qui manquent.", "Make the keys and certificates that are missing."
)
PORT_HELP = t("Port d’écoute ; 0 prend un port libre.", "Port to listen on; 0 takes any free one.")
SITE_HELP = t("Écrit le fichier d’enrôlement d’un site.", "Write the enrolment file of a site.")
INPUT_HELP = t(
    "S’arrête quand l’entrée standard se ferme (pour un programme parent).",
    "Stop when standard input closes (for a parent program).",
)


def serve(
    folder: Annotated[Path, typer.Option(help=FOLDER_HELP)],
    init: Annotated[bool, typer.Option("--init", help=INIT_HELP)] = False,
    port: Annotated[int | None, typer.Option(help=PORT_HELP)] = None,
    enrol_site: Annotated[tuple[str, str] | None, typer.Option(metavar="FINESS NAME", help=SITE_HELP)] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
    url: Annotated[str | None, typer.Option(help=URL_HELP)] = None,
    revoke_site: Annotated[str | None, typer.Option(metavar="FINESS")] = None,
    stop_with_input: Annotated[bool, typer.Option("--stop-with-input", help=INPUT_HELP)] = False,
) -> None:  # fmt: skip
    """The registry endpoint in this process, or one of its office tasks."""
    from registry_endpoint.__main__ import main

    arguments = ["--folder", str(folder)]
    arguments += ["--init"] if init else []
    arguments += ["--port", str(port)] if port is not None else []
    arguments += ["--enrol-site", *enrol_site] if enrol_site else []
    arguments += ["--output", str(output)] if output else []
    arguments += ["--url", url] if url else []
    arguments += ["--revoke-site", revoke_site] if revoke_site else []
    if stop_with_input:
        threading.Thread(target=_end_with_input, daemon=True).start()
    raise SystemExit(main(arguments))


def _end_with_input() -> None:
    """What the endpoint has answered is durable, so that it may end at any moment."""
    sys.stdin.read()
    os._exit(0)
