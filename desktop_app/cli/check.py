"""`navette check`: the verdict on a file, offline, with no key and no workspace."""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from desktop_app.cli.carrying import CarryOption, with_earlier
from desktop_app.cli.desk import WorkspaceOption
from desktop_app.cli.findings_output import TABLE_ROWS, Format, Verdict, shown, verdict, written
from desktop_app.cli.options import ContractOption, FileArgument, RecipeOption, SiteRulesOption, TodayOption
from desktop_app.cli.speech import Exit, guarded, language, progress_bar, say, t
from desktop_app.cli.together import DEFAULT_CONTRACT, Given, MoreFiles, contract_for, given, tell_remarks
from desktop_app.core.capacity import memory_free
from desktop_app.core.errors import AppError
from desktop_app.core.extracts import BATCHES_FROM, wants_batches
from desktop_app.core.progress import Progress
from desktop_app.core.saving import save_text
from desktop_app.core.stages import Mapped
from validation_rules.text import Text

if TYPE_CHECKING:
    from desktop_app.core.in_batches import Plan
    from desktop_app.core.mapping import Draft, Recipe
    from desktop_app.core.stages import Extract
    from validation_rules.contract import Contract

SURE_ENOUGH = 0.8
MOST_LISTED = 20
FORMATS = ("table", "json", "csv", "sarif")

