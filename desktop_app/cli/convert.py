"""`navette convert`: a checked extract as the file of another contract, ready for the European call."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desktop_app.cli.check import day_of_check, mapped_rows, refuse_overwriting
from desktop_app.cli.desk import WorkspaceOption, open_desk
from desktop_app.cli.options import ContractOption, FileArgument, RecipeOption, TodayOption
from desktop_app.cli.speech import Exit, guarded, language, number, progress_bar, say, t
from desktop_app.core.errors import AppError
from desktop_app.core.plain_cells import plain_column
from desktop_app.core.saving import save_text
from validation_rules.text import Text, rows

if TYPE_CHECKING:
    import polars as pl

    from desktop_app.core.convert import Conversion, Pseudonyms
    from desktop_app.core.stages import Mapped

MOST_ROWS = 12
MOST_REASONS = 20
CONVERT_HELP = t(
    """Écrit le fichier d’un autre contrat à partir d’un extrait vérifié : l’appel européen JRC-ENCR.

    Un enregistrement en erreur arrête tout (code 1), sauf --leave-out-errors, qui l’écarte et le nomme.
    Les numéros de patient et de tumeur ne partent jamais : des pseudonymes les remplacent. Avec --key ou
    --workspace, ils sont les mêmes d’un envoi à l’autre ; sans, ils sont tirés au sort pour ce fichier.

    Code de sortie : 0 fichier écrit, 1 des erreurs et rien d’écrit, 2 conversion impossible.

    Exemple : navette convert extrait.csv --to encr-incidence --output incidence.csv
    """,
    """Write the file of another contract from a checked extract: the European call JRC-ENCR.

    A record in error stops everything (exit code 1), unless --leave-out-errors sets it aside and names it.
    Patient and tumour numbers never leave: pseudonyms take their place. With --key or --workspace they are
    the same from one file to the next; without, they are drawn for this file.

    Exit code: 0 file written, 1 errors and nothing written, 2 could not run.

    Example: navette convert extract.csv --to encr-incidence --output incidence.csv
    """,
)
TO_HELP = t("Le contrat du fichier à écrire.", "The contract of the file to write.")
OUTPUT_HELP = t("Le fichier à écrire ; il ne doit pas exister.", "The file to write; it must not exist.")
NUTS_HELP = t(
    "Table CSV territoire;code;libelle (commune ou département, code NUTS, nom). Sans elle : le département.",
    "CSV table territory;code;label (commune or department, NUTS code, name). Without it: the department.",
)
KEY_HELP = t(
    "Fichier de 32 à 64 octets au hasard : la clé des pseudonymes.",
    "File of 32 to 64 random bytes: the key of the pseudonyms.",
)
LEAVE_HELP = t("Écarter les enregistrements en erreur.", "Set aside the records in error.")
BEHAVIOUR_HELP = t(
    "Écrire aussi les tumeurs bénignes et incertaines de tous les sièges.",
    "Write benign and uncertain tumours of every site too.",
)
TABLE_HELP = t(
    "Écrire ici la correspondance entre vos numéros et les pseudonymes ; elle ne doit pas quitter le site.",
    "Write here which pseudonym is which of your numbers; it must not leave the site.",
)
LEFT_HELP = t("Écrire ici la liste des lignes écartées.", "Write here the list of rows set aside.")


def convert(
    file: FileArgument,
    to: Annotated[str, typer.Option("--to", metavar="CONTRACT", help=TO_HELP)],
    output: Annotated[Path, typer.Option(metavar="OUT.csv", help=OUTPUT_HELP)],
    recipe: RecipeOption = None,
    contract: ContractOption = "",
    nuts_table: Annotated[Path | None, typer.Option(metavar="CSV", help=NUTS_HELP)] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help=KEY_HELP)] = None,
    workspace: WorkspaceOption = None,
    leave_out_errors: Annotated[bool, typer.Option("--leave-out-errors", help=LEAVE_HELP)] = False,
    all_behaviours: Annotated[bool, typer.Option("--all-behaviours", help=BEHAVIOUR_HELP)] = False,
    left_out: Annotated[Path | None, typer.Option(metavar="CSV", help=LEFT_HELP)] = None,
    pseudonym_table: Annotated[Path | None, typer.Option(metavar="CSV", help=TABLE_HELP)] = None,
    today: TodayOption = "",
) -> None:
    """`navette convert`; its help text is `CONVERT_HELP`."""
    with guarded():
        for path in filter(None, (output, left_out, pseudonym_table)):
            refuse_overwriting(path, file, recipe, nuts_table, key)
            _refuse_existing(path)
        _refuse_same(output, left_out, pseudonym_table)
        from desktop_app.core.convert import Converter, departments, read_territories, specification
        from validation_rules.check import Checker
        from validation_rules.contract import load_contract

        how, day, names = specification(to), day_of_check(today), _pseudonyms(key, workspace)
        areas = departments() if nuts_table is None else read_territories(nuts_table)
        with progress_bar() as progress:
            mapped = mapped_rows(file, contract or how.source, recipe, progress)
            _require_source(mapped, how.source)
            converter = Converter(
                mapped.contract, load_contract(to), how, names, areas, day, every_behaviour=all_behaviours
            )
            findings = Checker(mapped.contract, day).check(mapped.frame, progress)
            result = converter.convert(mapped.frame, findings, progress)
        _tell(result, names)
        _write_list(result, left_out)
        _finish(result, mapped, output, pseudonym_table, leave_out_errors=leave_out_errors)


def _pseudonyms(key: Path | None, workspace: Path | None) -> Pseudonyms:
    """Under the key file, else under the secret of the workspace that was named, else drawn for this file."""
    from desktop_app.core.convert import keyed, numbered, read_key

    if key is not None:
        return keyed(read_key(key))
    if workspace is None:
        return numbered()
    from desktop_app.core.dispatch import open_dispatch
    from desktop_app.core.transport import site_keys

    with open_desk(workspace) as desk:
        return keyed(site_keys(open_dispatch(desk).enrolment, desk.secrets).site_secret)


def _require_source(mapped: Mapped, wanted: str) -> None:
    if mapped.contract.id != wanted:
        raise AppError(
            "convert.other_source",
            Text(
                f"Cette conversion part du contrat {wanted}, pas de {mapped.contract.id}.",
                f"This conversion starts from the contract {wanted}, not from {mapped.contract.id}.",
            ),
            Text(f"Donnez un extrait {wanted} et sa recette.", f"Give a {wanted} extract and its recipe."),
        )


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise AppError(
            "convert.output_exists",
            Text(f"Le fichier « {path.name} » existe déjà.", f"The file “{path.name}” exists already."),
            Text(
                "Donnez un autre nom : rien n’est jamais remplacé.", "Give another name: nothing is replaced."
            ),
        )


def _refuse_same(*paths: Path | None) -> None:
    given = [path.absolute() for path in paths if path is not None]
    if len(set(given)) < len(given):
        raise AppError(
            "convert.same_output",
            Text("Deux des fichiers à écrire ont le même nom.", "Two of the files to write have one name."),
            Text("Donnez un nom à chacun.", "Give each its own name."),
        )


def _tell(result: Conversion, names: Pseudonyms) -> None:
    """The report of the conversion, on the error stream: what was read, written, set aside, and lost."""
    speech = language()
    reasons = sorted(result.left_out, key=lambda item: -len(item.rows))
    for item in reasons[:MOST_REASONS]:
        shown = ", ".join(map(str, item.rows[:MOST_ROWS])) + (", …" if len(item.rows) > MOST_ROWS else "")
        title = item.reason.in_(speech)
        reason = f"{item.rule_id} {title}" if item.rule_id else title
        say(f"  {number(len(item.rows)):>9}  {reason} ({t('lignes', 'rows')} {shown})", sys.stderr)
    if len(reasons) > MOST_REASONS:
        left = number(len(reasons) - MOST_REASONS)
        say(
            t(
                f"  … et {left} autres raisons : --left-out lignes.csv les écrit toutes.",
                f"  … and {left} other reasons: --left-out rows.csv writes them all.",
            ),
            sys.stderr,
        )
    for what, count in result.losses:
        say(f"  {number(count):>9}  {t('perte :', 'loss:')} {what.in_(speech)}", sys.stderr)
    if result.to_confirm:
        say(
            f"  {number(result.to_confirm):>9}  {t('constats à confirmer', 'findings to confirm')}",
            sys.stderr,
        )
    if not names.stable:
        say(
            t(
                "Pseudonymes tirés au sort pour ce seul fichier : --key ou --workspace en donne de stables.",
                "Pseudonyms drawn for this file only: --key or --workspace gives stable ones.",
            ),
            sys.stderr,
        )


def _write_list(result: Conversion, path: Path | None) -> None:
    if path is not None:
        save_text(path, _list(result))


def _list(result: Conversion) -> Iterator[str]:
    yield "row;rule_id;reason\n"
    lines = sorted((row, item.rule_id, item.reason.in_(language())) for item in result.left_out
                   for row in item.rows)  # fmt: skip
    for row, rule_id, reason in lines:
        yield f"{row};{rule_id};{reason.replace(';', ',')}\n"


def _finish(
    result: Conversion, mapped: Mapped, output: Path, table: Path | None, *, leave_out_errors: bool
) -> None:
    faulty = {row for item in result.left_out if item.rule_id for row in item.rows}
    if faulty and not leave_out_errors:
        count = rows(len(faulty))
        say(
            t(
                f"Rien n’est écrit : {count.fr} en erreur. Corrigez, ou ajoutez --leave-out-errors.",
                f"Nothing is written: {count.en} in error. Correct them, or add --leave-out-errors.",
            )
        )
        raise SystemExit(Exit.FINDINGS)
    if not result.written:
        raise AppError(
            "convert.nothing_left",
            Text("Il ne reste aucun enregistrement à écrire.", "No record is left to write."),
            Text("Voyez les raisons ci-dessus.", "See the reasons above."),
        )
    save_text(output, result.lines())
    if table is not None:
        save_text(table, _table(result, mapped))
    read, written = number(result.read), rows(result.written)
    say(
        t(
            f"{written.fr} sur {read} dans {output.name}.",
            f"{written.en} out of {read} in {output.name}.",
        )
    )


def _table(result: Conversion, mapped: Mapped) -> Iterator[str]:
    """The site's own numbers beside the pseudonyms."""
    key: list[str] = list(mapped.contract.record_key)
    local: pl.DataFrame = mapped.frame.select("row_id", *key)
    names = result.frame.select("row_id", *result.contract.record_key)
    both = local.join(names, on="row_id", maintain_order="left").drop("row_id")
    yield both.select(map(plain_column, both.columns)).write_csv(separator=";", quote_style="non_numeric")
