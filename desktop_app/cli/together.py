"""Files given together: several of one shape, or an RSS, its VID-HOSP and the list of patients."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from desktop_app.cli.speech import language, number, say, t

if TYPE_CHECKING:
    from desktop_app.core.mapping import Recipe
    from desktop_app.core.stages import Extract, ImportOptions

DEFAULT_CONTRACT = "rnc-tumeurs"
STAYS_CONTRACT = "rnc-notifications"

MoreFiles = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE",
        show_default=False,
        help=t(
            "D’autres fichiers de même forme, réunis en un lot. PMSI : le VID-HOSP qui va avec le RSS et, si "
            "vous l’avez, le fichier des patients.",
            "More files of the same shape, gathered in one batch. PMSI: the VID-HOSP that goes with the RSS "
            "and, if you have it, the file of the patients.",
        ),
    ),
]


class Given(NamedTuple):
    """The file to open, and how, where the files tell; `pmsi`: they are notifications of stays.

    `others` are files of the same shape, which make one batch with the first.
    """

    path: Path
    options: ImportOptions | None
    pmsi: bool
    others: tuple[Path, ...] = ()

    @property
    def together(self) -> bool:
        """Whether more than one file is read; then all of it at once."""
        return self.pmsi or bool(self.others)

    @property
    def name(self) -> str:
        """What the findings are said to be about."""
        count = len(self.others)
        return (
            f"{self.path.name} {t(f'et {count} de plus', f'and {count} more')}" if count else self.path.name
        )

    def read_with(self, recipe: Recipe | None) -> ImportOptions | None:
        """How to read it all, with what a recipe states of each file; None: as the file looks."""
        if self.options is not None:
            return self.options
        if not self.others:
            return _stated(recipe, self.path)
        from desktop_app.core.extracts.gather import asked_together

        return asked_together([(path, _stated(recipe, path)) for path in (self.path, *self.others)])


def _stated(recipe: Recipe | None, path: Path) -> ImportOptions | None:
    from desktop_app.core.mapping import import_options

    return None if recipe is None else import_options(recipe, path)


def given(file: Path, more: list[Path] | None) -> Given:
    """What the files named on the command line are. Raises AppError for files that do not go together."""
    from desktop_app.core.extracts import detect
    from desktop_app.core.extracts.pmsi.months import arranged_months

    found = arranged_months([file, *(more or ())])
    if found is None:
        return Given(file, None, pmsi=False, others=tuple(more or ()))
    ways = [(path, detect(path, changed).options) for path, changed in found.items()]
    path, options = ways[0]
    if len(ways) > 1:
        from desktop_app.core.extracts.gather import asked_together

        options = asked_together(ways)
    return Given(path, options, pmsi=True)


def contract_for(extract: Extract) -> str:
    """The contract that a file is held against when nobody names one."""
    return STAYS_CONTRACT if extract.options.format == "pmsi-mco" else DEFAULT_CONTRACT


def tell_remarks(extract: Extract) -> None:
    """What a person should know of the rows that were read goes to the error stream."""
    for remark in extract.remarks:
        say(remark.in_(language()), sys.stderr)
    before = 0
    for part in extract.options.parts:
        first, last = number(before + 1), number(before + part.rows)
        say(
            t(
                f"{part.name}\N{NO-BREAK SPACE}: lignes {first} à {last} des constats.",
                f"{part.name}: rows {first} to {last} of the findings.",
            ),
            sys.stderr,
        )
        before += part.rows
