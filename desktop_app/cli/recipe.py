"""`navette recipe`: the recipe drafted from a file, held against one, and those that the workspace keeps."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop_app.cli.check import refuse_overwriting
from desktop_app.cli.desk import WorkspaceOption, open_desk
from desktop_app.cli.options import ContractOption, FileArgument, JsonOption
from desktop_app.cli.recipe_words import (
    drift_lines,
    guess_lines,
    missing_required,
    noted,
    recipe_lines,
    version_changes,
)
from desktop_app.cli.speech import Exit, guarded, language, number, progress_bar, say, t
from desktop_app.cli.together import MoreFiles, contract_for, given, tell_remarks
from desktop_app.core.errors import AppError
from desktop_app.core.saving import save_text
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.mapping import Drift
    from desktop_app.core.workspace import RecipeVersion, SavedRecipe, Workspace

recipe = typer.Typer(
    no_args_is_help=True,
    help=t(
        "Les recettes, qui relient les colonnes d’un fichier aux champs du contrat.",
        "Recipes, which map the columns of a file to the fields of the contract.",
    ),
)

DRAFT_HELP = t(
    """Devine la recette d’un fichier et l’écrit, sans rien d’autre : ni clé, ni espace de travail.

    Ce dont Navette n’est pas sûre est dit à l’écran et noté dans la recette : relisez-la avant de vous en
    servir.

    Exemple : navette recipe draft extrait.csv --output recette.json
    """,
    """Guess the recipe of a file and write it; no key and no workspace needed.

    What Navette is not sure of is told on the screen and noted in the recipe: read it before you use it.

    Example: navette recipe draft extract.csv --output recipe.json
    """,
)
CHECK_HELP = t(
    """Dit ce qui ne va pas entre une recette et un fichier.

    Colonnes nouvelles, disparues, renommées, codées ou écrites autrement. Chaque constat
    dit ce que Navette propose ; --output écrit la recette qui accepte tout.

    Code de sortie : 0 la recette convient, 1 quelque chose a changé, 2 contrôle impossible.

    Exemple : navette recipe check recette.json decembre.csv --output recette-decembre.json
    """,
    """Say what does not fit between a recipe and a file.

    Columns that are new, gone, renamed, coded or written differently. Each says
    what Navette proposes; --output writes the recipe with every proposal accepted.

    Exit code: 0 the recipe fits, 1 something has changed, 2 could not run.

    Example: navette recipe check recipe.json december.csv --output recipe-december.json
    """,
)
LIST_HELP = t(
    "Les recettes de l’espace de travail, une ligne par forme de fichier.",
    "The recipes of the workspace, one line for each shape of file.",
)
SHOW_HELP = t(
    "Montre une recette : celle d’un fichier .json, ou celle de l’espace de travail.",
    "Show a recipe: that of a .json file, or one of the workspace.",
)
HISTORY_HELP = t(
    "Les versions d’une recette : quand, par qui, ce qui a changé.",
    "The versions of a recipe: when, by whom, what changed.",
)
EXPORT_HELP = t(
    """Écrit une recette de l’espace de travail, à donner à un collègue : sans aucune valeur d’un patient.

    Exemple : navette recipe export 3fa9c2 --output recette.json
    """,
    """Write a recipe of the workspace, to give to a colleague: without any value of a patient.

    Example: navette recipe export 3fa9c2 --output recipe.json
    """,
)
RESTORE_HELP = t(
    "Remet en vigueur une version antérieure ; l’historique la garde comme une version de plus.",
    "Bring an earlier version back into force; the history keeps it as one more version.",
)
_OUTPUT = t("Écrire dans ce fichier plutôt qu’à l’écran.", "Write to this file instead of the screen.")
_PROPOSED = t(
    "Écrire ici la recette avec toutes les propositions.",
    "Write here the recipe with every proposal accepted.",
)
KeyArgument = Annotated[
    str,
    typer.Argument(
        metavar="RECIPE",
        help=t("Le début de son numéro dans « recipe list ».", "The start of its number in 'recipe list'."),
    ),
]
VersionOption = Annotated[
    int,
    typer.Option("--version", metavar="N", min=0, help=t("Une version antérieure.", "An earlier version.")),
]


@recipe.command(help=DRAFT_HELP)
def draft(
    file: FileArgument,
    more: MoreFiles = None,
    contract: ContractOption = "",
    output: Annotated[Path | None, typer.Option(metavar="RECIPE.json", help=_OUTPUT)] = None,
) -> None:
    """Its help text is `DRAFT_HELP`."""
    with guarded():
        from desktop_app.core.extracts import open_extract
        from desktop_app.core.mapping import draft_recipe
        from validation_rules.contract import load_contract

        if output is not None:
            refuse_overwriting(output, file, *(more or ()))
        files = given(file, more)
        with progress_bar() as progress:
            extract = open_extract(files.path, files.read_with(None), progress)
            terms = load_contract(contract or contract_for(extract))
            guessed = draft_recipe(extract, terms, progress)
        tell_remarks(extract)
        for line in (*guess_lines(guessed), *missing_required(guessed.recipe, terms)):
            say(line, sys.stderr)
        _write(noted(guessed).to_json(), output)


@recipe.command(help=CHECK_HELP)
def check(
    recipe_file: Annotated[Path, typer.Argument(metavar="RECIPE.json", help=t("La recette.", "The recipe."))],
    file: FileArgument,
    more: MoreFiles = None,
    output: Annotated[Path | None, typer.Option(metavar="RECIPE.json", help=_PROPOSED)] = None,
    as_json: JsonOption = False,
) -> None:
    """Its help text is `CHECK_HELP`."""
    with guarded():
        from desktop_app.core.extracts import open_extract
        from desktop_app.core.flow import read_by
        from desktop_app.core.mapping import accept, load_recipe
        from desktop_app.core.mapping.drift import drift
        from validation_rules.contract import load_contract

        if output is not None:
            refuse_overwriting(output, file, *(more or ()))
        files, stated = given(file, more), load_recipe(recipe_file)
        terms = load_contract(stated.contract)
        with progress_bar() as progress:
            if files.together:
                extract = open_extract(files.path, files.read_with(stated), progress)
            else:
                extract = read_by(files.path, stated, progress)
            found = drift(extract, stated, terms, progress)
        followed = accept(stated, found)
        if as_json:
            say(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=1))
        else:
            for line in (*drift_lines(found), *missing_required(followed, terms)):
                say(line)
        if output is not None:
            _write(followed.to_json(), output)
    raise SystemExit(Exit.FINDINGS if found else Exit.FINE)


@recipe.command("list", help=LIST_HELP)
def list_(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Its help text is `LIST_HELP`."""
    with guarded(), open_desk(workspace, readonly=True) as desk:
        kept = desk.recipes.list()
        if as_json:
            say(json.dumps([_listed(one) for one in kept], ensure_ascii=False, indent=1))
        elif not kept:
            say(t("Aucune recette n’est encore gardée.", "No recipe is kept yet."))
        else:
            for one in kept:
                say(_line(one))