OUTPUT_HELP = t("Écrire dans ce fichier plutôt qu’à l’écran.", "Write to this file instead of the screen.")
STRICT_HELP = t(
    "Code de sortie 1 aussi pour les constats à confirmer.", "Exit code 1 for findings to confirm as well."
)
IDENTITIES_HELP = t(
    "Montrer les valeurs des champs d’identité (masquées sinon).",
    "Show the values of identity fields (masked otherwise).",
)
BATCH_HELP = t(
    "Contrôler par paquets de ce nombre de lignes, en mémoire bornée, avec les mêmes constats. Navette le "
    f"fait d’elle-même au-delà de {BATCHES_FROM >> 20} Mo.",
    "Check in batches of this many rows, in bounded memory, with the same findings. Navette does so of "
    f"itself above {BATCHES_FROM >> 20} MB.",
)
CHECK_HELP = t(
    """Vérifie un extrait, hors ligne, sans clé ni espace de travail.

    Code de sortie : 0 aucune erreur, 1 des constats de gravité « erreur », 2 contrôle impossible.

    Exemples :

      navette check extrait.csv

      navette check extrait.xlsx --recipe recette.json --format csv --output constats.csv

      navette check janvier.csv février.csv mars.csv

      navette check vidhosp.txt rss.txt patients.csv
    """,
    """Check an extract, offline, with no key and no workspace.

    Exit code: 0 no error, 1 findings of severity error, 2 could not run.

    Examples:

      navette check extract.csv

      navette check extract.xlsx --recipe recipe.json --format csv --output findings.csv

      navette check january.csv february.csv march.csv

      navette check vidhosp.txt rss.txt patients.csv
    """,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked of `navette check`."""

    file: Path
    contract: str
    recipe: Path | None
    site_rules: Path | None
    day: date
    form: Format
    output: Path | None
    show_identities: bool
    files: Given | None = None
    carry: bool = False
    workspace: Path | None = None

    @property
    def spool_folder(self) -> Path | None:
        """Where findings may wait: beside the output; without one, nowhere when they show identities."""
        if self.output is not None:
            return self.output.absolute().parent
        return None if self.show_identities else Path(tempfile.gettempdir())

    def terms(self, contract: Contract) -> Contract:
        """The contract, with the site's own rules when there are some."""
        from desktop_app.core.flow import add_site_rules

        return contract if self.site_rules is None else add_site_rules(contract, self.site_rules)

    def plan(self, terms: Contract, recipe: Recipe) -> Plan:
        """What a check in batches needs to know of it."""
        from desktop_app.core.in_batches import KEY_BUDGET, Plan

        free = memory_free()
        return Plan(
            recipe,
            terms,
            self.day,
            partial(shown, terms, show_identities=self.show_identities),
            more=terms.record_key if self.show_identities else (),
            key_budget=KEY_BUDGET if free is None else min(KEY_BUDGET, free // 3),
            most=TABLE_ROWS if self.form == "table" else None,
            language=language(),
        )


def check(
    file: FileArgument,
    more: MoreFiles = None,
    contract: ContractOption = "",
    recipe: RecipeOption = None,
    site_rules: SiteRulesOption = None,
    today: TodayOption = "",
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help=" | ".join(FORMATS))] = "table",
    output: Annotated[Path | None, typer.Option(metavar="PATH", help=OUTPUT_HELP)] = None,
    strict: Annotated[bool, typer.Option("--strict", help=STRICT_HELP)] = False,
    show_identities: Annotated[bool, typer.Option("--show-identities", help=IDENTITIES_HELP)] = False,
    batch_rows: Annotated[int, typer.Option(metavar="ROWS", min=0, help=BATCH_HELP)] = 0,
    carry: CarryOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """`navette check`; its help text is `CHECK_HELP`."""
    with guarded(), ExitStack() as held:
        day, wanted = day_of_check(today), _format(form)
        if output is not None:
            refuse_overwriting(output, file, recipe, site_rules, *(more or ()))
        files = given(file, more)
        asked = Asked(
            files.path,
            contract,
            recipe,
            site_rules,
            day,
            wanted,
            output,
            show_identities,
            files,
            carry,
            workspace,
        )
        with progress_bar() as progress:
            if not files.together and not carry and (batch_rows or wants_batches(file)):
                result = checked_in_batches(asked, batch_rows or None, held, progress)
            else:
                result = checked(asked, progress)
            if output is not None:
                save_text(output, written(result, wanted))
        if output is None:
            sys.stdout.writelines(written(result, wanted))
            sys.stdout.flush()
        else:
            say(t(f"Constats écrits dans {output.name}.", f"Findings written to {output.name}."), sys.stderr)
    failed = result.stopping("error") or (strict and result.stopping("confirm"))
    raise SystemExit(Exit.FINDINGS if failed else Exit.FINE)


def checked(asked: Asked, progress: Progress) -> Verdict:
    """Load, map and check one file in memory: the same core as the window's."""
    from validation_rules.check import Checker

    mapped = mapped_rows(asked.file, asked.contract, asked.recipe, progress, asked.files)
    terms = asked.terms(mapped.contract)
    if asked.carry:
        mapped = replace(mapped, contract=terms)
        mapped, findings = with_earlier(mapped, asked.day, asked.workspace, progress)
    else:
        findings = Checker(terms, asked.day).check(mapped.frame, progress)
    found = verdict(terms, mapped, findings, show_identities=asked.show_identities)
    return found if asked.files is None else replace(found, file=asked.files.name)


def checked_in_batches(asked: Asked, batch_rows: int | None, held: ExitStack, progress: Progress) -> Verdict:
    """The same findings in bounded memory. What they wait in is closed with `held`."""
    from desktop_app.core.extracts import open_stream
    from desktop_app.core.in_batches import check_guessing, check_in_batches
    from desktop_app.core.mapping import import_options, load_recipe
    from desktop_app.core.spool import Spool
    from validation_rules.contract import load_contract

    stated = load_recipe(asked.recipe) if asked.recipe is not None else None
    terms = asked.terms(load_contract(asked.contract or (stated.contract if stated else DEFAULT_CONTRACT)))
    stream = open_stream(asked.file, import_options(stated, asked.file) if stated else None, batch_rows)
    spool = held.enter_context(Spool(asked.spool_folder))
    plan = partial(asked.plan, terms)
    if stated is not None:
        found = check_in_batches(stream, plan(stated), spool, progress)
    else:
        draft, found = check_guessing(stream, terms, plan, spool, progress)
        _tell_draft(draft)
    return Verdict(terms, asked.file.name, found.rows, found.counts, partial(found.parts, progress))


def mapped_rows(
    file: Path,
    contract: str,
    recipe_file: Path | None,
    progress: Progress,
    files: Given | None = None,
) -> Mapped:
    """The contract rows of a file, through its recipe or, without one, through the automatic draft."""
    from desktop_app.core.extracts import open_extract
    from desktop_app.core.flow import mapped_through
    from desktop_app.core.mapping import draft_recipe, load_recipe
    from validation_rules.contract import load_contract

    files = files or Given(file, None, pmsi=False)
    if recipe_file is not None:
        recipe = load_recipe(recipe_file)
        terms = load_contract(contract or recipe.contract)
        extract = open_extract(file, files.read_with(recipe), progress)
        tell_remarks(extract)
        return mapped_through(extract, recipe, terms, progress)
    extract = open_extract(file, files.read_with(None), progress)
    tell_remarks(extract)
    terms = load_contract(contract or contract_for(extract))
    _tell_form(extract, terms)
    draft = draft_recipe(extract, terms)
    _tell_draft(draft)
    return mapped_through(extract, draft.recipe, terms, progress)


def _tell_form(extract: Extract, terms: Contract) -> None:
    """A contract that fixes the form of its file is not met by the right columns in another order."""
    if terms.export_separator is None:
        return
    names = list(terms.export_names)
    if extract.columns != names:
        missing = [name for name in names if name not in extract.columns]
        listed = f"{t('il manque', 'missing:')} {', '.join(missing[:MOST_LISTED])}" if missing else ""
        say(
            t(
                f"L’en-tête n’est pas celui de {terms.id} ({len(names)} colonnes, ordre fixe). {listed}",
                f"The header is not that of {terms.id} ({len(names)} columns, fixed order). {listed}",
            ).strip(),
            sys.stderr,
        )
    if extract.options.separator != terms.export_separator:
        say(
            t(
                f"Le séparateur attendu est « {terms.export_separator} ».",
                f"The separator expected is “{terms.export_separator}”.",
            ),
            sys.stderr,
        )


def _tell_draft(draft: Draft) -> None:
    """A guess is never silent: what the draft is unsure of goes to the error stream."""
    unused = [guess.source for guess in draft.columns if not guess.fields]
    total = len(draft.columns)
    say(
        t(
            f"Sans recette. Colonnes reconnues à leur en-tête et à leur contenu : {total - len(unused)} sur "
            f"{total}.",
            f"No recipe. Columns recognised from their header and content: {total - len(unused)} of {total}.",
        ),
        sys.stderr,
    )
    for guess in draft.columns:
        if guess.fields and guess.confidence < SURE_ENOUGH:
            fields = " + ".join(guess.fields)
            say(f"  {t('à vérifier :', 'please check:')} {guess.source} -> {fields}", sys.stderr)
    if unused:
        listed = ", ".join(unused[:MOST_LISTED]) + (", …" if len(unused) > MOST_LISTED else "")
        say(t("  non utilisées : ", "  not used: ") + listed, sys.stderr)


def day_of_check(today: str) -> date:
    """The day that `--today` names, or today. AppError when it is not a date."""
    if not today:
        return date.today()
    try:
        return date.fromisoformat(today)
    except ValueError:
        raise AppError(
            "cli.today",
            Text(f"« {today} » n’est pas une date.", f"'{today}' is not a date."),
            Text("Écrivez-la AAAA-MM-JJ.", "Write it YYYY-MM-DD."),
        ) from None


def _format(form: str) -> Format:
    if form not in FORMATS:
        raise AppError(
            "cli.format",
            Text(f"Le format « {form} » n’existe pas.", f"There is no format '{form}'."),
            Text(f"Choisissez parmi {', '.join(FORMATS)}.", f"Choose one of {', '.join(FORMATS)}."),
        )
    return cast(Format, form)


def refuse_overwriting(output: Path, *inputs: Path | None) -> None:
    """AppError when the file to write is one of the files that are read."""
    for source in inputs:
        if source is not None and output.exists() and source.exists() and output.samefile(source):
            raise AppError(
                "cli.output_is_input",
                Text("Le fichier de sortie est le fichier d’entrée.", "The output file is the input file."),
                Text(
                    "Donnez un autre nom : vos fichiers ne sont jamais modifiés.",
                    "Give another name: your files are never changed.",
                ),
            )
