"""Arguments that several commands share, with help that teaches."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desktop_app.cli.speech import t

FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=t(
            "L’extrait (CSV, classeur, largeur fixe) ; il n’est jamais modifié.",
            "The extract (CSV, workbook, fixed width); it is never changed.",
        ),
    ),
]
RecipeOption = Annotated[
    Path | None,
    typer.Option(
        "--recipe",
        metavar="RECIPE.json",
        help=t(
            "La recette qui relie les colonnes aux champs ; sans elle, Navette la devine et le dit.",
            "The recipe that maps columns to fields; without it Navette guesses, and says so.",
        ),
    ),
]
ContractOption = Annotated[
    str, typer.Option(metavar="ID[@VERSION]", help=t("Le contrat de données.", "The data contract."))
]
TodayOption = Annotated[
    str,
    typer.Option(
        metavar="YYYY-MM-DD",
        help=t("Le jour du contrôle (aujourd’hui si absent).", "The day of the check (today if absent)."),
    ),
]
SiteRulesOption = Annotated[
    Path | None,
    typer.Option(
        "--site-rules",
        metavar="FILE.yaml",
        help=t(
            "Les règles du site, en plus de celles du contrat ; elles restent sur place. L’espace de "
            "travail les retient.",
            "The site’s own rules, beside the contract’s; they stay on the site. A workspace keeps them.",
        ),
    ),
]
WaitOption = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        min=0,
        help=t(
            "Renoncer à attendre le registre après ce délai ; le lot reste dans la boîte d’envoi.",
            "Stop waiting for the registry after this long; the batch stays in the outbox.",
        ),
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help=t("Pour un programme.", "For a program."))]