@recipe.command(help=SHOW_HELP)
def show(
    which: Annotated[str, typer.Argument(metavar="RECIPE|FILE.json")],
    version: VersionOption = 0,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Its help text is `SHOW_HELP`."""
    with guarded():
        from desktop_app.core.mapping import load_recipe
        from validation_rules.contract import load_contract

        if which.lower().endswith(".json"):
            wanted = load_recipe(Path(which))
        else:
            with open_desk(workspace, readonly=True) as desk:
                wanted = _version(desk, _kept(desk, which).shape, version).recipe
        terms = load_contract(wanted.contract)
        lines = [wanted.to_json().rstrip("\n")] if as_json else list(recipe_lines(wanted, terms))
        for line in lines:
            say(line)


@recipe.command(help=HISTORY_HELP)
def history(which: KeyArgument, workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Its help text is `HISTORY_HELP`."""
    with guarded(), open_desk(workspace, readonly=True) as desk:
        versions = desk.recipes.versions(_kept(desk, which).shape)
        if as_json:
            say(json.dumps([_told(one) for one in versions], ensure_ascii=False, indent=1))
            return
        for one, before in zip(versions, [*versions[1:], None], strict=True):
            say(_version_line(one, before))


@recipe.command(help=EXPORT_HELP)
def export(
    which: KeyArgument,
    output: Annotated[Path | None, typer.Option(metavar="RECIPE.json", help=_OUTPUT)] = None,
    version: VersionOption = 0,
    workspace: WorkspaceOption = None,
) -> None:
    """Its help text is `EXPORT_HELP`."""
    with guarded():
        from desktop_app.core.mapping.sharing import shareable
        from validation_rules.contract import load_contract

        with open_desk(workspace, readonly=True) as desk:
            wanted = _version(desk, _kept(desk, which).shape, version).recipe
        shared = shareable(wanted, load_contract(wanted.contract))
        for text in shared.left_out:
            say(text.in_(language()), sys.stderr)
        _write(shared.recipe.to_json(), output)


@recipe.command(help=RESTORE_HELP)
def restore(
    which: KeyArgument,
    version: Annotated[int, typer.Argument(metavar="N", min=1)],
    workspace: WorkspaceOption = None,
) -> None:
    """Its help text is `RESTORE_HELP`."""
    with guarded(), open_desk(workspace) as desk:
        shape = _kept(desk, which).shape
        _version(desk, shape, version)
        made = desk.recipes.restore(shape, version).number
        say(
            t(
                f"La version {version} est de nouveau en vigueur ; elle est la version {made}.",
                f"Version {version} is in force again; it is version {made}.",
            )
        )


def _kept(desk: Workspace, which: str) -> SavedRecipe:
    """The recipe whose number starts so. AppError when none does, or several."""
    found = [one for one in desk.recipes.list() if which and one.shape.startswith(which.lower())]
    if len(found) == 1:
        return found[0]
    what = (
        Text(f"Plusieurs recettes commencent par « {which} ».", f"Several recipes start with “{which}”.")
        if found
        else Text(f"Aucune recette ne commence par « {which} ».", f"No recipe starts with “{which}”.")
    )
    todo = Text("« navette recipe list » donne leurs numéros.", "'navette recipe list' gives their numbers.")
    raise AppError("cli.recipe", what, todo)


def _version(desk: Workspace, shape: str, number_: int) -> RecipeVersion:
    """A version of a recipe, 0 for the one in force. AppError when there is none of that number."""
    for one in desk.recipes.versions(shape):
        if number_ in (0, one.number):
            return one
    raise AppError(
        "cli.recipe_version",
        Text(f"Cette recette n’a pas de version {number_}.", f"That recipe has no version {number_}."),
        Text(
            "« navette recipe history » donne les versions.", "'navette recipe history' gives the versions."
        ),
    )


def _write(text: str, output: Path | None) -> None:
    if output is None:
        say(text.rstrip("\n"))
        return
    save_text(output, [text])
    say(t(f"Recette écrite dans {output.name}.", f"Recipe written to {output.name}."), sys.stderr)


def _line(one: SavedRecipe) -> str:
    stated = _read(one.recipe_json)
    versions = number(one.versions)
    return (
        f"{one.shape[:10]}  {one.saved.astimezone():%Y-%m-%d %H:%M}  "
        + t(f"{versions} version(s)", f"{versions} version(s)")
        + f"  {stated.get('contract', '?')}  {len(stated.get('columns', []))} "
        + t("colonnes", "columns")
        + f"  {stated.get('file') or ''}"
    )


def _listed(one: SavedRecipe) -> dict[str, Any]:
    stated = _read(one.recipe_json)
    return {
        "recipe": one.shape,
        "saved": one.saved.isoformat(),
        "versions": one.versions,
        "contract": stated.get("contract"),
        "file": stated.get("file"),
    }


def _read(recipe_json: str) -> dict[str, Any]:
    """What a kept recipe states, even one that this version of the program cannot use."""
    document = json.loads(recipe_json)
    return document if isinstance(document, dict) else {}


def _told(one: RecipeVersion) -> dict[str, Any]:
    return {
        "version": one.number,
        "saved": one.saved.isoformat(),
        "os_user": one.os_user,
        "restored": one.restored,
        "followed": one.followed,
        "recipe": _read(one.recipe_json),
    }


def _version_line(one: RecipeVersion, before: RecipeVersion | None) -> str:
    who = one.os_user or t("utilisateur inconnu", "unknown user")
    told = version_changes(one, before)
    return f"{one.number:>4}  {one.saved.astimezone():%Y-%m-%d %H:%M}  {who}  {told}"


def _plain(one: Drift) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "header": one.header,
        "was": one.was,
        "field": one.field,
        "values": list(one.values),
        "rows": one.rows,
        "say": one.say.in_(language()),
        "proposed": one.proposal is not None,
    }
