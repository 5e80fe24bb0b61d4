"""Files given together: the RSS, its VID-HOSP and the list of patients are one extract."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from desktop_app.cli.speech import language, say, t

if TYPE_CHECKING:
    from desktop_app.core.stages import Extract, ImportOptions

STAYS_CONTRACT = "rnc-notifications"

MoreFiles = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE",
        show_default=False,
        help=t(
            "PMSI : le VID-HOSP qui va avec le RSS et, si vous l’avez, le fichier des patients.",
            "PMSI: the VID-HOSP that goes with the RSS and, if you have it, the file of the patients.",
        ),
    ),
]


class Given(NamedTuple):
    """The file to open, and how, where the files tell; `pmsi`: they are notifications of stays."""

    path: Path
    options: ImportOptions | None
    pmsi: bool


def given(file: Path, more: list[Path] | None) -> Given:
    """What the files named on the command line are. Raises AppError for files that do not go together."""
    from desktop_app.core.extracts import detect
    from desktop_app.core.extracts.pmsi.pair import arranged
    from desktop_app.core.extracts.pmsi.sentences import not_together

    paths = [file, *(more or ())]
    found = arranged(paths)
    if found is None:
        if more:
            raise not_together([path.name for path in paths])
        return Given(file, None, pmsi=False)
    path, changed = found
    return Given(path, detect(path, changed).options, pmsi=True)


def tell_remarks(extract: Extract) -> None:
    """What a person should know of the rows that were read goes to the error stream."""
    for remark in extract.remarks:
        say(remark.in_(language()), sys.stderr)
